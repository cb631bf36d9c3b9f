// SPDX-License-Identifier: GPL-3.0-or-later
// uses: formats_xml
// The reader of EndNote XML on any bytes: no crash, no leak; what it reads survives the wire.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "formats_xml/endnote_reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace colophon;
  const formats::Extraction read = formats_xml::read_endnote(std::string(reinterpret_cast<const char*>(data), size));
  const bool good = read.outcome == formats::Outcome::ok || read.outcome == formats::Outcome::partial;
  if (!good && (!read.drafts.empty() || read.diagnostics.empty())) std::abort();
  if (!formats::extraction_from_json(to_json(read))) std::abort();
  return 0;
}
