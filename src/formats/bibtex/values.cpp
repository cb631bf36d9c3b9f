// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/bibtex/values.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace colophon::formats::bibtex {

std::size_t dash_length(std::string_view text, std::size_t at) {
  if (text[at] == '-') return 1;
  if (text[at] != '\xE2') return 0;
  const std::string_view three = text.substr(at, 3);
  const bool general = three.size() == 3 && three.starts_with("\xE2\x80") && three[2] >= '\x90' && three[2] <= '\x95';
  return general || three == "\u2212" ? 3 : 0;
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
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '{') ++depth;
    else if (text[i] == '}' && depth > 0) --depth;
    else if (depth == 0 && separators.find(text[i]) != std::string_view::npos) add(i);
  }
  add(text.size());
  return out;
}

}  // namespace colophon::formats::bibtex
