// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/bibtex/values.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace colophon::formats::bibtex {

std::size_t dash_length(std::string_view text, std::size_t at) {
  if (text[at] == '-') return 1;
  const std::string_view three = text.substr(at, 3);
  const bool general = three.size() == 3 && three.starts_with("\xE2\x80") && three[2] >= '\x90' && three[2] <= '\x95';
  return general || three == "\u2212" ? 3 : 0;
}

std::string normal_range(std::string_view text) {
  if (text.find_first_of("-\xE2") == std::string_view::npos) return squeeze(text);
  std::string out;
  out.reserve(text.size() + 2);
  const std::string squeezed = squeeze(text);
  for (std::size_t at = 0; at < squeezed.size();) {
    std::size_t dash = at;
    while (dash < squeezed.size() && squeezed[dash] == ' ') ++dash;
    std::size_t length = dash < squeezed.size() ? dash_length(squeezed, dash) : 0;
    if (length == 0) {
      out.push_back(squeezed[at++]);
      continue;
    }
    for (at = dash; at < squeezed.size() && (length = squeezed[at] == ' ' ? 1 : dash_length(squeezed, at)) > 0;) at += length;
    out += "–";
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
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '{') ++depth;
    else if (text[i] == '}' && depth > 0) --depth;
    else if (depth == 0 && separators.find(text[i]) != std::string_view::npos) add(i);
  }
  add(text.size());
  return out;
}

}  // namespace colophon::formats::bibtex
