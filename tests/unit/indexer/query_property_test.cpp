// SPDX-License-Identifier: GPL-3.0-or-later
// Generated queries, sensible ones and noise, against an index: none fails, none takes long. COLOPHON_QUERIES sets how many.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <random>

#include "base/io.hpp"
#include "support.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace colophon::indexer {
namespace {

constexpr std::size_t kUsual = 1500;
constexpr std::chrono::milliseconds kLongest{500};

class Generator {
 public:
  std::string query() {
    std::string out = below(8) == 0 ? noise() : group(0);
    if (below(6) == 0) damage(out);
    return out;
  }
  // Zipf-like: low numbers often, as in real texts.
  std::string word() { return fmt::format("{}{}", kStems[below(kStems.size())], kEndings[below(kEndings.size())]); }
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(random_()) % n; }

 private:
  static constexpr std::array<std::string_view, 14> kStems = {"heat",  "flood", "adapt", "cit",   "resilien", "govern", "risk",
                                                              "clima", "the",   "naïve", "stadt", "inundaci", "気候",   "12"};
  static constexpr std::array<std::string_view, 8> kEndings = {"", "s", "ing", "ation", "ies", "ce", "ón", "-related"};
  static constexpr std::array<std::string_view, 12> kFields = {
      "author:", "title:", "year:", "date:", "type:", "partner:", "cites:", "is:", "place:", "doi:", "concept:", "nonsense:"};
  static constexpr std::array<std::string_view, 10> kValues = {
      "2015..2020", "\"last month\"", "report", "incomplete", "10.1000/182", "201*", "<2010", "de", "2020-03..", "*"};
  static constexpr std::array<std::string_view, 7> kJoints = {" ", " ", " OR ", " -", " near/5 ", " AND ", " | "};

  std::string leaf() {
    switch (below(9)) {
      case 0: return "\"" + word() + " " + word() + "\"";
      case 1: return word().substr(0, 3) + "*";
      case 2: return "*" + word();
      case 3: return word().insert(2, "*");
      case 4: return "~" + word();
      case 5: return std::string(kFields[below(kFields.size())]) + word();
      case 6: return std::string(kFields[below(kFields.size())]) + std::string(kValues[below(kValues.size())]);
      default: return word();
    }
  }
  std::string group(int depth) {
    std::string out;
    const std::size_t parts = 1 + below(depth == 0 ? 6 : 3);
    for (std::size_t i = 0; i < parts; ++i) {
      if (i > 0) out += kJoints[below(kJoints.size())];
      out += depth < 3 && below(6) == 0 ? "(" + group(depth + 1) + ")" : leaf();
    }
    return out;
  }
  std::string noise() {
    std::string out(below(60), ' ');
    for (char& c : out) c = static_cast<char>(below(3) ? " \"()*-:~|/.OR"[below(13)] : static_cast<char>(below(256)));
    return out;
  }
  void damage(std::string& text) {
    for (std::size_t i = 0; i < 3 && !text.empty(); ++i) text[below(text.size())] = static_cast<char>(below(256));
  }

  std::minstd_rand random_{20261122};
};

std::vector<EntryData> works(Generator& generator, int count) {
  std::vector<EntryData> out;
  for (int i = 0; i < count; ++i) {
    EntryData one = test::work(fmt::format("w{:04}", i), generator.word() + " " + generator.word(), 1990 + i % 35);
    std::string text;
    for (int n = 0; n < 300; ++n)
      text += generator.word() + (generator.below(4) ? " " : fmt::format("{} ", generator.below(30'000)));
    one.passages = {test::page(1, text)};
    out.push_back(std::move(one));
  }
  return out;
}

TEST(Queries, NoneFailsAndNoneTakesLong) {
  Generator generator;
  const TemporaryFolder folder;
  {
    Writer writer = std::move(*Writer::open(folder.path() / "public", {"library", "public"}));
    for (const EntryData& one : works(generator, 400)) ASSERT_TRUE(writer.replace(one.entry()));
    ASSERT_TRUE(writer.commit(1));
  }
  const std::vector dirs = {folder.path() / "public"};
  Searcher searcher = std::move(*Searcher::open(dirs));
  const char* asked = std::getenv("COLOPHON_QUERIES");
  const std::size_t count = asked ? std::strtoul(asked, nullptr, 10) : kUsual;
  std::chrono::steady_clock::duration longest{};
  std::string slowest;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string text = generator.query();
    const auto begin = std::chrono::steady_clock::now();
    const auto page = searcher.search({.text = text, .facets = {"type", "year"}});
    const auto took = std::chrono::steady_clock::now() - begin;
    ASSERT_TRUE(page) << text << ": " << page.error().message;
    if (took > longest) longest = took, slowest = text;
  }
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(longest);
  RecordProperty("longest_ms", static_cast<int>(ms.count()));
  std::cout << count << " queries, the slowest took " << ms.count() << " ms: " << slowest << "\n";
  EXPECT_LT(ms, kLongest) << slowest;
}

}  // namespace
}  // namespace colophon::indexer
