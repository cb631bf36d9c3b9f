// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>
#include <unordered_map>

#include "app/library.hpp"
#include "formats/bibtex/rekey.hpp"

namespace colophon::app {

/// Which citation keys go out. What is empty is as the settings export.keys and export.key_pattern have it; a pattern alone means
/// that keys are made by it.
struct KeyChoice {
  std::string keys;     ///< "keep", "pattern" or empty
  std::string pattern;  ///< a formats::KeyPattern or empty
};

/// The citation keys of all live works, as an export has them: assigned over the whole library and ordered by the works' ids, so that
/// two exports of parts of it never give one key to two works. A work that comes back with the key of an export keeps it, whatever
/// else has come in between. Linear in the library.
class ExportKeys {
 public:
  /// Errc::usage for a pattern that cannot be read.
  static Result<ExportKeys> make(Library& library, const KeyChoice& choice);
  /// Empty for a work that is not live.
  std::string_view of(const std::string& work_id) const;
  /// Keys that became others and belonged to one work alone: what refers to them follows.
  const formats::Renamed& renamed() const { return renamed_; }

 private:
  std::unordered_map<std::string, std::string> keys_;
  formats::Renamed renamed_;
};

/// The key of one work by itself: its own, or by the setting's pattern; the default one if that cannot be read.
std::string export_key(Library& library, const bib::Work& record);

}  // namespace colophon::app
