// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/bibtex/values.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace colophon::formats::bibtex {

std::size_t dash_length(std::string_view text, std::size_t at) {
  if (text[at] == '-') return 1;
  if (text[at] != '\xE2') return 0;
  const std::string_view three = text.substr(at, 3);
  const bool general = three.size() == 3 && three.starts_with("\xE2\x80") && three[2] >= '\x90' && three[2] <= '\x95';
  return general || three == "\u2212" ? 3 : 0;
}

bool is_plain_range(std::string_view text) {
  static constexpr auto kPlain = [] {
    std::array<bool, 256> out{};
    for (const char c : std::string_view("0123456789-,.: ")) out[static_cast<unsigned char>(c)] = true;
    for (std::size_t c = 'a'; c <= 'z'; ++c) out[c] = out[c - 32] = true;
    return out;
  }();
  return std::ranges::all_of(text, [](char c) { return kPlain[static_cast<unsigned char>(c)]; });
}

std::string normal_range(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 2);
  bool blank = false;  // one is due before the next character
  for (std::size_t at = 0; at < text.size();) {
    std::size_t length = is_blank(text[at]) ? 0 : dash_length(text, at);
    if (length > 0) {
      for (; at < text.size() && (length = is_blank(text[at]) ? 1 : dash_length(text, at)) > 0;) at += length;
      out += "–";
      blank = false;
    } else if (is_blank(text[at])) {
      blank = !out.empty();
      ++at;
    } else {
      if (blank) out.push_back(' ');
      blank = false;
      out.push_back(text[at++]);
    }
  }
  return out;
}

std::vector<std::string_view> cut(std::string_view text, std::string_view separators) {
  std::vector<std::string_view> out;
  std::size_t depth = 0, begin = 0;
  const auto add = [&](std::size_t end) {
    const std::string_view one = trim(text.substr(begin, end - begin));
    if (!one.empty()) out.push_back(one);
    begin = end + 1;
  };
  std::array<bool, 256> stops{};
  for (const char c : separators) stops[static_cast<unsigned char>(c)] = true;
  stops['{'] = stops['}'] = true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!stops[static_cast<unsigned char>(text[i])]) continue;
    if (text[i] == '{') ++depth;
    else if (text[i] == '}') depth -= depth > 0 ? 1u : 0u;
    else if (depth == 0) add(i);
  }
  add(text.size());
  return out;
}

}  // namespace colophon::formats::bibtex
