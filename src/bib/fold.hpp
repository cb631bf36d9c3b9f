// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <span>
#include <string>
#include <vector>

#include "base/digest.hpp"
#include "bib/work.hpp"

namespace colophon::bib {

/// What kind of source an assertion comes from; the order is the rank by which a record takes its fields.
enum class SourceKind : std::uint8_t { person, publication, jats, bibliographic, pdf };
std::string_view name(SourceKind kind);  ///< "person", "publication", "jats", "bibliographic" (BibTeX, RIS, Crossref), "pdf"
std::optional<SourceKind> source_kind_named(std::string_view name);

/// One assertion about a work. `none` lists the fields that a person says have no value.
struct Assertion {
  Sha256 key;            ///< digest of the bytes that determine the source; breaks ties, never arrival
  std::string short_id;  ///< how the source is named in statements
  SourceKind kind = SourceKind::bibliographic;
  Work work;
  std::vector<FieldId> none;
};

/// A record and what was not chosen. Rejected statements keep their source, so that nothing is hidden.
struct Folded {
  Work record;
  std::vector<Statement> rejected;
};

/// record = fold(sources), field by field: a `best` field takes all its values from the one source of lowest rank, then of the most
/// complete value, then of the smallest key; a `unite` field takes the distinct values (identity()) of all sources in that
/// order. A person's statement replaces the field of all others, and may assert none. The type is taken like a `best` field.
/// Pure; independent of the order of `assertions`. Throws nothing; an empty list gives an empty record.
Folded fold(std::span<const Assertion> assertions);

}  // namespace colophon::bib
