// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats_xml/lint/pointed.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <vector>

#include "base/text.hpp"

#include <libxml/tree.h>

namespace colophon::formats_xml {
namespace {

constexpr std::size_t kMostBetween = 64;  // bytes between the ends of a range: a dash, and how files are indented
constexpr std::array<std::string_view, 7> kDashes = {"-", "‐", "‑", "‒", "–", "—", "−"};

std::string_view view(const xmlChar* text) { return text ? reinterpret_cast<const char*>(text) : std::string_view(); }

bool is_element(const xmlNode* node, std::string_view name) { return node->type == XML_ELEMENT_NODE && view(node->name) == name; }

std::vector<std::string> words_of(const xmlAttr* attribute) {
  struct FreeText {
    void operator()(xmlChar* text) const { xmlFree(text); }
  };
  const std::unique_ptr<xmlChar, FreeText> value(xmlNodeListGetString(attribute->doc, attribute->children, 1));
  const std::string text = squeeze(view(value.get()));
  std::vector<std::string> out;
  for (const std::string_view word : split(text, ' ')) {
    if (!word.empty()) out.emplace_back(word);
  }
  return out;
}

std::vector<std::string> words_of(const xmlNode* element, std::string_view name) {
  for (const xmlAttr* a = element->properties; a; a = a->next) {
    if (view(a->name) == name) return words_of(a);
  }
  return {};
}

// The next node that is not within `node`; null behind the last.
const xmlNode* behind(const xmlNode* node) {
  while (node && !node->next) node = node->parent;
  return node ? node->next : nullptr;
}
const xmlNode* next(const xmlNode* node) {
  return node->type == XML_ELEMENT_NODE && node->children ? node->children : behind(node);
}

bool is_dash(std::string_view between) {
  constexpr std::string_view kAround = " \t\r\n[]()";
  const std::size_t begin = between.find_first_not_of(kAround);
  if (begin == std::string_view::npos) return false;
  return std::ranges::find(kDashes, between.substr(begin, between.find_last_not_of(kAround) + 1 - begin)) != kDashes.end();
}

// The references of a document in their order, by their own ids and those of the citations in them.
class References {
 public:
  void enter(const xmlNode* ref) {
    const std::vector<std::string> own = words_of(ref, "id");
    ids_.push_back(own.empty() ? std::string() : own.front());
    for (const std::string& id : own) places_.emplace(id, ids_.size() - 1);
    for (const xmlNode* child = ref->children; child; child = child->next) {
      if (child->type != XML_ELEMENT_NODE) continue;
      for (const std::string& id : words_of(child, "id")) places_.emplace(id, ids_.size() - 1);
    }
  }
  // Points to those between the two; all at once at the end, for ranges may overlap.
  void point_between(const std::string& first, const std::string& last) {
    const auto from = places_.find(first), to = places_.find(last);
    if (from == places_.end() || to == places_.end() || from->second >= to->second) return;
    begins_.resize(ids_.size()), ends_.resize(ids_.size());
    ++begins_[from->second], ++ends_[to->second];
  }
  void give_pointed(std::set<std::string, std::less<>>& out) const {
    std::size_t open = 0;
    for (std::size_t i = 0; i < begins_.size(); ++i) {
      open += begins_[i], open -= ends_[i];
      if (open > 0) out.insert(ids_[i]);
    }
  }

 private:
  std::vector<std::string> ids_;
  std::map<std::string, std::size_t, std::less<>> places_;
  std::vector<std::size_t> begins_, ends_;  // how many ranges begin and end at a reference
};

}  // namespace

Pointed::Pointed(const void* document) {
  References references;
  std::vector<std::pair<std::string, std::string>> ranges;
  std::string last, between;  // the reference that was pointed to last, and the text since
  const xmlNode* node = xmlDocGetRootElement(static_cast<const xmlDoc*>(document));
  while (node) {
    if (node->type == XML_TEXT_NODE && between.size() <= kMostBetween) between += view(node->content);
    if (node->type != XML_ELEMENT_NODE) {
      node = next(node);
      continue;
    }
    for (const xmlAttr* a = node->properties; a; a = a->next) {
      const std::string_view name = view(a->name);
      if (name != "rid" && name != "rids" && name != "linkend") continue;
      for (std::string& id : words_of(a)) ids_.insert(std::move(id));
    }
    if (is_element(node, "ref")) references.enter(node);
    const std::vector<std::string> to = is_element(node, "xref") ? words_of(node, "rid") : std::vector<std::string>();
    if (to.empty()) {
      node = next(node);
      continue;
    }
    if (!last.empty() && between.size() <= kMostBetween && is_dash(between)) ranges.emplace_back(last, to.front());
    last = to.back();
    between.clear();
    node = behind(node);  // its own text is not between
  }
  for (const auto& [first, end] : ranges) references.point_between(first, end);
  references.give_pointed(ids_);
}

}  // namespace colophon::formats_xml
