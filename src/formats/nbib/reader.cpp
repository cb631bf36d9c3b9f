// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/nbib/reader.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "bib/identifiers.hpp"
#include "formats/bibtex/values.hpp"
#include "formats/dates.hpp"
#include "formats/draft_builder.hpp"
#include "formats/people.hpp"

#include <fmt/format.h>

namespace colophon::formats {
namespace {

using bib::FieldId;
using bib::WorkType;
using tagged::Field;

enum class Form : std::uint8_t {
  value,  // by the kind of the field
  book_title,
  journal,
  full_name,   // "Family, Given Names"
  short_name,  // "Family GN", dropped beside a full name
  literal,     // a corporate name
  address,
  orcid,
  kind,        // PT: type and genre
  identifier,  // "10.1/x [doi]", "e12 [pii]"
  serial,
  subject,
  history,  // "2021/12/20 06:00 [received]"
  grant,
  link,
  related,
  keep,
};

struct Row {
  std::string_view tag;
  FieldId field;
  Form form;
  std::string_view text = {};  // the role of a name, the relation of a link
};
// clang-format off
constexpr std::array kRows = {
    Row{"PMID", FieldId::pmid, Form::value},              Row{"PMC", FieldId::pmcid, Form::value},
    Row{"TI", FieldId::title, Form::value},               Row{"BTI", FieldId::container_title, Form::book_title},
    Row{"TT", FieldId::translated_title, Form::value},    Row{"VTI", FieldId::volume_title, Form::value},
    Row{"CTI", FieldId::collection_title, Form::value},
    Row{"FAU", FieldId::author, Form::full_name},         Row{"AU", FieldId::author, Form::short_name},
    Row{"FED", FieldId::editor, Form::full_name},         Row{"ED", FieldId::editor, Form::short_name},
    Row{"FIR", FieldId::contributor, Form::full_name, "investigator"}, Row{"IR", FieldId::contributor, Form::short_name, "investigator"},
    Row{"CN", FieldId::author, Form::literal},            Row{"AD", FieldId::author, Form::address},
    Row{"AUID", FieldId::author, Form::orcid},
    Row{"DP", FieldId::issued, Form::value},              Row{"DEP", FieldId::available, Form::value},
    Row{"JT", FieldId::container_title, Form::journal},   Row{"TA", FieldId::container_short, Form::value},
    Row{"VI", FieldId::volume, Form::value},              Row{"IP", FieldId::issue, Form::value},
    Row{"PG", FieldId::page, Form::value},                Row{"EN", FieldId::edition, Form::value},
    Row{"CP", FieldId::chapter_number, Form::value},      Row{"PB", FieldId::publisher, Form::value},
    Row{"PL", FieldId::publisher_place, Form::value},     Row{"PT", FieldId::genre, Form::kind},
    Row{"LID", FieldId::doi, Form::identifier},           Row{"AID", FieldId::doi, Form::identifier},
    Row{"IS", FieldId::issn, Form::serial},               Row{"ISSN", FieldId::issn, Form::serial},
    Row{"ISBN", FieldId::isbn, Form::serial},             Row{"LA", FieldId::language, Form::value},
    Row{"AB", FieldId::abstract, Form::value},            Row{"OAB", FieldId::abstract, Form::value},
    Row{"CI", FieldId::copyright, Form::value},           Row{"OT", FieldId::keyword, Form::value},
    Row{"MH", FieldId::subject, Form::subject},           Row{"PHST", FieldId::received, Form::history},
    Row{"GR", FieldId::funding, Form::grant},             Row{"GN", FieldId::note, Form::value},
    Row{"URL", FieldId::url, Form::link},
    Row{"CON", FieldId::related, Form::related, "comments-on"},  Row{"CIN", FieldId::related, Form::related, "has-comment"},
    Row{"EFR", FieldId::related, Form::related, "corrects"},     Row{"EIN", FieldId::related, Form::related, "has-correction"},
    Row{"ROF", FieldId::related, Form::related, "retracts"},     Row{"RIN", FieldId::related, Form::related, "is-retracted-by"},
    Row{"RPF", FieldId::related, Form::related, "republished-from"}, Row{"RPI", FieldId::related, Form::related, "republished-in"},
    Row{"UOF", FieldId::related, Form::related, "updates"},      Row{"UIN", FieldId::related, Form::related, "is-updated-by"},
    // known, and kept as they are
    Row{"OWN", FieldId::extra, Form::keep},  Row{"STAT", FieldId::extra, Form::keep}, Row{"DCOM", FieldId::extra, Form::keep},
    Row{"LR", FieldId::extra, Form::keep},   Row{"DA", FieldId::extra, Form::keep},   Row{"EDAT", FieldId::extra, Form::keep},
    Row{"MHDA", FieldId::extra, Form::keep}, Row{"CRDT", FieldId::extra, Form::keep}, Row{"JID", FieldId::extra, Form::keep},
    Row{"SB", FieldId::extra, Form::keep},   Row{"SO", FieldId::extra, Form::keep},   Row{"PST", FieldId::extra, Form::keep},
    Row{"MID", FieldId::extra, Form::keep},  Row{"OTO", FieldId::extra, Form::keep},  Row{"RN", FieldId::extra, Form::keep},
    Row{"NM", FieldId::extra, Form::keep},   Row{"SI", FieldId::extra, Form::keep},   Row{"COIS", FieldId::extra, Form::keep},
    Row{"OID", FieldId::extra, Form::keep},  Row{"RF", FieldId::extra, Form::keep},   Row{"GS", FieldId::extra, Form::keep},
    Row{"PS", FieldId::extra, Form::keep},   Row{"FPS", FieldId::extra, Form::keep},  Row{"IRAD", FieldId::extra, Form::keep},
    Row{"OCI", FieldId::extra, Form::keep},  Row{"PMCR", FieldId::extra, Form::keep}, Row{"SFM", FieldId::extra, Form::keep},
    Row{"PUBM", FieldId::extra, Form::keep}, Row{"DRDT", FieldId::extra, Form::keep}, Row{"CDAT", FieldId::extra, Form::keep},
};

struct Kind { std::string_view name; WorkType type; };  // publication types that say more than "article"; keys as fold_key() makes them
constexpr std::array kKinds = {
    Kind{"book", WorkType::book},        Kind{"monograph", WorkType::book},         Kind{"book chapter", WorkType::chapter},
    Kind{"technical report", WorkType::report}, Kind{"government publication", WorkType::report}, Kind{"dataset", WorkType::dataset},
    Kind{"preprint", WorkType::preprint}, Kind{"congress", WorkType::proceedings},  Kind{"meeting abstract", WorkType::abstract},
    Kind{"academic dissertation", WorkType::thesis}, Kind{"newspaper article", WorkType::newspaper_article}, Kind{"interview", WorkType::interview},
    Kind{"legislation", WorkType::legislation}, Kind{"video audio media", WorkType::video}, Kind{"webcast", WorkType::video},
    Kind{"guideline", WorkType::guideline}, Kind{"practice guideline", WorkType::guideline}, Kind{"reports research", WorkType::report},
    Kind{"reports evaluative", WorkType::report}, Kind{"reports descriptive", WorkType::report}, Kind{"books", WorkType::book},
    Kind{"dissertations theses", WorkType::thesis}, Kind{"dissertations theses doctoral dissertations", WorkType::thesis},
    Kind{"dissertations theses masters theses", WorkType::thesis},
};
// clang-format on

// A value and the word in brackets behind it: "10.1/x [doi]".
struct Labelled {
  std::string_view text, label;
};
Labelled labelled(std::string_view text) {
  const std::size_t open = text.rfind('[');
  if (open == std::string_view::npos || !text.ends_with(']')) return {text, {}};
  return {trim(text.substr(0, open)), text.substr(open + 1, text.size() - open - 2)};
}

// "1042", "e17": what a journal without pages counts; publishers' own numbers are longer and have signs.
bool is_article_number(std::string_view id) {
  return id.size() <= 10 && std::ranges::all_of(id, [](char c) { return is_ascii_alpha(c) || is_ascii_digit(c); });
}

class NbibEntry {
 public:
  explicit NbibEntry(Remarks& remarks) : remarks_(remarks), out_("nbib") {}

  void read_field(const Field& field, const std::string& text, const bib::Origin& at) {
    if (text.empty()) return;
    const auto row = std::ranges::find(kRows, field.tag, &Row::tag);
    if (row != kRows.end()) return read_form(field, *row, text, at);
    if (remarks_.first("tag " + std::string(field.tag)))
      remarks_.add(Severity::note, "unknown-tag", fmt::format("the tag “{}” has no place of its own", field.tag),
                   "kept as a further field; said once a file", field.at());
    out_.keep(field.tag, text, at);
  }

  void finish(Draft& draft) {
    if (!out_.has(FieldId::page) && !number_.empty()) (void)out_.put(FieldId::article_number, number_, {});
    settle_type();
    settle_journal();
    if (!out_.has(FieldId::title) && !book_title_.empty()) (void)out_.put(FieldId::title, book_title_, book_at_);
    else if (!book_title_.empty()) out_.put_or_keep(FieldId::container_title, "BTI", book_title_, book_at_);
    draft.work = out_.finish();
    draft.local_id = draft.work.text(FieldId::pmid);
    if (draft.local_id.empty()) draft.local_id = entry_name(draft.work);
  }

 private:
  void read_form(const Field& field, const Row& row, const std::string& text, const bib::Origin& at) {
    switch (row.form) {
      case Form::value: return put(field, row.field, text, at);
      case Form::book_title: return read_book_title(field, text, at);
      case Form::journal: return read_journal(field, text, at);
      case Form::full_name: return read_full_name(field, row, text, at);
      case Form::short_name: return read_short_name(field, row, text, at);
      case Form::literal: return read_literal(row, text, at);
      case Form::address: return out_.affiliation(text, DraftBuilder::Whose::last);
      case Form::orcid: return read_orcid(field, text, at);
      case Form::kind: return read_kind(field, text, at);
      case Form::identifier: return read_identifier(field, text, at);
      case Form::serial: return read_serial(field, text, at);
      case Form::subject: return read_subject(text, at);
      case Form::history: return read_history(field, text, at);
      case Form::grant: return read_grant(text, at);
      case Form::link: return out_.link(text, at);
      case Form::related: return out_.put_value(FieldId::related, bib::Link{std::string(row.text), {}, {}, squeeze(text)}, at);
      case Form::keep: return out_.keep(field.tag, text, at);
    }
  }

  void put(const Field& field, FieldId id, std::string_view text, const bib::Origin& at) {
    if (out_.put(id, text, at)) return;
    remarks_.add(Severity::note, "unread-value",
                 fmt::format("“{}” cannot be read as “{}” here", printable(ellipsis(squeeze(text), 60)), bib::row(id).label),
                 "kept as a further field", field.at());
    out_.keep(field.tag, text, at);
  }

  // The title of a book is that of the work, unless that has one.
  void read_book_title(const Field& field, const std::string& text, const bib::Origin& at) {
    if (!book_title_.empty()) return out_.keep(field.tag, text, at);
    book_title_ = text;
    book_at_ = at;
  }

  void read_journal(const Field& field, const std::string& text, const bib::Origin& at) {
    if (!journal_.empty()) return out_.keep(field.tag, text, at);
    journal_ = text;
    journal_at_ = at;
  }

  // ERIC names the publisher there of what is in no journal.
  void settle_journal() {
    const bool apart = out_.type == WorkType::book || out_.type == WorkType::report || out_.type == WorkType::thesis;
    const bool publisher = apart && book_title_.empty() && !out_.has(FieldId::publisher);
    if (!journal_.empty())
      out_.put_or_keep(publisher ? FieldId::publisher : FieldId::container_title, "JT", journal_, journal_at_);
  }

  void read_full_name(const Field& field, const Row& row, const std::string& text, const bib::Origin& at) {
    full_ = field.tag;
    if (is_others(text)) return out_.others(row.field);
    out_.person(row.field, read_full_medline_name(nfc(text)), at, row.text);
  }

  // Each full name has its short form behind it.
  void read_short_name(const Field& field, const Row& row, const std::string& text, const bib::Origin& at) {
    const bool said = full_.size() == 3 && full_.substr(1) == field.tag;
    full_ = {};
    if (is_others(text)) return out_.others(row.field);
    if (!said) out_.person(row.field, read_medline_name(nfc(text)), at, row.text);
  }

  void read_literal(const Row& row, const std::string& text, const bib::Origin& at) {
    bib::Name name;
    name.literal = nfc(squeeze(text));
    out_.person(row.field, std::move(name), at);
  }

  void read_orcid(const Field& field, const std::string& text, const bib::Origin& at) {
    const std::size_t colon = text.find(':');
    const std::string_view id = text.starts_with("ORCID") && colon != std::string::npos ? std::string_view(text).substr(colon + 1)
                                                                                        : std::string_view(text);
    const Result<bib::Orcid> orcid = bib::Orcid::parse(trim(id));
    bib::Contributor* person = out_.last_person(FieldId::author);
    if (orcid && person) person->orcid = orcid->str();
    else out_.keep(field.tag, text, at);
  }

  void read_kind(const Field& field, const std::string& text, const bib::Origin& at) {
    const auto row = std::ranges::find(kKinds, fold_key(text), &Kind::name);
    const std::optional<WorkType> type = row != kKinds.end() ? std::optional(row->type) : type_named_by(squeeze(text));
    if (type && !type_) type_ = *type;
    if (iequals(squeeze(text), "journal article")) article_ = true;
    out_.put_or_keep(FieldId::genre, field.tag, text, at);
  }

  void settle_type() {
    out_.type = type_.value_or(WorkType::article);
    if (article_ && out_.type != WorkType::preprint) out_.type = WorkType::article;
    if (out_.type == WorkType::book && out_.has(FieldId::title) && !book_title_.empty()) out_.type = WorkType::chapter;
    if (!type_ && !article_ && !book_title_.empty()) out_.type = out_.has(FieldId::title) ? WorkType::chapter : WorkType::book;
  }

  void read_identifier(const Field& field, const std::string& text, const bib::Origin& at) {
    const auto [id, label] = labelled(text);
    if (label == "doi" && out_.put(FieldId::doi, id, at)) return;
    if (label == "pii" && field.tag == "LID" && is_article_number(id)) number_ = id;
    if (label.empty() && id.find("doi.org/10.") != std::string_view::npos && out_.put(FieldId::doi, id, at)) return;
    if (label.empty() && (id.starts_with("http") || id.starts_with("www."))) return out_.link(id, at);
    out_.keep(field.tag, text, at);
  }

  void read_serial(const Field& field, const std::string& text, const bib::Origin& at) {
    const std::string_view number = text.starts_with("ISSN-") ? std::string_view(text).substr(5) : std::string_view(text);
    if (!out_.serial_number(number, at)) put(field, FieldId::issn, text, at);
  }

  // "Brain/*enzymology": the star marks a main topic.
  void read_subject(std::string text, const bib::Origin& at) {
    std::erase(text, '*');
    (void)out_.put(FieldId::subject, text, at);
  }

  void read_history(const Field& field, const std::string& text, const bib::Origin& at) {
    const auto [date, label] = labelled(text);
    const std::optional<FieldId> id = label == "received"   ? std::optional(FieldId::received)
                                      : label == "accepted" ? std::optional(FieldId::accepted)
                                                            : std::nullopt;
    if (!id || !out_.put(*id, date, at)) out_.keep(field.tag, text, at);
  }

  // "R01 CA123/CA/NCI NIH HHS/United States": award, acronym, agency, country.
  void read_grant(const std::string& text, const bib::Origin& at) {
    std::vector<std::string_view> parts = split(text, '/');
    bib::Funding out;
    out.award = nfc(squeeze(parts[0]));
    out.funder = nfc(squeeze(parts.size() > 2 ? parts[2] : parts.size() > 1 ? parts[1] : std::string_view()));
    if (out.funder.empty()) std::swap(out.award, out.funder);
    out_.put_value(FieldId::funding, std::move(out), at);
  }

  Remarks& remarks_;
  DraftBuilder out_;
  std::string_view full_;  // the tag of the full name just read
  std::optional<WorkType> type_;
  bool article_ = false;
  std::string book_title_, number_;
  bib::Origin book_at_;
  std::string journal_;
  bib::Origin journal_at_;
};

}  // namespace

void NbibReader::read(const tagged::Record& record, Draft& out) {
  NbibEntry entry(remarks_);
  for (const Field& field : record.fields) entry.read_field(field, text(field), at(field));
  entry.finish(out);
}

}  // namespace colophon::formats
