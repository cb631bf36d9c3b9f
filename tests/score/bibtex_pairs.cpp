// SPDX-License-Identifier: GPL-3.0-or-later
// Pairs: a text and what a foreign project makes of it.
#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.hpp"
#include "bibtex_case.hpp"
#include "formats/bibtex/mapping.hpp"
#include "formats/bibtex/names.hpp"
#include "formats/bibtex/tex.hpp"
#include "formats/bibtex/values.hpp"

#include <fmt/format.h>

namespace colophon::score {
namespace {

using namespace formats;

Unit unit_of(const Case& one, std::string_view input) {
  return {.id = one.id + "#" + printable(ellipsis(input, 80)),
          .row = one.source + "/" + one.kind,
          .differences = {},
          .supported = true};
}

void expect_equal(Unit& unit, std::string_view field, const std::string& expected, const std::string& got, bool equal) {
  if (!equal) unit.differences.push_back({std::string(field), expected, got, 2});
}

// --- names --------------------------------------------------------------------------------------------------------------------

void score_name(const Json& pair, Writing writing, Unit& unit) {
  const bib::NameList got = bibtex::parse_names(pair["input"].as_string());
  const bib::NameList expected = names_of(Json::array().push(pair), writing);
  expect_equal(unit, "name", levelled(expected), levelled(got), levelled(expected) == levelled(got));
}

void score_name_list(const Json& pair, Unit& unit) {
  std::string expected, got;
  for (const Json& name : pair.items()[1].items()) expected += name.as_string() + " | ";
  for (const std::string_view name : bibtex::split_list(pair.items()[0].as_string())) got += std::string(name) + " | ";
  expect_equal(unit, "list", expected, got, expected == got);
}

// JabRef's clean-up of names: compared without the dots and blanks of initials.
void score_normal_names(const Json& pair, Unit& unit) {
  const auto key = [](const Json& text) {
    std::string out = levelled(bibtex::parse_names(text.as_string()));
    std::erase_if(out, [](char c) { return c == '.' || c == ' '; });
    return out;
  };
  const std::string expected = key(pair.items()[1]), got = key(pair.items()[0]);
  expect_equal(unit, "names", expected, got, expected == got);
}

// --- dates --------------------------------------------------------------------------------------------------------------------

// "LocalDate.of(2015, Month.JANUARY, 15), Year.of(2017)" as EDTF.
std::string edtf_of_java(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; (at = text.find(".of(", at)) != std::string_view::npos;) {
    const std::string_view arguments = text.substr(at + 4, text.find(')', at) - at - 4);
    at += 4;
    std::array<int, 3> parts{};
    std::size_t n = 0;
    for (const std::string_view word : split(arguments, ',')) {
      if (n == parts.size()) break;
      const std::string_view value = trim(word);
      if (value.starts_with("Month.")) parts[n] = bibtex::month_of(value.substr(6));
      else std::from_chars(value.data(), value.data() + value.size(), parts[n]);
      ++n;
    }
    if (!out.empty()) out += "/";
    out += bib::to_edtf(
        {.from = {.year = parts[0], .month = parts[1], .day = parts[2]}, .to = {}, .open_end = false, .literal = {}});
  }
  return out;
}

void score_date(const Json& pair, Unit& unit) {
  std::string input = pair.items()[0].as_string(), expected = pair.items()[1].as_string();
  const bool refused = expected.starts_with('"');  // what it is called, and a text that is no date
  if (refused) input = expected.substr(1, expected.size() - 2), expected.clear();
  else if (expected.find(".of(") != std::string::npos) expected = edtf_of_java(expected);
  const std::optional<bib::Date> date = bibtex::loose_date(input);
  std::string got = date && date->known() ? levelled(*date) : "";
  const std::optional<bib::Date> want = expected.empty() ? std::nullopt : date_of(expected);
  const std::string key = want ? levelled(*want) : "";
  expect_equal(unit, "date", expected, date ? bib::to_edtf(*date) : "", key == got);
}

// "January", "1" and "#jan#" are one month; what is no month there may be none here.
void score_month(const Json& pair, Unit& unit) {
  const auto number = [](std::string text) {
    std::erase(text, '#');
    bib::Date date = bib::year_date(2000);
    return bibtex::add_month(text, date) && !date.to ? date.from.month : 0;
  };
  const int expected = number(pair.items()[1].as_string()), got = number(pair.items()[0].as_string());
  expect_equal(unit, "month", pair.items()[1].as_string(), fmt::format("{}", got), expected == got);
}

// --- TeX, HTML and Unicode ----------------------------------------------------------------------------------------------------

std::string meaning(std::string_view language, const std::string& text) {
  return language == "latex" || language == "tex" ? bibtex::decode_plain(text)
         : language == "html"                     ? without_entities(text)
                                                  : text;
}

// Both sides mean the same; and what we write for the meaning, where TeX is asked for, is read back as it was.
void score_text(std::string_view from, std::string_view to, const Json& pair, Unit& unit) {
  const std::string input = meaning(from, pair.items()[0].as_string()), expected = meaning(to, pair.items()[1].as_string());
  expect_equal(unit, "text", pair.items()[1].as_string(), input, levelled(input) == levelled(expected));
  const std::string back = to == "latex" ? bibtex::decode_plain(bibtex::encode(input)) : input;
  expect_equal(unit, "round trip", input, back, squeeze(nfc(input)) == squeeze(back));
}

}  // namespace

std::vector<Unit> score_pairs(const Case& one) {
  std::vector<Unit> out;
  for (const Json& pair : one.expect["names"].items()) {
    score_name(pair, one.writing, out.emplace_back(unit_of(one, pair["input"].as_string())));
  }
  const std::size_t to = one.kind.find("-to-");
  for (const Json& pair : one.expect["pairs"].items()) {
    if (pair.size() < 2) continue;
    Unit& unit = out.emplace_back(unit_of(one, pair.items()[0].as_string()));
    if (one.kind == "namelist") score_name_list(pair, unit);
    else if (one.kind == "normalise-names") score_normal_names(pair, unit);
    else if (one.kind == "dates") score_date(pair, unit);
    else if (one.kind == "months") score_month(pair, unit);
    else if (to != std::string::npos) score_text(one.kind.substr(0, to), one.kind.substr(to + 4), pair, unit);
    else unit.supported = false;
  }
  return out;
}

}  // namespace colophon::score
