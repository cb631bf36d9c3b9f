// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"
#include "bib/identifiers.hpp"
#include "formats/bibtex/lint/lint.hpp"
#include "formats/bibtex/tex.hpp"
#include "formats/bibtex/values.hpp"

#include <fmt/format.h>

namespace colophon::formats::bibtex {
namespace {

constexpr std::size_t kLongest = 4'000;

// How people miss "http://".
constexpr std::array<std::pair<std::string_view, std::string_view>, 18> kMisspelt = {{
    {"https://https://", "https://"},
    {"http://http://", "http://"},
    {"http://https://", "https://"},
    {"https://http://", "https://"},
    {"https//:", "https://"},
    {"http//:", "http://"},
    {"https//", "https://"},
    {"http//", "http://"},
    {"https:://", "https://"},
    {"http:://", "http://"},
    {"https;//", "https://"},
    {"http;//", "http://"},
    {"htttps://", "https://"},
    {"htttp://", "http://"},
    {"htps://", "https://"},
    {"htp://", "http://"},
    {"ttps://", "https://"},
    {"ttp://", "http://"},
}};

bool starts(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && iequals(text.substr(0, prefix.size()), prefix);
}

std::string shown(std::string_view text) { return printable(ellipsis(to_utf8(text), 60)); }

// True when the beginning is as it should be.
bool check_scheme(const LintContext& at, const LintField& field, std::string_view url) {
  for (const auto& [wrong, right] : kMisspelt) {
    if (!starts(url, wrong)) continue;
    at.report->add("bibtex.url-scheme", at.place(field, url), fmt::format("“{}” begins with “{}”", shown(url), wrong),
                   fmt::format("write {}", right), at.replace(field, url.substr(0, wrong.size()), std::string(right)));
    return false;
  }
  std::size_t colon = 0;
  while (colon < url.size() && (is_ascii_alpha(url[colon]) || is_ascii_digit(url[colon]) ||
                                std::string_view("+-.").find(url[colon]) != std::string_view::npos))
    ++colon;
  const bool scheme = colon > 1 && colon < url.size() && url[colon] == ':' && is_ascii_alpha(url[0]);
  const bool port = scheme && colon + 1 < url.size() && is_ascii_digit(url[colon + 1]) &&
                    url.substr(0, colon).find('.') != std::string_view::npos;
  if (scheme && !port) return true;
  at.report->add("bibtex.url-no-scheme", at.place(field, url), fmt::format("the URL “{}” lacks its scheme", shown(url)),
                 "write https:// before it",
                 url.find_first_of(" \t\n\\{") == std::string_view::npos && url.find('.') != std::string_view::npos
                     ? at.replace(field, url.substr(0, 0), "https://")
                     : std::vector<Edit>{});
  return false;
}

void check_host(const LintContext& at, const LintField& field, std::string_view url) {
  const std::size_t begin = url.find("://");
  if (begin == std::string_view::npos) {
    if (starts(url, "http:") || starts(url, "https:"))
      at.report->add("bibtex.url-syntax", at.place(field, url), fmt::format("“{}” is no URL", shown(url)),
                     "http: is followed by two slashes and a host");
    return;
  }
  std::string_view host = url.substr(begin + 3);
  host = host.substr(0, host.find_first_of("/?#"));
  host = host.substr(host.rfind('@') == std::string_view::npos ? 0 : host.rfind('@') + 1);
  const bool good =
      host.starts_with('[') || starts(host, "localhost") || (host.find('.') != std::string_view::npos && !host.starts_with('.'));
  if (!good && (starts(url, "http") || starts(url, "ftp")))
    at.report->add("bibtex.url-syntax", at.place(field, url), fmt::format("the URL “{}” names no host", shown(url)),
                   "a host looks like www.example.org");
}

// What RFC 3986 does not allow in a URL, and what TeX makes of it.
void check_characters(const LintContext& at, const LintField& field, std::string_view url) {
  for (const std::string_view escape :
       {"\\_", "\\%", "\\&", "\\#", "\\~{}", "\\~", "{\\_}", "{\\%}", "{\\&}", "{\\#}", "{\\textasciitilde}", "$\\sim$"}) {
    if (url.find(escape) != std::string_view::npos) {
      std::string plain = decode_verbatim(url);
      if (const std::size_t sim = plain.find("$\\sim$"); sim != std::string::npos) plain.replace(sim, 6, "~");
      return at.report->add(
          "bibtex.url-escape", at.place(field, url), fmt::format("the URL “{}” is escaped for TeX", shown(url)),
          fmt::format("write {}; url fields are printed as they are", shown(plain)),
          plain.find_first_of("\\{}$") == std::string::npos ? at.replace(field, url, plain) : std::vector<Edit>{});
    }
  }
  const std::size_t blank = url.find_first_of(" \t\r\n");
  if (blank != std::string_view::npos)
    return at.report->add("bibtex.url-syntax", at.place(field, url),
                          fmt::format("there is a blank in the URL “{}”", shown(squeeze(url))), "take it out, or write %20");
  const std::size_t bad = url.find_first_of("<>\"{}|\\^`");
  if (bad != std::string_view::npos)
    at.report->add("bibtex.url-syntax", at.place(field, url), fmt::format("“{}” cannot stand in a URL: {}", url[bad], shown(url)),
                   fmt::format("write %{:02X}", static_cast<unsigned char>(url[bad])));
}

void check_end(const LintContext& at, const LintField& field, std::string_view url) {
  const std::size_t end = url.find_last_not_of(".,;:'");
  const bool unopened = url.ends_with(')') && std::ranges::count(url, ')') > std::ranges::count(url, '(');
  if (end == std::string_view::npos || (end + 1 == url.size() && !unopened)) return;
  const std::string_view tail = unopened ? url.substr(url.size() - 1) : url.substr(end + 1);
  at.report->add("bibtex.url-end", at.place(field, tail), fmt::format("the URL ends in “{}”", tail),
                 "leave it out if it ends a sentence", at.replace(field, tail, ""));
}

void check_doi_link(const LintContext& at, const LintField& field, std::string_view url) {
  const std::size_t host = url.find("doi.org/10.");
  if (host == std::string_view::npos) return;
  const Result<bib::Doi> doi = bib::Doi::parse(decode_verbatim(url.substr(host + 8)));
  if (!doi) return;
  const LintField* own = at.field("doi");
  const Result<bib::Doi> given = own ? bib::Doi::parse(decode_verbatim(own->value.substr(0, kLongest))) : fail(Errc::invalid, "");
  if (own && (!given || given->str() != doi->str())) return;
  at.report->add("bibtex.doi-in-url", at.place(field, url),
                 own ? "the URL only repeats the DOI" : fmt::format("the DOI {} stands in the URL", doi->str()),
                 own ? "leave the url out; styles make the link of the doi" : fmt::format("write doi = {{{}}}", doi->str()));
}

void check_one(const LintContext& at, const LintField& field, std::string_view url) {
  if (check_scheme(at, field, url)) check_host(at, field, url);
  check_characters(at, field, url);
  check_end(at, field, url);
  check_doi_link(at, field, url);
}

}  // namespace

void check_url(const LintContext& at, const LintField& field) {
  if (!field.is(Form::url) || field.value.size() > kLongest) return;
  std::string_view url = trim(field.value);
  if (url.empty()) return;
  if (url.starts_with("\\url{") && url.ends_with('}') && url.find('}') + 1 == url.size()) {
    const std::string_view inner = trim(url.substr(5, url.size() - 6));
    at.report->add("bibtex.url-command", at.place(field, url), "the URL stands in \\url{…}",
                   "leave the command out; styles put it there", at.replace(field, url, std::string(inner)));
    url = inner;
    if (url.empty()) return;
  }
  const std::vector<std::string_view> parts = cut(url, " \t\r\n");
  const bool several = parts.size() > 1 && std::ranges::all_of(parts, [](std::string_view part) {
                         return part.find("://") != std::string_view::npos;
                       });
  if (!several) return check_one(at, field, url);
  for (const std::string_view part : parts) check_one(at, field, part.substr(0, part.find_last_not_of(";,") + 1));
}

}  // namespace colophon::formats::bibtex
