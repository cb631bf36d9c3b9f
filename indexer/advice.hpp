// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "indexer/query/ast.hpp"

namespace Xapian {
class Database;
}

namespace colophon::indexer {

/// Another query that may find what was meant, with what it would find.
struct Advice {
  enum class Kind : std::uint8_t {
    spelling,  ///< a word spelt otherwise
    without,   ///< one part left out
    wider,     ///< a phrase as words, a field's words anywhere
    either,    ///< any of the parts
  };
  Kind kind{};
  std::string query;      ///< in the query language
  std::string about;      ///< the part that is changed or left out, in the query language
  std::size_t works = 0;  ///< that it finds
  friend bool operator==(const Advice&, const Advice&) = default;
};
std::string_view name(Advice::Kind kind);

struct AdviceList {
  std::vector<std::string> nowhere;  ///< parts that no work has, in the query language
  std::vector<Advice> advice;        ///< nearest first, each finds something
  friend bool operator==(const AdviceList&, const AdviceList&) = default;
};
Json to_json(const AdviceList& list);

class Analyser;

/// What the words of a query are looked up in, and how many works a query finds: the viewer's own indexes and filters.
struct AdviceSource {
  const Xapian::Database& database;
  Analyser& analyser;
  const std::vector<std::string>& languages;
  std::function<std::size_t(const query::Node&)> count;
};

/// Internal. Spelling is proposed for a word that no work has, or that a word spelt nearly alike outnumbers ten times; the rest only where
/// nothing was found. Throws Xapian's errors.
AdviceList advise(const query::Node& root, std::size_t found, const AdviceSource& source);

}  // namespace colophon::indexer
