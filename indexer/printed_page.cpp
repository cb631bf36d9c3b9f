// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/printed_page.hpp"

#include <algorithm>
#include <array>
#include <bitset>
#include <cstring>
#include <string>
#include <unordered_map>

#include "base/text.hpp"

namespace colophon::indexer {
namespace {

constexpr std::size_t kGram = 8;           // letters that are looked for together, in bytes
constexpr std::size_t kLeastLetters = 16;  // of a sentence
constexpr std::size_t kMostLetters = 512;
// So many of its grams must be there: of one altered letter in a line four fifths are left. A few words must be there as they are.
constexpr double kFound = 0.6, kFewFound = 0.9;
constexpr std::size_t kFewLetters = 40;
constexpr std::size_t kNone = static_cast<std::size_t>(-1);

// Folded letters alone. Digits are left out, for they number lines and notes.
class Letters {
 public:
  const std::string& of(std::string_view text) {
    out_.clear();
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = end_of_ascii(text, at);
      for (; at < end; ++at) {
        const char c = static_cast<char>(text[at] | 0x20);
        if (c >= 'a' && c <= 'z') out_.push_back(c);
      }
      while (at < text.size() && static_cast<unsigned char>(text[at]) >= 0x80) ++at;
      if (at > end) out_ += other(text.substr(end, at - end));
    }
    return out_;
  }

 private:
  // Folding asks ICU; the same few letters and signs come again and again.
  const std::string& other(std::string_view run) {
    if (known_.size() > kMostKnown) known_.clear();
    const auto [at, fresh] = known_.try_emplace(std::string(run));
    if (fresh) {
      at->second = fold_key(run);
      std::erase_if(at->second, [](char c) { return c == ' ' || is_ascii_digit(c); });
    }
    return at->second;
  }

  static constexpr std::size_t kMostKnown = 4096;
  std::string out_;
  std::unordered_map<std::string, std::string> known_;
};

std::uint64_t gram_at(const char* text) {
  std::uint64_t out = 0;
  std::memcpy(&out, text, kGram);
  return out;
}

// The grams of the sentence by their place in it.
class Grams {
 public:
  explicit Grams(std::string_view letters) : size_(letters.size() < kGram ? 0 : letters.size() - kGram + 1) {
    for (std::size_t i = 0; i < size_; ++i) places_.try_emplace(gram_at(letters.data() + i), i);
    for (const auto& [gram, place] : places_) seen_.set(mark(gram));
  }
  std::size_t size() const { return size_; }
  std::size_t different() const { return places_.size(); }
  std::size_t place(std::uint64_t gram) const {
    if (!seen_.test(mark(gram))) return kNone;
    const auto found = places_.find(gram);
    return found == places_.end() ? kNone : found->second;
  }

 private:
  static std::size_t mark(std::uint64_t gram) { return gram * 0x9E3779B97F4A7C15U >> (64 - kMarkBits); }
  static constexpr unsigned kMarkBits = 14;
  std::size_t size_;
  std::unordered_map<std::uint64_t, std::size_t> places_;
  std::bitset<std::size_t{1} << kMarkBits> seen_;
};

// A gram of the sentence, and where it stands in a page's letters.
struct GramMatch {
  std::size_t place, at;
};

// The stretch of a page, about as long as the sentence, that has most of its grams.
struct Stretch {
  std::size_t count = 0;  // different grams
  std::size_t first = 0, last = 0;
};

// Only grams from `from` to `to` count.
Stretch best_stretch(const std::vector<GramMatch>& matches, std::size_t length, std::size_t from, std::size_t to) {
  const std::size_t room = length + length / 2 + kGram;
  std::array<std::uint16_t, kMostLetters> times{};
  std::size_t count = 0, begin = 0;
  std::size_t best_begin = 0, best_end = 0;
  Stretch best;
  const auto counts = [&](const GramMatch& one) { return one.place >= from && one.place < to; };
  for (std::size_t end = 0; end < matches.size(); ++end) {
    if (counts(matches[end]) && times[matches[end].place]++ == 0) ++count;
    for (; matches[end].at - matches[begin].at > room; ++begin) {
      if (counts(matches[begin]) && --times[matches[begin].place] == 0) --count;
    }
    if (count > best.count) best.count = count, best_begin = begin, best_end = end + 1;
  }
  best.first = to;
  for (std::size_t i = best_begin; i < best_end; ++i) {
    if (!counts(matches[i])) continue;
    best.first = std::min(best.first, matches[i].place);
    best.last = std::max(best.last, matches[i].place);
  }
  return best;
}

std::vector<GramMatch> matches_of(std::string_view letters, const Grams& grams) {
  std::vector<GramMatch> out;
  for (std::size_t at = 0; at + kGram <= letters.size(); ++at) {
    const std::size_t place = grams.place(gram_at(letters.data() + at));
    if (place != kNone) out.push_back({place, at});
  }
  return out;
}

bool ends_sentence(std::string_view text, std::size_t at) {
  static constexpr std::array<std::string_view, 3> kWide = {"。", "！", "？"};
  if (std::ranges::any_of(kWide, [&](std::string_view sign) { return text.substr(at).starts_with(sign); })) return true;
  if (std::string_view(".?!").find(text[at]) == std::string_view::npos || at + 2 >= text.size() || text[at + 1] != ' ')
    return false;
  const char next = text[at + 2];
  return (next >= 'A' && next <= 'Z') || static_cast<unsigned char>(next) >= 0x80;
}

}  // namespace

std::uint32_t printed_page(std::string_view sentence, std::span<const bib::Passage> pages) {
  Letters reader;
  const std::string letters = reader.of(sentence).substr(0, kMostLetters);
  if (letters.size() < kLeastLetters) return 0;
  const Grams grams(letters);
  std::vector<std::vector<GramMatch>> matches;
  std::size_t at = 0;
  Stretch best;
  for (const bib::Passage& page : pages) {
    matches.push_back(matches_of(reader.of(page.text), grams));
    const Stretch one = best_stretch(matches.back(), letters.size(), 0, grams.size());
    if (one.count > best.count) best = one, at = matches.size() - 1;
  }
  // Its beginning and its end may stand apart from it: behind the end of a column, or of the page.
  const auto part = [&](std::size_t page, std::size_t from, std::size_t to) {
    return page < matches.size() && from < to ? best_stretch(matches[page], to - from, from, to).count : 0;
  };
  const std::size_t before = part(at - 1, 0, best.first), same = part(at, 0, best.first);
  const std::size_t after = std::max(part(at + 1, best.last + 1, grams.size()), part(at, best.last + 1, grams.size()));
  const std::size_t found = best.count + std::max(before, same) + after;
  const double share = letters.size() < kFewLetters ? kFewFound : kFound;
  if (static_cast<double>(found) < share * static_cast<double>(grams.different())) return 0;
  const bool begins_before = before > same && before >= kGram && before * 2 > best.first;
  return pages[begins_before ? at - 1 : at].page;
}

std::string sentence_of(const std::vector<SnippetPart>& snippet) {
  std::string text;
  std::size_t mark = kNone;
  for (const SnippetPart& part : snippet) {
    if (part.marked && mark == kNone) mark = text.size();
    text += part.text;
  }
  std::size_t begin = 0;
  for (std::size_t i = 0; mark != kNone && i < mark; ++i) {
    if (ends_sentence(text, i)) begin = i + 1;
  }
  return text.substr(begin);
}

}  // namespace colophon::indexer
