// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats_xml/arena.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace colophon::formats_xml {
namespace {

bool is_xml_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

// True for text that is surely in NFC already: the scripts of Europe and East Asia, precomposed, and usual punctuation.
bool is_plainly_nfc(std::string_view text) {
  const auto byte = [&](std::size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U; };
  for (std::size_t at = 0; at < text.size();) {
    const unsigned lead = byte(at);
    if (lead < 0x80) ++at;
    else if (lead < 0xCC) at += 2;                                                              // up to U+02FF
    else if (lead >= 0xCE && lead <= 0xD1 && !(lead == 0xCE && byte(at + 1) == 0x87)) at += 2;  // Greek, Cyrillic
    else if (lead == 0xE2 && byte(at + 1) == 0x80 && byte(at + 2) >= 0x82) at += 3;             // dashes, quotation marks, spaces
    else if (lead == 0xE2 && byte(at + 1) >= 0x88 && byte(at + 1) <= 0x8B) at += 3;             // mathematical operators
    else if (lead >= 0xE4 && lead <= 0xE9) at += 3;                                             // Han
    else return false;
  }
  return true;
}

std::string in_nfc(std::string_view text) { return is_plainly_nfc(text) ? std::string(text) : nfc(text); }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_xml_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_xml_blank(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace

// Copied in stretches: a blank alone between two words is taken as it is.
void TextArena::append(std::string_view text) {
  const auto is_low = [](char c) { return static_cast<unsigned char>(c) <= ' '; };
  for (std::size_t at = 0; at < text.size();) {
    if (is_xml_blank(text[at])) {
      if (!text_.empty() && text_.back() != ' ' && text_.back() != '\n') text_.push_back(' ');
      do ++at;
      while (at < text.size() && is_xml_blank(text[at]));
      continue;
    }
    std::size_t end = at + 1;
    while (end < text.size() && (!is_low(text[end]) || (text[end] == ' ' && end + 1 < text.size() && !is_low(text[end + 1]))))
      ++end;
    text_.append(text.data() + at, end - at);
    at = end;
  }
}

void TextArena::new_line(std::size_t begin) {
  std::size_t size = text_.size();
  while (size > begin && text_[size - 1] == ' ') --size;
  if (size < text_.size()) truncate(size);  // marks that ended before the blank do not go on
  if (text_.size() > begin && text_.back() != '\n') text_.push_back('\n');
}

void TextArena::truncate(std::size_t size) {
  if (size < text_.size()) text_.resize(size);
  const std::uint16_t current = marks();
  const std::uint32_t link = runs_.empty() ? 0 : runs_.back().link;
  const std::uint32_t mathml = runs_.empty() ? 0 : runs_.back().mathml;
  while (!runs_.empty() && runs_.back().begin >= size) runs_.pop_back();
  if (size == 0) links_.resize(std::max(link, mathml) + std::size_t{1});
  const Run left = runs_.empty() ? Run{0, 0, 0} : runs_.back();
  if (current != left.marks || link != left.link || mathml != left.mathml) runs_.push_back({text_.size(), current, link, mathml});
}

void TextArena::set_marks(std::uint16_t marks, std::string_view link, std::string_view mathml) {
  const auto kept = [&](std::string_view text) {
    if (text.empty()) return std::uint32_t{0};
    links_.emplace_back(text);
    return static_cast<std::uint32_t>(links_.size() - 1);
  };
  const Run run{text_.size(), marks, kept(link), kept(mathml)};
  if (!runs_.empty() && runs_.back().begin == text_.size()) runs_.back() = run;
  else runs_.push_back(run);
}

std::string TextArena::plain(std::size_t begin) const {
  return begin >= text_.size() ? std::string() : in_nfc(trimmed(raw(begin)));
}

bib::RichText TextArena::rich(std::size_t begin, std::string_view lang) const {
  bib::RichText out;
  if (begin >= text_.size()) return out;
  const std::string_view whole = trimmed(raw(begin));
  if (whole.empty()) return out;
  std::size_t at = static_cast<std::size_t>(whole.data() - text_.data());
  const std::size_t end = at + whole.size();
  auto run = std::ranges::upper_bound(runs_, at, {}, &Run::begin);
  while (at < end) {
    const std::size_t next = std::min(run == runs_.end() ? end : run->begin, end);
    const Run current = run == runs_.begin() ? Run{0, 0, 0} : *std::prev(run);
    if (const std::string_view piece = std::string_view(text_).substr(at, next - at); is_plainly_nfc(piece))
      out.append(piece, current.marks, links_[current.link], links_[current.mathml]);
    else out.append(nfc(piece), current.marks, links_[current.link], links_[current.mathml]);
    at = std::max(at, next);
    if (run != runs_.end()) ++run;
  }
  out.lang = lang;
  return out;
}

}  // namespace colophon::formats_xml
