// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/pages/body.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <vector>

#include "base/text.hpp"
#include "bib/identifiers.hpp"
#include "web/mathml.hpp"
#include "web/pages/outline.hpp"
#include "web/pages/words.hpp"

namespace colophon::web {
namespace {

using bib::Block;
using bib::BlockKind;
using bib::RichText;
using bib::Run;
using bib::Section;

constexpr std::size_t kWideFormula = 24;   // bytes of characters: it may be wider than a phone
constexpr std::size_t kMaxBackLinks = 20;  // of one note or reference

/// Of markup: the bytes that are shown.
std::size_t characters_of(std::string_view markup) {
  std::size_t out = 0;
  bool tag = false;
  for (const char c : markup) {
    tag = c == '<' || (tag && c != '>');
    if (!tag && c != '>' && !is_blank(c)) ++out;
  }
  return out;
}

/// Nothing but blanks of any width, those that do not break among them.
bool is_blank_line(std::string_view text) {
  const auto blank = [](char32_t c) {
    return c == ' ' || c == 0xA0 || (c >= 0x2000 && c <= 0x200B) || c == 0x202F || c == 0x205F || c == 0x3000 || c == 0xFEFF;
  };
  text = trim(text);
  for (std::size_t at = 0; at < text.size();) {
    if (!blank(next_code_point(text, at))) return false;
  }
  return true;
}

/// The paragraphs of a text.
std::vector<RichText> lines_of(const RichText& text) {
  std::vector<RichText> out(1);
  for (const Run& run : text.runs()) {
    bool first = true;
    for (const std::string_view line : split(run.text, '\n')) {
      if (!std::exchange(first, false)) out.emplace_back();
      out.back().append(line, run.marks, run.href, run.mathml);
    }
  }
  std::erase_if(out, [](const RichText& line) { return is_blank_line(line.plain()); });
  return out;
}

/// Neighbouring runs with the same link, or none.
std::vector<std::vector<Run>> groups_of(const RichText& text) {
  std::vector<std::vector<Run>> out;
  for (const Run& run : text.runs()) {
    if (out.empty() || out.back().front().href != run.href) out.emplace_back();
    out.back().push_back(run);
  }
  return out;
}

struct Found {
  std::size_t begin = 0, size = 0;
  std::string url;
};

/// The first DOI in running text, without the stop of a sentence behind it.
std::optional<Found> first_doi(std::string_view text) {
  for (std::size_t at = text.find("10."); at != std::string_view::npos; at = text.find("10.", at + 1)) {
    if (at > 0 && (is_ascii_digit(text[at - 1]) || is_ascii_alpha(text[at - 1]) || text[at - 1] == '.')) continue;
    std::string_view doi = text.substr(at, text.substr(at).find_first_of(" \t\n\"<>"));
    while (!doi.empty() && std::string_view(".,;:").find(doi.back()) != std::string_view::npos) doi.remove_suffix(1);
    if (doi.ends_with(')') && doi.find('(') == std::string_view::npos) doi.remove_suffix(1);
    if (doi.find('/') == std::string_view::npos) continue;
    if (const Result<bib::Doi> parsed = bib::Doi::parse(doi)) return Found{at, doi.size(), parsed->url()};
  }
  return std::nullopt;
}

/// "fig" of "fig3": what blocks of a kind are called in addresses; empty for those that have no address of their own.
std::string_view prefix_of(const Block& block) {
  switch (block.kind) {
    case BlockKind::figure: return "fig";
    case BlockKind::table: return "tab";
    case BlockKind::formula: return "eq";
    case BlockKind::footnote: return "fn";
    case BlockKind::reference: return "ref";
    default: return block.id.empty() ? "" : "p";
  }
}

/// Where everything stands: an anchor for each block, the anchors by the source's ids, and how often each is linked to.
struct Places {
  std::map<const Block*, std::string> anchors;
  std::map<std::string, std::string, std::less<>> by_id;  ///< the first of equal ids
  std::map<std::string, std::size_t, std::less<>> links;  ///< by anchor
  std::map<std::string, std::size_t> counts;

  explicit Places(const bib::Document& body) {
    for (std::size_t i = 0; i < body.sections.size(); ++i) enter(body.sections[i], bib::anchor({}, i));
    for (const Section& section : body.sections) count(section);
  }

  std::string_view target(const Run& run) const {
    if (!run.has(bib::Mark::link) || !run.href.starts_with('#')) return {};
    const auto found = by_id.find(run.href.substr(1));
    return found == by_id.end() ? std::string_view() : found->second;
  }

 private:
  void enter(const Section& section, const std::string& anchor) {
    if (!section.id.empty()) by_id.emplace(section.id, anchor);
    for (const Block& block : section.blocks) {
      const std::string prefix(prefix_of(block));
      if (prefix.empty()) continue;
      std::string own = prefix + std::to_string(++counts[prefix]);
      if (!block.id.empty()) by_id.emplace(block.id, own);
      anchors.emplace(&block, std::move(own));
    }
    for (std::size_t i = 0; i < section.sections.size(); ++i) enter(section.sections[i], bib::anchor(anchor, i));
  }

  void count(const RichText& text) {
    for (const RichText& line : lines_of(text)) {
      for (const auto& group : groups_of(line)) {
        if (const std::string_view to = target(group.front()); !to.empty()) ++links[std::string(to)];
      }
    }
  }
  void count(const Section& section) {
    count(section.heading);
    for (const Block& block : section.blocks) {
      count(block.text);
      for (const auto& row : block.rows) {
        for (const bib::Cell& cell : row) count(cell);
      }
    }
    for (const Section& child : section.sections) count(child);
  }
};

struct ListRow {
  std::string_view style;
  Attribute::Name type;
  std::string_view value;
};
constexpr std::array kOrdered = {
    ListRow{"order", Attribute::named("type"), "1"}, ListRow{"alpha-lower", Attribute::named("type"), "a"},
    ListRow{"alpha-upper", Attribute::named("type"), "A"}, ListRow{"roman-lower", Attribute::named("type"), "i"},
    ListRow{"roman-upper", Attribute::named("type"), "I"}};

struct TargetRow {
  std::string_view scheme, address, label;
};
constexpr std::array kTargets = {TargetRow{"doi", "https://doi.org/", ""}, TargetRow{"url", "", ""},
                                 TargetRow{"pmid", "https://pubmed.ncbi.nlm.nih.gov/", "PubMed "},
                                 TargetRow{"pmcid", "https://www.ncbi.nlm.nih.gov/pmc/articles/", ""}};

class Writer {
 public:
  Writer(const bib::Document& body, const BodyOptions& options)
      : body_(body), options_(options), places_(body), outline_(body), marker_(options.query, body.lang) {
    for (const bib::Statement& one : options.references) {
      const auto* link = std::get_if<bib::Link>(&one.value);
      if (link && !link->target.empty()) targets_.emplace(link->text, link);
    }
  }

  Html run() {
    Html out;
    for (std::size_t i = 0; i < body_.sections.size(); ++i) out.put(section(body_.sections[i], bib::anchor({}, i), 2));
    return out;
  }

 private:
  // --- text --------------------------------------------------------------------------------------------------------------

  Html words(const Run& run) {
    if (!run.mathml.empty()) {
      Html formula = mathml(run.mathml, false);
      const bool wide = !formula.empty() && !run.has(bib::Mark::link) && characters_of(run.mathml) > kWideFormula;
      if (wide) return Html().put("<span class=\"wide-formula\" tabindex=\"0\">{}</span>", formula);
      if (!formula.empty()) return formula;
    }
    if (run.has(bib::Mark::math)) return Html().put("<code class=\"tex\">{}</code>", run.text);
    return with_marks(run, links_dois_ && !run.has(bib::Mark::link) ? with_dois(run.text) : marker_.mark(run.text));
  }

  /// The text of a reference, its DOIs as links.
  Html with_dois(std::string_view text) {
    Html out;
    while (const std::optional<Found> doi = first_doi(text)) {
      out.put(marker_.mark(text.substr(0, doi->begin)));
      out.put("<a href=\"{}\" rel=\"noopener noreferrer\">{}</a>", Href::to(doi->url), text.substr(doi->begin, doi->size));
      text.remove_prefix(doi->begin + doi->size);
    }
    return out.put(marker_.mark(text));
  }

  Html inline_text(const RichText& text) {
    Html out;
    for (const auto& group : groups_of(text)) {
      Html inner;
      for (const Run& run : group) inner.put(words(run));
      out.put(linked(group.front(), inner));
    }
    if (text.lang.empty()) return out;
    return Html().put("<span{}>{}</span>", Attribute::lang(text.lang), out);
  }

  Html linked(const Run& run, const Html& inner) {
    if (!run.has(bib::Mark::link)) return inner;
    if (const std::string_view to = places_.target(run); !to.empty()) {
      const std::size_t number = ++linked_[std::string(to)];
      const bool known = number <= kMaxBackLinks && (to.starts_with("fn") || to.starts_with("ref"));
      const std::string own = std::string(to) + "-" + std::to_string(number);
      return Html().put("<a href=\"#{}\"{}>{}</a>", to, known ? Attribute::named("id").is(own) : Attribute::none(), inner);
    }
    const Href href = Href::to(run.href);
    if (href.str() == "#") return inner;
    return Html().put("<a href=\"{}\" rel=\"noopener noreferrer\">{}</a>", href, inner);
  }

  /// One <p> a line.
  Html paragraphs(const RichText& text, Attribute first = Attribute::none()) {
    Html out;
    for (const RichText& line : lines_of(text)) {
      out.put("<p{}>{}</p>\n", Attribute::lang(text.lang).add(first), inline_text(line));
      first = Attribute::none();
    }
    return out;
  }

  Html numbered(const std::string& label) { return label.empty() ? Html() : Html().put("<span class=\"no\">{}</span> ", label); }

  Attribute id_of(const Block& block) const {
    const auto found = places_.anchors.find(&block);
    return found == places_.anchors.end() ? Attribute::none() : Attribute::named("id").is(found->second);
  }

  /// Links from a note or reference to where it is called.
  Html back_links(const Block& block) const {
    Html out;
    const auto own = places_.anchors.find(&block);
    if (own == places_.anchors.end()) return out;
    const auto count = places_.links.find(own->second);
    const std::size_t links = count == places_.links.end() ? 0 : std::min(count->second, kMaxBackLinks);
    for (std::size_t i = 1; i <= links; ++i) {
      const std::string number = links == 1 ? std::string() : std::to_string(i);
      out.put(" <a class=\"back\" href=\"#{}-{}\"><span class=\"unseen\">Back to the text </span>↩{}</a>", own->second, i,
              number);
    }
    return out;
  }

  // --- blocks ------------------------------------------------------------------------------------------------------------

  Html figure(const Block& block) {
    Html out;
    out.put("<figure{}>\n{}", id_of(block), pictures(block));
    if (!block.label.empty() || !block.text.empty()) out.put("<figcaption>{}</figcaption>\n", caption(block));
    return out.put("</figure>\n");
  }

  Html caption(const Block& block) {
    Html out;
    const std::vector<RichText> lines = lines_of(block.text);
    if (!block.label.empty()) out.put("<b class=\"no\">{}</b>{}", block.label, lines.empty() ? "" : " ");
    for (std::size_t i = 0; i < lines.size(); ++i) out.put(i == 0 ? Html() : Html().put("<br>")).put(inline_text(lines[i]));
    return block.text.lang.empty() ? out : Html().put("<span{}>{}</span>", Attribute::lang(block.text.lang), out);
  }

  /// The pictures that are held, or what they show in words.
  Html pictures(const Block& block) {
    Html out;
    for (const std::string_view name : split(block.source, ' ')) {
      const auto file = std::ranges::find_if(options_.files, [&](const app::FileView& f) {
        return f.name == name &&
               (f.media == "image/png" || f.media == "image/jpeg" || f.media == "image/gif" || f.media == "image/webp");
      });
      if (file != options_.files.end())
        out.put("<img src=\"/r/{}/file/{}\" alt=\"{}\">\n", options_.work, file->number, block.alt);
    }
    if (!out.empty()) return out;
    if (!block.alt.empty())
      return Html().put("<p class=\"picture\"><span class=\"soft\">What it shows:</span> {}</p>\n", block.alt);
    return block.source.empty() ? out : Html().put("<p class=\"picture soft\">The picture is not held here.</p>\n");
  }

  Html table(const Block& block) {
    if (block.rows.empty()) return figure(block);
    const auto is_head = [](const auto& row) { return !row.empty() && std::ranges::all_of(row, &bib::Cell::heads); };
    const auto body = std::ranges::find_if_not(block.rows, is_head);
    const bool headed = body != block.rows.begin() && body != block.rows.end();
    Html head, rest;
    for (auto row = block.rows.begin(); row != block.rows.end(); ++row) {
      const bool above = headed && row < body;
      (above ? head : rest).put("<tr>{}</tr>\n", cells(*row, above));
    }
    if (headed) head = Html().put("<thead>\n{}</thead>\n", head);
    const Html told = caption(block);
    const std::string name = block.label.empty() ? "Table" : block.label;
    Html out;
    out.put("<div class=\"wide\"{} role=\"group\" tabindex=\"0\" aria-label=\"{}\"><table>\n", id_of(block), name);
    if (!told.empty()) out.put("<caption><div class=\"told\">{}</div></caption>\n", told);
    return out.put("{}<tbody>\n{}</tbody>\n</table></div>\n{}", head, rest,
                   block.alt.empty() ? Html() : Html().put("<p class=\"picture\">{}</p>\n", block.alt));
  }

  Html cells(const std::vector<bib::Cell>& row, bool above) {
    Html out;
    for (const bib::Cell& cell : row) {
      Attribute span = Attribute::none();
      if (cell.columns > 1) span.add(Attribute::named("colspan").is(std::to_string(cell.columns)));
      if (cell.rows > 1) span.add(Attribute::named("rowspan").is(std::to_string(cell.rows)));
      const std::vector<RichText> lines = lines_of(cell);
      Html text;
      for (std::size_t i = 0; i < lines.size(); ++i) text.put(i == 0 ? Html() : Html().put("<br>")).put(inline_text(lines[i]));
      if (cell.heads && !text.empty())
        out.put("<th scope=\"{}\"{}>{}</th>", above ? (cell.columns > 1 ? "colgroup" : "col") : "row", span, text);
      else out.put("<td{}>{}</td>", span, text);
    }
    return out;
  }

  Html formula(const Block& block) {
    const bool is_mathml = block.source.starts_with('<');
    Html drawn = is_mathml ? mathml(block.source, true) : Html();
    const std::string words = is_mathml || block.source.empty() ? block.text.plain() : block.source;
    if (drawn.empty() && !words.empty()) drawn.put("<code class=\"tex\">{}</code>", words);
    return Html().put("<div class=\"formula\"{} tabindex=\"0\" role=\"group\" aria-label=\"Formula{}\"><div>{}</div>{}</div>\n",
                      id_of(block), block.label.empty() ? std::string() : " " + block.label, drawn, numbered(block.label));
  }

  Html note(const Block& block) {
    Html out;
    const std::vector<RichText> lines = lines_of(block.text);
    for (std::size_t i = 0; i < lines.size(); ++i)
      out.put("<p>{}{}{}</p>\n", i == 0 ? numbered(block.label) : Html(), inline_text(lines[i]),
              i + 1 == lines.size() ? back_links(block) : Html());
    return Html().put("<div class=\"note\"{}{}>\n{}</div>\n", id_of(block), Attribute::lang(block.text.lang), out);
  }

  /// Where a reference leads to, unless it is printed in it.
  Html target_of(const Block& block) const {
    const auto found = targets_.find(block.text.plain());
    if (found == targets_.end() || block.text.plain().find(found->second->target) != std::string::npos) return {};
    const bib::Link& link = *found->second;
    const auto row = std::ranges::find(kTargets, link.scheme, &TargetRow::scheme);
    if (row == kTargets.end()) return {};
    const Href href = Href::to(std::string(row->address) + link.target);
    if (href.str() == "#") return {};
    return Html().put(" <a href=\"{}\" rel=\"noopener noreferrer\">{}{}</a>", href, row->label, link.target);
  }

  Html references(std::span<const Block> blocks) {
    Html out;
    links_dois_ = true;
    for (const Block& block : blocks)
      out.put("<li{}{}>{}{}{}{}</li>\n", id_of(block), Attribute::lang(block.text.lang), numbered(block.label),
              inline_text(block.text), target_of(block), back_links(block));
    links_dois_ = false;
    const bool labelled = std::ranges::any_of(blocks, [](const Block& b) { return !b.label.empty(); });
    if (labelled) return Html().put("<ol class=\"references labelled\">\n{}</ol>\n", out);
    return Html().put("<ol class=\"references\">\n{}</ol>\n", out);
  }

  Html paragraph(const Block& block) {
    Html out = paragraphs(block.text, block.label.empty() && block.source.empty() ? id_of(block) : Attribute::none());
    if (block.label.empty() && block.source.empty()) return out.empty() ? out.put("<div{}></div>\n", id_of(block)) : out;
    const std::string source = block.source.empty() ? std::string() : " (" + block.source + ")";
    return Html().put("<div class=\"supplement\"{}>\n<p><b class=\"no\">{}</b><span class=\"soft\">{}</span></p>\n{}</div>\n",
                      id_of(block), block.label, source, out);
  }

  Html one(const Block& block) {
    switch (block.kind) {
      case BlockKind::figure: return figure(block);
      case BlockKind::table: return table(block);
      case BlockKind::formula: return formula(block);
      case BlockKind::footnote: return note(block);
      case BlockKind::quote: return Html().put("<blockquote{}>\n{}</blockquote>\n", id_of(block), paragraphs(block.text));
      case BlockKind::code: return Html().put("<pre{} tabindex=\"0\"><code>{}</code></pre>\n", id_of(block), block.text.plain());
      default: return paragraph(block);
    }
  }

  // --- lists -------------------------------------------------------------------------------------------------------------

  /// The items from `at` on that are at least as deep as the first, as one list a style.
  Html list(std::span<const Block> items, std::size_t& at, std::size_t nesting) {
    const Block& first = items[at];
    const bool defines = first.style == "definition";
    Html out;
    while (at < items.size() && items[at].depth >= first.depth &&
           (items[at].depth > first.depth || items[at].style == first.style)) {
      const Block& block = items[at++];
      Html below;
      while (at < items.size() && items[at].depth > block.depth && nesting < 16) below.put(list(items, at, nesting + 1));
      out.put(defines ? definition(block, below) : item(block, below));
    }
    if (defines) return Html().put("<dl>\n{}</dl>\n", out);
    const auto ordered = std::ranges::find(kOrdered, std::string_view(first.style), &ListRow::style);
    if (!first.label.empty() || first.style == "simple") return Html().put("<ul class=\"plain\">\n{}</ul>\n", out);
    if (ordered == kOrdered.end()) return Html().put("<ul>\n{}</ul>\n", out);
    return Html().put("<ol{}>\n{}</ol>\n", ordered->type.is(ordered->value), out);
  }

  Html item(const Block& block, const Html& below) {
    const std::vector<RichText> lines = lines_of(block.text);
    Html out;
    if (lines.size() <= 1) {
      for (const RichText& line : lines) out.put(inline_text(line));
    } else {
      out.put(paragraphs(block.text));
    }
    return Html().put("<li{}{}>{}{}{}</li>\n", id_of(block), Attribute::lang(block.text.lang), numbered(block.label), out, below);
  }

  Html definition(const Block& block, const Html& below) {
    const std::vector<RichText> lines = lines_of(block.text);
    Html out;
    if (lines.empty()) return below.empty() ? out : out.put("<dt></dt><dd>{}</dd>\n", below);
    out.put("<dt{}>{}{}</dt>", id_of(block), numbered(block.label), inline_text(lines.front()));
    for (std::size_t i = 1; i < lines.size(); ++i) out.put("<dd>{}</dd>", inline_text(lines[i]));
    if (!below.empty()) out.put("<dd>{}</dd>", below);
    else if (lines.size() == 1) out.put("<dd></dd>");
    return out.put("\n");
  }

  // --- sections ----------------------------------------------------------------------------------------------------------

  Html blocks(std::span<const Block> all) {
    Html out;
    for (std::size_t at = 0; at < all.size();) {
      const BlockKind kind = all[at].kind;
      const bool together = kind == BlockKind::list_item || kind == BlockKind::reference;
      std::size_t end = at + 1;
      while (together && end < all.size() && all[end].kind == kind) ++end;
      const std::span<const Block> same = all.subspan(at, end - at);
      if (kind == BlockKind::reference) {
        out.put(references(same));
      } else if (kind == BlockKind::list_item) {
        for (std::size_t i = 0; i < same.size();) out.put(list(same, i, 0));
      } else {
        out.put(one(all[at]));
      }
      at = end;
    }
    return out;
  }

  Html section(const Section& s, const std::string& anchor, int level) {
    Html inner;
    if (const auto entry = outline_.find(s)) inner.put(heading(level, heading_text(s, *entry)));
    inner.put(blocks(s.blocks));
    for (std::size_t i = 0; i < s.sections.size(); ++i) inner.put(section(s.sections[i], bib::anchor(anchor, i), level + 1));
    if (s.kind == "boxed")
      return Html().put("<aside class=\"box\" id=\"{}\"{}>\n{}</aside>\n", anchor, Attribute::lang(s.lang), inner);
    return Html().put("<section id=\"{}\"{}>\n{}</section>\n", anchor, Attribute::lang(s.lang), inner);
  }

  Html heading_text(const Section& s, const OutlineEntry& entry) {
    Html out = numbered(entry.number);
    if (s.heading.empty()) return out.put("<span{}>{}</span>", Attribute::lang(entry.given ? "en" : ""), entry.text);
    bool first = true;
    for (const RichText& line : lines_of(s.heading))
      out.put(std::exchange(first, false) ? Html() : Html().put("<br>")).put(inline_text(line));
    return out;
  }

  static Html heading(int level, const Html& text) {
    switch (level) {
      case 2: return Html().put("<h2>{}</h2>\n", text);
      case 3: return Html().put("<h3>{}</h3>\n", text);
      case 4: return Html().put("<h4>{}</h4>\n", text);
      case 5: return Html().put("<h5>{}</h5>\n", text);
      default: return Html().put("<h6>{}</h6>\n", text);
    }
  }

  const bib::Document& body_;
  const BodyOptions& options_;
  Places places_;
  Outline outline_;
  WordMarker marker_;
  std::map<std::string_view, const bib::Link*> targets_;  ///< by the reference as printed
  std::map<std::string, std::size_t> linked_;
  bool links_dois_ = false;
};

}  // namespace

Html body_html(const bib::Document& body, const BodyOptions& options) { return Writer(body, options).run(); }

}  // namespace colophon::web
