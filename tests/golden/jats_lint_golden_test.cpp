// SPDX-License-Identifier: GPL-3.0-or-later
// tests/golden/jats-lint/CASE/{input.xml,expected.txt}: what the linter says of a file. UPDATE_GOLDEN=1 rewrites the expectation.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <set>

#include "base/io.hpp"
#include "formats_xml/lint/jats_lint.hpp"
#include "formats_xml/lint/tree.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace colophon::formats_xml {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kSampled = 80;  // of the articles of the data set
const fs::path kFolder = fs::path(COLOPHON_SOURCE_DIR) / "tests/golden/jats-lint";

std::vector<std::string> cases() {
  std::vector<std::string> out;
  for (const auto& entry : fs::directory_iterator(kFolder)) out.push_back(entry.path().filename().string());
  std::ranges::sort(out);
  return out;
}

class JatsLintGolden : public testing::TestWithParam<std::string> {};

TEST_P(JatsLintGolden, SaysWhatIsExpected) {
  const fs::path folder = kFolder / GetParam();
  const formats::Extraction told = lint_jats(read_file(folder / "input.xml").value_or(""));
  std::string actual = fmt::format("{}\n", formats::name(told.outcome));
  for (const Diagnostic& d : told.diagnostics)
    actual +=
        fmt::format("{}:{}: {}: {} [{}]\n    {}\n", d.at.line, d.at.column,
                    std::array{"note", "warning", "error"}[static_cast<std::size_t>(d.severity)], d.message, d.code, d.hint);
  if (std::getenv("UPDATE_GOLDEN")) {
    ASSERT_TRUE(replace_file(folder / "expected.txt", actual, 0644));
  }
  EXPECT_EQ(actual, read_file(folder / "expected.txt").value_or(""));
}

// Each recommendation is not followed somewhere: none is an expression that finds nothing.
TEST(JatsLint, EachRecommendationHasACase) {
  std::string all;
  for (const std::string& name : cases()) all += read_file(kFolder / name / "expected.txt").value_or("");
  for (const std::string_view code : recommendation_codes())
    EXPECT_NE(all.find("[" + std::string(code) + "]"), std::string::npos) << code;
}

// Most of what is published is valid by the DTD that it names; nothing that a parser takes makes the linter stumble.
TEST(JatsLint, MostArticlesAreValid) {
  const char* home = std::getenv("HOME");
  const fs::path data = fs::path(home ? home : "") / ".cache/colophon-data/jats/files";
  if (!fs::exists(data)) GTEST_SKIP() << "the data set is not there";
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(data)) files.push_back(entry.path());
  std::ranges::sort(files);
  static const std::set<std::string_view> kInvalid = {"jats.unknown-element",   "jats.invalid-content",   "jats.missing-element",
                                                      "jats.missing-attribute", "jats.unknown-attribute", "jats.invalid-value",
                                                      "jats.duplicate-id",      "jats.unknown-id",        "jats.invalid"};
  std::size_t sound = 0, valid = 0;
  for (std::size_t i = 0; i < files.size(); i += std::max<std::size_t>(1, files.size() / kSampled)) {
    const formats::Extraction told = lint_jats(read_file(files[i]).value_or(""));
    const auto has = [&](const auto& matches) { return std::ranges::any_of(told.diagnostics, matches, &Diagnostic::code); };
    if (told.outcome != formats::Outcome::ok || has([](const std::string& code) {
          return code == "jats.other-dtd" || code == "jats.no-dtd" || code == "jats.no-dtd-held";
        }))
      continue;
    ++sound;
    valid += !has([](const std::string& code) { return kInvalid.contains(code); });
  }
  RecordProperty("sound", static_cast<int>(sound));
  RecordProperty("valid", static_cast<int>(valid));
  EXPECT_GT(static_cast<double>(valid), 0.9 * static_cast<double>(sound));
  EXPECT_LT(valid, sound) << "there are some that are not";
}

INSTANTIATE_TEST_SUITE_P(Cases, JatsLintGolden, testing::ValuesIn(cases()));

}  // namespace
}  // namespace colophon::formats_xml
