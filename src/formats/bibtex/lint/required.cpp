// SPDX-License-Identifier: GPL-3.0-or-later
// What an entry must have: btxdoc.tex section 3.1 and the BibLaTeX manual 3.19, section 2.1.1.
#include <algorithm>
#include <array>
#include <bit>

#include "base/text.hpp"
#include "formats/bibtex/lint/lint.hpp"

#include <fmt/format.h>

namespace colophon::formats::bibtex {
namespace {

enum Slot : Slots {
  author = 1u << 0,
  editor = 1u << 1,
  title = 1u << 2,
  journal = 1u << 3,
  booktitle = 1u << 4,
  year = 1u << 5,
  publisher = 1u << 6,
  institution = 1u << 7,
  chapter = 1u << 8,
  pages = 1u << 9,
  note = 1u << 10,
  type = 1u << 11,
  number = 1u << 12,
  url = 1u << 13,
  doi = 1u << 14,
  eprint = 1u << 15,
  entryset = 1u << 16,
};

struct SlotName {
  std::string_view field;
  Slots slot;
  std::string_view bibtex, biblatex;  ///< the usual name; empty for another name of a slot above
};
// clang-format off
constexpr std::array kSlots = {
    SlotName{"author", author, "author", "author"},          SlotName{"editor", editor, "editor", "editor"},
    SlotName{"title", title, "title", "title"},              SlotName{"journal", journal, "journal", "journaltitle"},
    SlotName{"booktitle", booktitle, "booktitle", "booktitle"}, SlotName{"year", year, "year", "date"},
    SlotName{"publisher", publisher, "publisher", "publisher"}, SlotName{"institution", institution, "institution", "institution"},
    SlotName{"chapter", chapter, "chapter", "chapter"},      SlotName{"pages", pages, "pages", "pages"},
    SlotName{"note", note, "note", "note"},                  SlotName{"type", type, "type", "type"},
    SlotName{"number", number, "number", "number"},          SlotName{"url", url, "url", "url"},
    SlotName{"doi", doi, "doi", "doi"},                      SlotName{"eprint", eprint, "eprint", "eprint"},
    SlotName{"entryset", entryset, "entryset", "entryset"},  SlotName{"journaltitle", journal, "", ""},
    SlotName{"date", year, "", ""},                          SlotName{"school", institution, "", ""},
    SlotName{"editora", editor, "", ""},                     SlotName{"howpublished", 0, "", ""},
    SlotName{"issuetitle", title, "", ""},                   SlotName{"maintitle", 0, "", ""},
};

// Each group of slots must have one that is there.
struct Need {
  std::string_view type;
  std::array<Slots, 6> groups;
};
constexpr std::array kBibtex = {
    Need{"article",       {author, title, journal, year}},
    Need{"book",          {author | editor, title, publisher, year}},
    Need{"booklet",       {title}},
    Need{"conference",    {author, title, booktitle, year}},
    Need{"inbook",        {author | editor, title, chapter | pages, publisher, year}},
    Need{"incollection",  {author, title, booktitle, publisher, year}},
    Need{"inproceedings", {author, title, booktitle, year}},
    Need{"manual",        {title}},
    Need{"mastersthesis", {author, title, institution, year}},
    Need{"phdthesis",     {author, title, institution, year}},
    Need{"proceedings",   {title, year}},
    Need{"techreport",    {author, title, institution, year}},
    Need{"unpublished",   {author, title, note}},
};
constexpr std::array kBiblatex = {
    Need{"article",        {author, title, journal, year}},
    Need{"book",           {author, title, year}},
    Need{"mvbook",         {author, title, year}},
    Need{"inbook",         {author, title, booktitle, year}},
    Need{"bookinbook",     {author, title, booktitle, year}},
    Need{"suppbook",       {author, title, booktitle, year}},
    Need{"booklet",        {author | editor, title, year}},
    Need{"collection",     {editor, title, year}},
    Need{"mvcollection",   {editor, title, year}},
    Need{"incollection",   {author, title, booktitle, year}},
    Need{"suppcollection", {author, title, booktitle, year}},
    Need{"dataset",        {author | editor, title, year}},
    Need{"manual",         {author | editor, title, year}},
    Need{"misc",           {author | editor, title, year}},
    Need{"software",       {author | editor, title, year}},
    Need{"online",         {author | editor, title, year, doi | eprint | url}},
    Need{"electronic",     {author | editor, title, year, doi | eprint | url}},
    Need{"www",            {author | editor, title, year, doi | eprint | url}},
    Need{"patent",         {author, title, number, year}},
    Need{"periodical",     {title, year}},
    Need{"suppperiodical", {author, title, journal, year}},
    Need{"proceedings",    {title, year}},
    Need{"mvproceedings",  {title, year}},
    Need{"inproceedings",  {author, title, booktitle, year}},
    Need{"conference",     {author, title, booktitle, year}},
    Need{"reference",      {editor, title, year}},
    Need{"mvreference",    {editor, title, year}},
    Need{"inreference",    {author, title, booktitle, year}},
    Need{"report",         {author, title, type, institution, year}},
    Need{"techreport",     {author, title, institution, year}},
    Need{"thesis",         {author, title, type, institution, year}},
    Need{"phdthesis",      {author, title, institution, year}},
    Need{"mastersthesis",  {author, title, institution, year}},
    Need{"unpublished",    {author, title, year}},
    Need{"set",            {entryset}},
};

constexpr std::array<std::string_view, 20> kBiblatexTypes = {
    "mvbook", "bookinbook", "suppbook", "collection", "mvcollection", "suppcollection", "dataset", "online", "mvproceedings", "reference", "mvreference",
    "inreference", "report", "thesis", "set", "xdata", "software", "suppperiodical", "periodical", "patent"};
constexpr std::array<std::string_view, 3> kBibtexTypes = {"techreport", "phdthesis", "mastersthesis"};
constexpr std::array<std::string_view, 11> kBiblatexFields = {
    "date", "journaltitle", "langid", "eprinttype", "eventtitle", "eventdate", "origdate", "maintitle", "shortjournal", "xdata", "entrysubtype"};
constexpr std::array<std::string_view, 3> kBibtexFields = {"journal", "school", "address"};
// clang-format on

template <std::size_t N>
bool holds(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

std::string words(Slots group, Rulebook dialect) {
  std::string out;
  for (const SlotName& slot : kSlots) {
    if ((group & slot.slot) == 0 || slot.bibtex.empty()) continue;
    out += (out.empty() ? "" : " or ") + std::string(dialect == Rulebook::biblatex ? slot.biblatex : slot.bibtex);
  }
  return out;
}

}  // namespace

Slots slot_of(std::string_view lower_name) {
  const auto found = std::ranges::find(kSlots, lower_name, &SlotName::field);
  return found == kSlots.end() ? 0 : found->slot;
}

// A parent's title is the booktitle of what stands in it; BibTeX hands on booktitle itself. Identifiers, pages and notes stay.
Slots inherited_slots(std::string_view parent_type, Slots slots, std::string_view child_type) {
  const bool part =
      child_type.starts_with("in") || child_type.starts_with("supp") || child_type == "conference" || child_type == "bookinbook";
  Slots out = slots & ~(doi | url | eprint | pages | note | type | entryset);
  if (!part && !parent_type.starts_with("mv")) return out;
  if ((out & title) != 0) out |= child_type == "article" ? journal : booktitle;
  return out & ~title;
}

void check_required(const LintContext& at, Slots slots) {
  const bool biblatex = at.dialect == Rulebook::biblatex;
  const std::span<const Need> needs = biblatex ? std::span<const Need>(kBiblatex) : std::span<const Need>(kBibtex);
  auto need = std::ranges::find(needs, std::string_view(at.type), &Need::type);
  if (need == needs.end() && !biblatex) {  // a type of BibLaTeX in a file of BibTeX
    const auto other = std::ranges::find(kBiblatex, std::string_view(at.type), &Need::type);
    if (other == kBiblatex.end() || at.type == "misc" || at.type == "set") return;
    need = std::span<const Need>(kBiblatex).begin() + (other - kBiblatex.begin());
  } else if (need == needs.end()) {
    return;
  }
  for (const Slots group : need->groups) {
    if (group == 0 || (group & slots) != 0) continue;
    const std::string field = words(group, at.dialect);
    at.report->add("bibtex.required-field", at.chunk->begin, fmt::format("@{} needs {}", at.type, field),
                   fmt::format("{} asks for it in each @{}", biblatex ? "BibLaTeX" : "BibTeX", at.type));
  }
}

int leaning_of_type(std::string_view lower_name) {
  return holds(kBiblatexTypes, lower_name) ? 1 : holds(kBibtexTypes, lower_name) ? -1 : 0;
}
int leaning_of_field(std::string_view lower_name) {
  return holds(kBiblatexFields, lower_name) ? 1 : holds(kBibtexFields, lower_name) ? -1 : 0;
}

}  // namespace colophon::formats::bibtex
