// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/bibtex/tex_table.hpp"

#include <array>
#include <charconv>
#include <cstring>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"
#include "bib/rich_text.hpp"

namespace colophon::formats::bibtex {
namespace {

constexpr std::string_view kTable =
#include "tex_rows.inc"
    ;

template <typename T>
struct Word {
  std::string_view word;
  T value;
};
constexpr std::array kKinds = {
    Word{"symbol", TexKind::symbol}, Word{"ligature", TexKind::ligature},       Word{"accent", TexKind::accent},
    Word{"mark", TexKind::mark},     Word{"declare", TexKind::declare},         Word{"unwrap", TexKind::unwrap},
    Word{"drop", TexKind::drop},     Word{"verbatim", TexKind::verbatim},       Word{"link", TexKind::link},
    Word{"math", TexKind::math},     Word{"alphabet", TexKind::alphabet},       Word{"fraction", TexKind::fraction},
    Word{"root", TexKind::root},     Word{"environment", TexKind::environment}, Word{"begin", TexKind::begin},
    Word{"end", TexKind::end}};
constexpr std::array kModes = {Word{"text", TexMode::text}, Word{"math", TexMode::math}, Word{"both", TexMode::both}};
constexpr std::array kClasses = {Word{"-", TexClass::ordinary}, Word{"bin", TexClass::binary}, Word{"rel", TexClass::relation},
                                 Word{"op", TexClass::operation}};
constexpr std::array kMarks = {Word{"-", bib::Mark{}},
                               Word{"italic", bib::Mark::italic},
                               Word{"bold", bib::Mark::bold},
                               Word{"small_caps", bib::Mark::small_caps},
                               Word{"superscript", bib::Mark::superscript},
                               Word{"subscript", bib::Mark::subscript},
                               Word{"quote", bib::Mark::quote},
                               Word{"code", bib::Mark::code}};

template <typename T, std::size_t N>
T value_of(const std::array<Word<T>, N>& words, std::string_view word) {
  for (const Word<T>& one : words) {
    if (one.word == word) return one.value;
  }
  COLOPHON_ASSERT(false);  // the table is ours
  return T{};
}

// "U+0301 U+0304" as these code points, everything else as itself.
std::string text_of(std::string_view meaning) {
  if (!meaning.starts_with("U+")) return std::string(meaning == "-" ? "" : meaning);
  std::string out;
  for (const std::string_view one : split(meaning, ' ')) {
    std::uint32_t code_point = 0;
    const auto [end, error] = std::from_chars(one.data() + 2, one.data() + one.size(), code_point, 16);
    COLOPHON_ASSERT(error == std::errc{} && end == one.data() + one.size());
    append_utf8(out, code_point);
  }
  return out;
}

TexCommand parse_row(std::string_view line) {
  const std::vector<std::string_view> cells = split(line, '\t');
  COLOPHON_ASSERT(cells.size() == 8);
  TexCommand out;
  out.name = cells[0];
  out.kind = value_of(kKinds, cells[1]);
  const bool marked = out.kind == TexKind::mark || out.kind == TexKind::declare;
  if (marked) out.marks = static_cast<std::uint16_t>(value_of(kMarks, cells[2]));
  else out.text = text_of(cells[2]);
  out.arguments = cells[3] == "-" ? std::string_view() : cells[3];
  out.written = cells[4] == "yes";
  out.mode = value_of(kModes, cells[5]);
  out.math_class = value_of(kClasses, cells[6]);
  out.witness = cells[7];
  return out;
}

// The rows, and a hash table of their names with linear probing: names are short, and one is looked up for each command of a file.
class Table {
 public:
  Table() {
    for (const std::string_view line : split(kTable, '\n')) {
      if (!line.empty() && !line.starts_with("# ")) rows_.push_back(parse_row(line));
    }
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (rows_[i].kind == TexKind::ligature) continue;
      if (rows_[i].name.size() == 1) signs_[static_cast<unsigned char>(rows_[i].name[0])] = static_cast<std::uint16_t>(i + 1);
      std::size_t slot = slot_of(rows_[i].name);
      while (slots_[slot] != 0) slot = (slot + 1) % kSlots;
      slots_[slot] = static_cast<std::uint16_t>(i + 1);
    }
  }

  const TexCommand* find(std::string_view name) const {
    if (name.size() == 1) {  // accents and escapes, most of what files hold
      const std::uint16_t row = signs_[static_cast<unsigned char>(name[0])];
      return row == 0 ? nullptr : &rows_[row - 1u];
    }
    for (std::size_t slot = slot_of(name); slots_[slot] != 0; slot = (slot + 1) % kSlots) {
      const TexCommand& row = rows_[slots_[slot] - 1u];
      if (row.name == name) return &row;
    }
    return nullptr;
  }

  std::span<const TexCommand> rows() const { return rows_; }

 private:
  static constexpr std::size_t kSlots = 4096;
  // By the first eight bytes and the length.
  static std::size_t slot_of(std::string_view name) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, name.data(), std::min<std::size_t>(name.size(), 8));
    return ((eight ^ name.size()) * 0x9E3779B97F4A7C15u) >> 52;
  }

  std::vector<TexCommand> rows_;
  std::array<std::uint16_t, kSlots> slots_{};
  std::array<std::uint16_t, 256> signs_{};
};

const Table& table() {
  static const Table kRows;
  return kRows;
}

}  // namespace

std::span<const TexCommand> tex_rows() { return table().rows(); }
const TexCommand* tex_command(std::string_view name) { return table().find(name); }

}  // namespace colophon::formats::bibtex
