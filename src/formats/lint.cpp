// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/lint.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace colophon::formats {
namespace {

constexpr auto kNote = Severity::note;
constexpr auto kWarning = Severity::warning;
constexpr auto kError = Severity::error;
constexpr auto kNone = Repair::none;
constexpr auto kProposed = Repair::proposed;
constexpr auto kSafe = Repair::safe;

// clang-format off
constexpr std::array kRules = {
    // the grammar
    LintRule{"bibtex.unclosed-entry",    kError,   kNone,     "An entry is not closed before the next one or the end of the file"},
    LintRule{"bibtex.unclosed-value",    kError,   kNone,     "A brace or quote that opens a value does not close"},
    LintRule{"bibtex.early-close",       kError,   kNone,     "A closing brace too many ends the entry before its last field"},
    LintRule{"bibtex.missing-comma",     kError,   kSafe,     "No comma between two fields, or behind the key"},
    LintRule{"bibtex.missing-value",     kError,   kNone,     "A field name without a value"},
    LintRule{"bibtex.stray-text",        kError,   kNone,     "Text in an entry that belongs to no field"},
    LintRule{"bibtex.remark",            kWarning, kNone,     "A % remark inside an entry, which BibTeX does not know"},
    LintRule{"bibtex.braceless-comment", kNote,    kNone,     "@comment without braces"},
    LintRule{"bibtex.undefined-macro",   kWarning, kNone,     "A name that no @string defines"},
    LintRule{"bibtex.redefined-macro",   kWarning, kNone,     "A @string is defined again with another value"},
    LintRule{"bibtex.no-entry",          kError,   kNone,     "There is text, but no entry"},
    // keys and what refers to them
    LintRule{"bibtex.empty-key",         kError,   kNone,     "An entry without a key"},
    LintRule{"bibtex.duplicate-key",     kError,   kNone,     "A key that an earlier entry has"},
    LintRule{"bibtex.key-case",          kWarning, kNone,     "A key that differs from an earlier one only in its case; BibTeX takes them for the same"},
    LintRule{"bibtex.key-characters",    kWarning, kNone,     "A character in a key that BibTeX or LaTeX cannot take"},
    LintRule{"bibtex.no-parent",         kWarning, kNone,     "crossref, xref or xdata names an entry that is not in the file"},
    LintRule{"bibtex.parent-before-child", kWarning, kNone,   "A crossref parent stands before its child; BibTeX wants it behind"},
    LintRule{"bibtex.duplicate-doi",     kNote,    kNone,     "Two entries of one type have the same DOI"},
    // types and fields
    LintRule{"bibtex.unknown-type",      kNote,    kNone,     "An entry type of neither BibTeX nor BibLaTeX"},
    LintRule{"bibtex.required-field",    kWarning, kNone,     "The entry lacks a field that its type asks for, in itself and its parents"},
    LintRule{"bibtex.misspelt-field",    kWarning, kProposed, "A field name one letter off a known one"},
    LintRule{"bibtex.unknown-field",     kNote,    kNone,     "A field of neither BibTeX, BibLaTeX nor a known program; said once a file"},
    LintRule{"bibtex.duplicate-field",   kError,   kSafe,     "A field that the entry has already; one with the same value is taken out"},
    LintRule{"bibtex.empty-field",       kNote,    kNone,     "A field without a value"},
    // names
    LintRule{"bibtex.et-al",             kWarning, kSafe,     "“et al.” in a list of names instead of “and others”"},
    LintRule{"bibtex.odd-name",          kWarning, kNone,     "A name with more than two commas"},
    LintRule{"bibtex.name-separator",    kWarning, kProposed, "Names parted by “;” or “&” instead of “and”"},
    LintRule{"bibtex.empty-name",        kWarning, kNone,     "An “and” without a name beside it"},
    // titles
    LintRule{"bibtex.case-protection",   kNote,    kSafe,     "A word with inner capitals (CO2, mRNA) that a style may set in lower case"},
    LintRule{"bibtex.title-in-capitals", kWarning, kNone,     "A title in capitals"},
    LintRule{"bibtex.title-in-braces",   kNote,    kNone,     "A title that braces protect as a whole"},
    // dates and pages
    LintRule{"bibtex.future-year",       kWarning, kNone,     "A year after the next"},
    LintRule{"bibtex.implausible-year",  kWarning, kNone,     "A year without four digits, or a journal article from before the first journal"},
    LintRule{"bibtex.literal-date",      kNote,    kNone,     "Words where a date should stand"},
    LintRule{"bibtex.month",             kNote,    kSafe,     "A month written out instead of its macro"},
    LintRule{"bibtex.fused-pages",       kWarning, kProposed, "A page range that seems to have lost its dash (14221442)"},
    LintRule{"bibtex.reversed-pages",    kWarning, kNone,     "A page range whose end comes before its beginning"},
    LintRule{"bibtex.short-page-range",  kNote,    kProposed, "A page range with a shortened end (213-6)"},
    LintRule{"bibtex.page-hyphen",       kNote,    kSafe,     "Pages parted by other than two hyphens"},
    // identifiers and links
    LintRule{"bibtex.doi",               kWarning, kNone,     "A DOI that is none"},
    LintRule{"bibtex.doi-resolver",      kNote,    kSafe,     "A DOI written as a link or with “doi:”"},
    LintRule{"bibtex.doi-end",           kWarning, kSafe,     "A DOI with the stop of a sentence at its end"},
    LintRule{"bibtex.doi-in-url",        kNote,    kNone,     "A DOI in the url field"},
    LintRule{"bibtex.isbn",              kWarning, kNone,     "An ISBN (10 or 13) of the wrong length or with a wrong check digit"},
    LintRule{"bibtex.issn",              kWarning, kNone,     "An ISSN of the wrong length or with a wrong check digit"},
    LintRule{"bibtex.issn-form",         kNote,    kSafe,     "An ISSN without its hyphen"},
    LintRule{"bibtex.orcid",             kWarning, kNone,     "An ORCID iD of the wrong length or with a wrong check digit"},
    LintRule{"bibtex.url-scheme",        kWarning, kSafe,     "A misspelt http:// or https://"},
    LintRule{"bibtex.url-no-scheme",     kWarning, kProposed, "A URL without http:// or another scheme"},
    LintRule{"bibtex.url-syntax",        kWarning, kNone,     "A blank or another character in a URL that cannot stand there, or no host"},
    LintRule{"bibtex.url-end",           kWarning, kProposed, "A URL with the stop of a sentence at its end"},
    LintRule{"bibtex.url-command",       kNote,    kSafe,     "\\url{…} inside the url field"},
    LintRule{"bibtex.url-escape",        kNote,    kProposed, "A URL with TeX's escapes (\\_, \\%)"},
    // text
    LintRule{"bibtex.special-character", kWarning, kSafe,     "&, %, # or _ in printed text without a backslash"},
    LintRule{"bibtex.unpaired-dollar",   kWarning, kNone,     "A $ that opens a formula and none that closes it"},
    LintRule{"bibtex.html-entity",       kWarning, kSafe,     "An entity of HTML (&amp;)"},
    LintRule{"bibtex.html-markup",       kWarning, kNone,     "Markup of HTML (<i>, <sub>)"},
    LintRule{"bibtex.unprintable",       kWarning, kSafe,     "A control, zero-width or directional character, or a soft hyphen"},
    LintRule{"bibtex.mojibake",          kWarning, kNone,     "Letters that were once read in the wrong encoding (Ã¼)"},
    LintRule{"bibtex.encoding",          kWarning, kNone,     "Bytes that are no UTF-8, and what they were read as; said once a file"},
    LintRule{"bibtex.utf-16",            kNote,    kNone,     "A file in UTF-16; it is looked at, but not repaired"},
    LintRule{"bibtex.unknown-command",   kNote,    kNone,     "A TeX command that is not known; said once a file"},
    LintRule{"bibtex.unread-value",      kWarning, kNone,     "A value that is not what its field should hold"},
    LintRule{"bibtex.too-much-expansion", kError,  kNone,     "Macros or parents that make the file many times longer"},
    LintRule{"bibtex.too-large",         kError,   kNone,     "A file of more than 4 GiB"},
    LintRule{"bibtex.more",              kWarning, kNone,     "More findings than are told"},
    // XML as such
    LintRule{"xml.damaged",                 kError,   kNone,     "The XML is not well-formed"},
    LintRule{"xml.empty",                   kError,   kNone,     "A file without content"},
    LintRule{"xml.nul",                     kError,   kNone,     "A NUL byte"},
    LintRule{"xml.encoding",                kWarning, kNone,     "An encoding that is not what the file says, or that is not read"},
    LintRule{"xml.unknown-entity",          kWarning, kNone,     "A named character that JATS does not know; its name is kept as text"},
    LintRule{"xml.entity-declaration",      kError,   kNone,     "The document type declares entities that are not read: parameter or external ones, or such that hold others"},
    LintRule{"xml.undeclared-prefix",       kWarning, kNone,     "A prefix that no xmlns declares; said once a prefix"},
    LintRule{"xml.warning",                 kWarning, kNone,     "Another remark of the XML parser"},
    LintRule{"xml.long-tag",                kError,   kNone,     "A tag longer than 64 KB"},
    LintRule{"xml.too-many-attributes",     kError,   kNone,     "A tag with more than 256 attributes"},
    LintRule{"xml.too-many-namespaces",     kError,   kNone,     "More declarations of namespaces than are read"},
    LintRule{"xml.too-deep",                kError,   kNone,     "Elements nested deeper than 256"},
    LintRule{"xml.too-many-elements",       kError,   kNone,     "More than 200,000 elements"},
    LintRule{"xml.too-large",               kError,   kNone,     "A file, or its text with its entities, of more than 64 MB"},
    LintRule{"xml.and-more",                kNote,    kNone,     "More findings of a rule than are told (200), or a rule for which the file is too large"},
    // JATS: the DTD
    LintRule{"jats.no-dtd",                 kNote,    kNone,     "The file names no DTD; it is compared with the newest one that fits"},
    LintRule{"jats.other-dtd",              kNote,    kNone,     "The file names a DTD that is not held; it is compared with the nearest one"},
    LintRule{"jats.no-dtd-held",            kNote,    kNone,     "No DTD is held for this kind of document; validity is not looked at"},
    LintRule{"jats.unknown-element",        kError,   kNone,     "An element that the DTD does not know"},
    LintRule{"jats.invalid-content",        kError,   kNone,     "An element or a text where the DTD does not allow it"},
    LintRule{"jats.missing-element",        kError,   kNone,     "An element lacks another one that the DTD wants in it"},
    LintRule{"jats.missing-attribute",      kError,   kNone,     "An element lacks an attribute that the DTD wants"},
    LintRule{"jats.unknown-attribute",      kError,   kNone,     "An attribute that the DTD does not know"},
    LintRule{"jats.invalid-value",          kError,   kNone,     "A value that the DTD does not allow"},
    LintRule{"jats.duplicate-id",           kError,   kNone,     "An id that another element has"},
    LintRule{"jats.unknown-id",             kError,   kNone,     "A reference to an id that nothing has"},
    LintRule{"jats.invalid",                kError,   kNone,     "Another breach of the DTD"},
    // JATS: the article, as JATS4R recommends it
    LintRule{"jats.article-type",           kWarning, kNone,     "An article that does not say of which type it is"},
    LintRule{"jats.dtd-version",            kNote,    kNone,     "An article that does not say which version of the DTD it follows"},
    LintRule{"jats.article-language",       kNote,    kNone,     "An article that does not say its language"},
    LintRule{"jats.article-doi",            kWarning, kNone,     "An article without DOI"},
    LintRule{"jats.article-doi-form",       kWarning, kNone,     "A DOI of the article that is none, or is written with a resolver"},
    LintRule{"jats.publication-date",       kWarning, kNone,     "An article without date of publication"},
    LintRule{"jats.no-abstract",            kNote,    kNone,     "A research article without abstract"},
    LintRule{"jats.related-target",         kWarning, kNone,     "A related article without a link to it"},
    // JATS: authors and affiliations
    LintRule{"jats.contributor-type",       kWarning, kNone,     "A contributor of unsaid type"},
    LintRule{"jats.contributor-name",       kWarning, kNone,     "A contributor without a name"},
    LintRule{"jats.author-affiliation",     kWarning, kNone,     "An author who is linked to no affiliation, though there are some"},
    LintRule{"jats.affiliation-unused",     kNote,    kNone,     "An affiliation that no contributor points to"},
    LintRule{"jats.affiliation-institution",kNote,    kNone,     "An affiliation whose organisation is not tagged"},
    LintRule{"jats.affiliation-country",    kNote,    kNone,     "An affiliation whose country is not tagged"},
    LintRule{"jats.institution-id",         kNote,    kNone,     "An institution without identifier (ROR)"},
    LintRule{"jats.orcid-form",             kWarning, kNone,     "An ORCID iD that is none, or is not written as its https address"},
    LintRule{"jats.orcid-authenticated",    kNote,    kNone,     "ORCID iDs of which it is not said whether they were authenticated; said once a file"},
    LintRule{"jats.corresponding-author",   kWarning, kNone,     "No author is marked as corresponding"},
    LintRule{"jats.corresponding-email",    kNote,    kNone,     "A corresponding author without e-mail address"},
    LintRule{"jats.credit-role",            kNote,    kNone,     "A role that names a vocabulary (CRediT), but not its term in it"},
    LintRule{"jats.conflict-of-interest",   kNote,    kNone,     "A research article without a marked statement on conflicts of interest"},
    // JATS: permissions
    LintRule{"jats.no-permissions",         kWarning, kNone,     "An article without permissions"},
    LintRule{"jats.copyright-parts",        kNote,    kNone,     "A copyright without its statement, year or holder"},
    LintRule{"jats.no-license",             kWarning, kNone,     "Permissions without a licence"},
    LintRule{"jats.license-address",        kWarning, kNone,     "A licence without an address that a machine can read"},
    // JATS: funding
    LintRule{"jats.funding-untagged",       kWarning, kNone,     "Funding that is told in words only"},
    LintRule{"jats.award-funder",           kWarning, kNone,     "An award without its funder"},
    LintRule{"jats.award-id",               kNote,    kNone,     "An award without number"},
    LintRule{"jats.funder-id",              kNote,    kNone,     "A funder without identifier"},
    LintRule{"jats.funding-statement",      kNote,    kNone,     "Funding without a statement in words"},
    // JATS: citations
    LintRule{"jats.citation-type",          kWarning, kNone,     "A citation that does not say what is cited"},
    LintRule{"jats.citation-names",         kNote,    kNone,     "Names of a citation outside a group of persons"},
    LintRule{"jats.person-group-type",      kNote,    kNone,     "A group of persons of unsaid type"},
    LintRule{"jats.citation-title",         kWarning, kNone,     "A cited journal article without title"},
    LintRule{"jats.citation-source",        kWarning, kNone,     "A citation without its journal or book"},
    LintRule{"jats.citation-year",          kWarning, kNone,     "A citation without year"},
    LintRule{"jats.citation-year-iso",      kNote,    kNone,     "Years of citations without iso-8601-date; said once a file"},
    LintRule{"jats.citation-doi",           kWarning, kNone,     "A cited DOI that is none, or is written with a resolver"},
    LintRule{"jats.citation-doi-untagged",  kNote,    kNone,     "A cited DOI that is only a link"},
    LintRule{"jats.citation-data",          kNote,    kNone,     "A cited data set without title or identifier"},
    LintRule{"jats.reference-id",           kWarning, kNone,     "A reference without id"},
    LintRule{"jats.reference-uncited",      kNote,    kNone,     "A reference to which nothing in the text points"},
    // JATS: accessibility
    LintRule{"jats.alternative-text",       kWarning, kNone,     "A picture without an alternative text"},
    LintRule{"jats.alternative-text-long",  kNote,    kNone,     "An alternative text of more than 255 characters"},
    LintRule{"jats.figure-caption",         kWarning, kNone,     "A figure without caption"},
    LintRule{"jats.table-picture",          kWarning, kNone,     "A table that is a picture only"},
    LintRule{"jats.table-header",           kWarning, kNone,     "A table without header cells"},
    LintRule{"jats.table-caption",          kNote,    kNone,     "A table without label and caption"},
    LintRule{"jats.formula-picture",        kWarning, kNone,     "A formula that is a picture only"},
    LintRule{"jats.media-description",      kNote,    kNone,     "Sound, film or a file without a description"},
    LintRule{"jats.alternative-text-again", kNote,    kNone,     "An alternative text that repeats the caption or says nothing"},
    LintRule{"jats.link-text",              kNote,    kNone,     "A link outside the references whose text is its address, or that has none"},
    LintRule{"jats.section-title",          kNote,    kNone,     "A section without title"},
    LintRule{"jats.private-character",      kNote,    kNone,     "A character that has no place in Unicode, or is a picture"},
    LintRule{"jats.table-model",            kNote,    kNone,     "A table of the OASIS model, which few programs read out"},
    // JATS: data availability
    LintRule{"jats.data-availability",      kNote,    kNone,     "A research article that does not say where its data are"},
    LintRule{"jats.data-availability-type", kNote,    kNone,     "A statement on data that is not marked as one"},
};
// clang-format on

constexpr std::array<std::string_view, 3> kRepairs = {"none", "proposed", "safe"};

struct LinterRow {
  Format format;
  Linter lint;
};
constexpr std::array kLinters = {LinterRow{Format::bibtex, lint_bibtex}, LinterRow{Format::jats, nullptr}};

}  // namespace

std::string_view name(Repair repair) { return kRepairs[static_cast<std::size_t>(repair)]; }

std::span<const LintRule> lint_rules() { return kRules; }

const LintRule* lint_rule(std::string_view code) {
  for (const LintRule& rule : kRules) {
    if (rule.code == code || rule.code.substr(rule.code.find('.') + 1) == code) return &rule;
  }
  return nullptr;
}

Linter linter_of(Format format) {
  const auto found = std::ranges::find(kLinters, format, &LinterRow::format);
  return found == kLinters.end() ? nullptr : found->lint;
}

bool is_linted_in_worker(Format format) {
  return std::ranges::any_of(kLinters, [&](const LinterRow& linter) { return linter.format == format && !linter.lint; });
}

std::string lintable_formats() {
  std::string out;
  for (const LinterRow& linter : kLinters) {
    const std::string_view between = out.empty() ? "" : &linter == &kLinters.back() ? " and " : ", ";
    out += std::string(between) + std::string(row(linter.format).label);
  }
  return out;
}

// Each finding whole or not at all: none of its edits may touch one that was taken before.
std::vector<Edit> repairs(const std::vector<Finding>& findings, Repair least) {
  std::map<std::size_t, std::size_t> taken;  // begin, end
  const auto free = [&](const Edit& edit) {
    const auto next = taken.upper_bound(edit.end);
    if (next == taken.begin()) return true;
    const auto before = std::prev(next);
    return before->second < edit.begin || (before->second == edit.begin && before->first < edit.begin && edit.begin < edit.end);
  };
  std::vector<Edit> out;
  for (const Finding& finding : findings) {
    const bool wanted = finding.repair != Repair::none && finding.repair >= least;
    if (!wanted || !std::ranges::all_of(finding.edits, free)) continue;
    for (const Edit& edit : finding.edits) {
      taken.emplace(edit.begin, edit.end);
      out.push_back(edit);
    }
  }
  return in_order(std::move(out));
}

}  // namespace colophon::formats
