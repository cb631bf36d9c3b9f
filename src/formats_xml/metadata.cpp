// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "bib/identifiers.hpp"
#include "formats/dates.hpp"
#include "formats/jats/vocabulary.hpp"
#include "formats_xml/builder.hpp"

// Titles, identifiers, dates, rights, links, funding, keywords: what journal-meta and article-meta say beside people.
namespace colophon::formats_xml {
namespace {

struct FieldRow {
  El el;
  FieldId field;
};

// clang-format off
constexpr FieldRow kFields[] = {
    {El::journal_title,        FieldId::container_title},
    {El::abbrev_journal_title, FieldId::container_short},
    {El::issn,                 FieldId::issn},
    {El::issn_l,               FieldId::issn},
    {El::isbn,                 FieldId::isbn},
    {El::publisher_name,       FieldId::publisher},
    {El::publisher_loc,        FieldId::publisher_place},
    {El::volume,               FieldId::volume},
    {El::issue,                FieldId::issue},
    {El::issue_title,          FieldId::volume_title},
    {El::elocation_id,         FieldId::article_number},
    {El::edition,              FieldId::edition},
    {El::series_title,         FieldId::collection_title},
    {El::article_version,      FieldId::version},
    {El::conf_name,            FieldId::event_title},
    {El::conf_loc,             FieldId::event_place},
    {El::subject,              FieldId::subject},
    {El::copyright_statement,  FieldId::copyright},
};

struct IdRow {
  std::string_view kind;
  FieldId field;
};
constexpr IdRow kIds[] = {
    {"doi", FieldId::doi},   {"pmid", FieldId::pmid},   {"pmc", FieldId::pmcid},     {"pmcid", FieldId::pmcid},
    {"arxiv", FieldId::arxiv}, {"isbn", FieldId::isbn}, {"handle", FieldId::handle}, {"url", FieldId::url}, {"uri", FieldId::url},
};

// Which date says when a work was issued: the lowest rank, then the earliest.
struct RankRow {
  std::string_view kind;
  int rank;
};
constexpr RankRow kDateRanks[] = {
    {"", 0}, {"epub", 0}, {"ppub", 0}, {"pub", 0}, {"epub-ppub", 0}, {"epubl", 0}, {"epublish", 0}, {"publication", 0}, {"electronic", 0}, {"print", 0},
    {"collection", 1}, {"issue-pub", 1}, {"issue", 1}, {"ecollection", 1},
    {"preprint", 2}, {"version-of-record", 0},
};
constexpr std::size_t kNearby = 200;  // statements among which a sponsor is looked for
constexpr int kOtherRank = 3;  // pmc-release, nihms-submitted, retracted …

constexpr std::pair<std::string_view, FieldId> kHistory[] = {
    {"received", FieldId::received}, {"accepted", FieldId::accepted}, {"submitted", FieldId::submitted}};

// Kinds of abstracts that stand beside the abstract.
constexpr std::array<std::string_view, 16> kSideAbstracts = {
    "graphical", "graphical-abstract", "teaser", "toc", "key-points", "highlights", "author-highlights", "plain-language-summary", "plain-language",
    "editor-summary", "editor", "web-summary", "precis", "video", "short", "annotation"};

// What stands above an abstract, as fold_key() has it.
constexpr std::array<std::string_view, 38> kAbstractWords = {
    "abstract", "summary", "resumo", "resumen", "resume", "resum", "zusammenfassung", "kurzfassung", "riassunto", "sommario", "samenvatting",
    "sammanfattning", "sammendrag", "streszczenie", "abstrakt", "abstrak", "souhrn", "sazetak", "povzetek", "rezumat", "osszefoglalas", "tiivistelma",
    "ozet", "oz", "tom tat", "περιληψη", "摘要", "提要", "要旨", "抄録", "要約", "аннотация", "реферат", "резюме", "анотація", "الملخص", "ملخص", "چکیده"};

constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::pair<std::string_view, int> kSeasons[] = {{"spring", 21}, {"summer", 22}, {"autumn", 23}, {"fall", 23}, {"winter", 24}};

constexpr std::pair<std::string_view, std::string_view> kRelations[] = {
    {"corrected-article", "corrects"},      {"retracted-article", "retracts"},      {"addended-article", "supplements"}, {"commentary-article", "comments-on"},
    {"companion", "related"},               {"translated-article", "is-translation-of"}, {"translation", "has-translation"},  {"preprint", "has-preprint"},
    {"object-of-concern", "concerns"},      {"correction-forward", "is-corrected-by"},   {"retraction-forward", "is-retracted-by"}, {"updated-article", "is-version-of"},
    {"peer-reviewed-article", "reviews"},   {"reviewed-article", "reviews"},             {"article-reference", "related"}, {"letter", "related"},
};
// clang-format on

template <class Rows, class Key>
auto find_row(const Rows& rows, const Key& key) {
  return std::ranges::find_if(rows, [&](const auto& row) { return row.first == key; });
}

int number(std::string_view text) {
  int out = 0;
  for (const char c : text) {
    if (!is_ascii_digit(c) || out > 99'999) break;
    out = out * 10 + (c - '0');
  }
  return out;
}

// The digits that other scripts write: each set has ten in a row.
std::string with_ascii_digits(std::string text) {
  static constexpr char32_t kZeros[] = {0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xFF10};
  if (end_of_ascii(text) == text.size()) return text;
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    const auto zero = std::ranges::find_if(kZeros, [&](char32_t z) { return c >= z && c < z + 10; });
    if (zero == std::end(kZeros)) append_utf8(out, c);
    else out.push_back(static_cast<char>('0' + (c - *zero)));
  }
  return out;
}

int month_of(std::string_view text) {
  if (const int n = number(text); n > 0) return n <= 12 ? n : 0;
  const std::string low = ascii_lower(text);
  const auto found = std::ranges::find_if(kMonths, [&](std::string_view m) { return low.starts_with(m); });
  if (found != kMonths.end()) return static_cast<int>(found - kMonths.begin()) + 1;
  bib::Date other = bib::year_date(2000);  // in one of the other languages
  return !text.empty() && formats::add_to_year(text, other) ? other.from.month : 0;
}

int season_of(std::string_view text) {
  const std::string low = ascii_lower(text);
  for (const auto& [word, month] : kSeasons) {
    if (low.find(word) != std::string::npos) return month;
  }
  return month_of(text);
}

// The first year in a text: four digits that no digit touches.
int year_in(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (!is_ascii_digit(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && is_ascii_digit(text[end])) ++end;
    if (end - at == 4 && (text[at] == '1' || text[at] == '2')) return number(text.substr(at, 4));
    at = end;
  }
  return 0;
}

std::optional<bib::Date> as_date(const bib::PartialDate& parts) {
  bib::Date out;
  out.from = parts;
  if (out.from.month == 0) out.from.day = 0;
  if (out.from.year <= 0) return std::nullopt;
  if (bib::parse_edtf(bib::to_edtf(out))) return out;
  out.from.day = 0;  // the 31st of June
  return out;
}

// Earlier, or as early and more complete.
bool precedes(const bib::PartialDate& a, const bib::PartialDate& b) {
  if (a.year != b.year) return a.year < b.year;
  if (a.month == 0 || b.month == 0) return a.month > b.month;
  if (a.month != b.month) return a.month < b.month;
  if (a.day == 0 || b.day == 0) return a.day > b.day;
  return a.day < b.day;
}

}  // namespace

void JatsBuilder::close_field() {
  const El el = top().el;
  if (el == El::copyright_year) {
    if (article().copyright_year.empty()) article().copyright_year = plain();
    return;
  }
  const FieldId field = std::ranges::find(kFields, el, &FieldRow::el)->field;
  const bib::FieldRow& row = bib::row(field);
  if (row.cardinality == bib::Cardinality::one && stated(field)) return extra(name(el), plain());
  switch (row.kind) {
    case bib::FieldKind::text: return state(field, bib::Text{plain(), {}});
    case bib::FieldKind::rich: return state(field, rich());
    default: return code(field, plain());
  }
}

void JatsBuilder::close_article_id() {
  const auto found = std::ranges::find(kIds, kind(), &IdRow::kind);
  const std::string text = plain();
  if (within(El::book_meta) && article().kind != "book") {  // the book's own
    if (Result<bib::Doi> doi = bib::Doi::parse(text)) state(FieldId::related, bib::Link{"part-of", "doi", doi->str(), {}});
    return;
  }
  if (found != std::end(kIds)) return code(found->field, text);
  if (Result<bib::Doi> doi = bib::Doi::parse(text)) return state(FieldId::doi, bib::Code{doi->str()});
  if (kind().empty() && text.starts_with("http")) return code(FieldId::url, text);
  extra(kinded("article-id"), text);
}

// --- titles ------------------------------------------------------------------------------------------------------------------

void JatsBuilder::close_title() {
  const El around = parent();
  if (top().el == El::title && around != El::title_group) return;  // of a group of keywords and the like
  if (within(El::collection_meta)) return state(FieldId::collection_title, rich());
  if (within(El::book_meta) && article().kind != "book") return state(FieldId::container_title, rich());
  if (stated(FieldId::title)) return extra("article-title", plain());
  state(FieldId::title, rich());
}

void JatsBuilder::close_subtitle() {
  if (within(El::collection_meta) || (within(El::book_meta) && article().kind != "book")) return extra("subtitle", plain());
  if (stated(FieldId::subtitle)) return extra("subtitle", plain());
  state(FieldId::subtitle, rich());
}

// Journals, issues and series have titles in other languages, too.
void JatsBuilder::close_translated() {
  if (!within(El::title_group) && !within(El::book_title_group)) return extra(name(top().el), plain());
  state(FieldId::translated_title, arena_.rich(top().begin, translated_lang()));
}

void JatsBuilder::close_translated_subtitle() {
  auto& facts = article().facts;
  const bool follows = !facts.empty() && facts.back().field == FieldId::translated_title;
  if (!within(El::title_group) && !within(El::book_title_group)) return extra(name(top().el), plain());
  if (!follows) return state(FieldId::translated_title, arena_.rich(top().begin, translated_lang()));
  auto& title = std::get<bib::RichText>(facts.back().value);
  const bib::RichText more = rich();
  if (more.empty()) return;
  title.append(": ");
  for (const bib::Run& run : more.runs()) title.append(run);
}

void JatsBuilder::close_alternative_title() {
  const auto has = [&](std::string_view part) { return kind().find(part) != std::string_view::npos; };
  const bool running = kind().empty() || has("run") || has("short") || has("head");
  if (running && !stated(FieldId::short_title)) return state(FieldId::short_title, rich());
  extra(kinded("alt-title"), plain());
}

// --- dates and pages ---------------------------------------------------------------------------------------------------------

void JatsBuilder::open_date(const XmlAttributes& attributes) {
  date_ = bib::PartialDate{};
  date_text_ = attributes.get("iso-8601-date");
  const std::string_view calendar = attributes.get("calendar");
  other_calendar_ = !calendar.empty() && !iequals(calendar, "gregorian");
  if (top().el != El::pub_date) return;
  const std::string_view kind = attributes.get("date-type");
  frames_.back().kind = keep_lower(kind.empty() ? attributes.get("pub-type") : kind);
}

void JatsBuilder::close_date_part() {
  if (!date_ || other_calendar_) return;
  const std::string text = with_ascii_digits(plain());
  switch (top().el) {
    case El::year: date_->year = year_in(text); break;
    case El::month: date_->month = month_of(text); break;
    case El::day: date_->day = std::min(number(text), 99); break;
    default: date_->month = date_->month ? date_->month : season_of(text);
  }
}

void JatsBuilder::close_pub_date() {
  if (date_->year == 0) {
    if (const Result<bib::Date> iso = bib::parse_edtf(date_text_.substr(0, 10)); iso && iso->known()) *date_ = iso->from;
    else if (!other_calendar_) date_->year = year_in(with_ascii_digits(plain()));
  }
  if (const std::optional<bib::Date> date = as_date(*date_)) {
    const auto rank = std::ranges::find(kDateRanks, kind(), &RankRow::kind);
    article().dates.push_back({*date, rank == std::end(kDateRanks) ? kOtherRank : rank->rank, origin()});
  } else if (article().odd_date.empty()) {
    article().odd_date = plain();
  }
  date_.reset();
}

void JatsBuilder::close_history_date() {
  if (date_ && date_->year == 0) {
    if (const Result<bib::Date> iso = bib::parse_edtf(date_text_.substr(0, 10)); iso && iso->known()) *date_ = iso->from;
    else if (!other_calendar_) date_->year = year_in(with_ascii_digits(plain()));
  }
  const auto row = find_row(kHistory, kind());
  const std::optional<bib::Date> date = date_ ? as_date(*date_) : std::nullopt;
  if (date && row != std::end(kHistory) && !stated(row->second)) state(row->second, *date);
  else if (date && !kind().empty()) extra(kinded("date"), bib::to_edtf(*date));
  date_.reset();
}

void JatsBuilder::close_page() {
  Article& a = article();
  std::string& where = top().el == El::fpage ? a.first_page : top().el == El::lpage ? a.last_page : a.page_range;
  if (where.empty()) where = plain();
}

void JatsBuilder::open_page_count(const XmlAttributes& attributes) {
  if (!stated(FieldId::number_of_pages)) code(FieldId::number_of_pages, attributes.get("count"));
}

// --- rights and links --------------------------------------------------------------------------------------------------------

void JatsBuilder::open_license(const XmlAttributes& attributes) { license_href_ = attributes.get("href"); }

void JatsBuilder::close_license_ref() {
  const std::string text = plain();
  if (license_href_.empty() || !bib::Licence::parse(license_href_)) license_href_ = text;
  else if (text != license_href_) extra("license_ref", text);
}

// The address says more than the prose; an address in the prose more than none.
void JatsBuilder::close_license() {
  const std::string text = plain();
  if (!stated(FieldId::license)) {
    if (!license_href_.empty()) {
      code(FieldId::license, license_href_);
    } else if (const std::size_t at = text.find("creativecommons.org/"); at != std::string::npos) {
      code(FieldId::license, text.substr(at, text.find_first_of(" )>,;", at) - at));
    } else {
      for (const bib::RichText prose = rich(); const bib::Run& run : prose.runs()) {
        if (run.href.find("creativecommons.org/") != std::string::npos && !stated(FieldId::license))
          code(FieldId::license, run.href);
      }
    }
  }
  extra("license", text);
  license_href_.clear();
}

void JatsBuilder::open_self_uri(const XmlAttributes& attributes) {
  const std::string_view href = attributes.get("href");
  if (href.starts_with("http://") || href.starts_with("https://")) return code(FieldId::url, href);
  extra("self-uri", std::string(href));
}

void JatsBuilder::open_related(const XmlAttributes& attributes) {
  const std::string_view href = attributes.get("href");
  const std::string sort = ascii_lower(attributes.get("ext-link-type"));
  const auto relation = find_row(kRelations, kind());
  related_ = {relation != std::end(kRelations) ? std::string(relation->second) : "related", {}, {}, {}};
  if (Result<bib::Doi> doi = bib::Doi::parse(href)) related_.scheme = "doi", related_.target = doi->str();
  else if (sort == "pmid" || sort == "pubmed") related_.scheme = "pmid", related_.target = href;
  else if (sort == "pmcid" || sort == "pmc") related_.scheme = "pmcid", related_.target = href;
  else if (!href.empty()) related_.scheme = "url", related_.target = href;
}

void JatsBuilder::close_related() {
  related_.text = plain();
  state(FieldId::related, related_);
}

void JatsBuilder::close_product() { state(FieldId::related, bib::Link{"reviews", {}, {}, plain()}); }

// --- abstracts, keywords, further fields -------------------------------------------------------------------------------------

void JatsBuilder::open_abstract_line(const XmlAttributes&) {
  std::size_t begin = 0;
  for (auto f = frames_.rbegin(); f != frames_.rend(); ++f) {
    if (f->el == El::abstract || f->el == El::trans_abstract) begin = f->begin;
  }
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
  arena_.set_marks(top().marks, link());
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
  for (const Frame& frame : frames_) {
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

void JatsBuilder::close_meta_name() { meta_name_ = plain(); }

void JatsBuilder::close_meta_value() {
  if (restore_meta(meta_name_, plain())) return;
  const std::string key = ascii_lower(meta_name_);
  if (key == "project" || key == "place")
    return state(key == "project" ? FieldId::project : FieldId::place, bib::Text{plain(), {}});
  extra(meta_name_.empty() ? "custom-meta" : meta_name_, plain());
}

// What our own writer kept where JATS has no place: "colophon:FIELD" in plain text or JSON, or a further field of another format.
bool JatsBuilder::restore_meta(std::string_view name, const std::string& text) {
  static constexpr std::string_view kOwn = "colophon:";
  if (!name.starts_with(kOwn)) {
    const std::size_t colon = name.find(':');
    const bool further = colon != std::string_view::npos && formats::jats::is_extra_prefix(name.substr(0, colon));
    if (further) state(FieldId::extra, bib::Extra{std::string(name), text});
    return further;
  }
  name.remove_prefix(kOwn.size());
  if (const std::optional<bib::WorkType> type = name == "type" ? bib::work_type_named(text) : std::nullopt)
    return article().restored_type = *type, true;
  const std::optional<FieldId> field = bib::field_named(name);
  const bool json = !text.empty() && std::string_view("{[\"").find(text[0]) != std::string_view::npos;
  const Result<Json> parsed = json ? Json::parse(text) : Result<Json>(Json(text));
  if (!field || !parsed) return false;
  Result<bib::Value> value = bib::value_from_json(*field, *parsed);
  if (!value || bib::is_empty(*value)) return false;
  if (*field == FieldId::extra) state(*field, std::move(*value));
  else article().restored.push_back({*field, std::move(*value), origin(), {}});
  return true;
}

void JatsBuilder::close_event_date() {
  const std::string text = plain();
  const Result<bib::Date> date = bib::parse_edtf(text);
  if (date && date->known() && !stated(FieldId::event_date)) return state(FieldId::event_date, *date);
  extra(name(top().el), text);
}

void JatsBuilder::close_content_language() {
  const std::string language = plain();
  if (article().lang.empty()) article().lang = language;
  else if (language != article().lang) code(FieldId::language, language);
}

void JatsBuilder::close_extra() { extra(name(top().el), plain()); }

void JatsBuilder::open_note(const XmlAttributes& attributes) {
  const std::string id(attributes.get("id"));
  if (!id.empty() && !kind().empty()) article().note_kinds[id] = kind();
}

void JatsBuilder::close_note() {
  if (within(El::article_title) || within(El::subtitle)) return;  // a mark on the title
  extra(kinded(top().el == El::fn ? "author-notes" : "notes"), plain());
}

// --- funding -----------------------------------------------------------------------------------------------------------------

void JatsBuilder::open_award(const XmlAttributes&) {
  in_award_ = true;
  funders_.clear();
  award_ids_.clear();
  recipient_.clear();
  form_ = {};
}

void JatsBuilder::close_funder() {
  if (!in_award_) return state(FieldId::funding, bib::Funding{plain(), {}, {}, {}});
  if (funders_.empty() || !funders_.back().funder.empty()) funders_.emplace_back();
  funders_.back().funder = plain();
}

void JatsBuilder::close_award_id() {
  if (!in_award_) return state(FieldId::funding, bib::Funding{{}, {}, plain(), {}});
  if (std::string id = plain(); !id.empty()) award_ids_.push_back(std::move(id));
}

void JatsBuilder::close_recipient() {
  const std::string name = display_form(form_.name);
  const std::string text = name.empty() ? plain() : name;
  if (!text.empty()) recipient_ += (recipient_.empty() ? "" : "; ") + text;
  form_ = {};
}

// Each award is the first funder's; the further funders of a group fund it too.
void JatsBuilder::close_award() {
  if (funders_.empty()) funders_.emplace_back();
  for (std::size_t i = 0; i < funders_.size(); ++i) {
    bib::Funding one = funders_[i];
    one.recipient = recipient_;
    if (i > 0 || award_ids_.empty()) {
      if (!award_ids_.empty()) one.award = award_ids_.front();
      state(FieldId::funding, std::move(one));
      continue;
    }
    for (const std::string& award : award_ids_) {
      one.award = award;
      state(FieldId::funding, one);
    }
  }
  in_award_ = false;
}

// NLM 2.x: sponsors and numbers stand side by side, tied by id and rid.
void JatsBuilder::close_old_award() {
  const bool sponsor = top().el == El::contract_sponsor || top().el == El::grant_sponsor;
  if (sponsor) {
    if (!kind().empty()) old_sponsors_[std::string(kind())] = plain();
    return state(FieldId::funding, bib::Funding{plain(), {}, {}, {}});
  }
  const auto found = old_sponsors_.find(kind());
  const std::string funder = found == old_sponsors_.end() ? std::string() : found->second;
  std::vector<bib::Statement>& facts = article().facts;
  for (bib::Statement& s : std::span(facts).last(std::min(facts.size(), kNearby))) {
    auto* funding = std::get_if<bib::Funding>(&s.value);
    if (!funding || funder.empty() || funding->funder != funder || !funding->award.empty()) continue;
    funding->award = plain();
    return;
  }
  state(FieldId::funding, bib::Funding{funder, {}, plain(), {}});
}

// --- at the end of an article ------------------------------------------------------------------------------------------------

void JatsBuilder::settle_metadata(Article& a) {
  const auto best = std::ranges::min_element(a.dates, [](const PublicationDate& x, const PublicationDate& y) {
    return x.rank != y.rank ? x.rank < y.rank : precedes(x.date.from, y.date.from);
  });
  if (best != a.dates.end()) a.facts.push_back({FieldId::issued, best->date, best->origin, {}});
  else if (const int year = year_in(a.copyright_year))
    a.facts.push_back({FieldId::issued, bib::year_date(year), {.line = a.line, .path = "copyright-year"}, {}});
  const bool told =
      !a.dates.empty() || std::ranges::find(a.restored, FieldId::issued, &bib::Statement::field) != a.restored.end();
  if (!told) extra("pub-date", a.odd_date);
  std::string pages = a.page_range;
  if (!a.first_page.empty())
    pages = a.last_page.empty() || a.last_page == a.first_page ? a.first_page : a.first_page + "–" + a.last_page;
  if (!pages.empty())
    a.facts.push_back({FieldId::page, bib::Code{squeeze(pages)}, {.line = a.line, .path = "article/front/article-meta"}, {}});
  if (a.lang.empty()) return;
  const auto others = std::ranges::find(a.facts, FieldId::language, &bib::Statement::field);
  a.facts.insert(others, {FieldId::language, bib::Code{a.lang}, {.line = a.line, .path = "article"}, {}});
}

}  // namespace colophon::formats_xml
