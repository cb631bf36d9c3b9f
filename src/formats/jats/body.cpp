// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <span>

#include "base/text.hpp"
#include "formats/jats/parts.hpp"

// Body text: sections and the blocks in them. What a section is beside the body (acknowledgements, appendix …) has an element of
// its own where the DTD allows it, else its kind as sec-type.
namespace colophon::formats::jats {
namespace {

using bib::Block;
using bib::BlockKind;
using bib::Section;

constexpr std::array<std::string_view, 6> kBackKinds = {"ack", "appendix", "glossary", "notes", "bio", "back"};
constexpr std::size_t kMaxSpeaker = 60;

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
    if (floats.empty()) return;
    xml_.open("floats-group");
    bool free = true;
    for (const Section* section : floats) {
      if (is_floats(*section)) write_blocks(section->blocks);
      else write_inner(*section, free);
    }
    xml_.close();
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
      if (free && section == sections[0] && section->kind == "body" && is_bare(*section)) write_blocks(section->blocks);
      else write_inner(*section, free);
    }
    xml_.close();
  }

  void write_back(const std::vector<const Section*>& sections) {
    if (sections.empty() && w_.references.empty() && !w_.work.has(FieldId::reference)) return;
    xml_.open("back");
    bool in_group = false;
    for (const Section* section : sections) {
      const bool appendix = section->kind == "appendix" && (!w_.publishing() || !section->heading.empty());
      if (in_group && !appendix) xml_.close();
      if (appendix && !in_group) xml_.open("app-group");
      in_group = appendix;
      if (appendix) write_section("app", *section);
      else if (section->kind == "back" && all_are(*section, BlockKind::footnote)) write_notes(*section);
      else if (section->kind == "ack" && !w_.publishing()) write_section("ack", *section);
      else if (section->kind == "notes" && !w_.publishing()) write_section("notes", *section);
      else if (section->kind == "glossary" && !w_.publishing() && section->sections.empty()) write_section("glossary", *section);
      else write_section("sec", *section);
    }
    if (in_group) xml_.close();
    write_references(w_);
    xml_.close();
  }

  void head(const Section& section) {
    xml_.leaf("label", section.label);
    if (section.heading.empty() && !(w_.publishing() && section.label.empty())) return;
    xml_.open("title");
    write_runs(xml_, section.heading.runs());
    xml_.close();
  }

  void write_notes(const Section& section) {
    xml_.open("fn-group", {{"id", xml_.id(section.id)}, {"xml:lang", section.lang}});
    xml_.leaf("label", section.label);
    if (!section.heading.empty()) {
      xml_.open("title");
      write_runs(xml_, section.heading.runs());
      xml_.close();
    }
    for (const Block& note : section.blocks) write_footnote(note, Layout::lines);
    xml_.close();
  }

  void write_section(std::string_view element, const Section& section) {
    const bool typed = element == "sec" && section.kind != "body";
    xml_.open(element, {{"id", xml_.id(section.id)}, {"sec-type", typed ? section.kind : ""}, {"xml:lang", section.lang}});
    head(section);
    write_blocks(section.blocks);
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
      xml_.open("caption").open("title");
      write_runs(xml_, section.heading.runs());
      xml_.close().close();
    }
    write_blocks(section.blocks);
    bool inner_free = true;
    for (const Section& inner : section.sections) write_inner(inner, inner_free);
    xml_.close();
  }

  // --- blocks

  enum class Layout : std::uint8_t { lines, running };

  // The notes that follow a block stand at its end.
  void write_blocks(std::span<const Block> blocks) {
    for (std::size_t i = 0; i < blocks.size();) {
      std::size_t next = i + 1;
      while (next < blocks.size() && blocks[next].kind == BlockKind::footnote) ++next;
      const std::span<const Block> notes = blocks.subspan(i + 1, next - i - 1);
      const bool in_list = blocks[i].kind == BlockKind::list_item;
      if (in_list && (i == 0 || !lists_on_)) open_list(blocks[i]);
      write_block(blocks[i], notes);
      lists_on_ = in_list && next < blocks.size() && blocks[next].kind == BlockKind::list_item &&
                  blocks[next].label.empty() == blocks[i].label.empty();
      if (in_list && !lists_on_) xml_.close();
      i = next;
    }
    lists_on_ = false;
  }

  void open_list(const Block& first) { xml_.open("list", {{"list-type", first.label.empty() ? "bullet" : "simple"}}); }

  void write_block(const Block& block, std::span<const Block> notes) {
    switch (block.kind) {
      case BlockKind::list_item: return write_item(block, notes);
      case BlockKind::quote: return write_quote(block, notes);
      case BlockKind::figure: return write_float("fig", block, notes);
      case BlockKind::table: return write_table(block, notes);
      case BlockKind::formula: write_formula(block); break;
      case BlockKind::code: write_code(block); break;
      case BlockKind::footnote: return write_loose_notes(block, notes);
      case BlockKind::reference:
      case BlockKind::paragraph: return write_paragraph(block, notes);
    }
    if (!notes.empty()) write_loose_notes(notes[0], notes.subspan(1));
  }

  void write_footnote(const Block& note, Layout layout) {
    if (layout == Layout::lines) xml_.open("fn", {{"id", xml_.id(note.id)}});
    else xml_.span("fn", {{"id", xml_.id(note.id)}});
    xml_.leaf("label", note.label);
    write_lines(lines_of(note.text), {}, Least::one, note.source);
    xml_.close();
  }

  void write_loose_notes(const Block& first, std::span<const Block> more) {
    xml_.open("p");
    write_footnote(first, Layout::running);
    for (const Block& note : more) write_footnote(note, Layout::running);
    xml_.close();
  }

  // A paragraph a line; the notes at the end of the last.
  enum class Least : std::uint8_t { none, one };
  void write_lines(std::vector<Line> lines, std::span<const Block> notes, Least least, std::string_view graphics = {}) {
    if (lines.empty() && (least == Least::one || !notes.empty() || !graphics.empty())) lines.emplace_back();
    for (std::size_t i = 0; i < lines.size(); ++i) {
      xml_.open("p");
      write_runs(xml_, lines[i]);
      if (i + 1 == lines.size()) {
        for (const std::string_view href : split(graphics, ' ')) {
          if (!href.empty()) xml_.span("graphic", {{"xlink:href", href}}).close();
        }
        for (const Block& note : notes) write_footnote(note, Layout::running);
      }
      xml_.close();
    }
  }

  void write_item(const Block& block, std::span<const Block> notes) {
    xml_.open("list-item", {{"id", xml_.id(block.id)}});
    xml_.leaf("label", block.label);
    write_lines(lines_of(block.text), notes, Least::one, block.source);
    xml_.close();
  }

  void write_quote(const Block& block, std::span<const Block> notes) {
    xml_.open("disp-quote", {{"id", xml_.id(block.id)}});
    xml_.leaf("label", block.label);
    write_lines(lines_of(block.text), notes, Least::none, block.source);
    xml_.close();
  }

  void write_paragraph(const Block& block, std::span<const Block> notes) {
    if (!block.label.empty() || !block.source.empty()) return write_float("supplementary-material", block, notes);
    const std::vector<Line> lines = lines_of(block.text);
    if (lines.size() > 1) return write_speech(block, lines, notes);
    xml_.open("p", {{"id", xml_.id(block.id)}});
    if (!lines.empty()) write_runs(xml_, lines[0]);
    for (const Block& note : notes) write_footnote(note, Layout::running);
    xml_.close();
  }

  // Lines that belong together: what somebody says.
  void write_speech(const Block& block, std::vector<Line> lines, std::span<const Block> notes) {
    xml_.open("speech", {{"id", xml_.id(block.id)}}).open("speaker");
    if (lines[0].size() == 1 && lines[0][0].marks == 0 && lines[0][0].text.size() <= kMaxSpeaker) {
      xml_.text(lines[0][0].text);
      lines.erase(lines.begin());
    }
    xml_.close();
    write_lines(std::move(lines), notes, Least::one);
    xml_.close();
  }

  void write_caption(const Block& block, std::span<const Block> notes) {
    xml_.leaf("label", block.label);
    if (block.text.empty() && notes.empty()) return;
    xml_.open("caption");
    write_lines(lines_of(block.text), notes, Least::none);
    xml_.close();
  }

  void write_graphics(const Block& block) {
    for (const std::string_view href : split(block.source, ' ')) {
      if (!href.empty()) xml_.open("graphic", {{"xlink:href", href}}).close();
    }
  }

  void write_float(std::string_view element, const Block& block, std::span<const Block> notes) {
    xml_.open(element, {{"id", xml_.id(block.id)}});
    const bool figure = block.kind == BlockKind::figure;
    if (!figure && !block.source.empty()) xml_.attribute("xlink:href", block.source);
    write_caption(block, notes);
    if (figure) write_graphics(block);
    xml_.close();
  }

  void write_table(const Block& block, std::span<const Block> notes) {
    xml_.open("table-wrap", {{"id", xml_.id(block.id)}});
    write_caption(block, {});
    write_graphics(block);
    if (!block.rows.empty()) {
      xml_.open("table").open("tbody");
      for (const auto& row : block.rows) write_row(row);
      xml_.close().close();
    }
    if (!notes.empty()) {
      xml_.open("table-wrap-foot");
      for (const Block& note : notes) write_footnote(note, Layout::lines);
      xml_.close();
    }
    xml_.close();
  }

  void write_row(const std::vector<bib::Cell>& cells) {
    xml_.open("tr");
    for (const bib::RichText& cell : cells) {
      const std::vector<Line> lines = lines_of(cell);
      xml_.open("td");
      if (lines.size() > 1) write_lines(lines, {}, Least::none);
      else if (!lines.empty()) write_runs(xml_, lines[0]);
      xml_.close();
    }
    if (cells.empty()) xml_.open("td").close();
    xml_.close();
  }

  void write_formula(const Block& block) {
    const bool mathml = block.source.starts_with("<math");
    std::string tex = mathml ? std::string() : block.source;
    if (block.text.runs().size() == 1 && block.text.runs()[0].has(bib::Mark::math)) tex = block.text.plain();
    xml_.open("disp-formula", {{"id", xml_.id(block.id)}});
    xml_.leaf("label", block.label);
    const bool both = mathml && !tex.empty();
    if (both) xml_.span("alternatives");
    const bool written = mathml && write_mathml(xml_, block.source);
    if (!tex.empty()) xml_.span("tex-math").text(tex).close();
    if (both) xml_.close();
    if (!written && tex.empty()) write_runs(xml_, block.text.runs());
    xml_.close();
  }

  void write_code(const Block& block) { xml_.open("code", {{"id", xml_.id(block.id)}}).text(block.text.plain()).close(); }

  Writing& w_;
  XmlOut& xml_;
  bool lists_on_ = false;
};

}  // namespace

void write_body(Writing& w, const bib::Document& body) { BodyWriter(w).write(body); }

}  // namespace colophon::formats::jats
