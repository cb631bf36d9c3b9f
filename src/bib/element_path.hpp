// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace colophon::bib {

/// The elements around a value of an XML file, the outermost first: "article/front/article-meta". UTF-8. It cannot be changed, and copies
/// share it, between threads too: the references of a work, a thousand and more, all stand in the same place.
class ElementPath {
 public:
  ElementPath() = default;
  ElementPath(std::string path) {  // NOLINT(google-explicit-constructor): written where a string is
    if (!path.empty()) text_ = std::make_shared<const std::string>(std::move(path));
  }
  ElementPath(const char* path) : ElementPath(std::string(path)) {}  // NOLINT(google-explicit-constructor)
  /// Of no element: the value is of another kind of file, or where it stood is not known.
  bool empty() const { return text_ == nullptr; }
  /// Valid as long as any copy lives.
  std::string_view view() const { return text_ ? std::string_view(*text_) : std::string_view(); }
  friend bool operator==(const ElementPath& a, const ElementPath& b) { return a.text_ == b.text_ || a.view() == b.view(); }

 private:
  std::shared_ptr<const std::string> text_;  ///< none for an empty one
};

}  // namespace colophon::bib
