// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <algorithm>
#include <array>
#include <bitset>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bib/document.hpp"
#include "bib/peer_review.hpp"
#include "bib/work.hpp"
#include "formats/draft.hpp"
#include "formats_xml/arena.hpp"
#include "formats_xml/citation.hpp"
#include "formats_xml/elements.hpp"
#include "formats_xml/mathml.hpp"
#include "formats_xml/sax.hpp"

/// The inside of the JATS reader: what is being built while the elements come by. Not for other libraries.
///
/// What an element means depends on the region it stands in; each region has a table of rules (rules.cpp) from elements to what
/// happens when they open and close. Handlers are grouped by topic: articles, metadata, dates, abstracts, funding, people, body, citations.
namespace colophon::formats_xml {

using bib::FieldId;

enum class Region : std::uint8_t { outside, meta, abstract, body, citation, plain, skip, count };

class JatsBuilder;

/// What happens at an element. `captures`: its text is wanted (and that of what is in it); `cuts`: its text does not belong to
/// what surrounds it; `mark`: of its text; `enters`: the region of its content.
struct alignas(64) Rule {
  bool captures = false;
  bool cuts = false;
  std::uint16_t mark = 0;
  std::string_view kind;  ///< the attribute that says which of its sort it is: "pub-id-type"
  std::optional<Region> enters;
  void (JatsBuilder::*open)(const XmlAttributes&) = nullptr;
  void (JatsBuilder::*close)() = nullptr;
};
const Rule& rule_of(Region region, El element);

/// A word of an open element, in JatsBuilder::words_.
struct Word {
  std::uint32_t begin = 0;
  std::uint32_t size = 0;
};

/// An open element: small and flat, for there are many.
struct Frame {
  const Rule* rule = nullptr;
  El el = El::other;
  Region region = Region::outside;  ///< of its content
  bool captures = false;
  bool owns = false;     ///< it opened a section or a flow
  bool special = false;  ///< its own text is taken by special_text()
  std::uint16_t marks = 0;
  std::uint32_t line = 0;
  std::uint32_t begin = 0;  ///< of its text in the arena
  std::uint32_t words = 0;  ///< where its words begin
  Word link = {};           ///< with Mark::link
  Word lang = {};           ///< nearest xml:lang
  Word kind = {};           ///< value of the rule's kind attribute, in lower case
};

/// The open elements, the innermost last, behind one for what surrounds the root. Of one size, for the parser limits their depth.
class Frames {
 public:
  const Frame& back() const { return *back_; }
  Frame& back() { return *back_; }
  std::size_t size() const { return static_cast<std::size_t>(back_ - all_.data()) + 1; }
  /// From 0, the innermost. REQUIRES: less than size().
  const Frame& up(std::size_t steps) const { return *(back_ - steps); }
  /// The outermost first.
  std::span<const Frame> all() const { return {all_.data(), size()}; }
  /// What is there is to be written over. REQUIRES: fewer than kMaxDepth elements are open.
  Frame& push() {
    COLOPHON_ASSERT(back_ != &all_.back());
    return *++back_;
  }
  /// REQUIRES: an element is open.
  void pop() { --back_; }

 private:
  std::array<Frame, kMaxDepth + 1> all_{};
  Frame* back_ = all_.data();
};

/// One way a person's name is written.
struct NameForm {
  bib::Name name;
  std::string lang;
  std::string style;
  bool corporate = false;
};

struct Person {
  bib::Contributor who;
  std::vector<NameForm> forms;
  std::string targets;             ///< ids of affiliations and notes it points to, parted by blanks
  std::vector<std::uint32_t> own;  ///< affiliations inside it, by position in Article::affiliations
  FieldId list = FieldId::author;
  std::uint32_t group = 0;
  bool member = false;  ///< inside a collab
};

struct NamedAffiliation {
  bib::Affiliation what;
  std::vector<std::string> ids;
  std::uint32_t group = 0;  ///< of contributors, 0 outside all
  bool nested = false;      ///< inside one contributor
};

struct PublicationDate {
  bib::Date date;
  int rank = 0;
  bib::Origin origin;
};

struct OpenSection {
  bib::Section section;
  std::size_t flow_base = 0;  ///< flows below are those of the text around it
};

/// Running text that becomes one block, or several where another block stands in it.
struct Flow {
  bib::Block block;
  std::size_t begin = 0;
  bool merges = false;               ///< paragraphs in it are lines of it
  std::vector<bib::Block> deferred;  ///< notes and figures met in it, to stand behind it
};

/// A formula, while its alternatives come by.
struct Formula {
  std::size_t depth = 0;  ///< frames above its element
  bool display = false;
  std::string id, label, tex;
};

inline constexpr std::size_t kFieldIds = 256;  ///< FieldId is a byte

/// An article, or a companion in it.
struct Article {
  bib::Work work;
  std::vector<bib::Statement> facts;     ///< in order of appearance
  std::bitset<kFieldIds> stated;         ///< fields that facts has
  std::vector<bib::Statement> restored;  ///< what our own writer said besides, to be taken for all of its field
  std::optional<bib::WorkType> restored_type;
  bib::Document body;
  std::string kind;  ///< article-type
  std::string lang;
  std::uint32_t line = 0;
  bool companion = false;
  std::vector<Person> people;
  bool others = false;
  std::vector<NamedAffiliation> affiliations;
  std::map<std::string, std::string, std::less<>> note_kinds;  ///< fn id → fn-type
  std::vector<std::string> corresp_emails;
  std::vector<PublicationDate> dates;
  std::string copyright_year;
  std::string odd_date;  ///< of publication, as printed: in another calendar, "in press"
  std::string first_page, last_page, page_range;
  std::string licence;
  std::uint32_t group = 0;  ///< groups of contributors so far
  std::vector<OpenSection> sections;
  std::vector<Flow> flows;
  std::vector<std::string> lists;  ///< styles of the open ones
  std::vector<bib::Block> references;
  bib::RichText references_heading;
};

class JatsBuilder final : public XmlHandler {
 public:
  std::uint16_t id_of(std::string_view name) override { return static_cast<std::uint16_t>(element_named(name)); }
  Next open(const XmlName& name, const XmlAttributes& attributes, std::uint32_t line) override;
  void close() override;
  void text(std::string_view text, std::size_t readable) override;
  /// The drafts of each article and, behind it, of its companions. REQUIRES: the document ended well.
  std::vector<formats::Draft> take_drafts() { return std::move(drafts_); }
  /// Asked for before parsing: the parts of peer review are read, and nothing else is kept.
  void keep_reviews() { keeps_reviews_ = true; }
  std::vector<std::pair<bib::PeerReviewKind, formats::Draft>> take_reviews() { return std::move(reviews_); }
  bool found_article() const { return found_article_; }
  const std::string& root() const { return root_; }
  std::vector<Diagnostic> take_diagnostics() { return std::move(diagnostics_); }

  // Handlers, named for the rows of rules.cpp. -- articles
  void open_article(const XmlAttributes& attributes);
  void close_article();
  void open_companion(const XmlAttributes& attributes);
  // -- metadata
  void close_field();
  void close_article_id();
  void close_title();
  void close_subtitle();
  void close_translated();
  void close_translated_subtitle();
  void close_alternative_title();
  void open_date(const XmlAttributes& attributes);
  void close_date_part();
  void close_pub_date();
  void close_history_date();
  void open_license(const XmlAttributes& attributes);
  void close_license();
  void close_license_ref();
  void open_self_uri(const XmlAttributes& attributes);
  void open_related(const XmlAttributes& attributes);
  void close_related();
  void close_product();
  void close_abstract();
  void close_abstract_title();
  void open_abstract_line(const XmlAttributes& attributes);
  void close_keyword();
  void close_keyword_part();
  void open_award(const XmlAttributes& attributes);
  void close_award();
  void close_funder();
  void close_award_id();
  void close_recipient();
  void open_old_award(const XmlAttributes& attributes);
  void close_old_award();
  void close_meta_name();
  void close_meta_value();
  void close_event_date();
  void close_content_language();
  void open_page_count(const XmlAttributes& attributes);
  void close_page();
  void close_extra();
  void open_note(const XmlAttributes& attributes);
  void close_note();
  void close_corresp();
  // -- people
  void open_group(const XmlAttributes& attributes);
  void close_group();
  void open_contrib(const XmlAttributes& attributes);
  void close_contrib();
  void open_name(const XmlAttributes& attributes);
  void close_name();
  void close_name_part();
  void close_collab();
  void close_anonymous();
  void close_behalf();
  void close_contrib_id();
  void close_person_link();
  void close_role();
  void open_email(const XmlAttributes& attributes);
  void close_email();
  void close_etal();
  void open_xref(const XmlAttributes& attributes);
  void open_aff(const XmlAttributes& attributes);
  void close_aff();
  void open_aff_part(const XmlAttributes& attributes);
  void end_aff_part();
  void open_aff_group(const XmlAttributes& attributes);
  void close_aff_group();
  void close_institution();
  void close_institution_id();
  void close_aff_part();
  void close_funder_part();
  void close_sup();
  // -- body
  void open_section(const XmlAttributes& attributes);
  void close_section();
  void close_heading();
  void close_label();
  void open_paragraph(const XmlAttributes& attributes);
  void open_lines(const XmlAttributes& attributes);
  void open_block(const XmlAttributes& attributes);
  void close_block();
  void open_line(const XmlAttributes& attributes);
  void open_row(const XmlAttributes& attributes);
  void open_cell(const XmlAttributes& attributes);
  void close_cell();
  void close_alt();
  void open_list(const XmlAttributes& attributes);
  void close_list();
  void close_list_head();
  void open_inner_link(const XmlAttributes& attributes);
  void open_graphic(const XmlAttributes& attributes);
  void open_break(const XmlAttributes& attributes);
  void open_link(const XmlAttributes& attributes);
  void open_styled(const XmlAttributes& attributes);
  void open_formula(const XmlAttributes& attributes);
  void close_formula();
  void open_math(const XmlAttributes& attributes);
  void close_tex();
  // -- citations
  void open_reference(const XmlAttributes& attributes);
  void close_reference();
  void open_alternatives(const XmlAttributes& attributes);
  void open_citation(const XmlAttributes& attributes);
  void close_citation();
  void open_people(const XmlAttributes& attributes);
  void close_cited_name();
  void close_people();
  void close_cited_part();
  void close_cited_collab();
  void close_cited_etal();
  void close_cited_id();
  void open_cited_id(const XmlAttributes& attributes);
  void open_cited_link(const XmlAttributes& attributes);
  void close_cited_link();
  void close_cited_label();

 private:
  Article& article() { return *articles_.back(); }
  const Frame& top() const { return frames_.back(); }
  /// What surrounds the innermost element. REQUIRES: one is open.
  const Frame& outer() const { return frames_.up(1); }
  /// The innermost element's text begins with what comes.
  void begin_here() { frames_.back().begin = static_cast<std::uint32_t>(arena_.size()); }
  std::string_view word(Word w) const { return std::string_view(words_).substr(w.begin, w.size); }
  /// Valid until the next element opens.
  std::string_view kind() const { return word(top().kind); }
  std::string_view lang() const { return word(top().lang); }
  std::string_view link() const { return word(top().link); }
  /// "contrib-id:scopus" for an element of a kind, else its name.
  std::string kinded(std::string_view name) const;
  bool may_be_root(const XmlName& name);
  El outside_of_articles(El el) const;
  void keep_common(const XmlAttributes& attributes);
  void set_marks();
  Word keep(std::string_view text);
  Word keep_lower(std::string_view text);
  /// The language, where it is another than the article's.
  std::string_view other_lang() const { return lang() == articles_.back()->lang ? std::string_view() : lang(); }
  std::string_view translated_lang() const;
  El parent(std::size_t up = 1) const { return frames_.size() > up ? frames_.up(up).el : El::other; }
  /// Whether what comes is not read by rules: it is skipped, or MathML.
  bool is_aside() const { return (skip_ | math_.depth()) != 0; }
  void open_aside(const XmlName& name, const XmlAttributes& attributes);
  bool close_aside();
  void text_aside(std::string_view text);
  void special_text(std::string_view text);
  bool within(El element) const;
  std::string plain() const { return arena_.plain(top().begin); }
  bib::RichText rich() const { return arena_.rich(top().begin, other_lang()); }
  /// plain() without a copy: valid until more is read.
  std::string_view view() { return arena_.view(top().begin); }
  const bib::ElementPath& path();
  bib::Origin origin() { return {.line = top().line, .path = path()}; }
  /// `value` is a bib::Value or one of its alternatives.
  template <class V>
  void state(FieldId field, V&& value) {
    if (bib::is_empty(value)) return;
    article().stated.set(static_cast<std::size_t>(field));
    article().facts.emplace_back(field, std::forward<V>(value), origin(), std::string());
  }
  bool stated(FieldId field) { return article().stated.test(static_cast<std::size_t>(field)); }
  void code(FieldId field, std::string_view text);
  void extra(std::string_view name, std::string text);
  void remark(Severity severity, std::string code, std::string message, std::uint32_t line = 0);
  void remark_left_out(const std::string& kind, std::uint32_t line);

  // finishing an article
  void settle_people(Article& article);
  void settle_metadata(Article& article);
  void settle_date(Article& article);
  std::optional<bib::Date> take_date();
  void settle_body(Article& article);
  void settle_work(Article& article);
  void restore(Article& article);
  bool restore_meta(std::string_view name, const std::string& text);
  void finish_article(std::unique_ptr<Article> main);
  void finish_reviews();
  void add_draft(Article& article);
  static bib::NameList name_list(Article& article, FieldId list);
  void name_person(Person& person, const Article& article);
  bool is_name_of_none() const;

  bool has_flow() { return !article().flows.empty() && article().flows.size() > flow_base(); }
  std::size_t flow_base() { return article().sections.empty() ? 0 : article().sections.back().flow_base; }
  void push_flow(bib::BlockKind kind, bool merges, const XmlAttributes& attributes);
  void flush_flow();
  void emit(bib::Block block);
  void place(bib::Block&& block);
  void place_list_head();
  std::string_view own_lang() const;
  bib::Section& current_section();
  void begin_formula();
  void add_reference(bib::RichText&& text);
  void cut_text(std::size_t begin);
  void part_cited(std::string_view between);
  void part_cited_names();
  bool is_other_form();
  void merge_alternative(std::string text, std::size_t begin);
  bib::Link take_citation_link(std::string text);

  Frames frames_;
  std::string words_;  ///< of the open elements, one behind the other
  TextArena arena_;
  std::size_t skip_ = 0;  ///< elements open in a part that is not read
  std::string root_;
  std::vector<std::unique_ptr<Article>> articles_;  ///< open ones, the innermost last
  std::vector<std::unique_ptr<Article>> done_;      ///< closed companions of the open article
  std::vector<formats::Draft> drafts_;
  std::vector<std::pair<bib::PeerReviewKind, formats::Draft>> reviews_;
  bool keeps_reviews_ = false;
  bool found_article_ = false;
  bool reviews_left_out_ = false;
  std::vector<Diagnostic> diagnostics_;

  std::vector<Person> people_;  ///< open contributors (a collab holds others)
  NameForm form_;
  std::optional<NamedAffiliation> aff_;
  std::string aff_ids_;  ///< of an aff-alternatives
  bool aff_original_ = false;
  std::size_t aff_part_end_ = 0;  ///< where its last part ended
  bool aff_taken_ = false;        ///< the first of alternatives was read
  std::optional<bib::PartialDate> date_;
  std::string date_text_;
  bool other_calendar_ = false;
  std::string license_href_;
  bib::Link related_;
  std::string compound_;
  std::size_t heading_end_ = 0;  ///< where the last heading in an abstract ended
  bool in_award_ = false;
  std::vector<bib::Funding> funders_;
  std::string recipient_;
  std::vector<std::string> award_ids_;
  std::map<std::string, std::string, std::less<>> old_sponsors_;
  std::string meta_name_;
  std::optional<Formula> formula_;
  MathReader math_;  ///< of the open formula
  Citation cited_;
  std::string reference_id_, reference_label_;  ///< of the open reference
  std::size_t alternatives_ = 0;                ///< of a citation, read so far
  El other_form_ = El::other;                   ///< the citation that would say the last one again
  bool alternative_printed_ = false;
  bib::RichText list_head_;  ///< of the open list of definitions, not placed yet
};

}  // namespace colophon::formats_xml
