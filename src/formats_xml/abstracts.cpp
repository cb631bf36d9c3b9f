// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "formats_xml/builder.hpp"

// Abstracts and keywords.
namespace colophon::formats_xml {
namespace {

// clang-format off
// Kinds of abstracts that stand beside the abstract.
constexpr std::array<std::string_view, 16> kSideAbstracts = {
    "graphical", "graphical-abstract", "teaser", "toc", "key-points", "highlights", "author-highlights", "plain-language-summary", "plain-language",
    "editor-summary", "editor", "web-summary", "precis", "video", "short", "annotation"};

// What stands above an abstract, as fold_key() has it.
constexpr std::array<std::string_view, 38> kAbstractWords = {
    "abstract", "summary", "resumo", "resumen", "resume", "resum", "zusammenfassung", "kurzfassung", "riassunto", "sommario", "samenvatting",
    "sammanfattning", "sammendrag", "streszczenie", "abstrakt", "abstrak", "souhrn", "sazetak", "povzetek", "rezumat", "osszefoglalas", "tiivistelma",
    "ozet", "oz", "tom tat", "περιληψη", "摘要", "提要", "要旨", "抄録", "要約", "аннотация", "реферат", "резюме", "анотація", "الملخص", "ملخص", "چکیده"};
// clang-format on

}  // namespace

void JatsBuilder::open_abstract_line(const XmlAttributes&) {
  std::size_t begin = 0;
  const auto open = frames_.all();
  const auto abstract =
      std::ranges::find_if(open, [](const Frame& f) { return f.el == El::abstract || f.el == El::trans_abstract; });
  if (abstract != open.end()) begin = abstract->begin;
  const std::string_view before = arena_.raw(begin);
  if (top().el == El::p && arena_.size() == heading_end_ && !before.empty()) return;  // behind the heading of its part
  arena_.new_line(begin);
  if (top().el == El::title) begin_here(), arena_.set_marks(0 | static_cast<std::uint16_t>(bib::Mark::bold));
}

// "Abstract" above an abstract says nothing; "Main conclusion" there, or "Background" above a part of it, begins the text.
void JatsBuilder::close_abstract_title() {
  const std::string text = plain();
  const bool whole = parent() == El::abstract || parent() == El::trans_abstract;
  const bool says_nothing = text.empty() || (whole && std::ranges::find(kAbstractWords, fold_key(text)) != kAbstractWords.end());
  set_marks();
  if (says_nothing) return arena_.truncate(top().begin);
  const char last = text.back();
  arena_.append(last == '.' || last == ':' || last == '?' || last == '!' ? " " : ": ");
  heading_end_ = arena_.size();
}

void JatsBuilder::close_abstract() {
  bib::RichText text = arena_.rich(top().begin, top().el == El::trans_abstract ? translated_lang() : lang());
  const bool beside = std::ranges::find(kSideAbstracts, kind()) != kSideAbstracts.end();
  state(beside ? FieldId::annotation : FieldId::abstract, std::move(text));
}

void JatsBuilder::close_keyword_part() {
  if (const std::string part = plain(); !part.empty()) compound_ += (compound_.empty() ? "" : ", ") + part;
}

void JatsBuilder::close_keyword() {
  std::string text = top().el == El::compound_kwd ? std::move(compound_) : plain();
  compound_.clear();
  std::string_view group;
  for (const Frame& frame : frames_.all()) {
    if (frame.el == El::kwd_group) group = word(frame.kind);
  }
  if (group.find("abbreviation") != std::string::npos) return extra("abbreviation", std::move(text));
  if (text.ends_with(',') || text.ends_with(';')) text.pop_back();
  const std::string lang(other_lang());
  if (top().el != El::unstructured_kwd_group)
    return text.empty() ? void() : state(FieldId::keyword, bib::Text{std::move(text), lang});
  for (const std::string_view one : split(text, text.find(';') != std::string::npos ? ';' : ',')) {
    if (!trim(one).empty()) state(FieldId::keyword, bib::Text{std::string(trim(one)), lang});
  }
}

}  // namespace colophon::formats_xml
