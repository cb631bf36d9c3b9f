// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

#include "base/text.hpp"
#include "bib/identifiers.hpp"
#include "formats_xml/lint/pointed.hpp"
#include "formats_xml/lint/tree.hpp"

#include <fmt/format.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

// What JATS4R recommends (jats4r.org), a row a rule: where it is not followed, as XPath.
namespace colophon::formats_xml {
namespace {

constexpr unsigned long kMostSteps = 200'000'000;  // of one expression; a file that needs more is not asked

enum class Told : std::uint8_t { each, once };

/// `breaches`: the nodes that do not follow it. `says`: an expression whose value, from such a node, stands for {} in the message.
/// Told::once: the first one stands for all, with their number behind it.
struct Row {
  std::string_view code;
  const char* breaches;
  std::string_view message;
  std::string_view hint;
  const char* says = nullptr;
  Told told = Told::each;
};

#define META "/article/front/article-meta"
#define LOWER(text) "translate(" text ", 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')"
#define RESEARCH "[/article/@article-type = 'research-article']"

// clang-format off
constexpr std::array kRows = std::to_array<Row>({
    // the article
    {"jats.article-type", "/article[not(@article-type)]", "the article has no article-type", "say what it is: article-type=\"research-article\""},
    {"jats.dtd-version", "/article[not(@dtd-version)]", "the article has no dtd-version", "say which version of the DTD it follows"},
    {"jats.article-language", "/article[not(@xml:lang)]", "the article does not say its language", "add xml:lang to <article>"},
    {"jats.article-doi", META "[not(article-id[@pub-id-type = 'doi'])]", "the article has no DOI", "add <article-id pub-id-type=\"doi\">"},
    {"jats.article-doi-form", META "/article-id[@pub-id-type = 'doi'][not(c:doi(.))]", "“{}” is not a bare DOI", "write 10.prefix/suffix, without a resolver", "."},
    {"jats.publication-date", META "[not(pub-date)]", "the article has no date of publication", "add <pub-date> with year, month and day"},
    {"jats.no-abstract", META RESEARCH "[not(abstract)]", "a research article without abstract", "add <abstract>"},
    {"jats.related-target", "//related-article[not(@xlink:href) and not(.//ext-link)]", "a related article without a link", "add its DOI as xlink:href"},
    // authors and affiliations
    {"jats.contributor-type", META "/contrib-group/contrib[not(@contrib-type)]", "a contributor without contrib-type", "say contrib-type=\"author\", or what else"},
    {"jats.contributor-name", META "/contrib-group//contrib[not(name or name-alternatives or string-name or collab or collab-alternatives or anonymous or on-behalf-of)]",
     "a contributor without a name", "add <name>, <collab> or <anonymous/>"},
    {"jats.author-affiliation", META "/contrib-group[not(aff) or $affiliations > 1]/contrib[@contrib-type = 'author'][$affiliations > 0][not(xref[@ref-type = 'aff'] or aff or aff-alternatives)]",
     "the author “{}” is linked to no affiliation", "add <xref ref-type=\"aff\" rid=\"…\">", "(name//surname | string-name | collab)[1]"},
    {"jats.affiliation-unused", META "//aff[@id][$affiliations > 1][not(ancestor::contrib)][not(c:pointed(@id) or c:pointed(../@id))]", "no contributor points to the affiliation “{}”",
     "link it, or take it out", "@id"},
    {"jats.affiliation-institution", META "//aff[not(.//institution)]", "an affiliation without <institution>", "tag the organisation’s name"},
    {"jats.affiliation-country", META "//aff[not(.//country)]", "an affiliation without <country>", "tag the country"},
    {"jats.institution-id", META "//aff[.//institution][not(.//institution-id)]", "the institution “{}” has no identifier",
     "put it into <institution-wrap> with <institution-id institution-id-type=\"ror\">", ".//institution"},
    {"jats.orcid-form", "//contrib-id[@contrib-id-type = 'orcid'][not(c:orcid(.)) or not(starts-with(normalize-space(.), 'https://orcid.org/'))]",
     "“{}” is not an ORCID iD as it should be written", "write the whole address, https://orcid.org/0000-0000-0000-0000, with its right check digit", "."},
    {"jats.orcid-authenticated", "//contrib-id[@contrib-id-type = 'orcid'][not(@authenticated)]", "it is not said whether ORCID iDs were authenticated",
     "add authenticated=\"true\" where the person signed in for it, else \"false\"", nullptr, Told::once},
    {"jats.corresponding-author", META "[contrib-group/contrib[@contrib-type = 'author']][not(.//contrib[@corresp = 'yes'] or .//contrib/xref[@ref-type = 'corresp'])]",
     "no author is marked as the one to write to", "add corresp=\"yes\" to the <contrib>"},
    {"jats.corresponding-email", META "//contrib[@corresp = 'yes'][not(.//email or xref[@ref-type = 'corresp'])]", "the corresponding author has no e-mail address",
     "add <email>, or link <corresp>"},
    {"jats.credit-role", META "//contrib/role[@vocab and not(@vocab-identifier and @vocab-term and @vocab-term-identifier)]", "the role “{}” names a vocabulary, but not its term in it",
     "add vocab-identifier, vocab-term and vocab-term-identifier", "."},
    {"jats.conflict-of-interest", META RESEARCH "[not(//fn[@fn-type = 'coi-statement' or @fn-type = 'conflict' or @fn-type = 'COI-statement']) and not(//*[self::sec or self::notes][contains(" LOWER("concat(@sec-type, @notes-type)") ", 'coi-statement')])]",
     "no statement on conflicts of interest is marked", "mark it as <fn fn-type=\"coi-statement\">"},
    // permissions
    {"jats.no-permissions", META "[not(permissions)]", "the article does not say who may use it, and how", "add <permissions> with copyright and licence"},
    {"jats.copyright-parts", META "/permissions[copyright-statement or copyright-year or copyright-holder][not(copyright-statement and copyright-year and copyright-holder)]",
     "of copyright statement, year and holder not all are there", "add what is missing"},
    {"jats.no-license", META "/permissions[not(license)]", "the permissions hold no licence", "add <license>"},
    {"jats.license-address", META "/permissions/license[not(@xlink:href or .//ali:license_ref)]", "the licence has no address that a machine can read", "add <ali:license_ref> with the licence’s URL"},
    // funding
    {"jats.funding-untagged", "/article[not(front//funding-group)]//*[self::fn[@fn-type = 'financial-disclosure' or @fn-type = 'supported-by' or @fn-type = 'funding'] or (self::sec or self::ack) and contains(" LOWER("string(title)") ", 'funding')]",
     "funding is told in words only", "add <funding-group> with funder and award to the article’s metadata"},
    {"jats.award-funder", "//award-group[not(funding-source or support-source)]", "an award without its funder", "add <funding-source>"},
    {"jats.award-id", "//award-group[not(award-id)]", "the award of “{}” has no number", "add <award-id>, where there is one", "funding-source"},
    {"jats.funder-id", "//award-group/funding-source[not(.//institution-id) and not(@xlink:href)]", "the funder “{}” has no identifier",
     "add <institution-wrap> with <institution-id institution-id-type=\"ror\"> (or FundRef)", "."},
    {"jats.funding-statement", "//article-meta/funding-group[not(funding-statement)]", "the funding has no statement in words", "add <funding-statement>"},
    // citations
    {"jats.citation-type", "//*[self::element-citation or self::mixed-citation][not(@publication-type)]", "a citation without publication-type", "say what is cited: publication-type=\"journal\""},
    {"jats.citation-names", "//element-citation[name or string-name]", "names of a citation outside <person-group>", "put them into <person-group person-group-type=\"author\">"},
    {"jats.person-group-type", "//person-group[ancestor::ref][not(@person-group-type)]", "a group of names without person-group-type", "say \"author\", \"editor\", …"},
    {"jats.citation-title", "//element-citation[@publication-type = 'journal'][not(article-title or trans-title)]", "a cited journal article without title", "add <article-title>"},
    {"jats.citation-source", "//element-citation[@publication-type = 'journal' or @publication-type = 'book'][not(source or trans-source)]", "a citation that does not name its journal or book", "add <source>"},
    {"jats.citation-year", "//element-citation[not(year or date or date-in-citation)]", "a citation without year", "add <year>, or <date-in-citation> for what has none"},
    {"jats.citation-year-iso", "//element-citation/year[not(@iso-8601-date)]", "years of citations have no iso-8601-date", "add it: <year iso-8601-date=\"2019\">", nullptr, Told::once},
    {"jats.citation-doi", "//pub-id[ancestor::ref][@pub-id-type = 'doi'][not(c:doi(.))]", "“{}” is not a bare DOI", "write 10.prefix/suffix, without a resolver", "."},
    {"jats.citation-doi-untagged", "//*[self::element-citation or self::mixed-citation][not(pub-id[@pub-id-type = 'doi'])][ext-link[contains(@xlink:href, 'doi.org/10.')] or uri[contains(., 'doi.org/10.')]]",
     "a DOI is only linked", "add <pub-id pub-id-type=\"doi\">"},
    {"jats.citation-data", "//*[self::element-citation or self::mixed-citation][@publication-type = 'data'][not(data-title and (pub-id or ext-link))]",
     "a cited data set without its title or identifier", "add <data-title>, and <pub-id> with DOI or accession number"},
    {"jats.reference-id", "//ref-list/ref[not(@id)]", "a reference without id, to which nothing can point", "add an id"},
    {"jats.reference-uncited", "//ref-list/ref[@id][not(c:pointed(@id)) and not(*[c:pointed(@id)])]", "nothing in the text points to the reference “{}”", "link it with <xref ref-type=\"bibr\">, or take it out", "@id"},
    // accessibility
    {"jats.alternative-text", "//*[self::fig[not(.//alt-text or .//long-desc)] or self::graphic[not(alt-text or long-desc)][not(ancestor::fig or ancestor::table-wrap or ancestor::disp-formula or ancestor::fig-group or ../alt-text)]]",
     "a picture without words for those who do not see it", "say in <alt-text> what it shows"},
    {"jats.alternative-text-long", "//alt-text[string-length(normalize-space(.)) > 255]", "an alternative text of more than 255 characters", "be brief there, and put the rest into <long-desc>"},
    {"jats.figure-caption", "//fig[not(caption) and not(parent::fig-group[caption])]", "a figure without caption", "add <caption>"},
    {"jats.table-picture", "//table-wrap[not(.//table or .//oasis:table)][.//graphic]", "a table that is a picture only", "give its cells in <table>"},
    {"jats.table-header", "//table[ancestor::table-wrap][not(.//th)]", "a table without header cells", "mark the cells that name rows or columns as <th>"},
    {"jats.table-caption", "//table-wrap[not(caption or label)]", "a table without label and caption", "add <caption>"},
    {"jats.formula-picture", "//*[self::disp-formula or self::inline-formula][not(.//mml:math or .//tex-math)][.//graphic or .//inline-graphic]", "a formula that is a picture only", "give it as MathML or TeX"},
    {"jats.media-description", "//media[not(alt-text or long-desc or caption or ../caption)]", "sound, film or file without a description", "add <caption> or <alt-text>"},
    {"jats.alternative-text-again", "//alt-text[normalize-space(.) = '' or normalize-space(.) = normalize-space(ancestor::fig[1]/caption/title) or normalize-space(.) = normalize-space(ancestor::fig[1]/caption/p[1])]",
     "an alternative text that says no more than the caption", "say what the picture shows; “null” for one that only decorates"},
    {"jats.link-text", "//*[self::ext-link or self::uri][not(ancestor::ref) and not(ancestor::license) and not(@xlink:title)][(not(*) and normalize-space(.) = '') or normalize-space(.) = @xlink:href or starts-with(normalize-space(.), 'http://') or starts-with(normalize-space(.), 'https://') or starts-with(normalize-space(.), 'ftp://')]",
     "a link that does not say in words where it leads", "give it a text, or xlink:title"},
    {"jats.section-title", "//sec[not(title) and not(label)]", "a section without title", "add <title>"},
    {"jats.private-character", "//private-char", "a character that not everybody can see or hear", "use a Unicode character"},
    {"jats.table-model", "//oasis:table", "a table of the OASIS model", "use <table> of the XHTML model"},
    // data
    {"jats.data-availability", META RESEARCH "[not(//*[self::sec or self::notes or self::fn][contains(concat(@sec-type, @notes-type, @fn-type), 'data-availability')]) and not(.//custom-meta[contains(" LOWER("string(meta-name)") ", 'data availability')]) and not(//*[self::sec or self::notes or self::fn][contains(" LOWER("string(title)") ", 'data availability') or contains(" LOWER("string(title)") ", 'availability of data')])]",
     "no statement says where the data are", "add <sec sec-type=\"data-availability\">"},
    {"jats.data-availability-type", "//*[self::sec or self::notes][contains(" LOWER("string(title)") ", 'data availability') or contains(" LOWER("string(title)") ", 'availability of data')][not(contains(concat(@sec-type, @notes-type), 'data-availability'))]",
     "“{}” is not marked as what it is", "add sec-type=\"data-availability\"", "title"},
});
// clang-format on
#undef META
#undef LOWER
#undef RESEARCH

constexpr std::array kNamespaces = {
    std::pair{"xlink", "http://www.w3.org/1999/xlink"}, std::pair{"mml", "http://www.w3.org/1998/Math/MathML"},
    std::pair{"ali", "http://www.niso.org/schemas/ali/1.0/"},
    std::pair{"oasis", "http://www.niso.org/standards/z39-96/ns/oasis-exchange/table"}, std::pair{"c", "urn:colophon"}};

const xmlChar* xml(const char* text) { return reinterpret_cast<const xmlChar*>(text); }

struct FreeText {
  void operator()(xmlChar* text) const { xmlFree(text); }
};
struct FreeObject {
  void operator()(xmlXPathObjectPtr object) const { xmlXPathFreeObject(object); }
};
struct FreeContext {
  void operator()(xmlXPathContextPtr context) const { xmlXPathFreeContext(context); }
};
using Text = std::unique_ptr<xmlChar, FreeText>;
using Object = std::unique_ptr<xmlXPathObject, FreeObject>;

/// The string of a function's one argument.
std::string argument(xmlXPathParserContextPtr parser, int count) {
  if (count != 1) return {};
  const Text text(xmlXPathPopString(parser));
  return text ? squeeze(reinterpret_cast<const char*>(text.get())) : std::string();
}

template <bool (*Holds)(xmlXPathParserContextPtr, const std::string&)>
void function(xmlXPathParserContextPtr parser, int count) {
  const std::string text = argument(parser, count);
  valuePush(parser, xmlXPathNewBoolean(Holds(parser, text) ? 1 : 0));
}

bool is_pointed(xmlXPathParserContextPtr parser, const std::string& id) {
  return static_cast<const Pointed*>(parser->context->userData)->holds(id);
}
bool is_bare_doi(xmlXPathParserContextPtr, const std::string& text) {
  return text.starts_with("10.") && bib::Doi::parse(text).has_value();
}
bool is_orcid(xmlXPathParserContextPtr, const std::string& text) { return bib::Orcid::parse(text).has_value(); }

class Rules {
 public:
  explicit Rules(const XmlTree& tree)
      : tree_(tree), pointed_(tree.document()), context_(xmlXPathNewContext(static_cast<xmlDocPtr>(tree.document()))) {
    xmlXPathOrderDocElems(static_cast<xmlDocPtr>(tree.document()));  // else sorting walks from node to node
    context_->userData = const_cast<Pointed*>(&pointed_);  // NOLINT(cppcoreguidelines-pro-type-const-cast): it is only read
    for (const auto& [prefix, address] : kNamespaces) xmlXPathRegisterNs(context_.get(), xml(prefix), xml(address));
    const char* own = kNamespaces.back().second;
    xmlXPathRegisterFuncNS(context_.get(), xml("pointed"), xml(own), function<is_pointed>);
    xmlXPathRegisterFuncNS(context_.get(), xml("doi"), xml(own), function<is_bare_doi>);
    xmlXPathRegisterFuncNS(context_.get(), xml("orcid"), xml(own), function<is_orcid>);
    xmlXPathRegisterVariable(context_.get(), xml("affiliations"),
                             xmlXPathNewFloat(count("count(/article/front/article-meta//aff)")));
  }

  void run(const Row& row, Findings& findings) {
    const Object found = evaluate(row.breaches, nullptr);
    if (!found) {
      findings.add("xml.and-more", fmt::format("the rule {} was not asked: the file is too large for it", row.code),
                   "split the file", {{}, 1, 1, 0});
      return;
    }
    if (found->type != XPATH_NODESET || !found->nodesetval) return;
    xmlXPathNodeSetSort(found->nodesetval);
    const int count = row.told == Told::once ? std::min(1, found->nodesetval->nodeNr) : found->nodesetval->nodeNr;
    for (int i = 0; i < count; ++i) {
      xmlNodePtr node = found->nodesetval->nodeTab[i];
      std::string message(row.message);
      if (row.says) message = fmt::format(fmt::runtime(row.message), printable(ellipsis(value(row.says, node), 60)));
      if (row.told == Told::once && found->nodesetval->nodeNr > 1)
        message += fmt::format(" ({} of them)", found->nodesetval->nodeNr);
      findings.add(row.code, std::move(message), std::string(row.hint), tree_.place(node));
    }
  }

 private:
  Object evaluate(const char* expression, xmlNodePtr from) {
    context_->opLimit = kMostSteps;
    context_->opCount = 0;
    context_->node = from ? from : xmlDocGetRootElement(static_cast<xmlDocPtr>(tree_.document()));
    return Object(xmlXPathEvalExpression(xml(expression), context_.get()));
  }
  double count(const char* expression) {
    const Object found = evaluate(expression, nullptr);
    return found ? found->floatval : 0;
  }
  std::string value(const char* expression, xmlNodePtr from) {
    const Object found = evaluate(expression, from);
    const Text text(found ? xmlXPathCastToString(found.get()) : nullptr);
    return text ? squeeze(reinterpret_cast<const char*>(text.get())) : std::string();
  }

  const XmlTree& tree_;
  Pointed pointed_;
  std::unique_ptr<xmlXPathContext, FreeContext> context_;
};

}  // namespace

void check_recommendations(const XmlTree& tree, Findings& findings) {
  Rules rules(tree);
  for (const Row& row : kRows) rules.run(row, findings);
}

std::vector<std::string_view> recommendation_codes() {
  std::vector<std::string_view> out;
  for (const Row& row : kRows) out.push_back(row.code);
  return out;
}

}  // namespace colophon::formats_xml
