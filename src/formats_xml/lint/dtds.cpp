// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats_xml/lint/dtds.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <tuple>

#include "base/text.hpp"

namespace colophon::formats_xml {
namespace {

// clang-format off
constexpr std::array kDtds = std::to_array<Dtd>({
    {"-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD v1.0 20120330//EN", "1.0/JATS-archivearticle1.dtd", "JATS 1.0 archiving", "1.0", TagSet::archiving, false, false},
    {"-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD with OASIS Tables v1.0 20120330//EN", "1.0/JATS-archive-oasis-article1.dtd", "JATS 1.0 archiving with OASIS tables", "1.0", TagSet::archiving, false, true},
    {"-//NLM//DTD JATS (Z39.96) Journal Publishing DTD v1.0 20120330//EN", "1.0/JATS-journalpublishing1.dtd", "JATS 1.0 publishing", "1.0", TagSet::publishing, false, false},
    {"-//NLM//DTD JATS (Z39.96) Journal Publishing DTD with OASIS Tables v1.0 20120330//EN", "1.0/JATS-journalpublishing-oasis-article1.dtd", "JATS 1.0 publishing with OASIS tables", "1.0", TagSet::publishing, false, true},
    {"-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD v1.1 20151215//EN", "1.1/JATS-archivearticle1.dtd", "JATS 1.1 archiving", "1.1", TagSet::archiving, false, false},
    {"-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD with OASIS Tables v1.1 20151215//EN", "1.1/JATS-archive-oasis-article1.dtd", "JATS 1.1 archiving with OASIS tables", "1.1", TagSet::archiving, false, true},
    {"-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD with MathML3 v1.1 20151215//EN", "1.1/JATS-archivearticle1-mathml3.dtd", "JATS 1.1 archiving with MathML 3", "1.1", TagSet::archiving, true, false},
    {"-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD with OASIS Tables with MathML3 v1.1 20151215//EN", "1.1/JATS-archive-oasis-article1-mathml3.dtd", "JATS 1.1 archiving with OASIS tables with MathML 3", "1.1", TagSet::archiving, true, true},
    {"-//NLM//DTD JATS (Z39.96) Journal Publishing DTD v1.1 20151215//EN", "1.1/JATS-journalpublishing1.dtd", "JATS 1.1 publishing", "1.1", TagSet::publishing, false, false},
    {"-//NLM//DTD JATS (Z39.96) Journal Publishing DTD with OASIS Tables v1.1 20151215//EN", "1.1/JATS-journalpublishing-oasis-article1.dtd", "JATS 1.1 publishing with OASIS tables", "1.1", TagSet::publishing, false, true},
    {"-//NLM//DTD JATS (Z39.96) Journal Publishing DTD with MathML3 v1.1 20151215//EN", "1.1/JATS-journalpublishing1-mathml3.dtd", "JATS 1.1 publishing with MathML 3", "1.1", TagSet::publishing, true, false},
    {"-//NLM//DTD JATS (Z39.96) Journal Publishing DTD with OASIS Tables with MathML3 v1.1 20151215//EN", "1.1/JATS-journalpublishing-oasis-article1-mathml3.dtd", "JATS 1.1 publishing with OASIS tables with MathML 3", "1.1", TagSet::publishing, true, true},
    {"-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD v1.2 20190208//EN", "1.2/JATS-archivearticle1.dtd", "JATS 1.2 archiving", "1.2", TagSet::archiving, false, false},
    {"-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD with OASIS Tables v1.2 20190208//EN", "1.2/JATS-archive-oasis-article1.dtd", "JATS 1.2 archiving with OASIS tables", "1.2", TagSet::archiving, false, true},
    {"-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD with MathML3 v1.2 20190208//EN", "1.2/JATS-archivearticle1-mathml3.dtd", "JATS 1.2 archiving with MathML 3", "1.2", TagSet::archiving, true, false},
    {"-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD with OASIS Tables with MathML3 v1.2 20190208//EN", "1.2/JATS-archive-oasis-article1-mathml3.dtd", "JATS 1.2 archiving with OASIS tables with MathML 3", "1.2", TagSet::archiving, true, true},
    {"-//NLM//DTD JATS (Z39.96) Journal Publishing DTD v1.2 20190208//EN", "1.2/JATS-journalpublishing1.dtd", "JATS 1.2 publishing", "1.2", TagSet::publishing, false, false},
    {"-//NLM//DTD JATS (Z39.96) Journal Publishing DTD with OASIS Tables v1.2 20190208//EN", "1.2/JATS-journalpublishing-oasis-article1.dtd", "JATS 1.2 publishing with OASIS tables", "1.2", TagSet::publishing, false, true},
    {"-//NLM//DTD JATS (Z39.96) Journal Publishing DTD with MathML3 v1.2 20190208//EN", "1.2/JATS-journalpublishing1-mathml3.dtd", "JATS 1.2 publishing with MathML 3", "1.2", TagSet::publishing, true, false},
    {"-//NLM//DTD JATS (Z39.96) Journal Publishing DTD with OASIS Tables with MathML3 v1.2 20190208//EN", "1.2/JATS-journalpublishing-oasis-article1-mathml3.dtd", "JATS 1.2 publishing with OASIS tables with MathML 3", "1.2", TagSet::publishing, true, true},
    {"-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD v1.3 20210610//EN", "1.3/JATS-archivearticle1-3.dtd", "JATS 1.3 archiving", "1.3", TagSet::archiving, false, false},
    {"-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD with OASIS Tables v1.3 20210610//EN", "1.3/JATS-archive-oasis-article1-3.dtd", "JATS 1.3 archiving with OASIS tables", "1.3", TagSet::archiving, false, true},
    {"-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD with MathML3 v1.3 20210610//EN", "1.3/JATS-archivearticle1-3-mathml3.dtd", "JATS 1.3 archiving with MathML 3", "1.3", TagSet::archiving, true, false},
    {"-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD with OASIS Tables with MathML3 v1.3 20210610//EN", "1.3/JATS-archive-oasis-article1-3-mathml3.dtd", "JATS 1.3 archiving with OASIS tables with MathML 3", "1.3", TagSet::archiving, true, true},
    {"-//NLM//DTD JATS (Z39.96) Journal Publishing DTD v1.3 20210610//EN", "1.3/JATS-journalpublishing1-3.dtd", "JATS 1.3 publishing", "1.3", TagSet::publishing, false, false},
    {"-//NLM//DTD JATS (Z39.96) Journal Publishing DTD with OASIS Tables v1.3 20210610//EN", "1.3/JATS-journalpublishing-oasis-article1-3.dtd", "JATS 1.3 publishing with OASIS tables", "1.3", TagSet::publishing, false, true},
    {"-//NLM//DTD JATS (Z39.96) Journal Publishing DTD with MathML3 v1.3 20210610//EN", "1.3/JATS-journalpublishing1-3-mathml3.dtd", "JATS 1.3 publishing with MathML 3", "1.3", TagSet::publishing, true, false},
    {"-//NLM//DTD JATS (Z39.96) Journal Publishing DTD with OASIS Tables with MathML3 v1.3 20210610//EN", "1.3/JATS-journalpublishing-oasis-article1-3-mathml3.dtd", "JATS 1.3 publishing with OASIS tables with MathML 3", "1.3", TagSet::publishing, true, true},
    {"-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD v1.4 20241031//EN", "1.4/JATS-archivearticle1-4.dtd", "JATS 1.4 archiving", "1.4", TagSet::archiving, false, false},
    {"-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD with OASIS Tables v1.4 20241031//EN", "1.4/JATS-archive-oasis-article1-4.dtd", "JATS 1.4 archiving with OASIS tables", "1.4", TagSet::archiving, false, true},
    {"-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD with MathML3 v1.4 20241031//EN", "1.4/JATS-archivearticle1-4-mathml3.dtd", "JATS 1.4 archiving with MathML 3", "1.4", TagSet::archiving, true, false},
    {"-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD with OASIS Tables with MathML3 v1.4 20241031//EN", "1.4/JATS-archive-oasis-article1-4-mathml3.dtd", "JATS 1.4 archiving with OASIS tables with MathML 3", "1.4", TagSet::archiving, true, true},
    {"-//NLM//DTD JATS (Z39.96) Journal Publishing DTD v1.4 20241031//EN", "1.4/JATS-journalpublishing1-4.dtd", "JATS 1.4 publishing", "1.4", TagSet::publishing, false, false},
    {"-//NLM//DTD JATS (Z39.96) Journal Publishing DTD with OASIS Tables v1.4 20241031//EN", "1.4/JATS-journalpublishing-oasis-article1-4.dtd", "JATS 1.4 publishing with OASIS tables", "1.4", TagSet::publishing, false, true},
    {"-//NLM//DTD JATS (Z39.96) Journal Publishing DTD with MathML3 v1.4 20241031//EN", "1.4/JATS-journalpublishing1-4-mathml3.dtd", "JATS 1.4 publishing with MathML 3", "1.4", TagSet::publishing, true, false},
    {"-//NLM//DTD JATS (Z39.96) Journal Publishing DTD with OASIS Tables with MathML3 v1.4 20241031//EN", "1.4/JATS-journalpublishing-oasis-article1-4-mathml3.dtd", "JATS 1.4 publishing with OASIS tables with MathML 3", "1.4", TagSet::publishing, true, true},
    {"-//NLM//DTD Journal Publishing DTD v3.0 20080202//EN", "nlm-3.0/journalpublishing3.dtd", "NLM 3.0 publishing", "nlm-3.0", TagSet::publishing, false, false},
});
// clang-format on

constexpr std::size_t kHead = 16 << 10;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// The beginning of a file as ASCII: NULs of UTF-16 left out.
std::string head_of(std::string_view bytes) {
  std::string out(bytes.substr(0, kHead));
  std::erase(out, '\0');
  return out;
}

/// The next word or quoted text.
std::string_view next(std::string_view& rest) {
  while (!rest.empty() && is_blank(rest.front())) rest.remove_prefix(1);
  if (rest.empty()) return {};
  const char first = rest.front();
  const bool quoted = first == '"' || first == '\'';
  const std::size_t end = quoted ? rest.find(first, 1) : rest.find_first_of(" \t\r\n[>\"'");
  const std::string_view out = rest.substr(quoted ? 1 : 0, end == std::string_view::npos ? end : end - (quoted ? 1 : 0));
  rest.remove_prefix(std::min(rest.size(), end == std::string_view::npos ? rest.size() : end + (quoted ? 1 : 0)));
  return out;
}

std::string attribute(std::string_view tag, std::string_view name) {
  for (std::size_t at = tag.find(name); at != std::string_view::npos; at = tag.find(name, at + 1)) {
    std::string_view rest = tag.substr(at + name.size());
    while (!rest.empty() && is_blank(rest.front())) rest.remove_prefix(1);
    if (at == 0 || !is_blank(tag[at - 1]) || !rest.starts_with('=')) continue;
    rest.remove_prefix(1);
    return std::string(next(rest));
  }
  return {};
}

/// "1.1" of "v1.1d3", "/1.1/" or "1.1": the part of a version that counts; "nlm-3.0" for the names before JATS.
std::string version_in(std::string_view text) {
  for (std::size_t i = 0; i + 2 < text.size(); ++i) {
    const bool begins = i == 0 || !(is_ascii_digit(text[i - 1]) || text[i - 1] == '.');
    if (!begins || !is_ascii_digit(text[i]) || text[i + 1] != '.' || !is_ascii_digit(text[i + 2])) continue;
    if (text[i] == '0') return "1.0";
    if (text[i] == '1') return std::string(text.substr(i, 3));
    if (text[i] == '2' || text[i] == '3') return "nlm-3.0";
  }
  return {};
}

constexpr std::array<std::string_view, 6> kVersions = {"nlm-3.0", "1.0", "1.1", "1.2", "1.3", "1.4"};

/// Its place among the versions; an unknown one is as new as the newest.
std::ptrdiff_t rank(std::string_view version) {
  const auto found = std::ranges::find(kVersions, version);
  return std::min<std::ptrdiff_t>(found - kVersions.begin(), std::ssize(kVersions) - 1);
}

bool holds(std::string_view text, std::string_view part) { return ascii_lower(text).find(part) != std::string::npos; }

}  // namespace

std::span<const Dtd> dtds() { return kDtds; }

Doctype doctype_of(std::string_view bytes) {
  const std::string head = head_of(bytes);
  Doctype out;
  std::string_view rest = head;
  const std::size_t at = head.find("<!DOCTYPE");
  if (at != std::string::npos) {
    out.line = static_cast<std::uint32_t>(1 + std::count(head.begin(), head.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
    rest.remove_prefix(at + 9);
    out.root = next(rest);
    const std::string_view kind = next(rest);
    if (kind == "PUBLIC") out.public_id = squeeze(next(rest));
    if (kind == "PUBLIC" || kind == "SYSTEM") out.system_id = trim(next(rest));
  }
  // the root's tag is the first that begins with a letter
  for (std::size_t i = rest.find('<'); i != std::string_view::npos && i + 1 < rest.size(); i = rest.find('<', i + 1)) {
    if (!is_ascii_alpha(rest[i + 1])) continue;
    out.version = attribute(rest.substr(i, rest.find('>', i) - i), "dtd-version");
    break;
  }
  return out;
}

Choice choose_dtd(const Doctype& doctype) {
  const auto named = std::ranges::find(kDtds, std::string_view(doctype.public_id), &Dtd::public_id);
  if (named != kDtds.end()) return {&*named, true};
  const std::string ids = doctype.public_id + " " + doctype.system_id;
  const TagSet tags = holds(ids, "publishing") || holds(ids, "authoring") ? TagSet::publishing : TagSet::archiving;
  const bool oasis = holds(ids, "oasis");
  std::string version = version_in(doctype.public_id);
  if (version.empty()) version = version_in(doctype.system_id);
  if (version.empty()) version = version_in(doctype.version);
  const bool mathml3 = holds(ids, "mathml3") || (!doctype.named() && version != "1.0" && version != "nlm-3.0");
  const std::ptrdiff_t wanted = rank(version);
  const auto distance = [&](const Dtd& dtd) {
    return std::tuple(dtd.tags != tags, std::abs(rank(dtd.version) - wanted), dtd.oasis != oasis, dtd.mathml3 != mathml3);
  };
  const Dtd* best = &*std::ranges::min_element(kDtds, {}, distance);
  const bool address = doctype.public_id.empty() && !doctype.system_id.empty() && doctype.system_id.ends_with(best->path);
  return {best, address};
}

}  // namespace colophon::formats_xml
