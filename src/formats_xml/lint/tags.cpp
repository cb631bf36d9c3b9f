// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats_xml/lint/tags.hpp"

#include <algorithm>
#include <array>

namespace colophon::formats_xml {
namespace {

struct Skipped {
  std::string_view begin, end;
};
constexpr std::array kSkipped = {Skipped{"<!--", "-->"}, Skipped{"<![CDATA[", "]]>"}, Skipped{"<?", "?>"}, Skipped{"<!", ">"},
                                 Skipped{"</", ">"}};

/// Behind the ">" of a start tag; one in quotes does not count.
std::size_t end_of_tag(std::string_view text, std::size_t at) {
  char quote = 0;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (quote != 0) quote = c == quote ? '\0' : quote;
    else if (c == '"' || c == '\'') quote = c;
    else if (c == '>') return at + 1;
  }
  return text.size();
}

}  // namespace

std::vector<Location> start_tags(std::string_view text) {
  std::vector<Location> out;
  Location here{{}, 1, 1, 0};
  std::size_t told = 0;
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at)) {
    const auto skipped = std::ranges::find_if(kSkipped, [&](const Skipped& s) { return text.substr(at).starts_with(s.begin); });
    if (skipped != kSkipped.end()) {
      const std::size_t end = text.find(skipped->end, at + skipped->begin.size());
      if (end == std::string_view::npos) break;
      at = end + skipped->end.size();
      continue;
    }
    for (; told < at; ++told) {
      if (text[told] == '\n') ++here.line, here.column = 1;
      else ++here.column;
    }
    out.push_back(here);
    at = end_of_tag(text, at + 1);
  }
  return out;
}

}  // namespace colophon::formats_xml
