// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/refer/reader.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "formats/refer/types.hpp"
#include "formats/ris/reference.hpp"

namespace colophon::formats {
namespace {

struct Row {
  char tag;
  std::string_view ris;
};
// clang-format off
constexpr std::array kTags = {
    Row{'A', "AU"}, Row{'B', "T2"}, Row{'C', "CY"}, Row{'D', "PY"}, Row{'E', "A2"}, Row{'F', "LB"}, Row{'G', "LA"}, Row{'H', "TA"},
    Row{'I', "PB"}, Row{'J', "JF"}, Row{'K', "KW"}, Row{'L', "CN"}, Row{'M', "AN"}, Row{'N', "IS"}, Row{'O', "N1"}, Row{'P', "SP"},
    Row{'Q', "TT"}, Row{'R', "DO"}, Row{'S', "T3"}, Row{'T', "TI"}, Row{'U', "UR"}, Row{'V', "VL"}, Row{'W', "DP"}, Row{'X', "AB"},
    Row{'Y', "A3"}, Row{'Z', "N1"}, Row{'1', "C1"}, Row{'2', "C2"}, Row{'3', "C3"}, Row{'4', "C4"}, Row{'#', "C5"}, Row{'$', "C6"},
    Row{']', "C7"}, Row{'6', "NV"}, Row{'7', "ET"}, Row{'8', "DA"}, Row{'9', "M3"}, Row{'?', "A4"}, Row{'@', "SN"}, Row{'!', "ST"},
    Row{'&', "SE"}, Row{'(', "OP"}, Row{')', "RP"}, Row{'*', "RI"}, Row{'+', "AD"}, Row{'^', "CA"}, Row{'>', "L1"}, Row{'<', "RN"},
    Row{'[', "Y2"}, Row{'~', "DB"},
};
// clang-format on

std::string_view ris_tag(std::string_view tag) {
  const auto found = std::ranges::find(kTags, tag[0], &Row::tag);
  return found == kTags.end() ? std::string_view() : found->ris;
}

bool has(const tagged::Record& record, std::string_view tag) {
  return std::ranges::any_of(record.fields, [&](const tagged::Field& f) { return f.tag == tag && !f.text.empty(); });
}

// The type of an entry of refer(1), by what it has.
std::string_view guessed_type(const tagged::Record& record) {
  if (has(record, "J")) return "JOUR";
  if (has(record, "B")) return "CHAP";
  if (has(record, "R")) return "RPRT";
  return has(record, "I") ? "BOOK" : "GEN";
}

// "Brian W. Kernighan", as refer(1) has it: the family is the last word.
std::string sorted(const std::string& name) {
  const std::string text = squeeze(name);
  const std::size_t blank = text.rfind(' ');
  return text.find(',') != std::string::npos || blank == std::string::npos
             ? text
             : text.substr(blank + 1) + ", " + text.substr(0, blank);
}

}  // namespace

void ReferReader::read(const tagged::Record& record, Draft& out) {
  ris::Reference reference("refer", remarks_);
  const bool endnote = has(record, "0");
  if (!endnote) reference.set_type(ris::type_named(guessed_type(record)), {"TY", {}, {}, {}, "0"});
  bool typed = false;
  for (const tagged::Field& field : record.fields) {
    ris::Item item{ris_tag(field.tag), text(field), at(field), field.at(), field.tag};
    if (field.tag == "0" && !typed) {
      typed = true;
      const ris::TypeRow* row = refer_type(squeeze(item.text));
      reference.set_type(row, std::move(item));
      continue;
    }
    const bool person = item.tag == "AU" || item.tag == "A2" || item.tag == "A3";
    if (person && !endnote) item.text = sorted(item.text);
    if (field.tag == "O" && squeeze(item.text).starts_with("10.")) item.tag = "DO";
    const bool word = item.text.find_first_of(" \t\r\n") == std::string::npos;
    if (item.tag == "LB" && word) item.tag = "ID";
    reference.add(std::move(item));
  }
  reference.read(out);
}

}  // namespace colophon::formats
