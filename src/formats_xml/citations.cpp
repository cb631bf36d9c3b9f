// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "bib/identifiers.hpp"
#include "formats_xml/builder.hpp"

// The list of references. A citation that brings its own punctuation is taken as printed; one made of parts is put together.
namespace colophon::formats_xml {
namespace {

constexpr std::size_t kMaxPart = 4000;

// A DOI in running text: behind its resolver or "doi:".
std::string doi_in(std::string_view text) {
  for (const std::string_view lead : {"doi.org/", "doi:", "DOI:", "doi: ", "DOI "}) {
    std::size_t at = text.find(lead);
    if (at == std::string_view::npos) continue;
    at = text.find("10.", at + lead.size());
    if (at == std::string_view::npos || at > text.find(lead) + lead.size() + 2) continue;
    const std::string_view word = text.substr(at, text.find_first_of(" \n\t,;<>\"", at) - at);
    if (Result<bib::Doi> doi = bib::Doi::parse(word)) return doi->str();
  }
  return {};
}

void add(std::string& out, std::string_view lead, std::string_view text, std::string_view tail = {}) {
  if (text.empty()) return;
  if (!out.empty()) out += lead;
  out += text;
  out += tail;
}

// Ends a sentence, unless it has ended.
void stop(std::string& out) {
  if (!out.empty() && std::string_view(".?!").find(out.back()) == std::string_view::npos) out += '.';
}

}  // namespace

void JatsBuilder::open_reference(const XmlAttributes& attributes) {
  reference_ = {.kind = bib::BlockKind::reference, .id = attributes.get("id")};
}

void JatsBuilder::close_reference() {
  const std::string rest = plain();
  if (rest.empty()) return;  // its citations took their text
  reference_.text = rich();
  article().references.push_back(std::move(reference_));
  reference_ = {.kind = bib::BlockKind::reference};
}

void JatsBuilder::close_cited_label() {
  if (!cited_) reference_.label = plain();
}

void JatsBuilder::open_citation(const XmlAttributes& attributes) {
  if (cited_) return;
  cited_.emplace();
  cited_->begin = top().begin;
  cited_->depth = frames_.size();
  cited_->in_authors = true;
  cited_->type = ascii_lower(attributes.get("publication-type"));
}

void JatsBuilder::open_people(const XmlAttributes&) {
  if (cited_)
    cited_->in_authors = top().kind.empty() || top().kind == "author" || top().kind == "inventor" || top().kind == "compiler" ||
                         cited_->names.empty();
}

void JatsBuilder::close_people() {
  if (cited_) cited_->in_authors = cited_->names.empty();
}

void JatsBuilder::close_cited_collab() {
  std::string text = plain();
  if (cited_ && cited_->in_authors && !text.empty()) cited_->names.push_back(std::move(text));
}

void JatsBuilder::close_cited_etal() {
  if (cited_) cited_->others = true;
}

void JatsBuilder::close_cited_part() {
  if (!cited_) return;
  std::string& part = cited_->parts[top().el];
  const std::string text = plain();
  if (part.size() < kMaxPart && !text.empty()) part += (part.empty() ? "" : ", ") + text;
}

void JatsBuilder::close_cited_id() {
  if (!cited_) return;
  const std::string text = plain();
  const std::string kind = top().el == El::isbn ? "isbn" : top().kind;
  if (Result<bib::Doi> doi = bib::Doi::parse(text); doi && (kind == "doi" || kind.empty() || kind == "uri"))
    cited_->doi = doi->str();
  else if (kind == "pmid") cited_->pmid = text;
  else if (kind == "pmcid" || kind == "pmc") cited_->pmcid = text;
  else if (kind == "isbn") cited_->isbn = text;
  else if (text.starts_with("http") && cited_->url.empty()) cited_->url = text;
  else if (!text.empty()) cited_->parts[El::comment] += (cited_->parts[El::comment].empty() ? "" : ", ") + text;
  if (std::exchange(cited_->hidden, false) || !cited_->printed) arena_.truncate(top().begin);  // no part of the text
}

void JatsBuilder::open_cited_id(const XmlAttributes& attributes) {
  if (cited_) cited_->hidden = attributes.get("specific-use") == "not-printed";
}

void JatsBuilder::close_cited_link() {
  if (cited_ && std::exchange(cited_->hidden, false)) arena_.truncate(top().begin);
}

void JatsBuilder::open_cited_link(const XmlAttributes& attributes) {
  open_cited_id(attributes);
  if (!cited_) return;
  const std::string href = attributes.get("href");
  const std::string kind = ascii_lower(attributes.get("ext-link-type"));
  Result<bib::Doi> doi = bib::Doi::parse(href);
  if (doi && cited_->doi.empty()) cited_->doi = doi->str();
  else if (kind == "pmid" && cited_->pmid.empty()) cited_->pmid = href;
  else if (!doi && href.starts_with("http") && cited_->url.empty()) cited_->url = href;
}

// Lucas, K. and Mulvaney, D. (2012). Title. Source 20(2): 105–113. Geneva: ILO.
std::string JatsBuilder::citation_text(const Citation& c) const {
  const auto part = [&](El el) {
    const auto found = c.parts.find(el);
    return found == c.parts.end() ? std::string_view() : std::string_view(found->second);
  };
  std::string out;
  for (std::size_t i = 0; i < c.names.size(); ++i) {
    if (i > 0) out += "; ";
    out += c.names[i];
  }
  if (c.others) add(out, " ", "et al.");
  if (!part(El::year).empty()) {
    add(out, " ", "(");
    out += part(El::year);
    out += ')';
  }
  for (const El el : {El::article_title, El::chapter_title, El::part_title, El::data_title, El::trans_title, El::source}) {
    if (part(el).empty()) continue;
    stop(out);
    add(out, " ", part(el));
  }
  add(out, ", ", part(El::edition));
  add(out, ", ", part(El::series));
  add(out, " ", part(El::volume));
  if (!part(El::issue).empty()) {
    out += '(';
    out += part(El::issue);
    out += ')';
  }
  add(out, " ", part(El::supplement));
  const std::string_view first = part(El::fpage).empty() ? part(El::page_range) : part(El::fpage);
  add(out, ": ", first.empty() ? part(El::elocation_id) : first);
  if (!part(El::fpage).empty() && part(El::lpage) != part(El::fpage)) add(out, "–", part(El::lpage));
  for (const El el : {El::conf_name, El::institution}) {
    if (part(el).empty()) continue;
    stop(out);
    add(out, " ", part(el));
  }
  if (!part(El::publisher_name).empty() || !part(El::publisher_loc).empty()) {
    stop(out);
    add(out, " ", part(El::publisher_loc), part(El::publisher_name).empty() ? "" : ":");
    add(out, " ", part(El::publisher_name));
  }
  for (const El el : {El::comment, El::date_in_citation}) {
    if (part(el).empty()) continue;
    stop(out);
    add(out, " ", part(el));
  }
  stop(out);
  return out;
}

bib::Link JatsBuilder::citation_link(const Citation& c, std::string text) const {
  bib::Link out{"references", {}, {}, std::move(text)};
  std::string doi = c.doi.empty() ? doi_in(out.text) : c.doi;
  const std::pair<std::string_view, std::string_view> targets[] = {
      {"doi", doi}, {"pmid", c.pmid}, {"pmcid", c.pmcid}, {"isbn", c.isbn}, {"url", c.url}};
  for (const auto& [scheme, target] : targets) {
    if (target.empty()) continue;
    out.scheme = scheme;
    out.target = target;
    break;
  }
  return out;
}

void JatsBuilder::close_citation() {
  if (!cited_ || cited_->depth != frames_.size()) return;
  const Citation c = std::move(*cited_);
  cited_.reset();
  std::string text = c.printed ? plain() : citation_text(c);
  if (text.empty()) text = plain();
  if (text.empty() && c.doi.empty()) return;
  bib::Block block = reference_;
  block.text = c.printed ? rich() : bib::RichText(text);
  state(FieldId::reference, citation_link(c, std::move(text)));
  article().references.push_back(std::move(block));
  reference_.id.clear();  // of several citations the first has the anchor
}

}  // namespace colophon::formats_xml
