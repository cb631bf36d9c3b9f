// SPDX-License-Identifier: GPL-3.0-or-later
#include "bib/identifiers.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace colophon::bib {
namespace {

struct Case {
  std::string_view text;
  std::string_view canonical;  // empty: refused
};

template <class Id>
void check(const std::vector<Case>& cases) {
  for (const Case& one : cases) {
    const Result<Id> id = Id::parse(one.text);
    if (one.canonical.empty()) {
      EXPECT_FALSE(id) << "“" << one.text << "” gave “" << (id ? id->str() : "") << "”";
      if (id) continue;
      EXPECT_EQ(id.error().code, Errc::invalid) << one.text;
      EXPECT_FALSE(id.error().message.empty());
      EXPECT_FALSE(id.error().hint.empty()) << one.text;
      continue;
    }
    ASSERT_TRUE(id) << one.text << ": " << id.error().message;
    EXPECT_EQ(id->str(), one.canonical) << one.text;
    const Result<Id> again = Id::parse(id->str());
    ASSERT_TRUE(again) << id->str();
    EXPECT_EQ(*again, *id);
  }
}

TEST(Doi, CanonicalForms) {
  check<Doi>({{"10.1234/abc", "10.1234/abc"},
              {"10.1234/ABC.Def", "10.1234/abc.def"},
              {" doi:10.1234/abc ", "10.1234/abc"},
              {"DOI: 10.1234/abc", "10.1234/abc"},
              {"doi 10.1234/abc", "10.1234/abc"},
              {"info:doi/10.1234/abc", "10.1234/abc"},
              {"https://doi.org/10.1234/abc", "10.1234/abc"},
              {"http://dx.doi.org/10.1234/abc", "10.1234/abc"},
              {"https://www.doi.org/10.1234/abc", "10.1234/abc"},
              {"doi.org/10.1234/abc", "10.1234/abc"},
              {"HTTPS://DOI.ORG/10.1234/abc", "10.1234/abc"},
              {"https://doi.org/10.1002/(SICI)1097%2D4571(199806)49:8%3C693::AID-ASI4%3E3.0.CO;2-O",
               "10.1002/(sici)1097-4571(199806)49:8<693::aid-asi4>3.0.co;2-o"},
              {"10.1234/a%20b", "10.1234/a%20b"},
              {"10.1234/abc.", "10.1234/abc"},
              {"10.1234/abc,", "10.1234/abc"},
              {"10.1234/abc).", "10.1234/abc"},
              {"10.1234/a(b)", "10.1234/a(b)"},
              {"10.1234.5/abc/def", "10.1234.5/abc/def"},
              {"10.5281/zenodo.1234567", "10.5281/zenodo.1234567"},
              {"10.1234/straße", "10.1234/straße"}});
}

TEST(Doi, Refusals) {
  check<Doi>({{"", ""},
              {"10", ""},
              {"10.1234", ""},
              {"10.1234/", ""},
              {"11.1234/abc", ""},
              {"10.12/abc", ""},
              {"10.12a4/abc", ""},
              {"10.1234/a b", ""},
              {"10..1234/abc", ""},
              {"https://example.org/10.1234/abc", ""},
              {"10.1234/...", ""},
              {"10.1234/\xff", ""},
              {"https://doi.org/10.1234/a%00b", ""}});
}

TEST(Orcid, CanonicalFormsAndCheckDigit) {
  check<Orcid>({{"0000-0002-1825-0097", "0000-0002-1825-0097"},
                {"0000000218250097", "0000-0002-1825-0097"},
                {"https://orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097"},
                {"http://orcid.org/0000-0002-1825-0097/", "0000-0002-1825-0097"},
                {"orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097"},
                {"ORCID: 0000-0002-1825-0097", "0000-0002-1825-0097"},
                {"0000–0002–1825–0097", "0000-0002-1825-0097"},
                {"0000-0002-1694-233x", "0000-0002-1694-233X"},
                {"0000-0002-1825-0098", ""},
                {"0000-0002-1825-009", ""},
                {"0000-0002-1825-00977", ""},
                {"000X-0002-1825-0097", ""},
                {"", ""}});
}

TEST(Ror, CanonicalFormsAndCheckDigits) {
  check<Ror>({{"03yrm5c26", "03yrm5c26"},
              {"https://ror.org/052gg0110", "052gg0110"},
              {"https://ror.org/013meh722/", "013meh722"},
              {"ror.org/042nb2s44", "042nb2s44"},
              {"ror:03VEK6S52", "03vek6s52"},
              {"03yrm5c27", ""},
              {"03yrm6c26", ""},
              {"13yrm5c26", ""},
              {"03yrm5c2", ""},
              {"03yrl5c26", ""},
              {"", ""}});
}

TEST(Isbn, CanonicalFormsAndCheckDigits) {
  check<Isbn>({{"9780306406157", "9780306406157"},
               {"978-0-306-40615-7", "9780306406157"},
               {"978 0 306 40615 7", "9780306406157"},
               {"0-306-40615-2", "9780306406157"},
               {"ISBN 0306406152", "9780306406157"},
               {"ISBN-13: 978-0-306-40615-7", "9780306406157"},
               {"ISBN-10: 0-306-40615-2", "9780306406157"},
               {"urn:isbn:9780306406157", "9780306406157"},
               {"080442957x", "9780804429573"},
               {"978–0–306–40615–7", "9780306406157"},
               {"9791090636071", "9791090636071"},
               {"9780306406158", ""},
               {"0306406153", ""},
               {"978030640615", ""},
               {"97803064061577", ""},
               {"4006381333931", ""},  // a bar code of something else
               {"97803064O6157", ""},
               {"", ""}});
}

TEST(Issn, CanonicalFormsAndCheckDigits) {
  check<Issn>({{"2049-3630", "2049-3630"},
               {"20493630", "2049-3630"},
               {"ISSN 2049-3630", "2049-3630"},
               {"eISSN: 2049-3630", "2049-3630"},
               {"1050-124x", "1050-124X"},
               {"2049–3630", "2049-3630"},
               {"2049-3631", ""},
               {"2049-363", ""},
               {"", ""}});
}

TEST(ArxivId, CanonicalForms) {
  check<ArxivId>({{"2101.00001", "2101.00001"},
                  {"arXiv:2101.00001v2", "2101.00001"},
                  {"0704.0001", "0704.0001"},
                  {"https://arxiv.org/abs/2101.00001", "2101.00001"},
                  {"https://arxiv.org/pdf/2101.00001v12.pdf", "2101.00001"},
                  {"arXiv:2101.00001 [math.NT]", "2101.00001"},
                  {"math.GT/0309136", "math/0309136"},
                  {"hep-th/9901001v3", "hep-th/9901001"},
                  {"2101.001", ""},
                  {"21O1.00001", ""},
                  {"math/03091", ""},
                  {"https://example.org/abs/2101.00001", ""},
                  {"", ""}});
}

TEST(Handle, CanonicalForms) {
  check<Handle>({{"20.500.11811/123", "20.500.11811/123"},
                 {"hdl:20.500.11811/AbC", "20.500.11811/AbC"},
                 {"https://hdl.handle.net/2027/mdp.123", "2027/mdp.123"},
                 {"10.1234/abc", ""},
                 {"abc/def", ""},
                 {"20.500.11811/", ""},
                 {"/123", ""},
                 {"20.5/a b", ""},
                 {"", ""}});
}

TEST(PubMed, CanonicalForms) {
  check<Pmid>({{"12345", "12345"},
               {"PMID: 0012345", "12345"},
               {"https://pubmed.ncbi.nlm.nih.gov/12345/", "12345"},
               {"12a", ""},
               {"1234567890", ""},
               {"", ""}});
  check<Pmcid>({{"PMC1234567", "PMC1234567"},
                {"pmcid: PMC12", "PMC12"},
                {"12", "PMC12"},
                {"https://www.ncbi.nlm.nih.gov/pmc/articles/PMC1234567/", "PMC1234567"},
                {"https://pmc.ncbi.nlm.nih.gov/articles/PMC1234567", "PMC1234567"},
                {"PMCx", ""},
                {"", ""}});
}

TEST(Licence, CanonicalForms) {
  check<Licence>({{"CC-BY-4.0", "CC-BY-4.0"},
                  {"cc by 4.0", "CC-BY-4.0"},
                  {"CC BY-NC-ND 3.0 IGO", "CC-BY-NC-ND-3.0"},
                  {"CC_BY_SA", "CC-BY-SA-4.0"},
                  {"https://creativecommons.org/licenses/by/4.0/", "CC-BY-4.0"},
                  {"http://creativecommons.org/licenses/by-nc-sa/3.0/igo/legalcode", "CC-BY-NC-SA-3.0"},
                  {"https://creativecommons.org/publicdomain/zero/1.0/", "CC0-1.0"},
                  {"CC0", "CC0-1.0"},
                  {"https://creativecommons.org/licenses//", ""},
                  {"https://creativecommons.org/licenses/sampling+/1.0/", ""},
                  {"All rights reserved", ""},
                  {"CC-BYE", ""},
                  {"", ""}});
  for (const std::string_view text : {"CC-BY-4.0", "CC-BY-NC-ND-3.0", "CC0-1.0"}) {
    const Result<Licence> id = Licence::parse(text);
    ASSERT_TRUE(id);
    const Result<Licence> back = Licence::parse(id->url());
    ASSERT_TRUE(back) << id->url();
    EXPECT_EQ(*back, *id);
  }
}

TEST(Identifiers, TheirAddressesLeadBack) {
  EXPECT_EQ(Doi::parse(Doi::parse("10.1234/abc")->url())->str(), "10.1234/abc");
  EXPECT_EQ(Orcid::parse(Orcid::parse("0000-0002-1825-0097")->url())->str(), "0000-0002-1825-0097");
  EXPECT_EQ(Ror::parse(Ror::parse("03yrm5c26")->url())->str(), "03yrm5c26");
  EXPECT_EQ(ArxivId::parse(ArxivId::parse("math/0309136")->url())->str(), "math/0309136");
  EXPECT_EQ(Handle::parse(Handle::parse("2027/mdp.123")->url())->str(), "2027/mdp.123");
}

// One wrong digit never passes for another identifier.
TEST(Identifiers, EveryWrongDigitIsFound) {
  const auto none_passes = [](std::string_view good, const auto& parse) {
    for (std::size_t at = 0; at < good.size(); ++at) {
      if (good[at] < '0' || good[at] > '9') continue;
      for (char c = '0'; c <= '9'; ++c) {
        if (c == good[at]) continue;
        std::string bad(good);
        bad[at] = c;
        EXPECT_FALSE(parse(bad)) << bad;
      }
    }
  };
  none_passes("0000-0002-1825-0097", [](const std::string& text) { return Orcid::parse(text).has_value(); });
  none_passes("9780306406157", [](const std::string& text) { return Isbn::parse(text).has_value(); });
  none_passes("0306406152", [](const std::string& text) { return Isbn::parse(text).has_value(); });
  none_passes("2049-3630", [](const std::string& text) { return Issn::parse(text).has_value(); });
}

template <class Id>
void parse_is_idempotent(const std::string& text) {
  const Result<Id> id = Id::parse(text);
  if (!id) return;
  const Result<Id> again = Id::parse(id->str());
  RC_ASSERT(again.has_value());
  RC_ASSERT(again->str() == id->str());
}

// Whatever is accepted is accepted again as the same.
RC_GTEST_PROP(Identifiers, ParseIsIdempotent, ()) {
  static const std::vector<std::string> kPieces = {"10.1234/",
                                                   "10.",
                                                   "1234",
                                                   "/",
                                                   "doi:",
                                                   "https://doi.org/",
                                                   "%41",
                                                   "%25",
                                                   ".",
                                                   ",",
                                                   ")",
                                                   "(",
                                                   ">",
                                                   "a",
                                                   "Z",
                                                   " ",
                                                   "-",
                                                   "0000-0002-1825-0097",
                                                   "978",
                                                   "0306406157",
                                                   "2101.00001",
                                                   "v",
                                                   "math",
                                                   "hdl:",
                                                   "https://hdl.handle.net/",
                                                   "20.5",
                                                   "PMC",
                                                   "pmid",
                                                   "00",
                                                   "cc-by",
                                                   "-4.0",
                                                   "creativecommons.org/licenses/",
                                                   "by",
                                                   "é",
                                                   "\xff",
                                                   "[",
                                                   ":"};
  const auto pieces = *rc::gen::resize(7, rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(kPieces)));
  std::string text;
  for (const std::string& piece : pieces) text += piece;
  parse_is_idempotent<Doi>(text);
  parse_is_idempotent<Orcid>(text);
  parse_is_idempotent<Ror>(text);
  parse_is_idempotent<Isbn>(text);
  parse_is_idempotent<Issn>(text);
  parse_is_idempotent<ArxivId>(text);
  parse_is_idempotent<Handle>(text);
  parse_is_idempotent<Pmid>(text);
  parse_is_idempotent<Pmcid>(text);
  parse_is_idempotent<Licence>(text);
}

}  // namespace
}  // namespace colophon::bib
