// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/pages/outline.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "web/pages/body.hpp"

namespace colophon::web {
namespace {

using bib::BlockKind;
using bib::Section;

constexpr int kContentsDepth = 3;

/// Kinds of sections around the main text.
constexpr std::array<std::string_view, 12> kUnnumbered = {"ack",
                                                          "appendix",
                                                          "glossary",
                                                          "notes",
                                                          "bio",
                                                          "boxed",
                                                          "back",
                                                          "floats",
                                                          "supplementary-material",
                                                          "data-availability",
                                                          "additional-information",
                                                          "author-contributions"};

bool is_numbered_text(const Section& section) {
  return !section.heading.empty() && std::ranges::find(kUnnumbered, section.kind) == kUnnumbered.end();
}

bool says_numbers(const Section& section) {
  const std::string heading = section.heading.plain();
  const bool own = !section.label.empty() || (!heading.empty() && is_ascii_digit(heading.front()));
  return own || std::ranges::any_of(section.sections, says_numbers);
}

std::string given_heading(const Section& section) {
  const auto all = [&](BlockKind kind) {
    return !section.blocks.empty() && std::ranges::all_of(section.blocks, [&](const bib::Block& b) { return b.kind == kind; });
  };
  if (section.kind == "floats") return "Figures and tables";
  if (all(BlockKind::reference)) return "References";
  if (all(BlockKind::footnote)) return "Notes";
  return {};
}

Html contents(const std::vector<Section>& sections,
              const Outline& outline,
              std::string_view work,
              const std::string& parent,
              int depth,
              const Attribute& language = Attribute::none()) {
  Html out;
  for (std::size_t i = 0; i < sections.size(); ++i) {
    const std::string anchor = bib::anchor(parent, i);
    const OutlineEntry* entry = outline.find(sections[i]);
    const Html below = depth < kContentsDepth ? contents(sections[i].sections, outline, work, anchor, depth + 1) : Html();
    if (!entry) {
      if (!below.empty()) out.put("<li>{}</li>\n", below);
      continue;
    }
    const std::string label = (entry->number.empty() ? "" : entry->number + " ") + entry->text;
    const Attribute lang = Attribute::lang(entry->given ? "en" : sections[i].lang);
    if (work.empty()) out.put("<li{}><a href=\"#{}\">{}</a>{}</li>\n", lang, anchor, ellipsis(label, 90), below);
    else out.put("<li{}><a href=\"/r/{}/text#{}\">{}</a>{}</li>\n", lang, work, anchor, ellipsis(label, 90), below);
  }
  return out.empty() ? out : Html().put("<ol{}>\n{}</ol>\n", language, out);
}

}  // namespace

Outline::Outline(const bib::Document& body) {
  numbers_ = std::ranges::none_of(body.sections, says_numbers);
  std::size_t number = 0;
  for (const Section& section : body.sections)
    enter(section, numbers_ && is_numbered_text(section) ? std::to_string(++number) : "");
}

void Outline::enter(const Section& section, const std::string& number) {
  OutlineEntry entry{section.label.empty() ? number : section.label, squeeze(section.heading.plain()), false};
  if (entry.text.empty()) {
    entry.text = given_heading(section);
    entry.given = !entry.text.empty();
  }
  if (!entry.text.empty() || !section.label.empty()) entries_.emplace(&section, std::move(entry));
  std::size_t below = 0;
  for (const Section& child : section.sections) {
    const bool counts = !number.empty() && is_numbered_text(child);
    enter(child, counts ? number + "." + std::to_string(++below) : "");
  }
}

const OutlineEntry* Outline::find(const Section& section) const {
  const auto found = entries_.find(&section);
  return found == entries_.end() ? nullptr : &found->second;
}

Html body_contents(const bib::Document& body, std::string_view work) {
  const Html list = contents(body.sections, Outline(body), work, {}, 1, Attribute::lang(body.lang));
  return list.empty() ? list : Html().put("<nav class=\"contents\" aria-label=\"Contents\">\n{}</nav>\n", list);
}

}  // namespace colophon::web
