// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "formats_xml/lint/dtds.hpp"

/// The inside of the linter of XML: a document as a tree that knows where its tags stand. Not for other libraries.
namespace colophon::formats_xml {

/// Collects findings: severities are those of the table of rules (formats/lint.hpp), at most kMaxPerRule of a rule.
class Findings {
 public:
  void add(std::string_view code, std::string message, std::string hint, Location at);
  void take(std::vector<Diagnostic> diagnostics);
  /// In the order of their places.
  std::vector<Diagnostic> finish();

 private:
  std::vector<Diagnostic> found_;
  std::vector<std::pair<std::string_view, std::size_t>> counts_;
};
inline constexpr std::size_t kMaxPerRule = 200;

/// A document that was found sound (parse_xml) and whose text is prepared; no DTD is loaded with it.
class XmlTree {
 public:
  /// Null when libxml2 cannot build it after all.
  static std::unique_ptr<XmlTree> parse(std::string_view text, std::uint32_t line);  ///< `line`: the one that the text begins on
  ~XmlTree();
  XmlTree(const XmlTree&) = delete;
  XmlTree& operator=(const XmlTree&) = delete;

  /// Of an element; of anything else, its parent's. `node` is an xmlNode.
  Location place(const void* node) const;
  void* document() const { return document_; }  ///< an xmlDoc

 private:
  XmlTree() = default;
  void* document_ = nullptr;
  std::vector<Location> places_;
};

/// Compares a document with a DTD; `exact`: it is the file's own, so that its fixed values count.
void check_validity(const XmlTree& tree, const Choice& choice, Findings& findings);

/// The recommendations of JATS4R and others that the table of lint_rules.cpp holds.
void check_recommendations(const XmlTree& tree, Findings& findings);
/// The codes that check_recommendations() can give.
std::vector<std::string_view> recommendation_codes();

}  // namespace colophon::formats_xml
