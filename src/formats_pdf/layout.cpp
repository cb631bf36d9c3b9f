// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats_pdf/layout.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string_view>

#include "base/text.hpp"

namespace colophon::formats_pdf {
namespace {

constexpr float kMargin = 0.12F;      // of the page's height
constexpr float kSameHeight = 6;      // points
constexpr std::size_t kRepeated = 3;  // pages
constexpr std::size_t kNumbersOfReview = 5;
constexpr float kOtherSize = 0.12F;  // of the size
constexpr float kWideGap = 1.35F;    // of the page's usual leading
constexpr float kIndent = 0.8F;      // em
constexpr float kShortLine = 4;      // em

bool is_number(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_ascii_digit); }

// The line's text with numbers masked, roman ones too when they stand alone.
std::string masked(std::string_view text) {
  std::string out;
  for (const char c : fold(text)) {
    if (!is_ascii_digit(c)) out.push_back(c);
    else if (out.empty() || out.back() != '#') out.push_back('#');
  }
  if (!out.empty() && out.size() < 8 && out.find_first_not_of("ivxlc") == std::string::npos) return "#";
  return squeeze(out);
}

struct Place {
  std::string text;
  int height = 0;
  auto operator<=>(const Place&) const = default;
};

bool in_margin(const PageLines& page, const Line& line) {
  return line.turn == 0 && (line.baseline < page.height * kMargin || line.baseline > page.height * (1 - kMargin));
}

int height_of(const PageLines& page, const Line& line) {
  const float from_edge = line.baseline < page.height / 2 ? line.baseline : line.baseline - page.height - 10'000;
  return static_cast<int>(std::lround(from_edge / kSameHeight));
}

void mark_repeated(std::vector<PageLines>& pages) {
  std::map<Place, std::set<std::uint32_t>> seen;
  for (const PageLines& page : pages) {
    for (const Line& line : page.lines) {
      if (!in_margin(page, line)) continue;
      const Place place{masked(line.text), height_of(page, line)};
      for (const int near : {-1, 0, 1}) seen[{place.text, place.height + near}].insert(page.number);
    }
  }
  for (PageLines& page : pages) {
    for (std::size_t i = 0; i < page.lines.size(); ++i) {
      const Line& line = page.lines[i];
      if (in_margin(page, line) && seen[{masked(line.text), height_of(page, line)}].size() >= kRepeated) page.furniture[i] = true;
    }
  }
}

// Line numbers of a review copy: bare numbers left of everything else.
void mark_line_numbers(PageLines& page) {
  float left = page.width;
  for (const Line& line : page.lines) {
    if (line.turn == 0 && !is_number(line.text) && line.text.size() > 20) left = std::min(left, line.box[0]);
  }
  std::vector<std::size_t> numbers;
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    if (page.lines[i].turn == 0 && is_number(page.lines[i].text) && page.lines[i].box[2] < left) numbers.push_back(i);
  }
  if (numbers.size() < kNumbersOfReview) return;
  for (const std::size_t i : numbers) page.furniture[i] = true;
}

bool ends_sentence(std::string_view text) {
  while (!text.empty() && (text.back() == '"' || text.back() == ')' || text.back() == ']' || is_ascii_digit(text.back())))
    text.remove_suffix(1);
  return text.ends_with('.') || text.ends_with('!') || text.ends_with('?') || text.ends_with(':') || text.ends_with("…") ||
         text.ends_with("”");
}

// The usual distance of baselines in sizes of type, from lines that follow each other.
float usual_leading(const PageLines& page) {
  std::vector<float> ratios;
  for (std::size_t i = 1; i < page.lines.size(); ++i) {
    const Line &a = page.lines[i - 1], &b = page.lines[i];
    const float ratio = (b.baseline - a.baseline) / std::max(1.0F, b.size);
    if (a.turn == 0 && b.turn == 0 && ratio > 0.8F && ratio < 2.6F && std::abs(a.size - b.size) < 0.6F) ratios.push_back(ratio);
  }
  if (ratios.empty()) return 1.3F;
  const auto middle = ratios.begin() + static_cast<std::ptrdiff_t>(ratios.size() / 2);
  std::nth_element(ratios.begin(), middle, ratios.end());
  return *middle;
}

class Paragraphs {
 public:
  explicit Paragraphs(float leading) : leading_(leading) {}

  void take(const Line& line) {
    if (!previous_ || breaks(line)) {
      finish();
      left_ = line.box[0];
      right_ = line.box[2];
      lines_ = 0;
      hanging_ = starts_item(line.text);
      text_ = line.text;
    } else {
      join_line(text_, line.text);
      left_ = std::min(left_, line.box[0]);
      right_ = std::max(right_, line.box[2]);
    }
    ++lines_;
    previous_ = &line;
  }

  std::vector<std::string> finished() {
    finish();
    return std::move(out_);
  }

 private:
  static bool starts_item(std::string_view text) {
    return text.starts_with("[") || text.starts_with("•") || text.starts_with("–") ||
           (!text.empty() && is_ascii_digit(text.front()));
  }

  bool breaks(const Line& line) const {
    const Line& before = *previous_;
    if (line.turn != before.turn) return true;
    const float size = std::max(line.size, before.size), down = line.baseline - before.baseline;
    if (std::abs(down) < 0.4F * size && line.box[0] >= before.box[2] - size) return false;  // the same line, further right
    if (std::abs(line.size - before.size) > kOtherSize * size || line.bold != before.bold) return true;
    if (down <= 0 || down > 6 * size)
      return ends_sentence(before.text) || lines_ < 2;  // another column: a sentence goes on there
    if (down > kWideGap * leading_ * size) return true;
    if (line.box[0] > before.box[2] || line.box[2] < left_ - size) return true;
    const bool indented = line.box[0] > before.box[0] + kIndent * size && !(lines_ == 1 && hanging_);
    const bool outdented = line.box[0] < before.box[0] - kIndent * size && lines_ > 1;
    const bool short_before = before.box[2] < std::max(right_, line.box[2]) - kShortLine * size;
    return ends_sentence(before.text) && (indented || outdented || short_before);
  }

  void finish() {
    if (!text_.empty()) out_.push_back(squeeze(text_));
    text_.clear();
    previous_ = nullptr;
  }

  float leading_;
  const Line* previous_ = nullptr;
  float left_ = 0, right_ = 0;
  int lines_ = 0;
  bool hanging_ = false;
  std::string text_;
  std::vector<std::string> out_;
};

// Bytes of a hyphen at the text's end: -, soft hyphen, U+2010.
std::size_t hyphen_at_end(std::string_view text) {
  if (text.ends_with('-')) return 1;
  if (text.ends_with("\u00AD")) return 2;
  return text.ends_with("\u2010") ? 3 : 0;
}

bool starts_lower(std::string_view text) {
  if (text.empty()) return false;
  std::size_t at = 0;
  const char32_t first = next_code_point(text, at);
  if (first < 0x80) return first >= 'a' && first <= 'z';
  const std::string_view letter = text.substr(0, at);
  return first >= 0xDF && first != 0xF7 && fold_case(letter) == letter && fold(letter) != "";
}

bool is_letter_before(std::string_view text, std::size_t end) {
  if (end == 0) return false;
  const char c = text[end - 1];
  return is_ascii_alpha(c) || (static_cast<unsigned char>(c) & 0x80) != 0;
}

// Soft hyphens inside a line are invisible.
std::string without_soft_hyphens(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with("\u00AD")) ++i;
    else out.push_back(text[i]);
  }
  return out;
}

}  // namespace

void join_line(std::string& text, std::string_view next) {
  const std::size_t hyphen = hyphen_at_end(text);
  const std::size_t stem = text.size() - hyphen;
  if (hyphen == 0 || !is_letter_before(text, stem)) {
    text += ' ';
  } else if (starts_lower(next) || hyphen == 2) {
    text.resize(stem);
  }
  text += next;
}

void mark_furniture(std::vector<PageLines>& pages) {
  for (PageLines& page : pages) page.furniture.assign(page.lines.size(), false);
  mark_repeated(pages);
  for (PageLines& page : pages) mark_line_numbers(page);
}

std::vector<std::string> paragraphs(const PageLines& page) {
  Paragraphs out(usual_leading(page));
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    if (i < page.furniture.size() && page.furniture[i]) continue;
    out.take(page.lines[i]);
  }
  std::vector<std::string> texts = out.finished();
  for (std::string& text : texts) {
    if (text.find("\u00AD") != std::string::npos) text = without_soft_hyphens(text);
  }
  return texts;
}

bib::Section section_of(const PageLines& page) {
  bib::Section section;
  section.kind = "page";
  section.page = page.number;
  if (page.label != std::to_string(page.number)) section.label = page.label;
  for (std::string& text : paragraphs(page)) {
    bib::Block block;
    block.text = bib::RichText(std::move(text));
    section.blocks.push_back(std::move(block));
  }
  return section;
}

}  // namespace colophon::formats_pdf
