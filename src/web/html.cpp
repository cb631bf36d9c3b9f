// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/html.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "base/text.hpp"

namespace colophon::web {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

std::string_view reference(char c) {
  switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: break;
  }
  const auto byte = static_cast<unsigned char>(c);
  const bool control = (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7F;
  return control ? kReplacement : std::string_view();
}

bool is_unreserved(char c) { return is_ascii_alpha(c) || is_ascii_digit(c) || c == '-' || c == '.' || c == '_' || c == '~'; }

bool is_ours(std::string_view address) {
  return address.starts_with('/') && !address.starts_with("//") && address.find('\\') == std::string_view::npos;
}

bool is_foreign(std::string_view address) {
  const std::string lower = ascii_lower(address.substr(0, 8));
  return lower.starts_with("https://") || lower.starts_with("http://") || lower.starts_with("mailto:");
}

}  // namespace

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (is_unreserved(c)) {
      out.push_back(c);
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += {'%', kDigits[byte >> 4U], kDigits[byte & 15U]};
    }
  }
  return out;
}

void append_escaped(std::string& out, std::string_view text) {
  if (!is_utf8(text)) return append_escaped(out, to_valid_utf8(text));
  for (const std::string_view none : {"\uFFFE", "\uFFFF"}) {  // no characters, in XML a fault
    if (const std::size_t at = text.find(none); at != std::string_view::npos) {
      append_escaped(out, text.substr(0, at));
      out += "\uFFFD";
      return append_escaped(out, text.substr(at + none.size()));
    }
  }
  for (const char c : text) {
    const std::string_view instead = reference(c);
    if (instead.empty()) {
      out.push_back(c);
    } else {
      out += instead;
    }
  }
}

Href Href::to(std::string_view address) {
  Href out;
  const bool plain = std::ranges::none_of(address, [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F; });
  out.address_ = plain && (is_ours(address) || is_foreign(address)) ? std::string(address) : "#";
  return out;
}

Attribute Attribute::Name::is(std::string_view value) const {
  std::string out = std::string(" ") + name + "=\"";
  append_escaped(out, value);
  return Attribute(out + "\"");
}

namespace {

// By the script that a language is written in, unless the tag names another ("ku-Latn").
bool runs_to_the_left(std::string_view tag) {
  static constexpr std::array<std::string_view, 13> kLanguages = {"ar", "arc", "ckb", "dv", "fa", "he", "ks",
                                                                  "ps", "sd",  "syr", "ug", "ur", "yi"};
  static constexpr std::array<std::string_view, 6> kScripts = {"arab", "hebr", "nkoo", "syrc", "thaa", "adlm"};
  const std::string low = ascii_lower(tag);
  const std::vector<std::string_view> parts = split(low, '-');
  for (const std::string_view part : std::span(parts).subspan(1)) {
    if (part.size() == 4 && is_ascii_alpha(part[0])) return std::ranges::find(kScripts, part) != kScripts.end();
  }
  return std::ranges::find(kLanguages, parts[0]) != kLanguages.end();
}

}  // namespace

Attribute Attribute::lang(std::string_view tag) {
  const bool possible = tag.size() >= 2 && tag.size() <= 35 &&
                        std::ranges::all_of(tag, [](char c) { return is_ascii_alpha(c) || is_ascii_digit(c) || c == '-'; });
  if (!possible) return none();
  Attribute out = Name{"lang"}.is(tag);
  return runs_to_the_left(tag) ? out.add(Name{"dir"}.is("rtl")) : out;
}

}  // namespace colophon::web
