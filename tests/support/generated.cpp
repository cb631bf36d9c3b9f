// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/generated.hpp"

#include <array>
#include <cstdint>
#include <string_view>

#include <fmt/format.h>

namespace colophon::test {
namespace {

constexpr std::array<std::string_view, 24> kStarts = {"urb",  "clim",  "resil", "wat",  "heat", "mun",  "gov", "adapt",
                                                      "risk", "eco",   "flo",   "plan", "soc",  "ener", "mob", "hous",
                                                      "gre",  "coast", "nat",   "fin",  "dat",  "pol",  "com", "trans"};
constexpr std::array<std::string_view, 10> kMiddles = {"a", "e", "i", "o", "an", "er", "iv", "at", "ol", "um"};
constexpr std::array<std::string_view, 10> kEnds = {"tion", "ity", "al", "ing", "ment", "s", "ance", "ed", "or", "ism"};

// What stands between the words of a paragraph, each in its turn.
constexpr std::array<std::string_view, 10> kInline = {
    " (<xref ref-type=\"bibr\" rid=\"b1\">1</xref>, <xref ref-type=\"bibr\" rid=\"b2\">2</xref>) ",
    " <italic>in situ</italic> ",
    " 1990&#x02013;2020, ",
    ", and M\xC3\xBCller\xE2\x80\x99s ",
    " CO<sub>2</sub> (<xref ref-type=\"fig\" rid=\"f1\">Fig. 1</xref>) ",
    " [<xref rid=\"b3\" ref-type=\"bibr\">3</xref>&#x02013;<xref rid=\"b9\" ref-type=\"bibr\">9</xref>]. ",
    " <bold>n</bold>&#x000a0;= 12 ",
    " <ext-link ext-link-type=\"uri\" xlink:href=\"https://example.org/data\">https://example.org/data</ext-link>\n            ",
    " 10<sup>&#x02212;3</sup> &amp; ",
    " (<xref ref-type=\"table\" rid=\"t1\">Table 1</xref>). "};

class Article {
 public:
  explicit Article(std::size_t number) : number_(number), rank_(number * 7919) {}

  std::string write() {
    std::string body, references;
    for (std::size_t i = 0; i < 6; ++i) body += section(i);
    for (std::size_t i = 1; i <= 50; ++i) references += reference(i);
    return fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE article PUBLIC \"-//NLM//DTD JATS (Z39.96) Journal Publishing DTD "
        "v1.2 20190208//EN\" \"JATS-journalpublishing1.dtd\">\n<article xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
        "xmlns:mml=\"http://www.w3.org/1998/Math/MathML\" article-type=\"research-article\" "
        "xml:lang=\"en\">{}<body>{}</body><back>"
        "<ack><title>Acknowledgements</title><p>{}</p></ack><fn-group><fn fn-type=\"COI-statement\"><p>{}</p></fn></fn-group>"
        "<ref-list><title>References</title>{}</ref-list></back></article>\n",
        front(), body, words(20), words(12), references);
  }

 private:
  std::string words(std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) out += word_of_rank((rank_ = rank_ * 31 + 17) % 3000) + (i + 1 < count ? " " : "");
    return out;
  }
  std::string word() { return words(1); }

  std::string running(std::size_t parts) {
    std::string out;
    for (std::size_t i = 0; i < parts; ++i) out += words(6 + rank_ % 29) + std::string(kInline[rank_ % kInline.size()]);
    return out + words(7) + ".";
  }

  std::string front() {
    std::string people, affiliations;
    for (int i = 1; i <= 6; ++i) {
      people += fmt::format(
          "<contrib contrib-type=\"author\"{}><contrib-id contrib-id-type=\"orcid\">https://orcid.org/0000-0002-1825-0097"
          "</contrib-id><name><surname>{}</surname><given-names>{} A.</given-names></name><xref ref-type=\"aff\" rid=\"aff{}\">"
          "<sup>{}</sup></xref></contrib>\n",
          i == 1 ? " corresp=\"yes\"" : "", word(), word(), i % 3 + 1, i % 3 + 1);
      if (i <= 3)
        affiliations += fmt::format(
            "<aff id=\"aff{}\"><label>{}</label><institution>{}</institution>, <city>{}</city>, "
            "<country>Germany</country></aff>\n",
            i, i, words(4), word());
    }
    return fmt::format(
        "<front><journal-meta><journal-id journal-id-type=\"nlm-ta\">{0}</journal-id><journal-title-group><journal-title>{0}"
        "</journal-title></journal-title-group><issn pub-type=\"epub\">1932-6203</issn><publisher><publisher-name>{1}"
        "</publisher-name><publisher-loc>Bonn</publisher-loc></publisher></journal-meta>\n<article-meta><article-id "
        "pub-id-type=\"doi\">10.1234/a.{2}</article-id><article-categories><subj-group subj-group-type=\"heading\"><subject>{3}"
        "</subject></subj-group></article-categories><title-group><article-title>{4}</article-title></"
        "title-group>\n<contrib-group>"
        "{5}</contrib-group>{6}<author-notes><corresp id=\"cor1\">* E-mail: <email>a@example.org</email></corresp></author-notes>"
        "<pub-date pub-type=\"epub\"><day>3</day><month>4</month><year>2020</year></pub-date><volume>12</volume><issue>4</issue>"
        "<fpage>101</fpage><lpage>119</lpage><history><date date-type=\"received\"><day>1</day><month>2</month><year>2019</year>"
        "</date></history><permissions><copyright-statement>&#x000a9; 2020 {7}</copyright-statement><license "
        "xlink:href=\"https://creativecommons.org/licenses/by/4.0/\"><license-p>{8}</license-p></license></permissions>\n"
        "<abstract><sec><title>Background</title><p>{9}</p></sec><sec><title>Results</title><p>{10}</p></sec></"
        "abstract><kwd-group>"
        "<kwd>{11}</kwd><kwd>{12}</kwd><kwd>{13}</kwd></kwd-group><funding-group><award-group><funding-source>{14}</"
        "funding-source>"
        "<award-id>{2}</award-id></award-group></funding-group></article-meta></front>",
        words(3), words(2), number_, words(2), words(10), people, affiliations, word(), words(15), words(70), running(3), word(),
        words(2), words(2), words(4));
  }

  std::string section(std::size_t at) {
    std::string out = fmt::format("<sec id=\"s{}\" sec-type=\"methods\"><title>{}</title>\n", at, words(4));
    for (int part = 0; part < 2; ++part) {
      out += fmt::format("<sec id=\"s{}.{}\"><title>{}</title>", at, part, words(3));
      for (int i = 0; i < 3; ++i) out += fmt::format("<p id=\"p{}\">{}</p>\n", i, running(8));
      out += "</sec>";
    }
    switch (at % 3) {
      case 0: out += table(); break;
      case 1: out += figure(); break;
      default: out += formula();
    }
    return out + "</sec>\n";
  }

  std::string table() {
    std::string rows;
    for (int row = 0; row < 14; ++row) {
      rows += fmt::format("<tr><td valign=\"top\" align=\"left\" rowspan=\"1\" colspan=\"1\">{}</td>", words(2));
      for (std::size_t cell = 0; cell < 5; ++cell)
        rows += fmt::format("<td valign=\"top\" align=\"center\" rowspan=\"1\" colspan=\"1\">{}.{} &#x000b1; {}</td>", row, cell,
                            rank_ % 97);
      rows += "</tr>";
    }
    return fmt::format(
        "<table-wrap id=\"t1\" orientation=\"portrait\" position=\"float\"><label>Table "
        "1</label><caption><p>{}</p></caption><table "
        "frame=\"hsides\" rules=\"groups\"><thead><tr><th valign=\"top\" align=\"left\" rowspan=\"1\" colspan=\"1\">{}</th><th "
        "colspan=\"5\" rowspan=\"1\"><bold>{}</bold></th></tr></thead><tbody>{}</tbody></table><table-wrap-foot><fn "
        "id=\"tn1\"><p>{}"
        "</p></fn></table-wrap-foot></table-wrap>\n",
        words(9), word(), words(2), rows, words(8));
  }

  std::string figure() {
    return fmt::format(
        "<fig id=\"f1\" orientation=\"portrait\" position=\"float\"><label>Figure 1</label><caption><title>{}</title><p>{}</p>"
        "</caption><graphic xlink:href=\"f{}.jpg\"/></fig>\n<list "
        "list-type=\"bullet\"><list-item><p>{}</p></list-item><list-item><p>"
        "{}</p></list-item></list>\n",
        words(6), running(3), number_, running(1), words(20));
  }

  std::string formula() {
    return fmt::format(
        "<p>{} <inline-formula><mml:math id=\"m1\"><mml:msub><mml:mi>x</mml:mi><mml:mn>1</mml:mn></mml:msub><mml:mo>=</mml:mo>"
        "<mml:mi>&#x003c3;</mml:mi></mml:math></inline-formula> {}</p><disp-formula id=\"e1\"><label>(1)</label><mml:math "
        "display=\"block\"><mml:mrow><mml:mi>y</mml:mi><mml:mo>=</mml:mo><mml:mfrac><mml:mn>1</mml:mn><mml:mi>n</mml:mi></"
        "mml:mfrac>"
        "</mml:mrow></mml:math></disp-formula>\n",
        words(12), running(2));
  }

  std::string reference(std::size_t at) {
    const std::string first = word(), second = word(), title = words(9), source = words(3);
    static constexpr std::array<std::string_view, 3> kForms = {
        "<ref id=\"b{0}\"><label>{0}.</label><element-citation publication-type=\"journal\"><person-group "
        "person-group-type=\"author\"><name><surname>{1}</surname><given-names>A</given-names></name><name><surname>{2}</surname>"
        "<given-names>BC</given-names></name><etal/></person-group><article-title>{3}</article-title><source>{4}</"
        "source><year>2019"
        "</year><volume>7</volume><fpage>1</fpage><lpage>9</lpage><pub-id pub-id-type=\"doi\">10.1234/x.{0}</pub-id><pub-id "
        "pub-id-type=\"pmid\">1945{0}</pub-id></element-citation></ref>",
        "<ref id=\"b{0}\"><label>{0}</label><mixed-citation "
        "publication-type=\"journal\"><name><surname>{1}</surname><given-names>M"
        "</given-names></name>, <name><surname>{2}</surname><given-names>C</given-names></name> (<year>2012</year>) "
        "<article-title>"
        "{3}</article-title>. <source>{4}</source> <volume>13</volume>(<issue>5</issue>): <fpage>174</fpage>&#x02013;<lpage>9"
        "</lpage>. doi: <pub-id pub-id-type=\"doi\">10.1371/journal.{0}</pub-id> <?supplied-pmid 1945?><pub-id "
        "pub-id-type=\"pmid\">1945{0}</pub-id></mixed-citation></ref>\n",
        "      <ref id=\"b{0}\">\n        <label>{0}</label>\n        <nlm-citation publication-type=\"journal\">\n          "
        "<person-group person-group-type=\"author\">\n            <name name-style=\"western\">\n              "
        "<surname>{1}</surname>"
        "\n              <given-names>J</given-names>\n            </name>\n          </person-group>\n          "
        "<article-title>{3}"
        "</article-title>\n          <source>{4}</source>\n          <year>2004</year>\n          <volume>1</volume>\n          "
        "<fpage>e52</fpage>\n          <comment>doi: <ext-link ext-link-type=\"doi\" "
        "xlink:href=\"http://dx.doi.org/10.1371/j.{0}\">"
        "10.1371/j.{0}</ext-link></comment>\n        </nlm-citation>\n      </ref>\n"};
    return fmt::format(fmt::runtime(kForms[(number_ + at / 25) % kForms.size()]), at, first, second, title, source);
  }

  std::size_t number_;
  std::size_t rank_;
};

}  // namespace

std::string word_of_rank(std::size_t rank) {
  std::string out(kStarts[rank % kStarts.size()]);
  rank /= kStarts.size();
  out += kMiddles[rank % kMiddles.size()];
  rank /= kMiddles.size();
  out += kEnds[rank % kEnds.size()];
  rank /= kEnds.size();
  while (rank > 0) out += kMiddles[rank % kMiddles.size()], rank /= kMiddles.size();
  return out;
}

std::string generated_article(std::size_t number) { return Article(number).write(); }

}  // namespace colophon::test
