// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <numeric>

#include <fmt/format.h>
#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace colophon {
namespace {

bool is_ascii(std::string_view text) { return end_of_ascii(text) == text.size(); }

// The number of bytes of the well-formed sequence at `at` (Unicode table 3-7), or 0.
std::size_t sequence_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  const unsigned first = byte(at);
  const auto tail = [&](std::size_t i) { return (byte(at + i) & 0xC0) == 0x80; };
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return tail(1) ? 2 : 0;
  if ((first & 0xF0) == 0xE0) {
    const unsigned second = byte(at + 1);
    const bool ok = tail(1) && tail(2) && !(first == 0xE0 && second < 0xA0) && !(first == 0xED && second >= 0xA0);
    return ok ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const unsigned second = byte(at + 1);
    const bool ok = tail(1) && tail(2) && tail(3) && !(first == 0xF0 && second < 0x90) && !(first == 0xF4 && second >= 0x90);
    return ok ? 4 : 0;
  }
  return 0;
}

const icu::Normalizer2& normalizer(const char* name, UNormalization2Mode mode) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* found = icu::Normalizer2::getInstance(nullptr, name, mode, error);
  return *found;
}

const icu::Normalizer2& nfc_normalizer() {
  static const icu::Normalizer2& kNfc = normalizer("nfc", UNORM2_COMPOSE);
  return kNfc;
}
const icu::Normalizer2& nfd_normalizer() {
  static const icu::Normalizer2& kNfd = normalizer("nfc", UNORM2_DECOMPOSE);
  return kNfd;
}
const icu::Normalizer2& casefold_normalizer() {
  static const icu::Normalizer2& kFold = normalizer("nfkc_cf", UNORM2_COMPOSE);
  return kFold;
}

std::string normalized(const icu::Normalizer2& form, std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::UnicodeString in = icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
  std::string out;
  form.normalize(in, error).toUTF8String(out);
  return out;
}

// Letters that Unicode does not decompose but readers of five languages type without their stroke.
char32_t without_stroke(char32_t c) {
  switch (c) {
    case U'ø': return U'o';
    case U'ł': return U'l';
    case U'đ': return U'd';
    case U'ħ': return U'h';
    case U'ı': return U'i';
    default: return c;
  }
}

std::string strip_marks(const std::string& folded) {
  const std::string decomposed = normalized(nfd_normalizer(), folded);
  std::string out;
  out.reserve(decomposed.size());
  for (std::size_t at = 0; at < decomposed.size();) {
    const char32_t c = next_code_point(decomposed, at);
    if (u_charType(static_cast<UChar32>(c)) == U_NON_SPACING_MARK) continue;
    if (c == U'æ') out += "ae";
    else if (c == U'œ') out += "oe";
    else append_utf8(out, without_stroke(c));
  }
  return out;
}

bool is_ascii_alnum(char c) { return is_ascii_digit(c) || is_ascii_alpha(c); }

// A letter, digit or mark outside ASCII.
bool is_word_code_point(char32_t c) {
  const auto type = U_MASK(u_charType(static_cast<UChar32>(c)));
  return (type & (U_GC_L_MASK | U_GC_N_MASK | U_GC_M_MASK)) != 0;
}

enum class Kind : std::uint8_t { other, letter, digit };
constexpr std::array<Kind, 256> kKinds = [] {
  std::array<Kind, 256> out{};
  for (std::size_t byte = 0; byte < out.size(); ++byte) {
    if (byte >= 0x80 || is_ascii_alpha(static_cast<char>(byte))) out[byte] = Kind::letter;
    else if (is_ascii_digit(static_cast<char>(byte))) out[byte] = Kind::digit;
  }
  return out;
}();

// The words of text[begin, end): letters and digits, with an inner apostrophe, full stop between digits or letters, underscore
// (UAX #29, the common part). Beyond ASCII everything counts as a letter: ICU has cut there before.
void add_words(std::string_view text, std::size_t begin, std::size_t end, std::vector<Word>& out) {
  const auto kind = [&](std::size_t i) { return kKinds[static_cast<unsigned char>(text[i])]; };
  const auto letter = [&](std::size_t i) { return kind(i) == Kind::letter; };
  const auto digit = [&](std::size_t i) { return kind(i) == Kind::digit; };
  const auto inner = [&](std::size_t i) { return kind(i) != Kind::other || text[i] == '_'; };
  const auto joins = [&](std::size_t i) {
    if (i == begin || i + 1 >= end) return false;
    const char c = text[i];
    if (c == '_') return inner(i - 1) && inner(i + 1);
    if (c == '\'' || c == '.') return (letter(i - 1) && letter(i + 1)) || (digit(i - 1) && digit(i + 1));
    return c == ',' && digit(i - 1) && digit(i + 1);
  };
  for (std::size_t i = begin; i < end;) {
    if (kind(i) == Kind::other) {
      ++i;
      continue;
    }
    const std::size_t start = i;
    while (i < end && (kind(i) != Kind::other || joins(i))) ++i;
    out.push_back({start, i});
  }
}

std::vector<Word> ascii_words(std::string_view text) {
  std::vector<Word> out;
  add_words(text, 0, text.size(), out);
  return out;
}

// ICU's segments, cut further by the rule for ASCII: a word is the same word whatever stands elsewhere in the text
// (ICU 72 takes @ for a letter, for one).
std::vector<Word> icu_words(std::string_view text) {
  thread_local const std::unique_ptr<icu::BreakIterator> breaker = [] {
    UErrorCode error = U_ZERO_ERROR;
    return std::unique_ptr<icu::BreakIterator>(icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), error));
  }();
  UErrorCode error = U_ZERO_ERROR;
  UText* input = utext_openUTF8(nullptr, text.data(), static_cast<int64_t>(text.size()), &error);
  breaker->setText(input, error);
  std::vector<Word> out;
  int32_t begin = breaker->first();
  for (int32_t end = breaker->next(); end != icu::BreakIterator::DONE; begin = end, end = breaker->next()) {
    if (breaker->getRuleStatus() != UBRK_WORD_NONE)
      add_words(text, static_cast<std::size_t>(begin), static_cast<std::size_t>(end), out);
  }
  utext_close(input);
  return out;
}

// Where in trimmed text, from `at` on, blanks stand that are not one space.
std::size_t next_wide(std::string_view text, std::size_t at) {
  constexpr std::size_t kBlock = 64;
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  for (; at + kBlock < text.size();
       at += kBlock) {  // every blank is one of the first characters; no branches: many bytes at a time
    unsigned found = 0;
    for (std::size_t i = at; i < at + kBlock; ++i)
      found |= unsigned{byte(i) < ' '} | (unsigned{byte(i) == ' '} & unsigned{byte(i + 1) <= ' '});
    if (found) break;
  }
  const auto wide = [&](std::size_t i) {
    return byte(i) <= ' ' && is_blank(text[i]) && (text[i] != ' ' || is_blank(text[i + 1]));
  };
  while (at < text.size() && !wide(at)) ++at;
  return at;
}

}  // namespace

std::size_t end_of_ascii(std::string_view text, std::size_t at) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080u;
  constexpr std::size_t kAhead = 2048;
  using Bytes [[gnu::vector_size(16)]] = unsigned char;  // GCC's and clang's: one instruction for all of them
  using Halves [[gnu::vector_size(16)]] = std::uint64_t;
  const auto load = [&]<class Word>(std::size_t from, Word out) {
    std::memcpy(&out, text.data() + from, sizeof out);
    return out;
  };
  for (; at + 64 <= text.size(); at += 64) {
    __builtin_prefetch(text.data() + at + kAhead);  // the first to read a text waits for memory
    const auto sixteen = [&](std::size_t from) { return load(at + from, Bytes{}); };
    const auto all = reinterpret_cast<Halves>((sixteen(0) | sixteen(16)) | (sixteen(32) | sixteen(48)));
    if (((all[0] | all[1]) & kHighBits) != 0) break;
  }
  while (at + 8 <= text.size() && (load(at, std::uint64_t{}) & kHighBits) == 0) at += 8;
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
  return at;
}

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; (at = end_of_ascii(text, at)) < text.size();) {
    const std::size_t length = sequence_length(text, at);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

std::string to_valid_utf8(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t length = sequence_length(bytes, at);
    if (length == 0) out += "\uFFFD", ++at;
    else out.append(bytes, at, length), at += length;
  }
  return out;
}

std::string from_windows_1252(std::string_view bytes) {
  static constexpr std::array<char16_t, 32> kHigh = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                     0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                                     0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                     0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
  std::string out;
  for (const char c : bytes) {
    const auto b = static_cast<unsigned char>(c);
    append_utf8(out, b >= 0x80 && b < 0xA0 ? kHigh[b - 0x80u] : b);
  }
  return out;
}

std::string nfc(std::string_view text) { return is_ascii(text) ? std::string(text) : normalized(nfc_normalizer(), text); }

std::string fold_case(std::string_view text) {
  return is_ascii(text) ? ascii_lower(text) : normalized(casefold_normalizer(), text);
}

std::string fold(std::string_view text) {
  return is_ascii(text) ? ascii_lower(text) : strip_marks(normalized(casefold_normalizer(), text));
}

std::string fold_key(std::string_view text) {
  const std::string folded = fold(text);
  std::string out;
  out.reserve(folded.size());
  bool gap = false;
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t begin = at;
    const char32_t c = next_code_point(folded, at);
    const bool word = c < 0x80 ? is_ascii_alnum(static_cast<char>(c)) : is_word_code_point(c);
    if (!word) {
      gap = gap || (c != U'\'' && c != U'\u2019');  // an apostrophe does not part a word
      continue;
    }
    if (gap && !out.empty()) out.push_back(' ');
    gap = false;
    out.append(folded, begin, at - begin);
  }
  return out;
}

std::string squeeze(std::string_view text) {
  text = trim(text);
  std::size_t narrow = next_wide(text, 0);
  if (narrow == text.size()) return std::string(text);
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0;; narrow = next_wide(text, at)) {  // a run of narrow text, then a gap
    out.append(text, at, narrow - at);
    if (narrow == text.size()) return out;
    for (at = narrow; is_blank(text[at]); ++at) {
    }  // trimmed: something follows
    out.push_back(' ');
  }
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> out;
  for (std::size_t at; (at = text.find(separator)) != std::string_view::npos; text.remove_prefix(at + 1))
    out.push_back(text.substr(0, at));
  out.push_back(text);
  return out;
}

std::string ascii_lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(c | (static_cast<unsigned char>(c - 'A') < 26 ? 0x20 : 0));  // many at a time
  return out;
}

bool iequals(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; };
  return std::ranges::equal(a, b, {}, lower, lower);
}

void append_utf8(std::string& out, char32_t c) {
  if (c < 0x80) {
    out.push_back(static_cast<char>(c));
  } else if (c < 0x800) {
    out.push_back(static_cast<char>(0xC0 | (c >> 6)));
    out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
  } else if (c < 0x10000) {
    if (c >= 0xD800 && c < 0xE000) c = 0xFFFD;
    out.push_back(static_cast<char>(0xE0 | (c >> 12)));
    out.push_back(static_cast<char>(0x80 | ((c >> 6) & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
  } else if (c < 0x110000) {
    out.push_back(static_cast<char>(0xF0 | (c >> 18)));
    out.push_back(static_cast<char>(0x80 | ((c >> 12) & 0x3F)));
    out.push_back(static_cast<char>(0x80 | ((c >> 6) & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
  } else {
    out += "\uFFFD";
  }
}

char32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto first = static_cast<unsigned char>(text[at]);
  if (first < 0x80) return ++at, first;
  const std::size_t length = sequence_length(text, at);
  if (length == 0) return ++at, U'\uFFFD';
  char32_t out = length == 2 ? first & 0x1Fu : length == 3 ? first & 0x0Fu : first & 0x07u;
  for (std::size_t i = 1; i < length; ++i) out = (out << 6) | (static_cast<unsigned char>(text[at + i]) & 0x3Fu);
  at += length;
  return out;
}

std::size_t count_code_points(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string ellipsis(std::string_view text, std::size_t limit) {
  if (text.size() <= limit || count_code_points(text) <= limit) return std::string(text);
  std::size_t at = 0, word_end = 0;
  for (std::size_t n = 0; n + 1 < limit && at < text.size(); ++n) {
    if (text[at] == ' ') word_end = at;
    next_code_point(text, at);
  }
  const std::size_t cut = word_end > at / 2 ? word_end : at;
  return std::string(trim(text.substr(0, cut))) + "…";
}

std::vector<Word> words(std::string_view text) { return is_ascii(text) ? ascii_words(text) : icu_words(text); }

std::string printable(std::string_view text, LineEnds ends) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const bool valid = sequence_length(text, at) > 0;
    const char32_t c = next_code_point(text, at);
    const bool bidi = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F || c == 0x061C;
    if (!valid) out += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[begin]));
    else if (c == '\n' && ends == LineEnds::keep) out.push_back('\n');
    else if (c == '\n' || c == '\r' || c == '\t') out.push_back(' ');
    else if (c < 0x20 || (c >= 0x7F && c < 0xA0)) out += fmt::format("\\x{:02x}", static_cast<unsigned>(c));
    else if (bidi) out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    else out.append(text, begin, at - begin);
  }
  return out;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  std::iota(last.begin(), last.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] != b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    before_last.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

std::string_view nearest(std::string_view word, const std::vector<std::string>& candidates) {
  std::string_view best;
  std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const std::string& candidate : candidates) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < best_distance) best = candidate, best_distance = distance;
  }
  return best;
}

}  // namespace colophon
