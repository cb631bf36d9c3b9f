// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace colophon::formats::bibtex {

/// The concrete syntax of a BibTeX file (btxdoc.tex section 2; BibLaTeX manual 3.19 section 2), without a look into the values:
///
///   file    = { free text | "@" word ( "{" body "}" | "(" body ")" ) | "@comment" rest of the line }
///   body    : braces are balanced; in "( )" a ")" ends it outside braces, quotes and the parentheses of a key
///
/// Everything outside an entry is free text, as BibTeX has it ("%" does not hide an entry).
enum class ChunkKind : std::uint8_t { entry, string, preamble, comment, text };

/// How a chunk ended, and what was assumed where it did not end as the grammar says.
enum class Ending : std::uint8_t {
  closed,       ///< by its own delimiter
  early_close,  ///< a brace closed the entry, but ", name =" followed: the entry goes on
  next_entry,   ///< not closed: it ends before the next "@word{key," at the start of a line
  end_of_file,  ///< not closed, and the file ends
  end_of_line,  ///< "@Comment" without braces: it ends with its line
};

/// Bytes [begin, end) of the file. `word` and the body [body_begin, body_end) are set for all kinds but text; `line` is that of
/// `begin`, from 1. Views point into the file.
struct Chunk {
  ChunkKind kind = ChunkKind::text;
  Ending ending = Ending::closed;
  std::uint32_t line = 1;
  std::size_t begin = 0, end = 0;
  std::string_view word;
  std::size_t body_begin = 0, body_end = 0;
};

/// Cuts a file into chunks that tile it: each begins where the last ended, the last ends at the file's end.
///
/// An entry that is not closed ends before the next line that starts with "@word{key,". Such a line inside balanced braces or quotes of a
/// value is text: it is taken as an entry only when the braces do not close before the next such line, so each byte is
/// looked at four times at most, and the time is linear for any input. "@comment{…}" may hold whole entries.
/// The file must outlive the splitter and the chunks' views. Not thread-safe; cheap to make.
///
///   for (Chunk c; splitter.next(c);) if (c.kind == ChunkKind::entry) …
class Splitter {
 public:
  explicit Splitter(std::string_view file) : file_(file) {}
  bool next(Chunk& out);

 private:
  struct Close {
    std::size_t body_end, end;
    Ending ending;
  };
  bool starts_at(std::size_t at, Chunk& out) const;
  Close find_end(const Chunk& chunk);
  Close find_brace_end(const Chunk& chunk);
  Close find_parenthesis_end(const Chunk& chunk) const;
  Close find_comment_end(const Chunk& chunk);
  std::size_t next_entry_line(std::size_t from) const;
  std::uint32_t line_of(std::size_t at);

  std::string_view file_;
  std::size_t at_ = 0;
  std::size_t counted_to_ = 0;
  std::uint32_t line_ = 1;
  bool comment_ran_to_end_ = false;
};

std::vector<Chunk> split(std::string_view file);

/// The number of line feeds in a text; of a lone carriage return none.
std::size_t count_lines(std::string_view text);

}  // namespace colophon::formats::bibtex
