// SPDX-License-Identifier: GPL-3.0-or-later
// Scores the readers of bibliographies against a neutral case set: expectations of other projects' own tests. Figures: of the entries
// that retorquere/bibtex-parser expects, how many were found, with its title and authors; the same where a second source agrees with
// it ("consensus_"); and for every source and kind how many expectations (entries, pairs) are met in all fields.
#include "bibtex.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>

#include "base/io.hpp"
#include "base/text.hpp"
#include "bibtex_case.hpp"

#include <fmt/format.h>

namespace colophon::score {
namespace {

constexpr std::string_view kFirst = "retorquere/bibtex-parser";
constexpr std::string_view kSecond = "fiduswriter/biblatex-csl-converter";

struct Row {
  int passed = 0, total = 0, unsupported = 0;
};

std::string name_of(const Case& one) { return one.id.substr(one.id.rfind('/') + 1); }

// The second source's case of the same input: the same bytes; else the same issue, under the same name where there are several.
const Case* second_opinion(const Case& one, const std::vector<Case>& all) {
  const Case* same_group = nullptr;
  int in_group = 0;
  for (const Case& other : all) {
    if (other.source != kSecond || other.kind != "bib") continue;
    if (other.input == one.input) return &other;
    if (other.group != one.group) continue;
    if (name_of(other) == name_of(one)) return &other;
    same_group = &other;
    ++in_group;
  }
  return in_group == 1 ? same_group : nullptr;
}

// Why we differ, as reviewed: "id TAB field TAB reason" by line, the first that fits. An id that ends in "*" stands for all that begin
// with it; field "*" for any.
class Reasons {
 public:
  Reasons() {
    const std::string text =
        read_file(std::filesystem::path(COLOPHON_SOURCE_DIR) / "tests/score/bibtex_reasons.tsv").value_or("");
    for (const std::string_view line : split(text, '\n')) {
      const std::vector<std::string_view> cells = split(line, '\t');
      if (cells.size() == 3 && !line.starts_with('#'))
        rows_.push_back({std::string(cells[0]), std::string(cells[1]), std::string(cells[2])});
    }
  }
  std::string of(const Unit& unit) const {
    const auto found = std::ranges::find_if(rows_, [&](const Row& row) { return fits(row, unit); });
    return found == rows_.end() ? "" : found->reason;
  }

 private:
  struct Row {
    std::string id, field, reason;
  };
  static bool fits(const Row& row, const Unit& unit) {
    const std::string id = printable(unit.id);
    const bool same = row.id.ends_with('*') ? id.starts_with(row.id.substr(0, row.id.size() - 1)) : id == row.id;
    return same &&
           (row.field == "*" || std::ranges::find(unit.differences, row.field, &Difference::field) != unit.differences.end());
  }
  std::vector<Row> rows_;
};

double fraction(int part, int whole) { return whole ? static_cast<double>(part) / whole : 0; }

void add_figures(const std::string& prefix, const EntryFigures& counted, Json& figures) {
  figures.set(prefix + "found", fraction(counted.found, counted.entries))
      .set(prefix + "titles", fraction(counted.right_titles, counted.titles))
      .set(prefix + "author_lists", fraction(counted.right_lists, counted.lists));
}

Json counts(const EntryFigures& c) {
  return Json::object({{"entries", c.entries}, {"titles", c.titles}, {"author_lists", c.lists}});
}

int weight(const Unit& unit) {
  int out = 0;
  for (const Difference& d : unit.differences) out += d.weight;
  return out;
}

Json miss_of(const Unit& unit, const Reasons& reasons) {
  std::string fields;
  for (const Difference& d : unit.differences) fields += (fields.empty() ? "" : ",") + d.field;
  const Difference& worst = *std::ranges::max_element(unit.differences, {}, &Difference::weight);
  const auto cut = [](const std::string& text) { return ellipsis(printable(text), 160); };
  Json out = Json::object({{"id", printable(unit.id)}, {"source", unit.row}, {"field", fields}});
  out.set("expected", cut(worst.expected)).set("got", cut(worst.got));
  return out.set_if("reason", reasons.of(unit)), out;
}

Json misses_of(std::vector<Unit>& units) {
  const Reasons reasons;
  std::ranges::stable_sort(units, std::ranges::greater{}, weight);
  Json out = Json::array();
  for (const Unit& unit : units) {
    if (unit.supported && !unit.differences.empty()) out.push(miss_of(unit, reasons));
  }
  return out;
}

Json by_source(const std::vector<Unit>& units, int& unsupported) {
  std::map<std::string, Row> rows;
  for (const Unit& unit : units) {
    Row& row = rows[unit.row];
    ++row.total;
    row.passed += unit.supported && unit.differences.empty();
    row.unsupported += !unit.supported;
    unsupported += !unit.supported;
  }
  Json out = Json::object();
  for (const auto& [name, row] : rows) {
    Json one = Json::object({{"passed", row.passed}, {"total", row.total}});
    out.set(name, std::move(one.set_if("unsupported", row.unsupported ? Json(row.unsupported) : Json())));
  }
  return out;
}

bool has_entries(const Case& one) {
  static constexpr std::array<std::string_view, 5> kKinds = {"bib", "csl", "zotero-items", "convert", "bbl"};
  return std::ranges::find(kKinds, one.kind) != kKinds.end();
}

// --- as text ------------------------------------------------------------------------------------------------------------------

// Measured on all 2,114 cases of the set, open and held out, with the same levelling.
struct Rival {
  std::string_view name;
  std::array<double, 6> figures;  // found, titles, author lists; the same of the consensus
};
constexpr std::array kRivals = {
    Rival{"@retorquere/bibtex-parser 9.0.29", {1.000, .979, .986, 1.000, 1.000, 1.000}},
    Rival{"biblatex-csl-converter 3.2.2", {.988, .953, .977, 1.000, 1.000, .964}},
    Rival{"pybtex 0.24", {.987, .932, .956, .998, .905, .904}},
    Rival{"bibtexparser 2 + names + TeX", {.800, .739, .534, .955, .954, .840}},
    Rival{"citation-js", {.729, .714, .709, .971, .926, .904}},
    Rival{"pandoc (571 files)", {.706, .586, .690, .998, .958, .978}},
};

void print_row(std::string_view name, const std::array<double, 6>& figures) {
  fmt::print("{:<34}", name);
  for (const double figure : figures) fmt::print("{:>9.4f}", figure);
  fmt::print("\n");
}

}  // namespace

Json score_bibtex(const std::filesystem::path& set) {
  const std::vector<Case> cases = load_cases(set);
  EntryFigures all, consensus;
  std::vector<Unit> units;
  for (const Case& one : cases) {
    std::ranges::move(has_entries(one) ? score_entries(one) : score_pairs(one), std::back_inserter(units));
    if (one.source != kFirst || one.kind != "bib") continue;
    count_entries(one, nullptr, all);
    if (const Case* second = second_opinion(one, cases)) count_entries(one, second, consensus);
  }
  int unsupported = 0;
  Json figures = Json::object();
  add_figures("", all, figures);
  add_figures("consensus_", consensus, figures);
  Json rows = by_source(units, unsupported);
  figures.set("unsupported", unsupported).set("by_source", std::move(rows));
  return Json::object({{"set", "bibtex"},
                       {"n", cases.size()},
                       {"counted", Json::object({{"all", counts(all)}, {"consensus", counts(consensus)}})},
                       {"figures", std::move(figures)},
                       {"misses", misses_of(units)}});
}

void print_bibtex(const Json& score) {
  const Json& figures = score["figures"];
  fmt::print("bibtex, {} cases\n\n", score["n"].as_int());
  fmt::print("{:<34}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}\n", "", "found", "titles", "authors", "c.found", "c.title", "c.author");
  const auto figure = [&](std::string_view name) { return figures[name].as_double(); };
  print_row("Colophon, these cases", {figure("found"), figure("titles"), figure("author_lists"), figure("consensus_found"),
                                      figure("consensus_titles"), figure("consensus_author_lists")});
  for (const Rival& rival : kRivals) print_row(rival.name, rival.figures);
  for (const std::string_view part : {"all", "consensus"}) {
    const Json& n = score["counted"][part];
    fmt::print("{}: of {} entries, {} titles, {} author lists\n",
               part == "all" ? "found, titles, authors" : "c. (consensus of two sources)", n["entries"].as_int(),
               n["titles"].as_int(), n["author_lists"].as_int());
  }
  fmt::print("The others were measured on all 2,114 cases.\n\n{:<52}{:>8}{:>8}{:>13}\n", "source/kind", "passed", "of",
             "unsupported");
  for (const auto& [name, row] : figures["by_source"].members())
    fmt::print("{:<52}{:>8}{:>8}{:>13}\n", name, row["passed"].as_int(), row["total"].as_int(), row["unsupported"].as_int());
  fmt::print("\nid\tfields\texpected\tgot\treason\n");
  for (const Json& miss : score["misses"].items())
    fmt::print("{}\t{}\t{}\t{}\t{}\n", miss["id"].as_string(), miss["field"].as_string(), miss["expected"].as_string(),
               miss["got"].as_string(), miss["reason"].as_string());
}

}  // namespace colophon::score
