// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/jats/vocabulary.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"

namespace colophon::formats::jats {
namespace {

using bib::WorkType;

// clang-format off
// The first row of a type is the one that is written.
constexpr std::pair<std::string_view, WorkType> kTypes[] = {
    {"research-article", WorkType::article},    {"review-article", WorkType::article},      {"article", WorkType::article},
    {"report", WorkType::report},               {"technical-report", WorkType::report},     {"policy-brief", WorkType::policy_brief},
    {"working-paper", WorkType::working_paper}, {"discussion-paper", WorkType::working_paper}, {"thesis", WorkType::thesis},
    {"dissertation", WorkType::thesis},         {"guideline", WorkType::guideline},         {"guidelines", WorkType::guideline},
    {"manual", WorkType::manual},               {"position-paper", WorkType::position_paper}, {"preprint", WorkType::preprint},
    {"abstract", WorkType::abstract},           {"meeting-abstract", WorkType::abstract},   {"conference-paper", WorkType::conference_paper},
    {"proceedings-paper", WorkType::conference_paper}, {"proceedings", WorkType::proceedings}, {"proposal", WorkType::proposal},
    {"case-study", WorkType::case_study},       {"dataset", WorkType::dataset},             {"book-review", WorkType::review},
    {"product-review", WorkType::review},       {"newsletter", WorkType::newsletter},       {"standard", WorkType::standard},
    {"chapter", WorkType::chapter},             {"book-part", WorkType::chapter},           {"book", WorkType::book},
    {"interview", WorkType::interview},         {"dictionary-entry", WorkType::reference_entry},
};

constexpr std::pair<std::string_view, std::string_view> kRelations[] = {
    {"corrects", "corrected-article"},       {"retracts", "retracted-article"},        {"supplements", "addended-article"},
    {"comments-on", "commentary-article"},   {"related", "companion"},                 {"is-translation-of", "translated-article"},
    {"has-translation", "translation"},      {"has-preprint", "preprint"},             {"concerns", "object-of-concern"},
    {"is-corrected-by", "correction-forward"}, {"is-retracted-by", "retraction-forward"}, {"is-version-of", "updated-article"},
    {"reviews", "peer-reviewed-article"},
};

constexpr std::array<std::string_view, 14> kCredit = {
    "Conceptualization", "Data curation", "Formal analysis", "Funding acquisition", "Investigation", "Methodology", "Project administration",
    "Resources", "Software", "Supervision", "Validation", "Visualization", "Writing – original draft", "Writing – review & editing"};
constexpr std::array<std::string_view, 14> kCreditAddresses = {
    "https://credit.niso.org/contributor-roles/conceptualization/",     "https://credit.niso.org/contributor-roles/data-curation/",
    "https://credit.niso.org/contributor-roles/formal-analysis/",       "https://credit.niso.org/contributor-roles/funding-acquisition/",
    "https://credit.niso.org/contributor-roles/investigation/",         "https://credit.niso.org/contributor-roles/methodology/",
    "https://credit.niso.org/contributor-roles/project-administration/", "https://credit.niso.org/contributor-roles/resources/",
    "https://credit.niso.org/contributor-roles/software/",              "https://credit.niso.org/contributor-roles/supervision/",
    "https://credit.niso.org/contributor-roles/validation/",            "https://credit.niso.org/contributor-roles/visualization/",
    "https://credit.niso.org/contributor-roles/writing-original-draft/", "https://credit.niso.org/contributor-roles/writing-review-editing/"};
// clang-format on

}  // namespace

std::string_view article_type_of(WorkType type) {
  const auto row = std::ranges::find(kTypes, type, &std::pair<std::string_view, WorkType>::second);
  return row != std::end(kTypes) ? row->first : type == WorkType::unknown ? "other" : bib::name(type);
}

WorkType type_of_article(std::string_view article_type) {
  const auto row = std::ranges::find(kTypes, article_type, &std::pair<std::string_view, WorkType>::first);
  return row != std::end(kTypes) ? row->second : WorkType::article;
}

bool is_plain_type(std::string_view article_type) {
  return article_type == "research-article" || article_type == "other" || article_type == "book-part" ||
         article_type == "translation" || article_type == bib::name(type_of_article(article_type));
}

std::string_view related_type_of(std::string_view relation) {
  const auto row = std::ranges::find(kRelations, relation, &std::pair<std::string_view, std::string_view>::first);
  return row != std::end(kRelations) ? row->second : std::string_view();
}

bool is_extra_prefix(std::string_view word) {
  static constexpr std::array<std::string_view, 9> kPrefixes = {"bibtex", "csl",   "endnote-xml", "jats", "nbib",
                                                                "pdf",    "refer", "ris",         "sheet"};
  return std::ranges::find(kPrefixes, word) != kPrefixes.end();
}

CreditTerm credit_term(std::string_view role) {
  const std::string key = fold_key(role);
  for (std::size_t i = 0; i < kCredit.size(); ++i) {
    if (fold_key(kCredit[i]) == key) return {kCredit[i], kCreditAddresses[i]};
  }
  return {};
}

}  // namespace colophon::formats::jats
