// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats_pdf/identity.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "base/text.hpp"
#include "bib/identifiers.hpp"
#include "formats_pdf/xmp.hpp"

namespace colophon::formats_pdf {
namespace {

using bib::FieldId;

constexpr std::size_t kNear = 24;  // bytes between "doi" and its DOI

constexpr float kHead = 0.25F;  // of the page's height: where a page names itself
constexpr float kFoot = 0.9F;

struct Found {
  std::string value;
  bib::Origin origin;
};

const std::string_view kWordsOfYear[] = {"©",
                                         "copyright",
                                         "(c) ",
                                         "published",
                                         "publicado",
                                         "publicada",
                                         "publié",
                                         "veröffentlicht",
                                         "erschienen",
                                         "publication date",
                                         "available online",
                                         "vol.",
                                         "volume",
                                         "vol "};

bool is_reference_heading(std::string_view text) {
  static constexpr std::array<std::string_view, 10> kHeadings = {"references",
                                                                 "bibliography",
                                                                 "literature",
                                                                 "literatur",
                                                                 "literaturverzeichnis",
                                                                 "referencias",
                                                                 "bibliografia",
                                                                 "referencias bibliograficas",
                                                                 "references bibliographiques",
                                                                 "bibliographie"};
  const std::string key = fold_key(text);
  return std::ranges::find(kHeadings, key) != kHeadings.end();
}

// The pages on which a work names itself: the first two and the last, without their reference lists.
template <class F>
void each_line(const Evidence& evidence, F visit) {
  const std::size_t count = evidence.pages.size();
  for (std::size_t p = 0; p < count; ++p) {
    if (p >= 2 && p + 1 != count) continue;
    const PageLines& page = evidence.pages[p];
    bool references =
        p >= 2 && count > 4 && std::ranges::none_of(page.lines, [](const Line& line) {
          return fold(line.text).find("issn") != std::string::npos || fold(line.text).find("isbn") != std::string::npos;
        });
    for (std::size_t i = 0; i < page.lines.size(); ++i) {
      references = references || is_reference_heading(page.lines[i].text);
      if (!references || (i < page.furniture.size() && page.furniture[i])) visit(page, i);
    }
  }
}

// "10.1234/abc" from a text that may go on behind it.
std::optional<std::string> doi_in(std::string_view text) {
  const std::size_t at = text.find("10.");
  if (at == std::string_view::npos) return std::nullopt;
  std::string_view rest = text.substr(at);
  rest = rest.substr(0, rest.find_first_of(" \t<>\"|"));
  const std::size_t slash = rest.find('/');
  if (slash == std::string_view::npos || slash < 7 || slash > 12 || slash + 1 == rest.size()) return std::nullopt;
  const Result<bib::Doi> doi = bib::Doi::parse(rest);
  if (!doi) return std::nullopt;
  return doi->str();
}

void find_linked_dois(const Evidence& evidence, std::vector<Found>& out) {
  for (const LinkTarget& link : evidence.links) {
    if (ascii_lower(link.uri).find("doi.org/") == std::string::npos) continue;
    std::string uri = link.uri;
    for (std::size_t at = uri.find("%2F"); at != std::string::npos; at = uri.find("%2F")) uri.replace(at, 3, "/");
    uri = uri.substr(0, uri.find_first_of("?#", std::min(uri.size(), uri.find("10."))));
    if (const auto doi = doi_in(uri)) out.push_back({*doi, {0, 0, 0, "link", 1, link.box}});
  }
}

void find_xmp_dois(const Evidence& evidence, std::vector<Found>& out) {
  for (const std::string_view property : {"prism:doi", "pdfx:doi", "crossmark:DOI", "prism:url", "dc:identifier"}) {
    for (const std::string& value : xmp_values(evidence.about.xmp, property)) {
      if (const auto doi = doi_in(value)) out.push_back({*doi, {0, 0, 0, std::string(property), 0, {}}});
    }
  }
}

// A DOI that runs over a line's end goes on in the next line when the line ends within it.
std::string with_continuation(const PageLines& page, std::size_t i, std::size_t at) {
  std::string text = page.lines[i].text.substr(at);
  const bool open = text.find(' ') == std::string::npos &&
                    (text.ends_with('/') || text.ends_with('.') || text.ends_with('-') || text.ends_with('_'));
  if (open && i + 1 < page.lines.size()) text += page.lines[i + 1].text;
  return text;
}

void find_printed_dois(const Evidence& evidence, std::vector<Found>& out) {
  each_line(evidence, [&](const PageLines& page, std::size_t i) {
    const std::string lower = ascii_lower(page.lines[i].text);
    for (std::size_t at = lower.find("10."); at != std::string::npos; at = lower.find("10.", at + 1)) {
      const std::string before = lower.substr(at > kNear ? at - kNear : 0, std::min(at, kNear));
      const bool above = at < 3 && i > 0 && ascii_lower(page.lines[i - 1].text).ends_with("doi:");
      if (before.find("doi") == std::string::npos && !above) continue;
      if (const auto doi = doi_in(with_continuation(page, i, at))) out.push_back({*doi, origin_of(page, page.lines[i])});
    }
  });
}

void add_doi(const Evidence& evidence, bib::Work& work) {
  std::vector<Found> linked, xmp, printed;
  find_linked_dois(evidence, linked);
  find_xmp_dois(evidence, xmp);
  find_printed_dois(evidence, printed);
  const auto said_by = [](const std::vector<Found>& list, const std::string& doi) {
    return std::ranges::find(list, doi, &Found::value) != list.end();
  };
  // A link that the page prints or the metadata names as well, or one in the head or foot of page 1; others lead to other works.
  const float height = evidence.pages.empty() ? 0 : evidence.pages[0].height;
  for (const Found& one : linked) {
    const bool outside = one.origin.box[3] < height * kHead || one.origin.box[1] > height * kFoot;
    if (!outside && !said_by(printed, one.value) && !said_by(xmp, one.value)) continue;
    work.add(FieldId::doi, bib::Code{one.value}, one.origin);
    return;
  }
  for (const std::vector<Found>* list : {&xmp, &printed}) {
    if (list->empty()) continue;
    work.add(FieldId::doi, bib::Code{list->front().value}, list->front().origin);
    return;
  }
}

// The text behind each occurrence of a label ("issn"), up to `length` bytes.
template <class F>
void behind_label(const std::string& text, std::string_view label, std::size_t length, F visit) {
  const std::string lower = ascii_lower(text);
  for (std::size_t at = lower.find(label); at != std::string::npos; at = lower.find(label, at + 1))
    visit(std::string_view(text).substr(at + label.size(), length));
}

std::string_view from_first_digit(std::string_view text) {
  const std::size_t at = text.find_first_of("0123456789");
  return at == std::string_view::npos || at > 20 ? std::string_view{} : text.substr(at);
}

void add_once(bib::Work& work, FieldId field, const std::string& value, bib::Origin origin) {
  for (const bib::Statement& one : work.all(field)) {
    if (std::get<bib::Code>(one.value).value == value) return;
  }
  work.add(field, bib::Code{value}, std::move(origin));
}

std::string_view while_of(std::string_view text, std::string_view allowed) {
  return text.substr(0, text.find_first_not_of(allowed));
}

void add_numbers(const Evidence& evidence, bib::Work& work) {
  each_line(evidence, [&](const PageLines& page, std::size_t i) {
    const Line& line = page.lines[i];
    std::string text = line.text;
    for (const std::string_view dash : {"\u2010", "\u2011", "\u2012", "\u2013", "\u2014"}) {
      for (std::size_t at = text.find(dash); at != std::string::npos; at = text.find(dash, at + 1))
        text.replace(at, dash.size(), "-");
    }
    behind_label(text, "issn", 40, [&](std::string_view rest) {
      if (const auto issn = bib::Issn::parse(from_first_digit(rest).substr(0, 9)))
        add_once(work, FieldId::issn, issn->str(), origin_of(page, line));
    });
    behind_label(text, "isbn", 50, [&](std::string_view rest) {
      for (const std::string_view skipped : {"-13", "-10", "13:", "10:", " 13", " 10"}) {
        if (rest.starts_with(skipped)) rest.remove_prefix(skipped.size());
      }
      const std::string_view digits = trim(while_of(from_first_digit(rest), "0123456789-xX "));
      for (const std::size_t length : {digits.size(), std::size_t{17}, std::size_t{13}}) {
        const auto isbn = bib::Isbn::parse(digits.substr(0, length));
        if (!isbn) continue;
        add_once(work, FieldId::isbn, isbn->str(), origin_of(page, line));
        return;
      }
    });
    if (page.number != 1) return;
    behind_label(text, "arxiv:", 24, [&](std::string_view rest) {
      const std::string_view id = while_of(trim(rest), "0123456789.abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-/");
      if (const auto arxiv = bib::ArxivId::parse(id)) add_once(work, FieldId::arxiv, arxiv->str(), origin_of(page, line));
    });
  });
}

std::optional<int> year_in(std::string_view text) {
  std::optional<int> found;
  for (std::size_t at = 0; at + 4 <= text.size(); ++at) {
    const bool parted = (at == 0 || !is_ascii_digit(text[at - 1])) && (at + 4 == text.size() || !is_ascii_digit(text[at + 4]));
    if (!parted || !std::ranges::all_of(text.substr(at, 4), is_ascii_digit)) continue;
    const int year = (text[at] - '0') * 1000 + (text[at + 1] - '0') * 100 + (text[at + 2] - '0') * 10 + (text[at + 3] - '0');
    if (year >= 1900 && year <= 2100 && !found) found = year;
  }
  return found;
}

// The first two pages, word by word of the list: a copyright line says more than a volume.
void add_year(const Evidence& evidence, bib::Work& work) {
  for (const std::string_view word : kWordsOfYear) {
    for (std::size_t p = 0; p < std::min<std::size_t>(2, evidence.pages.size()); ++p) {
      const PageLines& page = evidence.pages[p];
      for (const Line& line : page.lines) {
        const std::string lower = fold_case(line.text);
        const std::size_t at = lower.find(word);
        if (at == std::string::npos || line.text.size() > 200) continue;
        const auto year = year_in(std::string_view(lower).substr(at));
        if (!year) continue;
        work.add(FieldId::issued, bib::year_date(*year), origin_of(page, line));
        return;
      }
    }
  }
}

}  // namespace

bib::Origin origin_of(const PageLines& page, const Line& line) {
  bib::Origin out;
  out.page = page.number;
  if (line.turn == 0) out.box = line.box;
  return out;
}

void add_identity(const Evidence& evidence, bib::Work& work) {
  add_doi(evidence, work);
  add_numbers(evidence, work);
  add_year(evidence, work);
}

}  // namespace colophon::formats_pdf
