// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats_pdf/front_matter.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/text.hpp"
#include "formats_pdf/abstract.hpp"
#include "formats_pdf/authors.hpp"
#include "formats_pdf/identity.hpp"
#include "formats_pdf/title.hpp"

namespace colophon::formats_pdf {
namespace {

using bib::FieldId;
using bib::WorkType;

struct Named {
  std::string_view label;  ///< fold_key() of what a short line says
  WorkType type;
};

constexpr std::array kTypes = {
    Named{"policy brief", WorkType::policy_brief},
    Named{"briefing note", WorkType::policy_brief},
    Named{"working paper", WorkType::working_paper},
    Named{"discussion paper", WorkType::working_paper},
    Named{"documento de trabajo", WorkType::working_paper},
    Named{"arbeitspapier", WorkType::working_paper},
    Named{"document de travail", WorkType::working_paper},
    Named{"texto para discussao", WorkType::working_paper},
    Named{"master thesis", WorkType::thesis},
    Named{"masters thesis", WorkType::thesis},
    Named{"master s thesis", WorkType::thesis},
    Named{"doctoral thesis", WorkType::thesis},
    Named{"phd thesis", WorkType::thesis},
    Named{"bachelor thesis", WorkType::thesis},
    Named{"bachelor s thesis", WorkType::thesis},
    Named{"thesis", WorkType::thesis},
    Named{"dissertation", WorkType::thesis},
    Named{"masterarbeit", WorkType::thesis},
    Named{"bachelorarbeit", WorkType::thesis},
    Named{"diplomarbeit", WorkType::thesis},
    Named{"tesis", WorkType::thesis},
    Named{"these de doctorat", WorkType::thesis},
    Named{"dissertacao de mestrado", WorkType::thesis},
    Named{"position paper", WorkType::position_paper},
    Named{"resumo de politicas", WorkType::policy_brief},
    Named{"resumen de politicas", WorkType::policy_brief},
    Named{"note d orientation", WorkType::policy_brief},
};

// These say it only when they are all that the line says.
constexpr std::array kLabels = {
    Named{"research article", WorkType::article}, Named{"original article", WorkType::article},
    Named{"review article", WorkType::article},   Named{"report", WorkType::report},
    Named{"guideline", WorkType::guideline},      Named{"guidelines", WorkType::guideline},
    Named{"case study", WorkType::case_study},    Named{"manual", WorkType::manual},
};

constexpr std::size_t kMostWordsBeside = 4;  // "UNU-EHS Policy Brief No. 4"

// A short line of page 1 that says what this is.
WorkType printed_type(const PageLines& page) {
  for (const Line& line : page.lines) {
    if (line.text.size() > 80) continue;
    const std::string words = fold_key(line.text), key = " " + words + " ";
    const auto label = std::ranges::find(kLabels, words, &Named::label);
    if (label != kLabels.end()) return label->type;
    for (const Named& one : kTypes) {
      const std::size_t at = key.find(" " + std::string(one.label) + " ");
      if (at == std::string::npos) continue;
      const auto beside = static_cast<std::size_t>(std::ranges::count(key, ' ')) - 1 -
                          static_cast<std::size_t>(std::ranges::count(one.label, ' ')) - 1;
      const bool single = one.label.find(' ') == std::string_view::npos;
      if (beside <= (single ? 1 : kMostWordsBeside)) return one.type;
    }
  }
  return WorkType::unknown;
}

}  // namespace

bib::Work front_matter(const Evidence& evidence) {
  bib::Work work;
  const std::optional<Title> title = find_title(evidence);
  if (title) work.add(FieldId::title, bib::RichText(title->text), title->origin);
  if (std::optional<Authors> authors = find_authors(evidence, title))
    work.add(FieldId::author, std::move(authors->names), authors->origin);
  add_abstracts(evidence, work);
  add_identity(evidence, work);
  if (!evidence.pages.empty()) work.type = printed_type(evidence.pages[0]);
  work.add(FieldId::number_of_pages, bib::Code{std::to_string(evidence.page_count)});
  return work;
}

}  // namespace colophon::formats_pdf
