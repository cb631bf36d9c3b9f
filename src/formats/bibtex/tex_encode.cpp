// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "base/text.hpp"
#include "formats/bibtex/tex.hpp"
#include "formats/bibtex/tex_letters.hpp"
#include "formats/bibtex/tex_table.hpp"

namespace colophon::formats::bibtex {
namespace {

using bib::Mark;

// How one code point is written.
struct Written {
  char32_t code_point;
  std::string tex;
};

char32_t only_code_point(std::string_view text) {
  std::size_t end = 0;
  const char32_t first = text.empty() ? 0 : next_code_point(text, end);
  return end == text.size() ? first : 0;
}

std::string written(const TexCommand& row) {
  if (row.kind == TexKind::ligature) return std::string(row.name);
  const std::string command = "\\" + std::string(row.name);
  if (row.mode == TexMode::math) return "$" + command + "$";
  return is_ascii_alpha(row.name[0]) ? "{" + command + "}" : command;
}

// The letters that accents make of what is written already: of ASCII letters, then of those with one accent (Vietnamese has two).
class Letters {
 public:
  explicit Letters(std::vector<Written>& out) : out_(out) {
    for (char base = 'A'; base <= 'z'; ++base) {
      if (is_ascii_alpha(base)) add_accents(std::string(1, base), std::string(1, base));
    }
    for (const std::string_view base : {"æ", "Æ", "ø", "Ø", "ơ", "Ơ", "ư", "Ư"}) add_accents(std::string(base), of(base));
    const std::vector<Written> once(out_.begin(), out_.end());
    for (const Written& letter : once) {
      std::string base;
      append_utf8(base, letter.code_point);
      if (letter.tex.starts_with("{\\") && letter.code_point >= 0xC0 && letter.code_point < 0x1EFA) add_accents(base, letter.tex);
    }
  }

 private:
  void add_accents(const std::string& base, const std::string& tex) {
    for (const TexCommand& accent : tex_rows()) {
      if (accent.kind != TexKind::accent || !accent.written) continue;
      const char32_t both = only_code_point(nfc(base + accent.text));
      if (both == 0 || std::ranges::find(out_, both, &Written::code_point) != out_.end()) continue;
      const bool bare = tex.size() == 1 && !is_ascii_alpha(accent.name[0]);
      out_.push_back({both, "{\\" + std::string(accent.name) + (bare ? tex : tex.size() == 1 ? "{" + tex + "}" : tex) + "}"});
    }
  }
  std::string of(std::string_view base) const {
    const auto found = std::ranges::find(out_, only_code_point(base), &Written::code_point);
    return found == out_.end() ? std::string(base) : found->tex;
  }

  std::vector<Written>& out_;
};

std::vector<Written> make_written() {
  std::vector<Written> out;
  out.push_back({'"', "{\"}"});  // in braces it does not end a value in quotes
  for (const TexCommand& row : tex_rows()) {
    const bool symbol = row.kind == TexKind::symbol || row.kind == TexKind::ligature;
    if (row.written && symbol) out.push_back({only_code_point(row.text), written(row)});
  }
  const Letters letters(out);
  std::ranges::sort(out, {}, &Written::code_point);
  return out;
}

// Empty where LaTeX has no command.
std::string_view tex_of(char32_t code_point) {
  static const std::vector<Written> kWritten = make_written();
  const auto found = std::ranges::lower_bound(kWritten, code_point, {}, &Written::code_point);
  return found != kWritten.end() && found->code_point == code_point ? std::string_view(found->tex) : std::string_view();
}

// Whether the two would be read as one sign: "-" and "--", "?" and "``".
bool would_join(std::string_view before, std::string_view next) {
  if (before.empty() || next.empty()) return false;
  const char last = before.back(), first = next.front();
  return (last == first && std::string_view("-'`").find(first) != std::string_view::npos) ||
         (first == '`' && (last == '?' || last == '!'));
}

class Encoder {
 public:
  explicit Encoder(Dialect dialect) : dialect_(dialect) {}

  std::string run(std::string_view text) const {
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t begin = at;
      const char32_t c = next_code_point(text, at);
      const bool raw = dialect_ == Dialect::biblatex && c >= 0x80 && c != 0xA0;
      const std::string_view tex = raw ? std::string_view() : tex_of(c);
      const std::string_view one = tex.empty() ? text.substr(begin, at - begin) : tex;
      if (would_join(out, one)) out += "{}";
      out += one;
    }
    return out;
  }

  std::string run(const bib::Run& run) const;
  std::string run(std::span<const bib::Run> runs) const;

 private:
  Dialect dialect_;
};

bool is_tex_math(std::string_view tex) {
  std::size_t depth = 0;
  for (std::size_t i = 0; i < tex.size(); ++i) {
    if (tex[i] == '\\' && ++i == tex.size()) return false;
    if (tex[i] == '$' && tex[i - 1] != '\\') return false;
    if (tex[i] == '{') ++depth;
    if (tex[i] == '}' && depth-- == 0) return false;
  }
  return depth == 0 && !trim(tex).empty();
}

// An address as \href takes it.
std::string address(std::string_view url) {
  std::string out;
  for (const char c : url) {
    if (c == '{') out += "%7B";
    else if (c == '}') out += "%7D";
    else if (c == '\\') out += "%5C";
    else if (c == '%' || c == '#' || c == '&' || c == '_' || c == '~' || c == '$') out.append("\\").push_back(c);
    else out.push_back(c);
  }
  return out;
}

std::string Encoder::run(const bib::Run& part) const {
  std::string out;
  std::size_t open = 0;
  if (part.has(Mark::link)) out += "\\href{" + address(part.href) + "}{", ++open;
  for (const TexCommand& row : tex_rows()) {
    if (row.kind != TexKind::mark || !row.written || (part.marks & row.marks) == 0) continue;
    out.append("\\").append(row.name).append("{");
    ++open;
  }
  const std::string text = part.has(Mark::math) && is_tex_math(part.text) ? "$" + std::string(part.text) + "$" : run(part.text);
  // a command, a sign or an empty group in braces would protect nothing
  const bool shielded = text.starts_with('\\') || (text.size() == 1 && !is_ascii_alpha(text[0]));
  if (part.has(Mark::nocase)) out += shielded ? "{{}" : "{", ++open;
  return out + text + std::string(open, '}');
}

// Of neighbours that all protect their case one pair of braces does it: "{CO\textsubscript{2}}".
std::string Encoder::run(std::span<const bib::Run> runs) const {
  std::string out;
  while (!runs.empty()) {
    const auto end = std::ranges::find_if(runs, [](const bib::Run& one) { return !one.has(Mark::nocase); });
    const auto protecting = static_cast<std::size_t>(end - runs.begin());
    std::string one;
    if (protecting < 2) {
      one = run(runs[0]);
    } else {
      std::vector<bib::Run> inner(runs.begin(), end);
      for (bib::Run& each : inner) each.marks = static_cast<std::uint16_t>(each.marks & ~static_cast<unsigned>(Mark::nocase));
      const std::string text = run(inner);
      one = (text.starts_with('\\') ? "{{}" : "{") + text + "}";
    }
    if (would_join(out, one)) out += "{}";
    out += one;
    runs = runs.subspan(std::max<std::size_t>(protecting, 1));
  }
  return out;
}

}  // namespace

std::string encode(std::string_view text, Dialect dialect) { return Encoder(dialect).run(text); }

std::string encode(const bib::RichText& text, Dialect dialect) {
  return text.is_plain() ? Encoder(dialect).run(text.plain()) : Encoder(dialect).run(text.runs().list());
}

}  // namespace colophon::formats::bibtex
