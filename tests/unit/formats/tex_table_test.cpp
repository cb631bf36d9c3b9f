// SPDX-License-Identifier: GPL-3.0-or-later
// The table itself, and each of its facts against the file that vouches for it, where TeX Live is installed.
#include "formats/bibtex/tex_table.hpp"

#include <fstream>
#include <functional>
#include <regex>
#include <set>
#include <sstream>

#include "base/text.hpp"

#include <gtest/gtest.h>

namespace colophon::formats::bibtex {
namespace {

using Facts = std::multimap<std::string, std::string>;  // command, what it stands for

std::string utf8(const std::string& hex) {
  std::string out;
  append_utf8(out, static_cast<char32_t>(std::stoul(hex, nullptr, 16)));
  return out;
}

Facts facts_by(const std::string& text, const std::regex& pattern, int command, int code_points) {
  static const std::regex kHex("[0-9A-F]{4,6}");
  Facts out;
  for (std::sregex_iterator at(text.begin(), text.end(), pattern), end; at != end; ++at) {
    const std::string hexes = (*at)[static_cast<std::size_t>(code_points)];
    std::string meaning;
    for (std::sregex_iterator hex(hexes.begin(), hexes.end(), kHex); hex != end; ++hex) meaning += utf8(hex->str());
    out.emplace((*at)[static_cast<std::size_t>(command)], nfc(meaning));
  }
  return out;
}

Facts from_dfu(const std::string& text) {
  return facts_by(text, std::regex(R"(\\DeclareUnicodeCharacter\{([0-9A-F]+)\}\{\\([A-Za-z]+|.)(\{\})?\})"), 2, 1);
}
Facts from_puenc(const std::string& text) {
  return facts_by(text, std::regex(R"(\\DeclareTextCommand\{\\([A-Za-z]+|.)\}\{PU\}[^\n]*%\*? (U\+[0-9A-F]+( U\+[0-9A-F]+)*))"),
                  1, 2);
}
Facts from_unicode_math(const std::string& text) {
  return facts_by(text, std::regex(R"lit(\\UnicodeMathSymbol\{"([0-9A-F]+) *\}\{\\(mup)?([A-Za-z]+) *\})lit"), 3, 1);
}

// Who may vouch for a row: a file of TeX Live that gives code points, one that defines the command, or a document.
struct Witness {
  std::string_view name;
  std::string_view file;                                     // below texmf-dist/tex, or empty
  std::function<Facts(const std::string&)> facts = nullptr;  // none: the file defines the command, its meaning is its manual's
};
const std::vector<Witness>& witnesses() {
  static const std::vector<Witness> kWitnesses = {
      {"utf8enc", "latex/base/utf8enc.dfu", from_dfu},
      {"ts1enc", "latex/base/ts1enc.dfu", from_dfu},
      {"t1enc", "latex/base/t1enc.dfu", from_dfu},
      {"puenc", "latex/hyperref/puenc.def", from_puenc},
      {"unicode-math", "latex/unicode-math/unicode-math-table.tex", from_unicode_math},
      {"plain", "plain/base/plain.tex"},
      {"latex", "latex/base/latex.ltx"},
      {"fontmath", "latex/base/fontmath.ltx"},
      {"t1enc.def", "latex/base/t1enc.def"},
      {"article.cls", "latex/base/article.cls"},
      {"amssymb", "latex/amsfonts/amssymb.sty"},
      {"amsfonts", "latex/amsfonts/amsfonts.sty"},
      {"amsmath", "latex/amsmath/amsmath.sty"},
      {"amsopn", "latex/amsmath/amsopn.sty"},
      {"amstext", "latex/amsmath/amstext.sty"},
      {"mathscinet", "latex/amsrefs/mathscinet.sty"},
      {"hyperref", "latex/hyperref/hyperref.sty"},
      {"url", "latex/url/url.sty"},
      {"babel", "generic/babel/babel.sty"},
      {"natbib", "latex/natbib/natbib.sty"},
      {"xcolor", "latex/xcolor/xcolor.sty"},
      {"metalogo", "latex/metalogo/metalogo.sty"},
      {"biblatex", ""},      // The biblatex package, manual 3.19
      {"ads", ""},           // NASA ADS, "Journal macros for BibTeX"
      {"babel-german", ""},  // babel-german's manual: \glqq
      {"btxdoc", ""},        // btxdoc.tex and btxhak.tex
      {"xampl.bib", ""},     // the classical sample defines \noopsort
      {"custom", ""},        // what bibliographies call the same thing
      {"bm", ""},
      {"csquotes", ""},
      {"cyracc", ""},  // amsfonts' cyracc.def
      {"doi", ""},
      {"etex", ""},
      {"eurosym", ""},
      {"extdash", ""},
      {"gensymb", ""},
      {"graphics", ""},
      {"jss", ""},       // Journal of Statistical Software
      {"ltugboat", ""},  // TUGboat's class
      {"latex2e", ""},   // LaTeX2e: An unofficial reference manual
      {"mathrsfs", ""},
      {"mathscinet-export", ""},  // the preamble of MathSciNet's exports
      {"mflogo", ""},
      {"mhchem", ""},
      {"revtex", ""},
      {"siunitx", ""},
      {"t2aenc", ""},
      {"t4enc", ""},
      {"t5enc", ""},
      {"texbook", ""},  // The TeXbook, chapters 2 and 9
      {"textalpha", ""},
      {"textcase", ""},
      {"ulem", ""},
  };
  return kWitnesses;
}

const Witness* witness_of(const TexCommand& row) {
  const auto found = std::ranges::find(witnesses(), row.witness, &Witness::name);
  return found == witnesses().end() ? nullptr : &*found;
}

TEST(TexTable, IsSortedWithoutDuplicates) {
  std::set<std::pair<std::string_view, bool>> seen;
  std::string_view before;
  for (const TexCommand& row : tex_rows()) {
    EXPECT_LE(before, row.name);
    EXPECT_TRUE(seen.emplace(row.name, row.kind == TexKind::ligature).second) << row.name;
    before = row.name;
  }
}

TEST(TexTable, HasRowsOfEachKind) {
  std::map<TexKind, int> count;
  for (const TexCommand& row : tex_rows()) ++count[row.kind];
  EXPECT_GE(count[TexKind::symbol], 330);
  EXPECT_GE(count[TexKind::accent], 15);
  EXPECT_EQ(count.size(), static_cast<std::size_t>(TexKind::end) + 1);
}

TEST(TexTable, EachRowIsWellFormedAndHasAWitness) {
  static const std::regex kArguments("s?d?[oxu]*m{0,2}");
  for (const TexCommand& row : tex_rows()) {
    EXPECT_TRUE(witness_of(row)) << row.name << ": " << row.witness;
    const bool means = row.kind == TexKind::symbol || row.kind == TexKind::ligature || row.kind == TexKind::accent;
    EXPECT_EQ(means || row.kind == TexKind::alphabet, !row.text.empty()) << row.name;
    EXPECT_EQ(row.text, nfc(row.text)) << row.name;
    EXPECT_TRUE(std::regex_match(std::string(row.arguments), kArguments)) << row.name;
    EXPECT_TRUE(!means || row.arguments.empty()) << row.name;
    EXPECT_TRUE(row.kind == TexKind::ligature || tex_command(row.name) == &row);
  }
  EXPECT_EQ(tex_command("nosuchcommand"), nullptr);
  EXPECT_EQ(tex_command("--"), nullptr);
}

TEST(TexTable, EachMeaningIsWrittenInOneWay) {
  std::set<std::string> seen;
  for (const TexCommand& row : tex_rows()) {
    if (!row.written) continue;
    const std::string key = row.marks ? std::to_string(row.marks) : row.text;
    EXPECT_TRUE(seen.insert(key).second) << row.name;
    const bool character = row.kind == TexKind::symbol || row.kind == TexKind::ligature;
    EXPECT_TRUE(!character || count_code_points(row.text) == 1) << row.name;
  }
}

std::string file_of(const Witness& witness) {
  std::ifstream in("/usr/share/texlive/texmf-dist/tex/" + std::string(witness.file), std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

bool defines(const std::string& text, const std::string& command) {
  const std::string name = "\\" + command;
  for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + 1)) {
    const char next = at + name.size() < text.size() ? text[at + name.size()] : ' ';
    if (!is_ascii_alpha(command.back()) || !is_ascii_alpha(next)) return true;
  }
  return false;
}

TEST(TexTable, AgreesWithItsWitnesses) {
  int checked = 0;
  for (const Witness& witness : witnesses()) {
    const std::string text = witness.file.empty() ? "" : file_of(witness);
    if (text.empty()) continue;
    const Facts facts = witness.facts ? witness.facts(text) : Facts();
    for (const TexCommand& row : tex_rows()) {
      if (row.witness != witness.name) continue;
      ++checked;
      const auto [first, last] = facts.equal_range(std::string(row.name));
      const bool vouched = witness.facts ? std::any_of(first, last, [&](const auto& fact) { return fact.second == row.text; })
                                         : defines(text, std::string(row.name));
      EXPECT_TRUE(vouched) << "\\" << row.name << " is " << row.text << " says " << witness.name;
    }
  }
  if (checked == 0) GTEST_SKIP() << "TeX Live is not installed";
}

}  // namespace
}  // namespace colophon::formats::bibtex
