// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats_pdf/lines.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string_view>

#include "base/text.hpp"

namespace colophon::formats_pdf {
namespace {

// In em, measured on 591 papers of 44 publishers.
constexpr float kOtherBaseline = 0.55F;
constexpr float kOtherColumn = 1.8F;
constexpr float kBackwards = -1.0F;
constexpr float kWordGap = 0.13F;
constexpr float kRaisedSize = 0.82F;  // of the line's size
constexpr float kRaisedBy = 0.12F;
constexpr float kSamePlace = 0.15F;
constexpr float kAccentPlace = 0.4F;

struct Accent {
  char32_t spacing;
  char32_t combining;
};

// TeX and others paint an accent beside its letter's place and then the letter.
constexpr std::array kAccents = {
    Accent{0x00A8, 0x0308}, Accent{0x00B4, 0x0301}, Accent{0x0060, 0x0300}, Accent{0x02C6, 0x0302},
    Accent{0x02DC, 0x0303}, Accent{0x00B8, 0x0327}, Accent{0x02DA, 0x030A}, Accent{0x02C7, 0x030C},
    Accent{0x02D8, 0x0306}, Accent{0x02D9, 0x0307}, Accent{0x02DD, 0x030B}, Accent{0x00AF, 0x0304},
};

struct Spelling {
  char32_t code;
  std::string_view text;
};

constexpr std::array kSpellings = {
    Spelling{0xFB00, "ff"}, Spelling{0xFB01, "fi"}, Spelling{0xFB02, "fl"}, Spelling{0xFB03, "ffi"}, Spelling{0xFB04, "ffl"},
    Spelling{0xFB05, "st"}, Spelling{0xFB06, "st"}, Spelling{0x0132, "IJ"}, Spelling{0x0133, "ij"},
};

char32_t combining_of(char32_t code) {
  const auto found = std::ranges::find(kAccents, code, &Accent::spacing);
  return found == kAccents.end() ? 0 : found->combining;
}

bool is_space(char32_t c) {
  return c == ' ' || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x3000 || c == '\t';
}

bool is_dropped(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000 || c == 0xFFFD ||
         c == 0xFFFE || c == 0xFFFF || (c >= 0xD800 && c <= 0xDFFF);
}

bool may_carry_accent(char32_t c) { return (c < 0x80 && is_ascii_alpha(static_cast<char>(c))) || c == 0x131 || c == 0x237; }

// The dots of i and j give way to an accent.
char32_t with_dot(char32_t c) { return c == 0x131 ? 'i' : c == 0x237 ? 'j' : c; }

bool is_computer_modern(const Font& font) {
  const std::size_t plus = font.name.find('+');
  const std::string_view name = std::string_view(font.name).substr(plus == std::string::npos ? 0 : plus + 1);
  return name.starts_with("CM") || name.starts_with("LM") || name.starts_with("SFRM");
}

class Builder {
 public:
  explicit Builder(const std::vector<Font>& fonts) : fonts_(fonts) {}

  void take(const Glyph& glyph) {
    if (is_dropped(glyph.code)) return;
    const bool space = is_space(glyph.code);
    if (!open_ || !continues(glyph)) {
      close();
      if (space) return;
      start(glyph);
    }
    const float gap = glyph.x0 - last_x_;
    if (space || gap > kWordGap * glyph.size) part_words();
    last_x_ = glyph.x1;
    line_.box[2] = std::max(line_.box[2], glyph.x1);
    if (!space) put(glyph);
  }

  std::vector<Line> finish() {
    close();
    return std::move(lines_);
  }

 private:
  bool continues(const Glyph& glyph) const {
    const float em = std::max(glyph.size, line_.size), gap = glyph.x0 - last_x_;
    return glyph.turn == line_.turn && std::abs(glyph.baseline - line_.baseline) < kOtherBaseline * em && gap > kBackwards * em &&
           gap < kOtherColumn * em;
  }

  void start(const Glyph& glyph) {
    open_ = true;
    line_ = Line{};
    line_.turn = glyph.turn;
    line_.baseline = glyph.baseline;
    line_.size = glyph.size;
    line_.box = {glyph.x0, 0, glyph.x1, 0};
    last_x_ = glyph.x0;
    sizes_.clear();
    bold_ = italic_ = count_ = 0;
    accent_ = 0;
    raised_from_ = kNone;
  }

  void part_words() {
    flush_accent();
    if (!line_.text.empty() && line_.text.back() != ' ') line_.text.push_back(' ');
  }

  void put(const Glyph& glyph) {
    if (glyph.size > line_.size * 1.1F) {  // what came so far was raised or a mark; this is the line
      line_.baseline = glyph.baseline;
      line_.size = glyph.size;
    }
    note_raised(glyph);
    if (!compose(glyph)) append(glyph);
    if (raised_from_ != kNone) raised_to_ = line_.text.size();
    const Font* font = glyph.font < fonts_.size() ? &fonts_[glyph.font] : nullptr;
    ++count_;
    bold_ += font && font->bold ? 1 : 0;
    italic_ += font && font->italic ? 1 : 0;
    ++sizes_[static_cast<int>(std::lround(glyph.size * 10))];
  }

  void note_raised(const Glyph& glyph) {
    const bool raised = glyph.size < line_.size * kRaisedSize && glyph.baseline < line_.baseline - kRaisedBy * line_.size;
    if (raised && raised_from_ == kNone) {
      flush_accent();
      // "cities12" would hide the word; "m2" is one.
      if (trailing_letters() > 3) line_.text.push_back(' ');
      raised_from_ = line_.text.size();
    }
    if (!raised) end_raised();
  }

  void end_raised() {
    if (raised_from_ == kNone) return;
    line_.raised.emplace_back(static_cast<std::uint32_t>(raised_from_), static_cast<std::uint32_t>(raised_to_));
    raised_from_ = kNone;
  }

  std::size_t trailing_letters() const {
    std::size_t count = 0;
    for (auto c = line_.text.rbegin(); c != line_.text.rend() && (is_ascii_alpha(*c) || (static_cast<unsigned char>(*c) & 0x80));
         ++c)
      ++count;
    return count;
  }

  // An accent waits for its letter; a letter that waited gets its accent. True when the glyph was used up.
  bool compose(const Glyph& glyph) {
    const char32_t mark = combining_of(glyph.code);
    const float middle = (glyph.x0 + glyph.x1) / 2;
    if (mark != 0) {
      if (letter_ != 0 && std::abs(middle - middle_) < kAccentPlace * glyph.size * 0.5F) {
        line_.text.resize(letter_at_);
        append_utf8(line_.text, with_dot(letter_));
        append_utf8(line_.text, mark);
        letter_ = 0;
        return true;
      }
      flush_accent();
      accent_ = glyph.code;
      accent_middle_ = middle;
      return true;
    }
    if (accent_ != 0 && may_carry_accent(glyph.code) && std::abs(middle - accent_middle_) < kAccentPlace * glyph.size) {
      append_utf8(line_.text, with_dot(glyph.code));
      append_utf8(line_.text, combining_of(accent_));
      accent_ = 0;
      letter_ = 0;
      return true;
    }
    return false;
  }

  void flush_accent() {
    if (accent_ == 0) return;
    append_utf8(line_.text, accent_);
    accent_ = 0;
  }

  void append(const Glyph& glyph) {
    flush_accent();
    letter_ = may_carry_accent(glyph.code) ? glyph.code : 0;
    letter_at_ = line_.text.size();
    middle_ = (glyph.x0 + glyph.x1) / 2;
    const auto spelled = std::ranges::find(kSpellings, glyph.code, &Spelling::code);
    if (spelled != kSpellings.end()) line_.text += spelled->text;
    else if (glyph.code == 0x21B5 && glyph.font < fonts_.size() && is_computer_modern(fonts_[glyph.font]))
      line_.text += "ff";  // OT1 without a table
    else append_utf8(line_.text, glyph.code);
  }

  void close() {
    if (!open_) return;
    open_ = false;
    flush_accent();
    end_raised();
    while (!line_.text.empty() && line_.text.back() == ' ') line_.text.pop_back();
    if (line_.text.empty()) return;
    const std::string composed = nfc(line_.text);
    if (composed.size() != line_.text.size()) line_.raised = moved(line_.text, line_.raised);
    line_.text = composed;
    line_.size = static_cast<float>(
                     std::ranges::max_element(sizes_, {}, [](const auto& s) { return std::pair(s.second, s.first); })->first) /
                 10;
    line_.bold = bold_ * 2 > count_;
    line_.italic = italic_ * 2 > count_;
    line_.box[1] = line_.baseline - 0.8F * line_.size;
    line_.box[3] = line_.baseline + 0.2F * line_.size;
    if (!repeats()) lines_.push_back(std::move(line_));
  }

  // Byte ranges of the text before composition, in the composed text.
  static std::vector<std::pair<std::uint32_t, std::uint32_t>> moved(
      const std::string& text, const std::vector<std::pair<std::uint32_t, std::uint32_t>>& ranges) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> out;
    const auto at = [&](std::uint32_t byte) {
      return static_cast<std::uint32_t>(nfc(std::string_view(text).substr(0, byte)).size());
    };
    for (const auto& [begin, end] : ranges) out.emplace_back(at(begin), at(end));
    return out;
  }

  bool repeats() const {
    const std::size_t from = lines_.size() > 8 ? lines_.size() - 8 : 0;
    return std::any_of(lines_.begin() + static_cast<std::ptrdiff_t>(from), lines_.end(), [&](const Line& other) {
      const float near = kSamePlace * line_.size;
      return other.turn == line_.turn && std::abs(other.box[0] - line_.box[0]) < near &&
             std::abs(other.baseline - line_.baseline) < near && other.text == line_.text;
    });
  }

  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  const std::vector<Font>& fonts_;
  std::vector<Line> lines_;
  Line line_;
  bool open_ = false;
  float last_x_ = 0;
  std::map<int, int> sizes_;
  int bold_ = 0, italic_ = 0, count_ = 0;
  std::size_t raised_from_ = kNone, raised_to_ = 0;
  char32_t accent_ = 0, letter_ = 0;
  float accent_middle_ = 0, middle_ = 0;
  std::size_t letter_at_ = 0;
};

}  // namespace

std::vector<Line> lines_of(const RawPage& page, const std::vector<Font>& fonts) {
  Builder builder(fonts);
  for (const Glyph& glyph : page.glyphs) builder.take(glyph);
  std::vector<Line> lines = builder.finish();
  std::ranges::stable_partition(lines, [](const Line& line) { return line.turn == 0; });
  return lines;
}

std::string without_raised(const Line& line, std::string_view instead) {
  std::string out;
  std::size_t from = 0;
  for (const auto& [begin, end] : line.raised) {
    if (begin < from || end > line.text.size()) continue;
    out += line.text.substr(from, begin - from);
    out += instead;
    from = end;
  }
  return squeeze(out + line.text.substr(from));
}

}  // namespace colophon::formats_pdf
