// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/format.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "formats/tagged/records.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace colophon::formats {
namespace {

constexpr bib::SourceKind kEntries = bib::SourceKind::bibliographic;

// clang-format off
constexpr std::array kFormats = {
    FormatRow{Format::bibtex,   "bibtex",      "BibTeX",      "application/x-bibtex",                      kEntries,             ReadIn::process, 2},
    FormatRow{Format::ris,      "ris",         "RIS",         "application/x-research-info-systems",       kEntries,             ReadIn::process, 1},
    FormatRow{Format::nbib,     "nbib",        "PubMed nbib", "application/nbib",                          kEntries,             ReadIn::process, 1},
    FormatRow{Format::csl_json, "csl-json",    "CSL-JSON",    "application/vnd.citationstyles.csl+json",   kEntries,             ReadIn::process, 1},
    FormatRow{Format::refer,    "refer",       "EndNote tagged", "application/x-endnote-refer",            kEntries,             ReadIn::process, 1},
    FormatRow{Format::endnote,  "endnote-xml", "EndNote XML", "application/x-endnote-xml",                 kEntries,             ReadIn::worker,  1},
    FormatRow{Format::jats,     "jats",        "JATS",        "application/jats+xml",                      bib::SourceKind::jats, ReadIn::worker,  5},
    FormatRow{Format::pdf,      "pdf",         "PDF",         "application/pdf",                           bib::SourceKind::pdf,  ReadIn::worker,  1},
    FormatRow{Format::csv,      "csv",         "CSV",         "text/csv",                                  kEntries,             ReadIn::process, 1},
    FormatRow{Format::xlsx,     "xlsx",        "Excel",       "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", kEntries, ReadIn::worker, 1},
    FormatRow{Format::unknown,  "unknown",     "unknown",     "application/octet-stream",                  bib::SourceKind::pdf,  ReadIn::nowhere, 1},
};
// clang-format on

// UTF-16 text as bytes of its ASCII part, so that one set of rules sees both; other bytes stay.
std::string ascii_view(std::string_view head) {
  const bool little = head.starts_with("\xFF\xFE"), big = head.starts_with("\xFE\xFF");
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  const auto zero = [&](std::size_t i) { return head[i] == '\0'; };
  const bool naked_little = head.size() > 3 && !zero(0) && zero(1) && !zero(2) && zero(3);
  const bool naked_big = head.size() > 3 && zero(0) && !zero(1) && zero(2) && !zero(3);
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

// Whether an element of this name opens, with a prefix or without.
bool opens(std::string_view xml, std::string_view name) {
  for (std::size_t at = 0; (at = xml.find(name, at + 1)) != std::string_view::npos;) {
    const std::string_view behind = xml.substr(at + name.size(), 1);
    if (xml[at - 1] != '<' && xml[at - 1] != ':') continue;
    if (behind.empty() || behind == ">" || is_blank(behind.front())) return true;
  }
  return false;
}

// An answer of OAI-PMH, a set of articles: anything that holds an article with what only JATS has.
bool wraps_jats(std::string_view root, std::string_view xml) {
  if (root == "html" || !opens(xml, "article")) return false;
  return contains(xml, "journal-meta") || contains(xml, "article-meta") || contains(xml, "<front-stub") ||
         contains(xml, "<sub-article");
}

Format xml_format(std::string_view xml) {
  const std::string_view root = root_element(xml);
  if (is_jats_root(root) || wraps_jats(root, xml)) return Format::jats;
  const bool endnote = (root == "xml" || root == "records") && contains(xml, "<record>");
  return endnote && (contains(xml, "<ref-type") || contains(xml, "<contributors>") || contains(xml, "<titles>"))
             ? Format::endnote
             : Format::unknown;
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

// The first lines of a tagged format: what `tag_of` finds on the first line that has a tag, and the lines with tags.
bool begins_tagged(std::string_view text, tagged::Dialect dialect, std::span<const std::string_view> first, std::size_t least) {
  bool begun = false;
  std::size_t tags = 0;
  for (std::size_t at = 0; at < text.size() && tags < least;) {
    const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
    const std::optional<tagged::Tag> tag = tagged::tag_of(text.substr(at, end - at), dialect);
    if (tag && !begun && std::ranges::find(first, tag->name) == first.end()) return false;
    begun = begun || tag;
    if (tag) ++tags;
    at = end + 1;
  }
  return begun && tags >= least;
}

bool is_ris(std::string_view text) {
  static constexpr std::array<std::string_view, 4> kFirst = {"TY", "ID", "DB", "T1"};
  return begins_tagged(text, tagged::Dialect::ris, kFirst, 2) && contains(text, "TY ");
}
bool is_nbib(std::string_view text) {
  static constexpr std::array<std::string_view, 3> kFirst = {"PMID", "OWN", "UI"};
  return begins_tagged(text, tagged::Dialect::medline, kFirst, 2);
}
bool is_refer(std::string_view text) {
  static constexpr std::array<std::string_view, 4> kFirst = {"0", "A", "T", "F"};
  return text.starts_with('%') && begins_tagged(text, tagged::Dialect::refer, kFirst, 2) &&
         (contains(text, "%0 ") || (contains(text, "%A ") && contains(text, "%T ")));
}

// A list of items, or an object that may hold one, with a member that CSL has and other JSON hardly.
bool is_csl_json(std::string_view start) {
  static constexpr std::array<std::string_view, 5> kMembers = {"\"issued\"", "\"date-parts\"", "\"container-title\"",
                                                               "\"citation-key\"", "\"title-short\""};
  if (!start.starts_with('[') && !start.starts_with('{')) return false;
  const std::string_view inside = trim(start.substr(1));
  if (start.starts_with('[') ? !inside.starts_with('{') : !inside.starts_with('"')) return false;
  if (std::ranges::any_of(kMembers, [&](std::string_view member) { return contains(start, member); })) return true;
  const std::size_t type = start.find("\"type\"");
  if (type == std::string_view::npos) return false;
  const std::string_view value = trim(start.substr(std::min(start.find(':', type) + 1, start.size())));
  return value.starts_with('"') && bib::is_csl_type(value.substr(1, value.substr(1).find('"')));
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
  const std::size_t declaration = start.substr(0, 64).find("<?xml");  // some have a word before it
  if (start.starts_with('<') || declaration != std::string_view::npos)
    return xml_format(start.substr(start.starts_with('<') ? 0 : declaration));
  if (is_binary(text)) return Format::unknown;
  if (is_ris(text)) return Format::ris;
  if (is_nbib(text)) return Format::nbib;
  if (is_csl_json(start)) return Format::csl_json;
  if (is_refer(start)) return Format::refer;
  return has_bibtex_entry(text) ? Format::bibtex : Format::unknown;
}

std::string readable_formats() {
  std::vector<std::string_view> labels;
  for (const FormatRow& r : kFormats) {
    if (r.read_in != ReadIn::nowhere && !is_sheet(r.format)) labels.push_back(r.label);
  }
  return fmt::format("{} and {}", fmt::join(labels.begin(), labels.end() - 1, ", "), labels.back());
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
    return "XML, but neither JATS nor EndNote's";
  }
  if (is_binary(text)) return "binary data";
  if (start.starts_with('{') || start.starts_with('[')) return "JSON, but not CSL-JSON";
  return "text without entries of a known format";
}

}  // namespace colophon::formats
