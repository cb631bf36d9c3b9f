// SPDX-License-Identifier: GPL-3.0-or-later
#include "lang/trigrams.hpp"

#include <algorithm>
#include <vector>

#include "base/text.hpp"

namespace colophon::lang {
namespace {

// Lines of three characters (_ is a blank), a tab and a weight for each language.
constexpr std::string_view kTable =
#include "lang/trigrams.inc"
    ;

using Weights = std::array<std::uint8_t, kTrigramLanguages.size()>;

// Trigrams by open addressing; the table is some thousand lines.
class Table {
 public:
  explicit Table(std::string_view lines) : cells_(kCells) {
    for (std::size_t at = 0; at < lines.size();) {
      Cell cell;
      for (int i = 0; i < 3; ++i) {
        const char32_t c = next_code_point(lines, at);
        cell.trigram = cell.trigram << 21 | (c == U'_' ? U' ' : c);
      }
      ++at;  // the tab
      for (std::uint8_t& weight : cell.weights) weight = static_cast<std::uint8_t>(lines[at++] - kFirstWeight);
      ++at;  // the line's end
      cells_[place_of(cell.trigram)] = cell;
    }
  }

  const Weights* find(Trigram trigram) const {
    const Cell& cell = cells_[place_of(trigram)];
    return cell.trigram == trigram ? &cell.weights : nullptr;
  }

 private:
  static constexpr std::size_t kCells = 1u << 14;
  struct Cell {
    Trigram trigram = 0;  // 0 is free
    Weights weights{};
  };
  std::size_t place_of(Trigram trigram) const {
    std::size_t at = trigram * 0x9E3779B97F4A7C15ull >> 50;
    while (cells_[at].trigram != 0 && cells_[at].trigram != trigram) at = (at + 1) & (kCells - 1);
    return at;
  }
  std::vector<Cell> cells_;
};

}  // namespace

char32_t latin_lower(char32_t c) {
  if (c < 0x80) {
    if (c >= U'A' && c <= U'Z') return c + 32;
    return c >= U'a' && c <= U'z' ? c : U' ';
  }
  if (c < 0xC0 || c == 0xD7 || c == 0xF7) return c == 0xAA || c == 0xBA ? c : U' ';
  if (c < 0xDF) return c + 32;
  if (c < 0x100) return c;
  if (c == 0x178) return 0xFF;
  const bool capitals_are_odd = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E);
  if (c < 0x180) return (c & 1) == (capitals_are_odd ? 1u : 0u) && c != 0x138 && c != 0x149 && c != 0x17F ? c + 1 : c;
  return c >= 0x2000 && c < 0x2C00 ? U' ' : kForeign;  // punctuation and symbols; the rest is mostly letters
}

Guess guess_latin(std::string_view text) {
  static const Table kTrigrams(kTable);
  std::array<std::int32_t, kTrigramLanguages.size()> sums{};  // texts are short
  Guess out;
  std::size_t known = 0;
  TrigramReader reader;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c =
        static_cast<unsigned char>(text[at]) < 0x80 ? static_cast<char32_t>(text[at++]) : next_code_point(text, at);
    reader.read(c, [&](Trigram trigram) {
      ++out.trigrams;
      const Weights* weights = kTrigrams.find(trigram);
      if (!weights) return;
      ++known;
      for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += (*weights)[i];
    });
  }
  if (known == 0) return out;
  const auto best = std::ranges::max_element(sums);
  std::int32_t next = 0;
  for (auto it = sums.begin(); it != sums.end(); ++it) {
    if (it != best) next = std::max(next, *it);
  }
  out.tag = kTrigramLanguages[static_cast<std::size_t>(best - sums.begin())];
  out.margin = static_cast<double>(*best - next) * kStep;
  out.known = static_cast<double>(known) / static_cast<double>(out.trigrams);
  return out;
}

}  // namespace colophon::lang
