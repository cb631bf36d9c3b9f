// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.hpp"
#include "formats_xml/builder.hpp"

// Body text: sections, running text, figures, tables, formulas, notes.
namespace colophon::formats_xml {
namespace {

using bib::Block;
using bib::BlockKind;
using bib::Section;

constexpr std::size_t kMaxSectionDepth = 32;  // deeper ones are read into their parent

// Room for so many is made at once: blocks and sections of a section, rows of a table, cells of its first row.
constexpr std::size_t kUsualBlocks = 8, kUsualSections = 8, kUsualRows = 16, kUsualCells = 8;
constexpr std::size_t kMaxSource = 2000;  // bytes of a figure's file names

struct SectionRow {
  El el;
  std::string_view kind;
};
constexpr SectionRow kSections[] = {
    {El::app, "appendix"}, {El::ack, "ack"},       {El::glossary, "glossary"}, {El::notes, "notes"},
    {El::bio, "bio"},      {El::fn_group, "back"}, {El::boxed_text, "boxed"},
};

// `merges`: paragraphs in it are lines of it. `waits`: where it stands in running text it is set behind it; others part the text.
struct BlockRow {
  El el;
  BlockKind kind;
  bool merges;
  bool waits;
};
// clang-format off
constexpr BlockRow kBlocks[] = {
    {El::list_item,              BlockKind::list_item, true,  false},
    {El::def_item,               BlockKind::list_item, true,  false},
    {El::disp_quote,             BlockKind::quote,     true,  false},
    {El::verse_group,            BlockKind::quote,     true,  false},
    {El::code,                   BlockKind::code,      true,  false},
    {El::preformat,              BlockKind::code,      true,  false},
    {El::fig,                    BlockKind::figure,    true,  true},
    {El::chem_struct_wrap,       BlockKind::figure,    true,  true},
    {El::supplementary_material, BlockKind::paragraph, true,  true},
    {El::media,                  BlockKind::paragraph, true,  true},
    {El::table_wrap,             BlockKind::table,     true,  true},
    {El::table,                  BlockKind::table,     true,  true},
    {El::array,                  BlockKind::table,     true,  true},
    {El::fn,                     BlockKind::footnote,  true,  true},
};
// clang-format on

// Blocks that hold whatever stands in them as lines of theirs.
bool swallows(BlockKind kind) {
  return kind == BlockKind::figure || kind == BlockKind::table || kind == BlockKind::footnote || kind == BlockKind::code;
}

bool is_empty(const Block& block) {
  return block.text.empty() && block.rows.empty() && block.source.empty() && block.label.empty();
}

// What stands between \begin{document} and \end{document}, without the dollars around it.
std::string bare_tex(std::string_view tex) {
  static constexpr std::string_view kBegin = "\\begin{document}", kEnd = "\\end{document}";
  if (const std::size_t at = tex.find(kBegin); at != std::string_view::npos) {
    tex.remove_prefix(at + kBegin.size());
    tex = tex.substr(0, tex.find(kEnd));
  }
  tex = trim(tex);
  while (tex.size() >= 2 && tex.front() == '$' && tex.back() == '$') tex = trim(tex.substr(1, tex.size() - 2));
  return squeeze(tex);
}

// As many as a cell spans by its attribute.
std::uint16_t cells_of(std::string_view digits) {
  constexpr int kMost = 1000;
  if (digits.empty() || digits == "1") return 1;
  int number = 1;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error == std::errc::result_out_of_range) number = kMost;
  return static_cast<std::uint16_t>(std::clamp(number, 1, kMost));
}

}  // namespace

// --- sections ----------------------------------------------------------------------------------------------------------------

void JatsBuilder::open_section(const XmlAttributes& attributes) {
  Frame& frame = frames_.back();
  const bool inner_notes = frame.el == El::fn_group && parent() != El::back;
  if (inner_notes || article().sections.size() >= kMaxSectionDepth) return;
  const auto row = std::ranges::find(kSections, frame.el, &SectionRow::el);
  const std::size_t flow_base = article().flows.size();
  OpenSection& open = article().sections.emplace_back();
  open.flow_base = flow_base;
  open.section.id = attributes.get("id");
  open.section.kind = row != std::end(kSections) ? std::string(row->kind) : "body";
  if (!kind().empty()) open.section.kind = kind();
  if (lang() != word(outer().lang)) open.section.lang = lang();
  frame.owns = true;
}

void JatsBuilder::close_section() {
  if (!top().owns) return;
  Article& a = article();
  Section& section = a.sections.back().section;
  if (!section.blocks.empty() || !section.sections.empty() || !section.heading.empty()) {
    auto& around = a.sections.size() == 1 ? a.body.sections : a.sections[a.sections.size() - 2].section.sections;
    if (around.empty()) around.reserve(kUsualSections);
    around.push_back(std::move(section));
  }
  a.sections.pop_back();
}

// The open section, or one without heading for text that stands outside all.
bib::Section& JatsBuilder::current_section() {
  Article& a = article();
  if (!a.sections.empty()) return a.sections.back().section;
  const bool body = within(El::body) || within(El::front_matter);
  const std::string_view kind = within(El::floats_group) ? "floats" : body ? "body" : "back";
  const auto bare = [&](const Section& s) { return s.heading.empty() && s.id.empty() && s.sections.empty() && s.kind == kind; };
  if (a.body.sections.empty() || !bare(a.body.sections.back())) {
    a.body.sections.emplace_back();
    a.body.sections.back().kind = kind;
  }
  return a.body.sections.back();
}

void JatsBuilder::close_heading() {
  const El around = parent();
  Article& a = article();
  const bool of_box = around == El::caption && parent(2) == El::boxed_text;
  const bool of_section = (outer().owns && std::ranges::find(kBlocks, around, &BlockRow::el) == std::end(kBlocks)) || of_box;
  const bool subtitle = top().el == El::subtitle;
  if (around == El::ref_list) {
    if (a.references_heading.empty()) a.references_heading = rich();
  } else if (of_section && !a.sections.empty() && !subtitle && a.sections.back().section.heading.empty()) {
    a.sections.back().section.heading = rich();
  } else if (has_flow()) {
    return;  // a line of it
  } else if (bib::RichText text = rich(); !text.empty()) {
    place({.text = std::move(text)});
  }
  arena_.truncate(top().begin);
}

void JatsBuilder::close_label() {
  std::string text = plain();
  Article& a = article();
  if (formula_ && formula_->display) formula_->label = std::move(text);
  else if (has_flow() && a.flows.back().block.label.empty()) a.flows.back().block.label = std::move(text);
  else if (!has_flow() && !a.sections.empty() && outer().owns) a.sections.back().section.label = std::move(text);
}

// --- running text ------------------------------------------------------------------------------------------------------------

void JatsBuilder::push_flow(BlockKind kind, bool merges, const XmlAttributes& attributes) {
  Flow& flow = article().flows.emplace_back();
  flow.begin = arena_.size();
  flow.merges = merges;
  flow.block.kind = kind;
  flow.block.id = attributes.get("id");
  if (kind == BlockKind::list_item && !article().lists.empty()) {
    flow.block.style = article().lists.back();
    flow.block.depth = static_cast<std::uint16_t>(article().lists.size() - 1);
  }
  frames_.back().owns = true;
}

void JatsBuilder::open_paragraph(const XmlAttributes& attributes) {
  if (has_flow()) arena_.new_line(article().flows.back().begin);
  else push_flow(BlockKind::paragraph, false, attributes);
}

void JatsBuilder::open_lines(const XmlAttributes& attributes) {
  if (has_flow()) arena_.new_line(article().flows.back().begin);
  else push_flow(BlockKind::paragraph, true, attributes);
}

void JatsBuilder::open_line(const XmlAttributes&) {
  if (!has_flow()) return;
  arena_.new_line(article().flows.back().begin);
  begin_here();
}

void JatsBuilder::open_block(const XmlAttributes& attributes) {
  const BlockRow& row = *std::ranges::find(kBlocks, top().el, &BlockRow::el);
  if (row.el == El::def_item) place_list_head();
  if (has_flow()) {
    const Flow& around = article().flows.back();
    const bool table_of_wrap = around.block.kind == BlockKind::table && row.kind == BlockKind::table;
    if (table_of_wrap || (swallows(around.block.kind) && !row.waits) || (row.el == El::media && around.merges)) {
      if (!table_of_wrap) arena_.new_line(around.begin);
      if (row.el == El::media) open_graphic(attributes);
      return;
    }
    if (!row.waits) flush_flow();
  }
  push_flow(row.kind, row.merges, attributes);
  if (row.el == El::supplementary_material || row.el == El::media) article().flows.back().block.source = attributes.get("href");
}

// Sets what has been read of the innermost text.
void JatsBuilder::flush_flow() {
  Flow& flow = article().flows.back();
  Block block = std::move(flow.block);
  if (block.kind == BlockKind::code) block.text = bib::RichText(std::string(arena_.raw(flow.begin)));
  else block.text = arena_.rich(flow.begin, own_lang());
  flow.block = {.kind = block.kind, .style = block.style, .depth = block.depth};
  arena_.truncate(flow.begin);
  if (!is_empty(block)) place(std::move(block));
}

// The language of running text where it is not that of its section.
std::string_view JatsBuilder::own_lang() const {
  const Article& a = *articles_.back();
  const auto said =
      std::ranges::find_if(a.sections.rbegin(), a.sections.rend(), [](const OpenSection& s) { return !s.section.lang.empty(); });
  const std::string& around = said == a.sections.rend() ? a.lang : said->section.lang;
  return lang() == around ? std::string_view() : lang();
}

void JatsBuilder::place(Block&& block) {
  std::vector<Block>& blocks = current_section().blocks;
  if (blocks.empty()) blocks.reserve(kUsualBlocks);
  blocks.push_back(std::move(block));
}

void JatsBuilder::close_block() {
  if (!top().owns) return;
  Article& a = article();
  Flow& flow = a.flows.back();
  if (flow.block.kind == BlockKind::code) flow.block.text = bib::RichText(std::string(arena_.raw(flow.begin)));
  else arena_.rich(flow.begin, own_lang(), flow.block.text);
  arena_.truncate(flow.begin);
  const auto row = std::ranges::find(kBlocks, top().el, &BlockRow::el);
  const bool waits = row != std::end(kBlocks) && row->waits;
  // what waits inside running text goes behind it
  std::vector<Block>* const behind = a.flows.size() > flow_base() + 1 ? &a.flows[a.flows.size() - 2].deferred : nullptr;
  const auto set = [&](Block&& block, bool later) {
    if (later && behind) behind->push_back(std::move(block));
    else place(std::move(block));
  };
  if (!is_empty(flow.block)) set(std::move(flow.block), waits);
  for (Block& block : flow.deferred) set(std::move(block), true);
  a.flows.pop_back();
}

// --- tables, figures, links --------------------------------------------------------------------------------------------------

void JatsBuilder::open_row(const XmlAttributes&) {
  if (!has_flow() || article().flows.back().block.kind != BlockKind::table) return;
  auto& rows = article().flows.back().block.rows;
  if (rows.empty()) rows.reserve(kUsualRows);
  const std::size_t cells = rows.empty() ? kUsualCells : rows.back().size();
  rows.emplace_back().reserve(cells);  // most rows have as many as the one before
}

void JatsBuilder::open_cell(const XmlAttributes& attributes) {
  if (!has_flow() || article().flows.back().block.rows.empty()) return;
  bib::Cell& cell = article().flows.back().block.rows.back().emplace_back();
  cell.heads = top().el == El::th || (parent(2) != El::tbody && within(El::thead));
  if (attributes.size() == 0) return;
  cell.columns = cells_of(attributes.get("colspan"));
  cell.rows = cells_of(attributes.get("rowspan"));
}

void JatsBuilder::close_cell() {
  if (!has_flow()) return;
  auto& rows = article().flows.back().block.rows;
  if (rows.empty() || rows.back().empty()) return;
  bib::RichText& text = rows.back().back();
  if (!text.empty()) text = {};  // a table stands in the cell
  arena_.rich(top().begin, {}, text);
}

// What a figure shows, in words; a picture or formula in running text is its words.
void JatsBuilder::close_alt() {
  if (formula_ || !has_flow() || !article().flows.back().merges) {
    begin_here();  // they stay
    return;
  }
  std::string& alt = article().flows.back().block.alt;
  if (std::string text = plain(); !text.empty()) alt += (alt.empty() ? "" : " ") + text;
}

void JatsBuilder::open_list(const XmlAttributes& attributes) {
  const std::string style = ascii_lower(attributes.get("list-type"));
  article().lists.push_back(top().el == El::def_list ? "definition" : style.empty() ? "bullet" : style);
}

void JatsBuilder::close_list() {
  place_list_head();
  article().lists.pop_back();
}

// The heads of terms and of definitions are an item of their own, before the first.
void JatsBuilder::close_list_head() {
  if (has_flow() && swallows(article().flows.back().block.kind)) return;  // a line of it
  if (!list_head_.empty()) list_head_.append("\n");
  const bib::RichText head = rich();
  for (const bib::Run& run : head.runs()) list_head_.append(run.text, run.marks, run.href, run.mathml);
  arena_.truncate(top().begin);
}

void JatsBuilder::place_list_head() {
  if (list_head_.empty()) return;
  if (has_flow()) flush_flow();
  const auto& lists = article().lists;
  place({.kind = BlockKind::list_item,
         .text = std::exchange(list_head_, {}),
         .style = lists.back(),
         .depth = static_cast<std::uint16_t>(lists.size() - 1)});
}

void JatsBuilder::open_inner_link(const XmlAttributes& attributes) {
  const std::string_view target = attributes.get("rid");
  frames_.back().link = target.empty() ? Word() : keep("#");
  frames_.back().link.size += keep(target.substr(0, target.find(' '))).size;
  if (target.empty())
    frames_.back().marks = static_cast<std::uint16_t>(frames_.back().marks & ~static_cast<unsigned>(bib::Mark::link));
}

void JatsBuilder::open_graphic(const XmlAttributes& attributes) {
  if (!has_flow() || !article().flows.back().merges) return;
  std::string& source = article().flows.back().block.source;
  const std::string_view href = attributes.get("href");
  if (source.size() < kMaxSource && !href.empty() && source != href) source.append(source.empty() ? "" : " ").append(href);
}

void JatsBuilder::open_break(const XmlAttributes&) {
  if (top().captures) arena_.append(" ");
}

void JatsBuilder::open_link(const XmlAttributes& attributes) {
  Frame& frame = frames_.back();
  frame.link = keep(attributes.get("href"));
  if (frame.link.size == 0) frame.marks = static_cast<std::uint16_t>(frame.marks & ~static_cast<unsigned>(bib::Mark::link));
}

void JatsBuilder::open_styled(const XmlAttributes&) {
  Frame& frame = frames_.back();
  if (kind() != "quote") frame.marks = static_cast<std::uint16_t>(frame.marks & ~static_cast<unsigned>(bib::Mark::quote));
}

// --- formulas ----------------------------------------------------------------------------------------------------------------

void JatsBuilder::open_formula(const XmlAttributes& attributes) {
  if (formula_) return;
  begin_formula();
  const bool running = has_flow() && swallows(article().flows.back().block.kind);
  formula_->display = top().el == El::disp_formula && top().region == Region::body && !running;
  formula_->id = attributes.get("id");
  if (!formula_->display) return;
  if (has_flow()) flush_flow();
  frames_.back().captures = true;
  begin_here();
}

void JatsBuilder::begin_formula() {
  formula_.emplace();
  formula_->depth = frames_.size();
  math_.clear();
}

void JatsBuilder::open_math(const XmlAttributes& attributes) {
  if (!formula_) begin_formula();
  math_.open("math", attributes);
}

void JatsBuilder::close_tex() {
  const std::string tex = bare_tex(arena_.raw(top().begin));
  if (formula_) {
    formula_->tex = tex;
  } else if (top().captures) {  // TeX on its own in running text
    arena_.truncate(top().begin);
    arena_.set_marks(static_cast<std::uint16_t>(top().marks | static_cast<unsigned>(bib::Mark::math)));
    arena_.append(tex);
    set_marks();
    begin_here();
  }
}

void JatsBuilder::close_formula() {
  if (!formula_ || formula_->depth != frames_.size()) return;
  Formula formula = std::move(*formula_);
  formula_.reset();
  const std::string words = squeeze(math_.plain());
  if (!formula.display) {
    if (formula.tex.empty() && words.empty()) return;  // letters, or a picture
    if (!top().captures) return;
    arena_.truncate(top().begin);
    const unsigned math = formula.tex.empty() ? 0 : static_cast<unsigned>(bib::Mark::math);
    const std::string_view mathml = top().region == Region::body ? std::string_view(math_.mathml()) : std::string_view();
    if (math != 0 || !mathml.empty()) arena_.set_marks(static_cast<std::uint16_t>(top().marks | math), link(), mathml);
    arena_.append(formula.tex.empty() ? words : formula.tex);
    set_marks();
    begin_here();  // it stays, whatever the rule cuts
    return;
  }
  bib::Block block{.kind = BlockKind::formula, .id = std::move(formula.id), .label = std::move(formula.label)};
  if (!formula.tex.empty()) block.text.append(formula.tex, static_cast<std::uint16_t>(bib::Mark::math));
  else block.text = words.empty() ? rich() : bib::RichText(words);
  if (!math_.mathml().empty()) {
    block.source = math_.mathml();
  } else if (!formula.tex.empty()) {
    block.source = std::move(formula.tex);
    block.text = {};
  }
  arena_.truncate(top().begin);
  if (!is_empty(block)) place(std::move(block));
}

// --- at the end of an article ------------------------------------------------------------------------------------------------

void JatsBuilder::settle_body(Article& a) {
  a.body.lang = a.lang;
  if (a.references.empty()) return;
  Section list;
  list.kind = "back";
  list.heading = std::move(a.references_heading);
  list.blocks = std::move(a.references);
  a.body.sections.push_back(std::move(list));
}

}  // namespace colophon::formats_xml
