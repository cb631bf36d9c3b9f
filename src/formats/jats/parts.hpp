// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bib/document.hpp"
#include "bib/work.hpp"
#include "formats/jats/inline.hpp"
#include "formats/jats/writer.hpp"
#include "formats/jats/xml_out.hpp"

/// The inside of the JATS writer: what is written, part by part, in the order of the DTD. Not for other libraries.
namespace colophon::formats::jats {

using bib::FieldId;

/// What all parts share.
struct Writing {
  const bib::Work& work;
  Style style;
  std::string lang;  ///< xml:lang of the article
  XmlOut xml;
  std::set<FieldId> restored;               ///< fields that custom-meta gives back whole
  std::vector<const bib::Extra*> extras;    ///< further fields that stand nowhere yet
  std::vector<bib::Block> references = {};  ///< of the body
  bib::RichText references_heading = {};
  Surroundings around = {};

  bool publishing() const { return style.tags == TagSet::publishing; }
  std::string text(FieldId field) const { return work.text(field); }
  /// xml:lang where it is not the article's.
  std::string_view lang_of(std::string_view own) const { return own == lang ? std::string_view() : own; }
  /// The further fields "jats:NAME", and "jats:NAME:KIND" with any kind, that `fits` takes (all without it); they are written now.
  struct Taken {
    std::string kind;
    std::string text;
  };
  std::vector<Taken> take(std::string_view name, bool (*fits)(const Taken&) = nullptr, std::size_t most = SIZE_MAX);
};

/// article-type and, where it does not say all, what custom-meta adds.
std::string article_type(Writing& w);
void write_front(Writing& w);
/// The front of a part within the article: no journal.
void write_front_stub(Writing& w);
void write_people(Writing& w);
void write_issued(Writing& w);
void write_pages(Writing& w);
void write_history(Writing& w);
void write_abstracts(Writing& w);
void write_keywords(Writing& w);
void write_funding(Writing& w);
/// Whether reading the written form gives the list back.
bool is_plain_list(FieldId field, const bib::NameList& list, bool publishing);
/// What links of the body can point to; to be asked before anything is written.
Targets targets_of(const bib::Document& body);
void write_body(Writing& w, const bib::Document& body);
/// Blocks of a section, of a box, or outside all; notes that follow a block stand at its end.
void write_blocks(Writing& w, std::span<const bib::Block> blocks);
void write_footnote(Writing& w, const bib::Block& note);
void write_heading(Writing& w, const bib::RichText& heading);
void write_references(Writing& w);
bool is_plain_reference(const bib::Link& link);
void write_custom_meta(Writing& w);
/// Whether a code is canonical: what is no identifier stands in custom-meta alone.
bool is_read_as_it_is(FieldId field, const std::string& code);
/// Sets restored: the fields whose values the elements of JATS do not hold exactly.
void find_restored(Writing& w);

}  // namespace colophon::formats::jats
