// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/bibtex/splitter.hpp"

#include <array>
#include <bit>
#include <cstring>

#include "base/text.hpp"
#include "formats/bibtex/scan.hpp"

namespace colophon::formats::bibtex {
namespace {

constexpr std::size_t kLongestKey = 512;

constexpr auto kWordBytes = [] {
  std::array<bool, 256> out{};
  for (std::size_t c = 0; c < 128; ++c) out[c] = is_ascii_alpha(static_cast<char>(c)) || is_ascii_digit(static_cast<char>(c));
  for (const char c : std::string_view("_-+.:/")) out[static_cast<unsigned char>(c)] = true;
  return out;
}();
bool is_word(char c) { return kWordBytes[static_cast<unsigned char>(c)]; }
bool is_line_end(char c) { return c == '\n' || c == '\r'; }

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && is_blank(text[at])) ++at;
  return at;
}
std::size_t skip_word(std::string_view text, std::size_t at) {
  while (at < text.size() && is_word(text[at])) ++at;
  return at;
}

// Only blanks between the start of the line and `at`. Looks at most a short indent back.
bool is_line_initial(std::string_view text, std::size_t at) {
  for (std::size_t back = 0; back < 64; ++back) {
    if (at == back || is_line_end(text[at - back - 1])) return true;
    if (text[at - back - 1] != ' ' && text[at - back - 1] != '\t') return false;
  }
  return false;
}

// "name =" or ", name =" follows: what stands after a brace that closed an entry too early.
bool field_follows(std::string_view text, std::size_t at) {
  at = skip_blanks(text, at);
  if (at >= text.size() || text[at] != ',') return false;
  at = skip_blanks(text, at + 1);
  const std::size_t end = skip_word(text, at);
  if (end == at) return false;
  at = skip_blanks(text, end);
  return at < text.size() && text[at] == '=';
}

ChunkKind kind_of(std::string_view word) {
  struct Row {
    std::string_view word;
    ChunkKind kind;
  };
  static constexpr std::array kKinds = {Row{"string", ChunkKind::string}, Row{"preamble", ChunkKind::preamble},
                                        Row{"comment", ChunkKind::comment}};
  for (const Row& row : kKinds) {
    if (word.size() == row.word.size() && iequals(word, row.word)) return row.kind;
  }
  return ChunkKind::entry;
}

// "@word{key," or "@string{" and its like, at `at`: what starts a line only where an entry starts.
bool looks_like_entry(std::string_view text, std::size_t at) {
  const std::size_t end = skip_word(text, at + 1);
  if (end == at + 1 || end >= text.size() || (text[end] != '{' && text[end] != '(')) return false;
  if (kind_of(text.substr(at + 1, end - at - 1)) != ChunkKind::entry) return true;
  std::size_t key = end + 1;
  const std::size_t limit = std::min(text.size(), key + kLongestKey);
  while (key < limit && !is_line_end(text[key]) && std::string_view(",{}=\"#").find(text[key]) == std::string_view::npos) ++key;
  return key == text.size() || (key < limit && (text[key] == ',' || (is_line_end(text[key]) && key > end + 1)));
}

// Whether a quoted value is open at the end of a body in which no brace is: quotes at depth 0 delimit, others are text.
bool ends_quoted(std::string_view body) {
  std::size_t depth = 0;
  bool quoted = false;
  for (const char c : body) {
    if (c == '{') ++depth;
    else if (c == '}' && depth > 0) --depth;
    else if (c == '"' && depth == 0) quoted = !quoted;
  }
  return quoted;
}

}  // namespace

std::size_t count_lines(std::string_view text) {
  std::size_t count = 0, at = 0;
#if defined(__SSE2__)
  const __m128i feed = _mm_set1_epi8('\n'), zero = _mm_setzero_si128();
  while (at + 16 <= text.size()) {  // bytes count to 255, then are added up
    __m128i sums = zero;
    const std::size_t end = at + std::min<std::size_t>((text.size() - at) / 16, 255) * 16;
    for (; at < end; at += 16)
      sums = _mm_sub_epi8(sums, _mm_cmpeq_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at)), feed));
    const __m128i total = _mm_sad_epu8(sums, zero);
    count += static_cast<std::size_t>(_mm_cvtsi128_si64(total)) +
             static_cast<std::size_t>(_mm_cvtsi128_si64(_mm_unpackhi_epi64(total, total)));
  }
#endif
  for (; at < text.size(); ++at) count += text[at] == '\n';
  return count;
}

std::uint32_t Splitter::line_of(std::size_t at) {
  line_ += static_cast<std::uint32_t>(count_lines(file_.substr(counted_to_, at - counted_to_)));
  counted_to_ = at;
  return line_;
}

// True when an entry starts with the "@" at `at`; the word and where the body begins are set.
bool Splitter::starts_at(std::size_t at, Chunk& out) const {
  if (at > 0 && (is_ascii_alpha(file_[at - 1]) || is_ascii_digit(file_[at - 1]))) return false;  // an address: name@host
  const std::size_t word = skip_blanks(file_, at + 1);
  const std::size_t word_end = skip_word(file_, word);
  if (word_end == word) return false;
  out.word = file_.substr(word, word_end - word);
  out.kind = kind_of(out.word);
  out.begin = at;
  out.body_begin = skip_blanks(file_, word_end);
  const bool delimited = out.body_begin < file_.size() && (file_[out.body_begin] == '{' || file_[out.body_begin] == '(');
  if (delimited) return ++out.body_begin, true;
  out.body_begin = word_end;
  return out.kind == ChunkKind::comment;  // "@Comment some text": to the end of the line
}

std::size_t Splitter::next_entry_line(std::size_t from) const {
  for (std::size_t at = from; at < file_.size(); ++at) {
    at = file_.find('@', at);
    if (at == std::string_view::npos) break;
    if (is_line_initial(file_, at) && looks_like_entry(file_, at)) return at;
  }
  return file_.size();
}

Splitter::Close Splitter::find_brace_end(const Chunk& chunk) {
  constexpr std::size_t kNone = std::string_view::npos;
  std::size_t depth = 1, candidate = kNone;
  Ending ending = Ending::closed;
  for (std::size_t at = find_any<'{', '}', '@'>(file_, chunk.body_begin); at < file_.size();
       at = find_any<'{', '}', '@'>(file_, at + 1)) {
    if (file_[at] == '{') {
      ++depth;
    } else if (file_[at] == '}') {
      if (--depth > 0) continue;
      if (candidate != kNone || chunk.kind != ChunkKind::entry || !field_follows(file_, at + 1)) return {at, at + 1, ending};
      depth = 1;
      ending = Ending::early_close;
    } else if (is_line_initial(file_, at) && looks_like_entry(file_, at)) {
      const bool in_value =
          depth > 1 || (candidate == kNone && ends_quoted(file_.substr(chunk.body_begin, at - chunk.body_begin)));
      if (!in_value || candidate != kNone) {
        candidate = std::min(candidate, at);
        return {candidate, candidate, Ending::next_entry};
      }
      candidate = at;
    }
  }
  if (candidate != kNone) return {candidate, candidate, Ending::next_entry};
  return {file_.size(), file_.size(), Ending::end_of_file};
}

Splitter::Close Splitter::find_parenthesis_end(const Chunk& chunk) const {
  std::size_t depth = 0, in_key = 0;  // parentheses of the key itself
  bool quoted = false, key = chunk.kind == ChunkKind::entry;
  for (std::size_t at = chunk.body_begin; at < file_.size(); ++at) {
    const char c = file_[at];
    key = key && c != ',' && !is_line_end(c);
    if (c == '{') ++depth;
    else if (c == '}' && depth > 0) --depth;
    else if (c == '"' && depth == 0) quoted = !quoted;
    else if (c == '(' && key) ++in_key;
    else if (c == ')' && key && in_key > 0) --in_key;
    else if (c == ')' && depth == 0 && !quoted) return {at, at + 1, Ending::closed};
    else if (c == '@' && is_line_initial(file_, at) && looks_like_entry(file_, at)) return {at, at, Ending::next_entry};
  }
  return {file_.size(), file_.size(), Ending::end_of_file};
}

// A comment may hold whole entries, so it is read to its closing brace wherever that is. Only one comment of a file may look for
// it in vain up to the file's end; the others then end before the next entry.
Splitter::Close Splitter::find_comment_end(const Chunk& chunk) {
  if (chunk.body_begin == 0 || (file_[chunk.body_begin - 1] != '{' && file_[chunk.body_begin - 1] != '(')) {
    const std::size_t end = std::min(file_.find_first_of("\r\n", chunk.body_begin), file_.size());
    return {end, end, Ending::end_of_line};
  }
  if (file_[chunk.body_begin - 1] == '(') return find_parenthesis_end(chunk);
  if (comment_ran_to_end_) return find_brace_end(chunk);
  std::size_t depth = 1;
  for (std::size_t at = find_any<'{', '}', '@'>(file_, chunk.body_begin); at < file_.size();
       at = find_any<'{', '}', '@'>(file_, at + 1)) {
    if (file_[at] == '{') ++depth;
    else if (file_[at] == '}' && --depth == 0) return {at, at + 1, Ending::closed};
  }
  comment_ran_to_end_ = true;
  const std::size_t end = next_entry_line(chunk.body_begin);
  return {end, end, end == file_.size() ? Ending::end_of_file : Ending::next_entry};
}

Splitter::Close Splitter::find_end(const Chunk& chunk) {
  if (chunk.kind == ChunkKind::comment) return find_comment_end(chunk);
  return file_[chunk.body_begin - 1] == '(' ? find_parenthesis_end(chunk) : find_brace_end(chunk);
}

bool Splitter::next(Chunk& out) {
  if (at_ >= file_.size()) return false;
  out = Chunk{};
  out.line = line_of(at_);
  for (std::size_t sign = file_.find('@', at_);; sign = file_.find('@', sign + 1)) {
    const bool none = sign == std::string_view::npos;
    Chunk started;
    if (!none && !starts_at(sign, started)) continue;
    if (none || sign > at_) {  // the free text before it
      out.begin = at_;
      out.end = at_ = none ? file_.size() : sign;
      return true;
    }
    started.line = out.line;
    out = started;
    const Close close = find_end(out);
    out.body_end = close.body_end;
    out.end = at_ = close.end;
    out.ending = close.ending;
    return true;
  }
}

std::vector<Chunk> split(std::string_view file) {
  std::vector<Chunk> out;
  Splitter splitter(file);
  for (Chunk chunk; splitter.next(chunk);) out.push_back(chunk);
  return out;
}

}  // namespace colophon::formats::bibtex
