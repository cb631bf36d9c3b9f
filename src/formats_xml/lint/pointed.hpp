// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <functional>
#include <set>
#include <string>
#include <string_view>

namespace colophon::formats_xml {

/// The ids that a document points to: those in rid, rids and linkend, and those of the references that stand between the ends of a
/// linked range, as in "[1–4]" where 1 and 4 are links and nothing but a dash is between them.
class Pointed {
 public:
  /// `document`: an xmlDoc.
  explicit Pointed(const void* document);
  bool holds(std::string_view id) const { return ids_.contains(id); }

 private:
  std::set<std::string, std::less<>> ids_;
};

}  // namespace colophon::formats_xml
