// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <bitset>
#include <string>
#include <string_view>
#include <vector>

#include "bib/work.hpp"

namespace colophon::formats {

/// A work being read from a format whose values are plain texts: each text becomes a value by the kind of its field, and what does
/// not fit is refused, for the reader to keep as a further field. Texts are UTF-8.
class DraftBuilder {
 public:
  /// `format` begins the names of further fields: "ris" for "ris:AD".
  explicit DraftBuilder(std::string_view format) : format_(format) {}

  bib::WorkType type = bib::WorkType::unknown;

  bool has(bib::FieldId field) const { return taken_[static_cast<std::size_t>(field)]; }
  /// Marks and entities (markup.hpp) are read in words, identifiers checked, languages named, dates read (a literal only for the date
  /// of issue). False when it is no value of the field, or another one has a field of which a work has one; saying the same twice is fine.
  bool put(bib::FieldId field, std::string_view text, const bib::Origin& at);
  /// put(), else a further field "FORMAT:tag".
  void put_or_keep(bib::FieldId field, std::string_view tag, std::string_view text, const bib::Origin& at);
  void put_value(bib::FieldId field, bib::Value value, const bib::Origin& at);
  void keep(std::string_view tag, std::string_view text, const bib::Origin& at);

  /// A name at the end of a list of names; "et al." sets the list's flag.
  void person(bib::FieldId list, bib::Name name, const bib::Origin& at, std::string_view role = {});
  void person(bib::FieldId list, std::string_view sorted_name, const bib::Origin& at, std::string_view role = {});
  void others(bib::FieldId list) { list_of(list).list.others = true; }
  /// The last one of a list that was added, or null.
  bib::Contributor* last_person(bib::FieldId list);
  /// An address of the last author, or (`of_all`) of the authors without saying whose.
  enum class Whose : std::uint8_t { last, unknown };
  void affiliation(std::string_view text, Whose whose);

  /// ISSN or ISBN numbers, several with blanks, semicolons or remarks "(Print)" between. False when there is none.
  bool serial_number(std::string_view text, const bib::Origin& at);
  /// A link; DOIs in it are taken too when there is none yet.
  void link(std::string_view url, const bib::Origin& at);
  /// Keywords parted by semicolons or line ends.
  void keywords(std::string_view text, const bib::Origin& at);
  /// First and last page as a range.
  void pages(std::string_view first, std::string_view last, const bib::Origin& at);

  /// The work; the builder is empty afterwards.
  bib::Work finish();

 private:
  struct People {
    bib::FieldId field;
    bib::NameList list;
    bib::Origin at;
  };
  People& list_of(bib::FieldId field);
  bool says(bib::FieldId field, const bib::Value& value) const;

  std::string format_;
  std::vector<bib::Statement> statements_;
  std::vector<People> people_;
  std::bitset<256> taken_;
};

/// By what an entry without an id is known in its file: its DOI, else the first words of its title; empty when it has neither.
std::string entry_name(const bib::Work& work);
/// The type that a text about the kind of work names: a type's name or label, or a word of bibtex::type_of_genre().
std::optional<bib::WorkType> type_named_by(std::string_view genre);

}  // namespace colophon::formats
