// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/terms.hpp"

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "base/json.hpp"
#include "base/text.hpp"
#include "indexer/conditions.hpp"

#include <fmt/format.h>
#include <xapian.h>

namespace colophon::indexer {
namespace {

constexpr std::size_t kLongestWord = 100;
constexpr std::size_t kCacheLimit = 200'000;
constexpr std::size_t kLeadBytes = 1200;
constexpr std::string_view kDefaultLanguage = "en";

struct Stemmer {
  std::string_view tag;
  const char* snowball;
};
// german2 folds ae, oe, ue; the plain "dutch" of Snowball is weaker than Kraaij and Pohlmann's
constexpr std::array kStemmers = {Stemmer{"de", "german2"},   Stemmer{"en", "english"}, Stemmer{"es", "spanish"},
                                  Stemmer{"fr", "french"},    Stemmer{"it", "italian"}, Stemmer{"nl", "kraaij_pohlmann"},
                                  Stemmer{"pt", "portuguese"}};
constexpr auto kTags = [] {
  std::array<std::string_view, kStemmers.size()> out{};
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = kStemmers[i].tag;
  return out;
}();

// Articles and conjunctions that French and Italian fuse with the next word; stripped in every language, so that terms do not depend on it.
constexpr std::array<std::string_view, 18> kElisions = {"l",     "d",      "j",      "m",  "t",    "s",   "n",    "c",    "qu",
                                                        "jusqu", "lorsqu", "puisqu", "un", "dell", "all", "nell", "sull", "dall"};

bool ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

struct StringHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>()(text); }
};
template <class T>
using Map = std::unordered_map<std::string, T, StringHash, std::equal_to<>>;

void replace_all(std::string& text, std::string_view what, std::string_view with) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size())
    text.replace(at, what.size(), with);
}

void strip_elision(std::string& word) {
  const std::size_t quote = word.find('\'');
  if (quote == std::string::npos || quote + 1 >= word.size()) return;
  if (std::ranges::find(kElisions, std::string_view(word).substr(0, quote)) != kElisions.end()) word.erase(0, quote + 1);
}

void strip_possessive(std::string& word) {
  if (word.size() > 2 && word.ends_with("'s")) word.resize(word.size() - 2);
}

// "u.n" to "un"; "1,500" to "1500"; "1.5" and "example.org" stay.
void strip_points(std::string& word) {
  if (word.size() < 3) return;
  bool initials = word.size() % 2 == 1;
  for (std::size_t i = 0; i < word.size() && initials; ++i) initials = i % 2 ? word[i] == '.' : is_ascii_alpha(word[i]);
  if (initials) std::erase(word, '.');
  std::erase(word, ',');
}

// Both forms of a word after folding.
void simplify(std::string& word) {
  if (word.find_first_of("'.,\xE2") == std::string::npos) return;
  replace_all(word, "\u2019", "'");
  strip_elision(word);
  strip_possessive(word);
  strip_points(word);
}

}  // namespace

std::span<const std::string_view> stemmed_languages() { return kTags; }

std::string_view stemmer_of(std::string_view tag) {
  if (tag.size() > 2 && tag[2] != '-') return {};
  const auto found = std::ranges::find_if(kTags, [&](std::string_view t) { return iequals(t, tag.substr(0, 2)); });
  return found == kTags.end() ? std::string_view{} : *found;
}

std::string clean(std::string_view text) {
  std::string out(text);
  if (ascii(text)) return out;
  for (std::size_t at = 0; (at = out.find("\u00AD", at)) != std::string::npos;) {
    std::size_t end = at + 2;
    const std::size_t next = out.find_first_not_of(" \t\r\n", end);
    if (next != std::string::npos && out.find('\n', end) < next) end = next;  // a hyphen at a line's end joins the lines
    out.erase(at, end - at);
  }
  replace_all(out, "\u2060", "");
  replace_all(out, "\uFEFF", "");
  replace_all(out, "\u200B", " ");
  return out;
}

struct Analyser::Impl {
  struct Forms {
    std::string folded, accented;
  };
  struct Language {
    Xapian::Stem stem;
    Map<std::pair<std::string, std::string>> cache;
  };
  mutable Map<Forms> forms;  // of words beyond ASCII
  std::map<std::string, Language, std::less<>> languages;

  const Forms& forms_of(std::string_view word) const {
    if (const auto found = forms.find(word); found != forms.end()) return found->second;
    if (forms.size() > kCacheLimit) forms.clear();
    Forms made{fold(word), fold_case(word)};
    simplify(made.folded);
    simplify(made.accented);
    if (made.folded == made.accented) made.accented.clear();
    return forms.emplace(std::string(word), std::move(made)).first->second;
  }

  Language& language(std::string_view tag) {
    if (const auto found = languages.find(tag); found != languages.end()) return found->second;
    const auto row = std::ranges::find(kStemmers, tag, &Stemmer::tag);
    return languages.emplace(std::string(tag), Language{Xapian::Stem(row->snowball), {}}).first->second;
  }
};

Analyser::Analyser() : impl_(std::make_unique<Impl>()) {}
Analyser::~Analyser() = default;
Analyser::Analyser(Analyser&&) noexcept = default;

namespace {

void ascii_forms(std::string_view word, std::string& folded) {
  folded.assign(word);
  for (char& c : folded) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  simplify(folded);
}

// Calls `run` for stretches between blanks that are ASCII throughout and for those that are not: ICU sees only the latter.
template <class Run>
void for_each_run(std::string_view text, Run run) {
  std::size_t begin = 0;
  while (begin < text.size()) {
    std::size_t at = begin, blank = begin;
    for (; at < text.size() && static_cast<unsigned char>(text[at]) < 0x80; ++at) {
      if (is_blank(text[at])) blank = at + 1;
    }
    if (at == text.size()) return run(begin, at);
    if (blank > begin) run(begin, blank);
    std::size_t end = at;
    while (end < text.size() && !is_blank(text[end])) ++end;
    run(blank, end);
    begin = end;
  }
}

}  // namespace

void Analyser::tokens(std::string_view text, const std::function<void(const Token&)>& each) const {
  std::string folded;
  for_each_run(text, [&](std::size_t run_begin, std::size_t run_end) {
    const std::string_view run = text.substr(run_begin, run_end - run_begin);
    for (const Word& word : words(run)) {
      const std::string_view bytes = run.substr(word.begin, word.end - word.begin);
      Token token{run_begin + word.begin, run_begin + word.end, {}, {}};
      if (ascii(bytes)) {
        ascii_forms(bytes, folded);
        token.folded = folded;
      } else if (bytes.size() <= kLongestWord) {
        const Impl::Forms& forms = impl_->forms_of(bytes);
        token.folded = forms.folded;
        token.accented = forms.accented;
      }
      if (token.folded.size() > kLongestWord || token.accented.size() > kLongestWord) token.folded = token.accented = {};
      each(token);
    }
  });
}

std::pair<std::string_view, std::string_view> Analyser::stems(std::string_view language,
                                                              std::string_view folded,
                                                              std::string_view accented) {
  if (stemmer_of(language).empty() || folded.empty()) return {};
  Impl::Language& tongue = impl_->language(stemmer_of(language));
  const std::string_view word = accented.empty() ? folded : accented;
  auto found = tongue.cache.find(word);
  if (found == tongue.cache.end()) {
    if (tongue.cache.size() > kCacheLimit) tongue.cache.clear();
    std::pair<std::string, std::string> made{fold(tongue.stem(std::string(word))), {}};
    if (!accented.empty()) made.second = tongue.stem(std::string(folded));
    if (made.second == made.first) made.second.clear();
    found = tongue.cache.emplace(std::string(word), std::move(made)).first;
  }
  return {found->second.first, found->second.second};
}

// --- documents ---------------------------------------------------------------------------------------------------------

namespace {

// Collects the postings of one document.
class Builder {
 public:
  Builder(const Entry& entry, Analyser& analyser)
      : entry_(entry), analyser_(analyser), language_(stemmer_of(entry.record.text(bib::FieldId::language))) {
    if (language_.empty()) language_ = kDefaultLanguage;
  }

  Terms build() {
    add_record();
    add_passages();
    add_references();
    for (const ExtraTerm& extra : entry_.extra_terms) {
      if (const Row* row = row_named(extra.name)) add_value(*row, extra.value, {});
    }
    add_conditions();
    add_type_id_and_twin();
    add_dates();
    for (const auto& [slot, list] : lists_) terms_.values[slot] = list;
    terms_.data = to_data(card());
    return finish();
  }

 private:
  static constexpr std::uint32_t kNoPosition = 0;

  void post(std::string_view prefix, std::string_view word, std::uint32_t wdf, std::uint32_t position) {
    key_.assign(prefix).append(word);
    auto found = postings_.find(std::string_view(key_));
    if (found == postings_.end()) found = postings_.emplace(key_, Terms::Posting{}).first;
    found->second.wdf += wdf;
    if (position != kNoPosition) found->second.positions.push_back(position);
  }

  void post_stems(std::string_view prefix, std::pair<std::string_view, std::string_view> stems, std::uint32_t wdf) {
    const std::string stem_prefix = std::string(kStemPrefix) + std::string(prefix);
    if (!stems.first.empty()) post(stem_prefix, stems.first, wdf, kNoPosition);
    if (!stems.second.empty()) post(stem_prefix, stems.second, wdf, kNoPosition);
  }

  void post_word(std::string_view prefix, const Token& token, std::uint32_t wdf, std::uint32_t position) {
    post(prefix, token.folded, wdf, position);
    if (!token.accented.empty()) post(prefix, token.accented, wdf, position);
  }

  // The words of one field's value: among all words and under the field's prefix, at the same positions.
  void add_words(const Row& row, std::string_view text, std::string_view language) {
    const std::string_view tongue = stemmer_of(language).empty() ? language_ : stemmer_of(language);
    analyser_.tokens(clean(text), [&](const Token& token) {
      ++position_;
      if (token.folded.empty()) return;
      const auto stems = analyser_.stems(tongue, token.folded, token.accented);
      post_word(row.prefix, token, 1, position_);
      if (row.stems == Stems::yes) post_stems(row.prefix, stems, 1);
      if (row.weight == 0) return;
      post_word({}, token, row.weight, position_);
      post_stems({}, stems, row.weight);
    });
    position_ += kSectionGap;
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
    const std::string_view tongue = stemmer_of(passage.lang).empty() ? language_ : stemmer_of(passage.lang);
    analyser_.tokens(clean(passage.text), [&](const Token& token) {
      ++position_;
      if (token.folded.empty()) return;
      post_word({}, token, 1, position_);
      post_stems({}, analyser_.stems(tongue, token.folded, token.accented), 1);
    });
    position_ += kSectionGap;
  }

  void add_reference_words(std::string_view text) {
    analyser_.tokens(clean(text), [&](const Token& token) {
      if (!token.folded.empty()) post(kReferencePrefix, token.folded, 1, kNoPosition);
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
    terms_.values[Slot::title] = fold_key(entry_.record.full_title()).substr(0, 80);
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

  Terms finish() {
    terms_.postings.reserve(postings_.size());
    for (auto& [term, posting] : postings_) {
      posting.term = term;
      terms_.postings.push_back(std::move(posting));
    }
    std::ranges::sort(terms_.postings, {}, &Terms::Posting::term);
    std::ranges::sort(terms_.booleans);
    terms_.booleans.erase(std::unique(terms_.booleans.begin(), terms_.booleans.end()), terms_.booleans.end());
    std::erase_if(terms_.values, [](const auto& value) { return value.second.empty(); });
    return std::move(terms_);
  }

  const Entry& entry_;
  Analyser& analyser_;
  std::string_view language_;
  Terms terms_;
  Map<Terms::Posting> postings_;
  std::map<Slot, std::string> lists_;
  std::vector<std::uint32_t> starts_;
  std::uint32_t position_ = 0;
  std::string key_;
};

}  // namespace

Terms terms_of(const Entry& entry, Analyser& analyser) { return Builder(entry, analyser).build(); }

std::string to_text(const Terms& terms) {
  std::string out;
  for (const std::string& term : terms.booleans) out += "term " + term + "\n";
  for (const Terms::Posting& posting : terms.postings) {
    out += fmt::format("term {} x{}{}\n", posting.term, posting.wdf,
                       posting.positions.empty() ? "" : fmt::format(" at {}", fmt::join(posting.positions, " ")));
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

std::string to_data(const Card& card) {
  Json out = Json::object({{"id", card.id}});
  out.set_if("title", card.title).set_if("authors", card.authors).set_if("type", card.type).set_if("language", card.language);
  out.set_if("container", card.container).set_if("lead", card.lead);
  if (card.year) out.set("year", card.year);
  return out.dump();
}

Card card_from_data(std::string_view data) {
  const auto json = Json::parse(data);
  if (!json) return {};
  const auto text = [&](std::string_view key) { return (*json)[key].as_string(); };
  return {text("id"),       text("title"),     text("authors"), text("type"),
          text("language"), text("container"), text("lead"),    static_cast<int>((*json)["year"].as_int())};
}

}  // namespace colophon::indexer
