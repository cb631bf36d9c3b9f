// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats_xml/prepass.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <unordered_map>

#include "base/text.hpp"
#include "formats_xml/entities.hpp"

#include <fmt/format.h>

namespace colophon::formats_xml {
namespace {

using formats::Outcome;

constexpr std::size_t kMaxEntityName = 64;
constexpr std::size_t kMaxWarnings = 20;

// --- encoding ----------------------------------------------------------------------------------------------------------------

std::string from_utf16(std::string_view bytes, bool big) {
  const auto unit = [&](std::size_t at) {
    const auto a = static_cast<unsigned char>(bytes[at]), b = static_cast<unsigned char>(bytes[at + 1]);
    return static_cast<char32_t>(big ? a << 8 | b : b << 8 | a);
  };
  std::string out;
  out.reserve(bytes.size() / 2 + bytes.size() / 8);
  for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
    char32_t c = unit(at);
    const bool pair = c >= 0xD800 && c < 0xDC00 && at + 3 < bytes.size() && unit(at + 2) >= 0xDC00 && unit(at + 2) < 0xE000;
    if (pair) {
      c = 0x10000 + ((c - 0xD800) << 10) + (unit(at + 2) - 0xDC00);
      at += 2;
    }
    append_utf8(out, c >= 0xD800 && c < 0xE000 ? 0xFFFD : c);
  }
  return out;
}

// The value of encoding="…" in the XML declaration that the text starts with, in lower case.
std::string declared_encoding(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos || !text.substr(begin).starts_with("<?xml")) return {};
  const std::string_view declaration = text.substr(begin, std::min(text.find("?>", begin), begin + 300) - begin);
  std::size_t at = declaration.find("encoding");
  if (at == std::string_view::npos) return {};
  at = declaration.find_first_of("\"'", at);
  if (at == std::string_view::npos) return {};
  const std::size_t end = declaration.find(declaration[at], at + 1);
  if (end == std::string_view::npos) return {};
  return ascii_lower(trim(declaration.substr(at + 1, end - at - 1)));
}

bool is_ascii(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

template <std::size_t N>
bool one_of(std::string_view text, const std::array<std::string_view, N>& list) {
  return std::ranges::find(list, text) != list.end();
}

constexpr std::array<std::string_view, 5> kUtf8 = {"", "utf-8", "utf8", "us-ascii", "ascii"};
constexpr std::array<std::string_view, 6> kUtf16 = {"utf-16", "utf16", "utf-16le", "utf-16be", "ucs-2", "iso-10646-ucs-2"};
constexpr std::array<std::string_view, 8> kLatin1 = {"iso-8859-1", "iso8859-1",    "iso_8859-1", "latin1",
                                                     "latin-1",    "windows-1252", "cp1252",     "ansi_x3.4"};

Diagnostic warning(std::string code, std::string message, std::string hint, std::uint32_t line = 1) {
  return {Severity::warning, std::move(code), std::move(message), std::move(hint), {{}, line, 0, 0}};
}

void refuse(Prepared& out, Outcome outcome, std::string code, std::string message, std::string hint, std::uint32_t line) {
  out.outcome = outcome;
  out.text.clear();
  out.diagnostics.push_back({Severity::error, std::move(code), std::move(message), std::move(hint), {{}, line, 0, 0}});
}

// UTF-16 by its byte order mark, or by "<" in two bytes at the start.
std::optional<std::string> if_utf16(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (bytes.starts_with("\xFF\xFE"sv)) return from_utf16(bytes.substr(2), false);
  if (bytes.starts_with("\xFE\xFF"sv)) return from_utf16(bytes.substr(2), true);
  if (bytes.starts_with("<\0"sv)) return from_utf16(bytes, false);
  if (bytes.starts_with("\0<"sv)) return from_utf16(bytes, true);
  return std::nullopt;
}

void decode(std::string_view bytes, Prepared& out) {
  using namespace std::string_view_literals;
  if (bytes.starts_with("\xFF\xFE\0\0"sv) || bytes.starts_with("\0\0\xFE\xFF"sv))
    return refuse(out, Outcome::unsupported, "xml.encoding", "the file is in UTF-32", "convert it to UTF-8", 1);
  if (std::optional<std::string> wide = if_utf16(bytes)) {
    out.text = std::move(*wide);
    return;
  }
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  const std::string declared = declared_encoding(bytes);
  if (is_ascii(bytes)) {
    out.text = bytes;
    return;
  }
  const bool utf8 = is_utf8(bytes);
  if (utf8) {
    if (!one_of(declared, kUtf8))
      out.diagnostics.push_back(warning("xml.encoding",
                                        fmt::format("the file says {} but is UTF-8; read as UTF-8", printable(declared)),
                                        "correct its XML declaration"));
    out.text = bytes;
    return;
  }
  if (one_of(declared, kLatin1)) {
    out.text = from_windows_1252(bytes);
    return;
  }
  if (!one_of(declared, kUtf8) && !one_of(declared, kUtf16))
    return refuse(out, Outcome::unsupported, "xml.encoding", fmt::format("the encoding {} is not read", printable(declared)),
                  "convert the file to UTF-8", 1);
  const auto bad = static_cast<std::uint32_t>(
      1 +
      std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(to_valid_utf8(bytes).find("\xEF\xBF\xBD")), '\n'));
  out.diagnostics.push_back(warning("xml.encoding", "the file says UTF-8 but is not; read as Windows-1252",
                                    "check its accented letters, and convert it to UTF-8", bad));
  out.text = from_windows_1252(bytes);
}

// --- the pass ----------------------------------------------------------------------------------------------------------------

// Characters that would be markup stay references.
void append_character(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '<': out += "&#60;"; break;
      case '&': out += "&#38;"; break;
      case '"': out += "&#34;"; break;
      case '\'': out += "&#39;"; break;
      case '\n':
      case '\r': out += ' '; break;  // lines stay where they were
      default: out.push_back(c);
    }
  }
}

bool is_name_char(char c) {
  return is_ascii_alpha(c) || is_ascii_digit(c) || c == '_' || c == '-' || c == '.' || c == ':' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// The first of the marked bytes at or behind `at`, or the end. Several times as fast as find_first_of.
using Stops = std::array<bool, 256>;
constexpr Stops stops(std::string_view bytes) {
  Stops out{};
  for (const char c : bytes) out[static_cast<unsigned char>(c)] = true;
  return out;
}
std::size_t find_stop(std::string_view text, std::size_t at, const Stops& stop) {
  while (at < text.size() && !stop[static_cast<unsigned char>(text[at])]) ++at;
  return at;
}

class Pass {
 public:
  explicit Pass(Prepared& result) : in_(std::move(result.text)), result_(result) {}

  void run() {
    out_.reserve(in_.size() + in_.size() / 64);
    blank_declaration();
    while (at_ < in_.size() && result_.outcome == Outcome::ok) {
      static constexpr Stops kMarkup = stops("<&");
      copy_to(find_stop(in_, at_, kMarkup));
      if (at_ == in_.size()) break;
      if (in_[at_] == '&') reference();
      else markup();
      if (out_.size() > kMaxFileBytes)
        stop(Outcome::too_large, "xml.too-large", "the text grows beyond 64 MB by its entities",
             "write the characters themselves");
    }
    if (result_.outcome == Outcome::ok) result_.text = std::move(out_);
  }

 private:
  std::string_view rest() const { return std::string_view(in_).substr(at_); }
  std::uint32_t line() const {
    return static_cast<std::uint32_t>(
        1 + std::count(in_.begin(), in_.begin() + static_cast<std::ptrdiff_t>(std::min(at_, in_.size())), '\n'));
  }

  void stop(Outcome outcome, std::string code, std::string message, std::string hint) {
    refuse(result_, outcome, std::move(code), std::move(message), std::move(hint), line());
    at_ = in_.size();
  }

  void copy_to(std::size_t end) {
    out_.append(in_, at_, end - at_);
    at_ = end;
  }

  void blank_to(std::size_t end) {
    for (; at_ < end; ++at_) out_.push_back(in_[at_] == '\n' ? '\n' : ' ');
  }

  // The parser is given UTF-8, whatever the declaration says.
  void blank_declaration() {
    const std::size_t begin = in_.find_first_not_of(" \t\r\n");
    if (begin == std::string::npos || in_.compare(begin, 5, "<?xml") != 0 || begin + 5 >= in_.size() || !is_blank(in_[begin + 5]))
      return;
    const std::size_t end = in_.find("?>", begin);
    if (end != std::string::npos) blank_to(end + 2);
  }

  void markup() {
    if (rest().starts_with("<!--")) return copy_through("-->");
    if (rest().starts_with("<![CDATA[")) return copy_through("]]>");
    if (rest().starts_with("<?")) return copy_through("?>");
    if (rest().starts_with("<!DOCTYPE")) return doctype();
    tag();
  }

  void copy_through(std::string_view end) {
    const std::size_t found = in_.find(end, at_);
    copy_to(found == std::string::npos ? in_.size() : found + end.size());
  }

  // Copies a tag with the references in its attributes, and measures it.
  void tag() {
    const std::size_t begin = at_;
    std::size_t attributes = 0;
    copy_to(at_ + 1);
    while (at_ < in_.size()) {
      static constexpr Stops kInTag = stops("\"'>");
      const std::size_t next = find_stop(in_, at_, kInTag);
      if (next - begin >= kMaxTagBytes || next == in_.size()) break;
      copy_to(next + 1);
      if (in_[next] == '>') return;
      ++attributes;
      if (!value(in_[next], begin)) break;
      if (attributes > kMaxAttributes)
        return stop(Outcome::damaged, "xml.too-many-attributes", fmt::format("a tag has more than {} attributes", kMaxAttributes),
                    "this is no publication; have it exported anew");
    }
    if (result_.outcome != Outcome::ok) return;
    if (at_ - begin > kMaxTagBytes || in_.size() - begin > kMaxTagBytes)
      return stop(Outcome::damaged, "xml.long-tag", "a tag is longer than 64 KB", "a quotation mark or “>” may be missing there");
    copy_to(in_.size());  // cut off inside a tag: the parser says so
  }

  // The rest of an attribute's value and its closing quote; false when there is none within the limit.
  bool value(char quote, std::size_t begin) {
    while (at_ < in_.size()) {
      static constexpr Stops kDouble = stops("\"&"), kSingle = stops("'&");
      const std::size_t next = find_stop(in_, at_, quote == '"' ? kDouble : kSingle);
      if (next == in_.size() || next - begin > kMaxTagBytes) return false;
      copy_to(next);
      if (in_[next] == quote) return copy_to(next + 1), true;
      reference();
    }
    return false;
  }

  // At "&": a character of the tables, an entity of the document, or text.
  void reference() {
    std::size_t end = at_ + 1;
    while (end < in_.size() && end - at_ <= kMaxEntityName && is_name_char(in_[end])) ++end;
    const std::string_view name = std::string_view(in_).substr(at_ + 1, end - at_ - 1);
    static constexpr std::array<std::string_view, 5> kXml = {"amp", "lt", "gt", "quot", "apos"};
    const bool named = !name.empty() && end < in_.size() && in_[end] == ';';
    if (!named || one_of(name, kXml)) return copy_to(named ? end + 1 : at_ + 1);  // &#…; and stray ampersands are the parser's
    if (const auto own = own_.find(std::string(name)); own != own_.end()) append_character(out_, own->second);
    else if (const std::string_view known = named_character(name); !known.empty()) append_character(out_, known);
    else keep_unknown(name);
    at_ = end + 1;
  }

  void keep_unknown(std::string_view name) {
    out_ += fmt::format("&amp;{};", name);
    if (std::ranges::count(result_.diagnostics, std::string("xml.unknown-entity"), &Diagnostic::code) >=
        static_cast<std::ptrdiff_t>(kMaxWarnings))
      return;
    result_.diagnostics.push_back(warning("xml.unknown-entity",
                                          fmt::format("“&{};” is no known character; kept as text", printable(name)),
                                          "write the character itself", line()));
  }

  // --- <!DOCTYPE … [ … ]>: read for its entities, then blanked ---

  void doctype() {
    std::size_t at = at_ + 9;
    for (bool inside = false; at < in_.size(); ++at) {
      const char c = in_[at];
      if (c == '"' || c == '\'') {
        at = in_.find(c, at + 1);
        if (at == std::string::npos) return copy_to(in_.size());
      } else if (c == '[') {
        inside = true;
      } else if (c == ']') {
        inside = false;
      } else if (c == '>' && !inside) {
        return blank_to(at + 1);
      } else if (inside && c == '<') {
        at = declaration(at);
        if (at == std::string::npos) return;
      } else if (inside && c == '%') {
        return refuse_entity("a parameter entity", at);
      }
    }
    copy_to(in_.size());
  }

  void refuse_entity(std::string_view what, std::size_t at) {
    at_ = at;
    stop(Outcome::damaged, "xml.entity-declaration",
         fmt::format("the document type declaration holds {}, which is not read", what),
         "remove the part between “[” and “]” of <!DOCTYPE …>");
  }

  // One declaration of the internal subset, at its "<"; its last byte, or npos when refused or cut off.
  std::size_t declaration(std::size_t at) {
    const std::string_view text = std::string_view(in_).substr(at);
    if (text.starts_with("<!--")) return last_of(at, "-->");
    if (text.starts_with("<?")) return last_of(at, "?>");
    if (text.starts_with("<!ENTITY")) return entity(at + 8);
    for (std::size_t i = at; i < in_.size(); ++i) {
      if (in_[i] == '>') return i;
      if (in_[i] != '"' && in_[i] != '\'') continue;
      i = in_.find(in_[i], i + 1);
      if (i == std::string::npos) break;
    }
    return cut_off();
  }

  std::size_t last_of(std::size_t at, std::string_view end) {
    const std::size_t found = in_.find(end, at);
    return found == std::string::npos ? cut_off() : found + end.size() - 1;
  }

  std::size_t cut_off() {
    copy_to(in_.size());
    return std::string::npos;
  }

  // name "value" >; `at` stands behind <!ENTITY.
  std::size_t entity(std::size_t at) {
    const auto skip = [&] { at = std::min(in_.find_first_not_of(" \t\r\n", at), in_.size()); };
    skip();
    if (at < in_.size() && in_[at] == '%') return refuse_entity("a parameter entity", at), std::string::npos;
    const std::size_t begin = at;
    while (at < in_.size() && is_name_char(in_[at])) ++at;
    const std::string name = in_.substr(begin, at - begin);
    skip();
    if (at >= in_.size()) return cut_off();
    if (in_[at] != '"' && in_[at] != '\'') return refuse_entity("an external entity", begin), std::string::npos;
    const std::size_t end = in_.find(in_[at], at + 1);
    if (end == std::string::npos) return cut_off();
    const std::optional<std::string> text = plain_value(std::string_view(in_).substr(at + 1, end - at - 1));
    if (!text) return refuse_entity("an entity made of others or of markup", begin), std::string::npos;
    own_.try_emplace(name, *text);  // the first declaration holds (XML 1.0, 4.2)
    at = end + 1;
    skip();
    if (at < in_.size() && in_[at] != '>') return refuse_entity("an unparsed entity", begin), std::string::npos;
    return at < in_.size() ? at : cut_off();
  }

  // Characters and numeric references only.
  static std::optional<std::string> plain_value(std::string_view value) {
    std::string out;
    for (std::size_t at = 0; at < value.size(); ++at) {
      if (value[at] == '%' || value[at] == '<') return std::nullopt;
      if (value[at] != '&') {
        out.push_back(value[at]);
        continue;
      }
      const std::size_t end = value.find(';', at);
      const bool number = at + 2 < value.size() && value[at + 1] == '#' && end != std::string_view::npos && end - at < 12;
      if (!number) return std::nullopt;
      const std::optional<char32_t> c = code_point(value.substr(at + 2, end - at - 2));
      if (!c || *c == '&' || *c == '<' || *c == '%') return std::nullopt;
      append_utf8(out, *c);
      at = end;
    }
    return out;
  }

  static std::optional<char32_t> code_point(std::string_view digits) {
    const bool hex = digits.starts_with('x');
    if (hex) digits.remove_prefix(1);
    char32_t value = 0;
    for (const char c : digits) {
      const char low = static_cast<char>(c | 0x20);
      const int digit = is_ascii_digit(c) ? c - '0' : hex && low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
      if (digit < 0) return std::nullopt;
      value = value * (hex ? 16 : 10) + static_cast<char32_t>(digit);
    }
    const bool valid = !digits.empty() && value < 0x110000 && (value < 0xD800 || value >= 0xE000) &&
                       (value >= 0x20 || value == '\n' || value == '\t');
    return valid ? std::optional(value) : std::nullopt;
  }

  std::string in_;
  std::string out_;
  std::size_t at_ = 0;
  std::unordered_map<std::string, std::string> own_;
  Prepared& result_;
};

}  // namespace

Prepared prepare_xml(std::string_view bytes) {
  Prepared out;
  if (bytes.size() > kMaxFileBytes) {
    refuse(out, Outcome::too_large, "xml.too-large", "the file is larger than 64 MB", "split it, or remove embedded data", 0);
    return out;
  }
  decode(bytes, out);
  if (out.outcome != Outcome::ok) return out;
  if (const std::size_t nul = out.text.find('\0'); nul != std::string::npos) {
    const auto line =
        static_cast<std::uint32_t>(1 + std::count(out.text.begin(), out.text.begin() + static_cast<std::ptrdiff_t>(nul), '\n'));
    refuse(out, Outcome::damaged, "xml.nul", "the file holds a NUL byte, which XML does not allow",
           "it may be cut off or binary; fetch it again", line);
    return out;
  }
  Pass(out).run();
  return out;
}

}  // namespace colophon::formats_xml
