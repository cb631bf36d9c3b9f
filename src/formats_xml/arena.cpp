// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats_xml/arena.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/text.hpp"

namespace colophon::formats_xml {
namespace {

bool is_xml_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

// What the bytes of a text hold that its reader has to mind.
struct Looks {
  bool squeezed = true;  ///< white space is no more than one blank between words
  bool ascii = true;
};

// GCC's and clang's vectors: a few instructions for sixteen bytes.
constexpr std::size_t kWidth = 16;
using Bytes [[gnu::vector_size(kWidth)]] = unsigned char;

// Ones for the first `size` bytes.
Bytes first_of(std::size_t size) {
  static constexpr auto kOnes = [] {
    std::array<unsigned char, 2 * kWidth> out{};
    std::fill_n(out.begin(), kWidth, static_cast<unsigned char>(0xFF));
    return out;
  }();
  Bytes out;
  std::memcpy(&out, kOnes.data() + kWidth - std::min(size, kWidth), kWidth);
  return out;
}

bool any(const Bytes& bytes, std::uint64_t mask) {
  std::uint64_t words[2];
  std::memcpy(words, &bytes, kWidth);
  return ((words[0] | words[1]) & (mask * 0x0101010101010101u)) != 0;
}

// Looks at each byte beside the one before it. REQUIRES: a byte before the text, and kWidth of them behind it.
Looks look_at(std::string_view text) {
  Bytes bad{}, all{};
  for (std::size_t at = 0; at < text.size(); at += kWidth) {
    Bytes here, before;
    std::memcpy(&here, text.data() + at, kWidth);
    std::memcpy(&before, text.data() + at - 1, kWidth);
    const Bytes ours = first_of(text.size() - at);
    bad |= reinterpret_cast<Bytes>((here < ' ') | ((here == ' ') & (before == ' '))) & ours;
    all |= here & ours;
  }
  return {!any(bad, 0xFF), !any(all, 0x80)};
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

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_xml_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_xml_blank(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace

// Behind the text there is always room to look at kWidth bytes.
char* TextArena::room(std::size_t more) {
  if (size_ + more + kWidth > bytes_.size()) bytes_.resize(2 * (size_ + more) + 1000);
  return bytes_.data() + size_;
}

void TextArena::append(std::string_view text) {
  const char before = size_ == 0 ? '\n' : bytes_[size_ - 1];
  while (!text.empty() && text.front() == ' ' && (before == ' ' || before == '\n')) text.remove_prefix(1);
  if (text.empty()) return;
  char* const to = room(text.size());
  std::memcpy(to, text.data(), text.size());
  // at the very beginning nothing stands before the first byte, which is no blank then
  const std::size_t first = size_ == 0 ? 1 : 0;
  const Looks looks = look_at({to + first, text.size() - first});
  const bool squeezed = looks.squeezed && (first == 0 || static_cast<unsigned char>(*to) > ' ');
  const bool ascii = looks.ascii && (first == 0 || static_cast<unsigned char>(*to) < 0x80);
  size_ += squeezed ? text.size() : squeeze_in_place(to, text.size(), before);
  if (!ascii) beyond_ascii_ = size_;
}

void TextArena::append_verbatim(std::string_view text) {
  std::memcpy(room(text.size()), text.data(), text.size());
  size_ += text.size();
  beyond_ascii_ = size_;
}

void TextArena::put(char c) { *room(1) = c, ++size_; }

// The new size of what stands at `text` behind the character `before`.
std::size_t TextArena::squeeze_in_place(char* text, std::size_t size, char before) {
  std::size_t out = 0;
  for (std::size_t at = 0; at < size; ++at) {
    const char c = is_xml_blank(text[at]) ? ' ' : text[at];
    if (c == ' ' && (before == ' ' || before == '\n')) continue;
    text[out++] = before = c;
  }
  return out;
}

void TextArena::new_line(std::size_t begin) {
  std::size_t size = size_;
  while (size > begin && bytes_[size - 1] == ' ') --size;
  if (size < size_) truncate(size);  // marks that ended before the blank do not go on
  if (size_ > begin && bytes_[size_ - 1] != '\n') put('\n');
}

void TextArena::truncate_runs(std::size_t size) {
  const std::uint16_t current = marks();
  const std::uint32_t link = runs_.empty() ? 0 : runs_.back().link;
  const std::uint32_t mathml = runs_.empty() ? 0 : runs_.back().mathml;
  while (!runs_.empty() && runs_.back().begin >= size) runs_.pop_back();
  if (size == 0) links_.resize(std::max(link, mathml) + std::size_t{1});
  const Run left = runs_.empty() ? Run{0, 0, 0} : runs_.back();
  if (current != left.marks || link != left.link || mathml != left.mathml) runs_.push_back({size_, current, link, mathml});
}

void TextArena::set_marks(std::uint16_t marks, std::string_view link, std::string_view mathml) {
  const auto kept = [&](std::string_view text) {
    if (text.empty()) return std::uint32_t{0};
    links_.emplace_back(text);
    return static_cast<std::uint32_t>(links_.size() - 1);
  };
  const Run run{size_, marks, kept(link), kept(mathml)};
  if (!runs_.empty() && runs_.back().begin == size_) runs_.back() = run;
  else runs_.push_back(run);
}

std::string_view TextArena::view(std::size_t begin) const {
  if (begin >= size_) return {};
  const std::string_view text = trimmed(raw(begin));
  return beyond_ascii_ <= begin || is_plainly_nfc(text) ? text : normalized_ = nfc(text);
}

bib::RichText TextArena::rich(std::size_t begin, std::string_view lang) const {
  bib::RichText out;
  if (begin >= size_) return out;
  const std::string_view whole = trimmed(raw(begin));
  if (whole.empty()) return out;
  std::size_t at = static_cast<std::size_t>(whole.data() - bytes_.data());
  const std::size_t end = at + whole.size();
  const bool ascii = beyond_ascii_ <= begin;
  if (ascii && (runs_.empty() || (runs_.back().begin <= at && is_plain(runs_.back()))))
    return bib::RichText(std::string(whole), std::string(lang));
  // usually few or none: from the last one back
  auto run = runs_.end();
  while (run != runs_.begin() && std::prev(run)->begin > at) --run;
  out.reserve(whole.size());
  while (at < end) {
    const std::size_t next = std::min(run == runs_.end() ? end : run->begin, end);
    const Run current = run == runs_.begin() ? Run{0, 0, 0} : *std::prev(run);
    if (const std::string_view piece = raw(at).substr(0, next - at); ascii || is_plainly_nfc(piece))
      out.append(piece, current.marks, links_[current.link], links_[current.mathml]);
    else out.append(nfc(piece), current.marks, links_[current.link], links_[current.mathml]);
    at = std::max(at, next);
    if (run != runs_.end()) ++run;
  }
  out.lang = lang;
  return out;
}

}  // namespace colophon::formats_xml
