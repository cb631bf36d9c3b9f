// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/json.hpp"
#include "bib/date.hpp"
#include "bib/element_path.hpp"
#include "bib/fields.hpp"
#include "bib/name.hpp"
#include "bib/rich_text.hpp"
#include "bib/work_type.hpp"

namespace colophon::bib {

/// Words in a language (BCP 47 tag, or empty).
struct Text {
  std::string text;
  std::string lang;
  friend bool operator==(const Text&, const Text&) = default;
};

/// A canonical code: an identifier (Doi::str() …), a number or range with an en dash, a term.
struct Code {
  std::string value;
  friend bool operator==(const Code&, const Code&) = default;
};

/// Another work, cited or related. `scheme` names what `target` is: a FieldId name ("doi", "url") or "key" for a citation key.
struct Link {
  std::string relation;  ///< "references", "is-translation-of", "is-version-of", "corrects", "part-of" …
  std::string scheme;
  std::string target;
  std::string text;  ///< the reference as printed
  friend bool operator==(const Link&, const Link&) = default;
};

struct Funding {
  std::string funder;
  std::string funder_id;  ///< Crossref funder id or ROR, canonical
  std::string award;
  std::string recipient;
  friend bool operator==(const Funding&, const Funding&) = default;
};

/// A field of a format that we have no place for, kept: name "bibtex:groups", text as in the source.
struct Extra {
  std::string name;
  std::string text;
  friend bool operator==(const Extra&, const Extra&) = default;
};

/// The alternative must be the one of the field's kind (row(field).kind).
using Value = std::variant<Text, RichText, NameList, Date, Code, Link, Funding, Extra>;

/// Where a value stands in its source: bytes [begin, end) of a text (counted from the file in a reader's draft, from the entry in the
/// store), line and element path of an XML file, page and box (points,
/// x0 y0 x1 y1 from the top left) of a PDF. Nothing of it is set when unknown.
struct Origin {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t line = 0;
  ElementPath path;
  std::uint32_t page = 0;
  std::array<float, 4> box{};
  friend bool operator==(const Origin&, const Origin&) = default;
};

/// One value of one field. `source` is the short id of the source that it comes from; set in records, empty in drafts.
struct Statement {
  FieldId field{};
  Value value;
  Origin origin;
  std::string source;
  friend bool operator==(const Statement&, const Statement&) = default;
};

/// A bibliographic entity: a type and its statements sorted by field, several of one field in their own order.
/// Absence is free. Invariant: the value's alternative fits the field's kind; fields of cardinality one occur once.
class Work {
 public:
  WorkType type = WorkType::unknown;

  /// Adds behind the other values of the field; a field of cardinality one is replaced. Empty values are ignored. Cheap when fields come
  /// in their order.
  void add(FieldId field, Value value, Origin origin = {}, std::string source = {});
  void add(Statement&& statement);
  /// The same for readers that go through the fields in their order: the value, which is not empty, is made in its place.
  template <class V>
  void append(FieldId field, V&& value, std::uint32_t begin, std::uint32_t end) {
    const bool in_order = statements_.empty() || statements_.back().field < field ||
                          (statements_.back().field == field && row(field).cardinality == Cardinality::many);
    if (!in_order) return add(field, std::forward<V>(value), {.begin = begin, .end = end});
    statements_.emplace_back(field, InPlace<V>{value}, Span{begin, end}, Nothing{});
  }
  void remove(FieldId field);
  /// Nothing, of type unknown; the room is kept for the next work.
  void clear();
  void reserve(std::size_t statements) { statements_.reserve(statements); }
  bool has(FieldId field) const { return !all(field).empty(); }
  /// Where each value stands, to be rewritten in place: `change` takes an Origin&.
  template <class Change>
  void change_origins(Change change) {
    for (Statement& s : statements_) change(s.origin);
  }
  /// The statements of one field, in order.
  std::span<const Statement> all(FieldId field) const;
  const std::vector<Statement>& statements() const { return statements_; }

  /// The first value of the field, or empty / null: typed short cuts.
  std::string text(FieldId field) const;  ///< plain text of any kind of value
  const NameList* names(FieldId field) const;
  const Date* date(FieldId field) const;
  const RichText* rich(FieldId field) const;
  /// title + ": " + subtitle, plain.
  std::string full_title() const;
  /// The year of issue, or nothing.
  std::optional<int> year() const;

  friend bool operator==(const Work&, const Work&) = default;

 private:
  // What a statement is made of when it is made where it stands: conversions, for only these save the move of each part.
  template <class V>
  struct InPlace {
    std::remove_reference_t<V>& value;
    operator Value() const { return Value(std::in_place_type<std::remove_cvref_t<V>>, std::forward<V>(value)); }  // NOLINT
  };
  struct Span {
    std::uint32_t begin, end;
    operator Origin() const { return {.begin = begin, .end = end}; }  // NOLINT
  };
  struct Nothing {
    operator std::string() const { return {}; }  // NOLINT
  };

  std::vector<Statement> statements_;
};

/// True when the value says nothing (empty text, no names …).
bool is_empty(const Value& value);
inline bool is_empty(const Text& v) { return v.text.empty(); }
inline bool is_empty(const RichText& v) { return v.empty(); }
inline bool is_empty(const NameList& v) { return v.names.empty() && !v.others; }
inline bool is_empty(const Date& v) { return v.known() && v.from == PartialDate{}; }
inline bool is_empty(const Code& v) { return v.value.empty(); }
inline bool is_empty(const Link& v) { return v.target.empty() && v.text.empty(); }
inline bool is_empty(const Funding& v) { return v.funder.empty() && v.award.empty() && v.funder_id.empty(); }
inline bool is_empty(const Extra& v) { return v.text.empty(); }
/// A value as one line of plain text for people.
std::string plain(const Value& value);
/// The value's key for equality across sources: folded where case and marks do not matter (keywords), canonical otherwise.
std::string identity(FieldId field, const Value& value);

/// Reads what a person or a field of text gives for a field, by its kind: names as "Family, Given; …", dates as EDTF, identifiers
/// checked. Errc::invalid says what is wrong and how to write it.
Result<Value> parse_value(FieldId field, std::string_view text);
/// Canonical form of an identifier field (doi, isbn …) or of any other code, blanks squeezed. Errc::invalid as in identifiers.hpp.
Result<Code> parse_code(FieldId field, std::string_view text);

/// {"type": "report", "fields": [{"field","value","at"?,"source"?}, …]}; values by kind. Total both ways.
Json to_json(const Work& work);
/// Errc::invalid for anything that does not fit the field table: the worker that sends it is not trusted.
Result<Work> work_from_json(const Json& json);
Json to_json(const Value& value);
Result<Value> value_from_json(FieldId field, const Json& json);
Json to_json(const Origin& origin);
Origin origin_from_json(const Json& json);

}  // namespace colophon::bib
