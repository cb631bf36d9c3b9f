// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <cstddef>
#include <span>

#include "bib/element_path.hpp"
#include "formats_xml/elements.hpp"

namespace colophon::formats_xml {

/// The places that values were read from, each written down once: they are the same ones in most files. Of those that fall into one
/// slot the newest stays, so its size is bounded. Not thread-safe.
class Paths {
 public:
  static constexpr std::size_t kMaxElements = 16;
  /// The path of these elements, the outermost first; unknown ones are left out. REQUIRES: at most kMaxElements. Valid until the next
  /// call.
  const bib::ElementPath& find(std::span<const El> elements);

 private:
  struct Slot {
    std::array<El, kMaxElements> elements{};
    std::size_t size = 0;
    bib::ElementPath path;
  };
  std::array<Slot, 256> slots_;
};

}  // namespace colophon::formats_xml
