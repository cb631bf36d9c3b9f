// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/concepts.hpp"

#include <array>
#include <mutex>
#include <unordered_map>

#include "indexer/analyser.hpp"

namespace colophon::indexer {
namespace {

constexpr std::size_t kTongues = 16;  // more than there are stemmers

// What a word is known by, as one language has it: its stems, of the form with its marks and of that without; a number as it stands.
std::pair<std::string_view, std::string_view> keys_in(Lexicon& lexicon, std::uint8_t tongue, Lexicon::Number word) {
  const Lexicon::Forms forms = lexicon.forms(word);
  const Lexicon::Stems stems = lexicon.stems(tongue, forms);
  if (stems.first == Lexicon::kNone) return {lexicon.text(forms.folded), {}};
  return {lexicon.text(stems.first), lexicon.text(stems.second)};
}

}  // namespace

// A tree of the labels' words; node 0 is its root, key 0 is no word of any label.
struct ConceptFinder::Labels {
  std::unordered_map<std::string, std::uint32_t> keys;
  std::unordered_map<std::uint64_t, std::uint32_t> next;  // by node and key
  std::vector<std::vector<std::uint32_t>> concepts{{}};   // by the node where their label ends

  static std::uint64_t step(std::uint32_t node, std::uint32_t key) { return std::uint64_t{node} << 32 | key; }
  std::uint32_t key(std::string_view word) const {
    const auto found = keys.find(std::string(word));
    return found == keys.end() ? 0 : found->second;
  }

  void add(const std::vector<std::string_view>& words, std::uint32_t meant) {
    std::uint32_t node = 0;
    for (const std::string_view word : words) {
      const std::uint32_t key = keys.try_emplace(std::string(word), static_cast<std::uint32_t>(keys.size() + 1)).first->second;
      const auto [at, fresh] = next.try_emplace(step(node, key), static_cast<std::uint32_t>(concepts.size()));
      if (fresh) concepts.emplace_back();
      node = at->second;
    }
    if (node != 0) concepts[node].push_back(meant);
  }
};

struct ConceptFinder::Impl {
  std::shared_ptr<const Thesaurus> thesaurus;
  std::mutex mutex;
  std::array<std::unique_ptr<const Labels>, kTongues> labels;
};

ConceptFinder::ConceptFinder(std::shared_ptr<const Thesaurus> thesaurus) : impl_(std::make_unique<Impl>()) {
  impl_->thesaurus = std::move(thesaurus);
}
ConceptFinder::~ConceptFinder() = default;

const ConceptFinder::Labels& ConceptFinder::labels(std::uint8_t tongue) const {
  const std::lock_guard lock(impl_->mutex);
  std::unique_ptr<const Labels>& one = impl_->labels[tongue];
  if (one) return *one;
  auto made = std::make_unique<Labels>();
  Analyser analyser;
  const Analyser::Numbering numbering(analyser);
  impl_->thesaurus->each_label([&](std::size_t meant, const std::string& label) {
    std::vector<std::string_view> marked, plain;  // labels are also written without their marks
    analyser.tokens(clean(label), [&](const Token& token) {
      if (token.word == Lexicon::kNone) return;
      const auto [first, second] = keys_in(numbering.lexicon(), tongue, token.word);
      marked.push_back(first), plain.push_back(second.empty() ? first : second);
    });
    made->add(marked, static_cast<std::uint32_t>(meant));
    if (plain != marked) made->add(plain, static_cast<std::uint32_t>(meant));
  });
  one = std::move(made);
  return *one;
}

const ConceptSearch::Keys& ConceptSearch::keys_of(Lexicon::Number word) {
  if (keys_.size() <= tongue_) keys_.resize(tongue_ + std::size_t{1});
  std::vector<Keys>& known = keys_[tongue_];
  if (known.size() <= word) known.resize(word + std::size_t{1});
  if (!known[word].known) {
    const auto [first, second] = keys_in(lexicon_, tongue_, word);
    known[word] = {labels_->key(first), second.empty() ? 0 : labels_->key(second), true};
  }
  return known[word];
}

void ConceptSearch::begin(std::uint8_t tongue) {
  look();
  tongue_ = tongue;
  labels_ = &finder_.labels(tongue);
}

void ConceptSearch::add(Lexicon::Number word) { text_.push_back(keys_of(word)); }

void ConceptSearch::walk(std::uint32_t node, std::size_t at) {
  for (const std::uint32_t meant : labels_->concepts[node]) {
    if (named_.size() <= meant) named_.resize(meant + std::size_t{1});
    named_[meant] = 1;
  }
  if (at == text_.size()) return;
  for (const std::uint32_t key : {text_[at].first, text_[at].second}) {
    if (key == 0) continue;
    const auto found = labels_->next.find(ConceptFinder::Labels::step(node, key));
    if (found != labels_->next.end()) walk(found->second, at + 1);
  }
}

void ConceptSearch::look() {
  for (std::size_t at = 0; at < text_.size(); ++at) {
    if (text_[at].first != 0 || text_[at].second != 0) walk(0, at);
  }
  text_.clear();
}

std::vector<std::string> ConceptSearch::found() {
  look();
  std::vector<std::size_t> named;
  for (std::size_t i = 0; i < named_.size(); ++i) {
    if (named_[i]) named.push_back(i);
  }
  return finder_.impl_->thesaurus->with_broader(std::move(named));
}

}  // namespace colophon::indexer
