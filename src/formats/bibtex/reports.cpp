// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/bibtex/reports.hpp"

#include <algorithm>
#include <utility>

#include "formats/bibtex/splitter.hpp"

#include <fmt/format.h>

namespace colophon::formats::bibtex {

Location Locator::at(std::size_t place) {
  if (place < at_) at_ = line_start_ = 0, line_ = 1;
  const std::string_view passed = text_.substr(at_, place - at_);
  line_ += static_cast<std::uint32_t>(count_lines(passed));
  if (const std::size_t feed = passed.rfind('\n'); feed != std::string_view::npos) line_start_ = at_ + feed + 1;
  at_ = place;
  return {.path = {}, .line = line_, .column = static_cast<std::uint32_t>(place - line_start_ + 1), .page = 0};
}

void Reports::add(std::size_t at, Severity severity, std::string code, std::string message, std::string hint) {
  if (count_ + entry_.size() >= kMost) return full_ = true, void();
  entry_.push_back({at, {severity, std::move(code), std::move(message), std::move(hint), {}}});
}

void Reports::add(const RawFault& fault) {
  const FaultRow& r = row(fault.fault);
  add(fault.at, Severity::warning, std::string(r.code), std::string(r.message), std::string(r.hint));
}

void Reports::end_entry() {
  if (entry_.empty()) return;
  std::ranges::stable_sort(entry_, {}, &Pending::at);
  for (Pending& pending : entry_) {
    pending.diagnostic.at = locator_.at(pending.at);
    out_.push_back(std::move(pending.diagnostic));
  }
  count_ += entry_.size();
  entry_.clear();
}

std::vector<Diagnostic> Reports::take() {
  if (full_ && !told_) {
    out_.push_back({Severity::warning,
                    "bibtex.more",
                    fmt::format("more than {} remarks; the rest is left out", kMost),
                    "mend the first ones and read the file again",
                    {}});
    told_ = true;
  }
  return std::exchange(out_, {});
}

}  // namespace colophon::formats::bibtex
