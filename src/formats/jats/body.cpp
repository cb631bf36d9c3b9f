// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <span>

#include "base/text.hpp"
#include "formats/jats/parts.hpp"

// Sections. What one is beside the body (acknowledgements, appendix …) has an element of its own where the DTD allows it, else its
// kind as sec-type.
namespace colophon::formats::jats {
namespace {

using bib::Block;
using bib::BlockKind;
using bib::Section;

constexpr std::array<std::string_view, 6> kBackKinds = {"ack", "appendix", "glossary", "notes", "bio", "back"};
// ref-type of a link to a block, in the order of BlockKind.
constexpr std::array<std::string_view, 9> kRefTypes = {"other",        "list", "other", "fig", "table",
                                                       "disp-formula", "fn",   "other", "bibr"};

bool is_bare(const Section& s) {
  return s.id.empty() && s.label.empty() && s.heading.empty() && s.lang.empty() && s.sections.empty();
}
bool is_float(const Block& b) {
  const bool attached = b.kind == BlockKind::paragraph && (!b.source.empty() || !b.label.empty());
  return attached || b.kind == BlockKind::figure || b.kind == BlockKind::table || b.kind == BlockKind::code;
}
bool all_are(const Section& s, BlockKind kind) {
  return !s.blocks.empty() && s.sections.empty() && std::ranges::all_of(s.blocks, [&](const Block& b) { return b.kind == kind; });
}

// What the reader makes of a floats-group.
bool is_floats(const Section& s) {
  return s.kind == "floats" && is_bare(s) && !s.blocks.empty() && is_float(s.blocks[0]) &&
         std::ranges::all_of(s.blocks, [](const Block& b) { return is_float(b) || b.kind == BlockKind::footnote; });
}

void collect(const Section& section, Targets& out) {
  if (XmlOut::can_be_id(section.id))
    out.emplace(section.id, section.kind == "appendix" ? "app" : section.kind == "boxed" ? "boxed-text" : "sec");
  for (const Block& block : section.blocks) {
    const bool file = block.kind == BlockKind::paragraph && (!block.source.empty() || !block.label.empty());
    if (XmlOut::can_be_id(block.id))
      out.emplace(block.id, file ? "supplementary-material" : kRefTypes[static_cast<std::size_t>(block.kind)]);
  }
  for (const Section& inner : section.sections) collect(inner, out);
}

class BodyWriter {
 public:
  explicit BodyWriter(Writing& w) : w_(w), xml_(w.xml) {}

  void write(const bib::Document& document) {
    std::vector<const Section*> body, back, floats;
    for (const Section& section : document.sections) {
      if (section.kind == "page") continue;
      if (all_are(section, BlockKind::reference)) {
        take_references(section);
        continue;
      }
      const bool behind = !back.empty() || std::ranges::find(kBackKinds, section.kind) != kBackKinds.end();
      const bool floating = is_floats(section) || (section.kind == "boxed" && !floats.empty());
      if (!floating) back.insert(back.end(), floats.begin(), floats.end()), floats.clear();
      (floating ? floats : behind ? back : body).push_back(&section);
    }
    write_body(body);
    write_back(back);
    write_floats(floats);
  }

 private:
  void take_references(const Section& section) {
    if (w_.references_heading.empty()) w_.references_heading = section.heading;
    w_.references.insert(w_.references.end(), section.blocks.begin(), section.blocks.end());
  }

  void write_body(const std::vector<const Section*>& sections) {
    if (sections.empty()) return;
    xml_.open("body");
    bool free = true;  // text may stand outside sections
    for (const Section* section : sections) {
      if (section == sections[0] && section->kind == "body" && is_bare(*section)) write_blocks(w_, section->blocks);
      else write_inner(*section, free);
    }
    xml_.close();
  }

  std::string_view back_element(const Section& section) const {
    const bool loose = !w_.publishing();  // Journal Publishing allows less in them
    if (section.kind == "ack" && loose) return "ack";
    if (section.kind == "notes" && loose) return "notes";
    if (section.kind == "glossary" && loose && section.sections.empty()) return "glossary";
    if (section.kind == "appendix" && (loose || !section.heading.empty())) return "app";
    return section.kind == "back" && all_are(section, BlockKind::footnote) ? "fn-group" : "sec";
  }

  void write_back(const std::vector<const Section*>& sections) {
    if (sections.empty() && w_.references.empty() && !w_.work.has(FieldId::reference)) return;
    xml_.open("back");
    bool in_group = false;
    for (const Section* section : sections) {
      const std::string_view element = back_element(*section);
      if (in_group && element != "app") xml_.close();
      if (element == "app" && !in_group) xml_.open("app-group");
      in_group = element == "app";
      write_section(element, *section);
    }
    if (in_group) xml_.close();
    write_references(w_);
    xml_.close();
  }

  void write_floats(const std::vector<const Section*>& sections) {
    if (sections.empty()) return;
    xml_.open("floats-group");
    bool free = true;
    for (const Section* section : sections) {
      if (is_floats(*section)) write_blocks(w_, section->blocks);
      else write_inner(*section, free);
    }
    xml_.close();
  }

  void write_section(std::string_view element, const Section& section) {
    const bool sec = element == "sec";
    const std::string_view kind = sec && section.kind != "body" ? section.kind : std::string_view();
    xml_.open(element, {{"id", xml_.id(section.id)}, {"sec-type", kind}, {"xml:lang", section.lang}});
    xml_.leaf("label", section.label);
    if (!section.heading.empty() || (sec && w_.publishing() && section.label.empty())) write_heading(w_, section.heading);
    if (element == "fn-group") {
      for (const Block& note : section.blocks) write_footnote(w_, note);
    } else {
      write_blocks(w_, section.blocks);
    }
    bool free = true;
    for (const Section& inner : section.sections) write_inner(inner, free);
    xml_.close();
  }

  // A box stands among blocks, before the first section.
  void write_inner(const Section& section, bool& free) {
    if (!free || section.kind != "boxed") {
      free = false;
      return write_section("sec", section);
    }
    xml_.open("boxed-text", {{"id", xml_.id(section.id)}, {"xml:lang", section.lang}});
    xml_.leaf("label", section.label);
    if (!section.heading.empty()) {
      xml_.open("caption");
      write_heading(w_, section.heading);
      xml_.close();
    }
    write_blocks(w_, section.blocks);
    bool inner_free = true;
    for (const Section& inner : section.sections) write_inner(inner, inner_free);
    xml_.close();
  }

  Writing& w_;
  XmlOut& xml_;
};

}  // namespace

Targets targets_of(const bib::Document& body) {
  Targets out;
  for (const Section& section : body.sections) {
    if (section.kind != "page") collect(section, out);
  }
  return out;
}

void write_heading(Writing& w, const bib::RichText& heading) {
  w.xml.open("title");
  write_runs(w.xml, heading, w.around);
  w.xml.close();
}

void write_body(Writing& w, const bib::Document& body) { BodyWriter(w).write(body); }

}  // namespace colophon::formats::jats
