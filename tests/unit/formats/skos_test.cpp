// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/skos.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/io.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace colophon::formats {
namespace {

constexpr std::string_view kPrefixes = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix x: <urn:x:> .\n";

Vocabulary read(const std::string& text, const std::vector<std::string>& languages = {}) {
  auto out = read_skos(std::string(kPrefixes) + text, languages);
  EXPECT_TRUE(out) << (out ? "" : out.error().message);
  return out ? std::move(*out) : Vocabulary{};
}

TEST(Skos, ReadsLabelsAndRelations) {
  const auto concepts = read(R"(x:heat a skos:Concept ; skos:prefLabel "heat"@en, "Hitze"@de ; skos:altLabel "hot  weather"@en .
x:wave skos:prefLabel "heat wave"@en-GB ; skos:broader x:heat ; skos:related x:shade ; skos:exactMatch <http://example.org/1> .
x:heat skos:narrower x:night . x:night skos:prefLabel "tropical night" .)")
                            .concepts;
  ASSERT_EQ(concepts.size(), 3u);
  EXPECT_EQ(concepts[0].id, "urn:x:heat");
  EXPECT_EQ(concepts[0].preferred, (std::vector<bib::Concept::Label>{{"heat", "en"}, {"Hitze", "de"}}));
  EXPECT_EQ(concepts[0].other, (std::vector<bib::Concept::Label>{{"hot weather", "en"}}));
  EXPECT_EQ(concepts[1].preferred[0].language, "en-gb");
  EXPECT_EQ(concepts[1].broader, std::vector<std::string>{"urn:x:heat"});
  EXPECT_EQ(concepts[1].related, std::vector<std::string>{"urn:x:shade"});
  EXPECT_EQ(concepts[1].matches, std::vector<std::string>{"http://example.org/1"});
  EXPECT_EQ(concepts[2].broader, std::vector<std::string>{"urn:x:heat"}) << "narrower, turned round";
}

TEST(Skos, ReadsLabelsThatAreThingsOfTheirOwn) {
  const auto concepts = read(R"(@prefix xl: <http://www.w3.org/2008/05/skos-xl#> .
x:heat xl:prefLabel x:l1 ; xl:altLabel [ xl:literalForm "Hitze"@de ] . x:l1 xl:literalForm "heat"@en .)")
                            .concepts;
  ASSERT_EQ(concepts.size(), 1u);
  EXPECT_EQ(concepts[0].preferred[0].text, "heat");
  EXPECT_EQ(concepts[0].other[0].text, "Hitze");
}

TEST(Skos, KeepsOnlyTheLanguagesAskedFor) {
  const auto concepts =
      read(R"(x:a skos:prefLabel "a"@en, "b"@de-AT, "c"@ja, "d" . x:j skos:prefLabel "j"@ja .)", {"de"}).concepts;
  ASSERT_EQ(concepts.size(), 1u);
  EXPECT_EQ(concepts[0].preferred.size(), 2u);
}

TEST(Skos, SaysWhatIsWrong) {
  const auto message = [](std::string_view text) { return read_skos(text).error().message; };
  EXPECT_EQ(message("<?xml version=\"1.0\"?><rdf:RDF/>"), "this is RDF/XML; a thesaurus is read as Turtle");
  EXPECT_EQ(message("@prefix x: <urn:x:> .\nx:a x:b"), "this is no Turtle: line 2 cannot be read");
  EXPECT_EQ(message(""), "this file has no SKOS concept with a label");
  EXPECT_EQ(message(std::string_view("a\0b", 3)), "this is no Turtle: it holds a zero byte");
}

TEST(Skos, AnyBytesAreReadWithoutHarm) {
  EXPECT_TRUE(rc::check("noise", [] {
    const auto parts = *rc::gen::container<std::vector<std::string>>(
        rc::gen::elementOf(std::vector<std::string>{"x:a ", "skos:prefLabel ", "\"t\"@en ", ". ", "; ", "[ ", "] ", "( ", ") ",
                                                    "<", ">", "\"", "@", "\xff", "_:b ", "\\u00"}));
    std::string text(kPrefixes);
    for (const std::string& part : parts) text += part;
    (void)read_skos(text);
  }));
}

// What comes with the program: each concept has a label in five languages, and points to what is there.
TEST(Skos, TheVocabularyOfTheProgramIsWhole) {
  const auto text = read_file(std::filesystem::path(COLOPHON_SOURCE_DIR) / "src/app/thesaurus/urban.ttl");
  const auto read = read_skos(*text);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_GE(read->concepts.size(), 200u);
  std::set<std::string> ids;
  for (const bib::Concept& one : read->concepts) ids.insert(one.id);
  for (const bib::Concept& one : read->concepts) {
    for (const char* language : {"en", "de", "es", "pt", "fr"})
      EXPECT_EQ(std::ranges::count(one.preferred, language, &bib::Concept::Label::language), 1) << one.id << " " << language;
    for (const auto* list : {&one.broader, &one.related}) {
      for (const std::string& id : *list) EXPECT_TRUE(ids.contains(id)) << one.id << " to " << id;
    }
    for (const std::string& id : one.related) {
      const auto other = std::ranges::find(read->concepts, id, &bib::Concept::id);
      EXPECT_NE(std::ranges::find(other->related, one.id), other->related.end())
          << one.id << " and " << id << ": related both ways";
    }
  }
}

}  // namespace
}  // namespace colophon::formats
