// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "formats/jats/parts.hpp"

// Abstracts and keywords.
namespace colophon::formats::jats {
namespace {

using bib::RichText;
using bib::Statement;

// "Background: …" in bold up to the colon, as a section's heading in an abstract is read; 0 when the line has none. The
// heading has as many runs; what follows it in its last run and the next is what the reader adds.
struct Heading {
  std::size_t runs = 0;
  std::size_t skip = 0;  ///< bytes of the run behind it
};
Heading heading_of(const Line& line) {
  Heading out;
  while (out.runs < line.size() && line[out.runs].marks == static_cast<std::uint16_t>(bib::Mark::bold)) ++out.runs;
  if (out.runs == 0 || out.runs == line.size()) return {};
  const char last = line[out.runs - 1].text.back();
  const bool ended = last == '.' || last == ':' || last == '?' || last == '!';
  const std::string_view lead = ended ? " " : ": ", rest = line[out.runs].text;
  const bool fits = line[out.runs].marks == 0 && rest.starts_with(lead) && last != ' ' && line[0].text[0] != ' ';
  out.skip = lead.size();
  return fits && (rest.size() > lead.size() || line.size() > out.runs + 1) ? out : Heading{};
}

void write_paragraph(Writing& w, std::span<const bib::Run> runs) {
  w.xml.open("p");
  write_runs(w.xml, runs, w.around);
  w.xml.close();
}

void write_abstract_lines(Writing& w, const RichText& text) {
  XmlOut& xml = w.xml;
  bool in_section = false;
  for (Line& line : lines_of(text)) {
    const Heading heading = heading_of(line);
    if (heading.runs == 0) {
      write_paragraph(w, line);
      continue;
    }
    if (in_section) xml.close();
    in_section = true;
    xml.open("sec").open("title");
    for (std::size_t i = 0; i < heading.runs; ++i)
      line[i].marks = static_cast<std::uint16_t>(line[i].marks & ~static_cast<unsigned>(bib::Mark::bold));
    write_runs(xml, std::span(line).first(heading.runs), w.around);
    xml.close();
    line[heading.runs].text.remove_prefix(heading.skip);
    write_paragraph(w, std::span(line).subspan(heading.runs));
  }
  if (in_section) xml.close();
}

void write_abstract(Writing& w, std::string_view element, const RichText& text, std::string_view kind) {
  w.xml.open(element, {{"abstract-type", kind}, {"xml:lang", w.lang_of(text.lang)}});
  write_abstract_lines(w, text);
  w.xml.close();
}

}  // namespace

// Those of the article's own language, then, from the first of another on, translations: within a field the order stays.
void write_abstracts(Writing& w) {
  constexpr std::pair<FieldId, std::string_view> kKinds[] = {{FieldId::abstract, ""}, {FieldId::annotation, "annotation"}};
  const auto own = [&](const Statement& s) {
    const std::string& lang = std::get<RichText>(s.value).lang;
    return lang.empty() || lang == w.lang;
  };
  for (const auto& [field, kind] : kKinds) {
    for (const Statement& s : w.work.all(field)) {
      if (!own(s)) break;
      write_abstract(w, "abstract", std::get<RichText>(s.value), kind);
    }
  }
  for (const auto& [field, kind] : kKinds) {
    const auto all = w.work.all(field);
    for (auto s = std::ranges::find_if_not(all, own); s != all.end(); ++s)
      write_abstract(w, "trans-abstract", std::get<RichText>(s->value), kind);
  }
}

void write_keywords(Writing& w) {
  const auto words = w.work.all(FieldId::keyword);
  for (std::size_t i = 0; i < words.size();) {
    const std::string lang = std::get<bib::Text>(words[i].value).lang;
    w.xml.open("kwd-group", {{"xml:lang", lang}});
    for (; i < words.size() && std::get<bib::Text>(words[i].value).lang == lang; ++i) w.xml.leaf("kwd", plain(words[i].value));
    w.xml.close();
  }
  const std::vector<Writing::Taken> short_forms = w.take("abbreviation");
  if (short_forms.empty()) return;
  w.xml.open("kwd-group", {{"kwd-group-type", "abbreviations"}});
  for (const Writing::Taken& one : short_forms) w.xml.leaf("kwd", one.text);
  w.xml.close();
}

}  // namespace colophon::formats::jats
