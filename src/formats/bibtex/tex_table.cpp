// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/bibtex/tex_table.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>

#include "base/text.hpp"
#include "bib/rich_text.hpp"

namespace colophon::formats::bibtex {
namespace {

using bib::Mark;
using K = TexKind;
constexpr std::uint16_t M(Mark mark) { return static_cast<std::uint16_t>(mark); }

// clang-format off
constexpr TexCommand kCommands[] = {
    {"ss", K::symbol, "ß"}, {"SS", K::symbol, "ẞ"}, {"ae", K::symbol, "æ"}, {"AE", K::symbol, "Æ"}, {"oe", K::symbol, "œ"},
    {"OE", K::symbol, "Œ"}, {"o", K::symbol, "ø"}, {"O", K::symbol, "Ø"}, {"l", K::symbol, "ł"}, {"L", K::symbol, "Ł"},
    {"aa", K::symbol, "å"}, {"AA", K::symbol, "Å"}, {"i", K::symbol, "ı"}, {"j", K::symbol, "ȷ"}, {"dh", K::symbol, "ð"},
    {"DH", K::symbol, "Ð"}, {"th", K::symbol, "þ"}, {"TH", K::symbol, "Þ"}, {"dj", K::symbol, "đ"}, {"DJ", K::symbol, "Đ"},
    {"ng", K::symbol, "ŋ"}, {"NG", K::symbol, "Ŋ"}, {"textdollar", K::symbol, "$"}, {"textpercent", K::symbol, "%"},
    {"textbackslash", K::symbol, "\\"}, {"textasciitilde", K::symbol, "~"}, {"textasciicircum", K::symbol, "^"},
    {"textunderscore", K::symbol, "_"}, {"textbraceleft", K::symbol, "{"}, {"textbraceright", K::symbol, "}"},
    {"textquotedbl", K::symbol, "\""}, {"textquotesingle", K::symbol, "'"}, {"textasciigrave", K::symbol, "`"},
    {"textbar", K::symbol, "|"}, {"textless", K::symbol, "<"}, {"textgreater", K::symbol, ">"}, {"lbrace", K::symbol, "{"},
    {"rbrace", K::symbol, "}"}, {"backslash", K::symbol, "\\"}, {"textendash", K::symbol, "–"}, {"textemdash", K::symbol, "—"},
    {"endash", K::symbol, "–"}, {"emdash", K::symbol, "—"}, {"textquoteleft", K::symbol, "‘"},
    {"textquoteright", K::symbol, "’"}, {"textquotedblleft", K::symbol, "“"}, {"textquotedblright", K::symbol, "”"},
    {"quotesinglbase", K::symbol, "‚"}, {"quotedblbase", K::symbol, "„"}, {"glqq", K::symbol, "„"}, {"grqq", K::symbol, "“"},
    {"glq", K::symbol, "‚"}, {"grq", K::symbol, "‘"}, {"flqq", K::symbol, "«"}, {"frqq", K::symbol, "»"},
    {"guillemotleft", K::symbol, "«"}, {"guillemotright", K::symbol, "»"}, {"guillemetleft", K::symbol, "«"},
    {"guillemetright", K::symbol, "»"}, {"guilsinglleft", K::symbol, "‹"}, {"guilsinglright", K::symbol, "›"},
    {"lq", K::symbol, "‘"}, {"rq", K::symbol, "’"}, {"textasciiacute", K::symbol, "´"}, {"dots", K::symbol, "…"},
    {"ldots", K::symbol, "…"}, {"textellipsis", K::symbol, "…"}, {"cdots", K::symbol, "⋯"}, {"vdots", K::symbol, "⋮"},
    {"textbullet", K::symbol, "•"}, {"bullet", K::symbol, "•"}, {"textperiodcentered", K::symbol, "·"},
    {"cdot", K::symbol, "·"}, {"textbardbl", K::symbol, "‖"}, {"S", K::symbol, "§"}, {"P", K::symbol, "¶"},
    {"textsection", K::symbol, "§"}, {"textparagraph", K::symbol, "¶"}, {"copyright", K::symbol, "©"},
    {"textcopyright", K::symbol, "©"}, {"textregistered", K::symbol, "®"}, {"texttrademark", K::symbol, "™"},
    {"pounds", K::symbol, "£"}, {"textsterling", K::symbol, "£"}, {"euro", K::symbol, "€"}, {"texteuro", K::symbol, "€"},
    {"EUR", K::symbol, "€"}, {"textyen", K::symbol, "¥"}, {"textcent", K::symbol, "¢"}, {"textcurrency", K::symbol, "¤"},
    {"textexclamdown", K::symbol, "¡"}, {"textquestiondown", K::symbol, "¿"}, {"textdegree", K::symbol, "°"},
    {"degree", K::symbol, "°"}, {"textmu", K::symbol, "µ"}, {"textonehalf", K::symbol, "½"},
    {"textonequarter", K::symbol, "¼"}, {"textthreequarters", K::symbol, "¾"}, {"textordfeminine", K::symbol, "ª"},
    {"textordmasculine", K::symbol, "º"}, {"textonesuperior", K::symbol, "¹"}, {"texttwosuperior", K::symbol, "²"},
    {"textthreesuperior", K::symbol, "³"}, {"textnumero", K::symbol, "№"}, {"textdagger", K::symbol, "†"},
    {"textdaggerdbl", K::symbol, "‡"}, {"dag", K::symbol, "†"}, {"ddag", K::symbol, "‡"}, {"dagger", K::symbol, "†"},
    {"ddagger", K::symbol, "‡"}, {"textbrokenbar", K::symbol, "¦"}, {"textlnot", K::symbol, "¬"}, {"neg", K::symbol, "¬"},
    {"textpm", K::symbol, "±"}, {"pm", K::symbol, "±"}, {"mp", K::symbol, "∓"}, {"times", K::symbol, "×"},
    {"texttimes", K::symbol, "×"}, {"div", K::symbol, "÷"}, {"textdiv", K::symbol, "÷"}, {"ast", K::symbol, "∗"},
    {"star", K::symbol, "⋆"}, {"textperthousand", K::symbol, "‰"}, {"leq", K::symbol, "≤"}, {"le", K::symbol, "≤"},
    {"geq", K::symbol, "≥"}, {"ge", K::symbol, "≥"}, {"neq", K::symbol, "≠"}, {"ne", K::symbol, "≠"},
    {"approx", K::symbol, "≈"}, {"sim", K::symbol, "∼"}, {"simeq", K::symbol, "≃"}, {"cong", K::symbol, "≅"},
    {"equiv", K::symbol, "≡"}, {"propto", K::symbol, "∝"}, {"ll", K::symbol, "≪"}, {"gg", K::symbol, "≫"},
    {"infty", K::symbol, "∞"}, {"partial", K::symbol, "∂"}, {"nabla", K::symbol, "∇"}, {"sum", K::symbol, "∑"},
    {"prod", K::symbol, "∏"}, {"int", K::symbol, "∫"}, {"surd", K::symbol, "√"}, {"forall", K::symbol, "∀"},
    {"exists", K::symbol, "∃"}, {"in", K::symbol, "∈"}, {"notin", K::symbol, "∉"}, {"subset", K::symbol, "⊂"},
    {"subseteq", K::symbol, "⊆"}, {"supset", K::symbol, "⊃"}, {"supseteq", K::symbol, "⊇"}, {"cup", K::symbol, "∪"},
    {"cap", K::symbol, "∩"}, {"emptyset", K::symbol, "∅"}, {"wedge", K::symbol, "∧"}, {"vee", K::symbol, "∨"},
    {"oplus", K::symbol, "⊕"}, {"otimes", K::symbol, "⊗"}, {"perp", K::symbol, "⊥"}, {"parallel", K::symbol, "∥"},
    {"mid", K::symbol, "∣"}, {"angle", K::symbol, "∠"}, {"triangle", K::symbol, "△"}, {"circ", K::symbol, "∘"},
    {"prime", K::symbol, "′"}, {"ell", K::symbol, "ℓ"}, {"hbar", K::symbol, "ℏ"}, {"Re", K::symbol, "ℜ"},
    {"Im", K::symbol, "ℑ"}, {"aleph", K::symbol, "ℵ"}, {"langle", K::symbol, "⟨"}, {"rangle", K::symbol, "⟩"},
    {"lfloor", K::symbol, "⌊"}, {"rfloor", K::symbol, "⌋"}, {"lceil", K::symbol, "⌈"}, {"rceil", K::symbol, "⌉"},
    {"to", K::symbol, "→"}, {"rightarrow", K::symbol, "→"}, {"textrightarrow", K::symbol, "→"}, {"leftarrow", K::symbol, "←"},
    {"textleftarrow", K::symbol, "←"}, {"leftrightarrow", K::symbol, "↔"}, {"Rightarrow", K::symbol, "⇒"},
    {"Leftarrow", K::symbol, "⇐"}, {"Leftrightarrow", K::symbol, "⇔"}, {"uparrow", K::symbol, "↑"},
    {"downarrow", K::symbol, "↓"}, {"mapsto", K::symbol, "↦"}, {"longrightarrow", K::symbol, "⟶"}, {"alpha", K::symbol, "α"},
    {"beta", K::symbol, "β"}, {"gamma", K::symbol, "γ"}, {"delta", K::symbol, "δ"}, {"epsilon", K::symbol, "ϵ"},
    {"varepsilon", K::symbol, "ε"}, {"zeta", K::symbol, "ζ"}, {"eta", K::symbol, "η"}, {"theta", K::symbol, "θ"},
    {"vartheta", K::symbol, "ϑ"}, {"iota", K::symbol, "ι"}, {"kappa", K::symbol, "κ"}, {"lambda", K::symbol, "λ"},
    {"mu", K::symbol, "μ"}, {"nu", K::symbol, "ν"}, {"xi", K::symbol, "ξ"}, {"omicron", K::symbol, "ο"},
    {"pi", K::symbol, "π"}, {"varpi", K::symbol, "ϖ"}, {"rho", K::symbol, "ρ"}, {"varrho", K::symbol, "ϱ"},
    {"sigma", K::symbol, "σ"}, {"varsigma", K::symbol, "ς"}, {"tau", K::symbol, "τ"}, {"upsilon", K::symbol, "υ"},
    {"phi", K::symbol, "ϕ"}, {"varphi", K::symbol, "φ"}, {"chi", K::symbol, "χ"}, {"psi", K::symbol, "ψ"},
    {"omega", K::symbol, "ω"}, {"Gamma", K::symbol, "Γ"}, {"Delta", K::symbol, "Δ"}, {"Theta", K::symbol, "Θ"},
    {"Lambda", K::symbol, "Λ"}, {"Xi", K::symbol, "Ξ"}, {"Pi", K::symbol, "Π"}, {"Sigma", K::symbol, "Σ"},
    {"Upsilon", K::symbol, "Υ"}, {"Phi", K::symbol, "Φ"}, {"Psi", K::symbol, "Ψ"}, {"Omega", K::symbol, "Ω"},
    {"textalpha", K::symbol, "α"}, {"textbeta", K::symbol, "β"}, {"textgamma", K::symbol, "γ"}, {"textdelta", K::symbol, "δ"},
    {"textomega", K::symbol, "ω"}, {"TeX", K::symbol, "TeX"}, {"LaTeX", K::symbol, "LaTeX"}, {"LaTeXe", K::symbol, "LaTeX2ε"},
    {"BibTeX", K::symbol, "BibTeX"}, {"Dash", K::symbol, "—"}, {"slash", K::symbol, "/"}, {"textvisiblespace", K::symbol, "␣"},
    {"checkmark", K::symbol, "✓"}, {"textschwa", K::symbol, "ə"}, {"textesh", K::symbol, "ʃ"}, {"textltailn", K::symbol, "ɲ"},
    {"ayn", K::symbol, "ʿ"}, {"cprime", K::symbol, "ʹ"}, {"cdprime", K::symbol, "ʺ"}, {"textminus", K::symbol, "−"},
    {"textfractionsolidus", K::symbol, "⁄"}, {"textbigcircle", K::symbol, "◯"}, {"square", K::symbol, "□"},
    {"Box", K::symbol, "□"}, {"blacksquare", K::symbol, "■"}, {"heartsuit", K::symbol, "♥"}, {"sharp", K::symbol, "♯"},
    {"flat", K::symbol, "♭"}, {"natural", K::symbol, "♮"}, {"log", K::symbol, "log"}, {"ln", K::symbol, "ln"},
    {"exp", K::symbol, "exp"}, {"sin", K::symbol, "sin"}, {"cos", K::symbol, "cos"}, {"tan", K::symbol, "tan"},
    {"max", K::symbol, "max"}, {"min", K::symbol, "min"}, {"lim", K::symbol, "lim"}, {"det", K::symbol, "det"},
    {"arg", K::symbol, "arg"}, {"gcd", K::symbol, "gcd"}, {"deg", K::symbol, "deg"}, {"dim", K::symbol, "dim"},
    {"{", K::symbol, "{"}, {"}", K::symbol, "}"}, {"$", K::symbol, "$"}, {"%", K::symbol, "%"}, {"&", K::symbol, "&"},
    {"#", K::symbol, "#"}, {"_", K::symbol, "_"}, {" ", K::symbol, " "}, {"\n", K::symbol, " "}, {"\t", K::symbol, " "},
    {"\\", K::symbol, " "}, {"newline", K::symbol, " "}, {"linebreak", K::symbol, " "}, {"quad", K::symbol, " "},
    {"qquad", K::symbol, " "}, {"space", K::symbol, " "}, {"enspace", K::symbol, " "}, {"thinspace", K::symbol, " "},
    {"par", K::symbol, " "}, {"nobreakspace", K::symbol, "\u00A0"}, {",", K::symbol, "\u2009"}, {";", K::symbol, " "},
    {":", K::symbol, " "}, {">", K::symbol, " "}, {"!", K::drop, ""}, {"`", K::accent, "\u0300"}, {"'", K::accent, "\u0301"},
    {"^", K::accent, "\u0302"}, {"~", K::accent, "\u0303"}, {"=", K::accent, "\u0304"}, {"u", K::accent, "\u0306"},
    {".", K::accent, "\u0307"}, {"\"", K::accent, "\u0308"}, {"h", K::accent, "\u0309"}, {"r", K::accent, "\u030A"},
    {"H", K::accent, "\u030B"}, {"v", K::accent, "\u030C"}, {"U", K::accent, "\u030E"}, {"G", K::accent, "\u030F"},
    {"d", K::accent, "\u0323"}, {"b", K::accent, "\u0331"}, {"c", K::accent, "\u0327"}, {"k", K::accent, "\u0328"},
    {"f", K::accent, "\u0311"}, {"textcommabelow", K::accent, "\u0326"}, {"textsubring", K::accent, "\u0325"},
    {"acute", K::accent, "\u0301"}, {"grave", K::accent, "\u0300"}, {"hat", K::accent, "\u0302"},
    {"widehat", K::accent, "\u0302"}, {"tilde", K::accent, "\u0303"}, {"widetilde", K::accent, "\u0303"},
    {"bar", K::accent, "\u0304"}, {"overline", K::accent, "\u0305"}, {"breve", K::accent, "\u0306"},
    {"dot", K::accent, "\u0307"}, {"ddot", K::accent, "\u0308"}, {"check", K::accent, "\u030C"},
    {"mathring", K::accent, "\u030A"}, {"vec", K::accent, "\u20D7"}, {"emph", K::mark, "", M(Mark::italic)},
    {"textit", K::mark, "", M(Mark::italic)}, {"textsl", K::mark, "", M(Mark::italic)},
    {"mathit", K::mark, "", M(Mark::italic)}, {"textbf", K::mark, "", M(Mark::bold)}, {"mathbf", K::mark, "", M(Mark::bold)},
    {"boldsymbol", K::mark, "", M(Mark::bold)}, {"bm", K::mark, "", M(Mark::bold)},
    {"textsc", K::mark, "", M(Mark::small_caps)}, {"textsuperscript", K::mark, "", M(Mark::superscript)},
    {"sp", K::mark, "", M(Mark::superscript)}, {"textsubscript", K::mark, "", M(Mark::subscript)},
    {"sb", K::mark, "", M(Mark::subscript)}, {"enquote", K::mark, "", M(Mark::quote)},
    {"mkbibquote", K::mark, "", M(Mark::quote)}, {"texttt", K::mark, "", M(Mark::code)},
    {"mkbibemph", K::mark, "", M(Mark::italic)}, {"mkbibitalic", K::mark, "", M(Mark::italic)},
    {"mkbibbold", K::mark, "", M(Mark::bold)}, {"mkbibsuperscript", K::mark, "", M(Mark::superscript)},
    {"em", K::declare, "", M(Mark::italic)}, {"it", K::declare, "", M(Mark::italic)},
    {"itshape", K::declare, "", M(Mark::italic)}, {"sl", K::declare, "", M(Mark::italic)},
    {"slshape", K::declare, "", M(Mark::italic)}, {"bf", K::declare, "", M(Mark::bold)},
    {"bfseries", K::declare, "", M(Mark::bold)}, {"sc", K::declare, "", M(Mark::small_caps)},
    {"scshape", K::declare, "", M(Mark::small_caps)}, {"tt", K::declare, "", M(Mark::code)},
    {"ttfamily", K::declare, "", M(Mark::code)}, {"rm", K::drop, ""}, {"rmfamily", K::drop, ""}, {"sf", K::drop, ""},
    {"sffamily", K::drop, ""}, {"normalfont", K::drop, ""}, {"upshape", K::drop, ""}, {"mdseries", K::drop, ""},
    {"tiny", K::drop, ""}, {"small", K::drop, ""}, {"footnotesize", K::drop, ""}, {"scriptsize", K::drop, ""},
    {"normalsize", K::drop, ""}, {"large", K::drop, ""}, {"Large", K::drop, ""}, {"relax", K::drop, ""},
    {"protect", K::drop, ""}, {"noindent", K::drop, ""}, {"break", K::drop, ""}, {"allowbreak", K::drop, ""},
    {"nobreak", K::drop, ""}, {"sloppy", K::drop, ""}, {"limits", K::drop, ""}, {"nolimits", K::drop, ""},
    {"displaystyle", K::drop, ""}, {"textstyle", K::drop, ""}, {"left", K::drop, ""}, {"right", K::drop, ""},
    {"big", K::drop, ""}, {"Big", K::drop, ""}, {"bigl", K::drop, ""}, {"bigr", K::drop, ""}, {"/", K::drop, ""},
    {"-", K::drop, ""}, {"@", K::drop, ""}, {"+", K::drop, ""}, {"*", K::drop, ""}, {"mbox", K::unwrap, ""},
    {"hbox", K::unwrap, ""}, {"fbox", K::unwrap, ""}, {"text", K::unwrap, ""}, {"textrm", K::unwrap, ""},
    {"textsf", K::unwrap, ""}, {"textnormal", K::unwrap, ""}, {"textup", K::unwrap, ""}, {"textmd", K::unwrap, ""},
    {"mathrm", K::unwrap, ""}, {"mathsf", K::unwrap, ""}, {"mathtt", K::unwrap, ""}, {"mathcal", K::unwrap, ""},
    {"mathbb", K::unwrap, ""}, {"mathfrak", K::unwrap, ""}, {"mathnormal", K::unwrap, ""}, {"operatorname", K::unwrap, ""},
    {"uppercase", K::unwrap, ""}, {"lowercase", K::unwrap, ""}, {"MakeUppercase", K::unwrap, ""},
    {"MakeLowercase", K::unwrap, ""}, {"underline", K::unwrap, ""}, {"uline", K::unwrap, ""}, {"acro", K::unwrap, ""},
    {"textlf", K::unwrap, ""}, {"NoCaseChange", K::unwrap, ""}, {"natexlab", K::unwrap, ""},
    {"mkbibnamefamily", K::unwrap, ""}, {"unit", K::unwrap, ""}, {"ce", K::unwrap, ""}, {"noopsort", K::drop, "", 0, 1},
    {"SortNoop", K::drop, "", 0, 1}, {"sortnoop", K::drop, "", 0, 1}, {"noop", K::drop, "", 0, 1},
    {"phantom", K::drop, "", 0, 1}, {"vphantom", K::drop, "", 0, 1}, {"hphantom", K::drop, "", 0, 1},
    {"hspace", K::drop, "", 0, 1}, {"vspace", K::drop, "", 0, 1}, {"label", K::drop, "", 0, 1}, {"index", K::drop, "", 0, 1},
    {"foreignlanguage", K::drop, "", 0, 1}, {"textcolor", K::drop, "", 0, 1}, {"color", K::drop, "", 0, 1},
    {"selectlanguage", K::drop, "", 0, 1}, {"bibinfo", K::drop, "", 0, 1}, {"fontsize", K::drop, "", 0, 2},
    {"raisebox", K::drop, "", 0, 1}, {"url", K::verbatim, ""}, {"path", K::verbatim, ""}, {"nolinkurl", K::verbatim, ""},
    {"href", K::link, ""}, {"ensuremath", K::math, ""},
};

// The way back, where it is not the first symbol row with that text: what must not be written, or is shorter otherwise.
struct Written { std::string_view utf8, tex; };
constexpr std::array kWritten = {
    Written{"\u2013", "--"}, Written{"\u2014", "---"}, Written{"\u00A0", "~"}, Written{"\u201C", "``"}, Written{"\u201D", "''"},
    Written{"\u2018", "\\textquoteleft{}"}, Written{"\u2019", "\\textquoteright{}"}, Written{"\u2009", "\\,"}, Written{"~", "\\textasciitilde{}"},
    Written{"^", "\\textasciicircum{}"}, Written{"\\", "\\textbackslash{}"}, Written{"`", "\\textasciigrave{}"},
    Written{"{", "\\textbraceleft{}"}, Written{"}", "\\textbraceright{}"}, Written{"\"", "\\textquotedbl{}"},
    Written{"$", "\\$"}, Written{"%", "\\%"}, Written{"&", "\\&"}, Written{"#", "\\#"}, Written{"_", "\\_"},
};
// clang-format on

using Commands = std::unordered_map<std::string_view, const TexCommand*>;
const Commands& commands() {
  static const Commands kByName = [] {
    Commands out;
    for (const TexCommand& command : kCommands) out.emplace(command.name, &command);
    return out;
  }();
  return kByName;
}

using Symbols = std::unordered_map<std::string, std::string>;
Symbols make_symbols() {
  Symbols out;
  for (const Written& row : kWritten) out.emplace(row.utf8, row.tex);
  for (const TexCommand& row : kCommands) {
    const bool foreign = row.kind == TexKind::symbol && !row.text.empty() && static_cast<unsigned char>(row.text[0]) >= 0x80;
    if (!foreign) continue;
    std::size_t at = 0;
    next_code_point(row.text, at);
    if (at == row.text.size()) out.emplace(row.text, "\\" + std::string(row.name) + "{}");
  }
  return out;
}

// Letters with one accent, composed once: 52 letters by the combining characters U+0300 to U+0331.
constexpr std::size_t kCombining = 0x32;
struct Composed {
  std::array<std::array<std::string, kCombining>, 128> text;
  Composed() {
    for (std::size_t base = 'A'; base <= 'z'; ++base) {
      if (!is_ascii_alpha(static_cast<char>(base))) continue;
      for (std::size_t mark = 0; mark < kCombining; ++mark) {
        std::string pair(1, static_cast<char>(base));
        append_utf8(pair, static_cast<char32_t>(0x300 + mark));
        text[base][mark] = nfc(pair);
      }
    }
  }
};

}  // namespace

const TexCommand* tex_command(std::string_view name) {
  static const auto kSigns = [] {  // of one byte: accents and escapes, which are most of what files hold
    std::array<const TexCommand*, 256> out{};
    for (const TexCommand& command : kCommands) {
      if (command.name.size() == 1 && !out[static_cast<unsigned char>(command.name[0])])
        out[static_cast<unsigned char>(command.name[0])] = &command;
    }
    return out;
  }();
  if (name.size() == 1) return kSigns[static_cast<unsigned char>(name[0])];
  const auto found = commands().find(name);
  return found == commands().end() ? nullptr : found->second;
}

std::string_view tex_of_symbol(std::string_view utf8) {
  static const Symbols kSymbols = make_symbols();
  const auto found = kSymbols.find(std::string(utf8));
  return found == kSymbols.end() ? std::string_view() : found->second;
}

std::string_view tex_of_accent(char32_t combining) {
  for (const TexCommand& row : kCommands) {
    std::size_t at = 0;
    if (row.kind == TexKind::accent && next_code_point(row.text, at) == combining) return row.name;
  }
  return {};
}

std::string_view composed(char base, std::string_view combining) {
  static const Composed kComposed;
  std::size_t at = 0;
  const char32_t mark = next_code_point(combining, at);
  if (static_cast<unsigned char>(base) >= 128 || mark < 0x300 || mark >= 0x300 + kCombining) return {};
  return kComposed.text[static_cast<std::size_t>(base)][mark - 0x300];
}

}  // namespace colophon::formats::bibtex
