// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/bibtex/tex.hpp"

#include "base/text.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace colophon::formats::bibtex {
namespace {

using bib::Mark;
using bib::RichText;

struct Pair {
  std::string_view tex, text;
};

template <std::size_t N>
void expect_plain(const Pair (&pairs)[N]) {
  for (const Pair& pair : pairs) EXPECT_EQ(decode_plain(pair.tex), pair.text) << pair.tex;
}

// Marks as letters in brackets: i b s(mall caps) ^ _ q m(ath) c(ode) l(ink) n(ocase).
std::string shown(const RichText& text) {
  static constexpr std::string_view kLetters = "nibs^_qmcl";
  std::string out;
  for (const bib::Run& run : text.runs()) {
    std::string marks;
    for (std::size_t i = 0; i < kLetters.size(); ++i) {
      if ((run.marks >> i & 1) != 0) marks.push_back(kLetters[i]);
    }
    const std::string words(run.text), link = run.href.empty() ? "" : "|" + std::string(run.href);
    out += marks.empty() ? words : "[" + marks + ":" + words + link + "]";
  }
  return out;
}

std::string with_macros(std::string_view preamble, std::string_view tex) {
  TexMacros macros;
  macros.add(preamble);
  macros.close();
  Decoding decoding{.macros = &macros};
  return decode_plain(tex, &decoding);
}

TEST(TexDecode, ComposesAccents) {
  expect_plain({{R"({\'e}\'{e}\'e{\'{e}}\'{{e}}\' e)", "éééééé"},
                {R"(\"{\i}\'\i{\'\i}\'{\i}\"\i n \={\i} \v{\j} \^\j)", "ïíííïn ī ǰ ĵ"},
                {R"(\'{i}\'i \.I \.i \.{\i} \i \j{} {\i})", "íí İ i i ıȷ ı"},
                {R"(\c{c}\c c\k{a}\r{a}\r a\H{o}\v{d}\v dx\u{g}\d{s}\b{n}\.z)", "ççąååőďďxğṣṉż"},
                {R"(\textcommabelow{s}\textcommabelow t \c{s} \c t)", "șț ş ţ"},
                {R"(\'{\^e}\`{\u a}\h{\^o} \d{\^{e}} \~{\uhorn})", "ếằổ ệ ữ"},
                {R"({\"O}zge \O\o\L\l\AA\aa\ss{}\AE\oe\dh\TH)", "Özge ØøŁłÅåßÆœðÞ"},
                {R"(\t{oo} \t oo \={2} \d{10})", "o͡o o͡o 2̄ 1̣0"},
                {R"(\'{}\"{}\~{}\^{}\c{} x)", "´¨~^¸ x"},
                {R"(\'{ab}c \"{\it u})", "ábc ü"}});
}

TEST(TexDecode, ReadsBlanksTiesDashesAndQuotes) {
  expect_plain({{"a~b \\~{}x \\textasciitilde x", "a\u00A0b ~x ~x"},
                {R"(1--2 3---4 5{\textendash}6 7\textemdash{} 8 9-{}-0)", "1–2 3—4 5–6 7— 8 9--0"},
                {"``a'' `b' it's '", "“a” ‘b’ it's '"},
                {"?`Qu\\'e? !`Hola! why?`", "¿Qué? ¡Hola! why?‘"},
                {"\\TeX nical \\TeX{} x \\LaTeX\\ y", "TeXnical TeX x LaTeX y"},
                {"a\\\\[2pt]b \\ \n c\\\nd", "a b c d"},
                {"J.\\,K. a\\-b \\/c\\!d", "J.\u2009K. ab cd"},
                {"  {  a } b  ", "a b"}});
}

TEST(TexDecode, ReadsEntitiesOfHtml) {
  expect_plain(
      {{"a &amp; b &#8217;&#x2014;&nbsp;c \\&amp; AT&T; &#0;&#xD800; & &;", "a & b ’—\u00A0c &amp; AT&T; &#0;&#xD800; & &;"}});
}

TEST(TexDecode, ReadsCommandsWithArguments) {
  expect_plain(
      {{R"(\mbox{a} \makebox[2em][l]{b} \raisebox{1ex}[0pt]{c} \texorpdfstring{$x$}{X} \textcolor[rgb]{1,0,0}{d})", "a b c X d"},
       {R"({\noopsort{1973}}1973 \vphantom\{\}x} a\hspace*{1em}b \rule[2pt]{1em}{2em}c \fontsize{1}{2}\selectlanguage{de}d)",
        "1973 }x ab c d"},
       {R"(\url{http://a.org/~x\_y} \verb|a{b| \path"c\d")", R"(http://a.org/~x_y a{b c\d)"},
       {R"(\foreignlanguage{german}{Stra\ss e} \acro{UNU} \ensuremath{\alpha} \operatorname*{max})", "Straße UNU α max"},
       {R"(\foo{a}{\"b}[c]x \bar y \foot[p.~3]{k} \cite[p. 3]{k})", "\\foo{a}{b\u0308}[c]x ȳ \\foot[p.\u00A03]{k} k"}});
}

TEST(TexDecode, ReadsMathWhereThatIsExact) {
  expect_plain(
      {{R"(CO$_2$ $10^{-3}$ $x_n$ $x_{i+1}^{2}$ 2\textsuperscript{nd} H\textsubscript{2}O)", "CO₂ 10⁻³ xₙ xᵢ₊₁² 2nd H₂O"},
       {R"($\alpha$ $\mathrm{NO_x}$ ${}^{31}$P $25^\circ$C $10\,\mu m$ \(a\) \[b\])", "α NOₓ ³¹P 25°C 10\u2009μm a b"},
       {R"($a \leq b$ $a\leq b$ $\alpha + \beta$ $\Delta t$ $\sin x$ $f'$ Cu$_{1\pm z}$O)",
        "a ≤ b a≤ b α + β Δt sin x f′ Cu_(1±z)O"},
       {R"($\frac12$ $\frac n 2$ $\frac{3}{4}$ $\sqrt{2}$ $\sqrt[3]x$)", "½ ⁿ⁄₂ ¾ √2 ∛x"},
       {R"($\mathbb{R}^n$ $\mathcal O(n)$ $\mathfrak{g}$ $\bar{1}$ $\overline{1}$)", "ℝⁿ 𝒪(n) 𝔤 1̄ 1̅"},
       {R"($\mathbb{B}_{\mathbb{Q}}^{\mathrm{pure}}$ $x^{a,b}$ a_b x^y)", "𝔹_ℚᵖᵘʳᵉ x^(a,b) a_b x^y"},
       {R"(costs $5 and \$6; {$}x$ y)", "costs $5 and $6; $x$ y"},
       {R"(${\rm GaN}(000\bar{1})$ $\left( a \right)$)", "GaN(0001̄) (a)"}});
}

TEST(TexDecode, KeepsOtherMathAsTex) {
  EXPECT_EQ(shown(decode_rich(R"(a $\frac{x+1}{2}$ b)")), R"(a [m:\frac{x+1}{2}] b)");
  EXPECT_EQ(shown(decode_rich(R"($\unknown{x}$ $\vec{AB}$)")), R"([m:\unknown{x}] [m:\vec{AB}])");
  Decoding decoding;
  EXPECT_EQ(decode_plain(R"($\unknown$)", &decoding), R"(\unknown)");
  EXPECT_TRUE(decoding.unknown.empty());
}

TEST(TexDecode, MarksRichText) {
  const std::pair<std::string_view, std::string_view> pairs[] = {
      {R"(The {DNA} of {\em E. coli\/} and {\"O}sterreich)", "The [n:DNA] of [i:E. coli] and Österreich"},
      {R"(\emph{a \textbf{b}} {\bf c \rm d} \textsc{e})", "[i:a ][ib:b] [b:c ]d [s:e]"},
      {R"(CO$_2$ x\textsuperscript{2} \enquote{q} \texttt{c})", "CO[_:2] x[^:2] [q:q] [c:c]"},
      {R"(\href{https://x.org/\%20a\_b}{link} after)", "[l:link|https://x.org/%20a_b] after"},
      {R"($\mathbf{x}^n$ $\frac n2$)", "[b:x][^:n] [^:n]⁄[_:2]"},
      {R"({{Whole}} {a}{"}{2}{{}2})", "[n:Whole] [n:a]\"2[n:2]"}};
  for (const auto& [tex, text] : pairs) EXPECT_EQ(shown(decode_rich(tex)), text) << tex;
}

TEST(TexDecode, ReadsEnvironments) {
  EXPECT_EQ(
      shown(decode_rich(R"(A \begin{em}A {b\end{em} \begin{quote}\begin{itemize} \item c \item[x] d \end{itemize}\end{quote}e)")),
      "A [i:A ][ni:b] c [x] d e");
  EXPECT_EQ(decode_plain(R"(\begin{pmatrix}1\end{pmatrix} \end{em} $\begin{x}$)"), R"(\begin{pmatrix}1\end{pmatrix} \begin{x})");
}

TEST(TexDecode, TellsUnknownCommands) {
  Decoding decoding;
  EXPECT_EQ(decode_plain(R"(\foo \bar{x} \baz)", &decoding), R"(\foo x̄ \baz)");
  EXPECT_EQ(decoding.unknown, (std::vector<std::string>{"foo", "baz"}));
}

TEST(TexDecode, ReadsOtherBytesAsWindows1252) { EXPECT_EQ(decode_plain("caf\xE9 \\'e \x96"), "café é –"); }

TEST(TexDecode, FoundByTheFuzzer) {
  EXPECT_EQ(decode_plain("a\\\x01 b\x7F{}"), "a b");
  EXPECT_EQ(with_macros("\\def\\x{caf\xE9}", "\\x"), "café");
  EXPECT_EQ(decode_plain("\\verb\u00BEx\u00BE"), "¾x¾");
  EXPECT_EQ(shown(decode_rich(R"(a \href{http://x}{} )")), "a [l:http://x|http://x]");
}

TEST(TexDecode, SurvivesDepthAndRubbish) {
  const std::string open(100'000, '{'), close(100'000, '}');
  EXPECT_EQ(decode_plain(open + "x" + close), "x");
  std::string deep;
  for (int i = 0; i < 20'000; ++i) deep += "\\'{\\emph{$\\frac{";
  EXPECT_FALSE(decode_plain(deep).empty());
  for (const std::string_view end :
       {"\\", "\\'", "\\'{", "$", "$$", "\\(", "\\href{", "\\frac", "\\makebox[", "\\verb|", "\\'\\i"})
    EXPECT_TRUE(is_utf8(decode_plain("a" + std::string(end)))) << end;
}

// --- macros

TEST(TexMacros, ExpandsDefinitionsOfThePreamble) {
  EXPECT_EQ(
      with_macros(R"("\newcommand{\ICLEI}{Local Governments} \def\pkg #1{{\tt #1}}")", R"(\ICLEI\ and \ICLEI{} \pkg{x} \pkg y)"),
      "Local Governments and Local Governments x y");
  EXPECT_EQ(with_macros(R"(" \ifx \undefined \MF \def \MFX {{\sc Meta}} \fi" # "\newcommand*\two[2]{#2, #1}")",
                        R"(\MFX font: \two{a}{b})"),
            "Metafont: b, a");
  EXPECT_EQ(with_macros(R"(\newcommand{\mynotices}{Monthly Notices})", R"({\mynotices})"), "Monthly Notices");
}

TEST(TexMacros, TheFirstDefinitionHoldsUnlessRenewed) {
  EXPECT_EQ(with_macros(R"(\providecommand{\x}{1}\newcommand{\x}{2})", "\\x"), "1");
  EXPECT_EQ(with_macros(R"(\newcommand{\x}{1}\renewcommand{\x}{2})", "\\x"), "2");
  EXPECT_EQ(with_macros(R"(\renewcommand{\alpha}{a}\def\x{\alpha})", "\\x"), "α");
}

TEST(TexMacros, LeavesAloneWhatTellsNothingAboutText) {
  EXPECT_EQ(with_macros(R"(\def\x#1{\setbox0=\hbox{#1}\ooalign{a}}\def\y{\x b})", R"(\x{a} \y)"), R"(\x{a} \y)");
  EXPECT_EQ(with_macros(R"(\newcommand{\x}[1][d]{#1} \def\y#1.#2{b} \newcommand{\z}[x]{y})", R"(\x \y \z)"), R"(\x \y \z)");
}

TEST(TexMacros, RecursionEndsWithTheBudget) {
  TexMacros macros;
  macros.add(R"(\def\a{\a\a}\def\b#1{#1#1})");
  macros.close();
  Decoding decoding{.macros = &macros};
  decoding.budget = 1'000;
  EXPECT_LT(decode_plain("\\a x", &decoding).size(), 10'000u);
  decoding.budget = 10'000;
  std::string nested = "x";
  for (int i = 0; i < 30; ++i) nested = "\\b{" + nested + "}";
  EXPECT_LT(decode_plain(nested, &decoding).size(), 100'000u);
}

// --- and back

TEST(TexEncode, WritesClassicBibtexInAscii) {
  EXPECT_EQ(encode("Größe, Ångström, ế, í, Šț"),
            R"(Gr{\"o}{\ss}e, {\AA}ngstr{\"o}m, {\'{\^e}}, {\'i}, {\v{S}}{\textcommabelow{t}})");
  EXPECT_EQ(encode("50 % & #1_a ~ ^ \\ {} \"x\""),
            R"(50 \% \& \#1\_a {\textasciitilde} {\textasciicircum} {\textbackslash} {\textbraceleft}{\textbraceright} {"}x{"})");
  EXPECT_EQ(encode("“a–b—c” ‘d’ e\u00A0f"), R"(``a--b---c'' {\textquoteleft}d{\textquoteright} e~f)");
  EXPECT_EQ(encode("α ≤ 5 °C"), R"($\alpha$ $\leq$ 5 {\textdegree}C)");
  EXPECT_EQ(encode("--''`` –-"), R"(-{}-'{}'{\textasciigrave}{\textasciigrave} --{}-)");
}

TEST(TexEncode, LeavesUnicodeToBiblatex) {
  EXPECT_EQ(encode("Größe – “α” 50 %\u00A0_", Dialect::biblatex), R"(Größe – “α” 50 \%~\_)");
}

std::string utf8(char32_t c) {
  std::string out;
  append_utf8(out, c);
  return out;
}

// All but control characters and surrogates, and so all letters.
TEST(TexEncode, EachCharacterOfTheBasicPlaneComesBack) {
  for (char32_t c = 0x21; c <= 0xFFFF; ++c) {
    if (c == 0x7F || (c >= 0xD800 && c < 0xE000)) continue;
    const std::string one = utf8(c), text = nfc(one);
    EXPECT_EQ(decode_plain(encode(one)), text) << encode(one);
    EXPECT_EQ(decode_plain(encode(one, Dialect::biblatex)), text);
  }
}

rc::Gen<std::string> gen_text() {
  static const std::vector<std::string> kSigns = {"-", "-", "'", "'",      "`", "`", "\"", "{", "}", "\\", "$", "%",
                                                  "&", "#", "_", "^",      "~", "–", "—",  "“", "”", "‘",  "’", " x",
                                                  " ", "?", "!", "\u00A0", ",", ";", "=",  "[", "]", "(",  ")", "*",
                                                  "a", "i", "2", "10",     "é", "ı", "ß",  "α", "≤", "₂",  "²", "\u0301"};
  const rc::Gen<std::string> sign = rc::gen::elementOf(kSigns);
  const rc::Gen<std::string> letter = rc::gen::map(rc::gen::inRange<char32_t>(0xA0, 0x2FFF), utf8);
  const rc::Gen<std::string> any = rc::gen::map(rc::gen::inRange<char32_t>(0x3000, 0xD7FF), utf8);
  return rc::gen::map(
      rc::gen::container<std::vector<std::string>>(rc::gen::weightedOneOf<std::string>({{6, sign}, {2, letter}, {1, any}})),
      [](const std::vector<std::string>& parts) {
        std::string out;
        for (const std::string& part : parts) out += part;
        return out;
      });
}

TEST(TexEncode, EachRowThatIsWrittenComesBack) {
  for (const std::string_view text :
       {"‘’", "¿x", "¡ x", "?“", "!‘", "`", "´e", "\u0301", "x\u0304", "₂", "²", "½", "⁄", "−", "\u00AD"}) {
    EXPECT_EQ(decode_plain(encode(text)), nfc(text)) << encode(text);
    EXPECT_EQ(decode_plain(encode(text, Dialect::biblatex)), nfc(text));
  }
}

bool is_balanced(std::string_view tex) {
  int depth = 0;
  for (const char c : tex) {
    depth += c == '{' ? 1 : c == '}' ? -1 : 0;
    if (depth < 0) return false;
  }
  return depth == 0;
}

RC_GTEST_PROP(TexEncode, TextComesBack, ()) {
  const std::string text = nfc(squeeze(*gen_text()));
  for (const Dialect dialect : {Dialect::bibtex, Dialect::biblatex}) {
    RC_ASSERT(decode_plain(encode(text, dialect)) == text);
    RC_ASSERT(is_balanced(encode(text, dialect)));
  }
}

// Runs as the decoder makes them: no run begins or ends a text with a blank, no two blanks meet, links have addresses.
RC_GTEST_PROP(TexEncode, RichTextComesBack, ()) {
  static constexpr std::array kMarks = {Mark::nocase,      Mark::italic,    Mark::bold,  Mark::small_caps,
                                        Mark::superscript, Mark::subscript, Mark::quote, Mark::code};
  RichText joined;
  const auto parts = *rc::gen::container<std::vector<std::pair<std::string, int>>>(
      rc::gen::pair(gen_text(), rc::gen::inRange(0, 1 << kMarks.size())));
  for (const auto& [part, set] : parts) {
    std::uint16_t marks = 0;
    for (std::size_t i = 0; i < kMarks.size(); ++i) {
      if ((set >> i & 1) != 0) marks = static_cast<std::uint16_t>(marks | static_cast<std::uint16_t>(kMarks[i]));
    }
    const bool link = set % 7 == 3;
    if (link) marks = static_cast<std::uint16_t>(marks | static_cast<std::uint16_t>(Mark::link));
    joined.append(squeeze(part), marks, link ? "https://x.org/a_b~c%20#d&e=$" : "");
  }
  RichText text;  // in NFC as a whole: "a" and an accent may have met in one run
  for (const bib::Run& run : joined.runs()) text.append(nfc(run.text), run.marks, run.href);
  for (const Dialect dialect : {Dialect::bibtex, Dialect::biblatex}) {
    const std::string tex = encode(text, dialect);
    RC_LOG() << tex;
    RC_ASSERT(is_balanced(tex));
    RC_ASSERT(shown(decode_rich(tex)) == shown(text));
  }
}

TEST(TexEncode, MathComesBack) {
  RichText text("a ");
  text.append("\\frac{x+1}{2}", static_cast<std::uint16_t>(Mark::math));
  EXPECT_EQ(encode(text), "a $\\frac{x+1}{2}$");
  EXPECT_EQ(decode_rich(encode(text)), text);
  RichText broken;
  broken.append("{$", static_cast<std::uint16_t>(Mark::math));
  EXPECT_EQ(decode_plain(encode(broken)), "{$");
  EXPECT_TRUE(is_balanced(encode(broken)));
}

TEST(Encode, NeighboursThatProtectTheirCaseShareOnePairOfBraces) {
  const bib::RichText formula = decode_rich("Less {CO$_2$} in {DNA}");
  EXPECT_EQ(encode(formula), "Less {CO\\textsubscript{2}} in {DNA}");
  EXPECT_EQ(decode_rich(encode(formula)), formula);
}

}  // namespace
}  // namespace colophon::formats::bibtex
