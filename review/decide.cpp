// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/decide.hpp"

#include <algorithm>
#include <numeric>

#include "base/text.hpp"
#include "review/guards.hpp"
#include "review/policy.hpp"

#include <fmt/format.h>

namespace colophon::review {
namespace {

/// Text as it is kept: valid UTF-8 in NFC, so that an event equals what comes back from its canonical JSON.
std::string clean(const std::string& text) { return nfc(to_valid_utf8(text)); }
Json clean(const Json& json) {
  auto again = Json::parse(json.canonical());
  COLOPHON_ASSERT(again.has_value());
  return *again;
}
std::vector<VersionFile> clean(std::vector<VersionFile> files) {
  for (VersionFile& file : files) file = {file.sha256, clean(file.name), clean(file.role), clean(file.stage)};
  return files;
}

/// What a command leads to once it is allowed; one overload a verb.
struct Effects {
  const Submission& s;
  const Actor& actor;
  const Context& context;
  using Payloads = std::vector<EventPayload>;

  PersonKey me() const { return acting_key(actor); }
  const Version& version() const { return current_version(s); }
  std::uint32_t round() const { return last_round(s) ? last_round(s)->number : 0; }
  Due due(std::uint32_t days) const { return due_after(context.now, days, context.workflow.zone); }

  Payloads with_version(Payloads payloads,
                        std::uint32_t number,
                        const std::vector<VersionFile>& given,
                        const Json& metadata,
                        const std::string& note,
                        bool author) const {
    auto files = clean(given);
    Json canonical = clean(metadata);
    const Sha256 hash = version_hash(files, canonical);
    payloads.push_back(event::VersionAdded{number, hash, std::move(files), std::move(canonical), clean(note)});
    if (author) payloads.push_back(event::Agreed{number});
    return payloads;
  }
  template <class E>
  Payloads word(const PartnerKey& partner, const std::string& reason) const {
    E e;
    e.gate = gate_of(s.phase).value_or(Gate::submission);
    e.partner = partner;
    e.version = version().number;
    e.hash = version().hash;
    e.reason = clean(reason);
    return {e};
  }

  Payloads operator()(const command::Create& c) const {
    const bool author = std::ranges::find(c.authors, me()) != c.authors.end();
    return with_version({event::Created{c.number, ref(context.workflow), c.secret, c.partners, c.authors, c.corresponding}}, 1,
                        c.files, c.metadata, "", author);
  }
  Payloads operator()(const command::Revise& c) const {
    return with_version({}, version().number + 1, c.files, c.metadata, c.note, is_author(s, me()));
  }
  Payloads operator()(const command::Agree&) const { return {event::Agreed{version().number}}; }
  Payloads operator()(const command::RequestClearance&) const {
    return {event::ClearanceRequested{Gate::submission, version().number, version().hash}};
  }
  Payloads operator()(const command::ClearanceGive& c) const {
    auto payloads = word<event::Cleared>(c.partner, c.note);
    std::get<event::Cleared>(payloads.front()).hash = c.hash;
    return payloads;
  }
  Payloads operator()(const command::ClearanceAskChanges& c) const { return word<event::ChangesAsked>(c.partner, c.reason); }
  Payloads operator()(const command::ClearanceWaive& c) const { return word<event::ClearanceWaived>(c.partner, c.reason); }
  Payloads operator()(const command::ClearanceRevoke& c) const { return word<event::ClearanceRevoked>(c.partner, c.reason); }
  Payloads operator()(const command::Submit&) const { return {event::Submitted{version().number, version().hash}}; }
  Payloads operator()(const command::AssignEditor& c) const { return {event::EditorAssigned{c.editor}}; }
  Payloads operator()(const command::Screen& c) const {
    return {event::Screened{c.outcome, s.submitted_version, clean(c.reason), clean(c.letter)}};
  }
  Payloads operator()(const command::Invite& c) const {
    return {event::Invited{round(), c.reviewer, due(context.workflow.answer_days)}};
  }
  Payloads operator()(const command::ReviewAgree&) const {
    return {event::InvitationAgreed{round(), me(), due(context.workflow.review_days)}};
  }
  Payloads operator()(const command::ReviewDecline& c) const {
    return {event::InvitationDeclined{round(), me(), clean(c.reason)}};
  }
  Payloads operator()(const command::CancelInvitation& c) const {
    return {event::InvitationCancelled{round(), c.reviewer, clean(c.reason)}};
  }
  Payloads operator()(const command::Extend& c) const { return {event::DueExtended{round(), c.reviewer, due(c.days)}}; }
  Payloads operator()(const command::ReviewSend& c) const {
    return {event::ReviewSent{round(), me(), reviewer_handle(s.secret, round(), last_round(s)->reviews.size()), c.recommendation,
                              clean(c.to_authors), clean(c.to_editors), clean(c.competing_interests), clean(c.form),
                              clean(c.files)}};
  }
  Payloads operator()(const command::Recommend& c) const {
    return {event::Recommended{round(), c.recommendation, clean(c.reason)}};
  }
  Payloads operator()(const command::Decide& c) const {
    return {event::Decided{round(), last_round(s)->version, c.outcome, clean(c.letter), clean(c.reason),
                           c.override_minimum == command::Override::yes}};
  }
  Payloads operator()(const command::RequestPublicationClearance&) const {
    return {event::ClearanceRequested{Gate::publication, version().number, version().hash}};
  }
  Payloads operator()(const command::Schedule& c) const { return {event::Scheduled{c.at.value_or(context.now)}}; }
  Payloads operator()(const command::Publish&) const { return {event::Published{version().number, version().hash}}; }
  Payloads operator()(const command::Withdraw& c) const { return {event::Withdrawn{clean(c.reason)}}; }
  Payloads operator()(const command::AskWithdrawal& c) const { return {event::WithdrawalAsked{clean(c.reason)}}; }
  Payloads operator()(const command::ConfirmWithdrawal&) const { return {event::Withdrawn{}}; }
  Payloads operator()(const command::Lapse&) const { return {event::Lapsed{}}; }
  Payloads operator()(const command::Revive&) const { return {event::Revived{}}; }
};

Choice choice_of(const Command& command, const Submission& s) {
  if (const auto* c = std::get_if<command::Screen>(&command)) return c->outcome;
  if (const auto* c = std::get_if<command::Decide>(&command)) return c->outcome;
  if (!std::holds_alternative<command::ClearanceAskChanges>(command) || s.phase != Phase::clearance_for_submission)
    return Choice::none;
  return s.submitted_version == 0 ? Choice::first : Choice::again;
}

/// How many days a phase may last; no row: no deadline.
struct PhaseDays {
  Phase phase;
  std::uint32_t Workflow::* days;
};
constexpr std::array kPhaseDays = {
    PhaseDays{Phase::draft, &Workflow::draft_days},
    PhaseDays{Phase::clearance_for_submission, &Workflow::clearance_days},
    PhaseDays{Phase::screening, &Workflow::screening_days},
    PhaseDays{Phase::revision, &Workflow::revision_days},
    PhaseDays{Phase::accepted, &Workflow::production_days},
    PhaseDays{Phase::clearance_for_publication, &Workflow::clearance_days},
};
std::optional<Due> phase_due(Phase phase, const EventPayload& cause, const Context& context) {
  const Workflow& w = context.workflow;
  if (const auto* e = std::get_if<event::Scheduled>(&cause)) return Due{"publication date", w.zone, e->publish_at};
  if (phase == Phase::review) return due_after(context.now, w.answer_days + w.review_days + w.decision_days, w.zone);
  for (const PhaseDays& row : kPhaseDays) {
    if (row.phase == phase) return due_after(context.now, w.*row.days, w.zone);
  }
  return std::nullopt;
}

std::vector<Event> wrap(std::vector<EventPayload> payloads,
                        const Transition& row,
                        const Submission& before,
                        const Context& context) {
  const Phase after = row.to.value_or(before.phase);
  const bool moves = !exists(before) || after != before.phase;
  std::vector<Event> events;
  for (EventPayload& payload : payloads) events.push_back({std::move(payload), after, std::nullopt});
  Event& first = events.front();
  if (moves || first.kind() == EventKind::scheduled) first.phase_due = phase_due(after, first.payload, context);
  return events;
}

std::string join(const std::vector<std::string_view>& words, std::string_view separator) {
  return fmt::format("{}", fmt::join(words, separator));
}
std::string in_words(RoleSet roles) {
  std::vector<std::string_view> words;
  for (const Role role : all_of<Role>()) {
    if (roles.has(role)) words.push_back(name(role));
  }
  std::string text = join(words, " or ");
  std::ranges::replace(text, '_', ' ');
  return text;
}
std::string possible_now(const Submission& s, const Actor& actor, const Context& context) {
  std::vector<std::string_view> names;
  for (const Verb verb : verbs_for(actor, s, context.workflow, context.now)) names.push_back(name(verb));
  return names.empty() ? "nothing is for you to do now" : "you can now: " + join(names, ", ");
}

std::unexpected<Error> unknown(const std::string& number) {
  return fail(Errc::not_found, number.empty() ? "there is no such submission" : "there is no submission " + number,
              "check the number; you see only what you take part in", number);
}
std::unexpected<Error> wrong_phase(Verb verb, const Submission& s, const Actor& actor, const Context& context) {
  const bool tells = may_see(actor, {.fact = Fact::phase}, s, context.workflow, context.now);
  const auto state = tells ? fmt::format("it is in the phase {}", name(s.phase)) : std::string("it is not open for that");
  return fail(Errc::conflict, fmt::format("{}: {} is not possible now: {}", s.number, name(verb), state),
              possible_now(s, actor, context), s.number);
}
std::unexpected<Error> no_outcome(Verb verb, const Submission& s) {
  std::vector<std::string_view> names;
  for (const Transition& row : transitions()) {
    if (row.verb == verb && row.from.has(s.phase)) names.push_back(name(row.choice));
  }
  return fail(Errc::invalid, fmt::format("{}: {} needs an outcome", s.number, name(verb)), "use one of: " + join(names, ", "),
              s.number);
}
std::unexpected<Error> wrong_role(const Transition& row, const Submission& s, const Actor& actor, const Context& context) {
  const std::string where = s.number.empty() ? "" : s.number + ": ";
  const std::string hint = exists(s) ? possible_now(s, actor, context) : "let an author or the managing editor begin it";
  return fail(Errc::forbidden, fmt::format("{}only the {} can {}", where, in_words(row.who), label(row.verb)), hint, s.number);
}

/// Before there is a submission the authors stand in the command.
RoleSet roles_for(const Submission& s, const Command& command, const Actor& actor) {
  const auto* c = std::get_if<command::Create>(&command);
  if (!c) return roles_on(actor, s);
  Submission proposed;
  proposed.authors = c->authors;
  proposed.corresponding = c->corresponding;
  return roles_on(actor, proposed);
}

Result<const Transition*> row_for(const Submission& s, const Command& command, const Actor& actor, const Context& context) {
  const Verb verb = verb_of(command);
  if (verb == Verb::create && exists(s)) return wrong_phase(verb, s, actor, context);
  if (verb != Verb::create && !exists(s)) return unknown(s.number);
  const auto from = exists(s) ? std::optional(s.phase) : std::nullopt;
  if (const Transition* row = find_transition(verb, choice_of(command, s), from)) return row;
  const auto possible = verbs_in(s.phase);
  if (std::ranges::find(possible, verb) != possible.end()) return no_outcome(verb, s);
  return wrong_phase(verb, s, actor, context);
}

Status known_and_fresh(const Submission& s, const Command& command, const Actor& actor, const Context& context) {
  if (const auto* c = std::get_if<command::Create>(&command); c && !exists(s)) {
    if (c->number.empty() || c->secret.empty())
      return fail(Errc::invalid, "a new submission needs a number and a secret", "draw both");
    return {};
  }
  if (!exists(s) || !may_see(actor, {}, s, context.workflow, context.now)) return unknown(s.number);
  COLOPHON_ASSERT(s.workflow == ref(context.workflow));
  if (context.if_version && *context.if_version != s.event_count) {
    return fail(Errc::conflict, s.number + ": it has changed since you looked", "look again, then decide anew", s.number);
  }
  return {};
}

}  // namespace

Result<std::vector<Event>> decide(const Submission& submission,
                                  const Command& command,
                                  const Actor& actor,
                                  const Context& context) {
  TRY(known_and_fresh(submission, command, actor, context));
  TRY_ASSIGN(const Transition* row, row_for(submission, command, actor, context));
  if ((roles_for(submission, command, actor) & row->who).empty()) return wrong_role(*row, submission, actor, context);
  const Question question{submission, actor, context.workflow, context.now, row->verb, &command, &context.people};
  TRY(check_guards(row->guards, question, context.guards));
  return wrap(std::visit(Effects{submission, actor, context}, command), *row, submission, context);
}

Result<Applied> apply(const Submission& submission, const Command& command, const Actor& actor, const Context& context) {
  TRY_ASSIGN(std::vector<Event> events, decide(submission, command, actor, context));
  Submission after = submission;
  for (const Event& event : events) after = evolve(std::move(after), event, context.now, acting_key(actor));
  return Applied{std::move(events), std::move(after)};
}

std::string reviewer_handle(const std::string& secret, std::uint32_t round, std::size_t nth) {
  std::array<char, 26> letters{};
  std::iota(letters.begin(), letters.end(), 'A');
  const auto key = [&](char letter) { return hmac_sha256(secret, fmt::format("reviewer handle {} {}", round, letter)); };
  std::array<std::pair<Sha256, char>, 26> order;
  std::ranges::transform(letters, order.begin(), [&](char letter) { return std::pair(key(letter), letter); });
  std::ranges::sort(order);
  const std::string handle(1, order[nth % order.size()].second);
  return nth < order.size() ? handle : handle + std::to_string(nth / order.size() + 1);
}

}  // namespace colophon::review
