// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json_cursor.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/text.hpp"

namespace colophon {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

// What a backslash and this letter stand for, 0 where that is nothing.
constexpr char escaped(char letter) {
  switch (letter) {
    case '"':
    case '\\':
    case '/': return letter;
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return 0;
  }
}

// Takes the four digits at the front away.
bool take_unit(std::string_view& from, char32_t& out) {
  std::uint32_t unit = 0;
  if (from.size() < 4 || std::from_chars(from.data(), from.data() + 4, unit, 16).ptr != from.data() + 4) return false;
  from.remove_prefix(4);
  out = unit;
  return true;
}

// What follows "\u": one UTF-16 unit, or two that are a pair.
bool take_code_point(std::string_view& from, std::string& out) {
  char32_t first = 0, second = 0;
  if (!take_unit(from, first)) return false;
  if (first >= 0xD800 && first < 0xDC00 && from.starts_with("\\u")) {
    from.remove_prefix(2);
    if (!take_unit(from, second) || second < 0xDC00 || second > 0xDFFF) return false;
    first = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
  }
  if (first >= 0xD800 && first < 0xE000) return false;
  append_utf8(out, first);
  return true;
}

bool unescape(std::string_view written, std::string& out) {
  out.reserve(written.size());
  while (true) {
    const std::size_t at = written.find('\\');
    out += written.substr(0, at);
    if (at == std::string_view::npos) return true;
    if (at + 1 == written.size()) return false;
    const char letter = written[at + 1];
    written.remove_prefix(at + 2);
    if (letter == 'u') {
      if (!take_code_point(written, out)) return false;
    } else {
      const char meant = escaped(letter);
      if (meant == 0) return false;
      out.push_back(meant);
    }
  }
}

}  // namespace

void JsonCursor::fault() {
  good_ = false;
  at_ = text_.size();
}

char JsonCursor::next() {
  if (at_ < text_.size() && text_[at_] <= ' ') at_ = std::min(text_.find_first_not_of(kBlanks, at_), text_.size());
  return at_ < text_.size() ? text_[at_] : '\0';
}

void JsonCursor::enter(char bracket) {
  if (next() != bracket) return fault();
  ++at_;
  first_ = true;
}

bool JsonCursor::more() {
  const char found = next();
  if (found == ']' || found == '}') return ++at_, first_ = false;
  if (std::exchange(first_, false)) return good_ = good_ && found != 0;
  if (found != ',') return fault(), false;
  ++at_;
  return true;
}

// The string that begins here, without its quotes.
std::string_view JsonCursor::written() {
  if (next() != '"') return fault(), std::string_view();
  const std::size_t begin = at_ + 1;
  for (std::size_t end = begin; (end = text_.find('"', end)) != std::string_view::npos; ++end) {
    std::size_t first = end;
    while (first > begin && text_[first - 1] == '\\') --first;
    if ((end - first) % 2 != 0) continue;  // it is escaped
    at_ = end + 1;
    return text_.substr(begin, end - begin);
  }
  return fault(), std::string_view();
}

std::string_view JsonCursor::key() {
  const std::string_view out = written();
  if (next() != ':') return fault(), std::string_view();
  ++at_;
  return out;
}

std::string JsonCursor::text() {
  const std::string_view letters = written();
  if (letters.find('\\') == std::string_view::npos) return std::string(letters);
  std::string out;
  if (unescape(letters, out)) return out;
  fault();
  return {};
}

std::int64_t JsonCursor::integer() {
  next();
  std::int64_t out = 0;
  const char* const begin = text_.data() + at_;
  const auto [end, error] = std::from_chars(begin, text_.data() + text_.size(), out);
  if (error != std::errc()) return fault(), 0;
  at_ += static_cast<std::size_t>(end - begin);
  return out;
}

void JsonCursor::skip() {
  std::size_t depth = 0;
  do {
    const char found = next();
    if (found == 0) return fault();
    if (found == '"') written();
    else if (found == '[' || found == '{') ++depth, ++at_;
    else if (found == ']' || found == '}') {
      if (depth == 0) return fault();
      --depth, ++at_;
    } else if ((found == ',' || found == ':') && depth > 0) ++at_;
    else {
      const std::size_t end = std::min(text_.find_first_of(",:]}\" \t\r\n", at_), text_.size());
      if (end == at_) return fault();
      at_ = end;
    }
  } while (good_ && depth > 0);
}

bool JsonCursor::at_end() { return next() == 0 && good_; }

}  // namespace colophon
