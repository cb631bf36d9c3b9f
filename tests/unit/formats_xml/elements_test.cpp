// SPDX-License-Identifier: GPL-3.0-or-later
// Rare elements: tests/golden/jats-elements/elements.txt lists those of JATS 1.4 that hardly anybody uses, cases.tsv has a fixture
// for each with what is read of it. Every fixture is valid by the DTD.
#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/io.hpp"
#include "base/text.hpp"
#include "bib/fields.hpp"
#include "formats_xml/jats_reader.hpp"
#include "formats_xml/lint/jats_lint.hpp"

#include <gtest/gtest.h>

namespace colophon::formats_xml {
namespace {

using bib::FieldId;

struct Case {
  std::string element, where, xml, place, expected;
};

std::vector<std::string> rows_of(std::string_view file) {
  const auto path = std::filesystem::path(COLOPHON_SOURCE_DIR) / "tests/golden/jats-elements" / file;
  const std::string text = read_file(path).value_or("");
  std::vector<std::string> out;
  for (const std::string_view line : split(text, '\n')) {
    if (!line.empty() && !line.starts_with('#')) out.emplace_back(line);
  }
  return out;
}

std::vector<Case> cases() {
  std::vector<Case> out;
  for (const std::string& row : rows_of("cases.tsv")) {
    const std::vector<std::string_view> cells = split(row, '\t');
    if (cells.size() != 5) out.push_back({row, {}, {}, {}, {}});
    else
      out.push_back(
          {std::string(cells[0]), std::string(cells[1]), std::string(cells[2]), std::string(cells[3]), std::string(cells[4])});
  }
  return out;
}

// Places of an article where a fixture stands, in the order of the DTD, with the tags around it.
struct Slot {
  std::string_view where, before, after;
};
constexpr Slot kSlots[] = {
    {"processing", "<processing-meta>", "</processing-meta>"},
    {"", "<front><article-meta>", ""},
    {"categories", "", ""},
    {"", "<title-group><article-title>", ""},
    {"title-text", "", ""},
    {"", "</article-title>", ""},
    {"title", "", ""},
    {"", "</title-group>", ""},
    {"contrib", "<contrib-group>", "</contrib-group>"},
    {"meta", "", ""},
    {"words", "", ""},
    {"money", "", ""},
    {"event", "", ""},
    {"", "</article-meta></front>", ""},
    {"body", "<body>", "</body>"},
    {"ref", "<back><ref-list><ref>", "</ref></ref-list></back>"},
    {"article", "", ""},
};

std::string article_with(const Case& one) {
  std::string out =
      "<!DOCTYPE article PUBLIC \"-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD with MathML3 v1.4 "
      "20241031//EN\" "
      "\"JATS-archivearticle1-4-mathml3.dtd\"><article xml:lang=\"en\" dtd-version=\"1.4\" "
      "xmlns:xlink=\"http://www.w3.org/1999/xlink\">";
  for (const Slot& slot : kSlots) {
    if (slot.where.empty()) out += slot.before;
    else if (slot.where == one.where) (((out += slot.before) += one.xml) += slot.after);
  }
  return out + "</article>";
}

void add(std::string& out, std::string text) {
  std::ranges::replace(text, '\n', '\x01');
  for (std::size_t at; (at = text.find('\x01')) != std::string::npos;) text.replace(at, 1, "⏎");
  if (!text.empty()) out += (out.empty() ? "" : " | ") + text;
}

std::string of_field(const bib::Work& work, std::string_view place) {
  std::string out;
  const std::size_t blank = std::min(place.find(' '), place.size());
  const std::string_view more = blank < place.size() ? place.substr(blank + 1) : std::string_view();
  const std::optional<FieldId> field = bib::field_named(place.substr(0, blank));
  if (!field) return "no such place: " + std::string(place);
  for (const bib::Statement& s : work.all(*field)) {
    if (const auto* extra = std::get_if<bib::Extra>(&s.value)) add(out, extra->name == more ? extra->text : "");
    else if (const auto* link = std::get_if<bib::Link>(&s.value)) add(out, more == "target" ? link->target : link->text);
    else if (more == "recipient") add(out, std::get<bib::Funding>(s.value).recipient);
    else add(out, plain(s.value));
  }
  return out;
}

// What blocks of a kind say, or their "label", "alt" or "rows".
std::string of_body(const std::vector<bib::Section>& sections, std::string_view place) {
  static const std::map<std::string_view, bib::BlockKind> kKinds = {{"paragraph", bib::BlockKind::paragraph},
                                                                    {"list_item", bib::BlockKind::list_item},
                                                                    {"quote", bib::BlockKind::quote},
                                                                    {"figure", bib::BlockKind::figure}};
  const auto kind = kKinds.find(place);
  std::string out;
  for (const bib::Section& section : sections) {
    for (const bib::Block& block : section.blocks) {
      if (place == "label") add(out, block.label);
      if (place == "alt") add(out, block.alt);
      if (kind != kKinds.end() && kind->second == block.kind) add(out, block.text.plain());
      for (const auto& row : block.rows) {
        for (const bib::Cell& cell : row) add(out, place == "rows" ? cell.plain() : "");
      }
    }
    add(out, of_body(section.sections, place));
  }
  return out;
}

bool is_of_body(std::string_view place) {
  constexpr std::string_view kPlaces[] = {"paragraph", "list_item", "quote", "figure", "label", "alt", "rows"};
  return std::ranges::find(kPlaces, place) != std::end(kPlaces);
}

std::string found_in(const formats::Extraction& read, std::string_view place) {
  if (place == "companion") return read.drafts.size() > 1 ? read.drafts[1].work.full_title() : "";
  if (!is_of_body(place)) return of_field(read.drafts[0].work, place);
  return read.drafts[0].body ? of_body(read.drafts[0].body->sections, place) : "";
}

TEST(JatsElements, EachRareOneHasAFixture) {
  const std::vector<Case> all = cases();
  for (const std::string& element : rows_of("elements.txt")) {
    const auto holds = [&](const Case& one) {
      return one.element == element &&
             (one.xml.find("<" + element + ">") != std::string::npos || one.xml.find("<" + element + " ") != std::string::npos ||
              one.xml.find("<" + element + "/>") != std::string::npos);
    };
    EXPECT_TRUE(std::ranges::any_of(all, holds)) << element << " has no fixture in cases.tsv";
  }
  EXPECT_EQ(rows_of("elements.txt").size(), 77U);
}

TEST(JatsElements, EachIsReadWhereItBelongs) {
  for (const Case& one : cases()) {
    const std::string xml = article_with(one);
    ASSERT_NE(xml.find(one.xml), std::string::npos) << one.element << ": no slot " << one.where;
    const formats::Extraction read = read_jats(xml);
    ASSERT_EQ(read.outcome, formats::Outcome::ok) << one.element;
    if (one.place == "nowhere") EXPECT_EQ(to_json(read).dump().find(one.expected), std::string::npos) << one.element;
    else EXPECT_EQ(found_in(read, one.place), one.expected) << one.element << ", " << one.place;
  }
}

TEST(JatsElements, EachFixtureIsValid) {
  std::set<std::string> seen;
  for (const Case& one : cases()) {
    if (!seen.insert(one.xml).second) continue;
    for (const Diagnostic& d : lint_jats(article_with(one)).diagnostics)
      EXPECT_NE(d.severity, Severity::error) << one.element << ": " << d.message << "\n" << one.xml;
  }
}

}  // namespace
}  // namespace colophon::formats_xml
