// SPDX-License-Identifier: GPL-3.0-or-later
#include "unit/review/walk.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <unordered_set>

namespace colophon::review::world {
namespace {

constexpr PhaseSet kAfterAcceptance = {Phase::accepted, Phase::clearance_for_publication, Phase::scheduled, Phase::published};

template <class T>
bool has(const std::vector<T>& list, const T& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}
template <class T>
bool distinct(const std::vector<T>& list) {
  return std::set<T>(list.begin(), list.end()).size() == list.size();
}
bool manages(const PersonKey& person) { return people().find(person) && people().find(person)->roles.has(Role::managing_editor); }

/// The partner's last word at the gate on the version with that number and hash, written anew here.
bool partner_stands_by(const Submission& s, Gate gate, const PartnerKey& partner, const Version& version) {
  bool stands = false;
  for (const Clearance& c : s.clearances) {
    if (c.gate != gate || c.partner != partner || c.version != version.number || c.hash != version.hash) continue;
    stands = c.outcome == ClearanceOutcome::cleared || c.outcome == ClearanceOutcome::waived;
  }
  return stands;
}
bool partners_stand_by(const Submission& s, Gate gate, const Version& version) {
  return std::all_of(s.partners.begin(), s.partners.end(),
                     [&](const PartnerKey& p) { return partner_stands_by(s, gate, p, version); });
}
bool every_author_agreed(const Submission& s, const Version& version) {
  return std::all_of(s.authors.begin(), s.authors.end(), [&](const PersonKey& a) { return has(version.agreed_by, a); });
}

std::string heads(const Submission& s) {
  if (s.authors.empty() || !distinct(s.authors) || !has(s.authors, s.corresponding)) return "authors";
  for (const PersonKey& author : s.authors) {
    if (!people().find(author)) return "unknown author";
  }
  if (s.partners.empty() || !distinct(s.partners)) return "partners";
  if (s.editor && is_author(s, *s.editor)) return "I8 editor is an author";
  if (s.editor && (people().find(*s.editor)->roles & RoleSet{Role::handling_editor, Role::managing_editor}).empty())
    return "no editor";
  return "";
}
std::string versions(const Submission& s) {
  for (std::size_t i = 0; i < s.versions.size(); ++i) {
    const Version& v = s.versions[i];
    if (v.number != i + 1) return "I9 version numbers";
    if (v.metadata["title"].as_string().empty() || v.files.empty() || v.files[0].role != "manuscript") return "content";
    if (i > 0 && v.hash == s.versions[i - 1].hash) return "same content again";
    if (!distinct(v.agreed_by)) return "agreed twice";
    for (const PersonKey& p : v.agreed_by) {
      if (!is_author(s, p)) return "a stranger agreed";
    }
  }
  return "";
}
std::string clearance_words(const Submission& s) {
  std::set<std::tuple<Gate, PartnerKey, std::uint32_t>> standing;
  for (const Clearance& c : s.clearances) {
    const auto of = std::tuple(c.gate, c.partner, c.version);
    const bool gives = c.outcome == ClearanceOutcome::cleared || c.outcome == ClearanceOutcome::waived;
    if (!has(s.partners, c.partner)) return "clearance of a stranger";
    if (is_author(s, c.officer)) return "an author cleared";
    if (c.hash != s.versions[c.version - 1].hash) return "I7 clearance of another hash";
    if (c.outcome == ClearanceOutcome::waived ? !manages(c.officer) : !has(people().find(c.officer)->clears_for, c.partner))
      return "wrong officer";
    if (c.outcome != ClearanceOutcome::cleared && c.reason.empty()) return "no reason";
    if (gives && standing.contains(of)) return "cleared twice";
    if (c.outcome == ClearanceOutcome::revoked && !standing.contains(of)) return "revoked without clearance";
    if (gives) standing.insert(of);
    else standing.erase(of);
  }
  return "";
}
std::string assignments(const Submission& s, const Round& round) {
  std::vector<PersonKey> active;
  for (const Assignment& a : round.assignments) {
    if (!people().find(a.reviewer)) return "unknown reviewer";
    if (is_author(s, a.reviewer)) return "I8 reviewer is an author";
    if (a.reviewer == a.invited_by) return "I8 invited themself";
    if (is_open(a) && round.closed_at) return "I4 open assignment in a closed round";
    if (a.status == AssignmentStatus::cancelled && a.reason.empty()) return "cancelled without reason";
    if (a.status != AssignmentStatus::declined && a.status != AssignmentStatus::cancelled) active.push_back(a.reviewer);
    const bool handles = s.editor == a.reviewer && (is_open(a) || a.status == AssignmentStatus::sent);
    if (handles) return "I8 reviewer is the editor";
  }
  return distinct(active) ? "" : "invited twice";
}
std::string rounds(const Submission& s) {
  for (std::size_t i = 0; i < s.rounds.size(); ++i) {
    const Round& r = s.rounds[i];
    if (r.number != i + 1 || (i > 0 && r.version <= s.rounds[i - 1].version)) return "I9 round numbers";
    if (!r.closed_at && i + 1 != s.rounds.size()) return "I9 two open rounds";
    if (const auto broken = assignments(s, r); !broken.empty()) return broken;
    std::vector<PersonKey> writers;
    for (const Review& review : r.reviews) {
      if (review.to_authors.empty() || review.competing_interests.empty()) return "incomplete review";
      writers.push_back(review.reviewer);
    }
    if (!distinct(writers)) return "two reviews by one";
  }
  const Round* open = open_round(s);
  if ((s.phase == Phase::review) != (open != nullptr)) return "open round and phase";
  return "";
}
std::string decisions(const Submission& s) {
  for (const Decision& d : s.decisions) {
    if (is_author(s, d.by)) return "I8 an author decided";
    if (is_reviewer(s, d.by)) return "I8 a reviewer decided";
    const bool needs_reason = d.outcome == Choice::reject || d.outcome == Choice::give_back || d.overridden;
    if (needs_reason && d.reason.empty()) return "no reason";
    if (d.overridden && !manages(d.by)) return "I6 override by another";
    if (d.round == 0 || d.outcome == Choice::reject || d.overridden) continue;
    const auto& reviews = s.rounds[d.round - 1].reviews;
    if (reviews.size() < 2) return "I6 too few reviews";
    const bool outside =
        std::any_of(reviews.begin(), reviews.end(), [](const Review& r) { return people().find(r.reviewer)->member_of.empty(); });
    if (d.outcome == Choice::accept && !outside) return "I6 nobody from outside";
  }
  for (const EditorAdvice& a : s.advice) {
    if (a.text.empty()) return "advice without words";
  }
  return "";
}
std::string phases(const Submission& s) {
  const Version& current = s.versions.back();
  const bool in_review = s.phase == Phase::screening || s.phase == Phase::review;
  if (in_review && s.submitted_version != current.number) return "I3 not the submitted version";
  if (in_review && !every_author_agreed(s, current)) return "I3 not agreed";
  if (in_review && !partners_stand_by(s, Gate::submission, current)) return "I3 not cleared";
  if (gate_of(s.phase) && !every_author_agreed(s, current)) return "cleared before agreed";
  if (s.phase == Phase::review && !s.editor) return "I13 nobody handles it";
  if (s.phase == Phase::scheduled && !partners_stand_by(s, Gate::publication, current)) return "I2";
  if (s.phase == Phase::published && !partners_stand_by(s, Gate::publication, current)) return "I1";
  const bool accepted = !s.decisions.empty() && s.decisions.back().round > 0 && s.decisions.back().outcome == Choice::accept;
  if (kAfterAcceptance.has(s.phase) && !accepted) return "I5 no acceptance";
  if (accepted && !kAfterAcceptance.has(s.phase) && s.phase != Phase::withdrawn) return "I5 acceptance ignored";
  if (s.phase == Phase::withdrawn && !s.rounds.empty() && !s.withdrawal_asked) return "withdrawn unasked";
  if (s.withdrawal_asked && s.rounds.empty()) return "asked although never reviewed";
  if (kLive.has(s.phase) && tasks_of(s, workflow()).empty()) return "I14 no task";
  return "";
}

bool may_follow(AssignmentStatus before, AssignmentStatus after) {
  using enum AssignmentStatus;
  static const std::map<AssignmentStatus, std::set<AssignmentStatus>> kNext = {{invited, {agreed, declined, cancelled, closed}},
                                                                               {agreed, {declined, cancelled, sent, closed}}};
  const auto next = kNext.find(before);
  return before == after || (next != kNext.end() && next->second.contains(after));
}

}  // namespace

std::string broken_rule(const Submission& s) {
  for (const auto rule : {heads, versions, clearance_words, rounds, decisions, phases}) {
    if (std::string broken = rule(s); !broken.empty()) return broken;
  }
  return "";
}

std::string broken_step(const Submission& before, const Submission& after, const Attempt& attempt, Instant now) {
  const Verb verb = verb_of(attempt.command);
  const bool acts_for_house = verb == Verb::publish || verb == Verb::schedule || verb == Verb::invite ||
                              verb == Verb::assign_editor || verb == Verb::extend || verb == Verb::recommend ||
                              verb == Verb::confirm_withdrawal || verb == Verb::revive ||
                              verb == Verb::request_publication_clearance;
  if (acts_for_house && is_author(after, key(attempt.actor))) return "an author acted for the house";
  if (verb == Verb::request_clearance && after.versions.back().number <= after.submitted_version)
    return "cleared again without change";
  const Version& current = after.versions.back();
  if (verb == Verb::revise && current.hash != version_hash(current.files, current.metadata)) return "hash";
  if (verb == Verb::publish && (!before.scheduled_for || now < *before.scheduled_for)) return "published too early";
  if (verb == Verb::schedule && !std::get<command::Schedule>(attempt.command).at) return "scheduled without date";
  if (verb == Verb::lapse && now.ms <= before.phase_due->at.plus_days(14).ms) return "lapsed too early";
  if (verb == Verb::ask_withdrawal && before.withdrawal_asked) return "asked twice";
  if (verb == Verb::confirm_withdrawal && !before.withdrawal_asked) return "withdrawal unasked";
  for (std::size_t r = 0; r < before.rounds.size(); ++r) {
    const Round& old = before.rounds[r];
    for (std::size_t i = 0; i < old.assignments.size(); ++i) {
      const Assignment& then = after.rounds[r].assignments[i];
      if (!may_follow(old.assignments[i].status, then.status)) return "status of an assignment";
      if (verb == Verb::extend && then.due != old.assignments[i].due && then.due.at <= old.assignments[i].due.at)
        return "shortened";
      const bool same = then.status == old.assignments[i].status;
      if (same && verb == Verb::review_agree && then.due != old.assignments[i].due) return "agreed again";
    }
    if (verb == Verb::extend && after.rounds[r] != old && !open_round(before)) return "extended a closed one";
  }
  return "";
}

namespace {

std::vector<Attempt> new_menu(const Submission& s) {
  if (!exists(s)) {
    const auto with = [](auto change) {
      command::Create c = create();
      change(c);
      return Attempt{"ann", c};
    };
    return {{"ann", create()},
            {"max", create()},
            {"rita", create()},
            with([](auto& c) { c.authors.push_back(key("ann")); }),
            with([](auto& c) { c.authors.push_back(key("ghost")); }),
            with([](auto& c) { c.corresponding = key("rita"); }),
            with([](auto& c) { c.partners.clear(); }),
            with([](auto& c) { c.partners.push_back(kIclei); }),
            with([](auto& c) { c.files.clear(); }),
            with([](auto& c) { c.metadata = Json::object({{"title", " "}}); })};
  }
  const Sha256 hash = s.versions.back().hash;
  const Sha256 other = sha256("another");
  const std::string next = "v" + std::to_string(s.versions.size() + 1);
  std::vector<Attempt> all = {
      {"ann", revise(next)},
      {"pia", revise(next)},
      {"ben", revise(next)},
      {"ann", command::Revise{s.versions.back().files, s.versions.back().metadata, ""}},
      {"ann", command::Revise{{}, metadata("No file"), ""}},
      {"ann", command::Agree{}},
      {"ben", command::Agree{}},
      {"rita", command::Agree{}},
      {"ann", command::RequestClearance{}},
      {"ben", command::RequestClearance{}},
      {"oli", command::ClearanceGive{kIclei, hash, ""}},
      {"uma", command::ClearanceGive{kEhs, hash, ""}},
      {"ben", command::ClearanceGive{kEhs, hash, ""}},
      {"oli", command::ClearanceGive{kEhs, hash, ""}},
      {"oli", command::ClearanceGive{PartnerKey("wwf"), hash, ""}},
      {"oli", command::ClearanceGive{kIclei, other, ""}},
      {"oli", command::ClearanceAskChanges{kIclei, "logo"}},
      {"oli", command::ClearanceAskChanges{kIclei, ""}},
      {"max", command::ClearanceWaive{kEhs, "on leave"}},
      {"max", command::ClearanceWaive{kEhs, ""}},
      {"max", command::ClearanceWaive{PartnerKey("wwf"), "guest"}},
      {"ben", command::ClearanceWaive{kEhs, "mine"}},
      {"oli", command::ClearanceRevoke{kIclei, "error"}},
      {"oli", command::ClearanceRevoke{kIclei, ""}},
      {"ann", command::Submit{}},
      {"max", command::Submit{}},
      {"max", command::AssignEditor{key("eve")}},
      {"max", command::AssignEditor{key("ben")}},
      {"max", command::AssignEditor{key("rita")}},
      {"max", command::AssignEditor{key("mo")}},
      {"eve", command::Screen{Choice::accept, "", ""}},
      {"max", command::Screen{Choice::accept, "", ""}},
      {"ben", command::Screen{Choice::accept, "", ""}},
      {"max", command::Screen{Choice::give_back, "format", ""}},
      {"max", command::Screen{Choice::give_back, "", ""}},
      {"max", command::Screen{Choice::reject, "scope", ""}},
      {"max", command::Screen{Choice::reject, "", ""}},
      {"eve", command::Invite{key("rita")}},
      {"eve", command::Invite{key("rob")}},
      {"eve", command::Invite{key("mo")}},
      {"eve", command::Invite{key("ann")}},
      {"eve", command::Invite{key("eve")}},
      {"max", command::Invite{key("max")}},
      {"eve", command::Invite{key("ghost")}},
      {"rita", command::ReviewAgree{}},
      {"rob", command::ReviewAgree{}},
      {"mo", command::ReviewAgree{}},
      {"rita", command::ReviewAgree{}, 3},
      {"rita", command::ReviewDecline{"busy"}},
      {"eve", command::CancelInvitation{key("rob"), "slow"}},
      {"eve", command::CancelInvitation{key("rob"), ""}},
      {"eve", command::Extend{key("rita"), 300}},
      {"eve", command::Extend{key("rita"), 1}},
      {"rita", review("Good.")},
      {"rob", review("Fine.")},
      {"mo", review("Well.")},
      {"rita", review("")},
      {"rita", command::ReviewSend{Recommendation::accept, "Good.", "", "", {}, {}}},
      {"eve", command::Recommend{Recommendation::accept, ""}},
      {"eve", command::Decide{Choice::accept, "", "", {}}},
      {"eve", command::Decide{Choice::revise, "", "", {}}},
      {"max", command::Decide{Choice::accept, "", "", {}}},
      {"mo", command::Decide{Choice::revise, "", "", {}}},
      {"ben", command::Decide{Choice::revise, "", "", {}}},
      {"max", command::Decide{Choice::accept, "", "urgent", command::Override::yes}},
      {"max", command::Decide{Choice::accept, "", "", command::Override::yes}},
      {"eve", command::Decide{Choice::accept, "", "urgent", command::Override::yes}},
      {"max", command::Decide{Choice::reject, "", "weak", {}}},
      {"max", command::Decide{Choice::reject, "", "", {}}},
      {"pia", command::RequestPublicationClearance{}},
      {"ben", command::RequestPublicationClearance{}},
      {"max", command::Schedule{kNow}},
      {"max", command::Schedule{kNow.plus_days(9)}},
      {"max", command::Schedule{}},
      {"ben", command::Schedule{kNow}},
      {"clock", command::Publish{}},
      {"max", command::Publish{}},
      {"ben", command::Publish{}},
      {"ann", command::Withdraw{"plans"}},
      {"ann", command::AskWithdrawal{"plans"}},
      {"eve", command::ConfirmWithdrawal{}},
      {"max", command::ConfirmWithdrawal{}},
      {"clock", command::Lapse{}},
      {"clock", command::Lapse{}, 90},
      {"eve", command::Revive{}},
  };
  return all;
}

}  // namespace

const std::vector<Attempt>& menu(const Submission& s) {
  static std::map<std::pair<std::size_t, Sha256>, std::vector<Attempt>> made;
  const auto [at, fresh] = made.try_emplace({s.versions.size(), exists(s) ? s.versions.back().hash : Sha256{}});
  if (fresh) at->second = new_menu(s);
  return at->second;
}

std::string abstract_key(const Submission& s) {
  std::string k;
  const auto add = [&k](std::size_t value) { k += static_cast<char>('0' + value); };
  if (!exists(s)) return k;
  const Version& v = s.versions.back();
  add(static_cast<std::size_t>(s.phase));
  add(s.versions.size());
  add(s.submitted_version);
  for (const PersonKey& author : s.authors) add(has(v.agreed_by, author));
  for (const Gate gate : all_of<Gate>()) {
    for (const PartnerKey& partner : s.partners) {
      const Clearance* c = standing_clearance(s, gate, partner);
      add(!c ? 0 : is_cleared(s, gate, partner) ? 1 : 2);
    }
  }
  k += s.editor ? s.editor->value : "-";
  add(s.rounds.size());
  if (const Round* r = last_round(s)) {
    for (const char* reviewer : {"rita", "rob", "mo"}) {
      const Assignment* a = assignment_of(*r, key(reviewer));
      // declined and cancelled differ from never invited in nothing but the record
      const bool gone = a && (a->status == AssignmentStatus::declined || a->status == AssignmentStatus::cancelled);
      add(!a || gone ? 0 : 1 + static_cast<std::size_t>(a->status));
    }
    const Assignment* rita = assignment_of(*r, key("rita"));
    add(rita && rita->due.at > kNow.plus_days(100));
    add(r->closed_at.has_value());
  }
  add(is_reviewer(s, key("mo")));
  add(s.withdrawal_asked);
  add(s.scheduled_for ? 1 + (*s.scheduled_for > kNow) : 0);
  const bool accepted = !s.decisions.empty() && s.decisions.back().round > 0 && s.decisions.back().outcome == Choice::accept;
  add(accepted);
  return k;
}

namespace {
bool has_row(Verb verb, Phase phase) {
  const auto verbs = verbs_in(phase);
  return std::find(verbs.begin(), verbs.end(), verb) != verbs.end();
}
}  // namespace

Walked walk(GuardSet guards, Bounds bounds, const Observer& observe) {
  Walked walked;
  std::unordered_set<std::string> seen{abstract_key({})};
  std::deque<Submission> queue{Submission{}};
  while (!queue.empty() && walked.states < bounds.states) {
    const Submission s = std::move(queue.front());
    queue.pop_front();
    ++walked.states;
    if (exists(s)) walked.phases = walked.phases.with(s.phase);
    if (observe) observe(s);
    bool moved = false;
    for (const Attempt& attempt : menu(s)) {
      if (exists(s) && !has_row(verb_of(attempt.command), s.phase)) continue;  // refused: walk_test.cpp
      const auto* invite = std::get_if<command::Invite>(&attempt.command);
      if (invite && invite->reviewer.value == bounds.no_reviewer) continue;
      const Instant now = kNow.plus_days(attempt.days_later);
      auto applied = apply(s, attempt.command, who(attempt.actor), {now, workflow(), people(), {}, guards});
      if (!applied) continue;
      ++walked.edges;
      moved = true;
      const Submission& after = applied->after;
      walked.violation = broken_rule(after);
      if (walked.violation.empty()) walked.violation = broken_step(s, after, attempt, now);
      if (!walked.violation.empty()) return walked;
      const bool bounded = after.versions.size() <= bounds.versions && after.rounds.size() <= bounds.rounds;
      if (bounded && seen.insert(abstract_key(after)).second) queue.push_back(after);
    }
    if (exists(s) && kLive.has(s.phase) && !moved) ++walked.dead_ends;
  }
  return walked;
}

}  // namespace colophon::review::world
