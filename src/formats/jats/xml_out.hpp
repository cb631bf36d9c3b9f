// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <initializer_list>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace colophon::formats {

/// Writes XML 1.0 in UTF-8, well-formed and escaped by construction: names are the caller's constants, all else goes through text() or an
/// attribute. Characters that XML cannot hold (control characters but tab and line ends, U+FFFE, U+FFFF) are dropped and counted,
/// bytes that are no UTF-8 become U+FFFD. Elements opened with open() stand on lines of their own, indented by two blanks; those of
/// span() stand in running text, where no blank is added, and so does all that stands in them.
///
///   XmlOut xml;
///   xml.open("p", {{"id", id}}).text("H").span("sub").text("2").close().text("O").close();
class XmlOut {
 public:
  using Attributes = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  /// What stands before the first element: declaration, DOCTYPE. The caller's, as it is.
  void prologue(std::string_view text) { out_ += text; }
  /// Attributes without a value are left out here.
  XmlOut& open(std::string_view name, Attributes attributes = {});
  XmlOut& span(std::string_view name, Attributes attributes = {});
  /// Of the element opened last, also without a value. REQUIRES: it has no content yet.
  XmlOut& attribute(std::string_view name, std::string_view value);
  XmlOut& text(std::string_view text);
  XmlOut& close();
  /// An element of text alone on its line; nothing when the text is empty.
  XmlOut& leaf(std::string_view name, std::string_view text, Attributes attributes = {});

  /// `wanted` when it can be an ID (an NCName) and no element has it yet, else empty.
  std::string id(std::string_view wanted);
  static bool can_be_id(std::string_view text);
  /// An ID that is free: `stem` and a number from 1. Those that are `reserved` are not given out.
  std::string new_id(std::string_view stem);
  void reserve_id(std::string_view id) { reserved_.emplace(id); }

  std::size_t dropped() const { return dropped_; }
  /// REQUIRES: every element is closed.
  std::string take();

 private:
  struct Element {
    std::string name;
    bool running = false;  ///< it is running text
    bool parted = false;   ///< an element in it stands on a line of its own
  };
  void end_tag_of_start();
  void start(std::string_view name, Attributes attributes, bool running);
  void new_line();
  void escape(std::string_view text, std::string_view special);

  std::string out_;
  std::vector<Element> open_;
  bool in_tag_ = false;
  std::size_t dropped_ = 0;
  std::set<std::string, std::less<>> ids_, reserved_;
};

}  // namespace colophon::formats
