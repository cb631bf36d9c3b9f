// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/sheet/csv.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "formats/charset.hpp"
#include "formats/sheet/dates.hpp"

#include <fmt/format.h>

namespace colophon::formats {
namespace {

constexpr std::array kSeparators = {',', ';', '\t'};
constexpr std::size_t kSampleRecords = 64;
constexpr std::size_t kMaxDiagnostics = 100;

// --- bytes to UTF-8 ----------------------------------------------------------------------------------------------------------

std::string decoded(std::string_view bytes, std::vector<Diagnostic>& diagnostics) {
  const TextEncoding encoding = find_encoding(bytes);
  if (encoding.name.starts_with("UTF") && !encoding.as_is) return converted(bytes, encoding);
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (encoding.valid && encoding.as_is) return std::string(bytes);
  const std::string name = encoding.as_is ? "Windows-1252" : encoding.name;
  diagnostics.push_back({Severity::note,
                         "csv.encoding",
                         fmt::format("the file is no UTF-8; read as {}", name),
                         "if letters look wrong, save the file as “CSV UTF-8”",
                         {{}, 1, 0, 0}});
  return encoding.as_is ? from_windows_1252(bytes) : converted(bytes, encoding);
}

// --- cells -------------------------------------------------------------------------------------------------------------------

// Cuts text into records. One pass, and a second one from the first quote that is never closed.
class Cutter {
 public:
  Cutter(std::string_view text, char separator, std::vector<Diagnostic>* diagnostics)
      : text_(text), separator_(separator), diagnostics_(diagnostics) {}

  // False at the end. `cells` is wholly replaced.
  bool next(std::vector<Cell>& cells) {
    cells.clear();
    if (at_ == text_.size()) return false;
    bool wide = false;
    while (true) {
      std::string one = cell();
      if (cells.size() < kMaxCsvColumns) cells.push_back({std::move(one), CellKind::text});
      else wide = true;
      if (at_ == text_.size() || text_[at_] != separator_) break;
      ++at_;
    }
    if (wide) tell(Severity::error, "csv.too-wide", fmt::format("a row has more than {} cells", kMaxCsvColumns), at_);
    end_line();
    return true;
  }

 private:
  bool ends(std::size_t at) const { return text_[at] == separator_ || text_[at] == '\n' || text_[at] == '\r'; }

  std::string cell() {
    if (quotes_ && at_ < text_.size() && text_[at_] == '"') {
      const std::size_t close = closing(at_ + 1);
      if (close != std::string_view::npos) return quoted(close);
      tell(Severity::warning, "csv.open-quote", "a quote is never closed; from here on quotes are ordinary characters", at_);
      quotes_ = false;
    }
    return plain();
  }

  std::string plain() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && !ends(at_)) ++at_;
    return std::string(text_.substr(begin, at_ - begin));
  }

  // The quote that ends the cell whose text begins at `at`: the first that is no half of a pair.
  std::size_t closing(std::size_t at) const {
    while ((at = text_.find('"', at)) != std::string_view::npos) {
      if (at + 1 == text_.size() || text_[at + 1] != '"') return at;
      at += 2;
    }
    return std::string_view::npos;
  }

  std::string quoted(std::size_t close) {
    std::string out;
    for (std::size_t i = at_ + 1; i < close; ++i) {
      const char c = text_[i];
      if (c == '"') ++i;  // of a pair the first
      if (c == '\r') {
        if (i + 1 < close && text_[i + 1] == '\n') continue;
        out.push_back('\n');
      } else {
        out.push_back(c);
      }
    }
    at_ = close + 1;
    if (at_ == text_.size() || ends(at_)) return out;
    tell(Severity::warning, "csv.after-quote", "there is text behind a closing quote; it is kept", at_);
    return out + plain();
  }

  void end_line() {
    if (at_ < text_.size() && text_[at_] == '\r') ++at_;
    else if (at_ < text_.size()) return void(++at_);
    if (at_ < text_.size() && text_[at_] == '\n' && at_ > 0 && text_[at_ - 1] == '\r') ++at_;
  }

  void tell(Severity severity, std::string code, std::string message, std::size_t at) {
    if (!diagnostics_ || diagnostics_->size() >= kMaxDiagnostics) return;
    for (; counted_ < at; ++counted_) {
      if (text_[counted_] == '\n') ++line_, line_begin_ = counted_ + 1;
    }
    const auto column = static_cast<std::uint32_t>(at - line_begin_ + 1);
    diagnostics_->push_back({severity, std::move(code), std::move(message), {}, {{}, line_, column, 0}});
  }

  std::string_view text_;
  char separator_;
  std::vector<Diagnostic>* diagnostics_;
  std::size_t at_ = 0;
  bool quotes_ = true;
  std::size_t counted_ = 0, line_begin_ = 0;
  std::uint32_t line_ = 1;
};

// How well a separator cuts: the records that have as many cells as most, times those cells.
std::size_t evenness(std::string_view text, char separator) {
  Cutter cutter(text, separator, nullptr);
  std::vector<Cell> cells;
  std::vector<std::size_t> of_width(kMaxCsvColumns + 1);
  for (std::size_t i = 0; i < kSampleRecords && cutter.next(cells); ++i) ++of_width[cells.size()];
  std::size_t best = 0;
  for (std::size_t width = 2; width < of_width.size(); ++width) best = std::max(best, of_width[width] * of_width[width] * width);
  return best;
}

char separator_of(std::string_view text) {
  char out = ',';
  std::size_t best = 0;
  // the sample ends with a record, as far as quotes let it; a cut one only weighs less
  const std::string_view sample = text.substr(0, std::size_t{256} << 10);
  for (const char separator : kSeparators) {
    const std::size_t score = evenness(sample, separator);
    if (score > best) best = score, out = separator;
  }
  return out;
}

bool is_empty(const Cell& cell) { return trim(cell.text).empty(); }

// --- what a spreadsheet would do to a text -----------------------------------------------------------------------------------

bool runs(std::string_view text) {
  static constexpr std::array<std::string_view, 10> kStarts = {"=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"};
  return std::ranges::any_of(kStarts, [&](std::string_view start) { return text.starts_with(start); });
}

bool all_digits(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_ascii_digit); }

// "5 May", "March 2019", "mar-19"
bool is_month(std::string_view text) {
  if (text.size() > 24 || text.find_first_of("0123456789") == std::string_view::npos) return false;
  const std::string key = fold_key(text);
  const std::vector<std::string_view> words = split(key, ' ');
  const auto others = std::ranges::count_if(words, [](std::string_view word) { return !all_digits(word); });
  return words.size() > 1 && words.size() < 4 && others == 1 &&
         std::ranges::any_of(words, [](std::string_view word) { return month_in_words(word) != 0; });
}

// Long and leading-zero numbers, 12e34, 2019-03, 1/2, 7.5, "2.", 1:30, 5 May.
bool is_rewritten(std::string_view text) {
  if (all_digits(text)) return text.size() > 11 || (text.size() > 1 && text[0] == '0');
  if (const std::size_t e = text.find_first_of("eE"); e != std::string_view::npos && all_digits(text.substr(0, e)))
    return all_digits(text.substr(e + 1));
  const std::size_t separator = text.find_first_of("-./:");
  if (separator == std::string_view::npos) return is_month(text);
  std::vector<std::string_view> parts = split(text, text[separator]);
  if (parts.size() == 2 && parts[1].empty() && text.ends_with('.')) parts.pop_back();
  const bool short_numbers =
      std::ranges::all_of(parts, [](std::string_view part) { return all_digits(part) && part.size() <= 4; });
  return (short_numbers && parts.size() <= 3) || is_month(text);
}

bool needs_guard(std::string_view text) {
  while (text.starts_with('\'')) text.remove_prefix(1);
  return runs(text) || is_rewritten(text);
}

}  // namespace

Parsed<Csv> read_csv(std::string_view bytes) {
  Parsed<Csv> out;
  const std::string decoded_text = decoded(bytes, out.diagnostics);
  std::string_view text = decoded_text;
  std::uint32_t number = 0;
  if (text.size() > 4 && iequals(text.substr(0, 4), "sep=") && std::string_view(",;\t|").contains(text[4])) {
    out.value.separator = text[4];
    text.remove_prefix(std::min(text.size(), text.find('\n')));
    if (!text.empty()) text.remove_prefix(1);
    ++number;
  } else {
    out.value.separator = separator_of(text);
  }
  Cutter cutter(text, out.value.separator, &out.diagnostics);
  std::vector<Cell> cells;
  while (cutter.next(cells)) {
    ++number;
    while (!cells.empty() && is_empty(cells.back())) cells.pop_back();
    if (!cells.empty()) out.value.table.rows.push_back({number, cells});
  }
  if (text.data() != decoded_text.data()) {  // the line "sep=;" stands before
    for (Diagnostic& d : out.diagnostics) d.at.line += d.code == "csv.encoding" ? 0U : 1U;
  }
  return out;
}

std::string write_csv_row(std::span<const std::string> cells, char separator) {
  std::string out;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out.push_back(separator);
    const std::string& cell = cells[i];
    const bool quoted = cell.find_first_of(",;\t\"\r\n") != std::string::npos || cell.starts_with(' ') || cell.ends_with(' ');
    if (!quoted) {
      out += cell;
      continue;
    }
    out.push_back('"');
    for (const char c : cell) out.append(c == '"' ? 2 : 1, c);
    out.push_back('"');
  }
  return out + "\r\n";
}

std::string guard(std::string_view text) { return needs_guard(text) ? "'" + std::string(text) : std::string(text); }

std::string unguard(std::string_view text) {
  const bool guarded = text.starts_with('\'') && needs_guard(text.substr(1));
  return std::string(guarded ? text.substr(1) : text);
}

}  // namespace colophon::formats
