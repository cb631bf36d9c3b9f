// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "app/search.hpp"
#include "bib/fold.hpp"

namespace colophon::app {

/// A file that the audience may open.
struct FileView {
  std::int64_t number = 0;  ///< as in /r/ID/file/N
  std::string name, media, role, stage, licence, access;
  std::uint64_t size = 0;
};

/// Where a value comes from.
struct SourceView {
  std::string id;  ///< short id
  std::string kind, format;
  std::vector<std::string> origins;  ///< paths with citation keys; for the house only
  std::string status;
  Instant added_at;
};

/// A work as the audience may see it.
struct WorkView {
  std::string id;
  store::WorkState state = store::WorkState::live;
  std::string reason;  ///< of the withdrawal
  bib::Work record;    ///< every statement names its source
  std::vector<bib::Statement> rejected;
  std::vector<SourceView> sources;
  std::vector<FileView> files;
  std::vector<bib::Passage> passages;    ///< what the audience may read
  std::vector<bib::PeerReview> reviews;  ///< of the text that is read, where they were published with it
  bool has_closed_text = false;          ///< there is a text that this audience may not read; always false for a visitor
};

/// Looks a work up by the id of any of its sources. `moved_to` is set when the work goes by another id now.
struct Found {
  store::WorkId work;
  std::string id;
  bool moved = false;
};
/// Errc::not_found with a hint for an unknown or misspelt id; the message is the same for works that the audience may not see.
Result<Found> find_work(Library& library, std::string_view id);
Result<WorkView> show_work(Library& library, std::string_view id, Audience audience);

/// The body of a structured text that the audience may read, as show_work() gives its passages; empty when there is none, whatever the
/// reason. A withdrawn work has none for a visitor.
bib::Document read_body(Library& library, std::string_view id, Audience audience);

/// The bytes of a file that the audience may open; Errc::not_found otherwise, whatever the reason.
struct OpenFile {
  FileView view;
  std::filesystem::path path;
};
Result<OpenFile> open_file(Library& library, std::string_view id, std::int64_t number, Audience audience);

/// {"v":1,"id","reviews":[{"kind","title","round","stage","recommendation","reviewers","date","paragraphs"}]} (docs/formats/json.md).
Json reviews_json(const WorkView& view);

/// {"v":1,"id",…,"fields":{name: value or [values]},"files":[…]} (docs/formats/json.md); `provenance` adds sources and rejected values.
enum class Provenance : std::uint8_t { without, with };
Json work_json(const WorkView& view, Provenance provenance);

}  // namespace colophon::app
