// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "formats/bibtex/splitter.hpp"

namespace colophon::formats::bibtex {

/// A part of a value as it stands between "#": {braced}, "quoted", 1999 or the name of a macro. `text` is without its delimiters.
struct Piece {
  enum class Kind : std::uint8_t { braced, quoted, number, macro };
  Kind kind = Kind::braced;
  std::string_view text;
};

/// "name = piece # piece": the value stands in bytes [begin, end) of the file, its pieces are Entry::pieces[first, first + count).
struct RawField {
  std::string_view name;
  std::size_t begin = 0, end = 0;
  std::uint32_t first = 0, count = 0;
};

/// Something that does not follow the grammar, and what was assumed: the row of fault_rows() says it in words.
enum class Fault : std::uint8_t {
  empty_key,
  missing_comma,
  remark,
  missing_value,
  unclosed_value,
  stray_text,
  early_close,
  unclosed_by_entry,
  unclosed_at_end,
  braceless_comment,
};
struct FaultRow {
  Fault fault;
  std::string_view code, message, hint;
};
const FaultRow& row(Fault fault);

struct RawFault {
  Fault fault;
  std::size_t at;  ///< byte of the file
};

/// An entry's concrete syntax: views into the file, nothing decoded. "@string" gives its one definition as a field.
struct Entry {
  std::string_view key;
  std::size_t key_begin = 0;
  std::vector<RawField> fields;
  std::vector<Piece> pieces;
  std::vector<RawFault> faults;
  std::vector<std::string_view> stray;  ///< what belongs to no field
};

/// Where a key that begins at `at` ends: before the first comma, "=", brace or line end, or with the text.
std::size_t end_of_key(std::string_view text, std::size_t at);

/// Parses the body of a chunk of kind entry or string into `out`, whose buffers are used again. Never fails: missing commas,
/// "%" remarks, an empty key, a brace or quote that is not closed are survived with a fault. Linear in the chunk's length.
void parse_entry(std::string_view file, const Chunk& chunk, Entry& out);

}  // namespace colophon::formats::bibtex
