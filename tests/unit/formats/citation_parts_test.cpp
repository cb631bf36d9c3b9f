// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/jats/citation_parts.hpp"

#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace colophon::formats::jats {
namespace {

std::string marked(std::string_view text) {
  std::string out;
  std::size_t at = 0;
  for (const CitationPart& part : citation_parts(text)) {
    EXPECT_LE(at, part.begin);
    EXPECT_LT(part.begin, part.end);
    out.append(text, at, part.begin - at).append("<").append(part.element).append(":");
    out.append(text, part.begin, part.end - part.begin).append(">");
    at = part.end;
  }
  return out.append(text, at);
}

TEST(CitationParts, AreToldByTheirForm) {
  constexpr std::pair<std::string_view, std::string_view> kCases[] = {
      {"Brettar, I; Höfle, M G (2004). A new bacterium. Marine Ecology 54(2): 2335–2341.",
       "<surname:Brettar>, <given-names:I>; <surname:Höfle>, <given-names:M G> (<year:2004>). <article-title:A new bacterium>. "
       "<source:Marine Ecology> <volume:54>(<issue:2>): <fpage:2335>–<lpage:2341>."},
      {"Lucas, K.; A Group et al. (2012a). Where are we now? Transport Policy 20: e105.",
       "<surname:Lucas>, <given-names:K.>; <collab:A Group> et al. (<year:2012a>). <article-title:Where are we now?> "
       "<source:Transport Policy> <volume:20>: <fpage:e105>."},
      // abbreviations: where the title ends is not told
      {"Silva, A. (2019). Shade vs. heat. J. Clim. 20(2): 1–9.",
       "<surname:Silva>, <given-names:A.> (<year:2019>). Shade vs. heat. J. Clim. <volume:20>(<issue:2>): <fpage:1>–<lpage:9>."},
      {"City of Lyon (2019). Trees.", "City of Lyon (<year:2019>). Trees."},
      {"Smith J, Doe A. Heat plans. Lancet 2019;393:12-18.", "Smith J, Doe A. Heat plans. Lancet <year:2019>;393:12-18."},
      {"Afşar, M., & Bond, H. E. 2007, AJ, 133, 387", "Afşar, M., & Bond, H. E. <year:2007>, AJ, 133, 387"},
      {"From 1990 to 2000. Geneva.", "From 1990 to 2000. Geneva."},
      {"Lancet 12:1999-2003, 2004.", "Lancet 12:1999-2003, 2004."},
      {"https://example.org/2019/04", "https://example.org/2019/04"},
      {"(2019). ", "(<year:2019>). "},
      {"", ""},
      {" (2019). : 1.", " (<year:2019>). : 1."},
  };
  for (const auto& [text, want] : kCases) EXPECT_EQ(marked(text), want);
}

}  // namespace
}  // namespace colophon::formats::jats
