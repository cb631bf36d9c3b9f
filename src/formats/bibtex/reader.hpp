// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "formats/draft.hpp"

namespace colophon::formats {

/// Reads BibTeX and BibLaTeX (btxdoc.tex; BibLaTeX manual 3.19) entry by entry. Never fails: what is wrong is survived with a
/// diagnostic that says where (line and column in bytes) and what was assumed (codes "bibtex.*"); what has no field of its own is
/// kept as bib::Extra{"bibtex:name", raw text}.
///
/// Each draft: local_id is the citation key (keys given twice stay, with a note); begin, end and line are the entry's place; the
/// statements' origins are the byte spans of their values, those of inherited values in the parent. key is the SHA-256 of, each with
/// its length before it: the entry's bytes, the digests of the @string definitions it uses (made likewise), and the keys of its
/// crossref and xdata parents. So it does not depend on where the entry stands or on what else the file holds.
///
/// Encodings: see find_encoding(). UTF-8 and Windows-1252 are read where they stand, value by value (bibtex.encoding says so where a file is
/// no UTF-8). UTF-16 and others are converted first, and then begin, end and origins are left out, since they would not be bytes of the
/// file (bibtex.utf-16, bibtex.encoding).
///
/// TeX is decoded by tex.tsv and the commands that the file's preambles define (tex.hpp); what nobody knows stays as it is, and is
/// reported once a file (bibtex.unknown-command).
///
/// Time is linear in the file's length; expansion of macros and inheritance is bounded by 16 times the file's length + 1 MiB in
/// all (bibtex.too-much-expansion). Memory: about 32 bytes an entry, no list of drafts. @xdata entries are
/// no drafts. The file must outlive the reader. Not thread-safe.
///
///   BibtexReader reader(bytes);
///   for (Draft draft; reader.next(draft);) use(draft);
class BibtexReader {
 public:
  /// Whether Draft::key is made: a library needs it, a conversion or a check does not.
  enum class Keys : std::uint8_t { make, skip };

  explicit BibtexReader(std::string_view bytes, Keys keys = Keys::make);
  ~BibtexReader();
  BibtexReader(BibtexReader&&) noexcept;
  BibtexReader& operator=(BibtexReader&&) noexcept;

  /// False at the end; `out` is wholly replaced.
  bool next(Draft& out);
  /// Those found since the last call, in the order of the file; at most 10,000 of a file, then a last one that says so.
  std::vector<Diagnostic> take_diagnostics();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// All drafts and diagnostics at once. Outcome::too_large beyond 4 GiB, damaged when there are bytes but no entry.
Extraction read_bibtex(std::string_view bytes);

}  // namespace colophon::formats
