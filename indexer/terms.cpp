// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/terms.hpp"

#include <algorithm>
#include <optional>

#include "base/json.hpp"
#include "base/json_cursor.hpp"
#include "base/text.hpp"
#include "indexer/concepts.hpp"
#include "indexer/conditions.hpp"
#include "indexer/family.hpp"
#include "indexer/lexicon.hpp"
#include "indexer/number_table.hpp"
#include "indexer/places.hpp"

#include <fmt/format.h>
#include <xapian.h>

namespace colophon::indexer {
namespace {

constexpr std::size_t kLeadBytes = 1200;
constexpr std::size_t kUsualTerms = 511;  // different ones of a document
constexpr std::size_t kTitleBytes = 80;
constexpr std::string_view kDefaultLanguage = "en";

// Collects the postings of one document.
class Builder {
 public:
  Builder(const Entry& entry, Analyser& analyser)
      : entry_(entry), analyser_(analyser), numbering_(analyser), lexicon_(numbering_.lexicon()) {
    if (entry.concepts) concepts_.emplace(*entry.concepts, lexicon_);
    language_ = tongue_of(kDefaultLanguage);
    language_ = tongue_of(entry.record.text(bib::FieldId::language));
  }

  Terms build() {
    add_record();
    add_passages();
    add_references();
    for (const ExtraTerm& extra : entry_.extra_terms) {
      if (const Row* row = row_named(extra.name)) add_value(*row, extra.value, {});
    }
    add_family();
    add_concepts();
    add_conditions();
    add_type_id_and_twin();
    add_dates();
    for (const auto& [slot, list] : lists_) terms_.values[slot] = list;
    terms_.data = to_data(card());
    return finish();
  }

 private:
  // Words are counted first, each in its field and language; what they stand for is looked at once a word.
  enum class Kind : std::uint8_t { text, field, reference };
  struct Counted {
    Kind kind{};
    std::uint8_t row = 0;
    std::uint8_t language = 0;
    Lexicon::Number word = 0;

    std::uint64_t key() const {
      return std::uint64_t{static_cast<std::uint8_t>(kind)} << 48 | std::uint64_t{row} << 40 | std::uint64_t{language} << 32 |
             word;
    }
    static Counted of(std::uint64_t key) {
      return {static_cast<Kind>(key >> 48 & 0xFF), static_cast<std::uint8_t>(key >> 40 & 0xFF),
              static_cast<std::uint8_t>(key >> 32 & 0xFF), static_cast<Lexicon::Number>(key)};
    }
  };

  // By its place in stemmed_languages(); the work's own when it has no stemmer.
  std::uint8_t tongue_of(std::string_view tag) const {
    const auto known = stemmed_languages();
    const auto found = std::ranges::find(known, stemmer_of(tag));
    return found == known.end() ? language_ : static_cast<std::uint8_t>(found - known.begin());
  }

  // The words of a text at the next positions.
  template <class Each>
  void add_words_at(std::string_view text, unsigned field, Each each) {
    places_.begin(position_ + 1, field);
    analyser_.tokens(clean(text), [&](const Token& token) {
      ++position_;
      places_.add(lexicon_.forms(token.word).folded);
      if (token.word != Lexicon::kNone) each(token.word);
    });
    position_ += kSectionGap;
  }

  // The words of one field's value: among all words and under the field's prefix, at the same positions.
  void add_words(const Row& row, std::string_view text, std::string_view language) {
    const std::uint8_t tongue = tongue_of(language);
    const auto number = static_cast<std::uint8_t>(&row - rows().data());
    const bool speaks = concepts_ && row.stems == Stems::yes;  // names of people and places are no concepts
    if (speaks) concepts_->begin(tongue);
    add_words_at(text, number, [&](Lexicon::Number word) {
      if (speaks) concepts_->add(word);
      counted_[Counted{Kind::field, number, tongue, word}.key()] += 1;
      if (row.weight > 0) counted_[Counted{Kind::text, 0, tongue, word}.key()] += row.weight;
    });
  }

  void add_boolean(std::string term) { terms_.booleans.push_back(std::move(term)); }

  void add_to_list(const Row& row, std::string_view value) {
    if (row.slot == Slot::none || row.match == Match::year) return;
    std::string& list = lists_[row.slot];
    for (const std::string_view known : split(list, kListSeparator)) {
      if (known == value) return;
    }
    if (!list.empty()) list.push_back(kListSeparator);
    list += value;
  }

  // What a person or another program gives as one value of a row.
  void add_value(const Row& row, std::string_view value, std::string_view language) {
    if (value.empty()) return;
    if (row.match == Match::words || row.match == Match::both) add_words(row, value, language);
    if (row.match == Match::value || row.match == Match::both) add_boolean(value_term(row, value)), add_to_list(row, value);
  }

  void add_statement(const Row& row, const bib::Statement& statement) {
    if (const auto* names = std::get_if<bib::NameList>(&statement.value)) return add_names(row, *names);
    if (const auto* rich = std::get_if<bib::RichText>(&statement.value)) return add_value(row, rich->plain(), rich->lang);
    if (const auto* text = std::get_if<bib::Text>(&statement.value)) return add_value(row, text->text, text->lang);
    const std::string value = bib::plain(statement.value);
    add_value(row, statement.field == bib::FieldId::language ? value.substr(0, value.find('-')) : value, {});
  }

  // Organisations that had a part in the work: authors that are none, affiliations, the publisher.
  void add_organisation(std::string_view name) {
    static const Row& kPartner = *row_named("partner");
    if (!name.empty()) add_words(kPartner, name, {});
  }

  void add_names(const Row& row, const bib::NameList& list) {
    for (const bib::Affiliation& one : list.affiliations) add_organisation(one.text.empty() ? one.institution : one.text);
    for (const bib::Contributor& person : list.names) {
      add_words(row, bib::display_form(person.name), {});
      add_organisation(person.name.literal);
      if (!person.orcid.empty()) add_boolean(value_term(row, person.orcid));
    }
  }

  void add_record() {
    for (const bib::Statement& statement : entry_.record.statements()) {
      const Row* row = row_of(statement.field);
      if (!row || row->match == Match::year || statement.field == bib::FieldId::reference) continue;
      add_statement(*row, statement);
      if (statement.field == bib::FieldId::publisher) add_organisation(bib::plain(statement.value));
    }
  }

  void add_family() {
    static const Row& kFamily = *row_named("family");
    if (lists_.contains(Slot::family)) return;
    const VersionLinks links = version_links(entry_.record);
    add_value(kFamily, links.key(), {});
    for (const std::string& id : links.own) add_boolean(value_term(kFamily, id));
    for (const std::string& id : links.earlier) add_boolean(std::string(kEarlierPrefix) + id);
    for (const std::string& id : links.later) add_boolean(std::string(kLaterPrefix) + id);
  }

  void add_concepts() {
    static const Row& kConcept = *row_named("concept");
    if (!concepts_) return;
    for (const std::string& id : concepts_->found()) add_boolean(value_term(kConcept, id));
  }

  void add_conditions() {
    static const Row& kIs = *row_named("is");
    for (const Condition& condition : conditions()) {
      if (condition.holds(entry_)) add_boolean(value_term(kIs, condition.name));
    }
  }

  void add_passages() {
    std::string_view previous;
    for (const bib::Passage& passage : entry_.passages) {
      if (!starts_.empty() && previous == "page" && passage.kind == "page") position_ += kPageGap - kSectionGap;
      starts_.push_back(position_ + 1);
      previous = {};
      if (passage.kind == "record" || passage.kind == "reference" || passage.text.empty()) continue;
      add_body(passage);
      previous = passage.kind;
    }
    terms_.values[Slot::page_map] = encode_page_map(starts_);
  }

  void add_body(const bib::Passage& passage) {
    const std::uint8_t tongue = tongue_of(passage.lang);
    if (concepts_) concepts_->begin(tongue);
    add_words_at(passage.text, kBodyField, [&](Lexicon::Number word) {
      if (concepts_) concepts_->add(word);
      counted_[Counted{Kind::text, 0, tongue, word}.key()] += 1;
    });
  }

  void add_reference_words(std::string_view text) {
    analyser_.tokens(clean(text), [&](const Token& token) {
      if (token.word != Lexicon::kNone && kept_of_references(token.folded))
        counted_[Counted{Kind::reference, 0, 0, token.word}.key()] += 1;
    });
  }

  // The list of references as read from the text; without one, as the record has it.
  void add_references() {
    bool read = false;
    for (const bib::Passage& passage : entry_.passages) {
      if (passage.kind == "reference") add_reference_words(passage.text), read = true;
    }
    const Row& row = *row_of(bib::FieldId::reference);
    for (const bib::Statement& statement : entry_.record.all(bib::FieldId::reference)) {
      const auto& link = std::get<bib::Link>(statement.value);
      if (!read) add_reference_words(link.text);
      if (link.scheme == "doi") add_boolean(value_term(row, link.target));
    }
  }

  void add_type_id_and_twin() {
    static const Row& kType = *row_named("type");
    const std::string type(bib::name(entry_.record.type));
    add_boolean(value_term(kType, type));
    terms_.values[Slot::type] = type;
    add_boolean(std::string(kIdPrefix) + entry_.id);
    terms_.values[Slot::id] = entry_.id;
    terms_.values[Slot::change] = Xapian::sortable_serialise(static_cast<double>(entry_.change));
    if (!entry_.twin.empty()) add_boolean(std::string(kTwinPrefix) + entry_.twin);
  }

  void add_dates() {
    static const Row& kYear = *row_named("year");
    terms_.values[Slot::title] = title_key(entry_.record.full_title());
    const bib::Date* issued = entry_.record.date(bib::FieldId::issued);
    const std::optional<int> year = entry_.record.year();
    if (!issued || !year) return;
    add_boolean(value_term(kYear, std::to_string(*year)));
    terms_.values[Slot::year] = Xapian::sortable_serialise(*year);
    const bib::PartialDate& from = issued->from;
    terms_.values[Slot::date] = Xapian::sortable_serialise(from.year * 10000.0 + std::min(from.month, 12) * 100 + from.day);
  }

  std::string first_of(std::initializer_list<bib::FieldId> fields) const {
    for (const bib::FieldId field : fields) {
      if (entry_.record.has(field)) return entry_.record.text(field);
    }
    return {};
  }

  Card card() const {
    using enum bib::FieldId;
    const bib::NameList* people = entry_.record.names(author);
    if (!people) people = entry_.record.names(editor);
    std::string lead = clean(squeeze(entry_.record.text(abstract)));
    if (lead.size() > kLeadBytes) lead = ellipsis(lead, kLeadBytes / 2);
    return {entry_.id,
            entry_.record.full_title(),
            people ? bib::short_form(*people) : std::string{},
            std::string(bib::name(entry_.record.type)),
            entry_.record.text(language),
            first_of({container_title, collection_title, publisher}),
            std::move(lead),
            entry_.record.year().value_or(0)};
  }

  // Forms and stems of what was counted, by prefix.
  class Postings {
   public:
    void add(std::string_view prefix, Lexicon::Number word, std::uint32_t wdf) {
      if (word != Lexicon::kNone) counts_[std::uint64_t{number_of(prefix)} << 32 | word] += wdf;
    }
    // Most terms differ in their first eight bytes, which are compared as one number.
    std::vector<Terms::Posting> sorted(const Lexicon& lexicon) const {
      struct Item {
        std::uint64_t head = 0;
        std::uint64_t key = 0;
        std::uint32_t wdf = 0;
      };
      std::vector<Item> items;
      items.reserve(counts_.size());
      counts_.each([&](std::uint64_t key, std::uint32_t wdf) { items.push_back({head_of(key, lexicon), key, wdf}); });
      std::ranges::sort(items, [&](const Item& a, const Item& b) {
        if (a.head != b.head) return a.head < b.head;
        return a.key >> 32 == b.key >> 32 ? word_of(a.key, lexicon) < word_of(b.key, lexicon)
                                          : term_of(a.key, lexicon) < term_of(b.key, lexicon);
      });
      std::vector<Terms::Posting> out;
      out.reserve(items.size());
      for (const Item& item : items) out.emplace_back(term_of(item.key, lexicon), item.wdf);
      return out;
    }

   private:
    static std::string_view word_of(std::uint64_t key, const Lexicon& lexicon) {
      return lexicon.text(static_cast<Lexicon::Number>(key));
    }
    std::string term_of(std::uint64_t key, const Lexicon& lexicon) const {
      return std::string(prefixes_[key >> 32]).append(word_of(key, lexicon));
    }
    std::uint64_t head_of(std::uint64_t key, const Lexicon& lexicon) const {
      std::uint64_t out = 0;
      std::size_t left = sizeof out;
      const auto take = [&](std::string_view text) {
        for (std::size_t i = 0; i < text.size() && left > 0; ++i, --left) out = out << 8 | static_cast<unsigned char>(text[i]);
      };
      take(prefixes_[key >> 32]);
      take(word_of(key, lexicon));
      return left < sizeof out ? out << (8 * left) : 0;
    }
    std::uint32_t number_of(std::string_view prefix) {
      const auto found = std::ranges::find(prefixes_, prefix);
      if (found == prefixes_.end()) return prefixes_.emplace_back(prefix), static_cast<std::uint32_t>(prefixes_.size() - 1);
      return static_cast<std::uint32_t>(found - prefixes_.begin());
    }
    NumberTable<std::uint64_t> counts_{kUsualTerms};
    std::vector<std::string> prefixes_;
  };

  void add_forms(Postings& out, std::string_view prefix, const Counted& one, std::uint32_t count, Stems stemmed) const {
    const Lexicon::Forms forms = lexicon_.forms(one.word);
    out.add(prefix, forms.folded, count);
    if (one.kind != Kind::reference) out.add(prefix, forms.accented, count);
    if (stemmed == Stems::no) return;
    const Lexicon::Stems stems = lexicon_.stems(one.language, forms);
    const std::string stem_prefix = std::string(kStemPrefix) + std::string(prefix);
    out.add(stem_prefix, stems.first, count);
    out.add(stem_prefix, stems.second, count);
  }

  Terms finish() {
    Postings postings;
    Tongues tongues = 0;
    counted_.each([&](std::uint64_t key, std::uint32_t count) {
      const Counted one = Counted::of(key);
      const Row& row = rows()[one.row];
      if (one.kind != Kind::reference) tongues |= Tongues{1} << one.language;
      if (one.kind == Kind::text) add_forms(postings, {}, one, count, Stems::yes);
      else if (one.kind == Kind::field) add_forms(postings, row.prefix, one, count, row.stems);
      else add_forms(postings, kReferencePrefix, one, count, Stems::no);
    });
    for (std::size_t i = 0; i < stemmed_languages().size(); ++i) {
      if (tongues >> i & 1) add_boolean(std::string(kStemmerPrefix).append(stemmed_languages()[i]));
    }
    terms_.postings = postings.sorted(lexicon_);
    terms_.values[Slot::places] = places_.bytes(lexicon_);
    std::ranges::sort(terms_.booleans);
    terms_.booleans.erase(std::unique(terms_.booleans.begin(), terms_.booleans.end()), terms_.booleans.end());
    std::erase_if(terms_.values, [](const auto& value) { return value.second.empty(); });
    return std::move(terms_);
  }

  const Entry& entry_;
  Analyser& analyser_;
  Analyser::Numbering numbering_;
  Lexicon& lexicon_;
  std::uint8_t language_ = 0;  // by its place in stemmed_languages()
  std::optional<ConceptSearch> concepts_;
  Terms terms_;
  NumberTable<std::uint64_t> counted_{kUsualTerms};
  PlacesWriter places_;
  std::map<Slot, std::string> lists_;
  std::vector<std::uint32_t> starts_;
  std::uint32_t position_ = 0;
};

}  // namespace

Terms terms_of(const Entry& entry, Analyser& analyser) { return Builder(entry, analyser).build(); }

std::string title_key(std::string_view title) { return fold_key(title).substr(0, kTitleBytes); }

std::string to_text(const Terms& terms) {
  std::string out;
  for (const std::string& term : terms.booleans) out += "term " + term + "\n";
  for (const Terms::Posting& posting : terms.postings) {
    out += fmt::format("term {} x{}\n", posting.term, posting.wdf);
  }
  for (const auto& [slot, value] : terms.values)
    out += fmt::format("value {} {}\n", static_cast<std::uint32_t>(slot), printable(value));
  return out + "data " + terms.data + "\n";
}

std::string encode_page_map(std::span<const std::uint32_t> starts) {
  std::string out;
  std::uint32_t last = 0;
  for (const std::uint32_t start : starts) {
    std::uint32_t delta = start - last;
    for (; delta >= 0x80; delta >>= 7) out.push_back(static_cast<char>(0x80 | (delta & 0x7F)));
    out.push_back(static_cast<char>(delta));
    last = start;
  }
  return out;
}

std::vector<std::uint32_t> decode_page_map(std::string_view bytes) {
  std::vector<std::uint32_t> out;
  std::uint32_t last = 0, delta = 0;
  unsigned shift = 0;
  for (const char c : bytes) {
    if (shift > 28) return {};
    delta |= (static_cast<std::uint32_t>(c) & 0x7Fu) << shift;
    shift += 7;
    if (static_cast<unsigned char>(c) & 0x80u) continue;
    out.push_back(last += delta);
    delta = 0, shift = 0;
  }
  return shift == 0 ? out : std::vector<std::uint32_t>{};
}

int passage_at(std::span<const std::uint32_t> starts, std::uint32_t position) {
  return static_cast<int>(std::ranges::upper_bound(starts, position) - starts.begin()) - 1;
}

namespace {

constexpr std::pair<std::string_view, std::string Card::*> kCardTexts[] = {
    {"id", &Card::id},     {"title", &Card::title},       {"authors", &Card::authors},
    {"type", &Card::type}, {"language", &Card::language}, {"container", &Card::container},
    {"lead", &Card::lead}};

}  // namespace

std::string to_data(const Card& card) {
  Json out = Json::object();
  for (const auto& [name, text] : kCardTexts) out.set_if(std::string(name), card.*text);
  if (card.year) out.set("year", card.year);
  return out.dump();
}

Card card_from_data(std::string_view data) {
  Card out;
  JsonCursor at(data);
  for (at.enter_object(); at.more();) {
    const std::string_view key = at.key();
    const auto known = std::ranges::find(kCardTexts, key, &std::pair<std::string_view, std::string Card::*>::first);
    if (known != std::end(kCardTexts)) out.*known->second = at.text();
    else if (key == "year") out.year = static_cast<int>(at.integer());
    else at.skip();
  }
  return at.at_end() ? out : Card{};
}

}  // namespace colophon::indexer
