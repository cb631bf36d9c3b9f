// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <string>
#include <vector>

namespace Xapian {
class Database;
class Query;
}  // namespace Xapian

namespace colophon::indexer {

/// Internal: of the open classes, documents whose fuller twin stands in another open class do not match.
Xapian::Query without_twins(const Xapian::Query& query, const std::vector<std::string>& classes);
/// Internal: how many works have any of the terms, each once.
std::size_t works_with(const std::vector<std::string>& terms,
                       const Xapian::Database& all,
                       const std::vector<std::string>& classes);
/// Internal: the languages in which any part of a document is stemmed, and "en".
std::vector<std::string> languages_in(const Xapian::Database& database);

}  // namespace colophon::indexer
