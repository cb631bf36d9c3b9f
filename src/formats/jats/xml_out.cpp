// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/jats/xml_out.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

namespace colophon::formats {
namespace {

constexpr std::string_view kInText = "<>&\r";
constexpr std::string_view kInAttribute = "<>&\"\r\n\t";

std::string_view entity(char c) {
  switch (c) {
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '&': return "&amp;";
    case '"': return "&quot;";
    case '\r': return "&#13;";
    case '\n': return "&#10;";
    default: return "&#9;";
  }
}

// Bytes at the begin of a text that XML cannot hold.
std::size_t unfit(std::string_view text) {
  const auto byte = static_cast<unsigned char>(text[0]);
  if (byte < 0x20 && text[0] != '\t' && text[0] != '\n' && text[0] != '\r') return 1;
  return text.starts_with("\xEF\xBF\xBE") || text.starts_with("\xEF\xBF\xBF") ? 3 : 0;
}

// NameStartChar and NameChar of XML 1.0 (5th edition) without the colon.
struct Range {
  char32_t first, last;
  bool starts;
};
// clang-format off
constexpr Range kNameChars[] = {
    {'A', 'Z', true},        {'_', '_', true},       {'a', 'z', true},       {0xC0, 0xD6, true},     {0xD8, 0xF6, true},
    {0xF8, 0x2FF, true},     {0x370, 0x37D, true},   {0x37F, 0x1FFF, true},  {0x200C, 0x200D, true}, {0x2070, 0x218F, true},
    {0x2C00, 0x2FEF, true},  {0x3001, 0xD7FF, true}, {0xF900, 0xFDCF, true}, {0xFDF0, 0xFFFC, true}, {0x10000, 0xEFFFF, true},
    {'-', '.', false},       {'0', '9', false},      {0xB7, 0xB7, false},    {0x300, 0x36F, false},  {0x203F, 0x2040, false},
};
// clang-format on

bool is_xml_name(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const bool first = at == 0;
    const char32_t c = next_code_point(text, at);
    const auto row = std::ranges::find_if(kNameChars, [&](const Range& r) { return c >= r.first && c <= r.last; });
    if (row == std::end(kNameChars) || (first && !row->starts)) return false;
  }
  return !text.empty();
}

}  // namespace

void XmlOut::escape(std::string_view given, std::string_view special) {
  std::string valid;
  if (!is_utf8(given)) valid = to_valid_utf8(given), given = valid;
  for (std::size_t at = 0; at < given.size();) {
    if (const std::size_t length = unfit(given.substr(at))) {
      ++dropped_;
      at += length;
      continue;
    }
    if (special.find(given[at]) != std::string_view::npos) out_ += entity(given[at]);
    else out_ += given[at];
    ++at;
  }
}

void XmlOut::end_tag_of_start() {
  if (in_tag_) out_ += '>';
  in_tag_ = false;
}

void XmlOut::new_line() {
  if (!out_.empty() && out_.back() != '\n') out_ += '\n';
  out_.append(2 * open_.size(), ' ');
}

void XmlOut::start(std::string_view name, Attributes attributes, bool running) {
  out_ += '<';
  out_ += name;
  in_tag_ = true;
  open_.push_back({std::string(name), running});
  for (const auto& [key, value] : attributes) {
    if (!value.empty()) attribute(key, value);
  }
}

XmlOut& XmlOut::open(std::string_view name, Attributes attributes) {
  if (!open_.empty() && open_.back().running) return span(name, attributes);
  end_tag_of_start();
  if (!open_.empty()) open_.back().parted = true;
  new_line();
  start(name, attributes, false);
  return *this;
}

XmlOut& XmlOut::span(std::string_view name, Attributes attributes) {
  end_tag_of_start();
  start(name, attributes, true);
  return *this;
}

XmlOut& XmlOut::attribute(std::string_view name, std::string_view value) {
  COLOPHON_ASSERT(in_tag_);
  out_ += ' ';
  out_ += name;
  out_ += "=\"";
  escape(value, kInAttribute);
  out_ += '"';
  return *this;
}

XmlOut& XmlOut::text(std::string_view text) {
  if (text.empty()) return *this;
  end_tag_of_start();
  escape(text, kInText);
  return *this;
}

XmlOut& XmlOut::close() {
  COLOPHON_ASSERT(!open_.empty());
  const Element closed = std::move(open_.back());
  open_.pop_back();
  if (in_tag_) {
    out_ += "/>";
    in_tag_ = false;
    return *this;
  }
  if (closed.parted) new_line();
  out_ += "</";
  out_ += closed.name;
  out_ += '>';
  return *this;
}

XmlOut& XmlOut::leaf(std::string_view name, std::string_view text, Attributes attributes) {
  if (text.empty()) return *this;
  return open(name, attributes).text(text).close();
}

bool XmlOut::can_be_id(std::string_view text) { return is_xml_name(text); }

std::string XmlOut::id(std::string_view wanted) {
  return is_xml_name(wanted) && ids_.emplace(wanted).second ? std::string(wanted) : std::string();
}

std::string XmlOut::new_id(std::string_view stem) {
  for (std::size_t n = 1;; ++n) {
    const std::string made = fmt::format("{}{}", stem, n);
    if (!reserved_.contains(made) && !id(made).empty()) return made;
  }
}

std::string XmlOut::take() {
  COLOPHON_ASSERT(open_.empty());
  out_ += '\n';
  return std::move(out_);
}

}  // namespace colophon::formats
