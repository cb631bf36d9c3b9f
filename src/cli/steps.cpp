// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/steps.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "cli/rows.hpp"

#include <fmt/format.h>

namespace colophon::cli {
namespace {

using review::EventKind;
using review::TaskKind;
using review::Verb;

// How each verb is said on the command line.
struct VerbRow {
  Verb verb;
  std::string_view line;
};
// clang-format off
constexpr std::array kVerbs = {
    VerbRow{Verb::create, "submission new"},                VerbRow{Verb::revise, "submission revise"},
    VerbRow{Verb::agree, "submission agree"},               VerbRow{Verb::request_clearance, "submission request-clearance"},
    VerbRow{Verb::clearance_give, "clearance give"},        VerbRow{Verb::clearance_ask_changes, "clearance ask-changes"},
    VerbRow{Verb::clearance_waive, "clearance waive"},      VerbRow{Verb::clearance_revoke, "clearance revoke"},
    VerbRow{Verb::submit, "submission submit"},             VerbRow{Verb::assign_editor, "editorial assign"},
    VerbRow{Verb::screen, "editorial screen"},              VerbRow{Verb::invite, "editorial invite"},
    VerbRow{Verb::review_agree, "review agree"},            VerbRow{Verb::review_decline, "review decline"},
    VerbRow{Verb::cancel_invitation, "editorial cancel"},   VerbRow{Verb::extend, "editorial extend"},
    VerbRow{Verb::review_send, "review send"},              VerbRow{Verb::recommend, "editorial advise"},
    VerbRow{Verb::decide, "editorial decide"},              VerbRow{Verb::request_publication_clearance, "editorial request-publication-clearance"},
    VerbRow{Verb::schedule, "editorial schedule"},          VerbRow{Verb::publish, "editorial publish"},
    VerbRow{Verb::withdraw, "submission withdraw"},         VerbRow{Verb::ask_withdrawal, "submission withdraw"},
    VerbRow{Verb::confirm_withdrawal, "editorial confirm-withdrawal"}, VerbRow{Verb::lapse, "editorial lapse"},
    VerbRow{Verb::revive, "editorial revive"},
};
// What happened, in words.
struct EventRow {
  EventKind kind;
  std::string_view words;
};
constexpr std::array kEvents = {
    EventRow{EventKind::created, "the submission is begun"},          EventRow{EventKind::version_added, "a version is added"},
    EventRow{EventKind::agreed, "you agreed to the version"},         EventRow{EventKind::clearance_requested, "the partners are asked for clearance"},
    EventRow{EventKind::cleared, "cleared"},                          EventRow{EventKind::changes_asked, "changes are asked for"},
    EventRow{EventKind::clearance_waived, "the clearance is waived"}, EventRow{EventKind::clearance_revoked, "the clearance is taken back"},
    EventRow{EventKind::submitted, "submitted"},                      EventRow{EventKind::editor_assigned, "the editor is assigned"},
    EventRow{EventKind::screened, "screened"},                        EventRow{EventKind::invited, "the reviewer is invited"},
    EventRow{EventKind::invitation_agreed, "you agreed to review"},   EventRow{EventKind::invitation_declined, "you declined to review"},
    EventRow{EventKind::invitation_cancelled, "the assignment is cancelled"}, EventRow{EventKind::due_extended, "the deadline is extended"},
    EventRow{EventKind::review_sent, "the review is sent"},           EventRow{EventKind::recommended, "the advice is noted"},
    EventRow{EventKind::decided, "decided"},                          EventRow{EventKind::scheduled, "the publication is scheduled"},
    EventRow{EventKind::published, "published"},                      EventRow{EventKind::withdrawal_asked, "the withdrawal is asked for; an editor confirms it"},
    EventRow{EventKind::withdrawn, "withdrawn"},                      EventRow{EventKind::lapsed, "closed, since no new version came"},
    EventRow{EventKind::revived, "open again for a new version"},
};
struct TaskRow {
  TaskKind kind;
  std::string_view words;
  Verb verb;
};
constexpr std::array kTasks = {
    TaskRow{TaskKind::agree, "agree to the version", Verb::agree},
    TaskRow{TaskKind::request_clearance, "ask the partners for clearance", Verb::request_clearance},
    TaskRow{TaskKind::clear, "clear it, or ask for changes", Verb::clearance_give},
    TaskRow{TaskKind::submit, "submit it", Verb::submit},
    TaskRow{TaskKind::assign_editor, "assign an editor", Verb::assign_editor},
    TaskRow{TaskKind::screen, "screen it", Verb::screen},
    TaskRow{TaskKind::invite_reviewers, "invite reviewers", Verb::invite},
    TaskRow{TaskKind::answer_invitation, "answer the invitation", Verb::review_agree},
    TaskRow{TaskKind::review, "write the review", Verb::review_send},
    TaskRow{TaskKind::decide, "decide", Verb::decide},
    TaskRow{TaskKind::revise, "add a new version", Verb::revise},
    TaskRow{TaskKind::request_publication_clearance, "ask for publication clearance", Verb::request_publication_clearance},
    TaskRow{TaskKind::schedule, "schedule it", Verb::schedule},
    TaskRow{TaskKind::publish, "publish it", Verb::publish},
    TaskRow{TaskKind::confirm_withdrawal, "confirm the withdrawal", Verb::confirm_withdrawal},
};
// clang-format on

template <class Rows, class E>
constexpr bool in_order(const Rows& rows, E(Rows::value_type::* key), std::size_t count) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (static_cast<std::size_t>(rows[i].*key) != i) return false;
  }
  return rows.size() == count;
}
static_assert(in_order(kVerbs, &VerbRow::verb, review::Names<Verb>::kList.size()));
static_assert(in_order(kEvents, &EventRow::kind, review::Names<EventKind>::kList.size()));
static_assert(in_order(kTasks, &TaskRow::kind, review::Names<TaskKind>::kList.size()));

std::string what_happened(const app::Step& step) {
  std::string out;
  for (const std::string& name : step.events) {
    const Result<EventKind> kind = review::parse_name<EventKind>(name);
    if (kind) out += (out.empty() ? "" : "; ") + std::string(kEvents[static_cast<std::size_t>(*kind)].words);
  }
  return out;
}

// What the actor can do now; nothing for one who no longer sees it.
std::vector<Verb> next_verbs(Invocation& call, app::Library& library, const std::string& number) {
  std::vector<Verb> out;
  const Result<review::SubmissionView> view = app::show_submission(library, call.acting(), number);
  if (!view) return out;
  for (const std::string& name : view->verbs) {
    if (const Result<Verb> verb = review::parse_name<Verb>(name)) out.push_back(*verb);
  }
  return out;
}

Json strings(const std::vector<std::string>& texts) {
  Json out = Json::array();
  for (const std::string& text : texts) out.push(text);
  return out;
}

Json step_json(const app::Step& step, const std::vector<Verb>& next) {
  Json verbs = Json::array();
  for (const Verb verb : next) verbs.push(review::name(verb));
  return Json::object({{"v", 1},
                       {"number", step.number},
                       {"events", strings(step.events)},
                       {"phase", step.phase},
                       {"phase_label", step.phase_label},
                       {"told", strings(step.notices)},
                       {"next", std::move(verbs)},
                       {"work", step.work_id}});
}

void show_next(Output& out, const std::vector<Verb>& next, const std::string& number) {
  std::vector<Pieces> rows;
  for (const Verb verb : next) {
    rows.push_back({{rows.empty() ? "next" : "", Style::dim},
                    fmt::format("colophon {} {}", command_line(verb), number),
                    {std::string(review::label(verb)), Style::dim}});
  }
  if (rows.empty()) rows.push_back({{"next", Style::dim}, "nothing is for you to do now"});
  out.table(rows);
}

}  // namespace

std::string_view command_line(Verb verb) { return kVerbs[static_cast<std::size_t>(verb)].line; }

Result<int> tell_step(Invocation& call, app::Library& library, const app::Step& step) {
  const bool searchable = !step.work_id.empty() || std::ranges::count(step.events, review::name(EventKind::version_added)) > 0;
  if (searchable) TRY(make_searchable(library, call.out));
  const std::vector<Verb> next = next_verbs(call, library, step.number);
  if (call.out.json()) return call.out.value(step_json(step, next)), kDone;
  call.out.line({{step.number, Style::bold}, ": ", what_happened(step)});
  if (!step.work_id.empty())
    call.out.line({{"work  ", Style::dim}, {step.work_id, Style::bold}, "  searchable; see colophon show ", step.work_id});
  if (!step.phase_label.empty()) call.out.line({{"phase  ", Style::dim}, step.phase_label});
  if (!step.notices.empty()) call.out.line({{"told  ", Style::dim}, fmt::format("{}", fmt::join(step.notices, ", "))});
  show_next(call.out, next, step.number);
  return kDone;
}

Result<int> run_step(Invocation& call, MakeCommand make) {
  TRY_ASSIGN(app::Library* const library, call.library());
  TRY_ASSIGN(const review::SubmissionView view, app::show_submission(*library, call.acting(), call.values.text("NUMBER")));
  TRY_ASSIGN(const review::Command command, make(call, view));
  TRY_ASSIGN(const app::Step step, app::run_command(*library, call.acting(), view.number, command));
  return tell_step(call, *library, step);
}

Result<int> show_queue(Invocation& call, std::optional<TaskKind> only) {
  TRY_ASSIGN(app::Library* const library, call.library());
  TRY_ASSIGN(const std::vector<app::QueueItem> items, app::queue(*library, call.acting()));
  Json list = Json::array();
  std::vector<Pieces> rows;
  for (const app::QueueItem& item : items) {
    if (only && item.task.kind != *only) continue;
    const TaskRow& row = kTasks[static_cast<std::size_t>(item.task.kind)];
    Json one = Json::object({{"number", item.number},
                             {"title", item.title},
                             {"task", review::name(item.task.kind)},
                             {"due", to_string(item.task.due.at)},
                             {"overdue", item.overdue}});
    list.push(one.set_if("partner", item.task.partner ? item.task.partner->value : ""));
    const std::string due = date_in_zone(item.task.due.at, item.task.due.zone);
    rows.push_back({{item.number, Style::bold},
                    {item.overdue ? "overdue since " + due : "by " + due, item.overdue ? Style::bad : Style::plain},
                    std::string(row.words),
                    item.task.partner ? item.task.partner->value : "",
                    ellipsis(item.title, 60)});
  }
  const int status = rows.empty() ? kNothing : kDone;
  if (call.out.json()) return call.out.value(Json::object({{"v", 1}, {"tasks", std::move(list)}})), status;
  if (rows.empty()) call.out.note(fmt::format("Nothing waits for {}.", call.globals().person));
  call.out.table(rows);
  return status;
}

}  // namespace colophon::cli
