// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/edits.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace colophon {
namespace {

constexpr std::size_t kContext = 3;

// The lines of a text with their line ends; the last one may lack its own.
std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t feed = std::min(text.find('\n', at), text.size() - 1);
    out.push_back(text.substr(at, feed + 1 - at));
    at = feed + 1;
  }
  return out;
}

void put(std::string& out, char sign, std::string_view line) {
  out.append(1, sign).append(line);
  if (!line.ends_with('\n')) out += "\n\\ No newline at end of file\n";
}

// Lines [begin, end) of the old text become `lines`.
struct Change {
  std::size_t begin, end;
  std::vector<std::string> lines;
};

class Differ {
 public:
  Differ(std::string_view text, const std::vector<Edit>& edits) : text_(text), old_(lines_of(text)) {
    starts_.reserve(old_.size() + 1);
    for (const std::string_view line : old_) starts_.push_back(static_cast<std::size_t>(line.data() - text.data()));
    starts_.push_back(text.size());
    collect(edits);
  }

  std::string run(std::string_view name) const {
    std::string out;
    std::ptrdiff_t shift = 0;  // new line numbers against old ones
    for (std::size_t i = 0; i < changes_.size();) {
      std::size_t last = i;
      while (last + 1 < changes_.size() && changes_[last + 1].begin <= changes_[last].end + 2 * kContext) ++last;
      hunk(out, i, last, shift);
      i = last + 1;
    }
    return out.empty() ? out : fmt::format("--- {}\n+++ {}\n", name, name) + out;
  }

 private:
  std::size_t line_at(std::size_t byte) const {
    const auto after = std::ranges::upper_bound(starts_, byte);
    return static_cast<std::size_t>(after - starts_.begin()) - 1;
  }

  // Edits that touch the same or neighbouring lines make one change.
  void collect(const std::vector<Edit>& edits) {
    for (std::size_t i = 0; i < edits.size();) {
      const std::size_t first = std::min(line_at(edits[i].begin), old_.size());
      std::size_t past = past_line(edits[i]), last = i + 1;
      while (last < edits.size() && edits[last].begin < starts_[past]) past = std::max(past, past_line(edits[last++]));
      std::string changed;
      std::size_t at = starts_[first];
      for (; i < last; ++i) {
        changed.append(text_, at, edits[i].begin - at).append(edits[i].text);
        at = edits[i].end;
      }
      changed.append(text_, at, starts_[past] - at);
      Change change{first, past, {}};
      for (const std::string_view line : lines_of(changed)) change.lines.emplace_back(line);
      trim_equal(change);
      if (change.begin < change.end || !change.lines.empty()) changes_.push_back(std::move(change));
    }
  }
  void trim_equal(Change& change) const {
    while (change.begin < change.end && !change.lines.empty() && change.lines.back() == old_[change.end - 1])
      change.lines.pop_back(), --change.end;
    std::size_t equal = 0;
    while (change.begin < change.end && equal < change.lines.size() && change.lines[equal] == old_[change.begin])
      ++equal, ++change.begin;
    change.lines.erase(change.lines.begin(), change.lines.begin() + static_cast<std::ptrdiff_t>(equal));
  }
  // Behind the last line that an edit touches; one that takes a line end away joins the next line.
  std::size_t past_line(const Edit& edit) const { return std::min(line_at(edit.end) + 1, old_.size()); }

  void hunk(std::string& out, std::size_t first, std::size_t last, std::ptrdiff_t& shift) const {
    const std::size_t begin = changes_[first].begin - std::min(changes_[first].begin, kContext);
    const std::size_t end = std::min(changes_[last].end + kContext, old_.size());
    std::string body;
    std::ptrdiff_t grown = 0;
    std::size_t at = begin;
    for (std::size_t i = first; i <= last; ++i) {
      const Change& change = changes_[i];
      for (; at < change.begin; ++at) put(body, ' ', old_[at]);
      for (; at < change.end; ++at) put(body, '-', old_[at]);
      for (const std::string& line : change.lines) put(body, '+', line);
      grown += static_cast<std::ptrdiff_t>(change.lines.size()) - static_cast<std::ptrdiff_t>(change.end - change.begin);
    }
    for (; at < end; ++at) put(body, ' ', old_[at]);
    const auto count = static_cast<std::ptrdiff_t>(end - begin);
    const std::ptrdiff_t from = static_cast<std::ptrdiff_t>(begin) + (count > 0 ? 1 : 0);
    out += fmt::format("@@ -{},{} +{},{} @@\n{}", from, count, from + shift + (count == 0 ? 1 : 0), count + grown, body);
    shift += grown;
  }

  std::string_view text_;
  std::vector<std::string_view> old_;
  std::vector<std::size_t> starts_;
  std::vector<Change> changes_;
};

}  // namespace

std::vector<Edit> in_order(std::vector<Edit> edits) {
  std::ranges::stable_sort(edits, [](const Edit& a, const Edit& b) {
    return a.begin != b.begin ? a.begin<b.begin : (a.begin == a.end)>(b.begin == b.end);
  });
  std::vector<Edit> out;
  for (Edit& edit : edits) {
    const bool apart = out.empty() || edit.begin >= out.back().end;
    if (apart && edit.begin <= edit.end) out.push_back(std::move(edit));
  }
  return out;
}

std::string apply_edits(std::string_view text, const std::vector<Edit>& edits) {
  std::string out;
  std::size_t at = 0;
  for (const Edit& edit : edits) {
    if (edit.end > text.size()) break;
    out.append(text, at, edit.begin - at).append(edit.text);
    at = edit.end;
  }
  return out.append(text, at);
}

std::string unified_diff(std::string_view text, const std::vector<Edit>& edits, std::string_view name) {
  return edits.empty() ? std::string() : Differ(text, edits).run(name);
}

}  // namespace colophon
