// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/jats/citation_parts.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/text.hpp"

namespace colophon::formats::jats {
namespace {

using Parts = std::vector<CitationPart>;
constexpr auto npos = std::string_view::npos;
constexpr std::string_view kDash = "–";
constexpr std::size_t kLongestGiven = 40;

/// Reads a text from its end to its beginning.
class Backwards {
 public:
  explicit Backwards(std::string_view text) : text_(text), at_(text.size()) {}
  std::size_t at() const { return at_; }
  bool take(std::string_view what) {
    if (!text_.substr(0, at_).ends_with(what)) return false;
    at_ -= what.size();
    return true;
  }
  /// A number that may have a letter before or behind it: "e12", "54A".
  std::optional<CitationPart> number(std::string_view element) {
    std::size_t begin = at_, digits = 0;
    while (begin > 0 && at_ - begin < 12 && (is_ascii_digit(text_[begin - 1]) || is_ascii_alpha(text_[begin - 1])))
      digits += is_ascii_digit(text_[--begin]) ? 1U : 0U;
    const std::size_t letters = at_ - begin - digits;
    if (digits == 0 || letters > 2) return std::nullopt;
    return CitationPart{begin, std::exchange(at_, begin), element};
  }

 private:
  std::string_view text_;
  std::size_t at_;
};

/// " 54(2): 2335–2341." at the end; where it begins, or npos.
std::size_t numbers_at_end(std::string_view text, Parts& out) {
  Backwards read(text);
  Parts found;
  const auto keep = [&](const std::optional<CitationPart>& part) { return part ? (found.push_back(*part), true) : false; };
  if (!read.take(".") || !keep(read.number("lpage"))) return npos;
  if (!read.take(kDash)) found.back().element = "fpage";
  else if (!keep(read.number("fpage"))) return npos;
  if (!read.take(": ")) return npos;
  if (read.take(")") && (!keep(read.number("issue")) || !read.take("("))) return npos;
  if (!keep(read.number("volume")) || !read.take(" ")) return npos;
  out.insert(out.end(), found.rbegin(), found.rend());
  return read.at();
}

/// "Brettar, I; A Group; Höfle, M G", all of it; false for any other form, and where nobody has a given name.
bool names(std::string_view text, Parts& out) {
  static constexpr std::string_view kOthers = " et al.";
  if (text.ends_with(kOthers)) text.remove_suffix(kOthers.size());
  Parts found;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find("; ", at), text.size());
    const std::string_view one = text.substr(at, end - at);
    const std::size_t comma = one.find(", ");
    const bool parted = comma != npos && comma > 0 && comma + 2 < one.size() && one.find(',', comma + 1) == npos;
    if (one.empty() || (!parted && one.find(',') != npos) || (parted && one.size() - comma > kLongestGiven)) return false;
    if (parted) found.push_back({at, at + comma, "surname"});
    found.push_back({parted ? at + comma + 2 : at, end, parted ? "given-names" : "collab"});
    at = end + 2;
  }
  if (std::ranges::find(found, "surname", &CitationPart::element) == found.end()) return false;
  out.insert(out.end(), found.begin(), found.end());
  return true;
}

bool is_year(std::string_view text) {
  const bool letter = text.size() == 5 && text[4] >= 'a' && text[4] <= 'z';
  return (text.size() == 4 || letter) && std::ranges::all_of(text.substr(0, 4), is_ascii_digit) && text >= "15" && text < "21";
}

/// The only number in it that may be a year, where nothing joins it to others.
std::optional<CitationPart> only_year(std::string_view text) {
  std::optional<CitationPart> out;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_ascii_digit(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && is_ascii_digit(text[end])) ++end;
    const bool free_before = at == 0 || text[at - 1] == ' ' || text[at - 1] == '(';
    const bool free_behind = end == text.size() || std::string_view(" ).,;:").find(text[end]) != npos;
    if (end - at == 4 && is_year(text.substr(at, 4))) {
      if (out || !free_before || !free_behind) return std::nullopt;
      out = CitationPart{at, end, "year"};
    }
    at = end;
  }
  return out;
}

/// "A new bacterium. Marine Ecology", "Where are we now? Transport Policy": where one mark ends the title, and no other is there.
void title_and_source(std::string_view text, std::size_t begin, std::size_t end, Parts& out) {
  static constexpr std::string_view kStops = ".?!";
  const std::string_view between = text.substr(begin, end - begin);
  const std::size_t stop = between.find_first_of(kStops);
  if (stop == npos || stop == 0 || stop + 2 >= between.size() || between[stop + 1] != ' ') return;
  if (between.find_first_of(kStops, stop + 1) != npos) return;
  out.push_back({begin, begin + stop + (between[stop] == '.' ? 0 : 1), "article-title"});
  out.push_back({begin + stop + 2, end, "source"});
}

}  // namespace

std::vector<CitationPart> citation_parts(std::string_view text) {
  const std::size_t open = text.find(" ("), close = text.find("). ", open);
  const bool dated = open != npos && close != npos && is_year(text.substr(open + 2, close - open - 2));
  if (!dated) {
    const std::optional<CitationPart> year = only_year(text);
    return year ? Parts{*year} : Parts{};
  }
  Parts out, numbers;
  names(text.substr(0, open), out);
  out.push_back({open + 2, close, "year"});
  const std::size_t behind = close + 3, ending = numbers_at_end(text, numbers);
  if (ending == npos || ending <= behind) return out;
  title_and_source(text, behind, ending, out);
  out.insert(out.end(), numbers.begin(), numbers.end());
  return out;
}

}  // namespace colophon::formats::jats
