// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/lint.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <system_error>

#include "base/io.hpp"
#include "base/text.hpp"
#include "ingest/worker.hpp"

#include <fmt/format.h>

namespace colophon::app {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kLongestFile = UINT32_MAX;

bool names(const std::vector<std::string>& codes, const std::string& code) {
  return std::ranges::any_of(codes,
                             [&](const std::string& one) { return one == code || one == code.substr(code.find('.') + 1); });
}

}  // namespace

Status check_rules(const LintRules& rules) {
  std::vector<std::string> known;
  for (const formats::LintRule& rule : formats::lint_rules()) known.emplace_back(rule.code);
  for (const std::vector<std::string>* codes : {&rules.only, &rules.ignored}) {
    for (const std::string& code : *codes) {
      if (formats::lint_rule(code)) continue;
      if (code.find('.') == std::string::npos)
        std::ranges::for_each(known, [](std::string& one) { one.erase(0, one.find('.') + 1); });
      const std::string_view near = nearest(code, known);
      return fail(Errc::usage, fmt::format("there is no rule “{}”", printable(code)),
                  near.empty() ? "“colophon help lint” lists the rules" : fmt::format("did you mean “{}”?", near));
    }
  }
  return {};
}

Linters::Linters() = default;
Linters::Linters(Linters&&) noexcept = default;
Linters& Linters::operator=(Linters&&) noexcept = default;
Linters::~Linters() = default;

Result<std::vector<formats::Finding>> Linters::in_worker(formats::Format format, std::string_view text, const std::string& name) {
  if (!worker_) {
    TRY_ASSIGN(ingest::Worker started, ingest::Worker::start({}, ingest::extract_program()));
    worker_ = std::make_unique<ingest::Worker>(std::move(started));
  }
  TRY_ASSIGN(formats::Extraction told, worker_->lint(format, text));
  std::vector<formats::Finding> out;
  for (Diagnostic& d : told.diagnostics) {
    if (!formats::lint_rule(d.code))
      return fail(Errc::invalid, std::move(d.message), std::move(d.hint), name);  // of the worker itself
    out.push_back({std::move(d), formats::Repair::none, {}});
  }
  return out;
}

Result<Linted> Linters::lint(std::string text,
                             const LintRules& rules,
                             const formats::LintOptions& options,
                             const std::string& name) {
  const formats::Format format = formats::sniff(text);
  const bool blank = trim(text).empty();
  const formats::Linter linter =
      formats::linter_of(blank || format == formats::Format::unknown ? formats::Format::bibtex : format);
  const bool elsewhere = formats::is_linted_in_worker(format);
  const bool readable = elsewhere || format != formats::Format::unknown || blank || name.ends_with(".bib");
  if ((!linter && !elsewhere) || !readable) {
    const std::string_view found =
        linter ? formats::describe_unknown(std::string_view(text).substr(0, 4096)) : formats::row(format).label;
    return fail(Errc::invalid, fmt::format("there is no linter for this file: it is {}", found),
                fmt::format("files of {} can be looked at", formats::lintable_formats()), name);
  }
  Linted out{std::move(text), {}};
  if (linter) {
    out.findings = linter(out.text, options);
  } else {
    TRY_ASSIGN(out.findings, in_worker(format, out.text, name));
  }
  std::erase_if(out.findings, [&](const formats::Finding& finding) {
    const std::string& code = finding.diagnostic.code;
    return (!rules.only.empty() && !names(rules.only, code)) || names(rules.ignored, code);
  });
  return out;
}

Result<std::string> read_text(const fs::path& path) { return read_file(path, kLongestFile); }

Result<std::string> read_text(std::FILE* stream) {
  std::string out;
  std::array<char, 1 << 16> block{};
  while (const std::size_t count = std::fread(block.data(), 1, block.size(), stream)) {
    out.append(block.data(), count);
    if (out.size() > kLongestFile) return fail(Errc::invalid, "the text is longer than 4 GiB", "give it in parts", "<stdin>");
  }
  if (std::ferror(stream)) return fail(Errc::io, "standard input cannot be read", "give a file instead");
  return out;
}

Status write_text(const fs::path& path, std::string_view text) {
  std::error_code error;
  const fs::path real = fs::canonical(path, error);
  if (error) return std::unexpected(io_error(error.value(), "find", path));
  const fs::perms mode = fs::status(real, error).permissions();
  TRY(replace_file(real, text, 0600));
  if (!error) fs::permissions(real, mode & fs::perms::mask, error);  // whatever the umask
  return {};
}

Status write_new(const fs::path& path, std::string_view text) {
  std::error_code error;
  return fs::exists(path, error) ? write_text(path, text) : replace_file(path, text, 0644);
}

}  // namespace colophon::app
