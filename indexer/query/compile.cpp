// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/query/compile.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "indexer/query/stop_words.hpp"
#include "indexer/schema.hpp"

#include <fmt/format.h>
#include <xapian.h>

namespace colophon::indexer::query {
namespace {

using Xapian::Query;
constexpr double kRawWeight = 0.5;  // beside the stem's 1: exact forms stand above (research: 0.3 to 0.5)
constexpr double kStopWeight = 0.125;
constexpr std::size_t kScanLimit = 50'000;  // words looked at for one wildcard
constexpr double kFirstYear = -100'000, kLastYear = 100'000;

struct Form {
  std::string folded, accented;
};

class Compiler {
 public:
  Compiler(const CompileOptions& options, const Xapian::Database& database, Analyser& analyser)
      : options_(options), database_(database), analyser_(analyser) {}

  Compiled run(const Node& node) {
    Query query = compile(node, Sign::positive);
    out_.query = std::make_shared<Query>(std::move(query));
    return std::move(out_);
  }

 private:
  enum class Sign { positive, negative };

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
      case NodeKind::none_of:
        return Query(Query::OP_AND_NOT, unweighted(Query::MatchAll), compile(node.children.front(), negated(sign)));
      case NodeKind::word: return words(node, sign, Exact::no);
      case NodeKind::phrase: return words(node, sign, Exact::yes);
      case NodeKind::prefix: return wildcard(node, sign);
      case NodeKind::value: return value(node);
      case NodeKind::range: return range(node);
    }
    return Query::MatchNothing;
  }

  static Sign negated(Sign sign) { return sign == Sign::positive ? Sign::negative : Sign::positive; }

  Query all_of(const Node& node, Sign sign) {
    std::vector<Query> needed, common, unwanted;
    for (const Node& child : node.children) {
      if (child.kind == NodeKind::none_of) unwanted.push_back(compile(child.children.front(), negated(sign)));
      else if (is_common(child)) common.push_back(compile(child, sign));
      else needed.push_back(compile(child, sign));
    }
    if (needed.empty()) std::swap(needed, common);
    Query out = needed.empty() ? unweighted(Query::MatchAll) : Query(Query::OP_AND, needed.begin(), needed.end());
    if (!common.empty()) {
      const Query bonus(Query::OP_SCALE_WEIGHT, Query(Query::OP_OR, common.begin(), common.end()), kStopWeight);
      out = Query(Query::OP_AND_MAYBE, out, bonus);
    }
    if (!unwanted.empty()) out = Query(Query::OP_AND_NOT, out, Query(Query::OP_OR, unwanted.begin(), unwanted.end()));
    return out;
  }

  bool is_common(const Node& node) const {
    return node.kind == NodeKind::word && node.field.empty() && is_stop_word(fold(node.text));
  }

  Query any_of(const Node& node, Sign sign) {
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

  std::set<std::string, std::less<>> stems(const Form& form) const {
    std::set<std::string, std::less<>> out;
    for (const std::string& language : options_.languages) {
      const auto [first, second] = analyser_.stems(language, form.folded, form.accented);
      if (!first.empty()) out.emplace(first);
      if (!second.empty()) out.emplace(second);
    }
    return out;
  }

  void seek(const Node& node, Sign sign, std::vector<Sought::Forms> words) {
    out_.ranked = true;
    if (sign == Sign::positive) out_.sought.push_back({std::move(words), prefix_of(node)});
  }

  enum class Exact { no, yes };

  Query words(const Node& node, Sign sign, Exact exact) {
    const std::vector<Form> found = forms(node.text);
    if (found.empty()) return Query::MatchNothing;
    if (found.size() == 1 && exact == Exact::no) return one_word(node, sign, found.front());
    std::vector<Query> terms;
    std::vector<Sought::Forms> sought;
    for (const Form& form : found) {
      terms.emplace_back(prefix_of(node) + form.folded);
      sought.push_back({{form.folded}, {}, {}});
    }
    seek(node, sign, std::move(sought));
    return terms.size() == 1 ? terms.front()
                             : Query(Query::OP_PHRASE, terms.begin(), terms.end(), static_cast<Xapian::termcount>(terms.size()));
  }

  Query one_word(const Node& node, Sign sign, const Form& form) {
    const std::string prefix = prefix_of(node);
    const Row* row = row_named(node.field);
    const bool stemmed = !row || row->stems == Stems::yes;
    auto stems_of_it = stemmed ? stems(form) : std::set<std::string, std::less<>>{};
    Query raw(prefix + form.folded);
    if (!form.accented.empty()) raw = Query(Query::OP_OR, raw, Query(prefix + form.accented));
    std::vector<Query> terms;
    for (const std::string& stem : stems_of_it) terms.emplace_back(std::string(kStemPrefix) + prefix + stem);
    seek(node, sign, {{{form.folded}, std::move(stems_of_it), {}}});
    if (terms.empty()) return raw;
    const Query best = terms.size() == 1 ? terms.front() : Query(Query::OP_MAX, terms.begin(), terms.end());
    return Query(Query::OP_OR, best, Query(Query::OP_SCALE_WEIGHT, raw, kRawWeight));
  }

  // The most frequent words with this beginning, and how many there are.
  std::vector<std::string> expansions(const std::string& beginning, std::size_t& all) const {
    std::vector<std::pair<Xapian::doccount, std::string>> found;
    const auto end = database_.allterms_end(beginning);
    for (auto term = database_.allterms_begin(beginning); term != end && found.size() < kScanLimit; ++term)
      found.emplace_back(term.get_termfreq(), *term);
    all = found.size();
    std::ranges::sort(found,
                      [](const auto& a, const auto& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
    std::vector<std::string> out;
    for (std::size_t i = 0; i < std::min(all, options_.max_expansion); ++i) out.push_back(std::move(found[i].second));
    return out;
  }

  Query wildcard(const Node& node, Sign sign) {
    const std::vector<Form> found = forms(node.text);
    if (found.empty()) return Query::MatchNothing;
    const std::string& beginning = found.back().folded;
    std::size_t all = 0;
    const auto terms = expansions(prefix_of(node) + beginning, all);
    if (all > terms.size()) {
      out_.notes.push_back({"wildcard", fmt::format("“{}*” stands for the {} most frequent of {}{} words.", printable(node.text),
                                                    terms.size(), all == kScanLimit ? "more than " : "", all)});
    }
    Sought::Forms sought;
    sought.beginning = beginning;
    seek(node, sign, {std::move(sought)});
    if (terms.empty()) return Query::MatchNothing;
    return Query(Query::OP_SYNONYM, terms.begin(), terms.end());
  }

  Query value(const Node& node) const {
    const Row* row = row_named(node.field);
    return row ? unweighted(Query(value_term(*row, node.text))) : Query(Query::MatchNothing);
  }

  static double bound(const std::string& text, double otherwise) {
    double out = 0;
    for (const char c : text) {
      if (!is_ascii_digit(c) && c != '-') return otherwise;
      if (c != '-') out = out * 10 + (c - '0');
    }
    return text.empty() ? otherwise : text.front() == '-' ? -out : out;
  }

  Query range(const Node& node) const {
    const Row* row = row_named(node.field);
    if (!row || row->match != Match::year) return Query::MatchNothing;
    if (node.text == node.to) return unweighted(Query(value_term(*row, node.text)));
    return unweighted(Query(Query::OP_VALUE_RANGE, static_cast<Xapian::valueno>(row->slot),
                            Xapian::sortable_serialise(bound(node.text, kFirstYear)),
                            Xapian::sortable_serialise(bound(node.to, kLastYear))));
  }

  const CompileOptions& options_;
  const Xapian::Database& database_;
  Analyser& analyser_;
  Compiled out_;
};

}  // namespace

Compiled compile(const Node& node, const CompileOptions& options, const Xapian::Database& database, Analyser& analyser) {
  return Compiler(options, database, analyser).run(node);
}

std::string describe(const Compiled& compiled) { return compiled.query->get_description(); }

}  // namespace colophon::indexer::query
