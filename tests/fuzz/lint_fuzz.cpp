// SPDX-License-Identifier: GPL-3.0-or-later
// uses: formats
// Any bytes: linting them gives places within them, its repairs keep the number of entries and settle, the diff can be made, new keys
// are settled the second time, and the time stays linear.
#include "formats/lint.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>

#include "base/error.hpp"
#include "formats/bibtex/rekey.hpp"
#include "formats/bibtex/splitter.hpp"

namespace {

using namespace colophon;

std::size_t entries_of(std::string_view bytes) {
  std::size_t out = 0;
  for (const formats::bibtex::Chunk& chunk : formats::bibtex::split(bytes))
    out += chunk.kind == formats::bibtex::ChunkKind::entry;
  return out;
}

void check_places(std::string_view bytes, const std::vector<formats::Finding>& findings) {
  const auto lines = static_cast<std::size_t>(std::ranges::count(bytes, '\n')) + 1;
  for (const formats::Finding& finding : findings) {
    COLOPHON_ASSERT(finding.diagnostic.at.line <= lines || bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF"));
    COLOPHON_ASSERT(formats::lint_rule(finding.diagnostic.code) != nullptr);
    for (const Edit& edit : finding.edits) COLOPHON_ASSERT(edit.begin <= edit.end && edit.end <= bytes.size());
  }
}

void check_keys(std::string_view bytes) {
  static const formats::KeyPattern kPattern = *formats::KeyPattern::parse("[auth][year][shorttitle:abbr]");
  const Result<formats::Rekeyed> once = formats::rekey_bibtex(bytes, kPattern, formats::Keys::pattern);
  if (!once) return;
  const std::string text = apply_edits(bytes, once->edits);
  COLOPHON_ASSERT(entries_of(text) == entries_of(bytes));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto start = std::chrono::steady_clock::now();
  const std::vector<formats::Finding> findings = formats::lint_bibtex(bytes, {.year = 2026});
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  COLOPHON_ASSERT(seconds < 2.0 + static_cast<double>(size) * 40e-6);
  check_places(bytes, findings);
  const std::vector<Edit> edits = formats::repairs(findings, formats::Repair::safe);
  const std::string repaired = apply_edits(bytes, edits);
  COLOPHON_ASSERT(unified_diff(bytes, edits, "a.bib").empty() == (edits.empty() || repaired == bytes));
  COLOPHON_ASSERT(entries_of(repaired) == entries_of(bytes));
  check_keys(bytes);
  return 0;
}
