// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "app/review_export.hpp"
#include "base/text.hpp"
#include "cli/output_file.hpp"
#include "cli/rows.hpp"
#include "cli/steps.hpp"
#include "cli/submission_view.hpp"

#include <fmt/format.h>

namespace colophon::cli {
namespace {

namespace command = review::command;
using review::Command;
using review::SubmissionView;

// What a version should say and its manuscript did not.
constexpr std::array<std::string_view, 3> kWanted = {"abstract", "keywords", "language"};

Result<int> tell_with_missing(Invocation& call, app::Library& library, const app::Step& step) {
  TRY_ASSIGN(const int status, tell_step(call, library, step));
  const Result<SubmissionView> view = app::show_submission(library, call.acting(), step.number);
  if (!view || view->versions.empty()) return status;
  const Json& metadata = view->versions.back().metadata;
  call.out.note({{"read from it: ", Style::dim}, metadata["title"].as_string()});
  std::vector<std::string_view> missing;
  for (const std::string_view name : kWanted) {
    if (!metadata.contains(name)) missing.push_back(name);
  }
  if (!missing.empty()) call.out.note(fmt::format("not found in the manuscript: {}", fmt::join(missing, ", ")));
  return status;
}

Result<int> begin(Invocation& call) {
  TRY_ASSIGN(app::Library* const library, call.library());
  app::NewSubmission wish;
  wish.manuscript = call.values.text("FILE");
  if (call.values.has("workflow")) wish.workflow = call.values.text("workflow");
  wish.title = call.values.text("title");
  wish.authors = call.values.texts("author");
  wish.partners = call.values.texts("partner");
  TRY_ASSIGN(const app::Step step, app::new_submission(*library, call.acting(), wish));
  return tell_with_missing(call, *library, step);
}

Result<int> revise(Invocation& call) {
  TRY_ASSIGN(app::Library* const library, call.library());
  TRY_ASSIGN(const std::string note, call.words("note"));
  TRY_ASSIGN(const app::Step step,
             app::revise_submission(*library, call.acting(), call.values.text("NUMBER"), call.values.text("FILE"), note));
  return tell_with_missing(call, *library, step);
}

Result<int> show(Invocation& call) {
  TRY_ASSIGN(app::Library* const library, call.library());
  TRY_ASSIGN(const SubmissionView view, app::show_submission(*library, call.acting(), call.values.text("NUMBER")));
  if (!call.out.json()) return show_submission(call.out, view), kDone;
  Json json = Json::object({{"v", 1}});
  const Json body = to_json(view);
  for (const auto& [key, value] : body.members()) json.set(key, value);
  call.out.value(json);
  return kDone;
}

Result<int> list(Invocation& call) {
  TRY_ASSIGN(app::Library* const library, call.library());
  TRY_ASSIGN(const std::vector<SubmissionView> views, app::list_submissions(*library, call.acting()));
  const int status = views.empty() ? kNothing : kDone;
  Json all = Json::array();
  std::vector<Pieces> rows;
  for (const SubmissionView& view : views) {
    all.push(to_json(view));
    rows.push_back({{view.number, Style::bold}, view.phase_label.value_or("–"), ellipsis(view.title, 70)});
  }
  if (call.out.json()) return call.out.value(Json::object({{"v", 1}, {"submissions", std::move(all)}})), status;
  if (rows.empty()) call.out.note(fmt::format("There is no submission that {} takes part in.", call.globals().person));
  call.out.table(rows);
  return status;
}

Result<int> reviews(Invocation& call) {
  TRY_ASSIGN(app::Library* const library, call.library());
  const std::string file = call.values.text("output");
  if (call.out.json() && file.empty())
    return fail(Errc::usage, "--json tells about the export, so that needs a file", "give -o FILE, or leave out --json");
  const app::ReviewNames names = call.values.has("names") ? app::ReviewNames::with : app::ReviewNames::without;
  TRY_ASSIGN(const formats::JatsFile jats, app::export_reviews(*library, call.acting(), call.values.text("NUMBER"), names));
  TRY_ASSIGN(Sink sink, Sink::open(call.out, file));
  TRY(sink.write(jats.xml));
  TRY(sink.end());
  for (const Diagnostic& d : jats.diagnostics) call.out.note(remark(d));
  if (call.out.json()) call.out.value(Json::object({{"v", 1}, {"file", file}}));
  return kDone;
}

Result<Command> make_agree(Invocation&, const SubmissionView&) { return command::Agree{}; }
Result<Command> make_request(Invocation&, const SubmissionView&) { return command::RequestClearance{}; }
Result<Command> make_submit(Invocation&, const SubmissionView&) { return command::Submit{}; }
// Before the first round an author withdraws alone; later an editor confirms it.
Result<Command> make_withdraw(Invocation& call, const SubmissionView& view) {
  TRY_ASSIGN(const std::string reason, call.words("reason"));
  const bool asks = std::ranges::find(view.verbs, review::name(review::Verb::ask_withdrawal)) != view.verbs.end();
  if (asks) return command::AskWithdrawal{reason};
  return command::Withdraw{reason};
}

constexpr std::string_view kGroup = "Submissions";

}  // namespace

Rows submission_rows() {
  const ArgumentRow file{"FILE",
                         "the manuscript: PDF and JATS are read for title, abstract, keywords; other files are kept as they are"};
  const OptionRow reason{"--reason", Takes::text, "TEXT", "why; @FILE reads it from a file"};
  return {
      {.name = "submission new",
       .group = kGroup,
       .summary = "Begin a submission with a manuscript",
       .arguments = {file},
       .options = {{"--title", Takes::text, "TEXT", "its title, where the manuscript's is not to be read or not right"},
                   {"--author", Takes::text, "PERSON", "an author, in the order of the byline (the acting person)", Times::many},
                   {"--partner", Takes::text, "KEY", "a partner under whose name it goes out (the workflow's)", Times::many},
                   {"--workflow", Takes::text, "KEY", "the workflow (article)"}},
       .examples = {"colophon submission new benches.pdf --author okafor --author suryanita --as okafor"},
       .run = begin},
      {.name = "submission list",
       .group = kGroup,
       .summary = "List the submissions that the person takes part in",
       .examples = {"colophon ms list --as okafor"},
       .run = list},
      {.name = "submission show",
       .group = kGroup,
       .summary = "Show a submission as the person may see it",
       .arguments = {kNumber},
       .examples = {"colophon submission show ART-7KQ2 --as okafor"},
       .run = show},
      {.name = "submission reviews",
       .group = kGroup,
       .summary = "Write its reviews and decision letters as JATS, as far as the person may read them",
       .arguments = {kNumber},
       .options = {{"--names", Takes::nothing, "",
                    "name reviewers and editors where the person may know them; else nobody is named"},
                   {"-o,--output", Takes::text, "FILE", "write to a file, whole or not at all"}},
       .details =
           [] {
             return std::string(
                 "One article with a sub-article for each report and letter (docs/formats/jats.md). Words to the editors are "
                 "never in "
                 "it.\n");
           },
       .examples = {"colophon submission reviews ART-7KQ2 -o reviews.xml --as haddad"},
       .run = reviews},
      {.name = "submission agree",
       .group = kGroup,
       .summary = "Agree to the current version, as one of its authors",
       .arguments = {kNumber},
       .examples = {"colophon submission agree ART-7KQ2 --as suryanita"},
       .run = [](Invocation& call) { return run_step(call, make_agree); }},
      {.name = "submission request-clearance",
       .group = kGroup,
       .summary = "Ask the partners whether it may go out under their names",
       .arguments = {kNumber},
       .examples = {"colophon submission request-clearance ART-7KQ2 --as okafor"},
       .run = [](Invocation& call) { return run_step(call, make_request); }},
      {.name = "submission submit",
       .group = kGroup,
       .summary = "Hand it in, once every partner has cleared it",
       .arguments = {kNumber},
       .examples = {"colophon submission submit ART-7KQ2 --as okafor"},
       .run = [](Invocation& call) { return run_step(call, make_submit); }},
      {.name = "submission revise",
       .group = kGroup,
       .summary = "Add a new version",
       .arguments = {kNumber, file},
       .options = {{"--note", Takes::text, "TEXT", "what changed, or the answer to the reviewers; @FILE reads it from a file"}},
       .examples = {"colophon submission revise ART-7KQ2 benches-v2.pdf --note @answers.txt --as okafor"},
       .run = revise},
      {.name = "submission withdraw",
       .group = kGroup,
       .summary = "Withdraw it; once it was in review, ask for that",
       .arguments = {kNumber},
       .options = {reason},
       .examples = {"colophon submission withdraw ART-7KQ2 --reason 'We measure another season first.' --as okafor"},
       .run = [](Invocation& call) { return run_step(call, make_withdraw); }},
  };
}

}  // namespace colophon::cli
