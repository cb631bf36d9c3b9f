// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/bibtex/entry.hpp"

#include <array>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "formats/bibtex/known_fields.hpp"
#include "formats/bibtex/scan.hpp"

namespace colophon::formats::bibtex {
namespace {

// clang-format off
constexpr std::array kFaults = {
    FaultRow{Fault::empty_key,         "bibtex.empty-key",         "the entry has no citation key",                            "read without one; write a key before the first comma"},
    FaultRow{Fault::missing_comma,     "bibtex.missing-comma",     "a comma is missing before this field",                     "read as if it stood there"},
    FaultRow{Fault::remark,            "bibtex.remark",            "a % remark inside an entry",                               "skipped to the end of its line; BibTeX itself knows no remarks there"},
    FaultRow{Fault::missing_value,     "bibtex.missing-value",     "a field name without a value",                             "kept as stray text; write name = {value}"},
    FaultRow{Fault::unclosed_value,    "bibtex.unclosed-value",    "a value is not closed",                                    "ended where the next field seems to begin"},
    FaultRow{Fault::stray_text,        "bibtex.stray-text",        "text that belongs to no field",                            "kept as stray text; look for an unbalanced brace or quote before it"},
    FaultRow{Fault::early_close,       "bibtex.early-close",       "a closing brace too many, with more fields behind it",     "the entry was read on"},
    FaultRow{Fault::unclosed_by_entry, "bibtex.unclosed-entry",    "the entry is not closed before the next one begins",       "ended there; look for a missing }"},
    FaultRow{Fault::unclosed_at_end,   "bibtex.unclosed-entry",    "the entry is not closed before the end of the file",       "ended there; look for a missing } or a cut file"},
    FaultRow{Fault::braceless_comment, "bibtex.braceless-comment", "@comment without braces",                                  "taken to the end of its line"},
};
// clang-format on

constexpr bool in_order() {
  for (std::size_t i = 0; i < kFaults.size(); ++i) {
    if (static_cast<std::size_t>(kFaults[i].fault) != i) return false;
  }
  return kFaults.size() == static_cast<std::size_t>(Fault::braceless_comment) + 1;
}
static_assert(in_order(), "a row for each fault, in the order of the enumeration");

// What a byte may be between values. Names hold all but blanks and the characters with a meaning (btxdoc.tex); beyond ASCII it
// takes a look whether a wide blank begins.
enum class Byte : std::uint8_t { other, name, blank, wide };
constexpr auto kBytes = [] {
  std::array<Byte, 256> out{};
  for (std::size_t c = 33; c < 256; ++c) out[c] = c < 0x80 ? Byte::name : Byte::wide;
  for (const char c : std::string_view("{}()\"#%',=\\")) out[static_cast<unsigned char>(c)] = Byte::other;
  for (const char c : std::string_view(" \t\n\r\f\v")) out[static_cast<unsigned char>(c)] = Byte::blank;
  return out;
}();
Byte byte_of(char c) { return kBytes[static_cast<unsigned char>(c)]; }

// The blank of more than one byte at `at`: what copying from web pages and word processors leaves (no-break space, the spaces of
// U+2000 to U+200B, U+202F, U+3000, U+FEFF). 0 when there is none.
std::size_t wide_blank_length(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at, 3);
  if (rest.starts_with("\u00A0")) return 2;
  const bool spaces = rest.size() == 3 && rest.starts_with("\xE2\x80") && (rest[2] <= '\x8B' || rest[2] == '\xAF');
  return spaces || rest == "\u3000" || rest == "\uFEFF" ? 3 : 0;
}

class EntryParser {
 public:
  EntryParser(std::string_view file, const Chunk& chunk, Entry& out)
      : file_(file.substr(0, chunk.body_end)),
        at_(chunk.body_begin),
        broken_(chunk.ending == Ending::next_entry || chunk.ending == Ending::end_of_file),
        chunk_(chunk),
        out_(out) {}

  void run() {
    if (chunk_.kind == ChunkKind::entry) parse_key();
    while (skip_separators()) parse_field();
    static constexpr std::array kByEnding = {Fault::stray_text, Fault::early_close, Fault::unclosed_by_entry,
                                             Fault::unclosed_at_end};
    if (chunk_.ending != Ending::closed && chunk_.ending != Ending::end_of_line)
      fault(kByEnding[static_cast<std::size_t>(chunk_.ending)], chunk_.begin);
  }

 private:
  bool done() const { return at_ >= file_.size(); }
  char peek() const { return done() ? '\0' : file_[at_]; }
  bool is_name(std::size_t at) const {
    if (at >= file_.size()) return false;
    const Byte byte = byte_of(file_[at]);
    return byte == Byte::name || (byte == Byte::wide && wide_blank_length(file_, at) == 0);
  }
  void fault(Fault what, std::size_t where) { out_.faults.push_back({what, where}); }
  std::size_t behind_blanks(std::size_t at) const {
    while (true) {
      at = find_no_blank(file_, at);
      const std::size_t wide = at < file_.size() && byte_of(file_[at]) == Byte::wide ? wide_blank_length(file_, at) : 0;
      if (wide == 0) return at;
      at += wide;
    }
  }
  void skip_blanks() {
    if (at_ < file_.size() && byte_of(file_[at_]) > Byte::name) at_ = behind_blanks(at_);
  }
  std::string_view take_name() {
    const std::size_t begin = at_, size = file_.size();
    std::size_t at = at_;
    do {
      while (at < size && byte_of(file_[at]) == Byte::name) ++at;
    } while (is_name(at) && ++at);
    return file_.substr(begin, (at_ = at) - begin);
  }

  // The key runs to the first comma; where a "=" comes first, the key or its comma is missing.
  void parse_key() {
    skip_blanks();
    out_.key_begin = at_;
    const std::size_t end = end_of_key(file_, at_);
    const std::string_view first = trim(file_.substr(at_, end - at_));
    const char stop = end < file_.size() ? file_[end] : ',';
    if (stop == '=' || (stop != ',' && field_begins(at_))) {
      const std::size_t blank = first.find_first_of(" \t");  // "key name = …" on one line, or no key at all
      if (blank == std::string_view::npos) return fault(Fault::empty_key, at_);
      out_.key = first.substr(0, blank);
      at_ += blank;
      return fault(Fault::missing_comma, at_);
    }
    out_.key = first;
    at_ = end;
    if (first.empty()) fault(Fault::empty_key, out_.key_begin);
    skip_blanks();
    if (peek() == ',') ++at_;
    else if (!done() && !first.empty()) fault(Fault::missing_comma, at_);
  }

  // "name =" at `at`, after blanks.
  bool field_begins(std::size_t at) const {
    at = behind_blanks(at);
    const std::size_t name = at;
    while (is_name(at)) ++at;
    if (at == name || is_ascii_digit(file_[name])) return false;
    at = behind_blanks(at);
    return at < file_.size() && file_[at] == '=';
  }

  // Blanks, commas and % remarks before a field. False at the end of the entry.
  bool skip_separators() {
    while (true) {
      skip_blanks();
      if (done()) return false;
      if (peek() == ',') {
        ++at_;
      } else if (peek() == '%') {
        fault(Fault::remark, at_);
        at_ = std::min(file_.find_first_of("\r\n", at_), file_.size());
      } else {
        return true;
      }
    }
  }

  void parse_field() {
    const std::size_t begin = at_;
    RawField field{
        .name = take_name(), .begin = 0, .end = 0, .first = static_cast<std::uint32_t>(out_.pieces.size()), .count = 0};
    if (field.name.empty()) return skip_stray(begin);
    skip_blanks();
    if (peek() != '=') return keep_stray(Fault::missing_value, begin);
    ++at_;
    skip_blanks();
    field.begin = at_;
    if (!parse_pieces(field)) return keep_stray(Fault::missing_value, begin);
    field.count = static_cast<std::uint32_t>(out_.pieces.size()) - field.first;
    out_.fields.push_back(field);
    expect_separator();
  }

  bool parse_pieces(RawField& field) {
    while (parse_piece()) {
      field.end = at_;
      skip_blanks();
      if (peek() != '#') return true;
      ++at_;
      skip_blanks();
    }
    return out_.pieces.size() > field.first;
  }

  bool parse_piece() {
    const std::size_t begin = at_;
    if (peek() == '{') return ++at_, take_braced() || take_until('}', begin);
    if (peek() == '"') return ++at_, take_until('"', begin);
    const std::string_view word = take_name();
    if (word.empty()) return false;
    const bool number = word.find_first_not_of("0123456789") == std::string_view::npos;
    out_.pieces.push_back({number ? Piece::Kind::number : Piece::Kind::macro, word});
    return true;
  }

  // What nearly all values are: braced, and closed. False, and nothing done, where it takes a closer look.
  bool take_braced() {
    const std::size_t close = broken_ ? file_.size() : find_close('}', file_.size());
    if (close == file_.size() || file_[close - 1] == '\\') return false;
    out_.pieces.push_back({Piece::Kind::braced, file_.substr(at_, close - at_)});
    at_ = close + 1;
    return true;
  }

  // A braced or quoted piece whose text begins at at_; `end` closes it at depth 0. Where the entry is broken, no value reaches
  // beyond the next line that begins a field; a quoted value that nothing proper follows shows that it is.
  bool take_until(char end, std::size_t opened) {
    const std::size_t begin = at_;
    const Piece::Kind kind = end == '}' ? Piece::Kind::braced : Piece::Kind::quoted;
    std::size_t limit = broken_ ? find_next_field(begin) : file_.size();
    std::size_t close = find_close(end, limit);
    if (!broken_ && (close == limit || (end == '"' && !separator_follows(close + 1)))) {
      const std::size_t next = find_next_field(begin);
      if (next < close || close == limit) broken_ = true, close = limit = next;
    }
    while (close < limit && text_goes_on(close)) {
      at_ = close + 1;
      close = find_close(end, limit);
    }
    const auto takes_all = [&] { return close == limit || behind_blanks(close + 1) == file_.size(); };  // by the entry's brace
    if (broken_ && takes_all() && known_cuts_++ < kKnownCuts) {
      if (const std::size_t next = find_known_field(begin, close); next < close) close = limit = next;
    }
    if (close == limit) {
      fault(Fault::unclosed_value, opened);
      out_.pieces.push_back({kind, without_tail(file_.substr(begin, limit - begin))});
      at_ = limit;
      cut_ = unclosed_ = true;
      return true;
    }
    out_.pieces.push_back({kind, file_.substr(begin, close - begin)});
    at_ = close + 1;
    return true;
  }

  // The position of the delimiter, or `limit`.
  std::size_t find_close(char end, std::size_t limit) const {
    const std::string_view text = file_.substr(0, limit);
    std::size_t depth = 0;
    if (end == '}') {
      for (std::size_t at = find_any<'{', '}', '}'>(text, at_); at < limit; at = find_any<'{', '}', '}'>(text, at + 1)) {
        if (text[at] == '{') ++depth;
        else if (text[at] == '}' && depth-- == 0) return at;
      }
      return limit;
    }
    for (std::size_t at = find_any<'{', '}', '"'>(text, at_); at < limit; at = find_any<'{', '}', '"'>(text, at + 1)) {
      if (text[at] == '{') ++depth;
      else if (text[at] == '}') depth -= depth > 0 ? 1u : 0u;
      else if (depth == 0) return at;
    }
    return limit;
  }

  // A closing "\}" with more text behind it: BibTeX counts it as a brace, but its writer did not.
  bool text_goes_on(std::size_t close) const {
    return file_[close] == '}' && file_[close - 1] == '\\' && !separator_follows(close + 1);
  }

  bool separator_follows(std::size_t at) const {
    at = behind_blanks(at);
    return at >= file_.size() || file_[at] == ',' || file_[at] == '#' || file_[at] == '%' || field_begins(at);
  }

  // The first line from `begin` on that starts with "name = " and a value's beginning; else the entry's end.
  std::size_t find_next_field(std::size_t begin) const {
    const std::size_t end = file_.size();
    for (std::size_t at = file_.find('\n', begin); at < end; at = file_.find('\n', at + 1)) {
      std::size_t name = at + 1;
      while (name < end && (file_[name] == ' ' || file_[name] == '\t')) ++name;
      std::size_t after = name;
      while (after < end && (is_ascii_alpha(file_[after]) || file_[after] == '-' || file_[after] == '_')) ++after;
      if (after == name) continue;
      while (after < end && (file_[after] == ' ' || file_[after] == '\t')) ++after;
      if (after >= end || file_[after] != '=') continue;
      ++after;
      while (after < end && (file_[after] == ' ' || file_[after] == '\t')) ++after;
      if (after < file_.size() &&
          (file_[after] == '{' || file_[after] == '"' || is_ascii_digit(file_[after]) || is_ascii_alpha(file_[after])))
        return name;
    }
    return end;
  }

  // The first ", name = " of a known field and a value's beginning on any line up to `end`; else `end`.
  std::size_t find_known_field(std::size_t begin, std::size_t end) const {
    for (std::size_t comma = file_.find(',', begin); comma < end; comma = file_.find(',', comma + 1)) {
      const std::size_t name = behind_blanks(comma + 1);
      std::size_t after = name;
      while (after < end && is_ascii_alpha(file_[after])) ++after;
      const std::size_t equals = after > name ? behind_blanks(after) : end;
      if (equals >= end || file_[equals] != '=') continue;
      const std::size_t value = behind_blanks(equals + 1);
      if (value >= end) continue;
      const bool begins = file_[value] == '{' || file_[value] == '"' || is_ascii_digit(file_[value]);
      if (begins && is_known_field(ascii_lower(file_.substr(name, after - name)))) return name;
    }
    return end;
  }

  // A value that was cut before the next field ends in ",", a closing quote or the entry's braces: not part of its text.
  static std::string_view without_tail(std::string_view text) {
    text = trim(text);
    if (text.ends_with(',')) text = trim(text.substr(0, text.size() - 1));
    return text.ends_with('"') ? text.substr(0, text.size() - 1) : text;
  }

  // Behind a value and its blanks.
  void expect_separator() {
    const bool cut = std::exchange(cut_, false);
    if (cut || done() || peek() == ',' || peek() == '%') return;
    if (field_begins(at_)) fault(Fault::missing_comma, at_);
    else if (is_name(at_)) skip_stray(at_);
  }

  // Skips what is no field up to the next comma; a closing brace alone that is spurious, or the entry's own behind an unclosed
  // value, was reported with the entry.
  void skip_stray(std::size_t begin) {
    const bool own = unclosed_ && behind_blanks(at_ + 1) == file_.size();
    if (peek() == '}' && (own || chunk_.ending == Ending::early_close)) {
      ++at_;
      return;
    }
    at_ = std::min(file_.find(',', begin), file_.size());
    keep_stray(Fault::stray_text, begin);
  }

  void keep_stray(Fault what, std::size_t begin) {
    fault(what, begin);
    if (const std::string_view text = trim(file_.substr(begin, at_ - begin)); !text.empty()) out_.stray.push_back(text);
  }

  std::string_view file_;
  std::size_t at_;
  bool broken_;
  bool cut_ = false;                     // the last value ended where the next field begins
  bool unclosed_ = false;                // a value was
  static constexpr int kKnownCuts = 16;  // so that the time stays linear
  int known_cuts_ = 0;
  const Chunk& chunk_;
  Entry& out_;
};

}  // namespace

std::size_t end_of_key(std::string_view text, std::size_t at) {
  static constexpr auto kEnds = [] {
    std::array<bool, 256> out{};
    for (const char c : std::string_view(",={}\n\r")) out[static_cast<unsigned char>(c)] = true;
    return out;
  }();
  while (at < text.size() && !kEnds[static_cast<unsigned char>(text[at])]) ++at;
  return at;
}

const FaultRow& row(Fault fault) { return kFaults[static_cast<std::size_t>(fault)]; }

void parse_entry(std::string_view file, const Chunk& chunk, Entry& out) {
  out.key = {};
  out.key_begin = chunk.body_begin;
  out.fields.clear();
  out.pieces.clear();
  out.faults.clear();
  out.stray.clear();
  EntryParser(file, chunk, out).run();
}

}  // namespace colophon::formats::bibtex
