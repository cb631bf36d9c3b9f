// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/io.hpp"
#include "base/text.hpp"
#include "cli/rows.hpp"
#include "cli/steps.hpp"

#include <fmt/format.h>

namespace colophon::cli {
namespace {

namespace command = review::command;
using review::Command;
using review::SubmissionView;

constexpr std::uint64_t kLongestReview = 16u << 20;

// The words for the authors: of the option, else of the file.
Result<std::string> words_for_authors(Invocation& call) {
  const std::string file = call.values.text("FILE");
  if (file.empty()) return call.words("to-authors");
  if (call.values.has("to-authors"))
    return fail(Errc::usage, "the words for the authors are given twice", "give FILE or --to-authors");
  TRY_ASSIGN(std::string text, read_file(file, kLongestReview));
  if (is_utf8(text)) return text;
  return fail(Errc::invalid, "the review is no UTF-8 text", "save it as UTF-8", file);
}

Result<Command> make_send(Invocation& call, const SubmissionView&) {
  if (!call.values.has("recommendation"))
    return fail(Errc::usage, "a review needs a recommendation", "write it as in --recommendation minor_revision");
  command::ReviewSend out;
  TRY_ASSIGN(out.recommendation, review::parse_name<review::Recommendation>(call.values.text("recommendation")));
  TRY_ASSIGN(out.to_authors, words_for_authors(call));
  TRY_ASSIGN(out.to_editors, call.words("to-editors"));
  TRY_ASSIGN(out.competing_interests, call.words("competing-interests"));
  return out;
}
Result<Command> make_agree(Invocation&, const SubmissionView&) { return command::ReviewAgree{}; }
Result<Command> make_decline(Invocation& call, const SubmissionView&) {
  TRY_ASSIGN(const std::string reason, call.words("reason"));
  return command::ReviewDecline{reason};
}

constexpr std::string_view kGroup = "Review";

}  // namespace

Rows review_rows() {
  return {
      {.name = "review queue",
       .group = kGroup,
       .summary = "List what waits for the person, and until when",
       .examples = {"colophon review queue --as brandwell"},
       .run = [](Invocation& call) { return show_queue(call, {}); }},
      {.name = "review agree",
       .group = kGroup,
       .summary = "Agree to review",
       .arguments = {kNumber},
       .examples = {"colophon review agree ART-7KQ2 --as brandwell"},
       .run = [](Invocation& call) { return run_step(call, make_agree); }},
      {.name = "review decline",
       .group = kGroup,
       .summary = "Decline to review",
       .arguments = {kNumber},
       .options = {{"--reason", Takes::text, "TEXT", "why, for the editors; @FILE reads it from a file"}},
       .examples = {"colophon review decline ART-7KQ2 --reason 'I am travelling.' --as brandwell"},
       .run = [](Invocation& call) { return run_step(call, make_decline); }},
      {.name = "review send",
       .group = kGroup,
       .summary = "Send the review",
       .arguments = {kNumber, {"FILE", "a text file with the words for the authors", Arity::optional}},
       .options = {{"--recommendation", Takes::text,
                    "accept|accept_with_reservation|minor_revision|major_revision|reject|reject_with_resubmit",
                    "what the editors should decide"},
                   {"--to-authors", Takes::text, "TEXT", "the words for the authors; @FILE reads them from a file"},
                   {"--to-editors", Takes::text, "TEXT", "words that only editors read, ever; @FILE reads them from a file"},
                   {"--competing-interests", Takes::text, "TEXT", "“none” is an answer, nothing is not"}},
       .examples =
           {"colophon review send ART-7KQ2 review.txt --recommendation minor_revision --competing-interests none --as brandwell"},
       .run = [](Invocation& call) { return run_step(call, make_send); }},
  };
}

}  // namespace colophon::cli
