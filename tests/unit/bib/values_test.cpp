// SPDX-License-Identifier: GPL-3.0-or-later
// Dates, names, rich text, access rules, authorities: the values that fields hold.
#include <array>
#include <random>
#include <string>

#include "bib/authority.hpp"
#include "bib/date.hpp"
#include "bib/file.hpp"
#include "bib/name.hpp"
#include "bib/rich_text.hpp"

#include <gtest/gtest.h>

namespace colophon::bib {
namespace {

struct DateCase {
  std::string_view edtf;
  std::string_view display;
};

TEST(Date, ReadsAndWritesEdtf) {
  constexpr std::array kCases = {
      DateCase{"2019", "2019"},
      DateCase{"2019-03", "March 2019"},
      DateCase{"2019-03-07", "7 March 2019"},
      DateCase{"2020-02-29", "29 February 2020"},
      DateCase{"2000-02-29", "29 February 2000"},
      DateCase{"2019-21", "Spring 2019"},
      DateCase{"2019-24", "Winter 2019"},
      DateCase{"1850~", "c. 1850"},
      DateCase{"2019?", "2019?"},
      DateCase{"1850%", "c. 1850?"},
      DateCase{"2019/2021", "2019–2021"},
      DateCase{"2019-03/2019-05", "March 2019–May 2019"},
      DateCase{"2019/..", "2019–"},
      DateCase{"0000", "0"},
      DateCase{"-0044", "-44"},
  };
  for (const DateCase& one : kCases) {
    const Result<Date> date = parse_edtf(one.edtf);
    ASSERT_TRUE(date) << one.edtf;
    EXPECT_EQ(to_edtf(*date), one.edtf);
    EXPECT_EQ(to_display(*date), one.display);
    EXPECT_EQ(*parse_edtf(" " + std::string(one.edtf) + " "), *date);
  }
  EXPECT_EQ(to_edtf(*parse_edtf("2019/")), "2019/..");
}

TEST(Date, RefusesWhatIsNone) {
  for (const std::string_view text :
       {"",           "19",         "201",        "20190",      "2019-3",        "2019-00", "2019-13", "2019-25",    "2019-02-29",
        "1900-02-29", "2019-04-31", "2019-03-00", "2019-21-01", "2019-03-07-01", "2019/x",  "/2019",   "March 2019", "in press",
        "+2019",      "2019-+1",    "--2019",     "~",          "2019/2020/2021"}) {
    const Result<Date> date = parse_edtf(text);
    ASSERT_FALSE(date) << text;
    EXPECT_EQ(date.error().code, Errc::invalid);
    EXPECT_NE(date.error().hint.find("2019-03-07"), std::string::npos);
  }
}

TEST(Date, KeepsTheTextThatNobodyCouldRead) {
  Date date;
  date.literal = "in press";
  EXPECT_FALSE(date.known());
  EXPECT_EQ(to_edtf(date), "in press");
  EXPECT_EQ(to_display(date), "in press");
}

Contributor person(Name name) {
  Contributor out;
  out.name = std::move(name);
  return out;
}
Name parts(std::string family, std::string given, std::string prefix = {}, std::string dropping = {}, std::string suffix = {}) {
  return {std::move(family), std::move(given), std::move(prefix), std::move(dropping), std::move(suffix), {}};
}
Name corporate(std::string literal) { return {{}, {}, {}, {}, {}, std::move(literal)}; }

TEST(Name, Forms) {
  const Name berg = parts("Berg", "A. B.", "van der", "", "Jr.");
  EXPECT_EQ(sorted_form(berg), "van der Berg, A. B., Jr.");
  EXPECT_EQ(display_form(berg), "A. B. van der Berg Jr.");
  EXPECT_EQ(surname_key(berg), "van der berg");
  const Name fontaine = parts("La Fontaine", "Jean", "", "de");
  EXPECT_EQ(sorted_form(fontaine), "La Fontaine, Jean de");
  EXPECT_EQ(display_form(fontaine), "Jean de La Fontaine");
  EXPECT_EQ(surname_key(fontaine), "la fontaine");
  const Name office = corporate("ICLEI – Local Governments for Sustainability");
  EXPECT_EQ(sorted_form(office), office.literal);
  EXPECT_EQ(display_form(office), office.literal);
  EXPECT_EQ(surname_key(office), "iclei local governments for sustainability");
  EXPECT_EQ(surname_key(parts("Müller", "")), "muller");
  EXPECT_EQ(surname_key(parts("", "Suharto")), "suharto");
  EXPECT_TRUE(Name{}.empty());
  EXPECT_EQ(sorted_form({}), "");
}

TEST(NameList, Forms) {
  NameList list;
  EXPECT_EQ(short_form(list), "");
  list.names.push_back(person(parts("Folke", "C.")));
  EXPECT_EQ(short_form(list), "Folke");
  list.names.push_back(person(parts("Cruz", "J.", "de la")));
  EXPECT_EQ(short_form(list), "Folke and de la Cruz");
  EXPECT_EQ(long_form(list), "Folke, C.; de la Cruz, J.");
  list.others = true;
  EXPECT_EQ(short_form(list), "Folke et al.");
  EXPECT_EQ(long_form(list), "Folke, C.; de la Cruz, J.; et al.");
  list.others = false;
  list.names.push_back(person(corporate("UNU-EHS")));
  EXPECT_EQ(short_form(list), "Folke et al.");
}

constexpr auto kItalic = static_cast<std::uint16_t>(Mark::italic);
constexpr auto kLink = static_cast<std::uint16_t>(Mark::link);

TEST(RichText, EqualTextsAreEqualValues) {
  RichText one, two;
  one.append("urban ");
  one.append("heat", kItalic);
  two.append("ur");
  two.append("");
  two.append("ban ");
  two.append("he", kItalic);
  two.append("at", kItalic);
  EXPECT_EQ(one, two);
  EXPECT_EQ(one.runs().size(), 2u);
  EXPECT_EQ(one.plain(), "urban heat");
  EXPECT_TRUE(RichText("").empty());
  RichText links;
  links.append("a", kLink, "https://example.org/1");
  links.append("b", kLink, "https://example.org/2");
  EXPECT_EQ(links.runs().size(), 2u);
}

TEST(RichText, RunsTileTheTextWithTheirLinksAndFormulas) {
  constexpr auto kMath = static_cast<std::uint16_t>(Mark::math);
  RichText text;
  text.append("see ");
  text.append("Table 1", kLink, "#t1");
  text.append("x", kMath, {}, "<math/>");
  text.append("x", kMath, {}, "<math/>");  // formulas stay apart
  text.append(", end");
  const std::vector<bib::Run> expected = {
      {"see "}, {"Table 1", kLink, "#t1"}, {"x", kMath, "", "<math/>"}, {"x", kMath, "", "<math/>"}, {", end"}};
  EXPECT_EQ(text.runs().list(), expected);
  EXPECT_EQ(text.runs().back().text, ", end");
  const RichText copy = text;
  text.append("!");
  EXPECT_NE(copy, text);
  EXPECT_EQ(copy.runs().list(), expected);
}

// Any runs of one text make what appending them makes.
TEST(RichText, IsMadeOfRunsAtOnce) {
  constexpr auto kMath = static_cast<std::uint16_t>(Mark::math);
  const std::string_view text = "see Table 1, xy and z";
  const std::vector<bib::Run> kinds = {
      {}, {"", kItalic}, {"", kLink, "#t1"}, {"", kLink, "#t2"}, {"", kMath, "", "<math/>"}, {"", 0, "", "<math/>"}};
  std::minstd_rand random(7);
  for (int round = 0; round < 2000; ++round) {
    std::vector<bib::Run> runs;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t size = random() % 6;
      bib::Run run = kinds[random() % (round % 2 == 0 ? kinds.size() : 2)];
      run.text = text.substr(at, size);
      at += run.text.size();
      runs.push_back(run);
    }
    RichText appended;
    for (const bib::Run& run : runs) appended.append(run);
    std::size_t attached = 0;
    for (const bib::Run& run : runs) attached += run.href.size() + run.mathml.size();
    EXPECT_EQ(RichText::of(text, runs.size(), attached, [&](std::size_t i) { return runs[i]; }), appended);
  }
  EXPECT_EQ(RichText::of("", 0, 0, [](std::size_t) { return bib::Run(); }), RichText());
}

TEST(RichText, TheEndCanBeCutOff) {
  const auto text = [](std::size_t cut) {
    RichText out("a ");
    out.append("b", kLink, "#b");
    out.append("c", kItalic);
    out.remove_suffix(cut);
    return out;
  };
  RichText linked("a ");
  linked.append("b", kLink, "#b");
  EXPECT_EQ(text(1), linked);
  EXPECT_EQ(text(2), RichText("a "));
  EXPECT_TRUE(text(2).is_plain());
  EXPECT_EQ(text(3), RichText("a"));
  EXPECT_EQ(text(9), RichText());
}

TEST(RichText, JsonIsAStringWhereNothingIsMarked) {
  EXPECT_EQ(to_json(RichText("plain")).dump(), "\"plain\"");
  RichText rich("H", "en");
  rich.append("2", static_cast<std::uint16_t>(Mark::subscript));
  rich.append("O");
  EXPECT_EQ(to_json(rich).dump(), R"({"runs":["H",{"text":"2","marks":["subscript"]},"O"],"lang":"en"})");
  EXPECT_EQ(rich_text_from_json(to_json(rich)).value(), rich);
  EXPECT_FALSE(rich_text_from_json(Json(7)));
  EXPECT_FALSE(rich_text_from_json(Json()));
}

TEST(Access, UnsetNeverMeansPublic) {
  EXPECT_EQ(Access{}.kind, AccessKind::closed);
  EXPECT_EQ(audience(Access{}, Instant{0}), AudienceClass::restricted);
  for (const std::string_view text : {"", "open", "Public", "groups:", "groups: , ", "public; until 2027-01-01",
                                      "public; embargo", "public; embargo soon", "public;"})
    EXPECT_FALSE(parse_access(text)) << text;
}

TEST(Access, ReadsWhatItWrites) {
  for (const std::string_view text : {"public", "signed-in", "closed", "groups:editors", "groups:editors,unu-ehs",
                                      "public; embargo 2027-01-01T00:00:00.000Z", "groups:a; embargo 2027-01-01T00:00:00.000Z"}) {
    const Result<Access> access = parse_access(text);
    ASSERT_TRUE(access) << text << ": " << access.error().message;
    EXPECT_EQ(to_string(*access), text);
  }
  const Result<Access> day = parse_access("public; embargo 2027-01-01");
  ASSERT_TRUE(day) << day.error().message;
  EXPECT_EQ(to_string(*day), "public; embargo 2027-01-01T00:00:00.000Z");
}

TEST(Access, AudienceChangesAtTheInstantOfTheEmbargo) {
  const Instant end = parse_instant("2027-01-01T00:00:00Z").value();
  const Instant before{end.ms - 1}, after{end.ms + 1};
  const auto embargoed = [&](AccessKind kind) { return Access{kind, {"editors"}, end}; };
  for (const AccessKind kind : {AccessKind::closed, AccessKind::public_, AccessKind::signed_in, AccessKind::groups})
    EXPECT_EQ(audience(embargoed(kind), before), AudienceClass::restricted);
  for (const Instant now : {end, after}) {
    EXPECT_EQ(audience(embargoed(AccessKind::public_), now), AudienceClass::public_);
    EXPECT_EQ(audience(embargoed(AccessKind::signed_in), now), AudienceClass::signed_in);
    EXPECT_EQ(audience(embargoed(AccessKind::closed), now), AudienceClass::restricted);
    EXPECT_EQ(audience(embargoed(AccessKind::groups), now), AudienceClass::restricted);
  }
}

TEST(File, RolesAndStagesAreNamed) {
  for (int i = 0; i <= static_cast<int>(FileRole::permission); ++i)
    EXPECT_EQ(file_role_named(name(static_cast<FileRole>(i))), static_cast<FileRole>(i));
  for (int i = 0; i <= static_cast<int>(VersionStage::evor); ++i)
    EXPECT_EQ(version_stage_named(name(static_cast<VersionStage>(i))), static_cast<VersionStage>(i));
  EXPECT_FALSE(file_role_named("paper"));
  EXPECT_FALSE(version_stage_named(""));
}

TEST(Authority, AttributesAreChecked) {
  const Result<Authority> partner = make_authority(
      AuthorityKind::partner, Json::object({{"key", "unu-ehs"}, {"name", "UNU-EHS"}, {"ror", "https://ror.org/03yrm5c26"}}));
  ASSERT_TRUE(partner) << partner.error().message;
  EXPECT_EQ(partner->attributes["ror"].as_string(), "03yrm5c26");
  const Result<Authority> again = make_authority(AuthorityKind::partner, to_json(*partner));
  ASSERT_TRUE(again);
  EXPECT_EQ(to_json(*again), to_json(*partner));
  EXPECT_FALSE(make_authority(AuthorityKind::partner, Json::object({{"key", "UNU EHS"}, {"name", "UNU-EHS"}})));
  EXPECT_FALSE(make_authority(AuthorityKind::partner, Json::object({{"key", "unu-ehs"}})));
  EXPECT_FALSE(make_authority(AuthorityKind::partner, Json::object({{"key", "unu-ehs"}, {"name", "x"}, {"ror", "03yrm5c27"}})));
  const Result<Authority> unknown =
      make_authority(AuthorityKind::series, Json::object({{"key", "briefs"}, {"name", "Briefs"}, {"colour", "red"}}));
  ASSERT_FALSE(unknown);
  EXPECT_NE(unknown.error().hint.find("issn"), std::string::npos);
}

}  // namespace
}  // namespace colophon::bib
