// SPDX-License-Identifier: GPL-3.0-or-later
// uses: formats
// Any bytes as RIS, nbib and EndNote's tagged format: the readers survive, spans lie in the file, drafts travel as JSON, what is written
// as RIS and BibLaTeX is read again, and the time stays linear.
#include <chrono>
#include <cstdint>

#include "base/error.hpp"
#include "formats/bibtex/reader.hpp"
#include "formats/bibtex/writer.hpp"
#include "formats/draft_reader.hpp"
#include "formats/ris/writer.hpp"

namespace {

using namespace colophon;

void check(formats::Format format, std::string_view bytes) {
  const auto start = std::chrono::steady_clock::now();
  const formats::Extraction read = formats::read_text(format, bytes);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  COLOPHON_ASSERT(seconds < 2.0 + static_cast<double>(bytes.size()) * 20e-6);
  for (const formats::Draft& draft : read.drafts) {
    COLOPHON_ASSERT(draft.begin <= draft.end && draft.end <= bytes.size());
    for (const bib::Statement& s : draft.work.statements())
      COLOPHON_ASSERT(s.origin.begin <= s.origin.end && s.origin.end <= bytes.size());
    COLOPHON_ASSERT(formats::read_text(formats::Format::ris, formats::write_ris(draft.work, "key")).drafts.size() == 1);
    COLOPHON_ASSERT(
        formats::read_bibtex(formats::write_bibtex(draft.work, "key", formats::bibtex::Dialect::biblatex)).drafts.size() == 1);
  }
  COLOPHON_ASSERT(formats::extraction_from_json(to_json(read)).has_value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const formats::Format format : {formats::Format::ris, formats::Format::nbib, formats::Format::refer}) check(format, bytes);
  return 0;
}
