// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/bibtex/reader.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "formats/bibtex/bib_file.hpp"
#include "formats/bibtex/entry_decoder.hpp"
#include "formats/bibtex/tex.hpp"
#include "formats/charset.hpp"

#include <fmt/format.h>

namespace colophon::formats {

using namespace bibtex;

struct BibtexReader::Impl {
  Impl(std::string_view bytes, Keys wanted)
      : keys(wanted),
        encoding(find_encoding(bytes)),
        transcoded(converted(bytes, encoding)),
        text(transcoded.empty() ? bytes : std::string_view(transcoded)),
        spans(transcoded.empty() ? Spans::keep : Spans::drop),
        reports(text),
        file(text, reports, wanted == Keys::make ? BibFile::Digests::make : BibFile::Digests::skip),
        decoder(file, names, reports, spans) {
    if (spans == Spans::drop)
      reports.add(0, Severity::note, encoding.name.starts_with("UTF") ? "bibtex.utf-16" : "bibtex.encoding",
                  fmt::format("the file is {}{}", encoding.name, encoding.by == ToldBy::bytes ? ", as its bytes look" : ""),
                  "it was converted; places are given as lines only, not as bytes");
    reports.end_entry();
  }

  bool next(Draft& out) {
    for (; at < file.size(); ++at) {
      const Chunk chunk = file.chunk(at);
      if (chunk.kind != ChunkKind::entry) {
        report(chunk);
        continue;
      }
      if (iequals(chunk.word, "xdata")) continue;
      read_entry(chunk, out);
      reports.end_entry();
      ++at;
      return true;
    }
    return false;
  }

  void report(const Chunk& chunk) {
    if (chunk.kind == ChunkKind::string) {
      parse_entry(text, chunk, entry);
      for (const RawFault& fault : entry.faults) reports.add(fault);
    } else if (chunk.ending == Ending::end_of_line) {
      reports.add(RawFault{Fault::braceless_comment, chunk.begin});
    } else if (chunk.ending != Ending::closed) {
      reports.add(RawFault{chunk.ending == Ending::next_entry ? Fault::unclosed_by_entry : Fault::unclosed_at_end, chunk.begin});
    }
    reports.end_entry();
  }

  void read_entry(const Chunk& chunk, Draft& out) {
    parse_entry(text, chunk, entry);
    for (const RawFault& fault : entry.faults) reports.add(fault);
    out.child = drafts++;
    out.line = chunk.line;
    out.begin = spans == Spans::keep ? static_cast<std::uint32_t>(chunk.begin) : 0;
    out.end = spans == Spans::keep ? static_cast<std::uint32_t>(chunk.end) : 0;
    out.local_id = to_utf8(entry.key);
    out.body.reset();
    decoder.decode(entry, chunk, at, out.work);
    if (keys == Keys::make) out.key = file.digest(entry, at, decoder.used_commands());
    else out.key.reset();
    if (file.repeats_key(at))
      reports.add(entry.key_begin, Severity::warning, "bibtex.duplicate-key",
                  fmt::format("the key “{}” was given before", printable(ellipsis(out.local_id, 60))), "both entries are kept");
    if (!encoding.valid && !is_valid(text.substr(chunk.begin, chunk.end - chunk.begin)) && reports.first("encoding"))
      report_encoding(chunk);
  }

  // What stood in the file before must not look like a mistake when the file says it itself.
  void report_encoding(const Chunk& chunk) {
    const bool declared = encoding.by == ToldBy::declaration;
    reports.add(chunk.begin, declared ? Severity::note : Severity::warning, "bibtex.encoding",
                declared ? "bytes of Windows-1252, as the file declares" : "bytes that are no UTF-8",
                "read as Windows-1252; said once a file");
  }

  Keys keys;
  TextEncoding encoding;
  std::string transcoded;
  std::string_view text;
  Spans spans;
  Reports reports;
  BibFile file;
  FieldNames names;
  EntryDecoder decoder;
  Entry entry;
  std::uint32_t at = 0, drafts = 0;
};

BibtexReader::BibtexReader(std::string_view bytes, Keys keys) : impl_(std::make_unique<Impl>(bytes, keys)) {}
BibtexReader::~BibtexReader() = default;
BibtexReader::BibtexReader(BibtexReader&&) noexcept = default;
BibtexReader& BibtexReader::operator=(BibtexReader&&) noexcept = default;
bool BibtexReader::next(Draft& out) { return impl_->next(out); }
std::vector<Diagnostic> BibtexReader::take_diagnostics() { return impl_->reports.take(); }

Extraction read_bibtex(std::string_view bytes) {
  Extraction out;
  if (bytes.size() >= UINT32_MAX) {
    out.outcome = Outcome::too_large;
    out.diagnostics.push_back({Severity::error, "bibtex.too-large", "the file is longer than 4 GiB", "split it", {}});
    return out;
  }
  BibtexReader reader(bytes);
  for (Draft draft; reader.next(draft);) out.drafts.push_back(std::move(draft));
  out.diagnostics = reader.take_diagnostics();
  const bool lost = std::ranges::any_of(out.diagnostics, [](const Diagnostic& d) { return d.severity == Severity::error; });
  if (lost) out.outcome = Outcome::partial;
  if (out.drafts.empty()) {
    out.outcome = Outcome::damaged;
    out.diagnostics.push_back(
        {Severity::error, "bibtex.no-entry", "no BibTeX entry was found", "an entry begins with @article{key,", {}});
  }
  return out;
}

}  // namespace colophon::formats
