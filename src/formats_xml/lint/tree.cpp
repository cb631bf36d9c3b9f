// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats_xml/lint/tree.hpp"

#include <algorithm>
#include <cstdint>
#include <tuple>

#include "formats/lint.hpp"
#include "formats_xml/lint/tags.hpp"
#include "formats_xml/sax.hpp"

#include <fmt/format.h>
#include <libxml/parser.h>
#include <libxml/tree.h>

namespace colophon::formats_xml {
namespace {

/// In document order, elements only.
const xmlNode* following(const xmlNode* node) {
  if (node->children && node->type == XML_ELEMENT_NODE) {
    for (const xmlNode* child = node->children; child; child = child->next) {
      if (child->type == XML_ELEMENT_NODE) return child;
    }
  }
  for (; node && node->type == XML_ELEMENT_NODE; node = node->parent) {
    for (const xmlNode* next = node->next; next; next = next->next) {
      if (next->type == XML_ELEMENT_NODE) return next;
    }
  }
  return nullptr;
}

}  // namespace

void Findings::add(std::string_view code, std::string message, std::string hint, Location at) {
  const formats::LintRule* rule = formats::lint_rule(code);
  COLOPHON_ASSERT(rule != nullptr);
  const auto same = [&](const Diagnostic& d) { return d.code == code && d.at == at && d.message == message; };
  const std::size_t near = std::min<std::size_t>(found_.size(), 3);  // a validator says some things in several ways
  if (std::any_of(found_.end() - static_cast<std::ptrdiff_t>(near), found_.end(), same)) return;
  auto count = std::ranges::find(counts_, code, &std::pair<std::string_view, std::size_t>::first);
  if (count == counts_.end()) count = counts_.insert(counts_.end(), {rule->code, 0});
  if (++count->second <= kMaxPerRule)
    found_.push_back({rule->severity, std::string(code), std::move(message), std::move(hint), std::move(at)});
}

void Findings::take(std::vector<Diagnostic> diagnostics) {
  for (Diagnostic& d : diagnostics) add(d.code, std::move(d.message), std::move(d.hint), std::move(d.at));
}

std::vector<Diagnostic> Findings::finish() {
  for (const auto& [code, count] : std::vector(counts_)) {
    if (count > kMaxPerRule)
      add("xml.and-more", fmt::format("{} more findings of {}", count - kMaxPerRule, code),
          "correct the first ones, and look again", {{}, 1, 1, 0});
  }
  std::ranges::stable_sort(found_, {}, [](const Diagnostic& d) { return std::tuple(d.at.line, d.at.column); });
  return std::move(found_);
}

std::unique_ptr<XmlTree> XmlTree::parse(std::string_view text, std::uint32_t line) {
  init_xml();
  std::unique_ptr<XmlTree> out(new XmlTree);
  xmlDocPtr document =
      xmlReadMemory(text.data(), static_cast<int>(text.size()), nullptr, nullptr, XML_PARSE_NONET | XML_PARSE_BIG_LINES);
  if (!document) return nullptr;
  out->document_ = document;
  out->places_ = start_tags(text);
  for (Location& place : out->places_) place.line += line - 1;
  std::uintptr_t number = 0;
  for (xmlNode* node = xmlDocGetRootElement(document); node; node = const_cast<xmlNode*>(following(node)))  // NOLINT: ours
    node->_private = reinterpret_cast<void*>(++number);
  return out;
}

XmlTree::~XmlTree() {
  if (document_) xmlFreeDoc(static_cast<xmlDocPtr>(document_));
}

Location XmlTree::place(const void* node) const {
  const auto* at = static_cast<const xmlNode*>(node);
  while (at && at->type != XML_ELEMENT_NODE) at = at->parent;
  const auto number = at ? reinterpret_cast<std::uintptr_t>(at->_private) : 0;
  return number == 0 || number > places_.size() ? Location{{}, 1, 1, 0} : places_[number - 1];
}

}  // namespace colophon::formats_xml
