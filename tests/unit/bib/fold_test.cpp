// SPDX-License-Identifier: GPL-3.0-or-later
#include "bib/fold.hpp"

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "unit/bib/generators.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace colophon::bib {
namespace {

Assertion source(SourceKind kind, std::string id, std::initializer_list<std::pair<FieldId, std::string>> said) {
  Assertion out;
  out.key = sha256(id);
  out.short_id = std::move(id);
  out.kind = kind;
  for (const auto& [field, text] : said) out.work.add(field, *parse_value(field, text));
  return out;
}

std::vector<std::string> values(const Work& work, FieldId field) {
  std::vector<std::string> out;
  for (const Statement& s : work.all(field)) out.push_back(plain(s.value));
  return out;
}
std::vector<std::string> sources_of(const Work& work, FieldId field) {
  std::vector<std::string> out;
  for (const Statement& s : work.all(field)) out.push_back(s.source);
  return out;
}

using Strings = std::vector<std::string>;

TEST(Fold, NothingGivesAnEmptyRecord) {
  const Folded folded = fold({});
  EXPECT_EQ(folded.record, Work{});
  EXPECT_TRUE(folded.rejected.empty());
}

TEST(Fold, RankDecidesBeforeLength) {
  const std::vector<SourceKind> ranks = {SourceKind::person, SourceKind::publication, SourceKind::jats, SourceKind::bibliographic,
                                         SourceKind::pdf};
  for (std::size_t high = 0; high < ranks.size(); ++high) {
    for (std::size_t low = high + 1; low < ranks.size(); ++low) {
      const std::vector<Assertion> all = {source(ranks[low], "low", {{FieldId::title, "A much longer title than the other"}}),
                                          source(ranks[high], "high", {{FieldId::title, "T"}})};
      const Folded folded = fold(all);
      EXPECT_EQ(folded.record.text(FieldId::title), "T") << name(ranks[high]) << " before " << name(ranks[low]);
      ASSERT_EQ(folded.rejected.size(), 1u);
      EXPECT_EQ(folded.rejected[0].source, "low");
    }
  }
}

TEST(Fold, TiesGoToTheMoreCompleteThenToTheSmallerKey) {
  const std::vector<Assertion> lengths = {source(SourceKind::bibliographic, "x", {{FieldId::title, "Heat"}}),
                                          source(SourceKind::bibliographic, "y", {{FieldId::title, "Heat plans"}})};
  EXPECT_EQ(fold(lengths).record.text(FieldId::title), "Heat plans");
  std::vector<Assertion> keys = {source(SourceKind::bibliographic, "x", {{FieldId::title, "Heat"}}),
                                 source(SourceKind::bibliographic, "y", {{FieldId::title, "Cold"}})};
  for (Assertion& a : keys) a.key = Sha256{};
  keys[0].key.bytes[0] = 2;
  keys[1].key.bytes[0] = 1;
  EXPECT_EQ(fold(keys).record.text(FieldId::title), "Cold");
  std::swap(keys[0].key, keys[1].key);
  EXPECT_EQ(fold(keys).record.text(FieldId::title), "Heat");
}

TEST(Fold, AuthorsAreOneUnit) {
  const std::vector<Assertion> all = {source(SourceKind::bibliographic, "bib", {{FieldId::author, "Doe, J.; Roe, R.; Poe, E."}}),
                                      source(SourceKind::jats, "jats", {{FieldId::author, "Doe, Jane"}})};
  const Folded folded = fold(all);
  EXPECT_EQ(folded.record.text(FieldId::author), "Doe, Jane");
  ASSERT_EQ(folded.rejected.size(), 1u);
  EXPECT_EQ(plain(folded.rejected[0].value), "Doe, J.; Roe, R.; Poe, E.");
}

TEST(Fold, UniteKeepsEachValueOnceInOrderOfRank) {
  const std::vector<Assertion> all = {
      source(SourceKind::bibliographic, "bib", {{FieldId::keyword, "Heat"}, {FieldId::keyword, "flood"}}),
      source(SourceKind::jats, "jats", {{FieldId::keyword, "heat"}, {FieldId::keyword, "risk"}})};
  const Work record = fold(all).record;
  EXPECT_EQ(values(record, FieldId::keyword), (Strings{"heat", "risk", "flood"}));
  EXPECT_EQ(sources_of(record, FieldId::keyword), (Strings{"jats", "jats", "bib"}));
}

TEST(Fold, APersonReplacesEvenUnitedFields) {
  const std::vector<Assertion> all = {source(SourceKind::jats, "jats", {{FieldId::keyword, "heat"}, {FieldId::keyword, "risk"}}),
                                      source(SourceKind::person, "edit", {{FieldId::keyword, "cold"}})};
  const Folded folded = fold(all);
  EXPECT_EQ(values(folded.record, FieldId::keyword), Strings{"cold"});
  EXPECT_EQ(folded.rejected.size(), 2u);
}

TEST(Fold, APersonMayAssertNone) {
  for (const FieldId field : {FieldId::note, FieldId::publisher}) {
    Assertion edit = source(SourceKind::person, "edit", {});
    edit.none = {field};
    const std::vector<Assertion> all = {source(SourceKind::jats, "jats", {{field, "wrong"}}), edit};
    const Folded folded = fold(all);
    EXPECT_FALSE(folded.record.has(field)) << name(field);
    ASSERT_EQ(folded.rejected.size(), 1u) << name(field);
    EXPECT_EQ(folded.rejected[0].source, "jats");
    EXPECT_EQ(plain(folded.rejected[0].value), "wrong");
  }
}

TEST(Fold, TheTypeFollowsRankAndUnknownSaysNothing) {
  std::vector<Assertion> all = {source(SourceKind::bibliographic, "bib", {}), source(SourceKind::person, "edit", {}),
                                source(SourceKind::pdf, "pdf", {})};
  all[0].work.type = WorkType::policy_brief;
  all[2].work.type = WorkType::report;
  EXPECT_EQ(fold(all).record.type, WorkType::policy_brief);
  all[1].work.type = WorkType::thesis;
  EXPECT_EQ(fold(all).record.type, WorkType::thesis);
}

TEST(Fold, ValuesKeepTheirOrigin) {
  Assertion a = source(SourceKind::jats, "jats", {});
  Origin origin;
  origin.line = 12;
  origin.path = "article-title";
  a.work.add(FieldId::title, RichText("Heat"), origin);
  const Work record = fold(std::vector{a}).record;
  EXPECT_EQ(record.all(FieldId::title)[0].origin, origin);
  EXPECT_EQ(record.all(FieldId::title)[0].source, "jats");
}

bool equal(const Folded& a, const Folded& b) { return a.record == b.record && a.rejected == b.rejected; }

RC_GTEST_PROP(Fold, OrderDoesNotMatter, ()) {
  std::vector<Assertion> all = testing::any_assertions();
  const Folded expected = fold(all);
  for (int i = 0; i < 4; ++i) {
    std::ranges::shuffle(all, std::mt19937(static_cast<unsigned>(testing::number(0, 1 << 20))));
    RC_ASSERT(equal(fold(all), expected));
  }
}

RC_GTEST_PROP(Fold, TheSameTwiceChangesNoValue, ()) {
  std::vector<Assertion> all = testing::any_assertions();
  const Work expected = fold(all).record;
  const std::size_t size = all.size();
  for (std::size_t i = 0; i < size; ++i) {
    if (testing::coin()) all.push_back(all[i]);
  }
  RC_ASSERT(fold(all).record == expected);
}

// Each value said stands in the record or among the rejected, or is one with a united value that does.
RC_GTEST_PROP(Fold, NoValueIsLost, ()) {
  const std::vector<Assertion> all = testing::any_assertions();
  const Folded folded = fold(all);
  for (const Assertion& a : all) {
    for (const Statement& s : a.work.statements()) {
      const auto same = [&](const Statement& kept) {
        return kept.field == s.field && kept.value == s.value && kept.source == a.short_id;
      };
      const auto alike = [&](const Statement& kept) {
        return kept.field == s.field && identity(s.field, kept.value) == identity(s.field, s.value);
      };
      const bool shown = std::ranges::any_of(folded.record.statements(), same) || std::ranges::any_of(folded.rejected, same);
      const bool united = row(s.field).fold == FoldRule::unite && std::ranges::any_of(folded.record.statements(), alike);
      RC_ASSERT(shown || united);
    }
  }
}

// A field of the record is what one source said, and no source above it said anything; a person's word stands alone.
RC_GTEST_PROP(Fold, TheBestSourceSpeaks, ()) {
  const std::vector<Assertion> all = testing::any_assertions();
  const Work record = fold(all).record;
  for (const FieldRow& field : fields()) {
    std::set<std::string> speakers;
    for (const Statement& s : record.all(field.id)) speakers.insert(s.source);
    auto best = SourceKind::pdf;
    bool said = false;
    for (const Assertion& a : all) {
      const bool speaks = a.work.has(field.id) || std::ranges::find(a.none, field.id) != a.none.end();
      if (speaks) best = said ? std::min(best, a.kind) : a.kind, said = true;
    }
    if (!said) {
      RC_ASSERT(speakers.empty());
    }
    if (field.fold == FoldRule::best || best == SourceKind::person) {
      RC_ASSERT(speakers.size() <= 1u);
    }
    for (const Assertion& a : all) {
      if (speakers.contains(a.short_id) && (field.fold == FoldRule::best || best == SourceKind::person)) {
        RC_ASSERT(a.kind == best);
      }
    }
  }
}

}  // namespace
}  // namespace colophon::bib
