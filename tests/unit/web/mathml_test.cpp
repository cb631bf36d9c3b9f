// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/mathml.hpp"

#include <gtest/gtest.h>

namespace colophon::web {
namespace {

std::string inside(std::string_view content) {
  const std::string begin = "<math display=\"inline\">", end = "</math>";
  const std::string out =
      mathml("<math xmlns=\"http://www.w3.org/1998/Math/MathML\">" + std::string(content) + "</math>", false).str();
  if (!out.starts_with(begin) || !out.ends_with(end)) return "nothing: " + out;
  return out.substr(begin.size(), out.size() - begin.size() - end.size());
}

TEST(Mathml, GoesThroughAsItIs) {
  for (const std::string_view same :
       {"<mi>x</mi>", "<mfrac linethickness=\"0\"><mn>1</mn><mi mathvariant=\"bold\">n</mi></mfrac>",
        "<mo stretchy=\"false\">&lt;</mo><mtext>a &amp; b</mtext>", "<mspace width=\"1em\"></mspace>", "α"})
    EXPECT_EQ(inside(same), same);
  EXPECT_EQ(mathml("<math display=\"block\"><mi>x</mi></math>", false).str(), "<math display=\"block\"><mi>x</mi></math>");
  EXPECT_EQ(mathml("<math><mi>x</mi></math>", true).str(), "<math display=\"block\"><mi>x</mi></math>");
  EXPECT_EQ(inside("<mspace/>"), "<mspace></mspace>");
}

TEST(Mathml, FencesAreDrawn) {
  EXPECT_EQ(inside("<mfenced><mi>a</mi><mi>b</mi></mfenced>"), "<mrow><mo>(</mo><mi>a</mi><mo>,</mo><mi>b</mi><mo>)</mo></mrow>");
  EXPECT_EQ(inside("<mfenced open=\"⟨\" close=\"\" separators=\"| ∣\"><mi>a</mi><mi>b</mi><mi>c</mi><mi>d</mi></mfenced>"),
            "<mrow><mo>⟨</mo><mi>a</mi><mo>|</mo><mi>b</mi><mo>∣</mo><mi>c</mi><mo>∣</mo><mi>d</mi><mo></mo></mrow>");
}

TEST(Mathml, OnlyWhatTheTablesHold) {
  EXPECT_EQ(inside("<script>x</script>"), "x");
  EXPECT_EQ(inside("<mi onclick=\"x\" style=\"y\" href=\"javascript:z\" class=\"c\" id=\"i\" mathvariant=\"a&quot;b\">x</mi>"),
            "<mi mathvariant=\"a&quot;b\">x</mi>");
  EXPECT_EQ(inside("<semantics><mi>x</mi><annotation-xml encoding=\"text/html\"><img src=\"x\"/></annotation-xml></semantics>"),
            "<semantics><mi>x</mi></semantics>");
  EXPECT_EQ(inside("<mtext>&lt;img src=x&gt;</mtext>"), "<mtext>&lt;img src=x&gt;</mtext>");
}

TEST(Mathml, WhatIsNoneIsEmpty) {
  for (const std::string_view none : {"", "x", "<mi>x</mi>", "<math>", "<math><mi></math>", "<math></math><math></math>",
                                      "<math></math>x", "<math><mi a=b>x</mi></math>", "<math><mi x=\"y>", "<math",
                                      "<MATH></MATH>", "<math><!-- x --></math>", "<math><mi>x</mo></math>", "</math>"})
    EXPECT_TRUE(mathml(none, false).empty()) << none;
  std::string deep = "<math>";
  for (int i = 0; i < 100; ++i) deep += "<mrow>";
  for (int i = 0; i < 100; ++i) deep += "</mrow>";
  EXPECT_TRUE(mathml(deep + "</math>", false).empty());
}

}  // namespace
}  // namespace colophon::web
