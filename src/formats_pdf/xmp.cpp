// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats_pdf/xmp.hpp"

#include <array>
#include <charconv>
#include <cstdint>
#include <utility>

#include "base/text.hpp"

namespace colophon::formats_pdf {
namespace {

constexpr std::array<std::pair<std::string_view, char>, 5> kEntities = {
    {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}}};

void append_reference(std::string_view name, std::string& out) {
  for (const auto& [entity, c] : kEntities) {
    if (name == entity) out.push_back(c);
  }
  if (!name.starts_with('#')) return;
  const bool hexadecimal = name.starts_with("#x");
  name.remove_prefix(hexadecimal ? 2 : 1);
  std::uint32_t code = 0;
  std::from_chars(name.data(), name.data() + name.size(), code, hexadecimal ? 16 : 10);
  if (code >= 0x20 && code < 0x110000 && (code < 0xD800 || code > 0xDFFF)) append_utf8(out, code);
}

// Character data without tags, references resolved.
std::string content(std::string_view xml) {
  std::string out;
  for (std::size_t at = 0; at < xml.size(); ++at) {
    if (xml[at] == '<') {
      at = xml.find('>', at);
      if (at == std::string_view::npos) break;
    } else if (const std::size_t end = xml[at] == '&' ? xml.find(';', at) : std::string_view::npos;
               end != std::string_view::npos && end - at < 12) {
      append_reference(xml.substr(at + 1, end - at - 1), out);
      at = end;
    } else {
      out.push_back(xml[at]);
    }
  }
  return squeeze(out);
}

// What stands between the next <tag …> and </tag>, from `at`, which moves behind it.
std::string_view element(std::string_view xml, std::string_view tag, std::size_t& at) {
  const std::string open = "<" + std::string(tag), close = "</" + std::string(tag) + ">";
  for (at = xml.find(open, at); at != std::string_view::npos; at = xml.find(open, at + 1)) {
    const std::size_t behind = at + open.size();
    if (behind >= xml.size() || (xml[behind] != '>' && !is_blank(xml[behind]))) continue;
    const std::size_t begin = xml.find('>', behind), end = xml.find(close, behind);
    if (begin == std::string_view::npos || end == std::string_view::npos || begin > end || xml[begin - 1] == '/') continue;
    at = end + close.size();
    return xml.substr(begin + 1, end - begin - 1);
  }
  return {};
}

}  // namespace

std::vector<std::string> xmp_values(std::string_view packet, std::string_view property) {
  std::vector<std::string> out;
  const auto keep = [&](std::string value) {
    if (!value.empty()) out.push_back(std::move(value));
  };
  std::size_t at = 0;
  const std::string_view inner = element(packet, property, at);
  for (std::size_t item = 0; at != std::string_view::npos && item != std::string_view::npos;) {
    const std::string_view one = element(inner, "rdf:li", item);
    if (item != std::string_view::npos) keep(content(one));
  }
  if (out.empty()) keep(content(inner));
  const std::string attribute = " " + std::string(property) + "=\"";
  const std::size_t start = packet.find(attribute);
  if (out.empty() && start != std::string_view::npos) {
    const std::size_t begin = start + attribute.size(), end = packet.find('"', begin);
    if (end != std::string_view::npos) keep(content(packet.substr(begin, end - begin)));
  }
  return out;
}

}  // namespace colophon::formats_pdf
