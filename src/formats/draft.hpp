// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/digest.hpp"
#include "bib/document.hpp"
#include "bib/fold.hpp"
#include "bib/peer_review.hpp"
#include "bib/work.hpp"
#include "formats/sheet/table.hpp"

namespace colophon::formats {

/// What a reader made of one source: derived from (bytes, reader version), may be read anew at any time.
struct Draft {
  bib::Work work;
  std::string local_id;               ///< the citation key or record id in its file; empty when the file is the source
  std::optional<Sha256> key;          ///< text formats: digest of the bytes that determine the entry, with the macros and
                                      ///< parents it uses; else empty, and the source is (file, child)
  std::uint32_t child = 0;            ///< the draft's position in its file, from 0
  std::uint32_t begin = 0, end = 0;   ///< its bytes in the file, where that is known
  std::uint32_t line = 0;             ///< line on which it starts, from 1; 0 unknown
  std::optional<bib::Document> body;  ///< JATS and PDF
  std::vector<bib::PeerReview> reviews =
      {};  ///< that stand in an article: kept, shown by rule (review/open_review.hpp), never indexed

  friend bool operator==(const Draft&, const Draft&) = default;
};

/// How reading a file ended. Everything but `ok` and `partial` holds no drafts; each has a diagnostic that says why.
enum class Outcome : std::uint8_t { ok, partial, no_text, encrypted, damaged, unsupported, too_large };
std::string_view name(Outcome outcome);  ///< "no_text"
std::optional<Outcome> outcome_named(std::string_view name);

/// All that a reader says about one file. Readers never fail: a broken file is an outcome and a diagnostic.
struct Extraction {
  Outcome outcome = Outcome::ok;
  std::vector<Draft> drafts;
  std::vector<Table> tables;            ///< of a spreadsheet: its sheets, which hold no drafts before their columns are known
  std::vector<Diagnostic> diagnostics;  ///< paths are left empty; the caller knows the file's name
  friend bool operator==(const Extraction&, const Extraction&) = default;
};

/// Whether a text stands in a passage of a body or in a cell: what a canary is asked.
bool holds(const Extraction& extraction, std::string_view text);

Json to_json(const Extraction& extraction);
/// Errc::invalid for anything malformed: what a worker sends is not trusted.
Result<Extraction> extraction_from_json(const Json& json);

}  // namespace colophon::formats
