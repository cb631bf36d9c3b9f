// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <optional>

#include "base/text.hpp"
#include "formats/bibtex/lint/lint.hpp"
#include "formats/bibtex/values.hpp"

#include <fmt/format.h>

namespace colophon::formats::bibtex {
namespace {

constexpr std::size_t kLongestNumber = 9;

// "S12": letters, then digits.
struct Page {
  std::string_view letters, digits;
  std::uint64_t number() const {
    std::uint64_t out = 0;
    for (const char c : digits) out = out * 10 + static_cast<unsigned>(c - '0');
    return out;
  }
};
std::optional<Page> page_of(std::string_view text) {
  std::size_t letters = 0;
  while (letters < text.size() && is_ascii_alpha(text[letters])) ++letters;
  const Page out{text.substr(0, letters), text.substr(letters)};
  const bool number =
      !out.digits.empty() && out.digits.size() <= kLongestNumber && std::ranges::all_of(out.digits, is_ascii_digit);
  return number ? std::optional(out) : std::nullopt;
}

// The hyphens and dashes between two pages, with the blanks about them.
struct Range {
  Page from, to;
  std::string_view dash;
};
std::optional<Range> range_of(std::string_view text) {
  static constexpr std::string_view kDashes = "-\xE2\x80\x93\x94 \t\r\n";  // bytes of – and — too
  const std::size_t begin = text.find_first_of(kDashes);
  if (begin == std::string_view::npos) return std::nullopt;
  const std::size_t end = text.find_first_not_of(kDashes, begin);
  if (end == std::string_view::npos) return std::nullopt;
  const std::optional<Page> from = page_of(text.substr(0, begin)), to = page_of(text.substr(end));
  const std::string_view dash = text.substr(begin, end - begin);
  if (!from || !to || trim(dash).empty()) return std::nullopt;
  return Range{*from, *to, dash};
}

// "14221442": two numbers of one length, of which the second is a little larger. Six digits may well be the number of an article of a
// journal of physics.
void check_fused(const LintContext& at, const LintField& field, std::string_view part) {
  const std::size_t half = part.size() / 2;
  const std::size_t least = at.type == "article" ? 4 : 3;
  if (part.size() % 2 != 0 || half < least || half > kLongestNumber || !std::ranges::all_of(part, is_ascii_digit) ||
      part[0] == '0')
    return;
  const std::uint64_t from = page_of(part.substr(0, half))->number(), to = page_of(part.substr(half))->number();
  if (to <= from || to - from > (half == 3 ? 40 : 200)) return;
  const std::string range = fmt::format("{}--{}", part.substr(0, half), part.substr(half));
  at.report->add("bibtex.fused-pages", at.place(field, part),
                 fmt::format("“{}” looks like a page range that lost its dash", part), fmt::format("write {}", range),
                 at.replace(field, part, range));
}

void check_order(const LintContext& at, const LintField& field, std::string_view part, const Range& range) {
  if (!range.to.letters.empty() && !iequals(range.from.letters, range.to.letters)) return;
  if (range.from.digits.starts_with('0')) return;  // an article's number
  const std::uint64_t from = range.from.number(), to = range.to.number();
  if (from <= to) return;
  const std::string_view first = range.from.digits, last = range.to.digits;
  if (last.size() < first.size()) {
    const std::string whole = std::string(first.substr(0, first.size() - last.size())) + std::string(last);
    const std::string pages = fmt::format("{}{}--{}{}", range.from.letters, first, range.to.letters, whole);
    if (page_of(whole)->number() > from)
      return at.report->add("bibtex.short-page-range", at.place(field, part),
                            fmt::format("the last page of “{}” is shortened", squeeze(part)), fmt::format("write {}", pages),
                            at.replace(field, part, pages));
  }
  at.report->add("bibtex.reversed-pages", at.place(field, part), fmt::format("the pages “{}” run backwards", squeeze(part)),
                 "compare them with the publication");
}

void check_dash(const LintContext& at, const LintField& field, std::string_view part, const Range& range) {
  const std::string_view dash = range.dash;
  const bool hyphens = dash.find_first_not_of("- \t\r\n") == std::string_view::npos;
  if (!hyphens || dash == "--") return;
  at.report->add("bibtex.page-hyphen", at.place(field, part),
                 fmt::format("the pages “{}” are not parted by two hyphens", squeeze(part)), "write --",
                 at.replace(field, dash, "--"));
}

}  // namespace

void check_pages(const LintContext& at, const LintField& field) {
  if (!field.is(bib::FieldId::page)) return;
  for (const std::string_view part : cut(field.value, ",;")) {
    check_fused(at, field, part);
    const std::optional<Range> range = range_of(part);
    if (!range) continue;
    check_order(at, field, part, *range);
    check_dash(at, field, part, *range);
  }
}

}  // namespace colophon::formats::bibtex
