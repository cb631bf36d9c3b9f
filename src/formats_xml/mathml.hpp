// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "formats_xml/sax.hpp"

namespace colophon::formats_xml {

/// Presentation MathML (MathML 3) as it comes by: written anew without prefixes, and as words in one line, for titles, search and
/// those who have no pictures of formulas: "spin-1/2", "log n", "YbAlO3".
class MathReader {
 public:
  void open(std::string_view name, const XmlAttributes& attributes);
  /// REQUIRES: is_open().
  void close();
  /// REQUIRES: is_open().
  void text(std::string_view text);

  /// How many elements are open.
  std::size_t depth() const { return depth_; }
  bool is_open() const { return depth() > 0; }
  /// Forgets what was read. REQUIRES: !is_open().
  void clear();
  /// All <math> elements since clear(), with the namespace that they are in.
  const std::string& mathml() const { return mathml_; }
  /// Their words. Blanks as they come.
  const std::string& plain() const { return plain_; }

 private:
  struct Row;
  struct Element {
    std::string_view name;
    const Row* row = nullptr;
    std::size_t children = 0;
  };
  static const Row& row_of(std::string_view name);
  void say(std::string_view text);

  std::string mathml_, plain_;
  std::vector<Element> open_;
  std::size_t depth_ = 0;      ///< of open_: asked for at each element of an article
  std::size_t hidden_ = 0;     ///< open elements with other forms of the formula
  std::size_t last_word_ = 0;  ///< letters of the identifier that was read last, 0 when something came behind it
};

}  // namespace colophon::formats_xml
