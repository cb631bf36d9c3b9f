// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/diagnostic.hpp"
#include "formats/bibtex/entry.hpp"

namespace colophon::formats::bibtex {

/// Line and column (bytes, from 1) of places of a text that come in order; going back is allowed and costs a walk from its start.
class Locator {
 public:
  explicit Locator(std::string_view text) : text_(text) {}
  Location at(std::size_t place);

 private:
  std::string_view text_;
  std::size_t at_ = 0, line_start_ = 0;
  std::uint32_t line_ = 1;
};

/// The diagnostics of a file: those of one entry are gathered, then located in order. At most kMost of a file, then one that says so.
/// The text must outlive it.
class Reports {
 public:
  static constexpr std::size_t kMost = 10'000;

  explicit Reports(std::string_view text) : locator_(text) {}
  void add(std::size_t at, Severity severity, std::string code, std::string message, std::string hint = {});
  void add(const RawFault& fault);
  /// True the first time for a topic: what is said once a file.
  bool first(std::string topic) { return said_.size() < kMost && said_.insert(std::move(topic)).second; }
  void end_entry();
  /// Those since the last call.
  std::vector<Diagnostic> take();

 private:
  struct Pending {
    std::size_t at;
    Diagnostic diagnostic;
  };
  Locator locator_;
  std::vector<Pending> entry_;
  std::vector<Diagnostic> out_;
  std::unordered_set<std::string> said_;
  std::size_t count_ = 0;
  bool full_ = false, told_ = false;
};

}  // namespace colophon::formats::bibtex
