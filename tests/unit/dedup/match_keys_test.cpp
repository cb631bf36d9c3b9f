// SPDX-License-Identifier: GPL-3.0-or-later
#include "dedup/match_keys.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace colophon::dedup {
namespace {

using bib::FieldId;
using bib::WorkType;
using Strings = std::vector<std::string>;

bib::Work work(WorkType type, std::initializer_list<std::pair<FieldId, std::string_view>> values) {
  bib::Work out;
  out.type = type;
  for (const auto& [field, text] : values) out.add(field, bib::parse_value(field, text).value());
  return out;
}

Strings texts(const bib::Work& work) {
  Strings out;
  for (const MatchKey& key : match_keys(work)) out.push_back(key.text);
  return out;
}

TEST(MatchKeys, EachIdentifierOfTheWorkItself) {
  EXPECT_EQ(texts(work(WorkType::article, {{FieldId::doi, "https://doi.org/10.1234/ABC"},
                                           {FieldId::doi, "10.1234/def"},
                                           {FieldId::arxiv, "2101.00001v2"},
                                           {FieldId::pmid, "12"},
                                           {FieldId::pmcid, "PMC34"},
                                           {FieldId::handle, "20.5/x"},
                                           {FieldId::url, "https://example.org"}})),
            (Strings{"arxiv:2101.00001", "doi:10.1234/abc", "doi:10.1234/def", "handle:20.5/x", "pmcid:PMC34", "pmid:12"}));
}

TEST(MatchKeys, TheSameIdentifierTwiceIsOneKey) {
  EXPECT_EQ(texts(work(WorkType::article, {{FieldId::doi, "10.1234/abc"}, {FieldId::doi, "10.1234/ABC"}})),
            Strings{"doi:10.1234/abc"});
}

TEST(MatchKeys, AnIsbnNamesWholeBooksOnly) {
  for (const bib::WorkTypeRow& type : bib::work_types()) {
    const Strings keys = texts(work(type.type, {{FieldId::isbn, "9780306406157"}}));
    static constexpr WorkType kWhole[] = {WorkType::book,         WorkType::report, WorkType::proceedings, WorkType::thesis,
                                          WorkType::policy_brief, WorkType::manual, WorkType::guideline};
    static constexpr WorkType kPart[] = {WorkType::chapter, WorkType::conference_paper, WorkType::abstract,
                                         WorkType::article, WorkType::reference_entry,  WorkType::unknown};
    if (std::ranges::find(kWhole, type.type) != std::end(kWhole)) {
      EXPECT_EQ(keys, Strings{"isbn:9780306406157"}) << type.name;
    }
    if (std::ranges::find(kPart, type.type) != std::end(kPart)) {
      EXPECT_TRUE(keys.empty()) << type.name;
    }
  }
}

TEST(MatchKeys, NeverAnIssn) {
  for (const WorkType type : {WorkType::article, WorkType::report, WorkType::newsletter, WorkType::book})
    EXPECT_TRUE(texts(work(type, {{FieldId::issn, "2049-3630"}})).empty());
}

TEST(MatchKeys, TheTitleKeyNeedsAllThree) {
  const auto keys = [](bool title, bool author, bool year) {
    bib::Work out;
    if (title) out.add(FieldId::title, bib::RichText("Heat"));
    if (author) out.add(FieldId::author, bib::parse_value(FieldId::author, "Doe, J.").value());
    if (year) out.add(FieldId::issued, bib::year_date(2019));
    return texts(out);
  };
  for (int bits = 0; bits < 7; ++bits) EXPECT_TRUE(keys(bits & 1, bits & 2, bits & 4).empty()) << bits;
  EXPECT_EQ(keys(true, true, true), Strings{"heat|doe|2019"});
}

TEST(MatchKeys, TitlesAreComparedFolded) {
  const bib::Work plain = work(
      WorkType::report,
      {{FieldId::title, "Heat Action Plans: A Guide"}, {FieldId::author, "Müller, Anna; Roe, R."}, {FieldId::issued, "2019"}});
  const bib::Work split = work(WorkType::article, {{FieldId::title, "HEAT-ACTION  plans"},
                                                   {FieldId::subtitle, "a guide."},
                                                   {FieldId::author, "Muller, A.; et al."},
                                                   {FieldId::issued, "2019-03-07"}});
  EXPECT_EQ(texts(plain), texts(split));
  EXPECT_EQ(texts(plain), Strings{"heat action plans a guide|muller|2019"});
}

TEST(MatchKeys, CorporateAuthorsCount) {
  EXPECT_EQ(
      texts(work(WorkType::report, {{FieldId::title, "Report"}, {FieldId::author, "{UNU-EHS}"}, {FieldId::issued, "2020"}})),
      Strings{"report|unu ehs|2020"});
}

TEST(MatchKeys, NoWordsNoKey) {
  bib::Work out = work(WorkType::report, {{FieldId::author, "Doe, J."}, {FieldId::issued, "2020"}});
  out.add(FieldId::title, bib::RichText("!!!"));
  EXPECT_TRUE(texts(out).empty());
  bib::Work literal = work(WorkType::report, {{FieldId::title, "Heat"}, {FieldId::author, "Doe, J."}});
  bib::Date date;
  date.literal = "in press";
  literal.add(FieldId::issued, date);
  EXPECT_TRUE(texts(literal).empty());
}

TEST(MatchKeys, KindsDoNotShareHashes) {
  EXPECT_NE((MatchKey{KeyKind::identifier, "x"}.hash()), (MatchKey{KeyKind::title, "x"}.hash()));
  EXPECT_EQ((MatchKey{KeyKind::title, "x"}.hash()), (MatchKey{KeyKind::title, "x"}.hash()));
}

}  // namespace
}  // namespace colophon::dedup
