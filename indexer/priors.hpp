// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "indexer/query/ast.hpp"
#include "indexer/ranking.hpp"
#include "indexer/scored.hpp"
#include "indexer/weights.hpp"

namespace Xapian {
class Database;
}  // namespace Xapian

namespace colophon::indexer {

/// What speaks for a work before its words are looked at: how many works cite it, and how new it is. The first kCompany of the ranked
/// list get
///   best text weight · (citation share · citation_prior + recency share · recency_prior)
/// Both priors are from 0 to 1, so only works whose scores differ by less than (citation share + recency share) of the best text weight
/// change places: near-ties. Nobody falls behind those that are not looked at.
///
/// Citations are counted in the indexes that are searched and in no other, a work once: those whose list of references names the DOI.
///
/// **Off where a search says exactly what it seeks**, because then the words alone are to decide:
///   - a phrase in quotation marks, or words in a field (author:meerow, title:heat), anywhere in the query but behind a minus;
///   - the words of the whole query are the title of one of these works, letters folded;
///   - publications like one.
/// A query of identifiers, years or values alone has no ranking to which anything could be added. Such parts beside words only narrow
/// (heat type:report year:2019..), a concept has many names: the priors stay.
enum class Priors : bool { off, on };

/// By the query alone; whether it is a title is only known among the works.
Priors priors_for(const query::Node& query);

/// log(1 + citations) as a share of that of a hundred, at most 1.
double citation_prior(std::size_t citations);
/// 1 for this year and later, half of it after ten years, a third after twenty; 0 for a year that is not known (0).
double recency_prior(int year, int this_year);

/// Internal: adds the priors and puts the list in order again; off, with nothing changed, when one of the works has the title (a key as
/// the index keeps it). `classes` are those of the databases in `all`. Throws Xapian's errors.
Priors add_priors(std::vector<Standing>& order,
                  const std::vector<Score>& matches,
                  const std::string& title,
                  int this_year,
                  const Weights& weights,
                  const Xapian::Database& all,
                  const std::vector<std::string>& classes);

}  // namespace colophon::indexer
