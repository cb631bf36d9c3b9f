// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/submission_search.hpp"

#include <algorithm>

#include "app/index_consumer.hpp"
#include "app/submissions.hpp"
#include "app/version_text.hpp"

#include <fmt/format.h>

namespace colophon::app {
namespace {

using review::Door;

struct OpenClasses {
  std::vector<std::filesystem::path> folders;
  std::vector<indexer::query::Note> notes;
};

// The note tells what the person knows: that they have a part in one, not in which.
Result<OpenClasses> open_classes(Library& library, const Acting& acting) {
  TRY_ASSIGN(const std::vector<OpenWorkflow> all, open_workflows(library, acting));
  OpenClasses out;
  for (const OpenWorkflow& one : all) {
    if (one.door == Door::conflict) {
      out.notes.push_back(
          {"submissions-conflict",
           fmt::format("You write or review a submission of the workflow “{}”: so that you learn nothing of the others "
                       "by it, none of them is searched.",
                       one.workflow.label)});
    }
    if (one.door != Door::open) continue;
    for (const IndexFolder& folder : index_folders(library)) {
      if (folder.workflow == one.workflow.key) out.folders.push_back(folder.path);
    }
  }
  if (out.folders.empty() && out.notes.empty())
    out.notes.push_back(
        {"submissions-staff", "Submissions are searched for the managing and production editors of their workflow only."});
  return out;
}

void name_versions(std::vector<indexer::Hit>& hits) {
  for (indexer::Hit& hit : hits) hit.id = shown_version_id(hit.id);
}

}  // namespace

Result<indexer::ResultPage> search_submissions(Library& library, const Acting& acting, const indexer::SearchRequest& request) {
  TRY_ASSIGN(OpenClasses open, open_classes(library, acting));
  indexer::ResultPage out;
  if (!open.folders.empty()) {
    const indexer::HitPassages passages = [&](std::string_view id, std::size_t) {
      std::optional<VersionDocument> found = version_document(library.store(), id);
      return found ? std::move(found->passages) : std::vector<bib::Passage>{};
    };
    TRY_ASSIGN(out, with_indexes(library, [&] { return search_in(library, open.folders, passages, request); }));
  }
  name_versions(out.hits);
  name_versions(out.nearest);
  if (out.explanation) out.explanation->id = shown_version_id(out.explanation->id);
  out.notes.insert(out.notes.begin(), open.notes.begin(), open.notes.end());
  return out;
}

Result<std::vector<Suggestion>> suggest_submissions(Library& library, const Acting& acting, std::string_view text) {
  TRY_ASSIGN(const OpenClasses open, open_classes(library, acting));
  if (open.folders.empty()) return std::vector<Suggestion>{};
  const RecordSource record = [&](std::string_view id) -> std::optional<bib::Work> {
    std::optional<VersionDocument> found = version_document(library.store(), id);
    return found ? std::optional(std::move(found->record)) : std::nullopt;
  };
  TRY_ASSIGN(std::vector<Suggestion> out, with_indexes(library, [&] { return suggest_in(library, open.folders, record, text); }));
  for (Suggestion& one : out) {
    if (!one.id.empty()) one.id = shown_version_id(one.id);
  }
  return out;
}

}  // namespace colophon::app
