// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace Xapian {
class Database;
}

namespace colophon::indexer {

/// Internal: the words of an open index as a dictionary. What an index does not hold cannot be found here, so that each viewer has the
/// dictionary of the indexes that they may open. All throw Xapian's errors.

struct DictionaryWord {
  std::string word;  ///< without its prefix
  std::size_t works = 0;
};

struct DictionaryScan {
  std::vector<DictionaryWord> words;  ///< the most frequent ones, of equals in order of letters
  std::size_t all = 0;                ///< that fit
  bool whole = true;                  ///< false: the budget ended before the dictionary
};

/// The words with a prefix of the schema that begin with `beginning` and that `accept` takes; at most `limit`. Each word looked at
/// takes one from the budget.
DictionaryScan scan(const Xapian::Database& database,
                    std::string_view prefix,
                    std::string_view beginning,
                    const std::function<bool(std::string_view)>& accept,
                    std::size_t limit,
                    std::size_t& budget);

/// "Wom*n" gives "wom*n": folded, stars in a row as one.
std::string folded_pattern(std::string_view text);
/// Whether a folded word fits a folded pattern, in which * stands for any letters or none.
bool fits(std::string_view word, std::string_view pattern);

}  // namespace colophon::indexer
