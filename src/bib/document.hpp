// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "bib/rich_text.hpp"

namespace colophon::bib {

enum class BlockKind : std::uint8_t { paragraph, list_item, quote, figure, table, formula, footnote, code, reference };

/// A table's cell: a text, and the room that it takes.
struct Cell : RichText {
  Cell() = default;
  Cell(RichText text) : RichText(std::move(text)) {}  // NOLINT(google-explicit-constructor): a text is a cell
  bool heads = false;                                 ///< it says what its row or column is
  std::uint16_t columns = 1, rows = 1;                ///< from 1
  friend bool operator==(const Cell&, const Cell&) = default;
};

/// A unit of body text. For figures and tables `text` is the caption and `label` "Figure 2"; `rows` are a table's cells;
/// a formula's `source` is its MathML or TeX, a figure's the names of its pictures, parted by blanks, and `alt` says what they show.
/// List items have the style of their list ("bullet", "order", "alpha-lower", "roman-upper", "simple", "definition", …; a definition's
/// first line is its term) and the depth of nesting, 0 for the outermost.
struct Block {
  BlockKind kind = BlockKind::paragraph;
  std::string id;  ///< the source's anchor, for links
  std::string label;
  RichText text;
  std::vector<std::vector<Cell>> rows;
  std::string source;
  std::string alt = {};
  std::string style = {};
  std::uint16_t depth = 0;
  friend bool operator==(const Block&, const Block&) = default;
};

/// A section with its heading; `page` is the page it begins on (PDF), 0 when there are no pages.
struct Section {
  std::string id;
  std::string label;  ///< "2.1"
  RichText heading;
  std::string kind;  ///< "abstract", "body", "back", "boxed", "page"; as the format names special ones ("methods")
  std::string lang;
  std::uint32_t page = 0;
  std::vector<Block> blocks;
  std::vector<Section> sections;
  friend bool operator==(const Section&, const Section&) = default;
};

/// The body of a work as its worker read it: sections of a structured text, or one section of kind "page" a page of a PDF
/// (`page` counts from 1; its label is the printed page label where the file has one). Nobody else parses XML or PDF.
struct Document {
  std::string lang;
  std::vector<Section> sections;
  std::uint32_t pages = 0;
  bool empty() const { return sections.empty(); }
  friend bool operator==(const Document&, const Document&) = default;
};

/// The unit that a hit opens: a page of a PDF, or a section's own text.
struct Passage {
  std::uint32_t page = 0;  ///< PDF page from 1, or 0
  std::string section;     ///< heading path "2 Methods › 2.1 Data", or a page's label
  std::string kind;        ///< "page", "section", "caption", "footnote", "reference", "record"
  std::string lang;
  std::string text;         ///< plain text, paragraphs parted by line feeds
  std::string anchor = {};  ///< of its section (anchor()); empty for pages
  friend bool operator==(const Passage&, const Passage&) = default;
};

/// A section by its position: "s2.1" is the first subsection of the second section. `parent` is empty for the outermost, `position`
/// counts from 0.
std::string anchor(std::string_view parent, std::size_t position);

/// One passage a page, or one a section without its subsections; captions, footnotes and references apart, each kind of a
/// section as one passage. Empty ones are left out. Order is reading order.
std::vector<Passage> passages(const Document& document);

/// Whether it has sections of a text, and not only pages.
bool is_structured(const Document& document);

Json to_json(const Document& document);
Result<Document> document_from_json(const Json& json);
Json to_json(const std::vector<Passage>& passages);
/// Of what to_json(passages).dump() wrote. With `text_of`, of the texts only that passage's is read and the others are left empty: a hit
/// needs one of a hundred.
Result<std::vector<Passage>> passages_from_json(std::string_view json, std::optional<std::size_t> text_of = {});

}  // namespace colophon::bib
