// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace colophon::formats {

/// What an entry needs of its file to be read as it was read there, as bytes of that file.
struct BibtexSurroundings {
  struct Definition {
    std::string name;   ///< of the macro, in lower case; empty for a @preamble
    std::string bytes;  ///< "@string{…}", "@preamble{…}"
  };
  struct Parent {
    std::string key;
    std::string bytes;
  };
  std::vector<Definition> definitions;  ///< @preamble and @string of the entry and of its parents, in the order of the file
  std::vector<Parent> parents;          ///< by crossref, xdata and "xdata=", and theirs; nearest first
};

/// Finds them, entry by entry. Holds the file and its index: as costly to make as half a reading.
class BibtexSurroundingsReader {
 public:
  explicit BibtexSurroundingsReader(std::string file);
  ~BibtexSurroundingsReader();
  BibtexSurroundingsReader(BibtexSurroundingsReader&&) noexcept;
  BibtexSurroundingsReader& operator=(BibtexSurroundingsReader&&) noexcept;

  /// Of the entry that begins at byte `begin`. Nothing when no entry begins there, or when a parent is not in the file or larger than the
  /// reader takes: then the entry cannot be read elsewhere as it was here.
  std::optional<BibtexSurroundings> of(std::size_t begin) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace colophon::formats
