// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/markup.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "base/text.hpp"

namespace colophon::formats {
namespace {

using bib::Mark;

struct MarkupTag {
  Mark mark;
  std::string_view open, close;
};
constexpr std::array kTags = {MarkupTag{Mark::italic, "<i>", "</i>"},
                              MarkupTag{Mark::bold, "<b>", "</b>"},
                              MarkupTag{Mark::superscript, "<sup>", "</sup>"},
                              MarkupTag{Mark::subscript, "<sub>", "</sub>"},
                              MarkupTag{Mark::small_caps, "<span style=\"font-variant:small-caps;\">", "</span>"},
                              MarkupTag{Mark::nocase, "<span class=\"nocase\">", "</span>"}};

struct Entity {
  std::string_view name, text;
};
constexpr std::array kEntities = {Entity{"&amp;", "&"}, Entity{"&lt;", "<"}, Entity{"&gt;", ">"}, Entity{"&quot;", "\""},
                                  Entity{"&apos;", "'"}};

// The length of "&#123;" or "&#x7b;" at the text's start, and its character; 0 when it is none.
std::size_t numeric_entity(std::string_view text, char32_t& out) {
  if (!text.starts_with("&#")) return 0;
  const std::size_t end = text.substr(0, 12).find(';');
  const bool hex = text.size() > 2 && (text[2] == 'x' || text[2] == 'X');
  const std::size_t begin = hex ? 3 : 2;
  if (end == std::string_view::npos || end <= begin) return 0;
  std::uint32_t value = 0;
  const auto [rest, error] = std::from_chars(text.data() + begin, text.data() + end, value, hex ? 16 : 10);
  const bool character = value >= 0x20 && value < 0x110000 && (value < 0xD800 || value >= 0xE000);
  if (error != std::errc() || rest != text.data() + end || !character) return 0;
  out = value;
  return end + 1;
}

// The length of an entity at the text's start, written to `out`.
std::size_t entity(std::string_view text, std::string& out) {
  for (const Entity& e : kEntities) {
    if (text.starts_with(e.name)) return out += e.text, e.name.size();
  }
  char32_t character = 0;
  const std::size_t length = numeric_entity(text, character);
  if (length > 0) append_utf8(out, character);
  return length;
}

}  // namespace

std::string tagged(const bib::RichText& text) {
  std::string out;
  for (const bib::Run& run : text.runs()) {
    for (const MarkupTag& tag : kTags) {
      if (run.has(tag.mark)) out += tag.open;
    }
    if (run.has(Mark::quote)) out.append("“").append(run.text).append("”");
    else out += run.text;
    for (auto tag = kTags.rbegin(); tag != kTags.rend(); ++tag) {
      if (run.has(tag->mark)) out += tag->close;
    }
  }
  return out;
}

bib::RichText untagged(std::string_view text) {
  bib::RichText out;
  std::vector<const MarkupTag*> open;
  const auto marks = [&] {
    std::uint16_t bits = 0;
    for (const MarkupTag* tag : open) bits = static_cast<std::uint16_t>(bits | static_cast<std::uint16_t>(tag->mark));
    return bits;
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    const auto opened = std::ranges::find_if(kTags, [&](const MarkupTag& tag) { return rest.starts_with(tag.open); });
    if (opened != kTags.end() && open.size() < 16) {
      open.push_back(&*opened);
      at += opened->open.size();
    } else if (!open.empty() && rest.starts_with(open.back()->close)) {
      at += open.back()->close.size();
      open.pop_back();
    } else {
      const std::size_t end = std::min(text.find('<', at + 1), text.size());
      out.append(text.substr(at, end - at), marks());
      at = end;
    }
  }
  return out;
}

std::string without_entities(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t next = std::min(text.find('&', at), text.size());
    out.append(text.substr(at, next - at));
    at = next;
    if (at == text.size()) break;
    const std::size_t length = entity(text.substr(at), out);
    if (length == 0) out.push_back('&');
    at += std::max<std::size_t>(length, 1);
  }
  return out;
}

std::size_t entity_length(std::string_view text) {
  std::string ignored;
  return text.starts_with('&') ? entity(text, ignored) : 0;
}

std::string with_entities(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (entity_length(text.substr(at)) > 0) out += "&amp;";
    else out.push_back(text[at]);
  }
  return out;
}

}  // namespace colophon::formats
