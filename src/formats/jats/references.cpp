// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <vector>

#include "base/text.hpp"
#include "bib/identifiers.hpp"
#include "formats/jats/citation_parts.hpp"
#include "formats/jats/parts.hpp"

// The list of references: each as printed, with what it points to.
namespace colophon::formats::jats {
namespace {

using bib::Block;
using bib::Link;
using bib::Run;

constexpr std::array<std::string_view, 5> kSchemes = {"doi", "pmid", "pmcid", "isbn", "url"};
/// Of a pub-id or link whose text is not a part of the printed reference.
constexpr std::string_view kNotPrinted = "not-printed";

// Where a DOI or an address stands in a text, in whatever case.
std::size_t find_target(std::string_view text, const Link& link) {
  if (link.target.empty() || text.size() == link.target.size() || (link.scheme != "doi" && link.scheme != "url"))
    return std::string_view::npos;
  return ascii_lower(text).find(ascii_lower(link.target));
}

void open_target(XmlOut& xml, const Link& link, std::string_view use) {
  if (link.scheme == "url") xml.span("ext-link", {{"ext-link-type", "uri"}, {"specific-use", use}, {"xlink:href", link.target}});
  else xml.span("pub-id", {{"pub-id-type", link.scheme}, {"specific-use", use}});
}

// The stretches of a plain citation that are told by their form; what the target covers is its own.
std::vector<CitationPart> parts_of(std::string_view text, std::size_t target, std::size_t size) {
  std::vector<CitationPart> out = citation_parts(text);
  std::erase_if(out, [&](const CitationPart& part) {
    return target != std::string_view::npos && part.begin < target + size && target < part.end;
  });
  if (target != std::string_view::npos) {
    const auto behind = std::ranges::find_if(out, [&](const CitationPart& part) { return part.begin > target; });
    out.insert(behind, {target, target + size, ""});
  }
  const bool all = out.size() == 1 && out[0].begin == 0 && out[0].end == text.size();
  return all ? std::vector<CitationPart>{} : out;
}

void write_name(XmlOut& xml, std::string_view text, const CitationPart& surname, const CitationPart& given) {
  xml.span("string-name");
  xml.span("surname").text(text.substr(surname.begin, surname.end - surname.begin)).close();
  xml.text(text.substr(surname.end, given.begin - surname.end));
  xml.span("given-names").text(text.substr(given.begin, given.end - given.begin)).close();
  xml.close();
}

// A citation without marks: its parts as elements, its target marked where it is printed. False when the target is not.
bool write_plain_citation(XmlOut& xml, std::string_view text, const Link& link) {
  const std::size_t target = find_target(text, link);
  const std::vector<CitationPart> parts = parts_of(text, target, link.target.size());
  std::size_t at = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const CitationPart& part = parts[i];
    xml.text(text.substr(at, part.begin - at));
    at = part.end;
    if (part.element == "surname" && i + 1 < parts.size() && parts[i + 1].element == "given-names") {
      write_name(xml, text, part, parts[++i]);
      at = parts[i].end;
      continue;
    }
    if (part.element.empty()) open_target(xml, link, "");
    else xml.span(part.element);
    xml.text(text.substr(part.begin, part.end - part.begin)).close();
  }
  xml.text(text.substr(at));
  return target != std::string_view::npos;
}

// The citation with its target marked where it is printed, and named behind it where it is not.
bool write_marked_citation(XmlOut& xml, const Line& runs, const Link& link, const Surroundings& around) {
  bool named = link.target.empty();
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const std::size_t at = named ? std::string_view::npos : find_target(runs[i].text, link);
    const bool alone = runs[i].marks == 0;  // pub-id holds text only
    if (at == std::string_view::npos || !alone) {
      std::size_t end = i + 1;
      while (end < runs.size() && (named || runs[end].marks != 0 || find_target(runs[end].text, link) == std::string_view::npos))
        ++end;
      write_runs(xml, std::span(runs).subspan(i, end - i), around);
      i = end - 1;
      continue;
    }
    const std::string_view words = runs[i].text;
    xml.text(words.substr(0, at));
    open_target(xml, link, "");
    xml.text(words.substr(at, link.target.size())).close();
    xml.text(words.substr(at + link.target.size()));
    named = true;
  }
  return named;
}

void write_citation(XmlOut& xml, const bib::RichText& text, const Link& link, const Surroundings& around) {
  xml.open("mixed-citation", {{"xml:lang", text.lang}});
  const bool named = text.is_plain() ? write_plain_citation(xml, text.plain(), link)
                                     : write_marked_citation(xml, text.runs().list(), link, around);
  if (!named && !link.target.empty()) {
    open_target(xml, link, text.empty() ? "" : kNotPrinted);
    xml.text(link.target).close();
  }
  xml.close();
}

class ReferenceWriter {
 public:
  explicit ReferenceWriter(Writing& w) : w_(w), xml_(w.xml), links_(w.work.all(FieldId::reference)) {}

  void write() {
    xml_.open("ref-list");
    if (!w_.references_heading.empty()) write_heading(w_, w_.references_heading);
    std::size_t next = 0;  // links that stand in the list of the record alone go behind those of the body
    for (const Block& block : w_.references) {
      const Link* link = next < links_.size() ? &std::get<Link>(links_[next].value) : nullptr;
      if (link && link->text == block.text.plain() && is_plain_reference(*link)) ++next;
      else link = nullptr;
      write(block, link);
    }
    for (; next < links_.size(); ++next) {
      const auto& link = std::get<Link>(links_[next].value);
      if (is_plain_reference(link)) write({.kind = bib::BlockKind::reference, .text = bib::RichText(link.text)}, &link);
    }
    xml_.close();
  }

 private:
  void write(const Block& block, const Link* link) {
    xml_.open("ref", {{"id", xml_.id(block.id)}});
    xml_.leaf("label", block.label);
    if (link) {
      write_citation(xml_, block.text, *link, w_.around);
    } else {  // a remark in the list
      xml_.open("note").open("p");
      write_runs(xml_, block.text, w_.around);
      xml_.close().close();
    }
    xml_.close();
  }

  Writing& w_;
  XmlOut& xml_;
  std::span<const bib::Statement> links_;
};

}  // namespace

bool is_plain_reference(const Link& link) {
  const bool scheme = link.target.empty() ? link.scheme.empty() : std::ranges::find(kSchemes, link.scheme) != kSchemes.end();
  const bool address = link.scheme != "url" || (link.target.starts_with("http") && !bib::Doi::parse(link.target));
  return link.relation == "references" && scheme && address && is_one_line(link.text) && is_one_line(link.target);
}

void write_references(Writing& w) {
  if (!w.references.empty() || w.work.has(FieldId::reference)) ReferenceWriter(w).write();
}

}  // namespace colophon::formats::jats
