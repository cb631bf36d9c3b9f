// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats_office/number_format.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace colophon::formats_office {

Shows shown_by(std::string_view code) {
  bool y = false, m = false, d = false, time = false;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == ';') break;
    if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (c == '"' || c == '[') {
      const std::size_t end = std::min(code.find(c == '"' ? '"' : ']', i + 1), code.size());
      const std::string_view inside = code.substr(i + 1, end - i - 1);
      if (c == '[' && (iequals(inside, "h") || iequals(inside, "hh") || iequals(inside, "mm") || iequals(inside, "ss")))
        time = true;
      i = end;
    } else if (iequals(code.substr(i, 7), "general")) {
      i += 6;
    } else if (iequals(code.substr(i, 5), "am/pm")) {
      time = true;
      i += 4;
    } else {
      y = y || c == 'y' || c == 'Y';
      m = m || c == 'm' || c == 'M';
      d = d || c == 'd' || c == 'D';
      time = time || c == 'h' || c == 'H' || c == 's' || c == 'S';
    }
  }
  if (d) return Shows::day;
  if (time) return y ? Shows::day : Shows::time;
  if (m) return Shows::month;
  return y ? Shows::year : Shows::number;
}

Shows shown_by(std::uint32_t built_in) {
  struct Row {
    std::uint32_t first, last;
    Shows shows;
  };
  static constexpr std::array kRows = {Row{14, 16, Shows::day},  Row{17, 17, Shows::month}, Row{18, 21, Shows::time},
                                       Row{22, 22, Shows::day},  Row{27, 31, Shows::day},   Row{32, 35, Shows::time},
                                       Row{36, 36, Shows::day},  Row{45, 47, Shows::time},  Row{50, 54, Shows::day},
                                       Row{55, 56, Shows::time}, Row{57, 58, Shows::day}};
  const auto row = std::ranges::find_if(kRows, [&](const Row& r) { return built_in >= r.first && built_in <= r.last; });
  return row == kRows.end() ? Shows::number : row->shows;
}

}  // namespace colophon::formats_office
