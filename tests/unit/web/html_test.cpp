// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/html.hpp"

#include <array>

#include <gtest/gtest.h>

namespace colophon::web {
namespace {

TEST(Html, EscapesValuesBetweenTags) {
  Html out;
  out.put("<p>{}</p>", "<script>alert('x & \"y\"')</script>");
  EXPECT_EQ(out.str(), "<p>&lt;script&gt;alert(&#39;x &amp; &quot;y&quot;&#39;)&lt;/script&gt;</p>");
}

TEST(Html, EscapesValuesInAttributes) {
  Html out;
  out.put("<input value=\"{}\"><b title=\"{}\">", "\" onfocus=\"evil()", 3);
  EXPECT_EQ(out.str(), "<input value=\"&quot; onfocus=&quot;evil()\"><b title=\"3\">");
}

TEST(Html, EncodesPartsOfAddresses) {
  Html out;
  out.put("<a href=\"/search?q={}&amp;x={}\">{}</a>", "a&b=c d/ü\"", 2, "t");
  EXPECT_EQ(out.str(), "<a href=\"/search?q=a%26b%3Dc%20d%2F%C3%BC%22&amp;x=2\">t</a>");
}

TEST(Html, OnlyKnownAddressesStandAlone) {
  const std::pair<const char*, const char*> cases[] = {
      {"/r/abc?q=a&b", "/r/abc?q=a&b"},
      {"https://doi.org/10.1/x", "https://doi.org/10.1/x"},
      {"HTTP://example.org", "HTTP://example.org"},
      {"mailto:a@example.org", "mailto:a@example.org"},
      {"javascript:alert(1)", "#"},
      {"JaVaScRiPt:alert(1)", "#"},
      {"java\tscript:alert(1)", "#"},
      {" https://a", "#"},
      {"data:text/html,x", "#"},
      {"//evil.example", "#"},
      {"/\\evil.example", "#"},
      {"", "#"},
      {"relative", "#"},
  };
  for (const auto& [address, kept] : cases) EXPECT_EQ(Href::to(address).str(), kept) << address;
  EXPECT_EQ(Html().put("<a href=\"{}\">x</a>", Href::to("/r/a?b=\"&c")).str(), "<a href=\"/r/a?b=&quot;&amp;c\">x</a>");
}

TEST(Html, AttributesComeWholeOrNotAtAll) {
  EXPECT_EQ(Html().put("<p{}>", Attribute::lang("pt-BR")).str(), "<p lang=\"pt-BR\">");
  EXPECT_EQ(Html().put("<p{}>", Attribute::lang("\"><x")).str(), "<p>");
  EXPECT_EQ(Html().put("<p{}>", Attribute::lang("")).str(), "<p>");
  EXPECT_EQ(Html().put("<input{}>", Attribute::named("checked").when(true)).str(), "<input checked>");
  EXPECT_EQ(Html().put("<input{}>", Attribute::named("checked").when(false)).str(), "<input>");
  EXPECT_EQ(Html().put("<a{}>", Attribute::named("title").is("a\"b")).str(), "<a title=\"a&quot;b\">");
}

TEST(Html, HtmlGoesInAsItIs) { EXPECT_EQ(Html().put("<p>{}</p>", Html().put("<b>{}</b>", "<")).str(), "<p><b>&lt;</b></p>"); }

TEST(Html, ControlCharactersAndBrokenBytesBecomeVisible) {
  EXPECT_EQ(Html().text(std::string("a\0b\x1b\x7f\n\t", 7)).str(),
            "a\xEF\xBF\xBD"
            "b\xEF\xBF\xBD\xEF\xBF\xBD\n\t");
  EXPECT_EQ(Html().text("a\xff").str(), "a\xEF\xBF\xBD");
}

/// What must not compile is decided by these, which the compiler runs.
TEST(Html, PlacesAreToldApart) {
  using detail::Place;
  static constexpr auto places = []() consteval {
    struct {
      std::size_t count;
      std::array<Place, 6> at;
    } out{0, {}};
    out.count = detail::scan("<p{} title=\"{}\"><a href=\"{}\"></a><a href=\"/r/{}#{}\">{}</a>", out.at.data(), 6);
    return out;
  }();
  static_assert(places.count == 6);
  EXPECT_EQ(places.at, (std::array{Place::tag, Place::attribute, Place::link, Place::link_part, Place::link_part, Place::text}));
  static_assert(!detail::fits<std::string>(Place::tag) && !detail::fits<std::string>(Place::link) &&
                !detail::fits<Html>(Place::attribute) && !detail::fits<bool>(Place::text));
}

}  // namespace
}  // namespace colophon::web
