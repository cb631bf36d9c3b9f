// SPDX-License-Identifier: GPL-3.0-or-later
#include <optional>

#include "base/text.hpp"
#include "formats/jats/inline.hpp"

// MathML as a document body holds it. It is parted and put together anew, for it came from a file.
namespace colophon::formats::jats {
namespace {

constexpr std::size_t kMaxDepth = 200;

struct Attribute {
  std::string name, value;
};
// A piece of MathML: a tag, or text.
struct Piece {
  enum class Kind : std::uint8_t { open, empty, close, text } kind = Kind::text;
  std::string name;
  std::vector<Attribute> attributes;
};

bool is_name(std::string_view name) {
  if (name.empty() || (!is_ascii_alpha(name[0]) && name[0] != '_')) return false;
  for (const char c : name) {
    if (!is_ascii_alpha(c) && !is_ascii_digit(c) && c != '-' && c != '_' && c != '.') return false;
  }
  return true;
}

std::optional<std::string> unescape(std::string_view text) {
  static constexpr std::pair<std::string_view, char> kEntities[] = {
      {"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}, {"&apos;", '\''}};
  std::string out;
  while (!text.empty()) {
    if (text[0] == '<') return std::nullopt;
    std::size_t length = 1;
    char c = text[0];
    if (c == '&') {
      length = 0;
      for (const auto& [entity, plain] : kEntities) {
        if (text.starts_with(entity)) c = plain, length = entity.size();
      }
      if (length == 0) return std::nullopt;
    }
    out += c;
    text.remove_prefix(length);
  }
  return out;
}

std::optional<Piece> read_tag(std::string_view tag) {
  Piece out{.kind = Piece::Kind::open, .name = {}, .attributes = {}};
  if (tag.starts_with('/')) out.kind = Piece::Kind::close, tag.remove_prefix(1);
  else if (tag.ends_with('/')) out.kind = Piece::Kind::empty, tag.remove_suffix(1);
  std::size_t at = std::min(tag.find_first_of(" \t\n"), tag.size());
  out.name = tag.substr(0, at);
  if (!is_name(out.name)) return std::nullopt;
  while (true) {
    tag = trim(tag.substr(at));
    if (tag.empty()) return out;
    const std::size_t equals = tag.find("=\"");
    const std::size_t end = equals == std::string_view::npos ? equals : tag.find('"', equals + 2);
    if (end == std::string_view::npos || out.kind == Piece::Kind::close) return std::nullopt;
    const std::string name(tag.substr(0, equals));
    std::optional<std::string> value = unescape(tag.substr(equals + 2, end - equals - 2));
    if (!is_name(name) || !value) return std::nullopt;
    if (name != "xmlns") out.attributes.push_back({name, std::move(*value)});
    at = end + 1;
  }
}

// The end of the tag that begins at `at`: the first > outside quotation marks.
std::size_t end_of_tag(std::string_view source, std::size_t at) {
  bool quoted = false;
  for (; at < source.size(); ++at) {
    if (source[at] == '"') quoted = !quoted;
    if (source[at] == '>' && !quoted) return at;
  }
  return std::string_view::npos;
}

std::optional<std::vector<Piece>> pieces_of(std::string_view source) {
  std::vector<Piece> out;
  std::vector<std::string> open;
  while (!source.empty()) {
    if (source[0] != '<') {
      const std::size_t end = std::min(source.find('<'), source.size());
      std::optional<std::string> text = unescape(source.substr(0, end));
      if (!text || open.empty()) return std::nullopt;
      out.push_back({Piece::Kind::text, std::move(*text), {}});
      source.remove_prefix(end);
      continue;
    }
    const std::size_t end = end_of_tag(source, 0);
    if (end == std::string_view::npos) return std::nullopt;
    std::optional<Piece> tag = read_tag(source.substr(1, end - 1));
    if (!tag || (open.empty() && tag->name != "math") || open.size() > kMaxDepth) return std::nullopt;
    if (tag->kind == Piece::Kind::open) open.push_back(tag->name);
    if (tag->kind == Piece::Kind::close) {
      if (open.empty() || open.back() != tag->name) return std::nullopt;
      open.pop_back();
    }
    out.push_back(std::move(*tag));
    source.remove_prefix(end + 1);
  }
  if (!open.empty() || out.empty()) return std::nullopt;
  return out;
}

void write_pieces(XmlOut& xml, const std::vector<Piece>& pieces) {
  for (const Piece& piece : pieces) {
    if (piece.kind == Piece::Kind::text) {
      xml.text(piece.name);
      continue;
    }
    if (piece.kind == Piece::Kind::close) {
      xml.close();
      continue;
    }
    xml.span("mml:" + piece.name);
    for (const Attribute& a : piece.attributes) {
      const std::string value = a.name == "id" ? xml.id(a.value) : a.value;
      if (a.name != "id" || !value.empty()) xml.attribute(a.name, value);
    }
    if (piece.kind == Piece::Kind::empty) xml.close();
  }
}

}  // namespace

bool write_math(XmlOut& xml, std::string_view mathml, std::string_view tex) {
  const std::optional<std::vector<Piece>> pieces = mathml.empty() ? std::nullopt : pieces_of(mathml);
  if (!pieces && tex.empty()) return false;
  const bool both = pieces && !tex.empty();
  if (both) xml.span("alternatives");
  if (pieces) write_pieces(xml, *pieces);
  if (!tex.empty()) xml.span("tex-math").text(tex).close();
  if (both) xml.close();
  return true;
}

}  // namespace colophon::formats::jats
