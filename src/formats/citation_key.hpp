// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "bib/work.hpp"

namespace colophon::formats {

/// What a key is made of. `entry_type` is the type of entry where there is one ("inproceedings"), else it follows from the work's type.
struct KeySource {
  const bib::Work* work = nullptr;
  std::string_view entry_type = {};
};

/// A pattern for citation keys as JabRef has them (docs.jabref.org, "Customize the citation key generator"); docs/formats/citation-keys.md
/// tells the markers, the modifiers and where we differ.
///
///   pattern  : { text | "\" character | "[" marker { ":" modifier } "]" }
///   marker   : auth, authors3, auth4_2, edtr, year, shorttitle, keyword1, journal … or the name of any field
///   modifier : lower | upper | capitalize | titlecase | sentencecase | camel | abbr | truncateN | regex("a", "b") | (pattern)
///
/// Read once; immutable, cheap to copy, thread-safe.
class KeyPattern {
 public:
  /// Errc::invalid with what is wrong, where ("column 7") and, for a misspelt word, the one that was meant.
  static Result<KeyPattern> parse(std::string_view text);
  /// The key, without a suffix: ASCII letters, digits and "-_:./+". Empty when no marker finds anything and there is no text.
  std::string key(const KeySource& source) const;
  /// What of the pattern has no effect, for people: an unescaped "-" that is left out, a field that nobody knows.
  const std::vector<std::string>& notes() const;

  struct Part;

 private:
  struct Parsed;
  explicit KeyPattern(std::shared_ptr<const Parsed> parsed) : parsed_(std::move(parsed)) {}
  std::shared_ptr<const Parsed> parsed_;
};

/// The pattern that is used where nobody says another: "folke2019climate".
inline constexpr std::string_view kDefaultKeyPattern = "[auth:lower:(anon)][year:(nd)][veryshorttitle:lower]";
/// The key by the default pattern.
std::string citation_key(const bib::Work& work);

/// Letters, digits and "-_:./+" of a text in ASCII: what BibTeX and LaTeX accept in a key.
std::string escape_key(std::string_view text);

/// Tells works with one key apart: nothing for 0, "a" for 1 … "z" for 26, "aa" for 27.
std::string key_suffix(std::size_t number);

/// What a work brings to the choice of its key.
struct KeyWish {
  std::string given;     ///< the key that it has, or empty
  std::string made;      ///< by the pattern
  std::string identity;  ///< by which works with the same key are ordered: of the work itself, never of its arrival
};
/// keep: a work that has a key keeps it; pattern: only if the key is the pattern's with or without suffix.
enum class Keys : std::uint8_t { keep, pattern };

/// A key for each wish, in the same order, no two equal in any case (BibTeX compares so). Of several works with one key those that had
/// it or it with a suffix keep theirs; the others get none, "a", "b" … "z", "aa" … in the order of their identities. So the keys
/// depend on the works and not on their order, and assigning again changes nothing.
std::vector<std::string> assign_keys(const std::vector<KeyWish>& wishes, Keys which);

}  // namespace colophon::formats
