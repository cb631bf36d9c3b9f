// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/profile.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "indexer/schema.hpp"

#include <xapian.h>

namespace colophon::indexer {
namespace {

constexpr double kK1 = 1.5, kB = 0.75, kK3 = 8;
constexpr std::size_t kFewTerms = 40;  // below, the text itself is asked, too
constexpr std::size_t kTellingTerms = 60;
constexpr double kNearlyAll = 0.4;        // part of the documents
constexpr Xapian::doccount kSmall = 200;  // documents from which on that means something

// The stems of which rows: the profile's own words.
constexpr std::array<std::string_view, 3> kRowNames = {"title", "abstract", "keyword"};

std::string stem_prefix(std::string_view row) { return std::string(kStemPrefix) + std::string(row_named(row)->prefix); }

bool plain_stem(const std::string& term) {
  return term.size() > 1 && term.starts_with(kStemPrefix) && !(term[1] >= 'A' && term[1] <= 'Z');
}

double idf(const std::string& term, const Xapian::Database& database) {
  const double documents = database.get_doccount(), with = database.get_termfreq(term);
  const double odds = (documents - with + 0.5) / (with + 0.5);
  return std::log(odds < 2 ? odds * 0.5 + 1 : odds);  // as Xapian::BM25Weight has it
}

struct Telling {
  std::string term;
  double weight = 0;
};

void add_telling(Profile& out, const Xapian::Database& database, Xapian::docid document) {
  std::vector<Telling> all;
  for (auto it = database.termlist_begin(document), end = database.termlist_end(document); it != end; ++it) {
    const std::string term = *it;
    if (plain_stem(term)) all.push_back({term, (1 + std::log(it.get_wdf())) * idf(term, database)});
  }
  const std::size_t kept = std::min(all.size(), kTellingTerms);
  std::ranges::partial_sort(all, all.begin() + static_cast<std::ptrdiff_t>(kept), std::greater<>(), &Telling::weight);
  for (std::size_t i = 0; i < kept; ++i) ++out[all[i].term];
}

}  // namespace

Profile profile_of(const Xapian::Database& database, std::uint32_t document) {
  static const std::array kPrefixes = {stem_prefix(kRowNames[0]), stem_prefix(kRowNames[1]), stem_prefix(kRowNames[2])};
  Profile out;
  for (const std::string& prefix : kPrefixes) {
    auto it = database.termlist_begin(document);
    const auto end = database.termlist_end(document);
    for (it.skip_to(prefix); it != end && (*it).starts_with(prefix); ++it)
      out[std::string(kStemPrefix) + (*it).substr(prefix.size())] += it.get_wdf();
  }
  if (out.size() < kFewTerms) add_telling(out, database, document);
  return out;
}

Profile profile_of(std::string_view text, const std::vector<std::string>& languages, Analyser& analyser) {
  Profile out;
  std::vector<std::string> stems;
  const auto add = [&](std::string_view stem) {
    if (!stem.empty() && std::ranges::find(stems, stem) == stems.end()) stems.emplace_back(stem);
  };
  analyser.tokens(clean(text), [&](const Token& token) {
    if (token.folded.empty()) return;
    stems.clear();
    for (const std::string& language : languages) {
      const auto [first, second] = analyser.stems(language, token.folded, token.accented);
      add(first), add(second);
    }
    for (const std::string& stem : stems) ++out[std::string(kStemPrefix) + stem];
  });
  return out;
}

Xapian::Query query_of(const Profile& profile, const Xapian::Database& database) {
  const Xapian::doccount documents = database.get_doccount();
  std::vector<Xapian::Query> terms;
  for (const auto& [term, times] : profile) {
    const Xapian::doccount with = database.get_termfreq(term);
    const bool common = documents > kSmall && with > kNearlyAll * documents;
    if (with > 0 && !common) terms.emplace_back(term, times);
  }
  return Xapian::Query(Xapian::Query::OP_OR, terms.begin(), terms.end());
}

const Xapian::Weight& profile_weight() {
  static const Xapian::BM25Weight kWeight(kK1, 0, kK3, kB, 0);
  return kWeight;
}

double self_score(const Profile& profile, const Xapian::Database& database) {
  double out = 0;
  for (const auto& [term, times] : profile) {
    if (database.get_termfreq(term) == 0) continue;
    const double n = times;
    out += idf(term, database) * (kK3 + 1) * n / (kK3 + n) * (kK1 + 1) * n / (kK1 + n);
  }
  return out;
}

}  // namespace colophon::indexer
