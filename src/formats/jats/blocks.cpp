// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <span>

#include "base/text.hpp"
#include "formats/jats/parts.hpp"

// Blocks: paragraphs, lists, figures, tables, formulas, notes.
namespace colophon::formats::jats {
namespace {

using bib::Block;
using bib::BlockKind;
using bib::Cell;
using Notes = std::span<const Block>;

constexpr std::size_t kMaxSpeaker = 60;
constexpr std::size_t kMaxLists = 50;  // open one in another
constexpr std::string_view kDefinition = "definition";

// Whether a paragraph without text must be there all the same.
enum class Least : std::uint8_t { none, one };

class BlockWriter {
 public:
  explicit BlockWriter(Writing& w) : w_(w), xml_(w.xml) {}

  void write(std::span<const Block> blocks) {
    for (std::size_t i = 0; i < blocks.size();) {
      std::size_t next = i + 1;
      while (next < blocks.size() && blocks[next].kind == BlockKind::footnote && blocks[next].text.lang == blocks[i].text.lang)
        ++next;
      if (blocks[i].kind != BlockKind::list_item) close_lists(0);
      write_block(blocks[i], blocks.subspan(i + 1, next - i - 1));
      i = next;
    }
    close_lists(0);
  }

  void write_footnote(const Block& note) {
    open("fn", note);
    xml_.leaf("label", note.label);
    write_lines(note, {}, Least::one);
    xml_.close();
  }

 private:
  void write_block(const Block& block, Notes notes) {
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

  void open(std::string_view element, const Block& block) {
    xml_.open(element, {{"id", xml_.id(block.id)}, {"xml:lang", block.text.lang}});
  }
  void runs(const Line& line) { write_runs(xml_, line, w_.around); }
  // In running text, so that the paragraph that they end has no blanks in it.
  void write_notes(Notes notes) {
    for (const Block& note : notes) {
      xml_.span("fn", {{"id", xml_.id(note.id)}});
      xml_.leaf("label", note.label);
      write_lines(note, {}, Least::one);
      xml_.close();
    }
  }

  void write_loose_notes(const Block& first, Notes more) {
    xml_.open("p", {{"xml:lang", first.text.lang}});
    write_notes({&first, 1});
    write_notes(more);
    xml_.close();
  }

  // A paragraph a line; pictures and notes at the end of the last.
  void write_lines(const Block& block, Notes notes, Least least) { write_lines(lines_of(block.text), block, notes, least); }
  void write_lines(std::vector<Line> lines, const Block& block, Notes notes, Least least) {
    const bool more = !notes.empty() || !block.source.empty() || !block.alt.empty();
    if (lines.empty() && (least == Least::one || more)) lines.emplace_back();
    for (std::size_t i = 0; i < lines.size(); ++i) {
      xml_.open("p");
      runs(lines[i]);
      if (i + 1 == lines.size()) {
        write_pictures(block);
        write_notes(notes);
      }
      xml_.close();
    }
  }

  void write_pictures(const Block& block) {
    bool said = block.alt.empty();
    const auto say = [&] {
      if (!std::exchange(said, true)) xml_.span("alt-text").text(block.alt).close();
    };
    for (const std::string_view href : split(block.source, ' ')) {
      if (href.empty()) continue;
      xml_.span("graphic", {{"xlink:href", href}});
      say();
      xml_.close();
    }
    if (said) return;
    xml_.span("inline-graphic").attribute("xlink:href", "");
    say();
    xml_.close();
  }

  // --- lists: those that are open, the outermost first

  void close_lists(std::size_t left) {
    while (lists_.size() > left) {
      if (item_open_.back()) xml_.close();
      xml_.close();
      lists_.pop_back();
      item_open_.pop_back();
    }
  }

  void open_list(std::string_view style) {
    if (!lists_.empty() && !item_open_.back()) {
      xml_.open("list-item");
      item_open_.back() = true;
    }
    const bool definition = style == kDefinition;
    xml_.open(definition ? "def-list" : "list", {{"list-type", definition ? "" : style}});
    lists_.emplace_back(style);
    item_open_.push_back(false);
  }

  void write_item(const Block& block, Notes notes) {
    const std::size_t depth = std::min<std::size_t>(block.depth, kMaxLists);
    close_lists(depth + 1);
    if (lists_.size() == depth + 1 && lists_.back() != block.style) close_lists(depth);
    // what is deeper than a definition stands in a list of its own
    for (std::size_t i = 0; i < lists_.size() && lists_.size() <= depth; ++i) {
      if (lists_[i] == kDefinition) close_lists(i);
    }
    while (lists_.size() < depth) open_list("bullet");
    if (lists_.size() == depth) open_list(block.style);
    if (block.style == kDefinition) return write_definition(block, notes);
    if (item_open_.back()) xml_.close();
    open("list-item", block);
    item_open_.back() = true;
    xml_.leaf("label", block.label);
    write_lines(block, notes, Least::one);
  }

  void write_definition(const Block& block, Notes notes) {
    std::vector<Line> lines = lines_of(block.text);
    open("def-item", block);
    if (!w_.publishing()) xml_.leaf("label", block.label);
    xml_.open("term");
    if (!lines.empty()) {
      runs(lines[0]);
      lines.erase(lines.begin());
    }
    xml_.close();
    if (!lines.empty() || !notes.empty() || !block.source.empty() || !block.alt.empty()) {
      xml_.open("def");
      write_lines(std::move(lines), block, notes, Least::one);
      xml_.close();
    }
    xml_.close();
  }

  // --- running text

  void write_quote(const Block& block, Notes notes) {
    open("disp-quote", block);
    xml_.leaf("label", block.label);
    write_lines(block, notes, Least::none);
    xml_.close();
  }

  void write_paragraph(const Block& block, Notes notes) {
    if (!block.label.empty() || !block.source.empty()) return write_float("supplementary-material", block, notes);
    const std::vector<Line> lines = lines_of(block.text);
    if (lines.size() > 1) return write_speech(block, lines, notes);
    open("p", block);
    if (!lines.empty()) runs(lines[0]);
    write_pictures(block);
    write_notes(notes);
    xml_.close();
  }

  // Lines that belong together: what somebody says.
  void write_speech(const Block& block, std::vector<Line> lines, Notes notes) {
    open("speech", block);
    xml_.open("speaker");
    if (lines[0].size() == 1 && lines[0][0].marks == 0 && lines[0][0].mathml.empty() && lines[0][0].text.size() <= kMaxSpeaker) {
      xml_.text(lines[0][0].text);
      lines.erase(lines.begin());
    }
    xml_.close();
    write_lines(std::move(lines), block, notes, Least::one);
    xml_.close();
  }

  // --- figures, tables, files

  void write_caption(const Block& block, Notes notes) {
    xml_.leaf("label", block.label);
    const Block words{.kind = block.kind, .text = block.text};
    if (!block.text.empty() || !notes.empty()) {
      xml_.open("caption");
      write_lines(words, notes, Least::none);
      xml_.close();
    }
    xml_.leaf("alt-text", block.alt);
  }

  void write_graphics(const Block& block) {
    for (const std::string_view href : split(block.source, ' ')) {
      if (!href.empty()) xml_.open("graphic", {{"xlink:href", href}}).close();
    }
  }

  void write_float(std::string_view element, const Block& block, Notes notes) {
    open(element, block);
    const bool figure = block.kind == BlockKind::figure;
    if (!figure && !block.source.empty()) xml_.attribute("xlink:href", block.source);
    write_caption(block, notes);
    if (figure) write_graphics(block);
    xml_.close();
  }

  void write_table(const Block& block, Notes notes) {
    open("table-wrap", block);
    write_caption(block, {});
    write_graphics(block);
    if (!block.rows.empty()) write_rows(block.rows);
    if (!notes.empty()) {
      xml_.open("table-wrap-foot");
      for (const Block& note : notes) write_footnote(note);
      xml_.close();
    }
    xml_.close();
  }

  // The rows above the first that has something to say are its head.
  void write_rows(const std::vector<std::vector<Cell>>& rows) {
    const auto heads = [](const std::vector<Cell>& row) { return !row.empty() && std::ranges::all_of(row, &Cell::heads); };
    auto body = std::ranges::find_if_not(rows, heads);
    if (body == rows.end()) body = rows.begin();
    xml_.open("table");
    if (body != rows.begin()) {
      xml_.open("thead");
      for (auto row = rows.begin(); row != body; ++row) write_row(*row);
      xml_.close();
    }
    xml_.open("tbody");
    for (; body != rows.end(); ++body) write_row(*body);
    xml_.close().close();
  }

  void write_row(const std::vector<Cell>& cells) {
    const auto span = [](std::uint16_t n) { return n > 1 ? std::to_string(n) : std::string(); };
    xml_.open("tr");
    for (const Cell& cell : cells) {
      const std::vector<Line> lines = lines_of(cell);
      xml_.open(cell.heads ? "th" : "td", {{"colspan", span(cell.columns)}, {"rowspan", span(cell.rows)}});
      if (lines.size() > 1) write_lines(lines, {}, {}, Least::none);
      else if (!lines.empty()) runs(lines[0]);
      xml_.close();
    }
    if (cells.empty()) xml_.open("td").close();
    xml_.close();
  }

  void write_formula(const Block& block) {
    const bool mathml = block.source.starts_with("<math");
    std::string tex = mathml ? std::string() : block.source;
    if (block.text.runs().size() == 1 && block.text.runs()[0].has(bib::Mark::math)) tex = block.text.plain();
    open("disp-formula", block);
    xml_.leaf("label", block.label);
    if (!write_math(xml_, mathml ? std::string_view(block.source) : std::string_view(), tex))
      write_runs(xml_, block.text, w_.around);
    xml_.close();
  }

  void write_code(const Block& block) {
    open("code", block);
    xml_.text(block.text.plain()).close();
  }

  Writing& w_;
  XmlOut& xml_;
  std::vector<std::string> lists_;
  std::vector<bool> item_open_;
};

}  // namespace

void write_blocks(Writing& w, std::span<const Block> blocks) { BlockWriter(w).write(blocks); }
void write_footnote(Writing& w, const Block& note) { BlockWriter(w).write_footnote(note); }

}  // namespace colophon::formats::jats
