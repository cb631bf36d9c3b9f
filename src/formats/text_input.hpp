// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/diagnostic.hpp"

namespace colophon::formats {

/// The bytes of a text file as a reader of lines sees them: themselves, or UTF-8 made of them where find_encoding() says so.
class TextInput {
 public:
  explicit TextInput(std::string_view bytes);
  TextInput(const TextInput&) = delete;
  TextInput& operator=(const TextInput&) = delete;

  std::string_view text() const { return text_; }
  /// Where the text begins: behind a byte order mark.
  std::size_t start() const { return text_.starts_with("\xEF\xBB\xBF") ? 3 : 0; }
  /// Whether places in text() are places in the file.
  bool has_spans() const { return converted_.empty(); }
  /// A part of the text as UTF-8 in NFC: bytes that are no UTF-8 are read as Windows-1252, and `guessed()` is true from then on.
  std::string utf8(std::string_view part);
  bool guessed() const { return guessed_; }

 private:
  std::string converted_;
  std::string_view text_;
  bool guessed_ = false;
};

/// The remarks of one reader about one file: at most 10,000, then a last one that says so.
class Remarks {
 public:
  /// `prefix` begins every code: "ris".
  explicit Remarks(std::string_view prefix) : prefix_(prefix) {}
  void add(Severity severity, std::string_view code, std::string message, std::string hint, Location at);
  /// True the first time for a topic: what is said once a file.
  bool first(std::string topic) { return said_.size() < kMost && said_.insert(std::move(topic)).second; }
  std::vector<Diagnostic> take() { return std::exchange(out_, {}); }

 private:
  static constexpr std::size_t kMost = 10'000;
  std::string prefix_;
  std::vector<Diagnostic> out_;
  std::unordered_set<std::string> said_;
  std::size_t count_ = 0;
};

}  // namespace colophon::formats
