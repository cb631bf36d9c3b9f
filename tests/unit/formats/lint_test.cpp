// SPDX-License-Identifier: GPL-3.0-or-later
// What the linter says of files is in tests/golden/lint; here are its table and its limits.
#include "formats/lint.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace colophon::formats {
namespace {

namespace fs = std::filesystem;

std::string bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(LintRules, EachIsWholeAndHasItsOwnCode) {
  std::set<std::string_view> codes;
  for (const LintRule& rule : lint_rules()) {
    SCOPED_TRACE(rule.code);
    EXPECT_TRUE(codes.insert(rule.code).second);
    EXPECT_TRUE(std::regex_match(std::string(rule.code), std::regex("(bibtex|xml|jats)\\.[a-z0-9-]+")));
    EXPECT_FALSE(rule.summary.empty() || rule.summary.ends_with('.'));
    EXPECT_EQ(lint_rule(rule.code), &rule);
    const LintRule* bare = lint_rule(rule.code.substr(rule.code.find('.') + 1));
    ASSERT_NE(bare, nullptr);  // of two formats with a rule of one name, the first
    EXPECT_TRUE(bare->code.ends_with(rule.code.substr(rule.code.find('.'))));
  }
  EXPECT_EQ(lint_rule("no-such-rule"), nullptr);
}

TEST(LintRules, EveryCodeOfTheReaderAndTheRulesHasItsRow) {
  const std::regex code("\"(bibtex\\.[a-z0-9-]+)\"");
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(COLOPHON_SOURCE_DIR) / "src/formats/bibtex")) {
    if (entry.path().extension() != ".cpp") continue;
    const std::string text = bytes_of(entry.path());
    for (std::sregex_iterator match(text.begin(), text.end(), code), end; match != end; ++match)
      EXPECT_NE(lint_rule((*match)[1].str()), nullptr)
          << (*match)[1].str() << " of " << entry.path() << " wants a row in src/formats/lint.cpp";
  }
}

// Of XML, the checks before and behind the parser, and those of the linter.
TEST(LintRules, EveryCodeOfTheLinterOfXmlHasItsRow) {
  const std::regex code("\"((jats|xml)\\.[a-z0-9-]+)\"");
  std::set<std::string> found;
  for (const std::string_view path : {"prepass.cpp", "encoding.cpp", "sax.cpp", "lint"}) {
    const fs::path where = fs::path(COLOPHON_SOURCE_DIR) / "src/formats_xml" / path;
    std::vector<fs::path> files;
    if (fs::is_directory(where)) {
      for (const auto& entry : fs::directory_iterator(where)) files.push_back(entry.path());
    } else {
      files.push_back(where);
    }
    for (const fs::path& file : files) {
      const std::string text = bytes_of(file);
      for (std::sregex_iterator match(text.begin(), text.end(), code), end; match != end; ++match) {
        found.insert((*match)[1].str());
        EXPECT_NE(lint_rule((*match)[1].str()), nullptr)
            << (*match)[1].str() << " of " << file << " wants a row in src/formats/lint.cpp";
      }
    }
  }
  for (const LintRule& rule : lint_rules()) {
    const bool given = rule.code.starts_with("bibtex.") || found.contains(std::string(rule.code));
    EXPECT_TRUE(given) << rule.code << " is given by nobody";
  }
}

TEST(LintRules, SomeFormatsAreLookedAtInTheWorker) {
  EXPECT_TRUE(is_linted_in_worker(Format::jats));
  EXPECT_FALSE(is_linted_in_worker(Format::bibtex));
  EXPECT_FALSE(is_linted_in_worker(Format::endnote));
  EXPECT_EQ(linter_of(Format::jats), nullptr);
  EXPECT_EQ(lintable_formats(), "BibTeX and JATS");
}

TEST(LintRules, ThePageListsThemInTheirOrder) {
  std::string table;
  for (const LintRule& rule : lint_rules())
    table += fmt::format("| `{}` | {} | {} | {} |\n", rule.code,
                         std::array{"note", "warning", "error"}[static_cast<std::size_t>(rule.severity)],
                         rule.repair == Repair::none ? "" : name(rule.repair), rule.summary);
  const std::string page = bytes_of(fs::path(COLOPHON_SOURCE_DIR) / "docs/formats/lint.md");
  EXPECT_NE(page.find(table), std::string::npos) << "docs/formats/lint.md should hold:\n" << table;
}

TEST(Lint, EndsWithAWordAboutTheRest) {
  std::string text;
  for (int i = 0; i < 12'000; ++i) text += "@misc{k" + std::to_string(i) + ", year = 95}\n";
  const std::vector<Finding> findings = lint_bibtex(text, {.year = 2026});
  EXPECT_EQ(findings.size(), 10'001u);
  EXPECT_EQ(findings.back().diagnostic.code, "bibtex.more");
}

TEST(Lint, TakesAsLongAsTheTextIs) {
  const auto seconds = [](const std::string& text) {
    const auto start = std::chrono::steady_clock::now();
    (void)lint_bibtex(text, {.year = 2026});
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  const auto repeated = [](std::string_view what, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) out += what;
    return out;
  };
  for (const std::string& inside :
       {repeated("; &", 100'000), repeated("and ", 100'000), repeated("http&amp;", 50'000), repeated("DNA ", 100'000),
        repeated("1-2,", 100'000), repeated("\xC3\x83\xC2\xBC", 100'000), repeated("$\\url{", 60'000)}) {
    for (const char* field : {"author", "title", "pages", "url", "note", "isbn", "doi", "orcid", "year", "month"})
      EXPECT_LT(seconds(fmt::format("@misc{{a, {} = {{{}}}}}", field, inside)), 3.0) << field << " " << inside.substr(0, 10);
  }
  EXPECT_LT(seconds(repeated("@xdata{a, xdata = {a,a,a,a,a,a,a,a,a}}\n", 20'000)), 5.0);
}

TEST(Lint, AFileMayBeToldToBeOfOneDialect) {
  const std::string text = "@article{a, author = {A}, title = {T}, journal = {J}}\n";
  EXPECT_EQ(lint_bibtex(text, {.year = 2026, .dialect = Rulebook::bibtex})[0].diagnostic.message, "@article needs year");
  EXPECT_EQ(lint_bibtex(text, {.year = 2026, .dialect = Rulebook::biblatex})[0].diagnostic.message, "@article needs date");
}

TEST(Lint, RepairsOfOneFindingAreMadeTogetherOrNotAtAll) {
  const std::vector<Finding> findings = {{{}, Repair::safe, {{0, 1, "a"}, {5, 6, "b"}}},
                                         {{}, Repair::safe, {{3, 4, "c"}, {5, 7, "d"}}},
                                         {{}, Repair::proposed, {{8, 9, "e"}}}};
  EXPECT_EQ(repairs(findings, Repair::safe), (std::vector<Edit>{{0, 1, "a"}, {5, 6, "b"}}));
  EXPECT_EQ(repairs(findings, Repair::proposed), (std::vector<Edit>{{0, 1, "a"}, {5, 6, "b"}, {8, 9, "e"}}));
}

}  // namespace
}  // namespace colophon::formats
