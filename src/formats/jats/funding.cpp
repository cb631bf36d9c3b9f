// SPDX-License-Identifier: GPL-3.0-or-later
#include "bib/identifiers.hpp"
#include "formats/jats/parts.hpp"

// Funders, awards and what is said of them.
namespace colophon::formats::jats {
namespace {

void write_award(XmlOut& xml, const bib::Funding& f) {
  xml.open("award-group");
  if (f.funder_id.empty()) {
    xml.leaf("funding-source", f.funder);
  } else {
    const bool doi = bib::Doi::parse(f.funder_id).has_value(), ror = bib::Ror::parse(f.funder_id).has_value();
    xml.open("funding-source").span("institution-wrap");
    if (!f.funder.empty()) xml.span("institution").text(f.funder).close();
    xml.span("institution-id", {{"institution-id-type", doi ? "doi" : ror ? "ror" : ""}});
    xml.text(doi ? "https://doi.org/" + f.funder_id : ror ? "https://ror.org/" + f.funder_id : f.funder_id);
    xml.close().close().close();
  }
  xml.leaf("award-id", f.award);
  xml.leaf("principal-award-recipient", f.recipient);
  xml.close();
}

}  // namespace

void write_funding(Writing& w) {
  const auto awards = w.work.all(FieldId::funding);
  const std::vector<Writing::Taken> statements = w.take("funding-statement");
  if (awards.empty() && statements.empty()) return;
  w.xml.open("funding-group");
  for (const bib::Statement& s : awards) write_award(w.xml, std::get<bib::Funding>(s.value));
  for (const Writing::Taken& one : statements) w.xml.leaf("funding-statement", one.text);
  w.xml.close();
}

}  // namespace colophon::formats::jats
