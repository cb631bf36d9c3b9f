// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/format.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.hpp"

namespace colophon::formats {
namespace {

// clang-format off
constexpr std::array kFormats = {
    FormatRow{Format::bibtex,  "bibtex",  "BibTeX",  "application/x-bibtex", bib::SourceKind::bibliographic, ReadIn::process, 1},
    FormatRow{Format::jats,    "jats",    "JATS",    "application/jats+xml", bib::SourceKind::jats,          ReadIn::worker,  1},
    FormatRow{Format::pdf,     "pdf",     "PDF",     "application/pdf",      bib::SourceKind::pdf,           ReadIn::worker,  1},
    FormatRow{Format::unknown, "unknown", "unknown", "application/octet-stream", bib::SourceKind::pdf,       ReadIn::nowhere, 1},
};
// clang-format on

// UTF-16 text as bytes of its ASCII part, so that one set of rules sees both; other bytes stay.
std::string ascii_view(std::string_view head) {
  const bool little = head.starts_with("\xFF\xFE"), big = head.starts_with("\xFE\xFF");
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  const bool naked_little = head.size() > 3 && head[0] == '<' && head[1] == '\0';
  const bool naked_big = head.size() > 3 && head[0] == '\0' && head[1] == '<';
  if (!little && !big && !naked_little && !naked_big) return std::string(head);
  std::string out;
  for (std::size_t i = (little || big ? 2u : 0u) + (big || naked_big ? 1u : 0u); i < head.size(); i += 2) out.push_back(head[i]);
  return out;
}

bool contains(std::string_view text, std::string_view what) { return text.find(what) != std::string_view::npos; }

// The name of the document element, without prefix; comments, processing instructions and a DOCTYPE before it are skipped.
std::string_view root_element(std::string_view xml) {
  while (true) {
    const std::size_t open = xml.find('<');
    if (open == std::string_view::npos) return {};
    xml.remove_prefix(open + 1);
    if (xml.starts_with("!--")) {
      const std::size_t end = xml.find("-->");
      if (end == std::string_view::npos) return {};
      xml.remove_prefix(end + 3);
    } else if (xml.starts_with('!') || xml.starts_with('?')) {
      std::size_t depth = 0, at = 0;
      for (; at < xml.size(); ++at) {
        if (xml[at] == '[') ++depth;
        else if (xml[at] == ']' && depth) --depth;
        else if (xml[at] == '>' && depth == 0) break;
      }
      if (at == xml.size()) return {};
      xml.remove_prefix(at + 1);
    } else {
      std::string_view name = xml.substr(0, xml.find_first_of(" \t\r\n/>"));
      if (const std::size_t colon = name.find(':'); colon != std::string_view::npos) name.remove_prefix(colon + 1);
      return name;
    }
  }
}

bool is_jats_root(std::string_view name) {
  static constexpr std::array<std::string_view, 4> kRoots = {"article", "book-part-wrapper", "book-part", "sub-article"};
  return std::ranges::find(kRoots, name) != kRoots.end();
}

// Whether what follows "@word{" can be the inside of an entry: a key up to a comma or a line's end, or a macro's name up to "=".
// Style sheets also have "@page { size: A4; }".
bool opens_entry(std::string_view inside) {
  while (!inside.empty() && is_blank(inside.front())) inside.remove_prefix(1);
  const std::string_view key = inside.substr(0, inside.find_first_of(",=\n\r}"));
  return key.find_first_of(";{\"") == std::string_view::npos;
}

// An entry "@word{" or "@word(" within a text.
bool has_bibtex_entry(std::string_view text) {
  for (std::size_t at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
    std::size_t end = at + 1;
    while (end < text.size() && is_blank(text[end])) ++end;
    const std::size_t word = end;
    while (end < text.size() && (is_ascii_alpha(text[end]) || is_ascii_digit(text[end]) || text[end] == '_' || text[end] == '-'))
      ++end;
    const std::string_view name = text.substr(word, end - word);
    while (end < text.size() && is_blank(text[end])) ++end;
    if (name.empty() || end == text.size() || (text[end] != '{' && text[end] != '(')) continue;
    if (iequals(name, "comment") || iequals(name, "preamble") || opens_entry(text.substr(end + 1))) return true;
  }
  return false;
}

bool is_binary(std::string_view text) {
  return std::ranges::any_of(
      text, [](char c) { return static_cast<unsigned char>(c) < 0x20 && !is_blank(c) && c != 0x1a && c != 0x1b; });
}

}  // namespace

std::span<const FormatRow> formats() { return kFormats; }
const FormatRow& row(Format format) { return kFormats[static_cast<std::size_t>(format)]; }

std::optional<Format> format_named(std::string_view name) {
  for (const FormatRow& r : kFormats) {
    if (r.name == name) return r.format;
  }
  return std::nullopt;
}

Format sniff(std::string_view head) {
  if (contains(head.substr(0, 1024), "%PDF-")) return Format::pdf;
  const std::string text = ascii_view(head);
  const std::string_view start = trim(text);
  if (start.starts_with('<')) return is_jats_root(root_element(start)) ? Format::jats : Format::unknown;
  if (is_binary(text)) return Format::unknown;
  return has_bibtex_entry(text) ? Format::bibtex : Format::unknown;
}

std::string_view describe_unknown(std::string_view head) {
  const std::string text = ascii_view(head);
  const std::string_view start = trim(text);
  if (head.empty()) return "an empty file";
  if (start.empty()) return "a file of blanks";
  if (head.starts_with("PK\x03\x04")) return "a ZIP archive (docx, xlsx, epub …)";
  if (head.starts_with("\x1f\x8b") || head.starts_with("BZh") ||
      head.starts_with("\xFD"
                       "7zXZ") ||
      head.starts_with("\x28\xB5\x2F\xFD"))
    return "a compressed file";
  if (head.starts_with("\xD0\xCF\x11\xE0")) return "an old Office document";
  if (head.starts_with("\x89PNG") || head.starts_with("\xFF\xD8\xFF") || head.starts_with("GIF8")) return "an image";
  if (start.starts_with('<')) {
    const std::string root = ascii_lower(root_element(start));
    if (root == "html" || contains(ascii_lower(start.substr(0, 256)), "<!doctype html")) return "HTML";
    return "XML, but not JATS";
  }
  if (is_binary(text)) return "binary data";
  return "text without BibTeX entries";
}

}  // namespace colophon::formats
