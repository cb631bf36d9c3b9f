// SPDX-License-Identifier: GPL-3.0-or-later
// uses: formats
// Any bytes as CSL-JSON: items lie in the file, and what is written of them is read as the same work.
#include <cstdint>

#include "base/error.hpp"
#include "formats/csl_json.hpp"
#include "formats/draft_reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace colophon;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const formats::Extraction read = formats::read_text(formats::Format::csl_json, bytes);
  for (const formats::Draft& draft : read.drafts) {
    COLOPHON_ASSERT(draft.begin <= draft.end && draft.end <= size);
    const Result<bib::Work> again = formats::from_csl(formats::to_csl(draft.work, "id"));
    COLOPHON_ASSERT(again.has_value() && again->statements() == draft.work.statements());
  }
  return 0;
}
