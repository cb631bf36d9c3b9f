// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/snippet.hpp"

#include <algorithm>
#include <bit>

#include "base/text.hpp"
#include "indexer/matching.hpp"

namespace colophon::indexer {
namespace {

struct Spot {
  Word bytes;
  std::uint64_t match = 0;
};
// A marked stretch and the group that it stands for.
struct Mark {
  Word bytes;
  std::size_t group = 0;
};

// Of the words of text[from.begin, from.end), which begins and ends where blanks do: words are cut between blanks, without a look beyond.
void add_spots(std::string_view text, Word from, Matcher& matcher, const Analyser& analyser, std::vector<Spot>& out) {
  const auto at = [&](std::size_t begin, std::size_t end) { return Word{from.begin + begin, from.begin + end}; };
  const std::string_view piece = text.substr(from.begin, from.end - from.begin);
  analyser.tokens(
      piece, [&](const Token& token) { out.push_back({at(token.begin, token.end), matcher.match(token)}); },
      [&](Word word) {
        out.push_back({at(word.begin, word.end), matcher.match_plain(piece.substr(word.begin, word.end - word.begin))});
      });
}

// Words that cannot match are not cut; one spot stands for all of them between two others.
std::vector<Spot> spots_of(std::string_view text, Matcher& matcher, const Analyser& analyser) {
  std::vector<Spot> out;
  for (std::size_t at = 0; at < text.size();) {
    const Matcher::Piece piece = matcher.next_piece(text, at);
    if (piece.words_before) out.push_back({{at, piece.begin}, 0});
    add_spots(text, {piece.begin, piece.end}, matcher, analyser, out);
    at = piece.end;
  }
  return out;
}

bool whole_group_at(const std::vector<Spot>& spots, std::size_t at, const Matcher& matcher, std::size_t group) {
  const std::size_t length = matcher.length(group);
  if (length == 0 || at + length > spots.size()) return false;
  for (std::size_t i = 0; i < length; ++i) {
    if (!(spots[at + i].match >> (matcher.first(group) + i) & 1)) return false;
  }
  return true;
}

std::vector<Mark> marks_of(const std::vector<Spot>& spots, const Matcher& matcher) {
  std::vector<Mark> out;
  for (std::size_t at = 0; at < spots.size(); ++at) {
    if (!spots[at].match) continue;
    for (std::size_t group = 0; group < matcher.groups(); ++group) {
      if (whole_group_at(spots, at, matcher, group))
        out.push_back({{spots[at].bytes.begin, spots[at + matcher.length(group) - 1].bytes.end}, group});
    }
  }
  return out;
}

// The stretch of marks within `width` bytes that holds the most groups, then the most marks; the first of equals.
Word best_stretch(const std::vector<Mark>& marks, std::size_t width) {
  Word best{};
  std::size_t best_groups = 0, best_count = 0;
  for (std::size_t from = 0; from < marks.size(); ++from) {
    std::uint64_t groups = 0;
    std::size_t count = 0, end = marks[from].bytes.end;
    for (std::size_t to = from; to < marks.size() && marks[to].bytes.end <= marks[from].bytes.begin + width; ++to, ++count) {
      groups |= std::uint64_t{1} << (marks[to].group & 63);
      end = std::max(end, marks[to].bytes.end);
    }
    const auto kinds = static_cast<std::size_t>(std::popcount(groups));
    if (best_count > 0 && (kinds < best_groups || (kinds == best_groups && count <= best_count))) continue;
    best = {marks[from].bytes.begin, end};
    best_groups = kinds, best_count = std::max<std::size_t>(count, 1);
  }
  return best;
}

Word between_blanks(std::string_view text, Word part) {
  while (part.begin > 0 && !is_blank(text[part.begin - 1])) --part.begin;
  while (part.end < text.size() && !is_blank(text[part.end])) ++part.end;
  return part;
}

// Room around the core, ending where words end: at blanks, or between the words of a script without blanks.
Word with_context(std::string_view text, Word core, std::size_t width, const Analyser& analyser) {
  if (text.size() <= width) return {0, text.size()};
  const std::size_t room = width > core.end - core.begin ? width - (core.end - core.begin) : 0;
  std::size_t low = core.begin > room / 3 ? core.begin - room / 3 : 0;
  if (low + width > text.size()) low = text.size() - width;
  const std::size_t high = std::max(low + width, core.end);
  Word out = core;
  const Word around = between_blanks(text, {low, high});
  const auto widen = [&](Word word) {
    const std::size_t begin = around.begin + word.begin, end = around.begin + word.end;
    if (begin >= low && begin < out.begin) out.begin = begin;
    if (end <= high && end > out.end) out.end = end;
  };
  analyser.tokens(
      text.substr(around.begin, around.end - around.begin), [&](const Token& token) { widen({token.begin, token.end}); }, widen);
  if (low == 0) out.begin = 0;
  while (out.end < text.size() && !is_blank(text[out.end]) && static_cast<unsigned char>(text[out.end]) < 0x80 &&
         out.end < high + 2)
    ++out.end;
  return out;
}

void append(std::vector<SnippetPart>& out, std::string_view text, bool marked) {
  if (text.empty()) return;
  if (!out.empty() && out.back().marked == marked) out.back().text += text;
  else out.push_back({std::string(text), marked});
}

std::vector<SnippetPart> cut(std::string_view text, Word window, const std::vector<Mark>& marks) {
  std::vector<SnippetPart> out;
  if (window.begin > 0) append(out, "…", false);
  std::size_t at = window.begin;
  for (const Mark& mark : marks) {
    if (mark.bytes.begin < window.begin || mark.bytes.end > window.end || mark.bytes.end <= at) continue;
    const std::size_t begin = std::max(at, mark.bytes.begin);
    append(out, text.substr(at, begin - at), false);
    append(out, text.substr(begin, mark.bytes.end - begin), true);
    at = mark.bytes.end;
  }
  append(out, text.substr(at, window.end - at), false);
  if (window.end < text.size()) append(out, "…", false);
  return out;
}

}  // namespace

std::vector<SnippetPart> snippet(std::string_view raw,
                                 const std::vector<Sought>& sought,
                                 const std::vector<std::string>& languages,
                                 Analyser& analyser,
                                 std::size_t width) {
  Matcher matcher(sought, languages, analyser);
  return snippet(raw, matcher, analyser, width);
}

std::vector<SnippetPart> snippet(std::string_view raw, Matcher& matcher, const Analyser& analyser, std::size_t width) {
  const std::string text = squeeze(clean(raw));
  if (text.empty()) return {};
  const std::vector<Spot> spots = spots_of(text, matcher, analyser);
  const std::vector<Mark> marks = marks_of(spots, matcher);
  const std::size_t bytes = width * text.size() / std::max<std::size_t>(1, count_code_points(text));
  return cut(text, with_context(text, best_stretch(marks, bytes), bytes, analyser), marks);
}

}  // namespace colophon::indexer
