// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats_pdf/abstract.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>

#include "base/text.hpp"
#include "formats_pdf/identity.hpp"

namespace colophon::formats_pdf {
namespace {

using bib::FieldId;

constexpr std::size_t kMaxAbstract = 5'000;  // bytes
constexpr std::size_t kLeastAbstract = 80;
constexpr std::size_t kLeastUnnamed = 400;  // without a heading it must look like one
constexpr std::size_t kMaxKeyword = 80;
constexpr std::size_t kMaxKeywords = 20;

// Headings as fold_key() without blanks, so that "A B S T R A C T" is one of them.
constexpr std::array<std::string_view, 9> kAbstract = {"abstract", "zusammenfassung", "kurzfassung",         "resumen", "resume",
                                                       "resumo",   "summary",         "kurzzusammenfassung", "synopsis"};
constexpr std::array<std::string_view, 13> kKeywords = {
    "keywords", "keyword",   "schlusselworter", "schlagworter", "stichworte",   "palabrasclave", "palabrasclaves",
    "motscles", "motsclefs", "palavraschave",   "descritores",  "descriptores", "indexterms"};
constexpr std::array<std::string_view, 10> kBody = {
    "introduction", "einleitung", "introduccion",       "introducao",           "einfuhrung",
    "contents",     "inhalt",     "inhaltsverzeichnis", "howtocitethisarticle", "graphicalabstract"};
// These end an abstract wherever a line begins with them.
constexpr std::array<std::string_view, 18> kImprint = {
    "©",         "copyright",   "received",    "correspondence", "*correspond",      "corresponding author",
    "citation:", "jel ",        "doi:",        "https://doi",    "open access this", "this is an open access",
    "edited by", "reviewed by", "how to cite", "editor:",        "abbreviations",    "academic editor"};

std::string dense(std::string_view text) {
  std::string out = fold_key(text);
  std::erase(out, ' ');
  return out;
}

struct Heading {
  std::string_view word;
  std::size_t behind = 0;  ///< byte behind it and its punctuation; the line's size when it stands alone
};

// Punctuation and blanks between a heading and the text in the same line.
std::size_t skip_separators(std::string_view line, std::size_t at) {
  static constexpr std::array<std::string_view, 9> kSeparators = {" ", ":", ".", "-", "—", "–", "|", "*", "\t"};
  for (bool again = true; again && at < line.size();) {
    again = false;
    for (const std::string_view one : kSeparators) {
      if (!line.substr(at).starts_with(one)) continue;
      at += one.size();
      again = true;
    }
  }
  return at;
}

// A line that is a heading of the table, or begins with one and goes on behind a colon, stop or dash (or, being bold, a blank).
template <class Table>
std::optional<Heading> heading_of(const Table& table, std::string_view line, bool run_in) {
  std::string_view body = line;
  while (!body.empty() && (is_ascii_digit(body.front()) || body.front() == '.' || body.front() == ' ' || body.front() == '*'))
    body.remove_prefix(1);
  const std::size_t skipped = line.size() - body.size();
  for (const std::string_view word : table) {
    if (dense(body) == word) return Heading{word, line.size()};
    if (!run_in || body.empty() ||
        !(static_cast<unsigned char>(body.front()) & 0x80 || (body.front() >= 'A' && body.front() <= 'Z')))
      continue;
    // the shortest start of the line that spells the word
    std::size_t at = 0;
    while (at < body.size() && at < 3 * word.size() + 4) {
      next_code_point(body, at);
      if (dense(body.substr(0, at)) != word) continue;
      const std::size_t text = skip_separators(body, at);
      const std::string_view between = body.substr(at, text - at);
      const bool marked = between.find_first_of(":.|") != std::string_view::npos || between.find("—") != std::string_view::npos ||
                          between.find("–") != std::string_view::npos || between.find('-') != std::string_view::npos;
      if (marked && text < body.size()) return Heading{word, skipped + text};
      break;
    }
  }
  return std::nullopt;
}

bool is_imprint(std::string_view line) {
  const std::string lower = fold_case(line);
  return std::ranges::any_of(kImprint, [&](std::string_view start) { return lower.starts_with(start); });
}

struct Span {
  std::string text;
  std::size_t page = 0;
  std::size_t line = 0;
};

std::string read_text(const Evidence& evidence, std::size_t p, std::size_t i, std::size_t from, std::size_t limit);

std::string continued(const Evidence& evidence, std::size_t p, std::string text, std::size_t limit) {
  if (p >= evidence.pages.size() || text.size() >= limit) return text;
  const std::vector<Line>& lines = evidence.pages[p].lines;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!fold_key(lines[i].text).starts_with("continued from previous page")) continue;
    join_line(text, read_text(evidence, p, i, lines[i].text.size(), limit - text.size()));
    break;
  }
  return text;
}

// An abstract without heading: the block of one type that ends right above "1. Introduction" on page 1.
std::string text_above_introduction(const PageLines& page, std::size_t& first) {
  std::size_t heading = 0;
  while (heading < page.lines.size() && !heading_of(kBody, page.lines[heading].text, false)) ++heading;
  if (heading == page.lines.size() || heading == 0) return {};
  first = heading;
  for (std::size_t i = heading; i-- > 0; first = i) {
    const Line &line = page.lines[i], &last = page.lines[heading - 1];
    const float down = i + 1 < heading ? page.lines[i + 1].baseline - line.baseline : line.size;
    if (line.turn != 0 || std::abs(line.size - last.size) > 0.05F * last.size || down < 0 || down > 1.5F * line.size ||
        is_imprint(line.text))
      break;
  }
  std::string out;
  for (std::size_t i = first; i < heading; ++i) {
    if (out.empty()) out = page.lines[i].text;
    else join_line(out, page.lines[i].text);
  }
  return squeeze(out);
}

// Reads on from line i, byte `from`, to the next heading, the imprint, or another size of type.
// Goes on behind "(Continued from previous page)" where it says so.
std::string read_text(const Evidence& evidence, std::size_t p, std::size_t i, std::size_t from, std::size_t limit) {
  const PageLines& page = evidence.pages[p];
  std::string out = from < page.lines[i].text.size() ? page.lines[i].text.substr(from) : std::string{};
  const Line* type = out.empty() ? nullptr : &page.lines[i];
  for (std::size_t k = i + 1; k < page.lines.size() && out.size() < limit; ++k) {
    const Line& line = page.lines[k];
    if (k < page.furniture.size() && page.furniture[k]) continue;
    if (line.turn != 0 || is_imprint(line.text)) break;
    if (fold_key(line.text).starts_with("continued on next page")) return continued(evidence, p + 1, std::move(out), limit);
    if (heading_of(kKeywords, line.text, true) || heading_of(kBody, line.text, false) || heading_of(kAbstract, line.text, true))
      break;
    if (type == nullptr) type = &line;
    if (std::abs(line.size - type->size) > 0.12F * type->size) {
      if (out.size() >= kLeastAbstract) break;
      continue;
    }
    if (out.empty()) out = line.text;
    else join_line(out, line.text);
  }
  return squeeze(out);
}

// Each separator that parts keywords becomes a line end.
std::string parted(std::string_view text) {
  static constexpr std::array<std::string_view, 8> kSeparators = {"·", "•", "|", ";", " – ", "‧", "∙", "⋅"};
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto found = std::ranges::find_if(kSeparators, [&](std::string_view one) { return text.substr(at).starts_with(one); });
    out.push_back(found == kSeparators.end() ? text[at] : '\n');
    at += found == kSeparators.end() ? 1 : found->size();
  }
  return out;
}

std::vector<std::string> keywords_in(std::string_view raw) {
  const std::string text = parted(raw);
  const char separator = text.find('\n') != std::string::npos ? '\n' : ',';
  std::vector<std::string> out;
  for (const std::string_view part : split(text, separator)) {
    std::string one = squeeze(part);
    while (one.ends_with('.') || one.ends_with(',')) one.pop_back();
    if (!one.empty() && one.size() <= kMaxKeyword) out.push_back(std::move(one));
  }
  if (out.size() > kMaxKeywords) out.clear();  // this is no list of keywords
  return out;
}

// The heading's own text and the lines close under it, in its type.
std::string keyword_text(const PageLines& page, std::size_t i, std::size_t from) {
  std::string out = from < page.lines[i].text.size() ? page.lines[i].text.substr(from) : std::string{};
  const Line* before = &page.lines[i];
  for (std::size_t k = i + 1; k < page.lines.size() && k < i + 8; ++k) {
    const Line& line = page.lines[k];
    const float down = line.baseline - before->baseline;
    const bool beside = std::abs(down) < 0.4F * line.size && line.box[0] > before->box[0];
    if (line.turn != 0 || is_imprint(line.text) || ends_front(line.text)) break;
    if (!beside && !out.empty() &&
        (down < 0 || down > 1.6F * line.size || std::abs(line.size - before->size) > 0.6F || (line.bold && !before->bold) ||
         out.ends_with('.')))
      break;
    if (out.empty()) out = line.text;
    else join_line(out, line.text);
    before = &line;
  }
  return out;
}

}  // namespace

bool ends_front(std::string_view line) {
  return heading_of(kAbstract, line, true) || heading_of(kKeywords, line, true) || heading_of(kBody, line, false) ||
         is_imprint(line);
}

void add_abstracts(const Evidence& evidence, bib::Work& work) {
  bool keywords_found = false;
  for (std::size_t p = 0; p < std::min<std::size_t>(3, evidence.pages.size()); ++p) {
    const PageLines& page = evidence.pages[p];
    for (std::size_t i = 0; i < page.lines.size(); ++i) {
      if (page.lines[i].turn != 0) continue;
      const bib::Origin origin = origin_of(page, page.lines[i]);
      if (const auto heading = heading_of(kAbstract, page.lines[i].text, true)) {
        std::string text = read_text(evidence, p, i, heading->behind, kMaxAbstract);
        const bool plausible = text.size() >= kLeastAbstract && text.size() < kMaxAbstract;
        if (plausible && work.all(FieldId::abstract).size() < 4)
          work.add(FieldId::abstract, bib::RichText(std::move(text)), origin);
      } else if (const auto words = heading_of(kKeywords, page.lines[i].text, true); words && !keywords_found) {
        for (std::string& one : keywords_in(keyword_text(page, i, words->behind)))
          work.add(FieldId::keyword, bib::Text{std::move(one), {}}, origin);
        keywords_found = work.has(FieldId::keyword);
      }
    }
  }
  if (work.has(FieldId::abstract) || evidence.pages.empty()) return;
  std::size_t first = 0;
  std::string text = text_above_introduction(evidence.pages[0], first);
  if (text.size() < kLeastUnnamed || text.size() > kMaxAbstract) return;
  work.add(FieldId::abstract, bib::RichText(std::move(text)), origin_of(evidence.pages[0], evidence.pages[0].lines[first]));
}

}  // namespace colophon::formats_pdf
