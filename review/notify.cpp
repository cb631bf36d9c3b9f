// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/notify.hpp"

#include <algorithm>
#include <array>

#include "review/policy.hpp"

namespace colophon::review {
namespace {

enum class Audience { authors, corresponding, editor, managing, production, officers, reviewer, open_reviewers, senders };
/// A closing event takes the right to see away; whoever lost it thereby is judged by the state before.
enum class Basis { after, before };
enum class TellActor { no, yes };

struct Rule {
  EventKind event;
  Audience audience;
  std::string_view kind;
  Basis basis = Basis::after;
  TellActor actor = TellActor::no;
};
using K = EventKind;
using A = Audience;
// clang-format off
constexpr std::array kRules = {
  Rule{K::version_added, A::authors, "agreement_wanted"},
  Rule{K::clearance_requested, A::officers, "clearance_wanted"},
  Rule{K::cleared, A::corresponding, "cleared"},
  Rule{K::cleared, A::managing, "cleared"},
  Rule{K::changes_asked, A::authors, "changes_asked"},
  Rule{K::changes_asked, A::production, "changes_asked"},
  Rule{K::clearance_waived, A::corresponding, "clearance_waived"},
  Rule{K::clearance_waived, A::officers, "clearance_waived"},
  Rule{K::clearance_revoked, A::corresponding, "clearance_revoked"},
  Rule{K::clearance_revoked, A::managing, "clearance_revoked"},
  Rule{K::submitted, A::authors, "submission_received", Basis::after, TellActor::yes},
  Rule{K::submitted, A::editor, "screening_wanted"},
  Rule{K::editor_assigned, A::editor, "editor_assigned"},
  Rule{K::screened, A::authors, "screened"},
  Rule{K::invited, A::reviewer, "invited"},
  Rule{K::invitation_agreed, A::editor, "invitation_agreed"},
  Rule{K::invitation_declined, A::editor, "invitation_declined"},
  Rule{K::invitation_cancelled, A::reviewer, "assignment_closed", Basis::before},
  Rule{K::due_extended, A::reviewer, "due_extended"},
  Rule{K::review_sent, A::reviewer, "review_received", Basis::after, TellActor::yes},
  Rule{K::review_sent, A::editor, "review_arrived"},
  Rule{K::recommended, A::managing, "advice_given"},
  Rule{K::decided, A::authors, "decided"},
  Rule{K::decided, A::senders, "decided"},
  Rule{K::decided, A::open_reviewers, "assignment_closed", Basis::before},
  Rule{K::scheduled, A::corresponding, "scheduled"},
  Rule{K::published, A::authors, "published"},
  Rule{K::published, A::officers, "published"},
  Rule{K::withdrawal_asked, A::editor, "withdrawal_asked"},
  Rule{K::withdrawn, A::authors, "withdrawn", Basis::after, TellActor::yes},
  Rule{K::withdrawn, A::editor, "withdrawn"},
  Rule{K::withdrawn, A::open_reviewers, "assignment_closed", Basis::before},
  Rule{K::lapsed, A::authors, "lapsed"},
  Rule{K::lapsed, A::editor, "lapsed"},
  Rule{K::revived, A::authors, "revived"},
};
// clang-format on

struct Scene {
  const Submission& before;
  const Submission& after;
  const Workflow& workflow;
  const People& people;
  Instant now;
};

std::optional<PersonKey> reviewer_of(const Event& event) {
  return std::visit(
      [](const auto& e) -> std::optional<PersonKey> {
        if constexpr (requires { e.reviewer; }) return e.reviewer;
        else return std::nullopt;
      },
      event.payload);
}
std::optional<PartnerKey> partner_of(const Event& event) {
  return std::visit(
      [](const auto& e) -> std::optional<PartnerKey> {
        if constexpr (requires { e.partner; }) return e.partner;
        else return std::nullopt;
      },
      event.payload);
}

std::vector<PersonKey> with_role(const Scene& scene, Role role) {
  std::vector<PersonKey> found;
  for (const auto& [key, person] : scene.people.all()) {
    if (person.roles.has(role)) found.push_back(key);
  }
  return found;
}
std::vector<PersonKey> officers(const Scene& scene, const Event& event) {
  const auto partner = partner_of(event);
  std::vector<PersonKey> found;
  for (const PersonKey& key : with_role(scene, Role::clearance_officer)) {
    const auto& clears = scene.people.find(key)->clears_for;
    const auto asked = [&](const PartnerKey& p) {
      return partner ? p == *partner : std::ranges::find(scene.after.partners, p) != scene.after.partners.end();
    };
    if (std::ranges::any_of(clears, asked)) found.push_back(key);
  }
  return found;
}
template <class Wanted>
std::vector<PersonKey> reviewers(const Submission& s, Wanted wanted) {
  std::vector<PersonKey> found;
  if (const Round* round = last_round(s)) {
    for (const Assignment& a : round->assignments) {
      if (wanted(a)) found.push_back(a.reviewer);
    }
  }
  return found;
}

std::vector<PersonKey> recipients(Audience audience, const Event& event, const Scene& scene) {
  const Submission& s = scene.after;
  switch (audience) {
    case Audience::authors: return s.authors;
    case Audience::corresponding: return {s.corresponding};
    case Audience::editor: return s.editor ? std::vector{*s.editor} : with_role(scene, Role::managing_editor);
    case Audience::managing: return with_role(scene, Role::managing_editor);
    case Audience::production:
      return s.phase == Phase::accepted ? with_role(scene, Role::production_editor) : std::vector<PersonKey>{};
    case Audience::officers: return officers(scene, event);
    case Audience::reviewer: return {*reviewer_of(event)};
    case Audience::open_reviewers: return reviewers(scene.before, is_open);
    case Audience::senders: return reviewers(s, [](const Assignment& a) { return a.status == AssignmentStatus::sent; });
  }
  return {};
}

/// One fact that a notice may carry, with what it discloses.
struct Disclosure {
  std::string key;
  Json value;
  FactRef fact;
};

/// What an event could disclose; members that an event does not have are skipped.
template <class E>
std::vector<Disclosure> disclosures(const E& e) {
  std::vector<Disclosure> out;
  if constexpr (requires { e.partner; }) {
    out.push_back({"partner", e.partner.value, {.fact = Fact::clearance}});
    out.push_back({"reason", e.reason, {.fact = Fact::clearance}});
  }
  if constexpr (requires { e.gate; }) out.push_back({"gate", name(e.gate), {.fact = Fact::clearance}});
  if constexpr (requires { e.letter; }) {
    FactRef decision{.fact = Fact::decision, .version = e.version};
    if constexpr (requires { e.round; }) decision.round = e.round;
    out.push_back({"outcome", name(e.outcome), decision});
    out.push_back({"letter", e.letter, decision});
    out.push_back({"reason", e.reason, {.fact = Fact::decision_reason}});
  }
  if constexpr (requires { e.reviewer; }) {
    out.push_back({"reviewer", e.reviewer.value, {.fact = Fact::reviewer_identity, .round = e.round, .about = e.reviewer}});
  }
  const auto about = [&](const auto& r) { return FactRef{.fact = Fact::assignment, .round = r.round, .about = r.reviewer}; };
  if constexpr (requires { e.answer_due; }) out.push_back({"due", to_string(e.answer_due.at), about(e)});
  if constexpr (requires { e.review_due; }) out.push_back({"due", to_string(e.review_due.at), about(e)});
  if constexpr (requires { e.due; }) out.push_back({"due", to_string(e.due.at), about(e)});
  if constexpr (std::is_same_v<E, event::InvitationDeclined>) out.push_back({"reason", e.reason, about(e)});
  if constexpr (requires { e.handle; }) {
    out.push_back({"handle", e.handle, {.fact = Fact::review, .round = e.round, .about = e.reviewer}});
  }
  if constexpr (requires { e.publish_at; }) out.push_back({"publish_at", to_string(e.publish_at), {.fact = Fact::schedule}});
  return out;
}

Json facts_for(const Viewer& viewer, const Event& event, const Submission& s, const Scene& scene) {
  const auto view = view_for(viewer, s, scene.workflow, scene.now);
  Json facts = Json::object({{"number", view->number}, {"title", view->title}});
  if (view->phase_label) facts.set("phase", *view->phase_label);
  for (Disclosure& d : std::visit([](const auto& e) { return disclosures(e); }, event.payload)) {
    if (may_see(viewer, d.fact, s, scene.workflow, scene.now)) facts.set_if(std::move(d.key), std::move(d.value));
  }
  return facts;
}

void tell(std::vector<Notice>& notices, const Rule& rule, const Event& event, const PersonKey& by, const Scene& scene) {
  for (const PersonKey& key : recipients(rule.audience, event, scene)) {
    if (key == by && rule.actor == TellActor::no) continue;
    const Viewer viewer = scene.people.viewer(key);
    const Submission& basis = rule.basis == Basis::before ? scene.before : scene.after;
    if (!may_see(viewer, {}, basis, scene.workflow, scene.now)) continue;
    const auto same = [&](const Notice& n) { return n.recipient == key && n.kind == rule.kind; };
    if (std::ranges::any_of(notices, same)) continue;
    notices.push_back({key, std::string(rule.kind), facts_for(viewer, event, basis, scene)});
  }
}

}  // namespace

std::vector<Notice> notices(const Submission& before,
                            std::span<const Event> events,
                            const Submission& after,
                            const PersonKey& by,
                            const Workflow& workflow,
                            const People& people,
                            Instant now) {
  const Scene scene{before, after, workflow, people, now};
  std::vector<Notice> out;
  for (const Event& event : events) {
    for (const Rule& rule : kRules) {
      if (rule.event == event.kind()) tell(out, rule, event, by, scene);
    }
  }
  return out;
}

}  // namespace colophon::review
