// SPDX-License-Identifier: GPL-3.0-or-later
// tests/golden/lint/CASE/{input.bib,expected.txt}: what the linter says of a file in the year 2026, and the diff of its safe repairs.
// UPDATE_GOLDEN=1 rewrites the expectation.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "formats/bibtex/reader.hpp"
#include "formats/lint.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace colophon::formats {
namespace {

namespace fs = std::filesystem;

const fs::path kFolder = fs::path(COLOPHON_SOURCE_DIR) / "tests/golden/lint";

std::string bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> cases() {
  std::vector<std::string> out;
  for (const auto& entry : fs::directory_iterator(kFolder)) out.push_back(entry.path().filename().string());
  std::ranges::sort(out);
  return out;
}

std::vector<Finding> findings_of(std::string_view text) { return lint_bibtex(text, {.year = 2026}); }

std::string told(const std::vector<Finding>& findings) {
  std::string out;
  for (const Finding& finding : findings) {
    const Diagnostic& d = finding.diagnostic;
    out += fmt::format("{}:{}: {}: {} [{}]{}\n", d.at.line, d.at.column,
                       std::array{"note", "warning", "error"}[static_cast<std::size_t>(d.severity)], d.message, d.code,
                       finding.repair == Repair::none ? "" : fmt::format(" {}", name(finding.repair)));
    out += "    " + d.hint + "\n";
  }
  return out;
}

class LintGolden : public testing::TestWithParam<std::string> {};

TEST_P(LintGolden, SaysWhatIsExpected) {
  const fs::path folder = kFolder / GetParam();
  const std::string text = bytes_of(folder / "input.bib");
  const std::vector<Finding> findings = findings_of(text);
  const std::string actual = told(findings) + unified_diff(text, repairs(findings, Repair::safe), "input.bib") +
                             unified_diff(text, repairs(findings, Repair::proposed), "input.bib, proposed too");
  if (std::getenv("UPDATE_GOLDEN")) std::ofstream(folder / "expected.txt", std::ios::binary) << actual;
  EXPECT_EQ(actual, bytes_of(folder / "expected.txt"));
}

// Repairs end: soon there is nothing left to repair, and the entries are those of before.
TEST_P(LintGolden, RepairsSettleAndKeepTheEntries) {
  const std::string text = bytes_of(kFolder / GetParam() / "input.bib");
  std::string repaired = text;
  for (int round = 0; round < 3; ++round) repaired = apply_edits(repaired, repairs(findings_of(repaired), Repair::safe));
  EXPECT_TRUE(repairs(findings_of(repaired), Repair::safe).empty()) << repaired;
  const Extraction before = read_bibtex(text), after = read_bibtex(repaired);
  ASSERT_EQ(before.drafts.size(), after.drafts.size());
  for (std::size_t i = 0; i < before.drafts.size(); ++i) EXPECT_EQ(before.drafts[i].local_id, after.drafts[i].local_id);
}

std::string test_name(const testing::TestParamInfo<std::string>& info) {
  std::string out = info.param;
  std::ranges::replace(out, '-', '_');
  return out;
}

INSTANTIATE_TEST_SUITE_P(Cases, LintGolden, testing::ValuesIn(cases()), test_name);

}  // namespace
}  // namespace colophon::formats
