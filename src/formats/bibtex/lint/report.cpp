// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <tuple>

#include "base/error.hpp"
#include "base/text.hpp"
#include "formats/bibtex/lint/lint.hpp"

#include <fmt/format.h>

namespace colophon::formats::bibtex {
namespace {

constexpr std::size_t kMostFindings = 10'000;

bool keeps_balance(std::string_view text) {
  std::size_t depth = 0;
  for (const char c : text) {
    if (c == '{') ++depth;
    else if (c == '}' && depth-- == 0) return false;
  }
  return depth == 0;
}

}  // namespace

LintReport::LintReport(std::string_view file) {
  lines_.push_back(0);
  for (std::size_t feed = file.find('\n'); feed != std::string_view::npos; feed = file.find('\n', feed + 1))
    lines_.push_back(feed + 1);
}

Location LintReport::locate(std::size_t at) const {
  const auto line = static_cast<std::size_t>(std::ranges::upper_bound(lines_, at) - lines_.begin());
  return {.path = {},
          .line = static_cast<std::uint32_t>(line),
          .column = static_cast<std::uint32_t>(at - lines_[line - 1] + 1),
          .page = 0};
}

void LintReport::add(std::string_view code, std::size_t at, std::string message, std::string hint, std::vector<Edit> edits) {
  if (findings_.size() >= kMostFindings) return full_ = true, void();
  const LintRule* rule = lint_rule(code);
  COLOPHON_ASSERT(rule);
  const Repair repair = edits.empty() ? Repair::none : rule->repair;
  findings_.push_back(
      {{rule->severity, std::string(code), std::move(message), std::move(hint), locate(at)}, repair, std::move(edits)});
}

void LintReport::add(Diagnostic diagnostic) {
  if (findings_.size() >= kMostFindings) return full_ = true, void();
  if (const LintRule* rule = lint_rule(diagnostic.code)) diagnostic.severity = std::min(diagnostic.severity, rule->severity);
  findings_.push_back({std::move(diagnostic), Repair::none, {}});
}

std::vector<Finding> LintReport::take() {
  std::ranges::stable_sort(findings_, {},
                           [](const Finding& f) { return std::tuple(f.diagnostic.at.line, f.diagnostic.at.column); });
  if (full_)
    findings_.push_back({{Severity::warning,
                          "bibtex.more",
                          fmt::format("more than {} findings; the rest is left out", kMostFindings),
                          "mend the first ones and look again",
                          {}},
                         Repair::none,
                         {}});
  return std::move(findings_);
}

const LintField* LintContext::field(std::string_view name) const {
  const auto found = std::ranges::find(fields, name, &LintField::name);
  return found == fields.end() ? nullptr : &*found;
}

std::size_t LintContext::place(const LintField& field, std::string_view part) const {
  const auto from = static_cast<std::size_t>(part.data() - field.value.data());
  const bool inside = field.value.data() >= file.data() && field.value.data() <= file.data() + file.size();
  return inside && from <= field.value.size() ? static_cast<std::size_t>(part.data() - file.data()) : field.raw->begin;
}

// A quote would end a quoted value, a brace too many a braced one.
std::vector<Edit> LintContext::replace(const LintField& field, std::string_view part, std::string text) const {
  if (!field.literal || !keeps_balance(text) || text.find('"') != std::string::npos) return {};
  const std::size_t begin = place(field, part);
  return {{begin, begin + part.size(), std::move(text)}};
}

}  // namespace colophon::formats::bibtex
