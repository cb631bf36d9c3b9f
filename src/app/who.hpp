// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

#include "app/comparison.hpp"

namespace colophon::app {

/// Somebody whose works are like a text.
struct Expert {
  std::string key;     ///< of PersonNames, for this answer only
  std::string name;    ///< the longest form among the works like the text
  std::string orcid;   ///< or empty
  std::string handle;  ///< of the person in this library with that ORCID iD or name, or empty
  double score = 0;
  struct Evidence {
    std::string id, title;
    int year = 0;  ///< 0 is unknown
    double score = 0;
  };
  std::vector<Evidence> works;  ///< those that the score is of, the likest first
};

struct WhoRequest {
  std::size_t limit = 10;
  int recent_years = 4;  ///< co-authors of an author's work of so many calendar years are no reviewers
};

/// Ranks the authors of works that the audience may see for a text: the mean of their three works most like it, a missing one counting
/// as 0 (indexer/similar.hpp). One person is who has one ORCID iD; without one, one family name and given name, initials standing for
/// the only such name. Organisations are not ranked. What somebody reviewed plays no part: only what is published counts.
///
/// For a submission, those are left out who cannot review it: its authors, its editor, who has an assignment in its open round, and
/// recent co-authors of its authors.
Result<std::vector<Expert>> who_knows(Library& library, const ComparedText& text, Audience audience, const WhoRequest& request);

/// {"v":1,"people":[{"name","orcid","handle","score","works":[{"id","title","year","score"}]}]} (docs/formats/json.md).
Json who_json(const std::vector<Expert>& people);

}  // namespace colophon::app
