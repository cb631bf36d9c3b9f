// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/ris/mapping.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace colophon::formats::ris {
namespace {

using bib::FieldId;
using bib::WorkType;

constexpr std::uint8_t families(std::initializer_list<Family> list) {
  unsigned out = 0;
  for (const Family f : list) out |= f;
  return static_cast<std::uint8_t>(out);
}
constexpr std::uint8_t kSeries = families({kBook, kReport});
constexpr std::uint8_t kInContainer = families({kJournal, kPart, kPaper, kOther});
constexpr std::uint8_t kWhole = families({kBook, kThesis});

// clang-format off
constexpr std::array kRows = {
    Row{"TI", FieldId::title, Form::title},                Row{"T1", FieldId::title, Form::title},
    Row{"CT", FieldId::title, Form::title},                Row{"BT", FieldId::title, Form::title, kWhole},
    Row{"TT", FieldId::translated_title, Form::value},     Row{"ST", FieldId::short_title, Form::value},
    Row{"AU", FieldId::author, Form::name},                Row{"A1", FieldId::author, Form::name},
    Row{"A2", FieldId::editor, Form::name, families({kJournal, kPart, kPaper, kOther})},
    Row{"A2", FieldId::contributor, Form::name, kSeries, "series editor"},
    Row{"A2", FieldId::contributor, Form::name, kThesis, "advisor"},
    Row{"A3", FieldId::editor, Form::name, kSeries},
    Row{"A3", FieldId::contributor, Form::name, kThesis, "advisor"},
    Row{"A3", FieldId::contributor, Form::name, kAll, "series editor"},
    Row{"A4", FieldId::translator, Form::name},
    Row{"ED", FieldId::editor, Form::name},
    Row{"PY", FieldId::issued, Form::date},                Row{"Y1", FieldId::issued, Form::date},
    Row{"DA", FieldId::issued, Form::date},
    Row{"T2", FieldId::container_title, Form::container, kInContainer},
    Row{"T2", FieldId::collection_title, Form::value, kSeries},
    Row{"JF", FieldId::container_title, Form::container},  Row{"BT", FieldId::container_title, Form::container},
    Row{"C3", FieldId::container_title, Form::container, kPaper},
    Row{"JO", FieldId::container_short, Form::abbreviation}, Row{"JA", FieldId::container_short, Form::abbreviation},
    Row{"J2", FieldId::container_short, Form::abbreviation}, Row{"J1", FieldId::container_short, Form::abbreviation},
    Row{"VL", FieldId::volume, Form::value},
    Row{"IS", FieldId::number, Form::value, kReport},      Row{"IS", FieldId::issue, Form::value},
    Row{"CP", FieldId::issue, Form::value},
    Row{"SP", FieldId::page, Form::first_page},            Row{"EP", FieldId::page, Form::last_page},
    Row{"SP", FieldId::number_of_pages, Form::first_page, kWhole},
    Row{"C7", FieldId::article_number, Form::value, kJournal},
    Row{"M1", FieldId::collection_number, Form::value, families({kPart, kPaper, kBook})},
    Row{"M1", FieldId::number, Form::value, families({kReport, kThesis, kOther})},
    Row{"SV", FieldId::collection_number, Form::value},
    Row{"SE", FieldId::chapter_number, Form::value, kPart},
    Row{"ET", FieldId::available, Form::value, kJournal},  Row{"ET", FieldId::edition, Form::value},
    Row{"T3", FieldId::collection_title, Form::value},
    Row{"PB", FieldId::publisher, Form::value},
    Row{"C1", FieldId::publisher_place, Form::value, kPaper},
    Row{"CY", FieldId::publisher_place, Form::value},      Row{"PP", FieldId::publisher_place, Form::value},
    Row{"OP", FieldId::original_date, Form::value},
    Row{"Y2", FieldId::accessed, Form::value},
    Row{"M3", FieldId::genre, Form::genre},
    Row{"NV", FieldId::number_of_volumes, Form::value},
    Row{"DO", FieldId::doi, Form::value},                  Row{"DI", FieldId::doi, Form::value},
    Row{"SN", FieldId::issn, Form::serial},                Row{"SN", FieldId::isbn, Form::serial},
    Row{"C2", FieldId::pmcid, Form::value, kJournal},
    Row{"UR", FieldId::url, Form::link},                   Row{"LK", FieldId::url, Form::link},
    Row{"L2", FieldId::url, Form::link},                   Row{"L1", FieldId::url, Form::attachment},
    Row{"AB", FieldId::abstract, Form::abstract},          Row{"N2", FieldId::abstract, Form::abstract},
    Row{"KW", FieldId::keyword, Form::keywords},
    Row{"LA", FieldId::language, Form::value},
    Row{"N1", FieldId::note, Form::value},                 Row{"RN", FieldId::annotation, Form::value},
    Row{"AD", FieldId::author, Form::address},
    Row{"ID", FieldId::citation_key, Form::id},
    // known, and kept as they are
    Row{"AN", FieldId::extra, Form::keep}, Row{"AV", FieldId::extra, Form::keep}, Row{"CA", FieldId::extra, Form::keep},
    Row{"CN", FieldId::extra, Form::keep}, Row{"DB", FieldId::extra, Form::keep}, Row{"DP", FieldId::extra, Form::keep},
    Row{"L3", FieldId::extra, Form::keep}, Row{"L4", FieldId::extra, Form::keep},
    Row{"LB", FieldId::extra, Form::keep}, Row{"RI", FieldId::extra, Form::keep}, Row{"RP", FieldId::extra, Form::keep},
    Row{"TA", FieldId::extra, Form::keep}, Row{"M1", FieldId::extra, Form::keep}, Row{"M2", FieldId::extra, Form::keep},
    Row{"SE", FieldId::extra, Form::keep}, Row{"TY", FieldId::extra, Form::keep}, Row{"ER", FieldId::extra, Form::keep},
    Row{"C1", FieldId::extra, Form::keep}, Row{"C2", FieldId::extra, Form::keep}, Row{"C3", FieldId::extra, Form::keep},
    Row{"C4", FieldId::extra, Form::keep}, Row{"C5", FieldId::extra, Form::keep}, Row{"C6", FieldId::extra, Form::keep},
    Row{"C7", FieldId::extra, Form::keep}, Row{"C8", FieldId::extra, Form::keep}, Row{"U1", FieldId::extra, Form::keep},
    Row{"U2", FieldId::extra, Form::keep}, Row{"U3", FieldId::extra, Form::keep}, Row{"U4", FieldId::extra, Form::keep},
    Row{"U5", FieldId::extra, Form::keep}, Row{"H1", FieldId::extra, Form::keep}, Row{"H2", FieldId::extra, Form::keep},
};

// Of several names of one type of ours, the first is the one that is written.
constexpr std::array kTypes = {
    TypeRow{"JOUR", WorkType::article},            TypeRow{"EJOUR", WorkType::article},          TypeRow{"INPR", WorkType::article},
    TypeRow{"ABST", WorkType::abstract},           TypeRow{"MGZN", WorkType::magazine_article},  TypeRow{"NEWS", WorkType::newspaper_article},
    TypeRow{"JFULL", WorkType::newsletter},        TypeRow{"PRESS", WorkType::press_item},       TypeRow{"BLOG", WorkType::press_item, "Blog post"},
    TypeRow{"CHAP", WorkType::chapter},            TypeRow{"ECHAP", WorkType::chapter},          TypeRow{"ENCYC", WorkType::reference_entry},
    TypeRow{"DICT", WorkType::reference_entry},    TypeRow{"CPAPER", WorkType::conference_paper}, TypeRow{"CONF", WorkType::conference_paper},
    TypeRow{"BOOK", WorkType::book},               TypeRow{"EDBOOK", WorkType::book},            TypeRow{"EBOOK", WorkType::book},
    TypeRow{"CLSWK", WorkType::book},              TypeRow{"SER", WorkType::book},               TypeRow{"RPRT", WorkType::report},
    TypeRow{"GOVDOC", WorkType::report, "Government document"}, TypeRow{"PAMP", WorkType::report, "Pamphlet"},
    TypeRow{"GRNT", WorkType::proposal},           TypeRow{"GRANT", WorkType::proposal},         TypeRow{"THES", WorkType::thesis},
    TypeRow{"DATA", WorkType::dataset},            TypeRow{"DBASE", WorkType::dataset},          TypeRow{"AGGR", WorkType::dataset},
    TypeRow{"COMP", WorkType::tool},               TypeRow{"SLIDE", WorkType::presentation},     TypeRow{"VIDEO", WorkType::video},
    TypeRow{"MPCT", WorkType::video},              TypeRow{"ADVS", WorkType::video, "Audiovisual material"}, TypeRow{"MULTI", WorkType::video, "Multimedia"},
    TypeRow{"ELEC", WorkType::web_page},           TypeRow{"WEB", WorkType::web_page},           TypeRow{"STAND", WorkType::standard},
    TypeRow{"PAT", WorkType::patent},              TypeRow{"STAT", WorkType::legislation},       TypeRow{"BILL", WorkType::legislation, "Bill"},
    TypeRow{"UNBILL", WorkType::legislation, "Unenacted bill"}, TypeRow{"CASE", WorkType::legislation, "Case"},
    TypeRow{"HEAR", WorkType::legislation, "Hearing"}, TypeRow{"LEGAL", WorkType::legislation, "Legal rule or regulation"},
    TypeRow{"MAP", WorkType::map},                 TypeRow{"INTV", WorkType::interview},         TypeRow{"PCOMM", WorkType::letter},
    TypeRow{"ICOMM", WorkType::letter},            TypeRow{"GEN", WorkType::other},              TypeRow{"UNPB", WorkType::other, "Unpublished"},
    TypeRow{"UNPD", WorkType::other, "Unpublished"}, TypeRow{"MANSCPT", WorkType::other, "Manuscript"}, TypeRow{"ANCIENT", WorkType::other, "Ancient text"},
    TypeRow{"ART", WorkType::other, "Artwork"},    TypeRow{"CHART", WorkType::other, "Chart"},   TypeRow{"CTLG", WorkType::other, "Catalogue"},
    TypeRow{"EQUA", WorkType::other, "Equation"},  TypeRow{"FIGURE", WorkType::other, "Figure"}, TypeRow{"MUSIC", WorkType::other, "Music"},
    TypeRow{"POD", WorkType::other, "Podcast"},    TypeRow{"SOUND", WorkType::other, "Sound recording"},
};

struct Outgoing { WorkType type; std::string_view name; };
constexpr std::array kOutgoing = {  // types without a name of their own
    Outgoing{WorkType::policy_brief, "RPRT"},   Outgoing{WorkType::guideline, "RPRT"},  Outgoing{WorkType::manual, "RPRT"},
    Outgoing{WorkType::working_paper, "RPRT"},  Outgoing{WorkType::case_study, "RPRT"}, Outgoing{WorkType::position_paper, "RPRT"},
    Outgoing{WorkType::poster, "CPAPER"},       Outgoing{WorkType::proceedings, "BOOK"}, Outgoing{WorkType::review, "JOUR"},
    Outgoing{WorkType::preprint, "UNPB"},       Outgoing{WorkType::unknown, "GEN"},
};
// clang-format on

}  // namespace

Family family_of(WorkType type) {
  switch (type) {
    case WorkType::article:
    case WorkType::review:
    case WorkType::magazine_article:
    case WorkType::newspaper_article:
    case WorkType::newsletter:
    case WorkType::abstract: return kJournal;
    case WorkType::chapter:
    case WorkType::reference_entry: return kPart;
    case WorkType::conference_paper:
    case WorkType::poster: return kPaper;
    case WorkType::book:
    case WorkType::proceedings: return kBook;
    case WorkType::report:
    case WorkType::policy_brief:
    case WorkType::guideline:
    case WorkType::manual:
    case WorkType::working_paper:
    case WorkType::case_study:
    case WorkType::position_paper: return kReport;
    case WorkType::thesis: return kThesis;
    default: return kOther;
  }
}

std::span<const Row> rows() { return kRows; }

const Row* row_of(std::string_view tag, Family family) {
  const auto found = std::ranges::find_if(kRows, [&](const Row& r) { return r.tag == tag && (r.families & family); });
  return found == kRows.end() ? nullptr : &*found;
}

const Row* row_of(FieldId field, Family family, std::string_view role) {
  const auto found = std::ranges::find_if(kRows, [&](const Row& r) {
    return r.field == field && (r.families & family) && (role.empty() || r.role == role) && r.form != Form::keep &&
           row_of(r.tag, family) == &r;
  });
  return found == kRows.end() ? nullptr : &*found;
}

std::span<const TypeRow> types() { return kTypes; }

const TypeRow* type_named(std::string_view name) {
  const auto found = std::ranges::find_if(kTypes, [&](const TypeRow& r) { return iequals(r.name, name); });
  return found == kTypes.end() ? nullptr : &*found;
}

std::string_view name_of(WorkType type) {
  if (const auto own = std::ranges::find(kTypes, type, &TypeRow::type); own != kTypes.end()) return own->name;
  const auto other = std::ranges::find(kOutgoing, type, &Outgoing::type);
  return other == kOutgoing.end() ? "GEN" : other->name;
}

}  // namespace colophon::formats::ris
