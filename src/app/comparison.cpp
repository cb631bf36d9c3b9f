// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/comparison.hpp"

#include <algorithm>

#include "app/manuscript.hpp"
#include "app/show.hpp"
#include "app/submissions.hpp"
#include "base/text.hpp"
#include "indexer/overlap/prose.hpp"

#include <fmt/format.h>

namespace colophon::app {
namespace {

Result<ComparedText> of_file(Library& library, std::string_view path) {
  TRY_ASSIGN(KeptText text, read_loose(library, std::filesystem::path(path)));
  if (text.passages.empty() && !text.record.has(bib::FieldId::abstract) && text.record.full_title().empty())
    return fail(Errc::invalid, "no text was found in the file", "give a PDF, JATS, BibTeX or plain text file", std::string(path));
  return ComparedText{ComparedText::Kind::file, std::string(path), std::move(text.record), std::move(text.passages), {}};
}

Result<ComparedText> of_work(Library& library, Audience audience, std::string_view id) {
  TRY_ASSIGN(WorkView view, show_work(library, id, audience));
  return ComparedText{ComparedText::Kind::work, view.id, std::move(view.record), std::move(view.passages), view.id};
}

// What a reader of the submission's metadata would know of it.
bib::Work record_of(const Json& metadata) {
  bib::Work out;
  const auto add = [&](bib::FieldId field, std::string_view key) {
    if (const std::string text = metadata[key].as_string(); !text.empty()) out.add(field, bib::RichText(text));
  };
  add(bib::FieldId::title, "title");
  add(bib::FieldId::abstract, "abstract");
  if (const std::string tag = metadata["language"].as_string(); !tag.empty()) out.add(bib::FieldId::language, bib::Code{tag});
  for (const Json& keyword : metadata["keywords"].items()) out.add(bib::FieldId::keyword, bib::Text{keyword.as_string(), ""});
  return out;
}

Result<ComparedText> of_submission(Library& library, const Acting& acting, std::string_view number) {
  TRY_ASSIGN(review::Submission submission, submission_for_deciders(library, acting, number));
  const review::Version& version = review::current_version(submission);
  ComparedText out{ComparedText::Kind::submission,
                   fmt::format("{}, version {}", submission.number, version.number),
                   record_of(version.metadata),
                   {},
                   {}};
  for (const review::VersionFile& file : version.files) {
    if (file.role != "manuscript") continue;
    TRY_ASSIGN(KeptText text, read_kept(library, file.sha256));
    std::ranges::move(text.passages, std::back_inserter(out.passages));
  }
  out.submission = std::move(submission);
  return out;
}

// "ART-7KQ2"; in lower case only with a digit, for "heat-plan" is a word. Crockford's symbols have no I, L, O, U.
bool is_number(std::string_view text) {
  const std::size_t hyphen = text.find('-');
  if (hyphen == std::string_view::npos || hyphen < 2 || hyphen > 4 || text.size() != hyphen + 5) return false;
  const std::string_view drawn = text.substr(hyphen + 1);
  const bool symbols = std::ranges::all_of(drawn, [](char c) {
    return is_ascii_digit(c) || (is_ascii_alpha(c) && std::string_view("ilouILOU").find(c) == std::string_view::npos);
  });
  const bool upper = std::ranges::none_of(text, [](char c) { return c >= 'a' && c <= 'z'; });
  return symbols && std::ranges::all_of(text.substr(0, hyphen), is_ascii_alpha) &&
         (upper || std::ranges::any_of(drawn, is_ascii_digit));
}

}  // namespace

Result<ComparedText> compared_words(Library& library, const Acting& acting, Audience audience, std::string_view what) {
  std::error_code ignored;
  const bool named = is_number(what) || std::filesystem::exists(std::filesystem::path(what), ignored) || find_work(library, what);
  if (named) return compared_text(library, acting, audience, what);
  ComparedText out{ComparedText::Kind::words, std::string(what), {}, {}, {}};
  out.record.add(bib::FieldId::title, bib::RichText(std::string(what)));
  return out;
}

Result<ComparedText> compared_text(Library& library, const Acting& acting, Audience audience, std::string_view what) {
  std::error_code ignored;
  if (std::filesystem::exists(std::filesystem::path(what), ignored)) return of_file(library, what);
  if (what.find_first_of("/.") != std::string_view::npos) return of_file(library, what);  // says that it is not there
  if (what.find('-') != std::string_view::npos) return of_submission(library, acting, what);
  return of_work(library, audience, what);
}

std::vector<bib::Passage> prose_for(Library& library, std::string_view id, Audience audience) {
  const std::optional<store::WorkRow> row = library.store().works().live(id);
  if (!row) return {};
  const Result<bib::Work> record = row->work();
  if (!record) return {};
  return indexer::prose_of(*record, passages_for(library.store(), row->id, audience, library.clock().now()));
}

}  // namespace colophon::app
