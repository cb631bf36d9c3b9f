// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats_pdf/abstract.hpp"
#include "formats_pdf/authors.hpp"
#include "formats_pdf/layout.hpp"
#include "formats_pdf/xmp.hpp"

#include <gtest/gtest.h>

namespace colophon::formats_pdf {
namespace {

std::string sorted(std::string_view text) {
  const auto name = person(text);
  return name ? bib::sorted_form(*name) : "-";
}

TEST(Person, PartsNames) {
  EXPECT_EQ(sorted("Ana de la Cruz"), "de la Cruz, Ana");
  EXPECT_EQ(sorted("B. C. Okafor"), "Okafor, B. C.");
  EXPECT_EQ(sorted("S. K. Morgan Ernest"), "Ernest, S. K. Morgan");
  EXPECT_EQ(sorted("JOHN MÜLLER"), "Müller, John");
  EXPECT_EQ(sorted("Jean-Luc D'Arcy"), "D'Arcy, Jean-Luc");
  EXPECT_EQ(sorted("Schmidt A. B."), "Schmidt, A. B.");
  EXPECT_EQ(sorted("Jin Ge"), "Ge, Jin");
  EXPECT_EQ(sorted("Prof. Maria Silva"), "Silva, Maria");
}

TEST(Person, RefusesWhatIsNoName) {
  for (const char* text : {"University of Bonn", "Bonn", "New York City", "Department of Botany", "in the town", "ISSN 1234",
                           "Received May", "a b c", ""})
    EXPECT_EQ(sorted(text), "-") << text;
}

TEST(EndsFront, KnowsHeadingsInFiveLanguages) {
  for (const char* text : {"Abstract", "A B S T R A C T", "ABSTRACT:", "Zusammenfassung", "Resumen", "Résumé", "Resumo",
                           "Keywords: trees", "Palabras clave: calor", "Mots-clés : chaleur", "Schlüsselwörter",
                           "Palavras-chave: calor", "1. Introduction", "© 2019 The Authors", "Abstract—Shade is cheap"}) {
    EXPECT_TRUE(ends_front(text)) << text;
  }
  for (const char* text : {"Ana de la Cruz", "Abstract thinking in towns", "Introduction to towns"})
    EXPECT_FALSE(ends_front(text)) << text;
}

std::string join(std::string first, std::string_view next) {
  join_line(first, next);
  return first;
}

TEST(JoinLine, JoinsPartedWords) {
  EXPECT_EQ(join("temper-", "ature"), "temperature");
  EXPECT_EQ(join("tempe\u00AD", "rature"), "temperature");
  EXPECT_EQ(join("Übergangs\u2010", "ärmel"), "Übergangsärmel");
  EXPECT_EQ(join("one", "two"), "one two");
  EXPECT_EQ(join("Nord-", "Süd"), "Nord-Süd");
  EXPECT_EQ(join("pages 12-", "14"), "pages 12- 14");
}

TEST(Xmp, FindsElementsListsAndAttributes) {
  constexpr std::string_view kPacket =
      "<rdf:Description prism:doi=\"10.1/a\"><dc:title><rdf:Alt><rdf:li xml:lang='x-default'>Heat &amp; "
      "shade</rdf:li></rdf:Alt></dc:title>"
      "<dc:creator><rdf:Seq><rdf:li>Ana</rdf:li><rdf:li>Bo&#233;</rdf:li></rdf:Seq></dc:creator><prism:url>https://x.org</"
      "prism:url></rdf:Description>";
  EXPECT_EQ(xmp_values(kPacket, "dc:title"), std::vector<std::string>{"Heat & shade"});
  EXPECT_EQ(xmp_values(kPacket, "dc:creator"), (std::vector<std::string>{"Ana", "Boé"}));
  EXPECT_EQ(xmp_values(kPacket, "prism:url"), std::vector<std::string>{"https://x.org"});
  EXPECT_EQ(xmp_values(kPacket, "prism:doi"), std::vector<std::string>{"10.1/a"});
  EXPECT_TRUE(xmp_values(kPacket, "dc:rights").empty());
  EXPECT_TRUE(xmp_values("<dc:title><rdf:li", "dc:title").empty());
}

}  // namespace
}  // namespace colophon::formats_pdf
