// SPDX-License-Identifier: GPL-3.0-or-later
// uses: formats_pdf
// Whatever the bytes, the reader gives an outcome that survives the wire, with a reason when there is no draft.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "formats_pdf/pdf_reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace colophon;
  static const bool ready = (formats_pdf::init_pdf(), true);
  (void)ready;
  const formats::Extraction read = formats_pdf::read_pdf({reinterpret_cast<const char*>(data), size});
  if (read.drafts.empty() && read.diagnostics.empty()) std::abort();
  const Result<Json> json = Json::parse(to_json(read).dump());
  if (!json || !formats::extraction_from_json(*json)) std::abort();
  return 0;
}
