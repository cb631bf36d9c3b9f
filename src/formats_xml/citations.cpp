// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "bib/identifiers.hpp"
#include "formats_xml/builder.hpp"

// The list of references. A citation that brings its own punctuation is taken as printed; one made of parts is put together.
namespace colophon::formats_xml {
namespace {

std::optional<bib::Doi> doi_of(std::string_view text) {
  if (text.find("10.") == std::string_view::npos) return std::nullopt;
  Result<bib::Doi> doi = bib::Doi::parse(text);
  return doi ? std::optional(std::move(*doi)) : std::nullopt;
}

// A DOI in running text: behind its resolver or "doi:".
std::string doi_in(std::string_view text) {
  static constexpr std::array<std::string_view, 4> kLeads = {"doi.org/", "doi:", "DOI:", "DOI"};
  for (std::size_t at = 0; (at = text.find("10.", at)) != std::string_view::npos; ++at) {
    const std::string_view before = trim(text.substr(0, at));
    if (std::ranges::none_of(kLeads, [&](std::string_view lead) { return before.ends_with(lead); })) continue;
    const std::string_view word = text.substr(at, text.find_first_of(" \n\t,;<>\"", at) - at);
    if (const std::optional<bib::Doi> doi = doi_of(word)) return doi->str();
  }
  return {};
}

// How many bytes of a printed citation repeat the label that stands before it: "16 Winnicott DW. O ambiente …".
std::size_t repeated_label(std::string_view printed, std::string_view label) {
  const std::string_view text = trim(printed);
  while (!label.empty() && label.back() == '.') label.remove_suffix(1);
  if (label.empty() || !text.starts_with(label)) return 0;
  const std::size_t point = text.substr(label.size()).starts_with('.') ? 1 : 0;
  const std::string_view left = text.substr(label.size() + point);
  return left.starts_with(' ') ? static_cast<std::size_t>(left.data() - printed.data()) : 0;
}

// What is never printed close to a stop before it, as volumes and pages are: "2019;74(20):11".
bool stands_off(El el) {
  static constexpr std::array kWords = {El::article_title, El::chapter_title,  El::source, El::collab,   El::comment,
                                        El::publisher_loc, El::publisher_name, El::pub_id, El::ext_link, El::uri};
  return std::ranges::find(kWords, el) != kWords.end();
}

}  // namespace

void JatsBuilder::open_reference(const XmlAttributes& attributes) {
  reference_id_ = attributes.get("id");
  reference_label_.clear();
  other_form_ = El::other;
}

void JatsBuilder::add_reference(bib::RichText&& text) {
  bib::Block& block = article().references.emplace_back();
  block.kind = bib::BlockKind::reference;
  block.id = std::exchange(reference_id_, {});  // of several citations the first has the anchor
  block.label = reference_label_;
  block.text = std::move(text);
}

void JatsBuilder::close_reference() {
  if (view().empty()) return;  // its citations took their text
  add_reference(rich());
  reference_label_.clear();
}

void JatsBuilder::close_cited_label() {
  if (cited_.depth == 0) reference_label_ = view();
}

void JatsBuilder::open_alternatives(const XmlAttributes&) { alternatives_ = 0; }

void JatsBuilder::open_citation(const XmlAttributes&) {
  if (cited_.depth > 0) return;
  cited_.clear();
  cited_.depth = frames_.size();
  cited_.mixed = top().el != El::element_citation && top().el != El::nlm_citation;
  frames_.back().special = true;
  cited_.in_authors = true;
}

// At the end of a part: where it begins right behind the one before, "74" and "20" are no "7420".
void JatsBuilder::part_cited(std::string_view between) {
  const std::size_t begin = top().begin;
  if (!cited_.mixed || arena_.size() == begin) return;
  const bool parted = !cited_.between.empty() && cited_.between.back().at == begin;
  const char before = begin > 0 ? arena_.raw(begin - 1).front() : ' ';
  if (begin == cited_.end && !parted) cited_.between.push_back({begin, between});
  else if ((before == '.' || before == ',') && !parted && begin > cited_.end && stands_off(top().el))
    cited_.between.push_back({begin, " "});
  cited_.end = arena_.size();
  cited_.ends_in_name = false;
}

// At the beginning of a name, of which the next may follow without a comma.
void JatsBuilder::part_cited_names() {
  if (!cited_.mixed || cited_.end == 0) return;
  const std::string_view since = arena_.raw(cited_.end);
  if (since.empty()) cited_.between.push_back({cited_.end, cited_.ends_in_name ? ", " : " "});
  else if (since == "," || since == ".") cited_.between.push_back({arena_.size(), " "});
  else if (since == " " && cited_.ends_in_name) cited_.between.push_back({cited_.end, ","});
}

void JatsBuilder::close_cited_name() {
  close_name();
  if (!cited_.mixed) return;
  if (arena_.raw(top().begin).ends_with(' ')) arena_.truncate(arena_.size() - 1);  // indentation, mostly before a comma
  cited_.end = arena_.size();
  cited_.ends_in_name = true;
}

void JatsBuilder::open_people(const XmlAttributes&) {
  static constexpr std::array<std::string_view, 4> kWriters = {"", "author", "inventor", "compiler"};
  cited_.in_authors = cited_.names.empty() || std::ranges::find(kWriters, kind()) != kWriters.end();
}

void JatsBuilder::close_people() {
  cited_.in_authors = cited_.names.empty();
  if (cited_.mixed && arena_.raw(top().begin).ends_with(' ')) arena_.truncate(arena_.size() - 1);  // before "</person-group>."
}

void JatsBuilder::close_cited_collab() {
  if (cited_.depth == 0) return;
  if (cited_.in_authors) cited_.add_name(view());
  part_cited(cited_.ends_in_name ? ", " : " ");
  cited_.ends_in_name = true;
}

void JatsBuilder::close_cited_etal() {
  cited_.others = true;
  if (!cited_.mixed) return;
  if (!view().empty()) return part_cited(", ");
  arena_.append(top().begin == cited_.end ? ", et al" : "et al");
  cited_.end = arena_.size();
  cited_.ends_in_name = false;
}

void JatsBuilder::close_cited_part() {
  if (cited_.depth == 0) return;
  if (!cited_.printed) cited_.add(top().el, view());
  part_cited(top().el == El::lpage ? "–" : " ");
}

void JatsBuilder::close_cited_id() {
  if (cited_.depth == 0) return;
  const std::string_view text = view();
  const std::string_view sort = top().el == El::isbn ? "isbn" : kind();
  const bool may_be_doi = sort.empty() || sort == "doi" || sort == "uri";
  std::optional<bib::Doi> doi = may_be_doi ? doi_of(text) : std::nullopt;
  if (doi) cited_.doi = std::move(*doi).str();
  else if (sort == "pmid") cited_.pmid = text;
  else if (sort == "pmcid" || sort == "pmc") cited_.pmcid = text;
  else if (sort == "isbn") cited_.isbn = text;
  else if (text.starts_with("http") && cited_.url.empty()) cited_.url = text;
  else cited_.add(El::comment, text);
  if (std::exchange(cited_.hidden, false) || !cited_.printed) cut_text(top().begin);  // no part of the text
  else part_cited(" ");
}

void JatsBuilder::open_cited_id(const XmlAttributes& attributes) {
  if (cited_.depth > 0) cited_.hidden = attributes.get("specific-use") == "not-printed";
}

void JatsBuilder::close_cited_link() {
  if (cited_.depth == 0) return;
  if (std::exchange(cited_.hidden, false)) cut_text(top().begin);
  else part_cited(" ");
}

void JatsBuilder::open_cited_link(const XmlAttributes& attributes) {
  open_cited_id(attributes);
  if (cited_.depth == 0) return;
  const std::string_view href = attributes.get("href"), kind = attributes.get("ext-link-type");
  std::optional<bib::Doi> doi = doi_of(href);
  if (doi && cited_.doi.empty()) cited_.doi = std::move(*doi).str();
  else if (kind == "pmid" && cited_.pmid.empty()) cited_.pmid = href;
  else if (!doi && href.starts_with("http") && cited_.url.empty()) cited_.url = href;
}

// Takes what the citation names besides its words: of several the one that finds it best.
bib::Link JatsBuilder::take_citation_link(std::string text) {
  static constexpr std::pair<const char*, std::string Citation::*> kTargets[] = {{"doi", &Citation::doi},
                                                                                 {"pmid", &Citation::pmid},
                                                                                 {"pmcid", &Citation::pmcid},
                                                                                 {"isbn", &Citation::isbn},
                                                                                 {"url", &Citation::url}};
  bib::Link out{"references", {}, {}, std::move(text)};
  if (cited_.doi.empty()) cited_.doi = doi_in(out.text);
  for (const auto& [scheme, target] : kTargets) {
    if ((cited_.*target).empty()) continue;
    out.scheme = scheme;
    out.target = std::move(cited_.*target);
    break;
  }
  return out;
}

// Whether the open citation says again what the one before it says. A mixed and an element citation side by side in a reference are two
// forms of one without citation-alternatives too: all 2,538 such pairs in the open set are, SciELO's above all.
bool JatsBuilder::is_other_form() {
  if (parent() == El::citation_alternatives) return alternatives_++ > 0;
  const bool other = parent() == El::ref && top().el == other_form_;
  other_form_ = other                              ? El::other
                : top().el == El::mixed_citation   ? El::element_citation
                : top().el == El::element_citation ? El::mixed_citation
                                                   : El::other;
  return other;
}

// Another form of the citation before it: what is printed goes before what is composed, and a target before none.
void JatsBuilder::merge_alternative(std::string text, std::size_t begin) {
  std::vector<bib::Statement>& facts = article().facts;
  const auto before = std::ranges::find(facts.rbegin(), facts.rend(), FieldId::reference, &bib::Statement::field);
  if (before == facts.rend() || article().references.empty()) return;
  auto& link = std::get<bib::Link>(before->value);
  bib::Link other = take_citation_link(std::move(text));
  if (link.target.empty()) link.scheme = std::move(other.scheme), link.target = std::move(other.target);
  if (!cited_.printed || std::exchange(alternative_printed_, true)) return;
  link.text = std::move(other.text);
  article().references.back().text = arena_.rich(begin, other_lang());
}

void JatsBuilder::close_citation() {
  if (cited_.depth != frames_.size()) return;
  std::string text = cited_.printed ? std::string() : cited_.composed();
  if (text.empty()) arena_.insert(cited_.between);
  cited_.forget_parts(0);
  const std::size_t begin = top().begin + (text.empty() ? repeated_label(arena_.raw(top().begin), reference_label_) : 0);
  if (text.empty()) text = arena_.plain(begin);
  cited_.depth = 0;
  cited_.mixed = false;
  if (text.empty() && cited_.doi.empty()) return;
  if (is_other_form()) return merge_alternative(std::move(text), begin);
  add_reference(cited_.printed ? arena_.rich(begin, other_lang()) : bib::RichText(text));
  state(FieldId::reference, take_citation_link(std::move(text)));
  alternative_printed_ = cited_.printed;
}

}  // namespace colophon::formats_xml
