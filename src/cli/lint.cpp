// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/lint.hpp"

#include <algorithm>
#include <array>

#include "base/clock.hpp"
#include "cli/help.hpp"
#include "cli/rows.hpp"

#include <fmt/format.h>

namespace colophon::cli {
namespace {

using formats::Finding;
using formats::Repair;

struct SeverityRow {
  Severity severity;
  std::string_view name;
  Style style;
};
constexpr std::array kSeverities = {SeverityRow{Severity::note, "note", Style::dim},
                                    SeverityRow{Severity::warning, "warning", Style::warn},
                                    SeverityRow{Severity::error, "error", Style::bad}};
const SeverityRow& row(Severity severity) { return kSeverities[static_cast<std::size_t>(severity)]; }

enum class Fix : std::uint8_t { no, show, yes };

// What was asked for, of all files.
struct Wish {
  app::LintRules rules;
  formats::LintOptions options;
  Fix fix = Fix::no;
  Repair least = Repair::safe;
  int fail_on = static_cast<int>(Severity::warning);
};

struct Outcome {
  std::string name;
  std::vector<Finding> findings;  ///< those that are left
  std::size_t repaired = 0;       ///< edits made, or that would be made
  std::string text;               ///< after the repair
};

Result<Wish> wish_of(const Invocation& call) {
  Wish out;
  out.rules = {call.values.texts("rule"), call.values.texts("ignore")};
  TRY(app::check_rules(out.rules));
  out.options.year = year_of(SystemClock().now());
  const std::string dialect = call.values.text("dialect");
  out.options.dialect = dialect == "bibtex"     ? formats::Rulebook::bibtex
                        : dialect == "biblatex" ? formats::Rulebook::biblatex
                                                : formats::Rulebook::by_content;
  if (call.values.has("fix")) out.fix = call.values.has("dry-run") ? Fix::show : Fix::yes;
  if (call.values.has("diff")) out.fix = Fix::show;
  if (call.values.has("unsafe")) out.least = Repair::proposed;
  const std::string least = call.values.text("fail-on");
  for (const SeverityRow& severity : kSeverities) {
    if (severity.name == least) out.fail_on = static_cast<int>(severity.severity);
  }
  if (least == "never") out.fail_on = static_cast<int>(kSeverities.size());
  return out;
}

Json edits_json(const std::vector<Edit>& edits) {
  Json out = Json::array();
  for (const Edit& edit : edits) out.push(Json::object({{"begin", edit.begin}, {"end", edit.end}, {"text", edit.text}}));
  return out;
}

Json finding_json(const std::string& name, const Finding& finding) {
  const Diagnostic& d = finding.diagnostic;
  return Json::object({{"file", name},
                       {"line", d.at.line},
                       {"column", d.at.column},
                       {"severity", row(d.severity).name},
                       {"code", d.code},
                       {"message", d.message},
                       {"hint", d.hint},
                       {"repair", formats::name(finding.repair)},
                       {"edits", edits_json(finding.edits)}});
}

// "refs.bib:12:3: warning: what is wrong (what to write) [bibtex.code]", as compilers have it and editors follow it.
Pieces finding_line(const std::string& name, const Finding& finding) {
  const Diagnostic& d = finding.diagnostic;
  Location at = d.at;
  at.path = name;
  return {{to_string(at), Style::bold},
          ": ",
          {row(d.severity).name, row(d.severity).style},
          fmt::format(": {}{} ", d.message, d.hint.empty() ? "" : " (" + d.hint + ")"),
          {fmt::format("[{}]", d.code), Style::dim}};
}

bool from_stdin(const std::string& file) { return file == "-"; }

// Looks at one file, repairs it or shows how, and looks again.
Result<Outcome> look_at(Invocation& call, app::Linters& linters, const std::string& file, const Wish& wish) {
  Outcome out;
  out.name = from_stdin(file) ? "<stdin>" : file;
  TRY_ASSIGN(std::string text, from_stdin(file) ? app::read_text(call.out.streams().in) : app::read_text(file));
  TRY_ASSIGN(app::Linted linted, linters.lint(std::move(text), wish.rules, wish.options, out.name));
  if (wish.fix == Fix::no) return out.findings = std::move(linted.findings), out;
  const std::vector<Edit> edits = formats::repairs(linted.findings, wish.least);
  out.repaired = edits.size();
  if (wish.fix == Fix::show) {
    if (call.values.has("diff") && !call.out.json()) call.out.raw(unified_diff(linted.text, edits, out.name));
    return out.findings = std::move(linted.findings), out;
  }
  out.text = apply_edits(linted.text, edits);
  if (!from_stdin(file) && !edits.empty()) TRY(app::write_text(file, out.text));
  TRY_ASSIGN(app::Linted after, linters.lint(out.text, wish.rules, wish.options, out.name));
  return out.findings = std::move(after.findings), out;
}

std::string summary(const std::array<std::size_t, 3>& counts, std::size_t repairable, std::size_t repaired, Fix fix) {
  std::string out;
  for (std::size_t i = kSeverities.size(); i-- > 0;) {
    if (counts[i] == 0) continue;
    const std::string name(kSeverities[i].name);
    out += (out.empty() ? "" : ", ") + counted(counts[i], name, name + "s");
  }
  if (out.empty()) out = "nothing to remark on";
  if (fix == Fix::yes) return out + fmt::format("; {} made", counted(repaired, "repair was", "repairs were"));
  if (fix == Fix::show)
    return out + fmt::format("; {} would be made, nothing was changed", counted(repaired, "repair", "repairs"));
  return repairable == 0 ? out : out + fmt::format("; --fix would mend {}", repairable);
}

// What is told while files are looked at, and in the end.
struct Tally {
  std::array<std::size_t, 3> counts{};
  std::size_t repairable = 0, repaired = 0, failed = 0, files = 0;
  bool bad = false;
  Json findings = Json::array(), errors = Json::array();
};

void tell(Invocation& call, const Wish& wish, const Outcome& outcome, Tally& tally) {
  const bool filter = wish.fix == Fix::yes && outcome.name == "<stdin>" && !call.out.json();
  if (filter) call.out.raw(outcome.text);
  for (const Finding& finding : outcome.findings) {
    ++tally.counts[static_cast<std::size_t>(finding.diagnostic.severity)];
    tally.repairable += finding.repair == Repair::safe;
    tally.bad = tally.bad || static_cast<int>(finding.diagnostic.severity) >= wish.fail_on;
    if (call.out.json()) tally.findings.push(finding_json(outcome.name, finding));
    else if (filter) call.out.note(finding_line(outcome.name, finding));
    else if (!call.values.has("diff")) call.out.line(finding_line(outcome.name, finding));
  }
  tally.repaired += outcome.repaired;
}

Result<int> lint(Invocation& call) {
  TRY_ASSIGN(const Wish wish, wish_of(call));
  const std::vector<std::string> files = call.values.texts("FILE");
  if (call.out.json() && wish.fix == Fix::yes && std::ranges::any_of(files, from_stdin))
    return fail(Errc::usage, "--json and the repaired text cannot both go to standard output",
                "give a file instead of -, or leave out one of the two");
  Tally tally;
  app::Linters linters;
  for (const std::string& file : files) {
    const Result<Outcome> outcome = look_at(call, linters, file, wish);
    ++tally.files;
    if (outcome) {
      tell(call, wish, *outcome, tally);
      continue;
    }
    if (files.size() == 1) return std::unexpected(outcome.error());
    ++tally.failed;
    if (call.out.json())
      tally.errors.push(Json::object({{"file", file}, {"message", outcome.error().message}, {"hint", outcome.error().hint}}));
    else call.out.error(outcome.error());
  }
  if (call.out.json())
    call.out.value(Json::object({{"v", 1},
                                 {"files", tally.files},
                                 {"findings", std::move(tally.findings)},
                                 {"repaired", tally.repaired},
                                 {"errors", std::move(tally.errors)}}));
  else call.out.note(summary(tally.counts, tally.repairable, tally.repaired, wish.fix));
  if (tally.failed > 0) return exit_status(tally.failed == tally.files ? Errc::invalid : Errc::partial);
  return tally.bad ? kNothing : kDone;
}

// The rules by format, without its name, which may be left out on the command line too.
std::string rules() {
  std::string out =
      "Each finding is a line FILE:LINE:COLUMN: SEVERITY: what is wrong (what to write) [CODE]. Exit\n"
      "status 1 when one is as grave as --fail-on, else 0. Repairs marked + never change what is meant\n"
      "and are made by --fix; those marked ? are guesses, made with --unsafe. XML is compared with its\n"
      "DTD (JATS 1.0 to 1.4, NLM 3.0) and with what JATS4R recommends; nothing is repaired in it.\n";
  std::string_view before;
  for (const formats::LintRule& rule : formats::lint_rules()) {
    const std::string_view format = rule.code.substr(0, rule.code.find('.'));
    if (std::exchange(before, format) != format) out += fmt::format("\nRules ({})\n", format);
    const char mark = rule.repair == Repair::safe ? '+' : rule.repair == Repair::proposed ? '?' : ' ';
    const std::string_view code = rule.code.substr(rule.code.find('.') + 1);
    out += fmt::format("  {:<23} {:<7} {} {}\n", code, row(rule.severity).name, mark, folded(rule.summary, 36));
  }
  return out;
}

}  // namespace

Rows lint_rows() {
  return {
      {.name = "lint",
       .group = "Files",
       .summary = "Look for mistakes in BibTeX, BibLaTeX and JATS files, and repair those of BibTeX that are safe to repair; "
                  "needs no library",
       .needs = Needs::nothing,
       .arguments = {{"FILE", "a file; - is standard input", Arity::some}},
       .options = {{"--fix", Takes::nothing, "",
                    "make the safe repairs in the file; of -, write the repaired text to standard output"},
                   {"--unsafe", Takes::nothing, "", "with --fix or --diff: the proposed repairs too; look at them"},
                   {"--diff", Takes::nothing, "", "show the repairs as a unified diff, change nothing"},
                   {"-n,--dry-run", Takes::nothing, "", "with --fix: change nothing"},
                   {"--rule", Takes::text, "CODE", "only this rule", Times::many},
                   {"--ignore", Takes::text, "CODE", "without this rule", Times::many},
                   {"--fail-on", Takes::text, "note|warning|error|never",
                    "the least severity for exit status 1; warning if not given"},
                   {"--dialect", Takes::text, "bibtex|biblatex", "whose required fields; by the file's content if not given"}},
       .details = rules,
       .examples = {"colophon lint references.bib", "colophon lint --fix --diff references.bib",
                    "colophon lint --fix references.bib", "colophon lint --rule required-field --json *.bib",
                    "colophon lint --fail-on error article.xml", "colophon lint --fix - < draft.bib > clean.bib"},
       .run = lint}};
}

}  // namespace colophon::cli
