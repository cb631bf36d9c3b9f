// SPDX-License-Identifier: GPL-3.0-or-later
#include "bib/language_tag.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"

namespace colophon::bib {
namespace {

// ISO 639-2, bibliographic and terminological, to ISO 639-1.
constexpr std::array<std::pair<std::string_view, std::string_view>, 56> kShort = {{
    {"ara", "ar"}, {"baq", "eu"}, {"ben", "bn"}, {"bul", "bg"}, {"cat", "ca"}, {"ces", "cs"}, {"chi", "zh"}, {"cze", "cs"},
    {"dan", "da"}, {"deu", "de"}, {"dut", "nl"}, {"ell", "el"}, {"eng", "en"}, {"est", "et"}, {"eus", "eu"}, {"fas", "fa"},
    {"fin", "fi"}, {"fra", "fr"}, {"fre", "fr"}, {"ger", "de"}, {"glg", "gl"}, {"gre", "el"}, {"heb", "he"}, {"hin", "hi"},
    {"hrv", "hr"}, {"hun", "hu"}, {"ice", "is"}, {"ind", "id"}, {"isl", "is"}, {"ita", "it"}, {"jpn", "ja"}, {"kor", "ko"},
    {"lat", "la"}, {"lav", "lv"}, {"lit", "lt"}, {"may", "ms"}, {"msa", "ms"}, {"nld", "nl"}, {"nor", "no"}, {"per", "fa"},
    {"pol", "pl"}, {"por", "pt"}, {"ron", "ro"}, {"rum", "ro"}, {"rus", "ru"}, {"slk", "sk"}, {"slv", "sl"}, {"spa", "es"},
    {"srp", "sr"}, {"swa", "sw"}, {"swe", "sv"}, {"tha", "th"}, {"tur", "tr"}, {"ukr", "uk"}, {"vie", "vi"}, {"zho", "zh"},
}};

bool is_tag(std::string_view text) {
  std::size_t run = 0;
  for (const char c : text) {
    run = c == '-' || c == '_' ? 0 : run + 1;
    if (run == 0 ? &c == text.data() || &c == &text.back() : run > 8 || !(is_ascii_alpha(c) || is_ascii_digit(c))) return false;
  }
  return text.size() >= 2 && text.size() <= 35;
}

// A script is written Xxxx, a region XX, all else in small letters; what follows a single letter is an extension's.
void append_part(std::string& out, std::string part, bool& extension) {
  extension = extension || part.size() == 1;
  if (out.empty()) {
    const auto found = std::ranges::find(kShort, part, &std::pair<std::string_view, std::string_view>::first);
    out = found == kShort.end() ? std::move(part) : std::string(found->second);
    return;
  }
  const auto upper = [](char& c) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  };
  if (!extension && part.size() == 2) std::ranges::for_each(part, upper);
  if (!extension && part.size() == 4 && is_ascii_alpha(part[0])) upper(part[0]);
  out.append("-").append(part);
}

}  // namespace

std::string language_tag(std::string_view text) {
  if (!is_tag(text)) return std::string(text);
  std::string low = ascii_lower(text), out;
  std::ranges::replace(low, '_', '-');
  bool extension = false;
  for (const std::string_view part : split(low, '-')) append_part(out, std::string(part), extension);
  return out;
}

}  // namespace colophon::bib
