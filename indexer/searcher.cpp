// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/searcher.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/clock.hpp"
#include "base/text.hpp"
#include "indexer/best_of_any.hpp"
#include "indexer/classes.hpp"
#include "indexer/facets.hpp"
#include "indexer/families.hpp"
#include "indexer/family.hpp"
#include "indexer/feedback.hpp"
#include "indexer/hits.hpp"
#include "indexer/hosted.hpp"
#include "indexer/matches.hpp"
#include "indexer/priors.hpp"
#include "indexer/profile.hpp"
#include "indexer/query/compile.hpp"
#include "indexer/query/parser.hpp"
#include "indexer/query/without.hpp"
#include "indexer/ranking.hpp"
#include "indexer/reader.hpp"
#include "indexer/schema.hpp"
#include "indexer/slot_values.hpp"
#include "indexer/weighting.hpp"

#include <fmt/format.h>
#include <xapian.h>

namespace colophon::indexer {
namespace {

using Xapian::Query;
constexpr std::size_t kMaxLimit = 1000;
constexpr std::size_t kMaxOffset = 1'000'000;
constexpr std::size_t kAdviceCount = 1000;
constexpr std::size_t kDictionaryLimit = 50'000;
constexpr std::size_t kReadForTotal = 200'000;  // postings: two thousandths of a second
constexpr double kFeedbackWeight = 0.3;
const std::string kLast = "\xff\xff";

constexpr std::array<std::pair<Sort, std::string_view>, 4> kSorts = {
    {{Sort::relevance, "relevance"}, {Sort::newest, "newest"}, {Sort::oldest, "oldest"}, {Sort::title, "title"}}};

constexpr Xapian::valueno number(Slot slot) { return static_cast<Xapian::valueno>(slot); }

Query filter_query(const Filter& filter) {
  const Row* row = row_named(filter.name);
  if (!row) return Query::MatchNothing;
  std::vector<Query> terms;
  for (const std::string& value : filter.values) terms.emplace_back(value_term(*row, value));
  return Query(Query::OP_OR, terms.begin(), terms.end());
}

bool asks_for(const query::Node& node, std::string_view field) {
  return node.field == field || std::ranges::any_of(node.children, [&](const auto& child) { return asks_for(child, field); });
}

// Equal keys are parted by the work's id, never by document number: a rebuilt index answers like an incrementally kept one.
std::unique_ptr<Xapian::MultiValueKeyMaker> key_maker(Sort sort) {
  auto out = std::make_unique<Xapian::MultiValueKeyMaker>();
  if (sort == Sort::newest) out->add_value(number(Slot::date), true);
  if (sort == Sort::oldest) out->add_value(number(Slot::date), false, kLast);
  if (sort == Sort::title) out->add_value(number(Slot::title), false, kLast);
  out->add_value(number(Slot::id));
  return out;
}

// Those who may open the same indexes.
std::string circle_of(const Reader& reader) {
  std::string out;
  for (const std::filesystem::path& folder : reader.folders()) out.append(folder.native()).push_back('\0');
  return out;
}

}  // namespace

std::optional<Sort> sort_named(std::string_view name) {
  const auto found = std::ranges::find(kSorts, name, &std::pair<Sort, std::string_view>::second);
  return found == kSorts.end() ? std::nullopt : std::optional(found->first);
}
std::string_view name(Sort sort) { return std::ranges::find(kSorts, sort, &std::pair<Sort, std::string_view>::first)->second; }

struct Searcher::Impl {
  explicit Impl(Reader opened) : reader(std::move(opened)), borrowed(circle_of(reader)) {}
  Reader reader;
  BorrowedAnalyser borrowed;
  Analyser& analyser = *borrowed;
  Families families;                    // as of the commit that is read, where a search needs them
  std::optional<KeptSlot> word_places;  // of that commit, as far as the search has read them

  const Xapian::Database& all() const { return reader.database(); }

  // What one search goes by.
  struct Plan {
    const SearchRequest& request;
    std::vector<std::string> languages;
    query::Compiled compiled;
    Query query;
    Query counted;  // for facets
    Sort sort;
    bool collapses = false;
    Priors priors = Priors::off;
    std::string title = {};                 // that the whole query would be, as the index keeps titles
    std::optional<std::size_t> total = {};  // when it is known, or told without the first stage's looking beyond its best
  };

  // The best matches of the first stage, and the places among them of those that are shown or ranked again.
  struct Matched {
    ScoredMatches found;
    std::vector<std::size_t> places;
    std::size_t distinct = 0;  // works found while looking for them, one beyond the window at most
  };

  // A facet's counts are of the matches that its own filters do not touch.
  enum class For { hits, facets };
  Query restricted(Query query, const SearchRequest& request, For purpose) const {
    if (request.changed_after > 0) {
      const std::string first = Xapian::sortable_serialise(static_cast<double>(request.changed_after) + 1);
      query = Query(Query::OP_FILTER, query, Query(Query::OP_VALUE_GE, number(Slot::change), first));
    }
    for (const Filter& filter : request.filters) {
      if (purpose == For::facets && FacetCounter::holds(filter, request.facets)) continue;
      query = Query(Query::OP_FILTER, query, filter_query(filter));
    }
    return without_twins(query, reader.classes());
  }

  // Works like a given one, which is not among them; whatever else is asked for must hold, too.
  Query like(const std::string& id, const query::Compiled& compiled) const {
    const std::string term = std::string(kIdPrefix) + id;
    const auto at = all().postlist_begin(term);
    if (at == all().postlist_end(term)) return Query::MatchNothing;
    Query out(Query::OP_AND_NOT, query_of(profile_of(all(), *at), all()), Query(term));
    return Query(Query::OP_FILTER, out, *compiled.query);
  }

  static query::CompileOptions options_of(const SearchRequest& request,
                                          const std::vector<std::string>& languages,
                                          query::Insist insist = query::Insist::all) {
    query::CompileOptions out;
    out.insist = insist;
    out.languages = languages;
    out.other_names = request.other_names;
    out.concepts = request.concepts;
    out.weights = request.weights;
    out.today = query::day_of(request.today).value_or(*query::day_of(date_in_zone(SystemClock().now(), "UTC")));
    return out;
  }

  Plan plan(const SearchRequest& request, const query::Node& node, query::Insist insist = query::Insist::all) {
    Plan out{request, languages_in(all()), {}, {}, {}, request.sort};
    out.compiled = query::compile(families.spelt_out(node), options_of(request, out.languages, insist), all(), analyser);
    const Query asked = request.like.empty() ? *out.compiled.query : like(request.like, out.compiled);
    out.query = restricted(asked, request, For::hits);
    if (!request.facets.empty()) out.counted = restricted(asked, request, For::facets);
    if (out.sort == Sort::relevance && !out.compiled.ranked && request.like.empty()) out.sort = Sort::newest;
    out.collapses = request.collapse && !asks_for(node, "family");
    if (request.like.empty()) out.priors = priors_for(node), out.title = title_key(query::to_query(node));
    return out;
  }

  // --- broadening -----------------------------------------------------------------------------------------------------

  // With the fields, years and exclusions of the query.
  static query::Node holding(query::Node any, const query::Node& root) {
    query::Node out{query::NodeKind::all_of, {}, {}, {}, {std::move(any)}};
    for (const query::Node& child : root.children) {
      const bool holds = child.kind == query::NodeKind::none_of || !child.field.empty();
      if (root.kind == query::NodeKind::all_of && holds) out.children.push_back(child);
    }
    return out;
  }

  // What the first hits speak of is asked for, too, at less weight.
  void broaden(Plan& plan, const query::Node& root) {
    const SearchRequest& request = plan.request;
    if (!request.broaden || plan.sort != Sort::relevance || !plan.compiled.ranked || !request.like.empty()) return;
    const std::vector<std::string> words = feedback(plan.query, plan.compiled.sought, all(), plan.languages, analyser);
    if (words.empty()) return;
    query::Node any{query::NodeKind::any_of, {}, {}, {}, {}};
    for (const std::string& word : words) any.children.push_back({query::NodeKind::word, {}, word, {}, {}});
    const query::Compiled more = query::compile(holding(any, root), options_of(request, plan.languages), all(), analyser);
    const Query wide(Query::OP_OR, *plan.compiled.query, Query(Query::OP_SCALE_WEIGHT, *more.query, kFeedbackWeight));
    plan.query = restricted(wide, request, For::hits);
    if (!request.facets.empty()) plan.counted = restricted(wide, request, For::facets);
    plan.compiled.notes.push_back(
        {"broadened", fmt::format("Works with words of the first hits are shown, too: {}.", fmt::join(words, ", "))});
  }

  // What is asked of the first stage: a page among the works that are ranked again needs all of them.
  struct Window {
    std::size_t offset = 0;
    std::size_t limit = 0;
    bool again = false;
  };
  static Window window_of(const Plan& plan) {
    const std::size_t offset = std::min(plan.request.offset, kMaxOffset), limit = std::min(plan.request.limit, kMaxLimit);
    if (plan.sort != Sort::relevance || offset >= kRankedAgain || limit == 0) return {offset, limit, false};
    return {0, std::max(offset + limit, kRankedAgain), true};
  }

  static int this_year(const SearchRequest& request) { return options_of(request, {}).today.year; }

  // The hits of the page: where they stand among the matches, and their scores. Tells whether the priors took part.
  std::vector<Standing> standings(const Matched& matched, Plan& plan) {
    const std::vector<Score>& matches = matched.found.best;
    const Window window = window_of(plan);
    const Weights& weights = plan.request.weights;
    std::vector<Standing> out;
    const std::size_t shown = plan.request.offset + std::min(plan.request.limit, kMaxLimit);
    if (window.again) out = ranked_again(matches, matched.places, shown, plan.compiled.sought, weights, reader, *word_places);
    if (window.again && plan.priors == Priors::on)
      plan.priors = add_priors(out, matches, plan.title, this_year(plan.request), weights, all(), reader.classes());
    for (std::size_t i = out.size(); i < matched.places.size(); ++i)
      out.push_back({matched.places[i], matches[matched.places[i]].weight});
    const std::size_t skipped = std::min(out.size(), window.again || plan.collapses ? plan.request.offset : 0);
    out.erase(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(skipped));
    if (out.size() > plan.request.limit) out.resize(plan.request.limit);
    return out;
  }

  // Of the versions of a work the first stands for all, so that matches are looked at until the window is full.
  Matched match(const Plan& plan) const {
    Matched out;
    const Window window = window_of(plan);
    if (!plan.collapses) {
      out.found = best(plan, window.offset, window.limit);
      for (std::size_t i = 0; i < out.found.best.size(); ++i) out.places.push_back(i);
      return out;
    }
    const std::size_t wanted = window.offset + window.limit;
    for (std::size_t depth = wanted + 1;; depth *= 2) {
      out.found = best(plan, 0, depth);
      out.places = first_of_families(out.found.best);
      if (out.places.size() > wanted || out.found.best.size() < depth) break;
    }
    out.distinct = out.places.size();
    if (out.places.size() > wanted) out.places.resize(wanted);
    return out;
  }

  std::vector<std::size_t> first_of_families(const std::vector<Score>& matches) const {
    std::vector<Xapian::docid> documents;
    for (const Score& one : matches) documents.push_back(one.document);
    const std::vector<std::string> ids = slot_values(Slot::family, documents, all());
    std::vector<std::size_t> out;
    std::set<std::string> seen;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      if (ids[i].empty() || seen.insert(families.name(ids[i])).second) out.push_back(i);
    }
    return out;
  }

  static void weigh_for(const Plan& plan, Xapian::Enquire& enquire) {
    if (plan.request.like.empty()) weigh(enquire);
    else enquire.set_weighting_scheme(profile_weight());
  }

  static std::function<void(Xapian::Enquire&)> weigh_for_hosts_of(const Plan& plan) {
    if (plan.request.like.empty()) return weigh_for_hosts;
    return [&plan](Xapian::Enquire& enquire) { weigh_for(plan, enquire); };
  }

  // Where hosts rank, or any of the words is enough, the matcher is not asked.
  std::optional<ScoredMatches> known_best(const Plan& plan, std::size_t wanted, std::size_t check) const {
    if (plan.sort != Sort::relevance) return std::nullopt;
    if (reader.hosts().empty()) return plan.request.like.empty() ? best_of_any(plan.query, reader, wanted, check) : std::nullopt;
    if (!can_ask_hosts(plan.query)) return std::nullopt;
    return ask_hosts(reader, plan.query, weigh_for_hosts_of(plan), wanted, check);
  }

  ScoredMatches best(const Plan& plan, std::size_t offset, std::size_t limit) const {
    const std::size_t most = all().get_doccount(), check = plan.total ? 0 : plan.request.count_limit;
    if (std::optional<ScoredMatches> known = known_best(plan, offset + limit, check)) {
      const std::size_t skipped = std::min(offset, known->best.size());
      known->best.erase(known->best.begin(), known->best.begin() + static_cast<std::ptrdiff_t>(skipped));
      return *std::move(known);
    }
    Xapian::Enquire enquire(all());
    enquire.set_query(plan.query);
    const auto keys = key_maker(plan.sort);
    if (plan.sort == Sort::relevance) {
      weigh_for(plan, enquire);
      enquire.set_sort_by_relevance_then_value(number(Slot::id), false);
    } else {
      enquire.set_weighting_scheme(Xapian::BoolWeight());
      enquire.set_sort_by_key(keys.get(), false);
    }
    return scored(enquire.get_mset(static_cast<Xapian::doccount>(offset), static_cast<Xapian::doccount>(std::min(limit, most)),
                                   static_cast<Xapian::doccount>(std::min(check, most))));
  }

  Explanation explanation(const Hit& hit, const Plan& plan, const Standing& standing) const {
    const Query& query = plan.request.like.empty() ? *plan.compiled.query : plan.query;
    Explanation out{hit.id, hit.title, explain(all(), query, hit.id, weigh)};
    if (out.parts.empty()) return out;
    const auto add = [&](std::string what, double weight, std::size_t works = 0) {
      if (weight == 0) return;
      out.parts.push_back({1, std::move(what), works, weight});
      out.parts.front().weight += weight;
    };
    add("its words near each other", standing.near);
    add("the same topics, in other words", standing.topic);
    add("works like it stand high, too", standing.company);
    add("is cited", standing.cited, standing.citations);
    add(fmt::format("how new it is: {}", standing.year), standing.recent);
    const bool off = plan.priors == Priors::off && plan.sort == Sort::relevance && plan.request.like.empty();
    if (off) out.parts.push_back({1, "citations and year do not count: the search says exactly what it seeks", 0, 0});
    return out;
  }

  AdviceList advice(const Plan& plan, const query::Node& root, std::size_t found) {
    const query::CompileOptions options = options_of(plan.request, plan.languages);
    const auto count = [&](const query::Node& node) -> std::size_t {
      Xapian::Enquire enquire(all());
      enquire.set_weighting_scheme(Xapian::BoolWeight());
      enquire.set_query(restricted(*query::compile(node, options, all(), analyser).query, plan.request, For::hits));
      return enquire.get_mset(0, 0, static_cast<Xapian::doccount>(kAdviceCount)).get_matches_estimated();
    };
    return advise(root, found, {all(), analyser, plan.languages, count});
  }

  std::vector<Hit> hits(const std::vector<Score>& matches,
                        const std::vector<Standing>& order,
                        const Plan& plan,
                        const HitPassages& source) {
    std::vector<Score> works;
    for (const Standing& one : order) works.push_back({matches[one.first].document, one.score()});
    return hits_of(works,
                   {all(), reader.classes(), plan.compiled.sought, plan.languages, analyser, *word_places,
                    plan.collapses ? &families : nullptr},
                   source);
  }

  // Works with some of the words, where `found` have what the strict plan asks for.
  std::vector<Hit> nearest(const Plan& strict, const query::Node& root, std::size_t found, const HitPassages& source) {
    SearchRequest request = strict.request;
    const std::size_t room = std::min(request.limit, kHardlyAny);
    const bool wanted = request.nearest && request.like.empty() && request.offset == 0 && found < room;
    if (!wanted || strict.sort != Sort::relevance) return {};
    request.limit = room - found;
    request.facets.clear();
    request.count_limit = 0;
    Plan wish = plan(request, root, query::Insist::some);
    if (!wish.compiled.some) return {};
    wish.query = query::without(wish.query, strict.query);
    const Matched matched = match(wish);
    return hits(matched.found.best, standings(matched, wish), wish, source);
  }

  bool is_soon_counted(const Plan& plan) const {
    std::size_t cost = 0;
    for (const Xapian::Database& index : reader.shards()) cost += std::min(Matches::cost(plan.query, index), kReadForTotal + 1);
    return plan.request.count_limit > 0 && cost <= kReadForTotal;
  }

  std::size_t count(const Plan& plan) const {
    std::size_t out = 0;
    for (const Xapian::Database& index : reader.shards()) out += Matches::of(plan.query, index).size();
    return out;
  }

  void tell_missing(ResultPage& page) const {
    const Reader::Missing missing = reader.missing();
    if (missing.shards == 0) return;
    page.partial = true;
    page.notes.insert(
        page.notes.begin(),
        {"partial", fmt::format("A part of the library cannot be searched at the moment: {} of {} shards {} not answer. "
                                "Its publications are missing here, and from the counts.",
                                missing.shards, missing.of, missing.shards == 1 ? "does" : "do")});
  }

  ResultPage page(const SearchRequest& request, const query::ParsedQuery& parsed, const HitPassages& source) {
    families = request.collapse || asks_for(parsed.root, "family") ? Families::of(reader.shards()) : Families();
    word_places.emplace(Slot::places, all());
    Plan made = plan(request, parsed.root);
    broaden(made, parsed.root);
    FacetCounter facets(request.facets, request.filters,
                        request.facets.empty() ? std::vector<const Columns*>{} : reader.columns());
    if (!facets.empty()) facets.count(reader, made.counted);
    const bool counted = facets.empty() && is_soon_counted(made);  // afterwards: few matches are all among the best
    if (!facets.empty() || counted) made.total = facets.empty() ? 0 : facets.passed();
    const Matched matched = match(made);
    if (counted) made.total = matched.found.exact ? matched.found.total : count(made);
    ResultPage out;
    out.total = made.total.value_or(matched.found.total);
    out.exact = made.total || matched.found.exact;
    const std::vector<Standing> order = standings(matched, made);
    out.hits = hits(matched.found.best, order, made, source);
    const std::size_t shown = request.offset + out.hits.size();
    out.more = shown < (made.collapses ? matched.distinct : out.total);
    out.nearest = nearest(made, parsed.root, out.total, source);
    out.facets = facets.counts();
    out.notes = parsed.notes;
    out.notes.insert(out.notes.end(), made.compiled.notes.begin(), made.compiled.notes.end());
    tell_missing(out);
    out.understood = query::to_query(parsed.root);
    out.form = query::to_text(parsed.root);
    if (request.explain && !out.hits.empty()) out.explanation = explanation(out.hits.front(), made, order.front());
    if (request.advise) out.advice = advice(made, parsed.root, out.total);
    return out;
  }
};

Searcher::Searcher(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Searcher::Searcher(Searcher&&) noexcept = default;
Searcher& Searcher::operator=(Searcher&&) noexcept = default;
Searcher::~Searcher() = default;

Result<Searcher> Searcher::open(std::span<const std::filesystem::path> dirs, const HostsOfShards& hosts) {
  TRY_ASSIGN(Reader reader, Reader::open(dirs, Content::works, hosts));
  return Searcher(std::make_unique<Impl>(std::move(reader)));
}

Result<ResultPage> Searcher::search(const SearchRequest& request, const HitPassages& passages) {
  const query::ParsedQuery parsed = request.saved ? query::ParsedQuery{*request.saved, {}} : query::parse(request.text);
  return impl_->reader.read("search the index", [&] { return impl_->page(request, parsed, passages); });
}

Result<std::vector<DictionaryWord>> Searcher::words(std::string_view field, std::string_view beginning, std::size_t limit) {
  const Row* row = row_named(field);
  const std::string prefix = row ? std::string(row->prefix) : std::string();
  const std::string folded = fold(beginning);
  return impl_->reader.read("read the index", [&] {
    std::size_t budget = kDictionaryLimit;
    return scan(impl_->all(), prefix, folded, [](std::string_view) { return true; }, limit, budget).words;
  });
}

std::uint64_t Searcher::documents() const { return impl_->all().get_doccount(); }

}  // namespace colophon::indexer
