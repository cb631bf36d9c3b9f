// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "formats/text_input.hpp"

namespace colophon::formats::tagged {

/// The three formats of one tag a line that the world has.
enum class Dialect : std::uint8_t {
  ris,      ///< "TY  - JOUR" to "ER  - "; blanks about the hyphen may be missing
  medline,  ///< "PMID- 123", wrapped lines indented, records parted by blank lines
  refer,    ///< "%A Name"; records parted by blank lines or begun by "%0"
};

/// One field: its tag without blanks, and its text as it stands, wrapped lines with their ends. Places are bytes of the text.
struct Field {
  std::string_view tag;
  std::string_view text;
  std::uint32_t begin = 0, end = 0;  ///< of the text
  std::uint32_t line = 0, column = 0;

  Location at() const { return {.path = {}, .line = line, .column = column, .page = 0}; }
};

struct Record {
  std::vector<Field> fields;
  std::uint32_t begin = 0, end = 0;  ///< from the first tag to the end of the last line that says something
  std::uint32_t line = 0;
};

/// Cuts a text into records and fields, without copying. Every line that is not blank belongs to a field, but for those before the
/// first record or behind an "ER" (a remark `stray-text`, once). Line ends are LF, CRLF or CR. Linear.
class Splitter {
 public:
  Splitter(const TextInput& input, Dialect dialect, Remarks& remarks);
  bool next(Record& out);

 private:
  struct Line {
    std::string_view text;
    std::size_t begin;
    std::uint32_t number;
  };
  Line take_line();
  void give_back(const Line& line) { at_ = line.begin, line_ = line.number; }
  bool starts(std::string_view tag, bool after_blank, bool only_heads) const;

  std::string_view text_;
  Dialect dialect_;
  Remarks& remarks_;
  std::size_t at_;
  std::uint32_t line_ = 1;
  std::optional<bool> headed_;  ///< whether the file's first record begins with the dialect's head tag: then all do
};

/// The tag at a line's start, and where its text begins; nothing when the line continues another.
struct Tag {
  std::string_view name;
  std::size_t text;
};
std::optional<Tag> tag_of(std::string_view line, Dialect dialect);

}  // namespace colophon::formats::tagged
