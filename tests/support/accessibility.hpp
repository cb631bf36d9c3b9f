// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <map>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

namespace colophon::test {

/// What a page lacks for people who do not see it, or do not use a mouse (WCAG 2.2, as far as the markup alone tells): its language, one
/// main part and one heading of the first level, headings without gaps, pictures, links, buttons and header cells without words, fields without
/// label, parts of the same kind without names of their own, an order of focus of its own. The page is sound markup (markup.hpp).
inline std::vector<std::string> barriers_of(const std::string& html) {
  std::vector<std::string> out;
  const auto count = [&](const char* what) {
    const std::regex pattern(what);
    return std::distance(std::sregex_iterator(html.begin(), html.end(), pattern), std::sregex_iterator());
  };
  const auto each = [&](const char* what, const auto& look) {
    const std::regex pattern(what);
    for (std::sregex_iterator one(html.begin(), html.end(), pattern), end; one != end; ++one) look(*one);
  };
  const auto words = [](std::string inner) {
    inner = std::regex_replace(inner, std::regex("<img[^>]* alt=\"([^\"]*)\"[^>]*>"), "$1");
    inner = std::regex_replace(inner, std::regex("<[^>]*>"), "");
    return std::regex_replace(inner, std::regex("[\\s\xC2\xA0]+"), "");
  };
  const auto named = [](const std::string& tag) { return tag.find(" aria-label=\"") != std::string::npos; };

  if (count("<html lang=\"[a-z]") != 1) out.emplace_back("the page does not say its language");
  if (count("<main[ >]") != 1) out.emplace_back("not one main part");
  if (count("<h1[ >]") != 1) out.emplace_back("not one heading of the first level");
  if (count("<title>[^<]+</title>") != 1) out.emplace_back("no title");
  int level = 0;
  each("<h([1-6])[ >]", [&](const std::smatch& m) {
    const int next = m[1].str()[0] - '0';
    if (next > level + 1)
      out.push_back("a heading of level " + std::to_string(next) + " behind one of level " + std::to_string(level));
    level = next;
  });
  each("<img[^>]*>", [&](const std::smatch& m) {
    if (m.str().find(" alt=\"") == std::string::npos) out.push_back("a picture without alt: " + m.str());
  });
  each("<(a|button|summary|th)( [^>]*)?>([\\s\\S]*?)</\\1>", [&](const std::smatch& m) {
    if (words(m[3].str()).empty() && !named(m[2].str())) out.push_back("no words: " + m.str().substr(0, 80));
    if (m[1] == "th" && m[2].str().find(" scope=\"") == std::string::npos) out.push_back("a header cell of nothing: " + m.str());
  });
  each("<(input|select|textarea) [^>]*>", [&](const std::smatch& m) {
    std::smatch id;
    const std::string tag = m.str();
    if (tag.find("type=\"hidden\"") != std::string::npos || named(tag)) return;
    const bool labelled = std::regex_search(tag, id, std::regex(" id=\"([^\"]*)\"")) &&
                          html.find("<label for=\"" + id[1].str() + "\"") != std::string::npos;
    const bool elsewhere = !id.empty() && html.find(" for=\"" + id[1].str() + "\"") != std::string::npos;
    if (!labelled && !elsewhere) out.push_back("a field without label: " + tag);
  });
  std::map<std::string, int> navigations;
  each("<nav( [^>]*)?>", [&](const std::smatch& m) {
    if (++navigations[m[1].str()] > 1) out.push_back("two navigations of one name: " + m.str());
  });
  each(" tabindex=\"([^\"]*)\"", [&](const std::smatch& m) {
    if (m[1] != "0" && m[1] != "-1") out.push_back("an order of focus of its own: " + m.str());
  });
  each("<div [^>]*role=\"group\"[^>]*>", [&](const std::smatch& m) {
    if (!named(m.str())) out.push_back("a group without name: " + m.str());
  });
  return out;
}

}  // namespace colophon::test
