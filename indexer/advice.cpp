// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/advice.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "indexer/query/stop_words.hpp"
#include "indexer/schema.hpp"
#include "indexer/spelling.hpp"
#include "indexer/terms.hpp"

#include <xapian.h>

namespace colophon::indexer {
namespace {

using query::Node;
using query::NodeKind;
constexpr std::size_t kGain = 10;
constexpr std::size_t kMaxWords = 8;  // looked up for spelling
constexpr std::size_t kMaxParts = 10;
constexpr std::size_t kMaxAdvice = 4;
constexpr std::size_t kShortestHalf = 3;

class Adviser {
 public:
  explicit Adviser(const AdviceSource& source) : source_(source) {}

  AdviceList run(const Node& root, std::size_t found) {
    spelling(root, found);
    if (found == 0) {
      parts(root);
      wider(root);
      if (out_.advice.empty()) either(root);
    }
    return std::move(out_);
  }

 private:
  void propose(Advice::Kind kind, const Node& node, const Node& about, std::size_t more_than = 0) {
    if (out_.advice.size() >= kMaxAdvice) return;
    Advice made{kind, query::to_query(node), query::to_query(about), source_.count(node)};
    const bool known = std::ranges::find(out_.advice, made.query, &Advice::query) != out_.advice.end();
    if (made.works > more_than && !known) out_.advice.push_back(std::move(made));
  }

  // --- spelling -------------------------------------------------------------------------------------------------------

  std::string prefix_of(const Node& node) const {
    const Row* row = row_named(node.field);
    return row ? std::string(row->prefix) : std::string();
  }

  // Works with the word in any form.
  std::size_t works_with(const std::string& prefix, const std::string& folded) const {
    std::size_t out = source_.database.get_termfreq(prefix + folded);
    for (const std::string& language : source_.languages) {
      const auto [first, second] = source_.analyser.stems(language, folded, {});
      for (const std::string_view stem : {first, second}) {
        if (!stem.empty())
          out = std::max<std::size_t>(out, source_.database.get_termfreq(std::string(kStemPrefix) + prefix + std::string(stem)));
      }
    }
    return out;
  }

  // "heatisland": two words that stand side by side somewhere.
  std::optional<Node> parted(const Node& node, const std::string& folded) const {
    std::optional<Node> best;
    std::size_t most = 0;
    for (std::size_t at = kShortestHalf; at + kShortestHalf <= folded.size(); ++at) {
      const std::string first = folded.substr(0, at), second = folded.substr(at);
      if (source_.database.get_termfreq(first) == 0 || source_.database.get_termfreq(second) == 0) continue;
      Node phrase{NodeKind::phrase, node.field, first + " " + second, {}, {}};
      if (const std::size_t works = source_.count(phrase); works > most) most = works, best = std::move(phrase);
    }
    return best;
  }

  std::optional<Node> corrected(const Node& word) {
    const std::string folded = fold(word.text);
    const Row* row = row_named(word.field);
    const bool plain = !row || row->match == Match::words || row->match == Match::both;
    if (!plain || query::is_stop_word(folded) || ++looked_up_ > kMaxWords) return std::nullopt;
    const std::string prefix = prefix_of(word);
    const std::size_t now = works_with(prefix, folded);
    std::optional<Node> two;
    if (now == 0 && word.field.empty()) two = parted(word, folded);
    for (const NearWord& near : near_words(source_.database, prefix, folded)) {
      if (two && near.distance > 1) break;  // a missing blank is one slip
      Node out = word;
      out.text = near.word;
      if (near.works >= std::max<std::size_t>(1, kGain * now)) return out;
    }
    return two;
  }

  bool correct(Node& node) {
    if (node.kind == NodeKind::none_of) return false;
    if (node.kind == NodeKind::word) {
      std::optional<Node> made = corrected(node);
      if (!made) return false;
      changed_.push_back(std::exchange(node, std::move(*made)));
      return true;
    }
    bool any = false;
    for (Node& child : node.children) any = correct(child) || any;
    return any;
  }

  void spelling(const Node& root, std::size_t found) {
    Node made = root;
    if (correct(made)) propose(Advice::Kind::spelling, made, changed_.front(), found);
  }

  // --- nothing found --------------------------------------------------------------------------------------------------

  void parts(const Node& root) {
    if (root.kind != NodeKind::all_of || root.children.size() > kMaxParts) {
      if (root.kind != NodeKind::everything && root.children.empty()) out_.nowhere.push_back(query::to_query(root));
      return;
    }
    std::vector<Advice> found;
    for (std::size_t i = 0; i < root.children.size(); ++i) {
      const Node& part = root.children[i];
      if (part.kind != NodeKind::none_of && source_.count(part) == 0) out_.nowhere.push_back(query::to_query(part));
      Node rest = root;
      rest.children.erase(rest.children.begin() + static_cast<std::ptrdiff_t>(i));
      if (rest.children.size() == 1) rest = Node(rest.children.front());
      found.push_back({Advice::Kind::without, query::to_query(rest), query::to_query(part), source_.count(rest)});
    }
    std::ranges::stable_sort(found, std::greater<>(), &Advice::works);
    for (Advice& one : found) {
      if (one.works > 0 && out_.advice.size() < kMaxAdvice) out_.advice.push_back(std::move(one));
    }
  }

  // A phrase as its words, what is close together anywhere, a field's words in all of the text.
  static bool widen(Node& node) {
    if (node.kind == NodeKind::near) return node.kind = NodeKind::all_of, true;
    if (node.kind == NodeKind::phrase && words(node.text).size() > 1) {
      Node all{NodeKind::all_of, {}, {}, {}, {}};
      for (const Word& word : words(node.text))
        all.children.push_back({NodeKind::word, node.field, node.text.substr(word.begin, word.end - word.begin), {}, {}});
      return node = std::move(all), true;
    }
    const bool words_of_field = !node.field.empty() && (node.kind == NodeKind::word || node.kind == NodeKind::wildcard);
    if (words_of_field) return node.field.clear(), true;
    if (node.kind != NodeKind::all_of) return false;
    bool any = false;
    for (Node& child : node.children) any = widen(child) || any;
    return any;
  }

  void wider(const Node& root) {
    Node made = root;
    if (widen(made)) propose(Advice::Kind::wider, made, root);
  }

  void either(const Node& root) {
    if (root.kind != NodeKind::all_of) return;
    Node made{NodeKind::any_of, {}, {}, {}, {}};
    for (const Node& child : root.children) {
      if (child.kind != NodeKind::none_of) made.children.push_back(child);
    }
    if (made.children.size() > 1) propose(Advice::Kind::either, made, root);
  }

  const AdviceSource& source_;
  AdviceList out_;
  std::vector<Node> changed_;
  std::size_t looked_up_ = 0;
};

constexpr std::array<std::string_view, 4> kNames = {"spelling", "without", "wider", "either"};

}  // namespace

std::string_view name(Advice::Kind kind) { return kNames[static_cast<std::size_t>(kind)]; }

AdviceList advise(const query::Node& root, std::size_t found, const AdviceSource& source) {
  return Adviser(source).run(root, found);
}

Json to_json(const AdviceList& list) {
  Json nowhere = Json::array(), advice = Json::array();
  for (const std::string& part : list.nowhere) nowhere.push(part);
  for (const Advice& one : list.advice)
    advice.push(Json::object({{"kind", name(one.kind)}, {"query", one.query}, {"about", one.about}, {"works", one.works}}));
  return Json::object().set_if("nowhere", std::move(nowhere)).set_if("advice", std::move(advice));
}

}  // namespace colophon::indexer
