// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "bib/identifiers.hpp"
#include "formats/bibtex/name_words.hpp"
#include "formats/bibtex/names.hpp"

namespace colophon::formats::bibtex {
namespace {

// Letters, dots and single blanks, as in most names: nothing to decode.
bool is_simple(std::string_view tex) {
  static constexpr auto kSimple = [] {
    std::array<bool, 256> out{};
    for (char c = 'a'; c <= 'z'; ++c) out[static_cast<unsigned char>(c)] = out[static_cast<unsigned char>(c - 32)] = true;
    out['.'] = out[' '] = out[','] = true;
    return out;
  }();
  char last = 0;
  for (const char c : tex) {
    if (!kSimple[static_cast<unsigned char>(c)] || (c == ' ' && last == ' ')) return false;
    last = c;
  }
  return true;
}

std::string decode_part(std::string_view tex, Decoding* decoding) {
  if (is_simple(tex)) return std::string(tex);
  std::string out = decode_plain(tex, decoding);
  if (out.find("\u00A0") == std::string::npos) return out;
  std::string spaced;  // ties are blanks in names
  spaced.reserve(out.size());
  for (std::size_t from = 0; from < out.size();) {
    const std::size_t tie = std::min(out.find("\u00A0", from), out.size());
    spaced.append(out, from, tie - from).push_back(' ');
    from = tie + 2;
  }
  return squeeze(spaced);
}

void decode_extended(std::string_view text, bib::Contributor& out, Decoding* decoding) {
  struct Part {
    std::string_view name;
    std::string bib::Name::* member;
  };
  static constexpr std::array kParts = {Part{"family", &bib::Name::family}, Part{"given", &bib::Name::given},
                                        Part{"prefix", &bib::Name::prefix}, Part{"suffix", &bib::Name::suffix},
                                        Part{"literal", &bib::Name::literal}};
  const Words parts = split_commas(text);
  bool dropping = false;
  for (const std::string_view part : parts) {
    const std::size_t equals = part.find('=');
    const std::string name = ascii_lower(trim(part.substr(0, equals)));
    std::string_view value = trim(part.substr(equals + 1));
    if (value.size() > 1 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
    const auto row = std::ranges::find(kParts, name, &Part::name);
    if (row != kParts.end()) out.name.*(row->member) = decode_part(value, decoding);
    dropping = dropping || (name == "useprefix" && iequals(value, "false"));
    if (name != "orcid") continue;
    if (Result<bib::Orcid> orcid = bib::Orcid::parse(value)) out.orcid = orcid->str();
  }
  if (dropping) std::swap(out.name.prefix, out.name.dropping_prefix);
  if (out.name.empty()) out.name.family = decode_part(parts[0], decoding);
}

void decode_parted(const NameParts& parts, bib::Name& out, Decoding* decoding) {
  out.family = decode_part(parts.family, decoding);
  if (!parts.given.empty()) out.given = decode_part(parts.given, decoding);
  if (!parts.prefix.empty()) out.prefix = decode_part(parts.prefix, decoding);
  if (!parts.suffix.empty()) out.suffix = decode_part(parts.suffix, decoding);
  if (!parts.rest.empty()) out.given += ", " + decode_part(parts.rest, decoding);
  if (out.family.empty()) std::swap(out.family, out.prefix);
  if (out.family.empty()) std::swap(out.family, out.given);
}

}  // namespace

bib::NameList decode_names(const NameCuts& cuts, std::vector<std::string>* odd, Decoding* decoding) {
  bib::NameList out;
  out.others = cuts.others;
  for (const std::string_view text : cuts.odd) {
    if (odd && odd->size() < 100) odd->emplace_back(text);
  }
  out.names.reserve(cuts.names.size());
  for (const NameParts& parts : cuts.names) {
    bib::Contributor& person = out.names.emplace_back();
    switch (parts.form) {
      case NameParts::Form::literal: person.name.literal = decode_part(parts.whole, decoding); break;
      case NameParts::Form::extended: decode_extended(parts.whole, person, decoding); break;
      case NameParts::Form::parted: decode_parted(parts, person.name, decoding); break;
    }
    if (person.name.empty()) out.names.pop_back();
  }
  return out;
}

}  // namespace colophon::formats::bibtex
