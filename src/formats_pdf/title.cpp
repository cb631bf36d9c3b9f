// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats_pdf/title.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string_view>

#include "base/text.hpp"
#include "formats_pdf/identity.hpp"
#include "formats_pdf/xmp.hpp"

namespace colophon::formats_pdf {
namespace {

constexpr std::size_t kMaxTitle = 400;  // bytes
constexpr std::size_t kLeastKey = 10;   // bytes of the folded title
constexpr float kSameSize = 0.06F;

// Labels that are set large but are no titles, as fold_key().
constexpr std::array<std::string_view, 28> kLabels = {"research article",
                                                      "original article",
                                                      "original research",
                                                      "original paper",
                                                      "review article",
                                                      "review",
                                                      "article",
                                                      "open access",
                                                      "case report",
                                                      "short communication",
                                                      "policy brief",
                                                      "working paper",
                                                      "discussion paper",
                                                      "abstract",
                                                      "contents",
                                                      "table of contents",
                                                      "inhalt",
                                                      "inhaltsverzeichnis",
                                                      "introduction",
                                                      "annual report",
                                                      "technical report",
                                                      "research paper",
                                                      "full paper",
                                                      "letter to the editor",
                                                      "editorial",
                                                      "systematic review",
                                                      "clinical trial experimental study",
                                                      "observational study"};

constexpr std::array<std::string_view, 10> kJournalStarts = {
    "journal of",     "international journal", "frontiers in", "bmc ",        "plos",
    "proceedings of", "the journal",           "annals of",    "archives of", "revista "};

constexpr std::array<std::string_view, 14> kFileEndings = {".doc", ".docx", ".pdf", ".tex", ".dvi", ".indd", ".qxd",
                                                           ".qxp", ".ps",   ".odt", ".rtf", ".ppt", ".pptx", ".fm"};

std::size_t words_in(std::string_view key) {
  return key.empty() ? 0 : 1 + static_cast<std::size_t>(std::ranges::count(key, ' '));
}

std::string without_marks(std::string text) {
  static constexpr std::array<std::string_view, 7> kMarks = {"*", "†", "‡", "§", "¶", "∗", "#"};
  for (bool again = true; again;) {
    again = false;
    text = std::string(trim(text));
    for (const std::string_view mark : kMarks) {
      if (!text.ends_with(mark)) continue;
      text.resize(text.size() - mark.size());
      again = true;
    }
  }
  return text;
}

bool is_label(const std::string& key) {
  if (std::ranges::find(kLabels, key) != kLabels.end()) return true;
  return words_in(key) <= 6 &&
         std::ranges::any_of(kJournalStarts, [&](std::string_view start) { return key.starts_with(start); });
}

bool can_be_title(std::string_view text, std::size_t least_words) {
  const std::string key = fold_key(text);
  if (key.size() < kLeastKey || text.size() > kMaxTitle || words_in(key) < least_words || is_label(key)) return false;
  const auto digits = static_cast<std::size_t>(std::ranges::count_if(key, is_ascii_digit));
  return digits * 3 < key.size() && key.find("http") == std::string::npos && key.find("doi org") == std::string::npos;
}

bool is_file_name(std::string_view title) {
  const std::string lower = ascii_lower(title);
  return lower.starts_with("microsoft word") || lower.starts_with("untitled") || lower.starts_with("layout 1") ||
         std::ranges::any_of(kFileEndings, [&](std::string_view ending) { return lower.ends_with(ending); });
}

// Letters and digits only, and for each byte the line that it comes from.
struct PageKey {
  std::string text;
  std::vector<std::size_t> line;
};

std::string dense_key(std::string_view text) {
  std::string out = fold_key(text);
  std::erase(out, ' ');
  return out;
}

PageKey key_of(const PageLines& page) {
  PageKey out;
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    out.text += dense_key(without_raised(page.lines[i]));
    out.line.resize(out.text.size(), i);
  }
  return out;
}

Title at_lines(std::string text, const Evidence& evidence, std::size_t page, std::size_t begin, std::size_t end) {
  Title out{std::move(text), page, begin, end, origin_of(evidence.pages[page], evidence.pages[page].lines[begin])};
  for (std::size_t i = begin; i < end; ++i) {
    const Box& box = evidence.pages[page].lines[i].box;
    out.origin.box = {std::min(out.origin.box[0], box[0]), std::min(out.origin.box[1], box[1]),
                      std::max(out.origin.box[2], box[2]), std::max(out.origin.box[3], box[3])};
  }
  return out;
}

// Metadata names a title; of all places where the pages print it, the one in the largest type is meant.
std::optional<Title> confirmed(const std::string& named, const Evidence& evidence) {
  const std::string title = without_marks(squeeze(named)), key = dense_key(title);
  if (is_file_name(title) || !can_be_title(title, 2)) return std::nullopt;
  std::optional<Title> best;
  float best_size = 0;
  for (std::size_t p = 0; p < std::min<std::size_t>(2, evidence.pages.size()); ++p) {
    const PageKey page = key_of(evidence.pages[p]);
    for (std::size_t at = page.text.find(key); at != std::string::npos; at = page.text.find(key, at + 1)) {
      const float size = evidence.pages[p].lines[page.line[at]].size;
      if (best && size <= best_size) continue;
      best = at_lines(title, evidence, p, page.line[at], page.line[at + key.size() - 1] + 1);
      best_size = size;
    }
  }
  return best;
}

bool has_letters(const Line& line) { return fold_key(line.text).size() >= 3; }

// Lines [begin, end) around `at` in its type, one under the other.
std::pair<std::size_t, std::size_t> block_around(const PageLines& page, std::size_t at) {
  const auto belongs = [&](std::size_t above, std::size_t below) {
    const Line &a = page.lines[above], &b = page.lines[below];
    const float down = b.baseline - a.baseline;
    return a.turn == 0 && b.turn == 0 && std::abs(a.size - b.size) <= kSameSize * std::max(a.size, b.size) &&
           down > -0.5F * b.size && down < 2.2F * b.size;
  };
  std::size_t begin = at, end = at + 1;
  while (begin > 0 && belongs(begin - 1, begin)) --begin;
  while (end < page.lines.size() && belongs(end - 1, end)) ++end;
  return {begin, end};
}

std::string text_of(const PageLines& page, std::size_t begin, std::size_t end) {
  std::string out;
  for (std::size_t i = begin; i < end; ++i) {
    if (out.empty()) out = without_raised(page.lines[i]);
    else join_line(out, without_raised(page.lines[i]));
  }
  return without_marks(squeeze(out));
}

std::optional<Title> largest(const Evidence& evidence, std::size_t p, std::size_t least_words) {
  const PageLines& page = evidence.pages[p];
  std::set<std::pair<float, std::size_t>> order;  // larger type first, then higher on the page
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    const Line& line = page.lines[i];
    if (line.turn == 0 && line.baseline < page.height * 0.8F && has_letters(line)) order.emplace(-line.size, i);
  }
  std::set<std::size_t> tried;
  for (const auto& [size, i] : order) {
    const auto [begin, end] = block_around(page, i);
    if (!tried.insert(begin).second) continue;
    const std::size_t start = end - begin > 1 && is_label(fold_key(page.lines[begin].text)) ? begin + 1 : begin;
    std::string text = text_of(page, start, end);
    if (can_be_title(text, least_words)) return at_lines(std::move(text), evidence, p, start, end);
    if (tried.size() > 12) break;
  }
  return std::nullopt;
}

bool is_cover(const PageLines& page) {
  std::size_t bytes = 0;
  for (const Line& line : page.lines) bytes += line.text.size();
  return bytes < 40;
}

}  // namespace

std::optional<Title> find_title(const Evidence& evidence) {
  if (evidence.pages.empty()) return std::nullopt;
  const std::size_t p = is_cover(evidence.pages[0]) && evidence.pages.size() > 1 ? 1 : 0;
  std::optional<Title> printed = largest(evidence, p, 3);
  if (!printed) printed = largest(evidence, p, 2);
  std::vector<std::string> named = xmp_values(evidence.about.xmp, "dc:title");
  named.push_back(evidence.about.title);
  for (const std::string& one : named) {
    std::optional<Title> said = confirmed(one, evidence);
    if (!said) continue;
    // Metadata cut short, and journals' names, lose against what is printed.
    if (printed && dense_key(printed->text).starts_with(dense_key(said->text))) return printed;
    return said;
  }
  return printed;
}

}  // namespace colophon::formats_pdf
