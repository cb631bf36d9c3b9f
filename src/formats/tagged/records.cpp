// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/tagged/records.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace colophon::formats::tagged {
namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

std::size_t skip_blanks(std::string_view line, std::size_t at) {
  while (at < line.size() && is_blank(line[at])) ++at;
  return at;
}

// "TY  - text". With one blank or none before the hyphen, a blank or the line's end must follow it.
std::optional<Tag> ris_tag(std::string_view line) {
  const std::size_t begin = skip_blanks(line, 0);
  if (begin > 3 || line.size() < begin + 3 || !is_upper(line[begin]) ||
      !(is_upper(line[begin + 1]) || is_ascii_digit(line[begin + 1])))
    return std::nullopt;
  const std::size_t hyphen = skip_blanks(line, begin + 2);
  const std::size_t blanks = hyphen - begin - 2;
  if (hyphen == line.size() || line[hyphen] != '-' || blanks > 4) return std::nullopt;
  const bool open = hyphen + 1 == line.size() || is_blank(line[hyphen + 1]);
  if (blanks == 0 || (blanks == 1 && !open)) return std::nullopt;
  return Tag{line.substr(begin, 2), skip_blanks(line, hyphen + 1)};
}

// "PMID- text", "AU  - text": two to four letters or digits, filled up with blanks to four.
std::optional<Tag> medline_tag(std::string_view line) {
  std::size_t end = 0;
  while (end < line.size() && end < 4 && (is_upper(line[end]) || (end > 0 && is_ascii_digit(line[end])))) ++end;
  const std::size_t hyphen = skip_blanks(line, end);
  if (end < 2 || hyphen < 4 || hyphen > 5 || hyphen == line.size() || line[hyphen] != '-') return std::nullopt;
  if (hyphen == 5 && hyphen + 1 < line.size() && !is_blank(line[hyphen + 1])) return std::nullopt;
  return Tag{line.substr(0, end), skip_blanks(line, hyphen + 1)};
}

// "%A text"
std::optional<Tag> refer_tag(std::string_view line) {
  if (line.size() < 2 || line[0] != '%' || is_blank(line[1]) || static_cast<unsigned char>(line[1]) >= 0x80) return std::nullopt;
  if (line.size() > 2 && !is_blank(line[2])) return std::nullopt;
  return Tag{line.substr(1, 1), skip_blanks(line, 2)};
}

std::string_view head_of(Dialect dialect) { return dialect == Dialect::ris ? "TY" : dialect == Dialect::medline ? "PMID" : "0"; }

}  // namespace

std::optional<Tag> tag_of(std::string_view line, Dialect dialect) {
  switch (dialect) {
    case Dialect::ris: return ris_tag(line);
    case Dialect::medline: return medline_tag(line);
    case Dialect::refer: return refer_tag(line);
  }
  return std::nullopt;
}

Splitter::Splitter(const TextInput& input, Dialect dialect, Remarks& remarks)
    : text_(input.text()), dialect_(dialect), remarks_(remarks), at_(input.start()) {}

Splitter::Line Splitter::take_line() {
  const std::size_t begin = at_;
  const std::size_t end = std::min(text_.find_first_of("\r\n", at_), text_.size());
  at_ = end + (text_.substr(end, 2) == "\r\n" ? 2 : end < text_.size() ? 1 : 0);
  return {text_.substr(begin, end - begin), begin, line_++};
}

// Whether a tag begins another record while one is open.
bool Splitter::starts(std::string_view tag, bool after_blank, bool only_heads) const {
  if (tag == head_of(dialect_)) return !only_heads;
  return dialect_ != Dialect::ris && after_blank && !headed_.value_or(false);
}

bool Splitter::next(Record& out) {
  out = {};
  bool blank = false, only_heads = true;
  while (at_ < text_.size()) {
    const Line line = take_line();
    const std::string_view said = trim(line.text);
    const std::optional<Tag> tag = tag_of(line.text, dialect_);
    if (said.empty()) {
      blank = true;
      continue;
    }
    const auto end = static_cast<std::uint32_t>(static_cast<std::size_t>(said.data() - text_.data()) + said.size());
    if (!tag && out.fields.empty()) {
      if (remarks_.first("stray"))
        remarks_.add(Severity::note, "stray-text", "text that belongs to no entry is left out", "said once a file",
                     {.path = {}, .line = line.number, .column = 1, .page = 0});
      continue;
    }
    if (!tag) {
      Field& field = out.fields.back();
      if (field.text.empty()) field.begin = static_cast<std::uint32_t>(said.data() - text_.data());
      field.text = text_.substr(field.begin, end - field.begin);
      field.end = out.end = end;
      continue;
    }
    if (!headed_) headed_ = tag->name == head_of(dialect_);
    if (!out.fields.empty() && starts(tag->name, blank, only_heads)) {
      if (dialect_ == Dialect::ris)
        remarks_.add(Severity::warning, "missing-end", "an entry has no “ER” line", "it was taken to end where the next begins",
                     {.path = {}, .line = out.line, .column = 1, .page = 0});
      give_back(line);
      return true;
    }
    blank = false;
    only_heads = only_heads && tag->name == head_of(dialect_);
    const std::string_view text = trim(line.text.substr(tag->text));
    const auto begin = static_cast<std::uint32_t>(tag->text >= line.text.size() ? end : text.data() - text_.data());
    const auto column = static_cast<std::uint32_t>(begin - line.begin + 1);
    if (out.fields.empty()) out.begin = static_cast<std::uint32_t>(said.data() - text_.data()), out.line = line.number;
    out.end = end;
    if (dialect_ == Dialect::ris && tag->name == "ER") {
      if (out.fields.empty()) continue;
      if (!text.empty()) out.fields.push_back({tag->name, text, begin, end, line.number, column});
      return true;
    }
    out.fields.push_back({tag->name, text, begin, text.empty() ? begin : end, line.number, column});
  }
  if (dialect_ == Dialect::ris && !out.fields.empty())
    remarks_.add(Severity::warning, "missing-end", "the last entry has no “ER” line", "it was taken to end with the file",
                 {.path = {}, .line = out.line, .column = 1, .page = 0});
  return !out.fields.empty();
}

}  // namespace colophon::formats::tagged
