// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/edits.hpp"
#include "formats/citation_key.hpp"

namespace colophon::formats {

/// An entry whose key changes: on which line it begins, and its keys. `from` is empty where it had none.
struct KeyChange {
  std::uint32_t line = 0;
  std::string from, to;
};
struct Rekeyed {
  std::vector<Edit> edits;         ///< as in_order() gives them
  std::vector<KeyChange> changes;  ///< in the order of the file
  std::size_t references = 0;      ///< how many crossref, xref, xdata, related and entryset keys were changed with them
  std::size_t entries = 0;
};

/// New keys for the entries of a BibTeX or BibLaTeX file by a pattern, as assign_keys() gives them: works are ordered by title, then by
/// their bytes. Keys of @xdata, @set and @control entries stay, and no other entry gets them. What refers to an entry by crossref,
/// xref, xdata, related or entryset is changed with it; of two entries with one key the first is meant. Errc::invalid for UTF-16
/// and UTF-32, whose bytes are not those that are read. Never changes another byte; linear.
Result<Rekeyed> rekey_bibtex(std::string_view bytes, const KeyPattern& pattern, Keys which);

/// The edits by which one entry gets another key, and the keys in it that refer to others become what `renamed` says (a key, or
/// nothing to leave it).
using Renamed = std::unordered_map<std::string, std::string>;
std::string entry_with_keys(std::string_view entry_bytes, std::string_view key, const Renamed& renamed);

}  // namespace colophon::formats
