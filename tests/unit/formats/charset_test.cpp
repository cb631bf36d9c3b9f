// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/charset.hpp"

#include "base/charset.hpp"
#include "formats/bibtex/reader.hpp"

#include <gtest/gtest.h>

namespace colophon::formats {
namespace {

using namespace std::string_literals;

std::string found(std::string_view bytes) {
  static constexpr std::array<std::string_view, 3> kTold = {"mark", "declaration", "bytes"};
  const TextEncoding encoding = find_encoding(bytes);
  return encoding.name + " by " + std::string(kTold[static_cast<std::size_t>(encoding.by)]);
}

std::string utf16(std::string_view ascii, bool little) {
  std::string out;
  for (const char c : ascii) out += little ? std::string{c, '\0'} : std::string{'\0', c};
  return out;
}

TEST(Charset, GoesByMarkThenBytesThenDeclaration) {
  EXPECT_EQ(found("\xEF\xBB\xBF@a{}"), "UTF-8 by mark");
  EXPECT_EQ(found("\xFF\xFE" + utf16("@a{}", true)), "UTF-16LE by mark");
  EXPECT_EQ(found("\xFF\xFE\0\0@\0\0\0"s), "UTF-32LE by mark");
  EXPECT_EQ(found(utf16("@article{k, title = {x}}", true)), "UTF-16LE by bytes");
  EXPECT_EQ(found(utf16("@article{k, title = {x}}", false)), "UTF-16BE by bytes");
  EXPECT_EQ(found("% Encoding: Cp1252\n{é}"), "UTF-8 by bytes");
  EXPECT_EQ(found("% Encoding: ISO8859_1\n{\xE9}"), "windows-1252 by declaration");
  EXPECT_EQ(found("This file was created with JabRef 2.9.\nEncoding: MacRoman\n\n{\x8E}"), "macintosh by declaration");
  EXPECT_EQ(found("% -*- mode: bibtex; coding: iso-8859-2-unix -*-\n{\xE8}"), "ISO-8859-2 by declaration");
  EXPECT_EQ(found("% Encoding: GBK\n{\xD6\xD0}\xFF"), "GBK by declaration");
  EXPECT_EQ(found("% Encoding: UTF-16\n% \n{caf\xE9}"), "windows-1252 by bytes");
  EXPECT_EQ(found("% Encoding: nonsense\n{caf\xE9}"), "windows-1252 by bytes");
}

TEST(Charset, GuessesByTheWordsThatComeOut) {
  EXPECT_EQ(found("M\xFCller, \xD6zge, Stra\xDF"
                  "e, na\xEFve \x93quote\x94 1\x96"
                  "2, l\x92\xE9t\xE9"),
            "windows-1252 by bytes");
  EXPECT_EQ(found("M\x9Fller, \x85zge, Stra\xA7"
                  "e, na\x95ve, Universit\x8E, Garc\x92"
                  "a, \xD2quote\xD3"),
            "macintosh by bytes");
  EXPECT_EQ(found("M\x81ller, Stra\xE1"
                  "e, Universit\x82, Garc\xA1"
                  "a, Espa\xA4ol"),
            "IBM850 by bytes");
  EXPECT_EQ(found("UNIVERSIT\xC9 \xC9tude"), "windows-1252 by bytes");
  EXPECT_EQ(found("ééé caf\xE9 ñ"), "UTF-8 by bytes");
  EXPECT_FALSE(find_encoding("ééé caf\xE9 ñ").valid);
}

TEST(Charset, ConvertsWhatCannotBeReadAsItIs) {
  const auto convert = [](std::string_view bytes) { return converted(bytes, find_encoding(bytes)); };
  EXPECT_EQ(convert("caf\xE9"), "");
  EXPECT_EQ(convert("\xFF\xFE\xE9\0!\0"s), "é!");
  EXPECT_EQ(convert("\xFE\xFF\xD8\x3D\xDE\0\xD8\0"s), "😀\uFFFD");
  EXPECT_EQ(convert("M\x9Fller, Universit\x8E"), "Müller, Université");
  EXPECT_EQ(convert("Encoding: ISO-8859-2\n\xE8"), "Encoding: ISO-8859-2\nč");
}

TEST(Charset, KnowsNamesAndAliases) {
  EXPECT_EQ(charset_name("Cp1252"), "windows-1252");
  EXPECT_EQ(charset_name("ISO8859_15"), "ISO-8859-15");
  EXPECT_EQ(charset_name("UTF8"), "UTF-8");
  EXPECT_EQ(charset_name("latin-1"), "ISO-8859-1");
  for (const std::string_view name : {"", "x,y", "no such", "\xFF"}) {
    EXPECT_FALSE(charset_name(name)) << name;
    EXPECT_FALSE(from_charset("a", name)) << name;
  }
}

TEST(Charset, TheReaderSaysWhatItRead) {
  const auto first = [](std::string_view bytes) {
    const Extraction read = read_bibtex(bytes);
    const Diagnostic& d = read.diagnostics.at(0);
    return d.code + " " + std::to_string(d.at.line) + ":" + std::to_string(d.at.column) + " " + d.message + "|" +
           read.drafts.at(0).work.text(bib::FieldId::title);
  };
  EXPECT_EQ(first("% Encoding: Cp1252\n\n  @misc{k, title={caf\xE9}}"),
            "bibtex.encoding 3:3 bytes of Windows-1252, as the file declares|café");
  EXPECT_EQ(first("\n@misc{k, title={caf\xE9}}"), "bibtex.encoding 2:1 bytes that are no UTF-8|café");
  EXPECT_EQ(first("@misc{k, title={caf\x8E M\x9Fller}}"),
            "bibtex.encoding 1:1 the file is macintosh, as its bytes look|café Müller");
  EXPECT_EQ(first(utf16("@misc{k, title={cafe}}", true)), "bibtex.utf-16 1:1 the file is UTF-16LE, as its bytes look|cafe");
  const Extraction later = read_bibtex("% Encoding: macintosh\n@misc{\x8E, title={caf\x8E}}\n  @a{k");
  EXPECT_EQ(later.drafts.at(0).local_id, "é");
  EXPECT_EQ(later.diagnostics.back().at.line, 3u);
  EXPECT_EQ(later.diagnostics.back().at.column, 3u);
}

}  // namespace
}  // namespace colophon::formats
