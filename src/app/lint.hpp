// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "formats/lint.hpp"

namespace colophon::ingest {
class Worker;
}

namespace colophon::app {

/// Which findings count: those of `only` (all, when it is empty) without those of `ignored`, both by code.
struct LintRules {
  std::vector<std::string> only, ignored;
};
/// Errc::usage for a code that no rule has, with the one that was meant.
Status check_rules(const LintRules& rules);

struct Linted {
  std::string text;  ///< what was looked at
  std::vector<formats::Finding> findings;
};
/// Looks at texts, whose format is recognised by their content. Those of XML are looked at in colophon-extract, which is started for the
/// first of them and kept.
class Linters {
 public:
  Linters();
  Linters(Linters&&) noexcept;
  Linters& operator=(Linters&&) noexcept;
  ~Linters();
  /// Errc::invalid for a format that has no linter: says which have; and for a document that cannot be looked at within the limits.
  /// Errc::internal when colophon-extract cannot be started.
  Result<Linted> lint(std::string text, const LintRules& rules, const formats::LintOptions& options, const std::string& name);

 private:
  Result<std::vector<formats::Finding>> in_worker(formats::Format format, std::string_view text, const std::string& name);
  std::unique_ptr<ingest::Worker> worker_;
};

/// A file's bytes whole, or those of a stream until its end. Errc::not_found, forbidden or io; Errc::invalid beyond 4 GiB.
Result<std::string> read_text(const std::filesystem::path& path);
Result<std::string> read_text(std::FILE* stream);
/// Puts other bytes into a file, all or none; its mode stays, and a link leads to it as before.
Status write_text(const std::filesystem::path& path, std::string_view text);
/// A new file, or one that is replaced whole.
Status write_new(const std::filesystem::path& path, std::string_view text);

}  // namespace colophon::app
