// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace colophon {

/// Reads a JSON text (RFC 8259) from front to back without making values of it: what is skipped costs no more than a look for its end.
/// For texts of our own writing: it reads every JSON text, but does not refuse all others. After a fault good() is false, more() too, and what is
/// read is empty.
///
///   JsonCursor at(text);
///   for (at.enter_array(); at.more();) {
///     for (at.enter_object(); at.more();) {
///       if (at.key() == "title") titles.push_back(at.text());
///       else at.skip();
///     }
///   }
///
/// The text must outlive the cursor.
class JsonCursor {
 public:
  explicit JsonCursor(std::string_view text) : text_(text) {}

  void enter_array() { enter('['); }
  void enter_object() { enter('{'); }
  /// Whether another value, or member, comes; false leaves the array or object.
  bool more();
  /// A member's name, as it is written: escapes are left. Its value comes next.
  std::string_view key();
  std::string text();
  std::int64_t integer();
  /// A value of any kind.
  void skip();
  /// Whether nothing but blanks is left, too.
  bool at_end();
  bool good() const { return good_; }

 private:
  void enter(char bracket);
  char next();  // the next character that is no blank, 0 at the end
  std::string_view written();
  void fault();

  std::string_view text_;
  std::size_t at_ = 0;
  bool first_ = false;  // of an array or object
  bool good_ = true;
};

}  // namespace colophon
