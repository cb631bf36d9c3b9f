// SPDX-License-Identifier: GPL-3.0-or-later
// uses: formats_xml
// The JATS reader on any bytes: no crash, no leak; what it reads survives the wire.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "formats_xml/jats_reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace colophon;
  const formats::Extraction read = formats_xml::read_jats(std::string(reinterpret_cast<const char*>(data), size));
  if (read.outcome != formats::Outcome::ok && (!read.drafts.empty() || read.diagnostics.empty())) std::abort();
  const Result<formats::Extraction> again = formats::extraction_from_json(to_json(read));
  if (!again) std::abort();
  return 0;
}
