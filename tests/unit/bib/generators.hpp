// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <algorithm>
#include <string>
#include <vector>

#include "bib/fold.hpp"
#include "bib/work.hpp"

#include <rapidcheck.h>

namespace colophon::bib::testing {

/// Words of several scripts, blanks, signs that mean something in one of our formats.
inline std::string any_text() {
  static const std::vector<std::string> kPieces = {"flood",  "Heat", " ",     "é", "ß", "漢", "Ж",  "\"", "\\", "{",
                                                   "}",      "<b>",  "&amp;", "–", "-", "\n", "10", "'",  "ø",  "\u00ad",
                                                   "\u2003", "%",    "#",     "/", ":", "~",  "a",  "B"};
  std::string out;
  for (const std::string& piece : *rc::gen::resize(6, rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(kPieces))))
    out += piece;
  return out;
}

inline int number(int low, int high) { return *rc::gen::inRange(low, high + 1); }
inline bool coin() { return *rc::gen::arbitrary<bool>(); }
inline std::string maybe_text() { return coin() ? any_text() : std::string(); }
inline std::string any_lang() { return *rc::gen::element<std::string>("", "", "en", "de", "pt-BR"); }

inline RichText any_rich() {
  RichText out;
  out.lang = any_lang();
  for (int left = number(0, 3); left > 0; --left) {
    const auto marks = static_cast<std::uint16_t>(coin() ? 0 : number(1, 1023));
    const bool link = (marks & static_cast<std::uint16_t>(Mark::link)) != 0;
    out.append(any_text(), marks, link ? "https://example.org/" + std::to_string(number(0, 2)) : std::string());
  }
  return out;
}

inline PartialDate any_day() {
  PartialDate out;
  out.year = number(-9999, 9999);
  if (coin()) out.month = coin() ? number(1, 12) : number(21, 24);
  if (out.month > 0 && out.month < 13 && coin()) out.day = number(1, 28);
  out.approximate = coin();
  out.uncertain = coin();
  return out;
}

inline Date any_date() {
  Date out;
  if (number(0, 4) == 0) return out.literal = *rc::gen::element<std::string>("in press", "n.d.", "2019", "im Erscheinen"), out;
  out.from = any_day();
  if (number(0, 2) == 0) out.to = any_day();
  else out.open_end = number(0, 3) == 0;
  return out;
}

inline NameList any_names() {
  NameList out;
  for (int left = number(0, 2); left > 0; --left)
    out.affiliations.push_back({any_text(), maybe_text(), maybe_text(), maybe_text(), maybe_text()});
  for (int left = number(0, 3); left > 0; --left) {
    Contributor person;
    if (number(0, 3) == 0) person.name.literal = any_text();
    else person.name = {any_text(), maybe_text(), maybe_text(), maybe_text(), maybe_text(), {}};
    person.orcid = coin() ? "0000-0002-1825-0097" : "";
    person.email = maybe_text();
    for (int roles = number(0, 2); roles > 0; --roles) person.roles.push_back(any_text());
    for (std::uint32_t at = 0; at < out.affiliations.size(); ++at) {
      if (coin()) person.affiliations.push_back(at);
    }
    person.corresponding = coin();
    person.equal_contribution = coin();
    out.names.push_back(std::move(person));
  }
  out.others = coin();
  return out;
}

inline Value any_value(FieldKind kind) {
  switch (kind) {
    case FieldKind::text: return Text{any_text(), any_lang()};
    case FieldKind::rich: return any_rich();
    case FieldKind::names: return any_names();
    case FieldKind::date: return any_date();
    case FieldKind::code: return Code{any_text()};
    case FieldKind::link:
      return Link{maybe_text(), *rc::gen::element<std::string>("doi", "url", "key"), maybe_text(), maybe_text()};
    case FieldKind::funding: return Funding{maybe_text(), maybe_text(), maybe_text(), maybe_text()};
    case FieldKind::extra: return Extra{"bibtex:" + any_text(), maybe_text()};
  }
  return Text{};
}

inline Origin any_origin() {
  Origin out;
  if (coin())
    out.begin = static_cast<std::uint32_t>(number(0, 9)), out.end = out.begin + static_cast<std::uint32_t>(number(1, 9));
  if (coin()) out.line = static_cast<std::uint32_t>(number(0, 99));
  if (coin()) out.path = any_text();
  if (coin())
    out.page = static_cast<std::uint32_t>(number(0, 99)), out.box = {0.5F, 1.25F, static_cast<float>(number(2, 600)), 800.1F};
  return out;
}

inline WorkType any_type() {
  return work_types()[static_cast<std::size_t>(number(0, static_cast<int>(work_types().size()) - 1))].type;
}

/// A work with values in any of the table's fields.
inline Work any_work() {
  Work out;
  out.type = any_type();
  for (const FieldRow& field : fields()) {
    if (number(0, 3) != 0) continue;
    const int values = field.cardinality == Cardinality::many ? number(1, 3) : 1;
    for (int i = 0; i < values; ++i) out.add(field.id, any_value(field.kind), any_origin(), maybe_text());
  }
  return out;
}

/// Sources that speak of few fields in few words, so that they agree, differ and tie.
inline std::vector<Assertion> any_assertions() {
  static constexpr FieldId kFields[] = {FieldId::title, FieldId::author,   FieldId::issued, FieldId::keyword,
                                        FieldId::doi,   FieldId::abstract, FieldId::url,    FieldId::publisher};
  std::vector<Assertion> out;
  const int sources = number(0, 6);
  for (int i = 0; i < sources; ++i) {
    Assertion a;
    a.key = sha256(std::to_string(i) + "/" + std::to_string(number(0, 999)));
    a.short_id = "s" + std::to_string(i);
    a.kind = static_cast<SourceKind>(number(0, 4));
    a.work.type = coin() ? WorkType::unknown : any_type();
    for (const FieldId field : kFields) {
      if (number(0, 2) == 0) continue;
      if (a.kind == SourceKind::person && number(0, 3) == 0) {
        a.none.push_back(field);
        continue;
      }
      const std::string text = *rc::gen::element<std::string>("a", "A", "b", "bb", "ab c");
      const int values = row(field).cardinality == Cardinality::many ? number(1, 2) : 1;
      for (int n = 0; n < values; ++n) {
        const std::string said = n == 0 ? text : text + "2";
        switch (row(field).kind) {
          case FieldKind::rich: a.work.add(field, RichText(said)); break;
          case FieldKind::text: a.work.add(field, Text{said, {}}); break;
          case FieldKind::date: a.work.add(field, year_date(number(2001, 2003))); break;
          case FieldKind::names: {
            NameList list;
            list.names.push_back(
                {.name = {.family = said, .given = {}, .prefix = {}, .dropping_prefix = {}, .suffix = {}, .literal = {}},
                 .orcid = {},
                 .email = {},
                 .roles = {},
                 .affiliations = {}});
            a.work.add(field, std::move(list));
            break;
          }
          default: a.work.add(field, Code{said});
        }
      }
    }
    out.push_back(std::move(a));
  }
  return out;
}

}  // namespace colophon::bib::testing
