// SPDX-License-Identifier: GPL-3.0-or-later
// uses: formats_xml
// The linter of XML on any bytes: no crash, no leak; findings in order, each with a row in the table of rules; nothing is loaded.
#include "formats_xml/lint/jats_lint.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <tuple>

#include "formats/lint.hpp"
#include "formats_xml/sax.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace colophon;
  const formats::Extraction told = formats_xml::lint_jats(std::string(reinterpret_cast<const char*>(data), size));
  if (!told.drafts.empty() || !formats_xml::finds_no_entities()) std::abort();
  if (told.outcome != formats::Outcome::ok && told.diagnostics.empty()) std::abort();
  std::tuple<std::uint32_t, std::uint32_t> before;
  for (const Diagnostic& d : told.diagnostics) {
    const std::tuple at(d.at.line, d.at.column);
    if (!formats::lint_rule(d.code) || at < before) std::abort();
    before = at;
  }
  return 0;
}
