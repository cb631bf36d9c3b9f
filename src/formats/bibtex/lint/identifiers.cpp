// SPDX-License-Identifier: GPL-3.0-or-later
#include "bib/identifiers.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "formats/bibtex/lint/lint.hpp"
#include "formats/bibtex/tex.hpp"
#include "formats/bibtex/values.hpp"

#include <fmt/format.h>

namespace colophon::formats::bibtex {
namespace {

constexpr std::size_t kLongest = 2'000;

std::string symbols_of(std::string_view text) {
  std::string out;
  std::ranges::copy_if(text, std::back_inserter(out), [](char c) { return is_ascii_digit(c) || c == 'X' || c == 'x'; });
  return out;
}

// Parts of "978-… (print; hardback), 978-… (online)" without what stands in parentheses; "????" is a known unknown.
std::vector<std::string_view> numbers_of(std::string_view value) {
  std::vector<std::string_view> out;
  std::size_t begin = 0, depth = 0;
  const auto add = [&](std::size_t end) {
    const std::string_view one = trim(value.substr(begin, end - begin));
    if (std::ranges::any_of(one, is_ascii_digit)) out.push_back(one);
    begin = end + 1;
  };
  value = value.substr(0, kLongest);
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] == '(' && depth++ == 0) add(i);
    else if (value[i] == ')' && depth > 0 && --depth == 0) begin = i + 1;
    else if (depth == 0 && std::string_view(",;/\n").find(value[i]) != std::string_view::npos) add(i);
  }
  if (depth == 0) add(value.size());
  return out;
}

// The last symbol with which the number would be right, or nothing.
template <class Identifier>
std::string right_check_digit(const std::string& symbols) {
  for (const char c : std::string_view("0123456789X")) {
    if (!symbols.empty() && Identifier::parse(symbols.substr(0, symbols.size() - 1) + c)) return std::string(1, c);
  }
  return {};
}

template <class Identifier>
void check_number(const LintContext& at,
                  const LintField& field,
                  std::string_view part,
                  std::string_view code,
                  std::string_view label,
                  std::string_view form) {
  if (part.find_first_of("\\{$") != std::string_view::npos || Identifier::parse(part)) return;
  const std::string check = right_check_digit<Identifier>(symbols_of(part));
  const std::string shown = printable(ellipsis(to_utf8(part), 40));
  if (code == "bibtex.isbn" && bib::Issn::parse(part))
    return at.report->add(code, at.place(field, part), fmt::format("“{}” is an ISSN", shown), "write it as issn");
  if (check.empty())
    return at.report->add(code, at.place(field, part), fmt::format("“{}” is no {}", shown, label),
                          fmt::format("{} looks like {}", label, form));
  at.report->add(code, at.place(field, part), fmt::format("the check digit of {} {} is wrong", label, shown),
                 fmt::format("with the other digits it would be {}; compare it with the publication", check));
}

struct Resolver {
  std::string_view prefix;
};
constexpr std::array kResolvers = {
    Resolver{"https://doi.org/"},   Resolver{"http://doi.org/"},      Resolver{"https://dx.doi.org/"},
    Resolver{"http://dx.doi.org/"}, Resolver{"https://www.doi.org/"}, Resolver{"http://www.doi.org/"},
    Resolver{"doi.org/"},           Resolver{"dx.doi.org/"},          Resolver{"doi:"}};

std::string_view without_resolver(std::string_view text) {
  for (const Resolver& r : kResolvers) {
    if (text.size() > r.prefix.size() && iequals(text.substr(0, r.prefix.size()), r.prefix))
      return trim(text.substr(r.prefix.size()));
  }
  return text;
}

}  // namespace

void check_isbn(const LintContext& at, const LintField& field) {
  if (!field.is(bib::FieldId::isbn)) return;
  for (const std::string_view part : numbers_of(field.value)) {
    const std::vector<std::string_view> several = cut(part, " \t\n");
    if (std::ranges::all_of(several, [](std::string_view one) { return bib::Isbn::parse(one).has_value(); })) continue;
    check_number<bib::Isbn>(at, field, part, "bibtex.isbn", "ISBN", "978-0-19-853453-2");
  }
}

void check_issn(const LintContext& at, const LintField& field) {
  if (!field.is(bib::FieldId::issn)) return;
  for (const std::string_view part : numbers_of(field.value)) {
    check_number<bib::Issn>(at, field, part, "bibtex.issn", "ISSN", "2049-3630");
    const Result<bib::Issn> issn = bib::Issn::parse(part);
    if (issn && part.size() == 8)
      at.report->add("bibtex.issn-form", at.place(field, part), fmt::format("the ISSN {} lacks its hyphen", part),
                     fmt::format("write {}", issn->str()), at.replace(field, part, issn->str()));
  }
}

void check_orcid(const LintContext& at, const LintField& field) {
  if (field.name != "orcid" && field.name != "orcid-numbers") return;
  for (const std::string_view part : cut(field.value.substr(0, kLongest), ",; \n")) {
    const std::size_t slash = field.name == "orcid" ? std::string_view::npos : part.rfind('/');  // "Name, Given/0000-…"
    const std::string_view one = slash == std::string_view::npos ? part : part.substr(slash + 1);
    if (symbols_of(one).size() >= 12) check_number<bib::Orcid>(at, field, one, "bibtex.orcid", "ORCID iD", "0000-0002-1825-0097");
  }
}

void check_doi(const LintContext& at, const LintField& field) {
  if (field.name != "doi") return;
  const std::string_view text = trim(field.value);
  if (text.empty() || text.size() > kLongest) return;
  const std::string shown = printable(ellipsis(to_utf8(text), 60));
  if (!bib::Doi::parse(decode_verbatim(text)))
    return at.report->add("bibtex.doi", at.place(field, text), fmt::format("“{}” is no DOI", shown),
                          "a DOI looks like 10.1234/abc");
  const std::string_view bare = without_resolver(text);
  if (bare.size() < text.size()) {
    const bool encoded = bare.find('%') != std::string_view::npos;  // a link may be percent-encoded, a DOI is not
    return at.report->add("bibtex.doi-resolver", at.place(field, text), fmt::format("the DOI “{}” is written as a link", shown),
                          fmt::format("write {}", printable(ellipsis(to_utf8(bare), 60))),
                          encoded ? std::vector<Edit>{} : at.replace(field, text, std::string(bare)));
  }
  const std::size_t end = text.find_last_not_of(".,;:");
  if (end != std::string_view::npos && end + 1 < text.size())
    at.report->add("bibtex.doi-end", at.place(field, text), fmt::format("the DOI “{}” ends in a stop", shown), "leave it out",
                   at.replace(field, text.substr(end + 1), ""));
}

}  // namespace colophon::formats::bibtex
