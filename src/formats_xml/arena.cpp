// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats_xml/arena.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "base/text.hpp"

namespace colophon::formats_xml {
namespace {

// XML has no other characters up to the blank.
bool is_xml_blank(char c) { return static_cast<unsigned char>(c) <= ' '; }

using Looks = TextArena::Looks;

// GCC's and clang's vectors: a few instructions for sixteen bytes.
constexpr std::size_t kWidth = 16;
using Bytes [[gnu::vector_size(kWidth)]] = unsigned char;
constexpr Bytes kBlanks = Bytes{} + ' ';
constexpr std::uint64_t kEach = 0x0101010101010101u;
static_assert(std::endian::native == std::endian::little, "the lowest byte of a word is taken for the first");

template <class T>
T load(const char* from) {
  T out;
  std::memcpy(&out, from, sizeof out);
  return out;
}

// The highest bit of each byte, the first one's lowest.
std::uint32_t high_bits(Bytes bytes) {
#ifdef __SSE2__
  return static_cast<std::uint32_t>(
      __builtin_ia32_pmovmskb128(reinterpret_cast<char __attribute__((vector_size(kWidth)))>(bytes)));
#else
  std::uint64_t words[2];
  std::memcpy(words, &bytes, kWidth);
  const auto gathered = [](std::uint64_t word) {
    return static_cast<std::uint32_t>((word >> 7 & kEach) * 0x0102040810204080u >> 56);
  };
  return gathered(words[0]) | gathered(words[1]) << 8;
#endif
}

// A bit for each byte of a block.
constexpr std::size_t kBlock = 2 * kWidth;
struct Bits {
  std::uint32_t blank = 0;
  std::uint32_t beyond_ascii = 0;
};

// Copies a block, every blank as ' '.
Bits copy_block(char* to, const char* from) {
  const auto first = load<Bytes>(from), second = load<Bytes>(from + kWidth);
  const Bytes a = first > kBlanks ? first : kBlanks, b = second > kBlanks ? second : kBlanks;
  std::memcpy(to, &a, kWidth), std::memcpy(to + kWidth, &b, kWidth);
  return {high_bits(reinterpret_cast<Bytes>(a == kBlanks)) | high_bits(reinterpret_cast<Bytes>(b == kBlanks)) << kWidth,
          high_bits(first) | high_bits(second) << kWidth};
}

// The same for `size` bytes of it: all of it is touched.
Looks copy_part(char* to, const char* from, std::size_t size) {
  const Bits all = copy_block(to, from);
  const auto own = static_cast<std::uint32_t>((std::uint64_t{1} << size) - 1);
  const std::uint32_t blank = all.blank & own;
  return {(blank & blank << 1) == 0, (all.beyond_ascii & own) == 0};
}

// The same for a block or more. The last bytes are done by a block that overlaps others.
Looks copy_long(char* to, std::string_view from) {
  std::uint32_t doubled = 0, beyond_ascii = 0, before = 0;
  const auto block = [&](std::size_t at) {
    const Bits all = copy_block(to + at, from.data() + at);
    doubled |= all.blank & (all.blank << 1 | before);
    before = all.blank >> (kBlock - 1);
    beyond_ascii |= all.beyond_ascii;
  };
  std::size_t at = 0;
  for (; at + kBlock <= from.size(); at += kBlock) block(at);
  if (before = 0; at < from.size()) block(from.size() - kBlock);
  return {doubled == 0, beyond_ascii == 0};
}

// How many blanks a text begins with.
std::size_t count_blanks(std::string_view text, std::size_t readable) {
  std::size_t at = 0;
  for (; at + 8 <= readable && at < text.size(); at += 8) {
    const auto word = load<std::uint64_t>(text.data() + at);
    const std::uint64_t others = (((word & 0x7F * kEach) + (0x7F - ' ') * kEach) | word) & 0x80 * kEach;
    if (others != 0) return std::min(text.size(), at + static_cast<std::size_t>(std::countr_zero(others)) / 8);
  }
  at = std::min(at, text.size());
  while (at < text.size() && is_xml_blank(text[at])) ++at;
  return at;
}

// True for text that is surely in NFC already: the scripts of Europe and East Asia, precomposed, and usual punctuation.
bool is_plainly_nfc(std::string_view text) {
  const auto byte = [&](std::size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U; };
  for (std::size_t at = 0; at < text.size();) {
    const unsigned lead = byte(at);
    if (lead < 0x80) at = end_of_ascii(text, at);
    else if (lead < 0xCC) at += 2;                                                              // up to U+02FF
    else if (lead >= 0xCE && lead <= 0xD1 && !(lead == 0xCE && byte(at + 1) == 0x87)) at += 2;  // Greek, Cyrillic
    else if (lead == 0xE2 && byte(at + 1) == 0x80 && byte(at + 2) >= 0x82) at += 3;             // dashes, quotation marks, spaces
    else if (lead == 0xE2 && byte(at + 1) >= 0x88 && byte(at + 1) <= 0x8B) at += 3;             // mathematical operators
    else if (lead >= 0xE4 && lead <= 0xE9) at += 3;                                             // Han
    else return false;
  }
  return true;
}

template <class At>
bib::RichText normalized(std::size_t count, const At& run) {
  bib::RichText out;
  for (std::size_t i = 0; i < count; ++i) {
    const bib::Run now = run(i);
    if (is_plainly_nfc(now.text)) out.append(now);
    else out.append(nfc(now.text), now.marks, now.href, now.mathml);
  }
  return out;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_xml_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_xml_blank(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace

[[gnu::noinline]] void TextArena::grow(std::size_t more) { bytes_.resize(2 * (size_ + more) + 1000); }

char* TextArena::room(std::size_t more) {
  if (size_ + more > bytes_.size()) grow(more);
  return bytes_.data() + size_;
}

void TextArena::append(std::string_view text, std::size_t readable) {
  if (text.empty()) return;
  if (is_xml_blank(text.front())) {  // often the indentation between two elements
    const std::size_t blanks = count_blanks(text, readable);
    text.remove_prefix(blanks), readable -= blanks;
    if (const char before = size_ == 0 ? '\n' : bytes_[size_ - 1]; before != ' ' && before != '\n') put(' ');
    if (text.empty()) return;
  }
  if (text.size() > kBlock || readable < kBlock) return append_any(text);
  const Looks looks = copy_part(room(kBlock), text.data(), text.size());
  if (!looks.squeezed || !looks.ascii) return settle(text, looks);
  size_ += text.size();
}

[[gnu::noinline]] void TextArena::append_any(std::string_view text) {
  if (text.size() >= kBlock) return settle(text, copy_long(room(text.size()), text));
  char whole[kBlock] = {};
  std::memcpy(whole, text.data(), text.size());
  settle(text, copy_part(room(kBlock), whole, text.size()));
}

// Takes what was copied behind the end.
void TextArena::settle(std::string_view text, Looks looks) {
  size_ += looks.squeezed ? text.size() : squeeze_in_place(bytes_.data() + size_, text.size());
  if (!looks.ascii && !is_plainly_nfc(text)) beyond_nfc_ = size_;
}

void TextArena::append_verbatim(std::string_view text) {
  std::memcpy(room(text.size()), text.data(), text.size());
  size_ += text.size();
  if (!is_plainly_nfc(text)) beyond_nfc_ = size_;
}

void TextArena::put(char c) { *room(1) = c, ++size_; }

// The new size of what stands at `text`, which begins with no blank. Blocks without two blanks side by side are moved as they are;
// others without a branch for each byte: where blanks stand cannot be foreseen.
std::size_t TextArena::squeeze_in_place(char* text, std::size_t size) {
  std::size_t out = 0, at = 0;
  std::uint32_t before = 0;  // 1 behind a blank
  for (; at + kBlock <= size; at += kBlock) {
    const std::uint32_t blank = copy_block(text + out, text + at).blank;
    const std::uint32_t doubled = blank & (blank << 1 | before);
    before = blank >> (kBlock - 1);
    if (doubled == 0) {
      out += kBlock;
      continue;
    }
    const char* const block = text + out;
    for (std::size_t i = 0; i < kBlock; ++i) {
      text[out] = block[i];
      out += (doubled >> i & 1) ^ 1;
    }
  }
  for (; at < size; ++at) {
    const bool blank = is_xml_blank(text[at]);
    text[out] = blank ? ' ' : text[at];
    out += static_cast<std::size_t>(!(blank && before != 0));
    before = blank ? 1 : 0;
  }
  return out;
}

void TextArena::new_line(std::size_t begin) {
  std::size_t size = size_;
  while (size > begin && bytes_[size - 1] == ' ') --size;
  if (size < size_) truncate(size);  // marks that ended before the blank do not go on
  if (size_ > begin && bytes_[size_ - 1] != '\n') put('\n');
}

[[gnu::noinline]] void TextArena::insert(std::span<const Insertion> insertions) {
  if (insertions.empty()) return;
  std::size_t more = 0;
  for (const Insertion& one : insertions) more += one.text.size();
  room(more);
  char* const bytes = bytes_.data();
  std::size_t from = size_, to = size_ + more;  // from the last one back: what stands behind it, then itself
  for (auto one = insertions.rbegin(); one != insertions.rend(); ++one) {
    to -= from - one->at;
    std::memmove(bytes + to, bytes + one->at, from - one->at);
    from = one->at;
    to -= one->text.size();
    std::memcpy(bytes + to, one->text.data(), one->text.size());
  }
  size_ += more;
  if (beyond_nfc_ > insertions.front().at) beyond_nfc_ += more;
  auto one = insertions.begin();
  std::size_t before = 0;  // bytes put before the run
  for (Run& run : runs_) {
    while (one != insertions.end() && (one->at < run.begin || (one->at == run.begin && run.marks != 0)))
      before += one++->text.size();
    run.begin += before;
  }
}

[[gnu::noinline]] void TextArena::truncate_runs(std::size_t size) {
  const Run current = runs_.back();
  while (!runs_.empty() && runs_.back().begin >= size) runs_.pop_back();
  if (size == 0) attached_.resize(std::max(current.link.end, current.mathml.end));
  if (!current.looks_like(runs_.empty() ? Run() : runs_.back())) {
    runs_.push_back(current);
    runs_.back().begin = size_;
  }
}

void TextArena::set_marks(std::uint16_t marks) {
  Run& run = runs_.empty() || runs_.back().begin != size_ ? runs_.emplace_back() : runs_.back();
  run.begin = size_;  // one by one: put together elsewhere and copied as a whole, it would be waited for
  run.marks = marks;
  run.link = run.mathml = Piece();
}

void TextArena::set_marks(std::uint16_t marks, std::string_view link, std::string_view mathml) {
  const auto kept = [&](std::string_view text) {
    if (text.empty()) return Piece();
    attached_ += text;
    return Piece{static_cast<std::uint32_t>(attached_.size() - text.size()), static_cast<std::uint32_t>(attached_.size())};
  };
  set_marks(marks);
  runs_.back().link = kept(link);
  runs_.back().mathml = kept(mathml);
}

std::string_view TextArena::view(std::size_t begin) const {
  if (begin >= size_) return {};
  const std::string_view text = trimmed({bytes_.data() + begin, size_ - begin});
  return beyond_nfc_ <= begin || is_plainly_nfc(text) ? text : normalized_ = nfc(text);
}

bib::RichText TextArena::rich(std::size_t begin, std::string_view lang) const {
  bib::RichText out;
  rich(begin, lang, out);
  return out;
}

void TextArena::rich(std::size_t begin, std::string_view lang, bib::RichText& out) const {
  if (begin >= size_) return;
  const std::string_view whole = trimmed({bytes_.data() + begin, size_ - begin});
  if (whole.empty()) return;
  const std::size_t at = static_cast<std::size_t>(whole.data() - bytes_.data());
  const bool plainly_nfc = beyond_nfc_ <= begin;
  if (plainly_nfc && (runs_.empty() || (runs_.back().begin <= at && runs_.back().looks_like(Run())))) {
    out.append(whole);
  } else {
    out = marked(whole, plainly_nfc);
  }
  if (!lang.empty()) out.lang = lang;
}

bib::RichText TextArena::marked(std::string_view text, bool plainly_nfc) const {
  const std::size_t at = static_cast<std::size_t>(text.data() - bytes_.data());
  const auto size = [](const Run& run) { return run.link.size() + run.mathml.size(); };
  auto second = runs_.end();  // the first of those that begin in it: usually few or none, so from the last one back
  std::size_t count = 1, attached = 0;
  for (; second != runs_.begin() && std::prev(second)->begin > at; --second) {
    if (std::prev(second)->begin >= at + text.size()) continue;
    ++count;
    attached += size(*std::prev(second));
  }
  const Run first = second == runs_.begin() ? Run() : *std::prev(second);
  attached += size(first);
  const auto run = [&](std::size_t i) -> bib::Run {
    const Run& now = i == 0 ? first : second[static_cast<std::ptrdiff_t>(i) - 1];
    const std::size_t begin = i == 0 ? 0 : now.begin - at;
    const std::size_t end = i + 1 == count ? text.size() : second[static_cast<std::ptrdiff_t>(i)].begin - at;
    return {text.substr(begin, end - begin), now.marks, text_of(now.link), text_of(now.mathml)};
  };
  return plainly_nfc ? bib::RichText::of(text, count, attached, run) : normalized(count, run);
}

}  // namespace colophon::formats_xml
