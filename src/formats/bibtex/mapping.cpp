// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/bibtex/mapping.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>

#include "base/text.hpp"

namespace colophon::formats::bibtex {
namespace {

using bib::FieldId;
using bib::WorkType;

// clang-format off
constexpr std::array kFields = {
    FieldMapping{"title", FieldId::title, Form::title},
    FieldMapping{"subtitle", FieldId::subtitle, Form::title},
    FieldMapping{"translatedtitle", FieldId::translated_title, Form::title},
    FieldMapping{"title_translation", FieldId::translated_title, Form::title},
    FieldMapping{"shorttitle", FieldId::short_title, Form::title},
    FieldMapping{"author", FieldId::author, Form::names},
    FieldMapping{"authors", FieldId::author, Form::names},
    FieldMapping{"editor", FieldId::editor, Form::names},
    FieldMapping{"editors", FieldId::editor, Form::names},
    FieldMapping{"translator", FieldId::translator, Form::names},
    FieldMapping{"contributor", FieldId::contributor, Form::names},
    FieldMapping{"date", FieldId::issued, Form::date},
    FieldMapping{"year", FieldId::issued, Form::year},
    FieldMapping{"month", FieldId::issued, Form::month},
    FieldMapping{"day", FieldId::issued, Form::day},
    FieldMapping{"journal", FieldId::container_title, Form::title},
    FieldMapping{"journaltitle", FieldId::container_title, Form::title},
    FieldMapping{"booktitle", FieldId::container_title, Form::title},
    FieldMapping{"booksubtitle", FieldId::container_title, Form::subcontainer},
    FieldMapping{"journalsubtitle", FieldId::container_title, Form::subcontainer},
    FieldMapping{"maintitle", FieldId::container_title, Form::main_title},
    FieldMapping{"shortjournal", FieldId::container_short, Form::text},
    FieldMapping{"journalabbr", FieldId::container_short, Form::text},
    FieldMapping{"abbrev_source_title", FieldId::container_short, Form::text},
    FieldMapping{"volumetitle", FieldId::volume_title, Form::title},
    FieldMapping{"issuetitle", FieldId::volume_title, Form::title},
    FieldMapping{"volume", FieldId::volume, Form::pages},
    FieldMapping{"issue", FieldId::issue, Form::pages},
    FieldMapping{"number", FieldId::number, Form::number},
    FieldMapping{"documentnumber", FieldId::number, Form::code},
    FieldMapping{"pages", FieldId::page, Form::pages},
    FieldMapping{"page", FieldId::page, Form::pages},
    FieldMapping{"eid", FieldId::article_number, Form::code},
    FieldMapping{"articleno", FieldId::article_number, Form::code},
    FieldMapping{"article-number", FieldId::article_number, Form::code},
    FieldMapping{"articlenumber", FieldId::article_number, Form::code},
    FieldMapping{"art_number", FieldId::article_number, Form::code},
    FieldMapping{"part", FieldId::part_number, Form::code},
    FieldMapping{"chapter", FieldId::chapter_number, Form::code},
    FieldMapping{"edition", FieldId::edition, Form::code},
    FieldMapping{"version", FieldId::version, Form::code},
    FieldMapping{"series", FieldId::collection_title, Form::title},
    FieldMapping{"seriesnumber", FieldId::collection_number, Form::code},
    FieldMapping{"publisher", FieldId::publisher, Form::list},
    FieldMapping{"institution", FieldId::publisher, Form::list},
    FieldMapping{"school", FieldId::publisher, Form::list},
    FieldMapping{"organization", FieldId::publisher, Form::list},
    FieldMapping{"address", FieldId::publisher_place, Form::list},
    FieldMapping{"location", FieldId::publisher_place, Form::list},
    FieldMapping{"city", FieldId::publisher_place, Form::list},
    FieldMapping{"eventtitle", FieldId::event_title, Form::text},
    FieldMapping{"venue", FieldId::event_place, Form::text},
    FieldMapping{"eventdate", FieldId::event_date, Form::date},
    FieldMapping{"origdate", FieldId::original_date, Form::date},
    FieldMapping{"origyear", FieldId::original_date, Form::date},
    FieldMapping{"submitted", FieldId::submitted, Form::date},
    FieldMapping{"received", FieldId::received, Form::date},
    FieldMapping{"accepted", FieldId::accepted, Form::date},
    FieldMapping{"urldate", FieldId::accessed, Form::date},
    FieldMapping{"lastchecked", FieldId::accessed, Form::date},
    FieldMapping{"lastaccessed", FieldId::accessed, Form::date},
    FieldMapping{"available", FieldId::available, Form::date},
    FieldMapping{"type", FieldId::genre, Form::genre},
    FieldMapping{"entrysubtype", FieldId::genre, Form::subtype},
    FieldMapping{"howpublished", FieldId::medium, Form::how},
    FieldMapping{"pubstate", FieldId::status, Form::text},
    FieldMapping{"pagetotal", FieldId::number_of_pages, Form::code},
    FieldMapping{"numpages", FieldId::number_of_pages, Form::code},
    FieldMapping{"volumes", FieldId::number_of_volumes, Form::code},
    FieldMapping{"doi", FieldId::doi, Form::identifier},
    FieldMapping{"isbn", FieldId::isbn, Form::identifier},
    FieldMapping{"issn", FieldId::issn, Form::identifier},
    FieldMapping{"eissn", FieldId::issn, Form::identifier},
    FieldMapping{"eprint", FieldId::arxiv, Form::eprint},
    FieldMapping{"arxiv", FieldId::arxiv, Form::identifier},
    FieldMapping{"arxivid", FieldId::arxiv, Form::identifier},
    FieldMapping{"eprinttype", FieldId::arxiv, Form::eprint_type},
    FieldMapping{"archiveprefix", FieldId::arxiv, Form::eprint_type},
    FieldMapping{"pmid", FieldId::pmid, Form::identifier},
    FieldMapping{"pubmed", FieldId::pmid, Form::identifier},
    FieldMapping{"pmcid", FieldId::pmcid, Form::identifier},
    FieldMapping{"pmc", FieldId::pmcid, Form::identifier},
    FieldMapping{"handle", FieldId::handle, Form::identifier},
    FieldMapping{"hdl", FieldId::handle, Form::identifier},
    FieldMapping{"url", FieldId::url, Form::url},
    FieldMapping{"abstract", FieldId::abstract, Form::rich},
    FieldMapping{"keywords", FieldId::keyword, Form::keywords},
    FieldMapping{"keyword", FieldId::keyword, Form::keywords},
    FieldMapping{"author_keywords", FieldId::keyword, Form::keywords},
    FieldMapping{"tags", FieldId::keyword, Form::keywords},
    FieldMapping{"subject", FieldId::subject, Form::keywords},
    FieldMapping{"subjects", FieldId::subject, Form::keywords},
    FieldMapping{"langid", FieldId::language, Form::language},
    FieldMapping{"language", FieldId::language, Form::language},
    FieldMapping{"hyphenation", FieldId::language, Form::language},
    FieldMapping{"note", FieldId::note, Form::rich},
    FieldMapping{"addendum", FieldId::note, Form::rich},
    FieldMapping{"annote", FieldId::annotation, Form::rich},
    FieldMapping{"annotation", FieldId::annotation, Form::rich},
    FieldMapping{"license", FieldId::license, Form::code},
    FieldMapping{"licence", FieldId::license, Form::code},
    FieldMapping{"copyright", FieldId::copyright, Form::text},
    FieldMapping{"access", FieldId::access, Form::code},
    FieldMapping{"peerreviewed", FieldId::peer_reviewed, Form::code},
    FieldMapping{"peer_reviewed", FieldId::peer_reviewed, Form::code},
    FieldMapping{"funding", FieldId::funding, Form::funding},
    FieldMapping{"funder", FieldId::funding, Form::funding},
    FieldMapping{"project", FieldId::project, Form::keywords},
    FieldMapping{"place", FieldId::place, Form::keywords},
    FieldMapping{"related", FieldId::related, Form::link},
    FieldMapping{"xref", FieldId::related, Form::link},
    FieldMapping{"entryset", FieldId::related, Form::link},
    FieldMapping{"crossref", FieldId::related, Form::parent},
    FieldMapping{"xdata", FieldId::related, Form::parent},
    // known, and kept as they are: of use to other programs only
    FieldMapping{"abstractnote", FieldId::extra, Form::extra}, FieldMapping{"file", FieldId::extra, Form::extra},
    FieldMapping{"groups", FieldId::extra, Form::extra},       FieldMapping{"owner", FieldId::extra, Form::extra},
    FieldMapping{"timestamp", FieldId::extra, Form::extra},    FieldMapping{"bibsource", FieldId::extra, Form::extra},
    FieldMapping{"biburl", FieldId::extra, Form::extra},       FieldMapping{"key", FieldId::extra, Form::extra},
    FieldMapping{"options", FieldId::extra, Form::extra},      FieldMapping{"ids", FieldId::extra, Form::extra},
    FieldMapping{"primaryclass", FieldId::extra, Form::extra}, FieldMapping{"eprintclass", FieldId::extra, Form::extra},
    FieldMapping{"titleaddon", FieldId::extra, Form::extra},   FieldMapping{"relatedtype", FieldId::extra, Form::extra},
    FieldMapping{"source", FieldId::extra, Form::extra},       FieldMapping{"mendeley-tags", FieldId::extra, Form::extra},
};

constexpr std::array kTypes = {
    TypeMapping{"article", WorkType::article, ""},              TypeMapping{"suppperiodical", WorkType::article, ""},
    TypeMapping{"periodical", WorkType::newsletter, ""},        TypeMapping{"book", WorkType::book, ""},
    TypeMapping{"mvbook", WorkType::book, ""},                  TypeMapping{"collection", WorkType::book, ""},
    TypeMapping{"mvcollection", WorkType::book, ""},            TypeMapping{"reference", WorkType::book, ""},
    TypeMapping{"mvreference", WorkType::book, ""},             TypeMapping{"booklet", WorkType::report, "Booklet"},
    TypeMapping{"inbook", WorkType::chapter, ""},               TypeMapping{"bookinbook", WorkType::chapter, ""},
    TypeMapping{"suppbook", WorkType::chapter, ""},             TypeMapping{"incollection", WorkType::chapter, ""},
    TypeMapping{"suppcollection", WorkType::chapter, ""},       TypeMapping{"inreference", WorkType::reference_entry, ""},
    TypeMapping{"proceedings", WorkType::proceedings, ""},      TypeMapping{"mvproceedings", WorkType::proceedings, ""},
    TypeMapping{"inproceedings", WorkType::conference_paper, ""}, TypeMapping{"conference", WorkType::conference_paper, ""},
    TypeMapping{"manual", WorkType::manual, ""},                TypeMapping{"techreport", WorkType::report, ""},
    TypeMapping{"report", WorkType::report, ""},                TypeMapping{"workingpaper", WorkType::working_paper, ""},
    TypeMapping{"phdthesis", WorkType::thesis, "PhD thesis"},   TypeMapping{"mastersthesis", WorkType::thesis, "Master's thesis"},
    TypeMapping{"masterthesis", WorkType::thesis, "Master's thesis"}, TypeMapping{"bachelorthesis", WorkType::thesis, "Bachelor's thesis"},
    TypeMapping{"thesis", WorkType::thesis, ""},                TypeMapping{"unpublished", WorkType::other, "Unpublished"},
    TypeMapping{"misc", WorkType::other, ""},                   TypeMapping{"online", WorkType::web_page, ""},
    TypeMapping{"electronic", WorkType::web_page, ""},          TypeMapping{"www", WorkType::web_page, ""},
    TypeMapping{"webpage", WorkType::web_page, ""},             TypeMapping{"dataset", WorkType::dataset, ""},
    TypeMapping{"data", WorkType::dataset, ""},                 TypeMapping{"software", WorkType::tool, ""},
    TypeMapping{"patent", WorkType::patent, ""},                TypeMapping{"standard", WorkType::standard, ""},
    TypeMapping{"legislation", WorkType::legislation, ""},      TypeMapping{"legal", WorkType::legislation, ""},
    TypeMapping{"map", WorkType::map, ""},                      TypeMapping{"video", WorkType::video, ""},
    TypeMapping{"movie", WorkType::video, ""},                  TypeMapping{"letter", WorkType::letter, ""},
    TypeMapping{"review", WorkType::review, ""},                TypeMapping{"presentation", WorkType::presentation, ""},
    TypeMapping{"poster", WorkType::poster, ""},                TypeMapping{"preprint", WorkType::preprint, ""},
    TypeMapping{"newspaper", WorkType::newspaper_article, ""},  TypeMapping{"magazine", WorkType::magazine_article, ""},
    TypeMapping{"artwork", WorkType::other, ""},                TypeMapping{"audio", WorkType::other, ""},
    TypeMapping{"image", WorkType::other, ""},                  TypeMapping{"music", WorkType::other, ""},
    TypeMapping{"performance", WorkType::other, ""},            TypeMapping{"set", WorkType::unknown, ""},
    TypeMapping{"jurisdiction", WorkType::legislation, ""},     TypeMapping{"softwareversion", WorkType::tool, ""},
    // Mendeley's own
    TypeMapping{"journal_article", WorkType::article, ""},      TypeMapping{"book_section", WorkType::chapter, ""},
    TypeMapping{"magazine_article", WorkType::magazine_article, ""}, TypeMapping{"newspaper_article", WorkType::newspaper_article, ""},
    TypeMapping{"web_page", WorkType::web_page, ""},            TypeMapping{"encyclopedia_article", WorkType::reference_entry, ""},
    TypeMapping{"conference_proceedings", WorkType::conference_paper, ""}, TypeMapping{"working_paper", WorkType::working_paper, ""},
    TypeMapping{"computer_program", WorkType::tool, ""},        TypeMapping{"film", WorkType::video, ""},
    TypeMapping{"television_broadcast", WorkType::video, ""},   TypeMapping{"talk", WorkType::presentation, ""},
    TypeMapping{"statute", WorkType::legislation, ""},          TypeMapping{"bill", WorkType::legislation, ""},
    TypeMapping{"case", WorkType::legislation, ""},             TypeMapping{"generic", WorkType::other, ""},
};

struct Outgoing { WorkType type; std::string_view bibtex, biblatex; };
constexpr std::array kOutgoing = {  // all others: @misc
    Outgoing{WorkType::article, "article", "article"},            Outgoing{WorkType::review, "article", "article"},
    Outgoing{WorkType::magazine_article, "article", "article"},   Outgoing{WorkType::newspaper_article, "article", "article"},
    Outgoing{WorkType::chapter, "incollection", "incollection"},  Outgoing{WorkType::reference_entry, "incollection", "inreference"},
    Outgoing{WorkType::report, "techreport", "report"},           Outgoing{WorkType::policy_brief, "techreport", "report"},
    Outgoing{WorkType::guideline, "techreport", "report"},        Outgoing{WorkType::working_paper, "techreport", "report"},
    Outgoing{WorkType::case_study, "techreport", "report"},       Outgoing{WorkType::position_paper, "techreport", "report"},
    Outgoing{WorkType::proposal, "techreport", "report"},         Outgoing{WorkType::manual, "manual", "manual"},
    Outgoing{WorkType::thesis, "thesis", "thesis"},               Outgoing{WorkType::conference_paper, "inproceedings", "inproceedings"},
    Outgoing{WorkType::abstract, "inproceedings", "inproceedings"}, Outgoing{WorkType::book, "book", "book"},
    Outgoing{WorkType::proceedings, "proceedings", "proceedings"}, Outgoing{WorkType::web_page, "misc", "online"},
    Outgoing{WorkType::dataset, "misc", "dataset"},               Outgoing{WorkType::tool, "misc", "software"},
    Outgoing{WorkType::patent, "misc", "patent"},                 Outgoing{WorkType::newsletter, "misc", "periodical"},
};

struct Genre { std::string_view key; WorkType type; };  // keys as fold_key() makes them
constexpr std::array kGenres = {
    Genre{"policy brief", WorkType::policy_brief}, Genre{"policy briefing", WorkType::policy_brief}, Genre{"brief", WorkType::policy_brief},
    Genre{"working paper", WorkType::working_paper}, Genre{"discussion paper", WorkType::working_paper}, Genre{"working papers", WorkType::working_paper},
    Genre{"arbeitspapier", WorkType::working_paper}, Genre{"documento de trabajo", WorkType::working_paper}, Genre{"document de travail", WorkType::working_paper},
    Genre{"guideline", WorkType::guideline}, Genre{"guidelines", WorkType::guideline}, Genre{"guide", WorkType::guideline}, Genre{"guidebook", WorkType::guideline},
    Genre{"leitfaden", WorkType::guideline}, Genre{"manual", WorkType::manual}, Genre{"handbook", WorkType::manual}, Genre{"toolkit", WorkType::tool},
    Genre{"report", WorkType::report}, Genre{"technical report", WorkType::report}, Genre{"research report", WorkType::report}, Genre{"final report", WorkType::report},
    Genre{"case study", WorkType::case_study}, Genre{"case studies", WorkType::case_study}, Genre{"position paper", WorkType::position_paper},
    Genre{"proposal", WorkType::proposal}, Genre{"abstract", WorkType::abstract}, Genre{"conference abstract", WorkType::abstract},
    Genre{"poster", WorkType::poster}, Genre{"presentation", WorkType::presentation}, Genre{"talk", WorkType::presentation}, Genre{"slides", WorkType::presentation},
    Genre{"newsletter", WorkType::newsletter}, Genre{"press release", WorkType::press_item}, Genre{"press item", WorkType::press_item}, Genre{"video", WorkType::video},
    Genre{"dataset", WorkType::dataset}, Genre{"data set", WorkType::dataset}, Genre{"software", WorkType::tool}, Genre{"preprint", WorkType::preprint},
    Genre{"magazine", WorkType::magazine_article}, Genre{"newspaper", WorkType::newspaper_article}, Genre{"interview", WorkType::interview},
    Genre{"standard", WorkType::standard}, Genre{"map", WorkType::map},
};

struct Word { std::string_view key, text; };
constexpr std::array kBibstrings = {  // BibLaTeX manual 3.19, section 4.9.2.13
    Word{"phdthesis", "PhD thesis"}, Word{"mathesis", "Master's thesis"}, Word{"mastersthesis", "Master's thesis"}, Word{"bathesis", "Bachelor's thesis"},
    Word{"candthesis", "Candidate thesis"}, Word{"techreport", "Technical report"}, Word{"resreport", "Research report"}, Word{"software", "Software"},
    Word{"newseries", "New series"}, Word{"oldseries", "Old series"}, Word{"datacd", "Data CD"}, Word{"audiocd", "Audio CD"}, Word{"patent", "Patent"},
};

constexpr std::array kLanguages = {
    Word{"english", "en"}, Word{"american", "en-US"}, Word{"usenglish", "en-US"}, Word{"british", "en-GB"}, Word{"ukenglish", "en-GB"}, Word{"australian", "en-AU"}, Word{"newzealand", "en-NZ"},
    Word{"canadian", "en-CA"}, Word{"german", "de"}, Word{"ngerman", "de"}, Word{"germanb", "de"}, Word{"deutsch", "de"}, Word{"austrian", "de-AT"},
    Word{"naustrian", "de-AT"}, Word{"nswissgerman", "de-CH"}, Word{"swissgerman", "de-CH"}, Word{"spanish", "es"}, Word{"espanol", "es"}, Word{"castilian", "es"}, Word{"mexican", "es-MX"},
    Word{"portuguese", "pt"}, Word{"portuges", "pt"}, Word{"portugues", "pt"}, Word{"brazil", "pt-BR"}, Word{"brazilian", "pt-BR"}, Word{"french", "fr"},
    Word{"francais", "fr"}, Word{"frenchb", "fr"}, Word{"acadian", "fr-CA"}, Word{"canadien", "fr-CA"}, Word{"italian", "it"}, Word{"dutch", "nl"},
    Word{"russian", "ru"}, Word{"ukrainian", "uk"}, Word{"polish", "pl"}, Word{"czech", "cs"}, Word{"slovak", "sk"}, Word{"slovene", "sl"}, Word{"croatian", "hr"},
    Word{"serbian", "sr"}, Word{"bulgarian", "bg"}, Word{"romanian", "ro"}, Word{"hungarian", "hu"}, Word{"magyar", "hu"}, Word{"greek", "el"}, Word{"turkish", "tr"},
    Word{"arabic", "ar"}, Word{"hebrew", "he"}, Word{"hindi", "hi"}, Word{"chinese", "zh"}, Word{"japanese", "ja"}, Word{"korean", "ko"}, Word{"vietnamese", "vi"},
    Word{"indonesian", "id"}, Word{"swedish", "sv"}, Word{"danish", "da"}, Word{"norwegian", "no"}, Word{"norsk", "nb"}, Word{"nynorsk", "nn"}, Word{"finnish", "fi"},
    Word{"estonian", "et"}, Word{"latvian", "lv"}, Word{"lithuanian", "lt"}, Word{"catalan", "ca"}, Word{"basque", "eu"}, Word{"galician", "gl"}, Word{"latin", "la"}, Word{"swahili", "sw"},
    Word{"eng", "en"}, Word{"ger", "de"}, Word{"deu", "de"}, Word{"spa", "es"}, Word{"por", "pt"}, Word{"fre", "fr"}, Word{"fra", "fr"}, Word{"ita", "it"},
};

constexpr std::array kJournals = {  // plain.bst
    Word{"acmcs", "ACM Computing Surveys"}, Word{"acta", "Acta Informatica"}, Word{"cacm", "Communications of the ACM"},
    Word{"ibmjrd", "IBM Journal of Research and Development"}, Word{"ibmsj", "IBM Systems Journal"},
    Word{"ieeese", "IEEE Transactions on Software Engineering"}, Word{"ieeetc", "IEEE Transactions on Computers"},
    Word{"ieeetcad", "IEEE Transactions on Computer-Aided Design of Integrated Circuits"}, Word{"ipl", "Information Processing Letters"},
    Word{"jacm", "Journal of the ACM"}, Word{"jcss", "Journal of Computer and System Sciences"}, Word{"scp", "Science of Computer Programming"},
    Word{"sicomp", "SIAM Journal on Computing"}, Word{"tocs", "ACM Transactions on Computer Systems"},
    Word{"tods", "ACM Transactions on Database Systems"}, Word{"tog", "ACM Transactions on Graphics"},
    Word{"toms", "ACM Transactions on Mathematical Software"}, Word{"toois", "ACM Transactions on Office Information Systems"},
    Word{"toplas", "ACM Transactions on Programming Languages and Systems"}, Word{"tcs", "Theoretical Computer Science"},
};

// Full names as fold() makes them: en, de, es, pt, fr, it, nl, zh and ja; then usual forms that are no beginnings of one.
struct Month { std::string_view name; int number; };
constexpr std::array kMonths = {
    Month{"january", 1}, Month{"february", 2}, Month{"march", 3}, Month{"april", 4}, Month{"may", 5}, Month{"june", 6}, Month{"july", 7}, Month{"august", 8},
    Month{"september", 9}, Month{"october", 10}, Month{"november", 11}, Month{"december", 12},
    Month{"januar", 1}, Month{"janner", 1}, Month{"februar", 2}, Month{"marz", 3}, Month{"maerz", 3}, Month{"mai", 5}, Month{"juni", 6}, Month{"juli", 7}, Month{"oktober", 10}, Month{"dezember", 12},
    Month{"enero", 1}, Month{"febrero", 2}, Month{"marzo", 3}, Month{"abril", 4}, Month{"mayo", 5}, Month{"junio", 6}, Month{"julio", 7}, Month{"agosto", 8},
    Month{"septiembre", 9}, Month{"setiembre", 9}, Month{"octubre", 10}, Month{"noviembre", 11}, Month{"diciembre", 12},
    Month{"janeiro", 1}, Month{"fevereiro", 2}, Month{"marco", 3}, Month{"maio", 5}, Month{"junho", 6}, Month{"julho", 7}, Month{"setembro", 9}, Month{"outubro", 10},
    Month{"novembro", 11}, Month{"dezembro", 12}, Month{"janvier", 1}, Month{"fevrier", 2}, Month{"mars", 3}, Month{"avril", 4}, Month{"juin", 6}, Month{"juillet", 7},
    Month{"aout", 8}, Month{"septembre", 9}, Month{"octobre", 10}, Month{"novembre", 11}, Month{"decembre", 12},
    Month{"gennaio", 1}, Month{"febbraio", 2}, Month{"aprile", 4}, Month{"maggio", 5}, Month{"giugno", 6}, Month{"luglio", 7}, Month{"settembre", 9}, Month{"ottobre", 10}, Month{"dicembre", 12},
    Month{"januari", 1}, Month{"februari", 2}, Month{"maart", 3}, Month{"mei", 5}, Month{"augustus", 8},
    Month{"一月", 1}, Month{"二月", 2}, Month{"三月", 3}, Month{"四月", 4}, Month{"五月", 5}, Month{"六月", 6}, Month{"七月", 7}, Month{"八月", 8}, Month{"九月", 9},
    Month{"十月", 10}, Month{"十一月", 11}, Month{"十二月", 12}, Month{"mrz", 3}, Month{"mrt", 3}, Month{"oktbr", 10}, Month{"decbr", 12},
};
// clang-format on

// Short ASCII names in any case, found without making a string.
constexpr std::size_t kLongestName = 24;
template <class Row>
class ByName {
 public:
  explicit ByName(std::span<const Row> rows) {
    for (const Row& row : rows) rows_.emplace(row.name, &row);
  }
  const Row* find(std::string_view name) const {
    std::array<char, kLongestName> lower{};
    if (name.size() > lower.size()) return nullptr;
    std::ranges::transform(name, lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    const auto found = rows_.find(std::string_view(lower.data(), name.size()));
    return found == rows_.end() ? nullptr : found->second;
  }

 private:
  struct Hash {
    std::size_t operator()(std::string_view s) const noexcept {
      std::size_t h = s.size();
      for (const char c : s) h = h * 31 + static_cast<unsigned char>(c);
      return h;
    }
  };
  std::unordered_map<std::string_view, const Row*, Hash> rows_;
};

// A tag by its form: "de", "pt-BR", "zh-Hant": two or three letters, then parts of two to eight letters or digits.
bool is_tag(std::string_view word) {
  const std::size_t hyphen = std::min(word.find('-'), word.size());
  if (hyphen != 2 && !(hyphen == 3 && hyphen < word.size())) return false;
  return word.size() <= 16 && !word.ends_with('-') &&
         std::ranges::all_of(word, [](char c) { return is_ascii_alpha(c) || is_ascii_digit(c) || c == '-'; });
}

}  // namespace

std::span<const FieldMapping> field_mappings() { return kFields; }
const FieldMapping* mapping_of(std::string_view name) {
  static const ByName<FieldMapping> kByName{std::span<const FieldMapping>(kFields)};
  return kByName.find(name);
}
const FieldMapping* mapping_of(bib::FieldId field) {
  const auto found = std::ranges::find(kFields, field, &FieldMapping::field);
  return found == kFields.end() || found->form == Form::extra ? nullptr : &*found;
}

std::span<const TypeMapping> type_mappings() { return kTypes; }
const TypeMapping* mapping_of_type(std::string_view name) {
  static const ByName<TypeMapping> kByName{std::span<const TypeMapping>(kTypes)};
  return kByName.find(name);
}
std::string_view entry_type_of(bib::WorkType type, Dialect dialect) {
  const auto found = std::ranges::find(kOutgoing, type, &Outgoing::type);
  if (found == kOutgoing.end()) return "misc";
  return dialect == Dialect::biblatex ? found->biblatex : found->bibtex;
}

bool has_issues(WorkType type) {
  static constexpr std::array kWithIssues = {WorkType::article, WorkType::review, WorkType::magazine_article,
                                             WorkType::newspaper_article, WorkType::newsletter};
  return std::ranges::find(kWithIssues, type) != kWithIssues.end();
}

bool is_bookish(WorkType type) {
  static constexpr std::array kBooks = {
      WorkType::book,    WorkType::chapter, WorkType::proceedings, WorkType::conference_paper, WorkType::reference_entry,
      WorkType::abstract};
  return std::ranges::find(kBooks, type) != kBooks.end();
}

std::optional<bib::WorkType> type_of_genre(std::string_view genre) {
  if (genre.size() > 100) return std::nullopt;
  if (const std::optional<WorkType> named = bib::work_type_named(genre)) return named;
  const auto found = std::ranges::find(kGenres, fold_key(genre), &Genre::key);
  if (found == kGenres.end()) return std::nullopt;
  return found->type;
}

std::string_view genre_of_bibstring(std::string_view word) {
  const auto found = std::ranges::find_if(kBibstrings, [&](const Word& row) { return iequals(row.key, word); });
  return found == kBibstrings.end() ? std::string_view() : found->text;
}

std::string_view bibstring_of_genre(std::string_view genre) {
  const auto found = std::ranges::find(kBibstrings, genre, &Word::text);
  return found == kBibstrings.end() ? std::string_view() : found->key;
}

std::string_view babel_name(std::string_view tag) {
  if (tag == "de") return "ngerman";
  const auto found = std::ranges::find_if(kLanguages, [&](const Word& row) { return row.text == tag && row.key.size() > 3; });
  return found == kLanguages.end() ? std::string_view() : found->key;
}

std::string_view journal_of_macro(std::string_view name) {
  const auto found = std::ranges::find_if(kJournals, [&](const Word& row) { return iequals(row.key, name); });
  return found == kJournals.end() ? std::string_view() : found->text;
}

std::string_view language_tag(std::string_view word) {
  if (word.size() > 40) return {};
  const std::string key = fold_key(word);
  const auto found = std::ranges::find(kLanguages, key, &Word::key);
  if (found != kLanguages.end()) return found->text;
  return is_tag(word) ? word : std::string_view();
}

int month_of(std::string_view word) {
  while (word.ends_with('.')) word.remove_suffix(1);
  if (word.size() < 3 || word.size() > 24) return 0;
  const std::string key = fold(word);
  const auto found = std::ranges::find_if(kMonths, [&](const Month& row) { return row.name.starts_with(key); });
  return found == kMonths.end() ? 0 : found->number;
}

}  // namespace colophon::formats::bibtex
