// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats_xml/mathml.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace colophon::formats_xml {

// How an element is said. Text stands in tokens; elsewhere blanks are a file's indentation (MathML 3, 2.1.7).
struct MathReader::Row {
  enum class Kind : unsigned char { group, identifier, sign, words, other_form };
  std::string_view name;
  Kind kind = Kind::group;
  std::string_view before = {};
  std::string_view between = {};  // its children
};

const MathReader::Row& MathReader::row_of(std::string_view name) {
  using Kind = Row::Kind;
  static constexpr Row kRows[] = {
      {"mi", Kind::identifier},
      {"mo", Kind::sign},
      {"mn", Kind::sign},
      {"mtext", Kind::words},
      {"ms", Kind::words},
      {"mfrac", Kind::group, "", "/"},
      {"msqrt", Kind::group, "√"},
      {"mroot", Kind::group, "√"},
      {"mtable", Kind::group, "", " "},
      {"mtr", Kind::group, "", " "},
      {"mlabeledtr", Kind::group, "", " "},
      {"mspace", Kind::group, " "},
      {"annotation", Kind::other_form},
      {"annotation-xml", Kind::other_form},
  };
  static constexpr Row kGroup = {};
  const auto found = std::ranges::find(kRows, name, &Row::name);
  return found == std::end(kRows) ? kGroup : *found;
}

namespace {

// Signs that are thought and not seen: function application, times, comma, plus (U+2061 to U+2064).
bool is_invisible(std::string_view text) { return text.size() == 3 && text >= "\u2061" && text <= "\u2064"; }

constexpr std::string_view reference_to(char c) {
  return c == '<' ? "&lt;" : c == '&' ? "&amp;" : c == '"' ? "&quot;" : std::string_view();
}

void append_escaped(std::string& out, std::string_view text) {
  std::size_t done = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view reference = reference_to(text[at]);
    if (reference.empty()) continue;
    out.append(text, done, at - done).append(reference);
    done = at + 1;
  }
  out.append(text, done);
}

bool is_word(std::string_view text) { return std::ranges::all_of(text, is_ascii_alpha); }

}  // namespace

void MathReader::open(std::string_view name, const XmlAttributes& attributes) {
  mathml_.append("<").append(name);
  if (open_.empty()) mathml_ += " xmlns=\"http://www.w3.org/1998/Math/MathML\"";
  for (std::size_t i = 0; i < attributes.size(); ++i) {
    const XmlAttributes::Item item = attributes.at(i);
    if (!item.prefix.empty()) continue;
    mathml_.append(" ").append(item.name).append("=\"");
    append_escaped(mathml_, item.value);
    mathml_ += '"';
  }
  mathml_ += '>';
  const Row& row = row_of(name);
  if (!open_.empty() && open_.back().children++ > 0) say(open_.back().row->between);
  say(row.before);
  if (row.kind == Row::Kind::other_form) ++hidden_;
  open_.push_back({name, &row});
  depth_ = open_.size();
}

void MathReader::close() {
  mathml_.append("</").append(open_.back().name).append(">");
  if (open_.back().row->kind == Row::Kind::other_form) --hidden_;
  open_.pop_back();
  depth_ = open_.size();
}

void MathReader::say(std::string_view text) {
  if (text.empty() || hidden_ > 0) return;
  plain_ += text;
  last_word_ = 0;
}

void MathReader::text(std::string_view text) {
  append_escaped(mathml_, text);
  const Row::Kind kind = open_.back().row->kind;
  if (kind == Row::Kind::words) return say(text);
  text = trim(text);
  if (kind != Row::Kind::identifier) return is_invisible(text) ? void() : say(text);
  const std::size_t letters = is_word(text) ? text.size() : 0;
  if (last_word_ > 0 && letters > 0 && last_word_ + letters > 2) say(" ");  // "sin x", but "ab" is a product
  say(text);
  last_word_ = letters;
}

void MathReader::clear() {
  mathml_.clear();
  plain_.clear();
  last_word_ = 0;
}

}  // namespace colophon::formats_xml
