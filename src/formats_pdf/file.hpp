// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <cstdint>
#include <expected>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace colophon::formats_pdf {

/// Left, top, right, bottom in points from the top left corner of the page as shown (crop box, page rotation applied).
using Box = std::array<float, 4>;

/// One character as painted. A ligature without a text of its own is one glyph a character, parting its width.
struct Glyph {
  float x0 = 0;  ///< left end of the baseline
  float x1 = 0;  ///< its right end, where the next glyph is expected
  float baseline = 0;
  float size = 0;     ///< font size as shown, in points
  char32_t code = 0;  ///< Unicode, as the font's tables say
  std::uint16_t font = 0;
  std::uint8_t turn = 0;  ///< quarter turns of the writing direction: 0 left to right; coordinates of turned text are turned back
};

struct Font {
  std::string name;
  bool bold = false;
  bool italic = false;
};

struct LinkTarget {
  std::string uri;
  Box box{};
};

struct RawPage {
  float width = 0;
  float height = 0;
  std::string label;          ///< printed page label of the catalog, or empty
  std::vector<Glyph> glyphs;  ///< in the order in which the file paints them
  bool has_image = false;     ///< an image of a size that may hold a page's text
};

struct Remark {
  std::uint32_t page = 0;
  std::string text;
};

/// What the document says about itself: the Info dictionary (ISO 32000-1, 14.3.3) and the XMP packet as bytes.
struct About {
  std::string title, author, subject, keywords, producer;
  std::string xmp;
  bool has_form = false;
};

enum class OpenFailure { encrypted, damaged };

/// A PDF file in memory. The one place that knows Poppler.
/// Invariant: `bytes` given to open() outlives it. Thread note: one file on one thread.
class File {
 public:
  static std::expected<File, OpenFailure> open(std::string_view bytes);
  File(File&&) noexcept;
  File& operator=(File&&) noexcept;
  ~File();

  std::uint32_t page_count() const;
  About about() const;
  /// Pages count from 1. A page that cannot be read is empty, with a remark.
  RawPage page(std::uint32_t number);
  std::vector<LinkTarget> links(std::uint32_t number);
  const std::vector<Font>& fonts() const;
  /// The errors that Poppler reported so far, at most one a page.
  const std::vector<Remark>& remarks() const;

 private:
  struct Impl;
  explicit File(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Reads Poppler's tables; once, before the first open().
void init_poppler();

}  // namespace colophon::formats_pdf
