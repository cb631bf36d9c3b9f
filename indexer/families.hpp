// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <map>
#include <span>
#include <string>
#include <vector>

#include "indexer/query/ast.hpp"

namespace Xapian {
class Database;
class WritableDatabase;
}  // namespace Xapian

namespace colophon::indexer {

/// The families of an index: its works that are versions of each other, by links from either side, over any number of steps and through
/// versions that are not there. A family goes by the identifier of its earliest version: the smallest of those that no other is an
/// earlier version of.
///
/// Documents hold only what their own records say (family.hpp). What follows from several of them is this table of identifiers, a function of
/// the documents alone: made anew at each commit from those with links, and kept in the index's metadata, so that it is of the same commit
/// as they are. A work that is not in the index has no part in it.
class Families {
 public:
  /// Internal: of the databases that are searched together. What each index knows is joined; a link that leads from one into another is known where
  /// one of them has both works. Throws Xapian's errors.
  static Families of(std::span<const Xapian::Database> indexes);
  /// Internal: makes the table of an index and notes it in the metadata of each of its shards, to be committed. Throws Xapian's errors.
  static void note(std::span<Xapian::WritableDatabase> shards);

  /// The family of what is known by the identifier: the identifier itself where it is alone.
  std::string name(const std::string& id) const;
  /// All identifiers of a family; the name alone where there is no other.
  std::vector<std::string> ids(const std::string& name) const;
  /// The query with family:NAME as any of its identifiers.
  query::Node spelt_out(const query::Node& query) const;

 private:
  std::map<std::string, std::string> names_;             // by identifier
  std::map<std::string, std::vector<std::string>> ids_;  // by name
};

}  // namespace colophon::indexer
