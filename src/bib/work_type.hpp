// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace colophon::bib {

/// What kind of work something is: our subtypes, each with its CSL 1.0.2 type. Names equal the text in JSON, terms and URLs.
enum class WorkType : std::uint8_t {
  unknown,
  article,
  chapter,
  report,
  policy_brief,
  guideline,
  manual,
  working_paper,
  thesis,
  conference_paper,
  abstract,
  proposal,
  book,
  dataset,
  case_study,
  tool,
  presentation,
  poster,
  video,
  web_page,
  position_paper,
  newsletter,
  press_item,
  review,
  reference_entry,
  proceedings,
  preprint,
  magazine_article,
  newspaper_article,
  standard,
  patent,
  legislation,
  map,
  interview,
  letter,
  other,
};

struct WorkTypeRow {
  WorkType type;
  std::string_view name;   ///< "policy-brief"
  std::string_view csl;    ///< "report"
  std::string_view label;  ///< "Policy brief", as people see it
};

/// All rows in the order of the enumeration.
std::span<const WorkTypeRow> work_types();
const WorkTypeRow& row(WorkType type);
inline std::string_view name(WorkType type) { return row(type).name; }
std::optional<WorkType> work_type_named(std::string_view name);
/// Whether CSL 1.0.2 has a type of this name.
bool is_csl_type(std::string_view csl);
/// The plainest type of a CSL type: "report" gives report, not policy_brief. `other` for unknown CSL types.
WorkType work_type_of_csl(std::string_view csl);

}  // namespace colophon::bib
