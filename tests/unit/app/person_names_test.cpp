// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/person_names.hpp"

#include <gtest/gtest.h>

namespace colophon::app {
namespace {

bib::Contributor person(std::string family, std::string given, std::string orcid = {}) {
  bib::Contributor out;
  out.name.family = std::move(family), out.name.given = std::move(given), out.orcid = std::move(orcid);
  return out;
}

PersonNames known(std::initializer_list<bib::Contributor> people) {
  PersonNames out;
  for (const bib::Contributor& one : people) out.add(one);
  return out;
}

constexpr const char* kOne = "0000-0002-1825-0097";
constexpr const char* kOther = "0000-0001-5109-3700";

TEST(PersonNames, AnOrcidIsThePersonAndSpreadsOverTheSameName) {
  const PersonNames names = known({person("Silva", "Maria", kOne), person("Silva", "Maria")});
  EXPECT_EQ(names.key(person("Silva", "Maria")), kOne);
  EXPECT_EQ(names.key(person("Sílva", "MARIA")), kOne);
}

TEST(PersonNames, ANameOfTwoOrcidsIsNeither) {
  const PersonNames names = known({person("Silva", "Maria", kOne), person("Silva", "Maria", kOther)});
  EXPECT_EQ(names.key(person("Silva", "Maria")), "silva, maria");
  EXPECT_EQ(names.key(person("Silva", "Maria", kOther)), kOther);
}

TEST(PersonNames, InitialsStandForTheOnlyNameThatFits) {
  const PersonNames one = known({person("Silva", "Maria"), person("Silva", "M.")});
  EXPECT_EQ(one.key(person("Silva", "M.")), "silva, maria");
  const PersonNames two = known({person("Silva", "Maria"), person("Silva", "Martin"), person("Silva", "M.")});
  EXPECT_EQ(two.key(person("Silva", "M.")), "silva, m");
  EXPECT_EQ(two.key(person("Silva", "Maria")), "silva, maria");
}

TEST(PersonNames, ATextIsTheContributorWhoIsWrittenSo) {
  bib::Contributor junior = person("Brandwell", "Thaddeus P.", kOne);
  junior.name.suffix = "Jr.";
  bib::Contributor berg = person("Berg", "Karel");
  berg.name.prefix = "van der";
  const PersonNames names = known({junior, berg});
  EXPECT_EQ(names.key("Thaddeus P. Brandwell, Jr."), kOne);
  EXPECT_EQ(names.key("Karel van der Berg"), names.key(berg));
  EXPECT_EQ(known({}).key("Karel van der Berg"), names.key(berg));
  EXPECT_EQ(known({}).key("Suryanita"), "suryanita, ");
}

TEST(PersonNames, OrganisationsAreNobody) {
  bib::Contributor council;
  council.name.literal = "Bench Council";
  EXPECT_EQ(known({council}).key(council), "");
}

}  // namespace
}  // namespace colophon::app
