// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/rows.hpp"
#include "cli/steps.hpp"

#include <fmt/format.h>

namespace colophon::cli {
namespace {

namespace command = review::command;
using review::Choice;
using review::Command;
using review::PersonKey;
using review::SubmissionView;

Result<Choice> outcome_of(Invocation& call) {
  if (call.values.has("outcome")) return review::parse_name<Choice>(call.values.text("outcome"));
  return fail(Errc::usage, "a decision needs an outcome", "write it as in --outcome accept");
}
PersonKey person(Invocation& call, const char* argument) { return PersonKey(call.values.text(argument)); }

Result<Command> make_assign(Invocation& call, const SubmissionView&) { return command::AssignEditor{person(call, "EDITOR")}; }
Result<Command> make_screen(Invocation& call, const SubmissionView&) {
  TRY_ASSIGN(const Choice outcome, outcome_of(call));
  TRY_ASSIGN(const std::string reason, call.words("reason"));
  TRY_ASSIGN(const std::string letter, call.words("letter"));
  return command::Screen{outcome, reason, letter};
}
Result<Command> make_invite(Invocation& call, const SubmissionView&) { return command::Invite{person(call, "REVIEWER")}; }
Result<Command> make_cancel(Invocation& call, const SubmissionView&) {
  TRY_ASSIGN(const std::string reason, call.words("reason"));
  return command::CancelInvitation{person(call, "REVIEWER"), reason};
}
Result<Command> make_extend(Invocation& call, const SubmissionView&) {
  return command::Extend{person(call, "REVIEWER"), static_cast<std::uint32_t>(call.values.number("days", 0))};
}
Result<Command> make_advise(Invocation& call, const SubmissionView&) {
  if (!call.values.has("recommendation"))
    return fail(Errc::usage, "advice needs a recommendation", "write it as in --recommendation minor_revision");
  TRY_ASSIGN(const review::Recommendation recommendation,
             review::parse_name<review::Recommendation>(call.values.text("recommendation")));
  TRY_ASSIGN(const std::string reason, call.words("reason"));
  return command::Recommend{recommendation, reason};
}
Result<Command> make_decide(Invocation& call, const SubmissionView&) {
  TRY_ASSIGN(const Choice outcome, outcome_of(call));
  TRY_ASSIGN(const std::string letter, call.words("letter"));
  TRY_ASSIGN(const std::string reason, call.words("reason"));
  return command::Decide{outcome, letter, reason, call.values.has("override") ? command::Override::yes : command::Override::no};
}
Result<Command> make_request(Invocation&, const SubmissionView&) { return command::RequestPublicationClearance{}; }
Result<Command> make_schedule(Invocation& call, const SubmissionView&) {
  TRY_ASSIGN(app::Library* const library, call.library());
  if (!call.values.has("on")) return command::Schedule{library->clock().now()};
  TRY_ASSIGN(const Instant at, parse_day(call.values.text("on"), library->settings().text("library.time_zone")));
  return command::Schedule{at};
}
Result<Command> make_publish(Invocation&, const SubmissionView&) { return command::Publish{}; }
Result<Command> make_confirm(Invocation&, const SubmissionView&) { return command::ConfirmWithdrawal{}; }
Result<Command> make_lapse(Invocation&, const SubmissionView&) { return command::Lapse{}; }
Result<Command> make_revive(Invocation&, const SubmissionView&) { return command::Revive{}; }

Result<int> due(Invocation& call) {
  TRY_ASSIGN(app::Library* const library, call.library());
  TRY_ASSIGN(const std::vector<app::Step> steps, app::run_clock(*library));
  Json list = Json::array();
  for (const app::Step& step : steps) {
    list.push(Json::object({{"number", step.number}, {"phase", step.phase}, {"work", step.work_id}}));
    if (!call.out.json())
      call.out.line({{step.number, Style::bold}, ": ", step.phase_label, step.work_id.empty() ? "" : " as " + step.work_id});
  }
  if (!steps.empty()) TRY(make_searchable(*library, call.out));
  if (call.out.json()) call.out.value(Json::object({{"v", 1}, {"steps", std::move(list)}}));
  else if (steps.empty()) call.out.line("Nothing is due.");
  return kDone;
}

constexpr std::string_view kGroup = "Review";

}  // namespace

Rows editorial_rows() {
  const OptionRow reason{"--reason", Takes::text, "TEXT", "why, for the house; @FILE reads it from a file"};
  const OptionRow letter{"--letter", Takes::text, "TEXT", "what the authors read; @FILE reads it from a file"};
  const ArgumentRow reviewer{"REVIEWER", "the reviewer's handle"};
  return {
      {.name = "editorial queue",
       .group = kGroup,
       .summary = "List what waits for the person, soonest first",
       .examples = {"colophon editorial queue --as haddadine"},
       .run = [](Invocation& call) { return show_queue(call, {}); }},
      {.name = "editorial assign",
       .group = kGroup,
       .summary = "Assign the editor who handles it",
       .arguments = {kNumber, {"EDITOR", "the editor's handle"}},
       .examples = {"colophon editorial assign ART-7KQ2 haddadine --as obrannagh"},
       .run = [](Invocation& call) { return run_step(call, make_assign); }},
      {.name = "editorial screen",
       .group = kGroup,
       .summary = "Send it to review, give it back, or reject it",
       .arguments = {kNumber},
       .options = {{"--outcome", Takes::text, "accept|return|reject", "accept sends it to review"}, letter, reason},
       .examples = {"colophon editorial screen ART-7KQ2 --outcome accept --as haddadine"},
       .run = [](Invocation& call) { return run_step(call, make_screen); }},
      {.name = "editorial invite",
       .group = kGroup,
       .summary = "Invite a reviewer",
       .arguments = {kNumber, reviewer},
       .examples = {"colophon editorial invite ART-7KQ2 brandwell --as haddadine"},
       .run = [](Invocation& call) { return run_step(call, make_invite); }},
      {.name = "editorial cancel",
       .group = kGroup,
       .summary = "Cancel an invitation or assignment",
       .arguments = {kNumber, reviewer},
       .options = {reason},
       .examples = {"colophon editorial cancel ART-7KQ2 brandwell --reason 'No answer.' --as haddadine"},
       .run = [](Invocation& call) { return run_step(call, make_cancel); }},
      {.name = "editorial extend",
       .group = kGroup,
       .summary = "Give a reviewer more time",
       .arguments = {kNumber, reviewer},
       .options = {{"--days", Takes::number, "N", "days from today"}},
       .examples = {"colophon editorial extend ART-7KQ2 brandwell --days 14 --as haddadine"},
       .run = [](Invocation& call) { return run_step(call, make_extend); }},
      {.name = "editorial advise",
       .group = kGroup,
       .summary = "Advise who decides, as the handling editor",
       .arguments = {kNumber},
       .options = {{"--recommendation", Takes::text,
                    "accept|accept_with_reservation|minor_revision|major_revision|reject|reject_with_resubmit", "what to decide"},
                   reason},
       .examples = {"colophon editorial advise ART-7KQ2 --recommendation accept --reason 'Both reviews agree.' --as haddadine"},
       .run = [](Invocation& call) { return run_step(call, make_advise); }},
      {.name = "editorial decide",
       .group = kGroup,
       .summary = "Decide on the round",
       .arguments = {kNumber},
       .options = {{"--outcome", Takes::text, "accept|revise|reject", "the decision"},
                   letter,
                   reason,
                   {"--override", Takes::nothing, "", "with fewer reviews than the workflow asks for; needs a reason"}},
       .examples = {"colophon editorial decide ART-7KQ2 --outcome revise --letter @letter.txt --as haddadine"},
       .run = [](Invocation& call) { return run_step(call, make_decide); }},
      {.name = "editorial request-publication-clearance",
       .group = kGroup,
       .summary = "Ask the partners to clear what will be published",
       .arguments = {kNumber},
       .examples = {"colophon editorial request-publication-clearance ART-7KQ2 --as rahmatullahi"},
       .run = [](Invocation& call) { return run_step(call, make_request); }},
      {.name = "editorial schedule",
       .group = kGroup,
       .summary = "Set the day of publication",
       .arguments = {kNumber},
       .options = {{"--on", Takes::text, "DATE", "as in 2026-12-01, in the library's zone (at once)"}},
       .examples = {"colophon editorial schedule ART-7KQ2 --on 2026-12-01 --as obrannagh"},
       .run = [](Invocation& call) { return run_step(call, make_schedule); }},
      {.name = "editorial publish",
       .group = kGroup,
       .summary = "Publish what is scheduled: it becomes a work",
       .arguments = {kNumber},
       .examples = {"colophon editorial publish ART-7KQ2 --as obrannagh"},
       .run = [](Invocation& call) { return run_step(call, make_publish); }},
      {.name = "editorial confirm-withdrawal",
       .group = kGroup,
       .summary = "Confirm a withdrawal that an author asked for",
       .arguments = {kNumber},
       .examples = {"colophon editorial confirm-withdrawal ART-7KQ2 --as haddadine"},
       .run = [](Invocation& call) { return run_step(call, make_confirm); }},
      {.name = "editorial lapse",
       .group = kGroup,
       .summary = "Close one whose new version never came",
       .arguments = {kNumber},
       .examples = {"colophon editorial lapse ART-7KQ2 --as obrannagh"},
       .run = [](Invocation& call) { return run_step(call, make_lapse); }},
      {.name = "editorial revive",
       .group = kGroup,
       .summary = "Open a lapsed one again",
       .arguments = {kNumber},
       .examples = {"colophon editorial revive ART-7KQ2 --as obrannagh"},
       .run = [](Invocation& call) { return run_step(call, make_revive); }},
      {.name = "editorial due",
       .group = kGroup,
       .summary = "Do what is due by now: publish what is scheduled, close what lapsed; the server does it by itself",
       .examples = {"colophon editorial due"},
       .run = due},
  };
}

}  // namespace colophon::cli
