// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/overlap/overlap.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "indexer/overlap/align.hpp"
#include "indexer/reader.hpp"
#include "indexer/schema.hpp"

#include <xapian.h>

namespace colophon::indexer {
namespace {

using Candidate = OverlapFinder::Candidate;
constexpr double kLeastWeight = 1;  // two common phrases are no finding
constexpr std::string_view kLeftOut = " … ";

struct Tally {
  std::size_t shared = 0;
  double weight = 0;
};

// One of the two texts of an alignment, its equal words marked.
struct Side {
  std::span<const bib::Passage> passages;
  std::span<const HashedWord> words;

  HitPlace place(std::size_t word) const {
    const bib::Passage& passage = passages[words[word].passage];
    return {passage.page, passage.section};
  }

  // What stands between the word before and this one, and the word itself.
  std::string piece(std::size_t word, bool first) const {
    const HashedWord& here = words[word];
    const std::string& text = passages[here.passage].text;
    if (first) return text.substr(here.begin, here.end - here.begin);
    const HashedWord& before = words[word - 1];
    if (before.passage != here.passage) return std::string(kLeftOut) + text.substr(here.begin, here.end - here.begin);
    return text.substr(before.end, here.end - before.end);
  }

  template <class IsSame>
  std::vector<SnippetPart> marked(std::size_t begin, std::size_t end, IsSame is_same) const {
    std::vector<SnippetPart> out;
    for (std::size_t word = begin; word < end; ++word) {
      const bool same = is_same(word);
      if (out.empty() || out.back().marked != same) out.push_back({"", same});
      out.back().text += piece(word, word == begin);
    }
    return out;
  }
};

SharedPassage shared(const Alignment& at, const Side& ours, const Side& theirs) {
  const auto in = [&](std::size_t Alignment::Pair::* side) {
    return [&at, side](std::size_t word) {
      const auto found = std::ranges::lower_bound(at.same, word, {}, side);
      return found != at.same.end() && (*found).*side == word;
    };
  };
  return {ours.place(at.left_begin),
          theirs.place(at.right_begin),
          ours.marked(at.left_begin, at.left_end, in(&Alignment::Pair::left)),
          theirs.marked(at.right_begin, at.right_end, in(&Alignment::Pair::right)),
          at.left_end - at.left_begin,
          at.same.size()};
}

OverlapWork compared(std::string id, const Side& ours, std::span<const bib::Passage> prose, const Analyser& analyser) {
  OverlapWork out;
  out.id = std::move(id);
  const std::vector<HashedWord> words = hashed_words(prose, analyser);
  const Side theirs{prose, words};
  std::vector<bool> covered(ours.words.size());
  for (const Alignment& at : align(ours.words, words)) {
    out.passages.push_back(shared(at, ours, theirs));
    for (const Alignment::Pair& pair : at.same) covered[pair.left] = true;
  }
  out.same = static_cast<std::size_t>(std::ranges::count(covered, true));
  out.share = ours.words.empty() ? 0 : static_cast<double>(out.same) / static_cast<double>(ours.words.size());
  return out;
}

}  // namespace

struct OverlapFinder::Impl {
  explicit Impl(Reader opened) : reader(std::move(opened)) {}
  Reader reader;
  Analyser analyser;

  // Every posting of every fingerprint that is not too common. Documents of several classes are one work.
  std::vector<Candidate> candidates(std::span<const std::string> fingerprints, const OverlapOptions& options) const {
    const Xapian::Database& database = reader.database();
    std::unordered_map<Xapian::docid, Tally> tallies;
    for (const std::string& term : fingerprints) {
      const Xapian::doccount documents = database.get_termfreq(term);
      if (documents == 0 || documents > kTooCommon) continue;
      const double weight = std::min(1.0, static_cast<double>(kCommon) / documents);
      for (auto it = database.postlist_begin(term), end = database.postlist_end(term); it != end; ++it) {
        Tally& tally = tallies[*it];
        ++tally.shared, tally.weight += weight;
      }
    }
    return heaviest(tallies, options);
  }

  std::vector<Candidate> heaviest(const std::unordered_map<Xapian::docid, Tally>& tallies, const OverlapOptions& options) const {
    std::map<std::string, Candidate> by_id;
    for (const auto& [document, tally] : tallies) {
      if (tally.shared < kLeastShared || tally.weight < kLeastWeight) continue;
      std::string id = reader.database().get_document(document).get_value(static_cast<Xapian::valueno>(Slot::id));
      if (std::ranges::find(options.less, id) != options.less.end()) continue;
      Candidate& known = by_id[id];
      if (tally.weight > known.weight) known = {std::move(id), tally.shared, tally.weight};
    }
    std::vector<Candidate> out;
    for (auto& [id, candidate] : by_id) out.push_back(std::move(candidate));
    std::ranges::stable_sort(out, std::greater<>(), &Candidate::weight);
    if (out.size() > options.limit) out.resize(options.limit);
    return out;
  }
};

OverlapFinder::OverlapFinder(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
OverlapFinder::OverlapFinder(OverlapFinder&&) noexcept = default;
OverlapFinder& OverlapFinder::operator=(OverlapFinder&&) noexcept = default;
OverlapFinder::~OverlapFinder() = default;

Result<OverlapFinder> OverlapFinder::open(std::span<const std::filesystem::path> dirs) {
  TRY_ASSIGN(Reader reader, Reader::open(dirs, Content::fingerprints));
  return OverlapFinder(std::make_unique<Impl>(std::move(reader)));
}

Result<std::vector<Candidate>> OverlapFinder::candidates(std::span<const std::string> fingerprints,
                                                         const OverlapOptions& options) {
  return impl_->reader.read("compare texts", [&] { return impl_->candidates(fingerprints, options); });
}

Result<OverlapReport> OverlapFinder::find(std::span<const bib::Passage> text,
                                          const PassageSource& source,
                                          const OverlapOptions& options) {
  OverlapReport out;
  const std::vector<HashedWord> words = hashed_words(text, impl_->analyser);
  const std::vector<std::string> terms = fingerprints(words);
  out.words = words.size(), out.fingerprints = terms.size();
  TRY_ASSIGN(const std::vector<Candidate> found, candidates(terms, options));
  out.documents = impl_->reader.database().get_doccount();
  for (const Candidate& candidate : found) {
    OverlapWork work = compared(candidate.id, {text, words}, source(candidate.id), impl_->analyser);
    if (!work.passages.empty()) out.works.push_back(std::move(work));
  }
  std::ranges::stable_sort(out.works, std::greater<>(), &OverlapWork::same);
  return out;
}

}  // namespace colophon::indexer
