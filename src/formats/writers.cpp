// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "formats/bibtex/writer.hpp"
#include "formats/csl_json.hpp"
#include "formats/writer.hpp"

namespace colophon::formats {
namespace {

std::string bibtex_item(const Item& item) {
  return write_bibtex(*item.work, item.id.empty() ? citation_key(*item.work) : item.id);
}
std::string csl_item(const Item& item) { return to_csl(*item.work, item.id.empty() ? citation_key(*item.work) : item.id).dump(); }

// clang-format off
constexpr std::array kWriters = {
    WriterRow{"bibtex",   "BibTeX",   "application/x-bibtex",                         "bib",  "",    "\n",  "",      bibtex_item},
    WriterRow{"csl-json", "CSL-JSON", "application/vnd.citationstyles.csl+json",      "json", "[\n", ",\n", "\n]\n", csl_item},
};
// clang-format on

}  // namespace

std::span<const WriterRow> writers() { return kWriters; }

std::optional<WriterRow> writer_named(std::string_view name) {
  const auto found = std::ranges::find(kWriters, name, &WriterRow::name);
  if (found == kWriters.end()) return std::nullopt;
  return *found;
}

}  // namespace colophon::formats
