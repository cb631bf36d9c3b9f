// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/bibtex/splitter.hpp"

#include <chrono>
#include <string>

#include "formats/bibtex/reader.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace colophon::formats::bibtex {
namespace {

bool tiles(std::string_view file) {
  std::size_t at = 0;
  for (const Chunk& chunk : split(file)) {
    if (chunk.begin != at || chunk.end <= chunk.begin) return false;
    if (chunk.kind != ChunkKind::text && (chunk.body_begin > chunk.body_end || chunk.body_end > chunk.end)) return false;
    at = chunk.end;
  }
  return at == file.size();
}

// Texts made of what the grammar is made of: far likelier to be odd in the right way than random bytes.
rc::Gen<std::string> bibtex_like() {
  static const std::vector<std::string> kParts = {
      "@article{", "@string{", "@comment{", "@comment ", "@preamble(",     "@book(",      "key,", "{",  "}", "\"", ",",
      "=",         "#",        "\n",        " ",         "title = {x}",    "year = 2001", "%",    "\\", "$", "@",  ")",
      "(",         "a",        "\xC3\xA9",  "\xE9",      "crossref={key}", "\nyear = ",   "and",  "~",  "--"};
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(kParts)),
                      [](const std::vector<std::string>& parts) {
                        std::string out;
                        for (const std::string& part : parts) out += part;
                        return out;
                      });
}

RC_GTEST_PROP(Splitter, TilesAnyBytes, (const std::string& bytes)) { RC_ASSERT(tiles(bytes)); }
RC_GTEST_PROP(Splitter, TilesWhatLooksLikeBibtex, ()) {
  const std::string file = *bibtex_like();
  RC_ASSERT(tiles(file));
  static_cast<void>(read_bibtex(file));
}

TEST(Splitter, FindsEachKindOfChunk) {
  const std::string file = "free\n@string{a=1}@preamble{x}\n@comment{c}@Comment to the end\n@book(k,t={)})tail";
  std::string kinds;
  for (const Chunk& chunk : split(file)) kinds += "esp#t"[static_cast<int>(chunk.kind)];
  EXPECT_EQ(kinds, "tspt##tet");
}

TEST(Splitter, AnAddressIsNoEntry) {
  const auto chunks = split("write to me@host{x} now");
  ASSERT_EQ(chunks.size(), 1u);
  EXPECT_EQ(chunks[0].kind, ChunkKind::text);
}

TEST(Splitter, CountsLines) {
  const auto chunks = split("\n\n@a{k,\n x={1}}\n@b{l}");
  EXPECT_EQ(chunks[1].line, 3u);
  EXPECT_EQ(chunks[3].line, 5u);
  EXPECT_EQ(count_lines(std::string(10'000, '\n')), 10'000u);
}

double seconds_to_read(const std::string& unit, std::size_t count) {
  std::string file;
  for (std::size_t i = 0; i < count; ++i) file += unit;
  const auto start = std::chrono::steady_clock::now();
  static_cast<void>(read_bibtex(file));
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// Each of these made some reader quadratic once. A quadratic one takes minutes for a megabyte; ours takes a fraction of a second.
TEST(Splitter, NothingTakesMoreThanLinearTime) {
  for (const std::string unit : {"@a{",
                                 "\n@a{k,{",
                                 "@comment{",
                                 "\n@comment{\n@a{k,",
                                 "{",
                                 "}",
                                 "@",
                                 "@a{k,x=\"",
                                 "\nx={",
                                 "@a{k,a=\"{\n",
                                 "$",
                                 "\\'{",
                                 "\\textbf{",
                                 "@a{b,crossref={b}}\n",
                                 "@string{a=a#a}\n",
                                 "},a=",
                                 "@a(",
                                 "\n@a(k,\"",
                                 "a and ",
                                 "-",
                                 "1-",
                                 "\n@a{k,author={,",
                                 "@a{k,doi={10.1/(((",
                                 "%",
                                 "\n%x",
                                 ",x={1}",
                                 "``",
                                 "@string{s={x}}\n@a{k,t=s#s#s#s}",
                                 "\xC3",
                                 "\\url{",
                                 "=",
                                 "x=#"}) {
    const std::string prefix = "@article{k,t={";
    EXPECT_LT(seconds_to_read(unit, 500'000 / unit.size()), 20.0) << unit;
    std::string inside = prefix;
    for (std::size_t i = 0; i < 300'000 / unit.size(); ++i) inside += unit;
    EXPECT_LT(seconds_to_read(inside, 1), 20.0) << "inside: " << unit;
  }
}

}  // namespace
}  // namespace colophon::formats::bibtex
