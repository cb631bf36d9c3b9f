// SPDX-License-Identifier: GPL-3.0-or-later
#include "bib/identifiers.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

#include <fmt/format.h>

namespace colophon::bib {
namespace {

std::unexpected<Error> refuse(std::string_view kind, std::string_view text, std::string_view hint) {
  return fail(Errc::invalid, fmt::format("“{}” is no {}", printable(ellipsis(text, 80)), kind), std::string(hint));
}

int hex(char c) {
  if (is_ascii_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '%' && i + 2 < text.size() && hex(text[i + 1]) >= 0 && hex(text[i + 2]) >= 0;
    if (escape) out.push_back(static_cast<char>(hex(text[i + 1]) * 16 + hex(text[i + 2]))), i += 2;
    else out.push_back(text[i]);
  }
  return out;
}

// Removes the first of the prefixes that the text starts with, in any case.
std::string_view without_prefix(std::string_view text, std::initializer_list<std::string_view> prefixes) {
  for (const std::string_view prefix : prefixes) {
    if (text.size() >= prefix.size() && iequals(text.substr(0, prefix.size()), prefix)) return trim(text.substr(prefix.size()));
  }
  return text;
}

// "https://host/rest" gives rest for one of the hosts.
std::string_view without_resolver(std::string_view text, std::initializer_list<std::string_view> hosts, bool& was_url) {
  std::string_view rest = without_prefix(text, {"https://", "http://"});
  for (const std::string_view host : hosts) {
    if (rest.size() > host.size() && iequals(rest.substr(0, host.size()), host) && rest[host.size()] == '/') {
      was_url = true;
      return rest.substr(host.size() + 1);
    }
  }
  return text;
}

bool all_digits(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_ascii_digit); }

// Letters and digits, upper case; hyphens, dashes and blanks dropped.
std::string compact(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (is_ascii_digit(c)) out.push_back(c);
    else if (is_ascii_alpha(c)) out.push_back(c >= 'a' ? static_cast<char>(c - 32) : c);
    else if (!is_blank(c) && c != '-' && static_cast<unsigned char>(c) < 0x80) out.push_back('?');
  }
  return out;
}

// ISO 7064 MOD 11-2 over all but the last symbol.
char mod_11_2(std::string_view digits) {
  int total = 0;
  for (const char c : digits) total = (total + (c - '0')) * 2;
  const int check = (12 - total % 11) % 11;
  return check == 10 ? 'X' : static_cast<char>('0' + check);
}

char isbn13_check(std::string_view twelve) {
  int sum = 0;
  for (std::size_t i = 0; i < 12; ++i) sum += (twelve[i] - '0') * (i % 2 ? 3 : 1);
  return static_cast<char>('0' + (10 - sum % 10) % 10);
}

// Weighted sum modulo 11 as in ISBN-10 and ISSN: weights size+1 … 2, X is ten.
char mod_11_weighted(std::string_view digits) {
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) sum += (digits[i] - '0') * static_cast<int>(digits.size() + 1 - i);
  const int check = (11 - sum % 11) % 11;
  return check == 10 ? 'X' : static_cast<char>('0' + check);
}

bool closes_unopened(std::string_view text) {
  constexpr std::array<std::pair<char, char>, 4> kPairs = {{{'(', ')'}, {'[', ']'}, {'{', '}'}, {'<', '>'}}};
  for (const auto& [open, close] : kPairs) {
    if (text.back() == close) return std::ranges::count(text, close) > std::ranges::count(text, open);
  }
  return false;
}

}  // namespace

Result<Doi> Doi::parse(std::string_view text) {
  bool was_url = false;
  std::string_view rest = trim(text);
  if (!rest.starts_with("10.")) {
    rest = without_prefix(rest, {"doi:", "doi ", "info:doi/", "urn:doi:"});
    rest = without_resolver(rest, {"doi.org", "dx.doi.org", "www.doi.org", "www.dx.doi.org"}, was_url);
    rest = without_prefix(rest, {"doi:"});
  }
  std::string doi = was_url ? ascii_lower(percent_decoded(rest)) : ascii_lower(rest);
  while (!doi.empty() && (std::string_view(".,;:\"'").find(doi.back()) != std::string_view::npos || closes_unopened(doi)))
    doi.pop_back();
  const std::size_t slash = doi.find('/');
  const auto refused = [&] { return refuse("DOI", text, "a DOI looks like 10.1234/abc"); };
  if (!doi.starts_with("10.") || slash == std::string::npos || slash + 1 >= doi.size()) return refused();
  const std::string_view registrant = std::string_view(doi).substr(3, slash - 3);
  for (std::size_t at = 0; at <= registrant.size();) {
    const std::size_t end = std::min(registrant.find('.', at), registrant.size());
    if (!all_digits(registrant.substr(at, end - at))) return refused();
    at = end + 1;
  }
  if (registrant.size() < 4 || std::ranges::any_of(doi, [](char c) { return static_cast<unsigned char>(c) <= 0x20; }) ||
      !is_utf8(doi))
    return refused();
  return Doi(std::move(doi));
}

std::string Doi::url() const { return "https://doi.org/" + str(); }

Result<Orcid> Orcid::parse(std::string_view text) {
  bool was_url = false;
  std::string_view rest = without_prefix(trim(text), {"orcid:", "orcid id:", "orcid "});
  rest = without_resolver(rest, {"orcid.org", "www.orcid.org"}, was_url);
  while (!rest.empty() && rest.back() == '/') rest.remove_suffix(1);
  const std::string digits = compact(rest);
  if (digits.size() != 16 || !all_digits(std::string_view(digits).substr(0, 15)))
    return refuse("ORCID iD", text, "an ORCID iD looks like 0000-0002-1825-0097");
  if (mod_11_2(std::string_view(digits).substr(0, 15)) != digits[15])
    return refuse("valid ORCID iD", text, "its check digit is wrong: compare it with its source");
  std::string parted;
  for (std::size_t at = 0; at < digits.size(); at += 4) parted.append(at == 0 ? "" : "-").append(digits, at, 4);
  return Orcid(std::move(parted));
}

std::string Orcid::url() const { return "https://orcid.org/" + str(); }

Result<Ror> Ror::parse(std::string_view text) {
  static constexpr std::string_view kAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";
  bool was_url = false;
  std::string_view rest = without_resolver(without_prefix(trim(text), {"ror:"}), {"ror.org", "www.ror.org"}, was_url);
  while (!rest.empty() && rest.back() == '/') rest.remove_suffix(1);
  const std::string id = ascii_lower(rest);
  if (id.size() != 9 || id[0] != '0' || id.find_first_not_of(kAlphabet) != std::string::npos ||
      !all_digits(std::string_view(id).substr(7)))
    return refuse("ROR id", text, "a ROR id looks like https://ror.org/05egrn753");
  std::size_t value = 0;
  for (std::size_t i = 0; i < 7; ++i) value = value * 32 + kAlphabet.find(id[i]);
  const std::size_t check = 98 - (value * 100) % 97;
  if (check != static_cast<std::size_t>((id[7] - '0') * 10 + (id[8] - '0')))
    return refuse("valid ROR id", text, "its check digits are wrong: compare it with its source");
  return Ror(id);
}

std::string Ror::url() const { return "https://ror.org/" + str(); }

Result<Isbn> Isbn::parse(std::string_view text) {
  const std::string_view rest =
      without_prefix(trim(text), {"urn:isbn:", "isbn-13:", "isbn-10:", "isbn-13", "isbn-10", "isbn:", "isbn"});
  std::string digits = compact(rest);
  if (digits.size() == 10 && all_digits(std::string_view(digits).substr(0, 9))) {
    if (mod_11_weighted(std::string_view(digits).substr(0, 9)) != digits[9])
      return refuse("valid ISBN", text, "its check digit is wrong: compare it with the book");
    digits = "978" + digits.substr(0, 9);
    digits.push_back(isbn13_check(digits));
  }
  if (digits.size() != 13 || !all_digits(digits)) return refuse("ISBN", text, "an ISBN has 10 or 13 digits");
  if (!digits.starts_with("978") && !digits.starts_with("979"))
    return refuse("ISBN", text, "thirteen digits of an ISBN begin with 978 or 979");
  if (isbn13_check(digits) != digits[12]) return refuse("valid ISBN", text, "its check digit is wrong: compare it with the book");
  return Isbn(std::move(digits));
}

Result<Issn> Issn::parse(std::string_view text) {
  const std::string digits = compact(without_prefix(trim(text), {"urn:issn:", "issn:", "issn", "eissn:", "e-issn:"}));
  if (digits.size() != 8 || !all_digits(std::string_view(digits).substr(0, 7)))
    return refuse("ISSN", text, "an ISSN looks like 2049-3630");
  if (mod_11_weighted(std::string_view(digits).substr(0, 7)) != digits[7])
    return refuse("valid ISSN", text, "its check digit is wrong: compare it with the journal");
  return Issn(digits.substr(0, 4) + "-" + digits.substr(4));
}

Result<ArxivId> ArxivId::parse(std::string_view text) {
  bool was_url = false;
  std::string_view rest = without_prefix(trim(text), {"arxiv:", "oai:arxiv.org:"});
  rest = without_resolver(rest, {"arxiv.org", "www.arxiv.org", "export.arxiv.org"}, was_url);
  if (was_url) rest = without_prefix(rest, {"abs/", "pdf/"});
  std::string id = ascii_lower(rest.substr(0, rest.find_first_of(" [")));
  if (id.ends_with(".pdf")) id.resize(id.size() - 4);
  if (const std::size_t v = id.rfind('v'); v != std::string::npos && v > 4 && all_digits(std::string_view(id).substr(v + 1)))
    id.resize(v);
  const std::size_t slash = id.find('/');
  if (slash != std::string::npos) {  // old scheme: archive.subject/YYMMNNN
    const std::string archive = id.substr(0, std::min(slash, id.find('.')));
    const std::string number = id.substr(slash + 1);
    const bool ok = number.size() == 7 && all_digits(number) && !archive.empty() &&
                    std::ranges::all_of(archive, [](char c) { return is_ascii_alpha(c) || c == '-'; });
    if (!ok) return refuse("arXiv id", text, "an arXiv id looks like 2101.00001 or math/0309136");
    return ArxivId(archive + "/" + number);
  }
  const bool ok = (id.size() == 9 || id.size() == 10) && id[4] == '.' && all_digits(std::string_view(id).substr(0, 4)) &&
                  all_digits(std::string_view(id).substr(5));
  if (!ok) return refuse("arXiv id", text, "an arXiv id looks like 2101.00001 or math/0309136");
  return ArxivId(std::move(id));
}

std::string ArxivId::url() const { return "https://arxiv.org/abs/" + str(); }

Result<Handle> Handle::parse(std::string_view text) {
  bool was_url = false;
  std::string_view rest = without_resolver(without_prefix(trim(text), {"hdl:", "info:hdl/", "urn:hdl:"}),
                                           {"hdl.handle.net", "www.hdl.handle.net"}, was_url);
  const std::size_t slash = rest.find('/');
  const bool ok = slash != std::string_view::npos && slash + 1 < rest.size() && !rest.starts_with("10.") &&
                  std::ranges::all_of(rest.substr(0, slash), [](char c) { return is_ascii_digit(c) || c == '.'; }) && slash > 0 &&
                  std::ranges::none_of(rest, is_blank);
  if (!ok) return refuse("handle", text, "a handle looks like 20.500.11811/123");
  return Handle(std::string(rest));
}

std::string Handle::url() const { return "https://hdl.handle.net/" + str(); }

Result<Pmid> Pmid::parse(std::string_view text) {
  bool was_url = false;
  std::string_view rest = without_resolver(without_prefix(trim(text), {"pmid:", "pmid"}),
                                           {"pubmed.ncbi.nlm.nih.gov", "www.ncbi.nlm.nih.gov/pubmed"}, was_url);
  while (!rest.empty() && rest.back() == '/') rest.remove_suffix(1);
  while (rest.size() > 1 && rest.front() == '0') rest.remove_prefix(1);
  if (!all_digits(rest) || rest.size() > 9) return refuse("PubMed id", text, "a PubMed id is a number");
  return Pmid(std::string(rest));
}

Result<Pmcid> Pmcid::parse(std::string_view text) {
  bool was_url = false;
  std::string_view rest = without_prefix(trim(text), {"pmcid:"});
  rest = without_resolver(rest, {"pmc.ncbi.nlm.nih.gov/articles", "www.ncbi.nlm.nih.gov/pmc/articles", "europepmc.org/articles"},
                          was_url);
  rest = without_prefix(rest, {"pmc"});
  while (was_url && !rest.empty() && rest.back() == '/') rest.remove_suffix(1);
  if (!all_digits(rest) || rest.size() > 9) return refuse("PubMed Central id", text, "it looks like PMC1234567");
  return Pmcid("PMC" + std::string(rest));
}

Result<Licence> Licence::parse(std::string_view text) {
  static constexpr std::array<std::string_view, 6> kKinds = {"by-nc-nd", "by-nc-sa", "by-nc", "by-nd", "by-sa", "by"};
  const auto is_version = [](std::string_view t) {
    return t.size() >= 3 && is_ascii_digit(t[0]) && t[1] == '.' && is_ascii_digit(t[2]);
  };
  const auto made = [](std::string_view kind, std::string_view version) {
    std::string upper(kind);
    for (char& c : upper) c = is_ascii_alpha(c) ? static_cast<char>(c & ~32) : c;
    return Licence(fmt::format("CC-{}-{}", upper, version.substr(0, 3)));
  };
  std::string key = ascii_lower(trim(text));
  std::ranges::replace(key, ' ', '-');
  std::ranges::replace(key, '_', '-');
  if (const std::size_t at = key.find("creativecommons.org/"); at != std::string::npos) {
    const std::vector<std::string_view> parts = split(std::string_view(key).substr(at + 20), '/');
    if (parts.size() >= 3 && parts[0] == "publicdomain" && parts[1] == "zero") return Licence("CC0-1.0");
    const bool known = parts.size() >= 2 && parts[0] == "licenses" && std::ranges::find(kKinds, parts[1]) != kKinds.end();
    if (known) return made(parts[1], parts.size() >= 3 && is_version(parts[2]) ? parts[2] : "4.0");
  }
  if (key == "cc0" || key == "cc0-1.0" || key == "cc-0") return Licence("CC0-1.0");
  for (const std::string_view kind : kKinds) {
    const std::string head = fmt::format("cc-{}", kind);
    if (!key.starts_with(head)) continue;
    std::string_view rest = std::string_view(key).substr(head.size());
    while (!rest.empty() && (rest.front() == '-' || rest.front() == 'v')) rest.remove_prefix(1);
    if (rest.empty() || is_version(rest)) return made(kind, rest.empty() ? "4.0" : rest);
  }
  return refuse("known licence", text, "write an SPDX id such as CC-BY-4.0");
}

std::string Licence::url() const {
  if (str() == "CC0-1.0") return "https://creativecommons.org/publicdomain/zero/1.0/";
  const std::size_t dash = str().rfind('-');
  return fmt::format("https://creativecommons.org/licenses/{}/{}/", ascii_lower(std::string_view(str()).substr(3, dash - 3)),
                     str().substr(dash + 1));
}

}  // namespace colophon::bib
