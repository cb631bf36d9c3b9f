// SPDX-License-Identifier: GPL-3.0-or-later
#include "bib/document.hpp"

#include <algorithm>
#include <array>

#include "base/json_cursor.hpp"

namespace colophon::bib {
namespace {

constexpr std::array<std::string_view, 9> kBlockKinds = {"paragraph", "list_item", "quote", "figure",   "table",
                                                         "formula",   "footnote",  "code",  "reference"};
constexpr int kMaxDepth = 64;

std::uint16_t small(const Json& number, std::int64_t least) {
  return static_cast<std::uint16_t>(std::clamp<std::int64_t>(number.as_int(), least, 1000));
}

// A cell that takes its own place only is its text.
Json cell_to_json(const Cell& cell) {
  if (!cell.heads && cell.columns == 1 && cell.rows == 1) return to_json(static_cast<const RichText&>(cell));
  Json out = Json::object({{"text", to_json(static_cast<const RichText&>(cell))}});
  if (cell.heads) out.set("heads", true);
  if (cell.columns != 1) out.set("columns", cell.columns);
  if (cell.rows != 1) out.set("rows", cell.rows);
  return out;
}

Result<Cell> cell_from_json(const Json& json) {
  const bool placed = json.contains("text");
  TRY_ASSIGN(RichText text, rich_text_from_json(placed ? json["text"] : json));
  Cell out(std::move(text));
  if (!placed) return out;
  out.heads = json["heads"].as_bool();
  out.columns = small(json["columns"], 1);
  out.rows = small(json["rows"], 1);
  return out;
}

Json block_to_json(const Block& block) {
  Json out = Json::object({{"kind", kBlockKinds[static_cast<std::size_t>(block.kind)]}});
  out.set_if("id", block.id).set_if("label", block.label).set_if("text", to_json(block.text)).set_if("source", block.source);
  out.set_if("alt", block.alt).set_if("style", block.style);
  if (block.depth) out.set("depth", block.depth);
  Json rows = Json::array();
  for (const auto& row : block.rows) {
    Json cells = Json::array();
    for (const Cell& cell : row) cells.push(cell_to_json(cell));
    rows.push(std::move(cells));
  }
  return out.set_if("rows", std::move(rows));
}

Result<Block> block_from_json(const Json& json) {
  Block out;
  for (std::size_t i = 0; i < kBlockKinds.size(); ++i) {
    if (json["kind"].as_string() == kBlockKinds[i]) out.kind = static_cast<BlockKind>(i);
  }
  out.id = json["id"].as_string();
  out.label = json["label"].as_string();
  out.source = json["source"].as_string();
  out.alt = json["alt"].as_string();
  out.style = json["style"].as_string();
  out.depth = small(json["depth"], 0);
  if (json.contains("text")) {
    TRY_ASSIGN(out.text, rich_text_from_json(json["text"]));
  }
  for (const Json& row : json["rows"].items()) {
    out.rows.emplace_back();
    for (const Json& cell : row.items()) {
      TRY_ASSIGN(Cell one, cell_from_json(cell));
      out.rows.back().push_back(std::move(one));
    }
  }
  return out;
}

Json section_to_json(const Section& section) {
  Json out = Json::object();
  out.set_if("id", section.id)
      .set_if("label", section.label)
      .set_if("heading", to_json(section.heading))
      .set_if("kind", section.kind)
      .set_if("lang", section.lang);
  if (section.page) out.set("page", section.page);
  Json blocks = Json::array(), sections = Json::array();
  for (const Block& block : section.blocks) blocks.push(block_to_json(block));
  for (const Section& child : section.sections) sections.push(section_to_json(child));
  return out.set_if("blocks", std::move(blocks)).set_if("sections", std::move(sections));
}

Result<Section> section_from_json(const Json& json, int depth) {
  if (depth > kMaxDepth) return fail(Errc::invalid, "sections are nested too deep");
  Section out;
  out.id = json["id"].as_string();
  out.label = json["label"].as_string();
  out.kind = json["kind"].as_string();
  out.lang = json["lang"].as_string();
  out.page = static_cast<std::uint32_t>(json["page"].as_int());
  if (json.contains("heading")) {
    TRY_ASSIGN(out.heading, rich_text_from_json(json["heading"]));
  }
  for (const Json& block : json["blocks"].items()) {
    TRY_ASSIGN(Block one, block_from_json(block));
    out.blocks.push_back(std::move(one));
  }
  for (const Json& child : json["sections"].items()) {
    TRY_ASSIGN(Section one, section_from_json(child, depth + 1));
    out.sections.push_back(std::move(one));
  }
  return out;
}

// The kind of passage that a block's text goes into, and the text it gives.
std::string_view passage_kind(BlockKind kind) {
  switch (kind) {
    case BlockKind::figure:
    case BlockKind::table: return "caption";
    case BlockKind::footnote: return "footnote";
    case BlockKind::reference: return "reference";
    default: return "section";
  }
}

std::string block_text(const Block& block) {
  std::string out = block.text.plain();
  const bool captioned = block.kind == BlockKind::figure || block.kind == BlockKind::table;
  if (captioned && !block.label.empty()) out = block.label + " " + out;
  if (!block.alt.empty()) out += (out.empty() ? "" : "\n") + block.alt;
  for (const auto& row : block.rows) {
    std::string line;
    for (const RichText& cell : row) line += (line.empty() ? "" : " ") + cell.plain();
    if (!line.empty()) out += "\n" + line;
  }
  return out;
}

void collect(const Section& section,
             const std::string& place,
             const std::string& path,
             const std::string& lang,
             std::vector<Passage>& out) {
  const std::string own = section.label.empty()     ? section.heading.plain()
                          : section.heading.empty() ? section.label
                                                    : section.label + " " + section.heading.plain();
  const std::string here = path.empty() ? own : own.empty() ? path : path + " › " + own;
  const std::string language = section.lang.empty() ? lang : section.lang;
  static constexpr std::array<std::string_view, 4> kKinds = {"section", "caption", "footnote", "reference"};
  for (const std::string_view kind : kKinds) {
    std::string text;
    for (const Block& block : section.blocks) {
      if (passage_kind(block.kind) != kind) continue;
      const std::string one = block_text(block);
      if (!one.empty()) text += (text.empty() ? "" : "\n") + one;
    }
    const std::string shown = section.page && kind == "section" ? "page" : std::string(kind);
    if (!text.empty()) out.push_back({section.page, here, shown, language, std::move(text), section.page ? "" : place});
  }
  for (std::size_t i = 0; i < section.sections.size(); ++i) collect(section.sections[i], anchor(place, i), here, language, out);
}

}  // namespace

std::string anchor(std::string_view parent, std::size_t position) {
  return (parent.empty() ? "s" : std::string(parent) + ".") + std::to_string(position + 1);
}

bool is_structured(const Document& document) {
  return std::ranges::any_of(document.sections, [](const Section& section) { return section.kind != "page"; });
}

std::vector<Passage> passages(const Document& document) {
  std::vector<Passage> out;
  for (std::size_t i = 0; i < document.sections.size(); ++i) collect(document.sections[i], anchor({}, i), {}, document.lang, out);
  return out;
}

Json to_json(const Document& document) {
  Json out = Json::object();
  out.set_if("lang", document.lang);
  if (document.pages) out.set("pages", document.pages);
  Json sections = Json::array();
  for (const Section& section : document.sections) sections.push(section_to_json(section));
  return out.set("sections", std::move(sections));
}

Result<Document> document_from_json(const Json& json) {
  if (!json["sections"].is_array()) return fail(Errc::invalid, "a document must have sections");
  Document out;
  out.lang = json["lang"].as_string();
  out.pages = static_cast<std::uint32_t>(json["pages"].as_int());
  for (const Json& section : json["sections"].items()) {
    TRY_ASSIGN(Section one, section_from_json(section, 0));
    out.sections.push_back(std::move(one));
  }
  return out;
}

Json to_json(const std::vector<Passage>& passages) {
  Json out = Json::array();
  for (const Passage& p : passages) {
    Json one = Json::object();
    if (p.page) one.set("page", p.page);
    out.push(one.set_if("section", p.section)
                 .set_if("kind", p.kind)
                 .set_if("lang", p.lang)
                 .set_if("anchor", p.anchor)
                 .set("text", p.text));
  }
  return out;
}

namespace {

Passage passage_from(JsonCursor& at, bool with_text) {
  Passage out;
  for (at.enter_object(); at.more();) {
    const std::string_view key = at.key();
    if (key == "page") out.page = static_cast<std::uint32_t>(at.integer());
    else if (key == "section") out.section = at.text();
    else if (key == "kind") out.kind = at.text();
    else if (key == "lang") out.lang = at.text();
    else if (key == "anchor") out.anchor = at.text();
    else if (key == "text" && with_text) out.text = at.text();
    else at.skip();
  }
  return out;
}

}  // namespace

Result<std::vector<Passage>> passages_from_json(std::string_view json, std::optional<std::size_t> text_of) {
  std::vector<Passage> out;
  JsonCursor at(json);
  for (at.enter_array(); at.more();) out.push_back(passage_from(at, !text_of || *text_of == out.size()));
  if (!at.at_end()) return fail(Errc::invalid, "passages must be a JSON array of objects");
  return out;
}

}  // namespace colophon::bib
