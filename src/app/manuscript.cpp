// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/manuscript.hpp"

#include "app/add_files.hpp"
#include "base/text.hpp"
#include "formats/draft_reader.hpp"
#include "ingest/worker.hpp"

namespace colophon::app {
namespace {

using bib::FieldId;

constexpr std::uint64_t kLargestManuscript = std::uint64_t{1} << 30;
constexpr std::size_t kHeadBytes = 4096;

struct Reading {
  formats::Format format = formats::Format::unknown;
  formats::Extraction extraction;
};

Result<Reading> read_document(Library& library, const std::filesystem::path& path) {
  TRY_ASSIGN(const std::string bytes, read_file(path, kLargestManuscript));
  Reading out;
  out.format = formats::sniff(std::string_view(bytes).substr(0, kHeadBytes));
  const formats::ReadIn where = formats::row(out.format).read_in;
  if (where == formats::ReadIn::process) out.extraction = formats::read_text(out.format, bytes);
  if (where != formats::ReadIn::worker) return out;
  TRY_ASSIGN(const Fd fd, open_read(path));
  TRY_ASSIGN(ingest::Worker worker, ingest::Worker::start(worker_limits(library.settings()), ingest::extract_program()));
  TRY_ASSIGN(out.extraction, worker.extract(out.format, fd.get(), bytes.size()));
  return out;
}

Json texts_of(const bib::Work& work, FieldId field) {
  Json out = Json::array();
  for (const bib::Statement& s : work.all(field)) out.push(bib::plain(s.value));
  return out;
}

Json authors_of(const bib::Work& work) {
  Json out = Json::array();
  if (const bib::NameList* list = work.names(FieldId::author)) {
    for (const bib::Contributor& c : list->names) out.push(bib::sorted_form(c.name));
  }
  return out;
}

// Without the places in the file: the version's hash is of what is said, not of where.
bib::Work without_origins(const bib::Work& work) {
  bib::Work out;
  out.type = work.type;
  for (const bib::Statement& s : work.statements()) out.add(s.field, s.value);
  return out;
}

Json metadata_of(const Reading& reading) {
  Json out = Json::object();
  if (reading.extraction.drafts.empty()) return out;
  const bib::Work& work = reading.extraction.drafts.front().work;
  out.set_if("title", work.full_title());
  out.set_if("abstract", work.text(FieldId::abstract));
  out.set_if("keywords", texts_of(work, FieldId::keyword));
  out.set_if("language", work.text(FieldId::language));
  out.set_if("authors", authors_of(work));
  // what was guessed from a page's look is not asserted in the partners' name
  if (reading.format != formats::Format::pdf) out.set("record", to_json(without_origins(work)));
  return out;
}

}  // namespace

Result<Manuscript> read_manuscript(Library& library, const std::filesystem::path& path, std::string_view stage) {
  if (std::filesystem::is_directory(path))
    return fail(Errc::invalid, "a manuscript is a file, not a folder", "name the file", path.string());
  TRY_ASSIGN(const Fd source, open_read(path));
  Manuscript out;
  TRY_ASSIGN(out.incoming, library.store().blobs().receive(source.get(), path, kLargestManuscript));
  if (out.incoming.size == 0) {
    library.store().blobs().discard(out.incoming);
    return fail(Errc::invalid, "the manuscript is an empty file", "name the file that holds the text", path.string());
  }
  const std::filesystem::path received =
      out.incoming.temporary.empty() ? library.store().blobs().path(out.incoming.digest) : out.incoming.temporary;
  Result<Reading> reading = read_document(library, received);
  if (!reading) {
    library.store().blobs().discard(out.incoming);
    reading.error().where = path.string();
    return std::unexpected(reading.error());
  }
  out.metadata = metadata_of(*reading);
  out.file = {out.incoming.digest, to_valid_utf8(path.filename().string()), "manuscript", std::string(stage)};
  return out;
}

Result<KeptText> read_kept(Library& library, const Sha256& blob) {
  if (!library.store().blobs().exists(blob)) {
    return fail(Errc::not_found, "a file of the library is missing", "“colophon verify” names everything that is missing",
                blob.hex());
  }
  return read_loose(library, library.store().blobs().path(blob));
}

Result<KeptText> read_loose(Library& library, const std::filesystem::path& path) {
  if (std::filesystem::is_directory(path))
    return fail(Errc::invalid, "this is a folder, not a file", "name the file", path.string());
  TRY_ASSIGN(const Reading reading, read_document(library, path));
  KeptText out;
  const bool known = reading.format != formats::Format::unknown;
  out.media = known ? formats::row(reading.format).media_type : "application/octet-stream";
  if (known) out.reader_version = formats::row(reading.format).reader_version;
  if (!reading.extraction.drafts.empty()) {
    const formats::Draft& draft = reading.extraction.drafts.front();
    out.record = draft.work;
    if (draft.body) out.passages = bib::passages(*draft.body);
  } else if (!known) {
    TRY_ASSIGN(std::string text, read_file(path, kLargestManuscript));
    if (is_utf8(text) && !trim(text).empty()) out.passages = {{0, "", "section", "", std::move(text)}};
  }
  return out;
}

}  // namespace colophon::app
