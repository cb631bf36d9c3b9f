// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats_xml/prepass.hpp"

#include <algorithm>
#include <string>

#include "formats_xml/entities.hpp"

#include <gtest/gtest.h>

namespace colophon::formats_xml {
namespace {

using formats::Outcome;
using namespace std::string_literals;

std::string wide(std::string_view ascii, bool big, bool mark) {
  std::string out = mark ? (big ? "\xFE\xFF" : "\xFF\xFE") : "";
  for (const char c : ascii) big ? (out += '\0', out += c) : (out += c, out += '\0');
  return out;
}

std::string code_of(const Prepared& p) { return p.diagnostics.empty() ? "" : p.diagnostics.back().code; }

TEST(Entities, KnowsTheJatsSets) {
  EXPECT_EQ(named_character_count(), 2028U);
  EXPECT_EQ(named_character("eacute"), "é");
  EXPECT_EQ(named_character("ThickSpace").size(), 9U);
  EXPECT_EQ(named_character("nosuchname"), "");
}

TEST(Prepass, ReplacesNamedCharactersOutsideCdataCommentsAndInstructions) {
  const Prepared p = prepare_xml("<a t=\"x&ndash;y\">Bonn&nbsp;&eacute;<![CDATA[&eacute;]]><!-- &eacute; --><?p &eacute;?></a>");
  EXPECT_EQ(p.text(), "<a t=\"x–y\">Bonn\u00A0é<![CDATA[&eacute;]]><!-- &eacute; --><?p &eacute;?></a>");
  EXPECT_EQ(prepare_xml("<a>!? no! &eacute; why? <b>!</b>&eacute;<!----><!-- &eacute; -->! &eacute;<?p?>?</a>").text(),
            "<a>!? no! é why? <b>!</b>é<!----><!-- &eacute; -->! é<?p?>?</a>");
  EXPECT_TRUE(p.diagnostics.empty());
}

TEST(Prepass, KeepsWhatXmlItselfKnowsAndReportsTheRest) {
  const Prepared p = prepare_xml("<a>&amp;&lt;&#233;\n&nosuch;</a>");
  EXPECT_EQ(p.text(), "<a>&amp;&lt;&#233;\n&amp;nosuch;</a>");
  ASSERT_EQ(p.diagnostics.size(), 1U);
  EXPECT_EQ(p.diagnostics[0].code, "xml.unknown-entity");
  EXPECT_EQ(p.diagnostics[0].at.line, 2U);
}

TEST(Prepass, CharactersThatWouldBeMarkupStayReferences) {
  EXPECT_EQ(prepare_xml("<a>&lsqb;&LT;&AMP;</a>").outcome, Outcome::ok);
}

TEST(Prepass, BlanksDeclarationAndDoctypeButKeepsLines) {
  const Prepared p = prepare_xml(
      "<?xml version=\"1.0\"\n?>\n<!DOCTYPE a PUBLIC \"x>\" 'y'\n[<!ENTITY own \"&#233;t\">\n<!-- ]> --><!ELEMENT a "
      "ANY>]>\n<a>&own;</a>");
  EXPECT_EQ(p.outcome, Outcome::ok) << code_of(p);
  EXPECT_EQ(std::ranges::count(p.text(), '\n'), 5);
  EXPECT_TRUE(p.text().ends_with("\n<a>ét</a>"));
  EXPECT_EQ(p.text().find("DOCTYPE"), std::string::npos);
}

TEST(Prepass, RefusesEntitiesThatAreNotPlain) {
  for (const std::string_view subset :
       {"<!ENTITY x SYSTEM \"file:///etc/passwd\">", "<!ENTITY % p \"x\">", "%p;", "<!ENTITY x \"&y;\">", "<!ENTITY x \"<b/>\">",
        "<!ENTITY x PUBLIC 'a' 'b' NDATA gif>", "<!ENTITY x \"&#60;b>\">"}) {
    const Prepared p = prepare_xml("<!DOCTYPE a [" + std::string(subset) + "]><a/>");
    EXPECT_EQ(p.outcome, Outcome::damaged) << subset;
    EXPECT_EQ(code_of(p), "xml.entity-declaration") << subset;
    EXPECT_TRUE(p.text().empty());
  }
}

TEST(Prepass, ReadsUtf16WithAndWithoutMark) {
  for (const bool big : {false, true}) {
    EXPECT_EQ(prepare_xml(wide("<a>x</a>", big, true)).text(), "<a>x</a>");
    EXPECT_EQ(prepare_xml(wide("<a>x</a>", big, false)).text(), "<a>x</a>");
  }
  EXPECT_EQ(prepare_xml("\xEF\xBB\xBF<a/>").text(), "<a/>");
}

TEST(Prepass, BelievesTheContentBeforeTheDeclaration) {
  const Prepared latin = prepare_xml("<?xml version='1.0' encoding='ISO-8859-1'?><a>M\xFCller</a>");
  EXPECT_TRUE(latin.text().ends_with("<a>Müller</a>"));
  EXPECT_TRUE(latin.diagnostics.empty());
  const Prepared mislabelled = prepare_xml("<?xml version='1.0' encoding='UTF-8'?>\n<a>M\xFCller \x93x\x94</a>");
  EXPECT_TRUE(mislabelled.text().ends_with("<a>Müller “x”</a>"));
  EXPECT_EQ(code_of(mislabelled), "xml.encoding");
  EXPECT_EQ(mislabelled.diagnostics[0].at.line, 2U);
  const Prepared modest = prepare_xml("<?xml version='1.0' encoding='ISO-8859-1'?><a>Müller</a>");
  EXPECT_TRUE(modest.text().ends_with("<a>Müller</a>"));
  EXPECT_EQ(code_of(modest), "xml.encoding");
  EXPECT_TRUE(prepare_xml("<?xml version='1.0' encoding='EUC-JP'?><a>\xA4\xA2</a>").text().ends_with("<a>あ</a>"));
  EXPECT_TRUE(prepare_xml("<?xml version='1.0' encoding='ISO-2022-JP'?><a>\x1B$B$\"\x1B(B</a>").text().ends_with("<a>あ</a>"));
  EXPECT_EQ(prepare_xml("\xFF\xFE\0\0<\0\0\0a\0\0\0/\0\0\0>\0\0\0"s).text(), "<a/>");
  const Prepared unknown = prepare_xml("<?xml version='1.0' encoding='x-nobodys'?><a>\xA4\xA2</a>");
  EXPECT_EQ(unknown.outcome, Outcome::unsupported);
  EXPECT_EQ(unknown.diagnostics[0].message, "nobody knows the encoding x-nobodys");
}

TEST(Prepass, DoesNotCopyWhatNeedsNoChange) {
  const std::string usual =
      "<?xml version='1.0' encoding='UTF-8'?>\n<!-- x -->\n<!DOCTYPE a PUBLIC '>' \"y.dtd\">\n<a b='1'>&amp;&#8211; é<p>" +
      std::string(3000, 'x') + "</p><!-- it's -->" + std::string(2000, ' ') + "</a>";
  const Prepared p = prepare_xml(usual);
  EXPECT_FALSE(p.rewritten);
  EXPECT_EQ(p.text().data(), usual.data() + usual.find("<a b"));
  EXPECT_EQ(p.line, 4U);
  EXPECT_TRUE(prepare_xml("<a>&eacute;</a>").rewritten);
}

TEST(Prepass, RefusesNulLongTagsAndManyAttributes) {
  EXPECT_EQ(code_of(prepare_xml("<a>\n\0</a>"s)), "xml.nul");
  EXPECT_EQ(code_of(prepare_xml("<a b=\"" + std::string(70'000, 'x') + "\"/>")), "xml.long-tag");
  EXPECT_EQ(code_of(prepare_xml("<a " + std::string(70'000, 'x') + "/>")), "xml.long-tag");
  std::string many = "<a";
  for (int i = 0; i < 300; ++i) many += " a" + std::to_string(i) + "='1'";
  EXPECT_EQ(code_of(prepare_xml(many + "/>")), "xml.too-many-attributes");
  EXPECT_EQ(prepare_xml("<a b='" + std::string(60'000, 'x') + "'/>").outcome, Outcome::ok);
}

TEST(Prepass, RefusesMoreThan64Megabytes) {
  EXPECT_EQ(prepare_xml(std::string(kMaxFileBytes + 1, ' ')).outcome, Outcome::too_large);
  std::string grows = "<!DOCTYPE a [<!ENTITY x \"" + std::string(1 << 20, 'x') + "\">]><a>";
  for (int i = 0; i < 100; ++i) grows += "&x;";
  EXPECT_EQ(prepare_xml(grows).outcome, Outcome::too_large);
}

TEST(Prepass, ManagesAnythingCutOff) {
  const std::string whole =
      "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x 'y'><!-- c --><?p?><!ELEMENT a (b)>]><a b='&x;'><![CDATA[x]]><!-- c "
      "-->&eacute;</a>";
  for (std::size_t n = 0; n <= whole.size(); ++n) prepare_xml(whole.substr(0, n));
}

}  // namespace
}  // namespace colophon::formats_xml
