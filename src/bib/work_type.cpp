// SPDX-License-Identifier: GPL-3.0-or-later
#include "bib/work_type.hpp"

#include <algorithm>
#include <array>

namespace colophon::bib {
namespace {

// clang-format off
constexpr std::array kTypes = {
    WorkTypeRow{WorkType::unknown,           "unknown",           "document",           "Unknown type"},
    WorkTypeRow{WorkType::article,           "article",           "article-journal",    "Article"},
    WorkTypeRow{WorkType::chapter,           "chapter",           "chapter",            "Chapter"},
    WorkTypeRow{WorkType::report,            "report",            "report",             "Report"},
    WorkTypeRow{WorkType::policy_brief,      "policy-brief",      "report",             "Policy brief"},
    WorkTypeRow{WorkType::guideline,         "guideline",         "report",             "Guideline"},
    WorkTypeRow{WorkType::manual,            "manual",            "report",             "Manual"},
    WorkTypeRow{WorkType::working_paper,     "working-paper",     "report",             "Working paper"},
    WorkTypeRow{WorkType::thesis,            "thesis",            "thesis",             "Thesis"},
    WorkTypeRow{WorkType::conference_paper,  "conference-paper",  "paper-conference",   "Conference paper"},
    WorkTypeRow{WorkType::abstract,          "abstract",          "paper-conference",   "Abstract"},
    WorkTypeRow{WorkType::proposal,          "proposal",          "report",             "Proposal"},
    WorkTypeRow{WorkType::book,              "book",              "book",               "Book"},
    WorkTypeRow{WorkType::dataset,           "dataset",           "dataset",            "Dataset"},
    WorkTypeRow{WorkType::case_study,        "case-study",        "report",             "Case study"},
    WorkTypeRow{WorkType::tool,              "tool",              "software",           "Tool"},
    WorkTypeRow{WorkType::presentation,      "presentation",      "speech",             "Presentation"},
    WorkTypeRow{WorkType::poster,            "poster",            "speech",             "Poster"},
    WorkTypeRow{WorkType::video,             "video",             "motion_picture",     "Video"},
    WorkTypeRow{WorkType::web_page,          "web-page",          "webpage",            "Web page"},
    WorkTypeRow{WorkType::position_paper,    "position-paper",    "report",             "Position paper"},
    WorkTypeRow{WorkType::newsletter,        "newsletter",        "periodical",         "Newsletter"},
    WorkTypeRow{WorkType::press_item,        "press-item",        "post-weblog",        "Press item"},
    WorkTypeRow{WorkType::review,            "review",            "review",             "Review"},
    WorkTypeRow{WorkType::reference_entry,   "reference-entry",   "entry-encyclopedia", "Reference entry"},
    WorkTypeRow{WorkType::proceedings,       "proceedings",       "book",               "Proceedings"},
    WorkTypeRow{WorkType::preprint,          "preprint",          "article",            "Preprint"},
    WorkTypeRow{WorkType::magazine_article,  "magazine-article",  "article-magazine",   "Magazine article"},
    WorkTypeRow{WorkType::newspaper_article, "newspaper-article", "article-newspaper",  "Newspaper article"},
    WorkTypeRow{WorkType::standard,          "standard",          "standard",           "Standard"},
    WorkTypeRow{WorkType::patent,            "patent",            "patent",             "Patent"},
    WorkTypeRow{WorkType::legislation,       "legislation",       "legislation",        "Legislation"},
    WorkTypeRow{WorkType::map,               "map",               "map",                "Map"},
    WorkTypeRow{WorkType::interview,         "interview",         "interview",          "Interview"},
    WorkTypeRow{WorkType::letter,            "letter",            "personal_communication", "Letter"},
    WorkTypeRow{WorkType::other,             "other",             "document",           "Other"},
};
// clang-format on

// Types of CSL 1.0.2 that no row has.
struct Further {
  std::string_view csl;
  WorkType type;
};
constexpr std::array kFurther = {
    Further{"bill", WorkType::legislation},
    Further{"broadcast", WorkType::video},
    Further{"classic", WorkType::book},
    Further{"collection", WorkType::other},
    Further{"entry", WorkType::reference_entry},
    Further{"entry-dictionary", WorkType::reference_entry},
    Further{"event", WorkType::other},
    Further{"figure", WorkType::other},
    Further{"graphic", WorkType::other},
    Further{"hearing", WorkType::legislation},
    Further{"legal_case", WorkType::legislation},
    Further{"manuscript", WorkType::other},
    Further{"musical_score", WorkType::other},
    Further{"pamphlet", WorkType::report},
    Further{"performance", WorkType::other},
    Further{"post", WorkType::other},
    Further{"regulation", WorkType::legislation},
    Further{"review-book", WorkType::review},
    Further{"song", WorkType::other},
    Further{"treaty", WorkType::legislation},
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kTypes.size(); ++i) {
    if (static_cast<std::size_t>(kTypes[i].type) != i) return false;
  }
  return kTypes.size() == static_cast<std::size_t>(WorkType::other) + 1;
}
static_assert(in_order(), "a row for each type, in the order of the enumeration");

}  // namespace

std::span<const WorkTypeRow> work_types() { return kTypes; }
const WorkTypeRow& row(WorkType type) { return kTypes[static_cast<std::size_t>(type)]; }

std::optional<WorkType> work_type_named(std::string_view name) {
  for (const WorkTypeRow& r : kTypes) {
    if (r.name == name) return r.type;
  }
  return std::nullopt;
}

bool is_csl_type(std::string_view csl) {
  return std::ranges::find(kTypes, csl, &WorkTypeRow::csl) != kTypes.end() ||
         std::ranges::find(kFurther, csl, &Further::csl) != kFurther.end();
}

WorkType work_type_of_csl(std::string_view csl) {
  for (const WorkTypeRow& r : kTypes) {
    if (r.csl == csl && r.type != WorkType::unknown) return r.type;
  }
  const auto further = std::ranges::find(kFurther, csl, &Further::csl);
  return further == kFurther.end() ? WorkType::other : further->type;
}

}  // namespace colophon::bib
