// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formats/citation_key.hpp"

namespace colophon::formats::keys {

/// The people of a marker, their names fit for keys.
struct Person {
  std::string last;     ///< family name, or what is made of an institution's name
  std::string full;     ///< with its prefix, words parted by blanks
  std::string initial;  ///< of the given name
};
struct People {
  std::vector<Person> all;
  bool others = false;
};

/// A marker that is found: what to call, and the numbers in its name.
struct Marker {
  std::string (*people)(const People&, std::size_t n, std::size_t m) = nullptr;
  enum class Whose : unsigned char { author_or_editor, author, editor } whose = Whose::author_or_editor;
  std::string (*value)(const KeySource&, std::size_t n) = nullptr;  ///< where it is no matter of people
  std::string field;                                                ///< a field by name, where neither is set
  std::size_t n = 0, m = 0;
};
/// Never fails: what is no special marker is the name of a field.
Marker marker_named(std::string_view name);
/// The text, words parted by blanks, not yet cleaned.
std::string value_of(const Marker& marker, const KeySource& source);
/// True for a field that some format or program has.
bool is_field(std::string_view name);

/// The words of a title: at blanks and hyphens.
std::vector<std::string> title_words(std::string_view title);
/// "of", "the" …: English always, other languages for works in them.
bool is_function_word(std::string_view word, std::string_view language);

/// JabRef's unwanted characters and those that BibTeX disallows go, other scripts become ASCII; blanks stay.
std::string cleaned(std::string_view text);

}  // namespace colophon::formats::keys
