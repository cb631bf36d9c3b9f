// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/query/compile.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "base/text.hpp"
#include "bib/authority.hpp"
#include "indexer/dictionary.hpp"
#include "indexer/query/at_least.hpp"
#include "indexer/query/stop_words.hpp"
#include "indexer/query/together.hpp"
#include "indexer/query/without.hpp"
#include "indexer/schema.hpp"

#include <fmt/format.h>
#include <xapian.h>

namespace colophon::indexer::query {
namespace {

using Xapian::Query;
constexpr std::size_t kScanLimit = 200'000;   // words of the dictionary looked at for one query
constexpr std::size_t kExpansionLimit = 500;  // words that all wildcards of a query stand for together
constexpr std::size_t kMaxForms = 12;         // of one word beside near
constexpr std::size_t kMaxNames = 60;
constexpr std::size_t kMaxNameWords = 5;
constexpr std::size_t kSharedBytes = 3;  // a stem and its words begin alike at least so far
constexpr double kFirstYear = -100'000, kLastYear = 100'000;
constexpr double kFirstDay = kFirstYear * 10'000, kLastDay = kLastYear * 10'000;

struct Form {
  std::string folded, accented;
};

class Compiler {
 public:
  Compiler(const CompileOptions& options, const Xapian::Database& database, Analyser& analyser)
      : options_(options), database_(database), analyser_(analyser) {}

  Compiled run(const Node& node) {
    const bool phrase = options_.insist == Insist::some && is_taken_apart(node, Quotes::are_text);
    Query query = compile(phrase ? Node{NodeKind::all_of, {}, {}, {}, {node}} : node, Sign::positive);
    out_.query = std::make_shared<Query>(std::move(query));
    return std::move(out_);
  }

 private:
  enum class Sign { positive, negative };
  enum class Beside : bool { all, any };

  // While it lives, what is compiled is one of several that may match.
  class Alternative {
   public:
    explicit Alternative(Beside& beside) : beside_(beside), before_(std::exchange(beside, Beside::any)) {}
    ~Alternative() { beside_ = before_; }
    Alternative(const Alternative&) = delete;
    Alternative& operator=(const Alternative&) = delete;

   private:
    Beside& beside_;
    Beside before_;
  };

  static Query unweighted(Query query) { return Query(Query::OP_SCALE_WEIGHT, query, 0.0); }
  static std::string prefix_of(const Node& node) {
    const Row* row = row_named(node.field);
    return row ? std::string(row->prefix) : std::string();
  }

  Query compile(const Node& node, Sign sign) {
    switch (node.kind) {
      case NodeKind::everything: return unweighted(Query::MatchAll);
      case NodeKind::all_of: return all_of(node, sign);
      case NodeKind::any_of: return any_of(node, sign);
      case NodeKind::none_of: return without(unweighted(Query::MatchAll), compile(node.children.front(), negated(sign)));
      case NodeKind::word:
      case NodeKind::phrase: return under_each_name(node, sign);
      case NodeKind::near: return near(node, sign);
      case NodeKind::wildcard: return wildcard(node, sign);
      case NodeKind::synonym: return synonym(node, sign);
      case NodeKind::value: return value(node);
      case NodeKind::range: return range(node);
      case NodeKind::period: return period(node);
    }
    return Query::MatchNothing;
  }

  static Sign negated(Sign sign) { return sign == Sign::positive ? Sign::negative : Sign::positive; }

  Query all_of(const Node& node, Sign sign) {
    std::vector<Query> needed, common, unwanted;
    const Quotes quotes = options_.insist == Insist::some || length(node) > kText ? Quotes::are_text : Quotes::insist;
    const std::vector<Node> bare = bare_words(node, quotes);
    const bool some = bare.size() > (options_.insist == Insist::some ? 1 : kAllUpTo);
    for (const Node& child : node.children) {
      if (child.kind == NodeKind::none_of) unwanted.push_back(compile(child.children.front(), negated(sign)));
      else if (is_common(child)) common.push_back(compile(child, sign));
      else if (!some || !is_bare(child, quotes)) needed.push_back(compile(child, sign));
    }
    if (some) needed.push_back(enough_of(bare, sign));
    if (needed.empty()) std::swap(needed, common);
    Query out = needed.empty() ? unweighted(Query::MatchAll) : Query(Query::OP_AND, needed.begin(), needed.end());
    if (!common.empty()) {
      const Query bonus(Query::OP_SCALE_WEIGHT, Query(Query::OP_OR, common.begin(), common.end()), options_.weights.common);
      out = Query(Query::OP_AND_MAYBE, out, bonus);
    }
    if (!unwanted.empty()) out = without(out, Query(Query::OP_OR, unwanted.begin(), unwanted.end()));
    return out;
  }

  // --- enough of many words -------------------------------------------------------------------------------------------

  enum class Quotes { insist, are_text };

  // "nature-based" is written without blanks and stands for two words.
  static bool is_taken_apart(const Node& node, Quotes quotes) {
    const bool joined = node.text.find(' ') == std::string::npos && colophon::words(node.text).size() > 1;
    return node.kind == NodeKind::phrase && (quotes == Quotes::are_text || joined);
  }

  // Its words as they are written, but those of fields and groups.
  static std::size_t length(const Node& node) {
    std::size_t out = 0;
    for (const Node& child : node.children)
      out += child.field.empty() && child.children.empty() ? colophon::words(child.text).size() : 0;
    return out;
  }

  // What is not insisted on among many: words without field, also joined by hyphens or "or".
  static bool is_bare(const Node& node, Quotes quotes) {
    const auto also = [&](const Node& child) { return is_bare(child, quotes); };
    if (node.kind == NodeKind::any_of) return std::ranges::all_of(node.children, also);
    return node.field.empty() && (node.kind == NodeKind::word || is_taken_apart(node, quotes));
  }

  // The words that count, one by one.
  std::vector<Node> bare_words(const Node& node, Quotes quotes) const {
    std::vector<Node> out;
    for (const Node& child : node.children) {
      if (!is_bare(child, quotes) || is_common(child)) continue;
      if (!is_taken_apart(child, quotes)) {
        out.push_back(child);
        continue;
      }
      for (const Form& form : forms(child.text)) {
        Node part{NodeKind::word, {}, form.accented.empty() ? form.folded : form.accented, {}, {}, 0};
        if (!is_common(part)) out.push_back(std::move(part));
      }
    }
    return out;
  }

  // A work needs enough of the words; each that it has adds its weight.
  Query enough_of(const std::vector<Node>& words, Sign sign) {
    const Alternative here(beside_);
    std::vector<Query> parts;
    std::vector<Alternatives> terms;
    for (const Node& word : words) {
      parts.push_back(compile(word, sign));
      terms.emplace_back(parts.back().get_unique_terms_begin(), parts.back().get_terms_end());
    }
    AtLeast found;
    out_.some = true;
    const Query filter = at_least(terms, database_, found);
    if (found.least < words.size() && found.works > 0 && sign == Sign::positive) {
      tell("at_least",
           fmt::format("Works with at least {} of these {} words are shown, the nearest first. Quotation marks insist on a word.",
                       found.least, words.size()));
    }
    return Query(Query::OP_FILTER, Query(Query::OP_OR, parts.begin(), parts.end()), filter);
  }

  bool is_common(const Node& node) const {
    return node.kind == NodeKind::word && node.field.empty() && is_stop_word(fold(node.text));
  }

  Query any_of(const Node& node, Sign sign) {
    const Alternative here(beside_);
    std::vector<Query> parts;
    for (const Node& child : node.children) parts.push_back(compile(child, sign));
    return Query(Query::OP_OR, parts.begin(), parts.end());
  }

  std::vector<Form> forms(const std::string& text) const {
    std::vector<Form> out;
    analyser_.tokens(clean(text), [&](const indexer::Token& token) {
      if (!token.folded.empty()) out.push_back({std::string(token.folded), std::string(token.accented)});
    });
    return out;
  }

  // Those of a word in the languages, but such as are stop words: "se", as the Portuguese stemmer makes of "sea", would find all texts in
  // that language, and any with selenium.
  struct StemsOfWord {
    std::set<std::string, std::less<>> known;
    bool left_out = false;
  };
  StemsOfWord stems(const Form& form) const {
    StemsOfWord out;
    const auto add = [&](std::string_view stem) {
      if (stem.empty()) return;
      if (stem == form.folded || !is_stop_word(stem)) out.known.emplace(stem);
      else out.left_out = true;
    };
    for (const std::string& language : options_.languages) {
      const auto [first, second] = analyser_.stems(language, form.folded, form.accented);
      add(first);
      add(second);
    }
    return out;
  }

  void seek(const Node& node, Sign sign, std::vector<Sought::Forms> words) {
    out_.ranked = true;
    if (sign == Sign::positive) out_.sought.push_back({std::move(words), prefix_of(node)});
  }

  enum class Exact { no, yes };

  Query words(const Node& node, Sign sign, Exact exact) {
    std::vector<Form> found = forms(node.text);
    if (prefix_of(node) == kReferencePrefix) drop_numbers(found);
    if (found.empty()) return Query::MatchNothing;
    if (found.size() == 1 && exact == Exact::no) return one_word(node, sign, found.front());
    std::vector<Query> terms;
    WordPlaces places;
    std::vector<Query> pairs;
    std::vector<Sought::Forms> sought;
    for (const Form& form : found) {
      if (is_cjk(form.folded) && !form.accented.empty()) pairs.emplace_back(prefix_of(node) + form.accented);
      terms.emplace_back(prefix_of(node) + form.folded);
      places.push_back({form.folded});
      sought.push_back({{form.folded}, {}, {}});
    }
    seek(node, sign, std::move(sought));
    if (!has_positions(node)) return Query(Query::OP_AND, terms.begin(), terms.end());
    const Query found_in_order = in_order(places, row_named(node.field));
    if (pairs.empty()) return found_in_order;
    // pairs of characters say more than each alone, but a line may end between them
    return Query(Query::OP_AND_MAYBE, found_in_order, Query(Query::OP_OR, pairs.begin(), pairs.end()));
  }

  Query one_word(const Node& node, Sign sign, const Form& form) {
    const std::string prefix = prefix_of(node);
    const Row* row = row_named(node.field);
    const bool stemmed = !row || row->stems == Stems::yes;
    StemsOfWord its = stemmed ? stems(form) : StemsOfWord();
    Query raw(prefix + form.folded);
    if (!form.accented.empty()) raw = Query(Query::OP_OR, raw, Query(prefix + form.accented));
    std::vector<Query> terms;
    for (const std::string& stem : its.known) terms.emplace_back(std::string(kStemPrefix) + prefix + stem);
    if (its.left_out) terms.emplace_back(prefix + form.folded);  // for texts that have the word, and of its stems only that one
    seek(node, sign, {{{form.folded}, std::move(its.known), {}}});
    if (terms.empty()) return stemmed ? Query(Query::OP_SCALE_WEIGHT, raw, 1 + options_.weights.raw) : raw;
    // Never OP_MAX: below OP_OR the library (1.4.22) crashes on it once it skips what cannot be among the best.
    const Query stem = terms.size() == 1 ? terms.front() : Query(Query::OP_SYNONYM, terms.begin(), terms.end());
    // Who has the form has its stem. The matcher is faster where it knows, but below OP_OR it takes the best of OP_OR alone faster.
    const Query::op more = beside_ == Beside::all ? Query::OP_AND_MAYBE : Query::OP_OR;
    return Query(more, stem, Query(Query::OP_SCALE_WEIGHT, raw, options_.weights.raw));
  }

  void drop_numbers(std::vector<Form>& words) {
    const auto dropped = std::erase_if(words, [](const Form& form) { return !kept_of_references(form.folded); });
    if (dropped > 0) tell("reference_numbers", "Numbers in references are not searched for, but years are.");
  }

  // Words of references are kept without their places.
  bool has_positions(const Node& node) {
    const Row* row = row_named(node.field);
    if (!row || positions_of(*row) == Positions::yes) return true;
    tell("phrase", fmt::format("“{}:” looks for all of the words, in any order.", node.field));
    return false;
  }

  void tell(std::string code, std::string text) {
    Note made{std::move(code), std::move(text)};
    if (std::ranges::find(out_.notes, made) == out_.notes.end()) out_.notes.push_back(std::move(made));
  }

  // --- near -----------------------------------------------------------------------------------------------------------

  // Words with the same stem begin as the stem does.
  static std::size_t shared_with_stems(const std::string& word, const std::set<std::string, std::less<>>& stems) {
    std::size_t out = word.size();
    for (const std::string& stem : stems) {
      const auto differ = std::ranges::mismatch(word, stem);
      out = std::min(out, static_cast<std::size_t>(differ.in1 - word.begin()));
    }
    return out;
  }

  // Stems have no places: the words of the dictionary with the same stem stand for them.
  std::vector<std::string> same_stem(const std::string& prefix, const Form& form) {
    const auto wanted = stems(form).known;
    std::vector<std::string> out{form.folded};
    const std::size_t shared = shared_with_stems(form.folded, wanted);
    if (shared < kSharedBytes) return out;
    const auto accept = [&](std::string_view word) {
      if (word == form.folded) return false;
      const auto its = stems({std::string(word), {}}).known;
      return std::ranges::any_of(its, [&](const std::string& stem) { return wanted.contains(stem); });
    };
    const auto found = scan(database_, prefix, form.folded.substr(0, shared), accept, kMaxForms, budget_);
    for (const DictionaryWord& word : found.words) out.push_back(word.word);
    return out;
  }

  static Query all_words(const std::string& prefix, const WordPlaces& places) {
    std::vector<Query> all;
    for (const auto& words : places) {
      std::vector<Query> terms;
      for (const std::string& word : words) terms.emplace_back(prefix + word);
      all.emplace_back(Query::OP_OR, terms.begin(), terms.end());
    }
    return Query(Query::OP_AND, all.begin(), all.end());
  }

  Query near(const Node& node, Sign sign) {
    const std::string prefix = prefix_of(node.children.front());
    WordPlaces places;
    std::vector<Query> phrases;
    for (const Node& child : node.children) {
      const std::vector<Form> found = forms(child.text);
      const bool exact = child.kind == NodeKind::phrase || found.size() > 1;
      if (exact) phrases.push_back(words(child, sign, Exact::yes));
      for (const Form& form : found) {
        const auto alike = exact ? std::vector<std::string>{form.folded} : same_stem(prefix, form);
        places.push_back(alike);
        if (!exact) seek(child, sign, {{{alike.begin(), alike.end()}, {}, {}}});
      }
    }
    if (places.empty()) return Query::MatchNothing;
    if (!has_positions(node.children.front())) return all_words(prefix, places);
    phrases.push_back(
        near_each_other(places, static_cast<std::uint32_t>(node.distance) + 1, row_named(node.children.front().field)));
    return Query(Query::OP_AND, phrases.begin(), phrases.end());
  }

  // --- wildcards ------------------------------------------------------------------------------------------------------

  Query wildcard(const Node& node, Sign sign) {
    const Row* row = row_named(node.field);
    const bool whole_value = row && row->match == Match::value;
    const std::string prefix = prefix_of(node) + (whole_value ? ":" : "");
    const std::string pattern = folded_pattern(node.text);
    const std::string beginning = pattern.substr(0, pattern.find('*'));
    const std::size_t limit = std::min(options_.max_expansion, kExpansionLimit - expanded_);
    const auto accept = [&](std::string_view word) { return fits(word, pattern); };
    const DictionaryScan found = scan(database_, prefix, beginning, accept, limit, budget_);
    expanded_ += found.words.size();
    tell_caps(node, found);
    std::vector<Query> terms;
    Sought::Forms sought;
    for (const DictionaryWord& word : found.words) {
      terms.emplace_back(prefix + word.word);
    }
    if (whole_value)
      return terms.empty() ? Query(Query::MatchNothing) : unweighted(Query(Query::OP_OR, terms.begin(), terms.end()));
    sought.pattern = pattern;
    seek(node, sign, {std::move(sought)});
    if (terms.empty()) return Query::MatchNothing;
    return Query(Query::OP_SYNONYM, terms.begin(), terms.end());
  }

  void tell_caps(const Node& node, const DictionaryScan& found) {
    const std::string text = printable(node.text);
    if (found.words.size() < found.all || (!found.whole && !found.words.empty())) {
      tell("wildcard", fmt::format("“{}” stands for the {} most frequent of {}{} words.", text, found.words.size(),
                                   found.whole ? "" : "more than ", found.all));
    } else if (!found.whole) {
      tell("wildcard", fmt::format("“{}” would stand for too many words: write more of its beginning.", text));
    }
  }

  // --- other names ----------------------------------------------------------------------------------------------------

  std::vector<Label> names_of(std::string_view field, const std::string& text) const {
    if (!options_.other_names) return {};
    std::vector<Label> out = options_.other_names(field, text);
    if (out.size() > kMaxNames) out.resize(kMaxNames);
    return out;
  }

  // A name of several words is a phrase in any form: "heat wave" also finds heat waves.
  Query in_any_form(const Node& node, Sign sign) {
    const std::vector<Form> found = forms(node.text);
    const Row* row = row_named(node.field);
    const bool whole =
        found.size() < 2 || found.size() > kMaxNameWords || (row && row->stems == Stems::no) || !has_positions(node);
    if (whole) return words(node, sign, Exact::no);
    const std::string prefix = prefix_of(node);
    WordPlaces places;
    std::vector<Sought::Forms> sought;
    for (const Form& form : found) {
      const auto [known, fresh] = same_stem_.try_emplace(prefix + form.folded);
      if (fresh) known->second = same_stem(prefix, form);
      places.push_back(known->second);
      sought.push_back({{known->second.begin(), known->second.end()}, {}, {}});
    }
    seek(node, sign, std::move(sought));
    return in_order(places, row);
  }

  Query name_query(const Node& node, const Label& label, Sign sign) {
    Node one = node;
    one.kind = NodeKind::word;
    one.text = label.text;
    return in_any_form(one, sign);
  }

  std::vector<Query> name_queries(const Node& node, const std::vector<Label>& names, Sign sign) {
    std::vector<Query> out;
    for (const Label& label : names) {
      Query one = name_query(node, label, sign);
      if (!one.empty()) out.push_back(std::move(one));
    }
    return out;
  }

  // Added up: Xapian cannot weigh what is looked for by its places as one word (OP_SYNONYM), nor take the best below OP_OR.
  static Query any_name(const std::vector<Query>& names) { return Query(Query::OP_OR, names.begin(), names.end()); }

  // partner:unu-ehs also stands for "United Nations University Institute for Environment and Human Security".
  Query under_each_name(const Node& node, Sign sign) {
    Query own = words(node, sign, node.kind == NodeKind::phrase ? Exact::yes : Exact::no);
    if (node.field.empty() || !bib::authority_kind_named(node.field)) return own;
    std::vector<Query> all = name_queries(node, names_of(node.field, node.text), sign);
    if (all.empty()) return own;
    all.push_back(std::move(own));
    return any_name(all);
  }

  Query synonym(const Node& node, Sign sign) {
    const std::vector<Label> names = names_of("concept", node.text);
    Node own = node;
    own.kind = NodeKind::word;
    if (node.field == "concept") own.field.clear();
    Query itself = in_any_form(own, sign);
    if (names.empty()) {
      tell("synonym", fmt::format("The thesaurus has no “{}”: it was searched for as it stands.", printable(node.text)));
      return itself;
    }
    tell_names(node, names);
    std::vector<Query> others = name_queries(own, names, sign);
    if (node.field == "concept") {
      others.push_back(std::move(itself));
      return concept_named(node.text, any_name(others));
    }
    return Query(Query::OP_OR, itself, Query(Query::OP_SCALE_WEIGHT, any_name(others), options_.weights.synonym));
  }

  // Documents know which concepts they name; the names only rank them.
  Query concept_named(const std::string& text, Query names) const {
    const std::vector<std::string> ids = options_.concepts ? options_.concepts(text) : std::vector<std::string>{};
    std::vector<Query> terms;
    for (const std::string& id : ids) terms.emplace_back(value_term(*row_named("concept"), id));
    if (terms.empty()) return names;
    return Query(Query::OP_AND_MAYBE, unweighted(Query(Query::OP_OR, terms.begin(), terms.end())), names);
  }

  void tell_names(const Node& node, const std::vector<Label>& names) {
    constexpr std::size_t kTold = 8;
    std::vector<std::string> told;
    for (std::size_t i = 0; i < std::min(names.size(), kTold); ++i) told.push_back(names[i].text);
    const std::string more = names.size() > kTold ? fmt::format(" and {} more", names.size() - kTold) : "";
    tell("synonyms", fmt::format("“{}” also stands for: {}{}.", printable(node.text), fmt::join(told, ", "), more));
  }

  // --- values ---------------------------------------------------------------------------------------------------------

  Query value(const Node& node) const {
    const Row* row = row_named(node.field);
    return row ? unweighted(Query(value_term(*row, node.text))) : Query(Query::MatchNothing);
  }

  static Query between(Slot slot, double from, double to) {
    return unweighted(Query(Query::OP_VALUE_RANGE, static_cast<Xapian::valueno>(slot), Xapian::sortable_serialise(from),
                            Xapian::sortable_serialise(to)));
  }

  Query range(const Node& node) const {
    const Row* row = row_named(node.field);
    const auto from = day_of(node.text), to = day_of(node.to);
    if (!row || (row->match != Match::year && row->match != Match::date)) return Query::MatchNothing;
    if (row->match == Match::date)
      return between(row->slot, from ? first_within(*from) : kFirstDay, to ? last_within(*to) : kLastDay);
    if (node.text == node.to) return unweighted(Query(value_term(*row, node.text)));
    return between(row->slot, from ? from->year : kFirstYear, to ? to->year : kLastYear);
  }

  Query period(const Node& node) const {
    const Days days = resolved(node.text, options_.today);
    return between(Slot::date, first_within(days.from), last_within(days.to));
  }

  const CompileOptions& options_;
  const Xapian::Database& database_;
  Analyser& analyser_;
  Compiled out_;
  Beside beside_ = Beside::all;
  std::size_t budget_ = kScanLimit;
  std::size_t expanded_ = 0;
  std::map<std::string, std::vector<std::string>> same_stem_;  // by prefix and word
};

}  // namespace

Compiled compile(const Node& node, const CompileOptions& options, const Xapian::Database& database, Analyser& analyser) {
  return Compiler(options, database, analyser).run(node);
}

std::string describe(const Compiled& compiled) { return compiled.query->get_description(); }

}  // namespace colophon::indexer::query
