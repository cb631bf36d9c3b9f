// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "formats/bibtex/writer.hpp"
#include "formats/citation_key.hpp"
#include "formats/csl_json.hpp"
#include "formats/jats/writer.hpp"
#include "formats/ris/writer.hpp"
#include "formats/writer.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace colophon::formats {
namespace {

std::string id_of(const Item& item) { return item.id.empty() ? citation_key(*item.work) : item.id; }

WrittenItem bibtex_item(const Item& item) { return {write_bibtex(*item.work, id_of(item)), {}}; }
WrittenItem biblatex_item(const Item& item) { return {write_bibtex(*item.work, id_of(item), bibtex::Dialect::biblatex), {}}; }
WrittenItem ris_item(const Item& item) { return {write_ris(*item.work, id_of(item)), {}}; }
WrittenItem csl_item(const Item& item) { return {to_csl(*item.work, id_of(item)).dump(), {}}; }
template <jats::Version kVersion, jats::TagSet kTags>
WrittenItem jats_item(const Item& item) {
  JatsFile file = write_jats(*item.work, item.body, {kVersion, kTags});
  return {std::move(file.xml), std::move(file.diagnostics)};
}

bool in_bibtex(bib::WorkType, bib::FieldId field, const bib::Value& value) { return bibtex_holds(field, value); }
bool everything(bib::WorkType, bib::FieldId, const bib::Value&) { return true; }

using V = jats::Version;
using T = jats::TagSet;

// clang-format off
constexpr std::array kWriters = {
    WriterRow{"bibtex",   "BibTeX",   "application/x-bibtex",                       "bib",  "",    "\n",   "",      bibtex_item,   in_bibtex},
    WriterRow{"biblatex", "BibLaTeX", "application/x-bibtex",                       "bib",  "",    "\n",   "",      biblatex_item, in_bibtex},
    WriterRow{"ris",      "RIS",      "application/x-research-info-systems",        "ris",  "",    "\r\n", "",      ris_item,      ris_holds},
    WriterRow{"csl-json", "CSL-JSON", "application/vnd.citationstyles.csl+json",    "json", "[\n", ",\n", "\n]\n", csl_item,      everything},
    WriterRow{"jats",                "JATS",                "application/jats+xml", "xml", "", "", "", jats_item<V::v1_3, T::archiving>,  everything, Holds::one},
    WriterRow{"jats-1.4",            "JATS 1.4",            "application/jats+xml", "xml", "", "", "", jats_item<V::v1_4, T::archiving>,  everything, Holds::one},
    WriterRow{"jats-publishing",     "JATS Publishing",     "application/jats+xml", "xml", "", "", "", jats_item<V::v1_3, T::publishing>, everything, Holds::one},
    WriterRow{"jats-publishing-1.4", "JATS Publishing 1.4", "application/jats+xml", "xml", "", "", "", jats_item<V::v1_4, T::publishing>, everything, Holds::one},
};
// clang-format on

}  // namespace

std::span<const WriterRow> writers() { return kWriters; }

std::optional<WriterRow> writer_named(std::string_view name) {
  const auto found = std::ranges::find(kWriters, name, &WriterRow::name);
  if (found == kWriters.end()) return std::nullopt;
  return *found;
}

Result<WriterRow> writer_of(std::string_view name) {
  if (const std::optional<WriterRow> row = writer_named(name)) return *row;
  return fail(Errc::usage, fmt::format("there is no format “{}”", printable(name)), "the formats are " + writer_names());
}

std::string writer_names(std::string_view separator) {
  std::vector<std::string_view> names;
  for (const WriterRow& row : kWriters) names.push_back(row.name);
  return fmt::format("{}", fmt::join(names, separator));
}

}  // namespace colophon::formats
