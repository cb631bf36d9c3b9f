// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace colophon::test {

/// What stands in a piece of HTML that we wrote, and what is wrong with it: tags that do not nest, attributes that are unquoted or twice
/// in a tag, ids that are not unique, references within the page (href="#…", for) without target, bare "&" and ">" in text. Stricter
/// than HTML: every element but the void ones is closed.
struct Markup {
  std::vector<std::string> faults;
  std::set<std::string> elements, attributes, ids;
};

inline Markup markup_of(std::string_view html) {
  static const std::set<std::string_view> kVoid = {"br", "img", "input", "meta", "link", "hr"};
  Markup out;
  std::vector<std::string> open;
  std::vector<std::string> targets;
  const auto fault = [&](std::string what, std::string_view at) {
    out.faults.push_back(std::move(what) + ": " + std::string(at.substr(0, 60)));
  };
  const auto check_text = [&](std::string_view text) {
    for (std::size_t i = text.find('&'); i != std::string_view::npos; i = text.find('&', i + 1)) {
      const std::string_view rest = text.substr(i);
      const bool known = std::ranges::any_of(std::vector<std::string_view>{"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"},
                                             [&](std::string_view name) { return rest.starts_with(name); });
      if (!known) fault("bare &", rest);
    }
    if (text.find('>') != std::string_view::npos) fault("bare >", text);
  };
  if (html.starts_with("<!doctype html>")) html.remove_prefix(15);
  while (!html.empty()) {
    const std::size_t text = std::min(html.find('<'), html.size());
    check_text(html.substr(0, text));
    html.remove_prefix(text);
    if (html.empty()) break;
    const std::string_view tag = html;
    const bool closes = html.starts_with("</");
    html.remove_prefix(closes ? 2 : 1);
    const std::size_t end = std::min(html.find_first_of(" >"), html.size());
    const std::string name(html.substr(0, end));
    html.remove_prefix(end);
    out.elements.insert(name);
    if (closes) {
      if (open.empty() || open.back() != name) fault("closes what is not open", tag);
      else open.pop_back();
    }
    std::set<std::string> own;
    while (html.starts_with(' ')) {
      html.remove_prefix(1);
      const std::size_t stop = std::min(html.find_first_of("= >"), html.size());
      const std::string attribute(html.substr(0, stop));
      html.remove_prefix(stop);
      if (attribute.empty() || !own.insert(attribute).second) fault("an attribute twice or without name", tag);
      out.attributes.insert(attribute);
      if (!html.starts_with("=")) continue;
      const std::size_t close = html.starts_with("=\"") ? html.find('"', 2) : std::string_view::npos;
      if (close == std::string_view::npos) {
        fault("an attribute without quotes", tag);
        return out;
      }
      const std::string value(html.substr(2, close - 2));
      html.remove_prefix(close + 1);
      if (value.find('<') != std::string::npos) fault("< in an attribute", tag);
      if (attribute == "id" && !out.ids.insert(value).second) fault("an id twice", tag);
      if (attribute == "for" || (attribute == "href" && value.starts_with('#')))
        targets.push_back(attribute == "for" ? value : value.substr(1));
    }
    if (!html.starts_with('>')) {
      fault("a tag that does not end", tag);
      return out;
    }
    html.remove_prefix(1);
    if (!closes && !kVoid.contains(name)) open.push_back(name);
  }
  for (const std::string& name : open) fault("left open", name);
  for (const std::string& target : targets) {
    if (!out.ids.contains(target)) fault("leads to nothing", target);
  }
  return out;
}

}  // namespace colophon::test
