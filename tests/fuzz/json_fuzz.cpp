// SPDX-License-Identifier: GPL-3.0-or-later
// uses: base
// The JSON reader and writer: what is read is written, and what is written reads back the same.
#include "base/json.hpp"

#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto json = colophon::Json::parse({reinterpret_cast<const char*>(data), size});
  if (!json) return 0;
  const std::string once = json->dump();
  const auto again = colophon::Json::parse(once);
  COLOPHON_ASSERT(again && again->dump() == once);
  const auto canonical = colophon::Json::parse(json->canonical());
  COLOPHON_ASSERT(canonical && canonical->canonical() == json->canonical());
  return 0;
}
