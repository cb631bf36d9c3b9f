// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/submission_view.hpp"

#include <algorithm>

#include "cli/steps.hpp"

#include <fmt/format.h>

namespace colophon::cli {
namespace {

std::string joined(const std::vector<std::string>& words) { return fmt::format("{}", fmt::join(words, ", ")); }
std::string in_words(std::string name) {
  std::ranges::replace(name, '_', ' ');
  return name;
}
std::string day(const std::string& instant) { return instant.substr(0, 10); }

void show_head(Output& out, const review::SubmissionView& v) {
  out.line({{v.number, Style::bold}, "  ", {v.title, Style::bold}});
  std::vector<Pieces> rows;
  const auto row = [&](const char* label, const std::string& text) {
    if (!text.empty()) rows.push_back({{label, Style::dim}, text});
  };
  if (v.phase_label) row("Phase", *v.phase_label + (v.phase_due ? fmt::format(", until {}", day(*v.phase_due)) : ""));
  if (v.authors)
    row("Authors", joined(*v.authors) + (v.corresponding ? fmt::format(" (corresponding: {})", *v.corresponding) : ""));
  row("Partners", joined(v.partners));
  row("Editor", v.editor.value_or(""));
  row("Scheduled for", v.scheduled_for.value_or(""));
  row("Published", day(v.published_at.value_or("")));
  if (v.withdrawal_asked) row("Withdrawal", "asked for");
  row("Abstract", v.abstract.value_or(""));
  out.table(rows);
}

void show_versions(Output& out, const review::SubmissionView& v) {
  for (const review::VersionView& version : v.versions) {
    std::vector<std::string> files;
    for (const review::FileView& file : version.files) files.push_back(file.name);
    Pieces line{{fmt::format("Version {}", version.number), Style::bold},
                fmt::format("  {}  {}", day(version.at), joined(files))};
    if (version.agreed_by)
      line.emplace_back(fmt::format("  agreed: {}", version.agreed_by->empty() ? "nobody yet" : joined(*version.agreed_by)));
    out.line(line);
    if (!version.note.empty()) out.line({"  ", version.note});
  }
}

void show_clearances(Output& out, const review::SubmissionView& v) {
  if (v.clearances.empty()) return;
  out.line({{"Clearance", Style::bold}});
  std::vector<Pieces> rows;
  for (const review::ClearanceView& c : v.clearances) {
    rows.push_back({fmt::format("  before {}", c.gate),
                    c.partner,
                    {in_words(c.outcome), c.in_force ? Style::good : Style::plain},
                    fmt::format("version {}", c.version),
                    day(c.at),
                    c.officer.value_or(""),
                    c.reason});
  }
  out.table(rows);
}

void show_review(Output& out, const review::ReviewView& r) {
  out.line({fmt::format("  Review {}", r.handle),
            {r.reviewer ? " (" + *r.reviewer + ")" : ""},
            fmt::format(": {}", in_words(r.recommendation))});
  out.text(r.to_authors);
  if (r.to_editors && !r.to_editors->empty()) out.line({{"  for the editors: ", Style::dim}, *r.to_editors});
  if (r.competing_interests) out.line({{"  competing interests: ", Style::dim}, *r.competing_interests});
}

void show_rounds(Output& out, const review::SubmissionView& v) {
  for (const review::RoundView& round : v.rounds) {
    out.line({{fmt::format("Round {}", round.number), Style::bold}, fmt::format("  on version {}", round.version)});
    std::vector<Pieces> rows;
    for (const review::AssignmentView& a : round.assignments) {
      rows.push_back({"  " + a.reviewer, in_words(a.status),
                      a.due.empty() ? "" : fmt::format("{} {}", a.overdue ? "overdue since" : "due", day(a.due)), a.reason});
    }
    out.table(rows);
    for (const review::ReviewView& one : round.reviews) show_review(out, one);
  }
}

void show_decisions(Output& out, const review::SubmissionView& v) {
  for (const review::AdviceView& a : v.advice)
    out.line({{"Advice", Style::bold}, fmt::format("  {} by {}: {}", in_words(a.recommendation), a.by, a.text)});
  for (const review::DecisionView& d : v.decisions) {
    const std::string on = d.round ? fmt::format("on round {}", d.round) : "at screening";
    out.line({{"Decision", Style::bold},
              fmt::format("  {} {}: {}{}", day(d.at), on, in_words(d.outcome), d.by ? " by " + *d.by : "")});
    if (!d.letter.empty()) out.text(d.letter);
    if (d.reason && !d.reason->empty()) out.line({{"  for the house: ", Style::dim}, *d.reason});
  }
}

void show_verbs(Output& out, const review::SubmissionView& v) {
  std::vector<Pieces> rows;
  for (const std::string& name : v.verbs) {
    const Result<review::Verb> verb = review::parse_name<review::Verb>(name);
    if (verb)
      rows.push_back({{rows.empty() ? "You can" : "", Style::dim},
                      std::string(review::label(*verb)),
                      fmt::format("colophon {} {}", command_line(*verb), v.number)});
  }
  out.table(rows);
}

}  // namespace

void show_submission(Output& out, const review::SubmissionView& view) {
  show_head(out, view);
  show_versions(out, view);
  show_clearances(out, view);
  show_rounds(out, view);
  show_decisions(out, view);
  show_verbs(out, view);
}

}  // namespace colophon::cli
