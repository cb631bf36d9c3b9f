// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats_xml/prepass.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <unordered_map>

#include "base/text.hpp"
#include "formats_xml/encoding.hpp"
#include "formats_xml/entities.hpp"

#include <fmt/format.h>

namespace colophon::formats_xml {
namespace {

using formats::Outcome;

constexpr std::size_t kMaxEntityName = 64;
constexpr std::size_t kMaxWarnings = 20;
constexpr std::array<std::string_view, 5> kXml = {"amp", "lt", "gt", "quot", "apos"};

void refuse(Prepared& out, Outcome outcome, std::string code, std::string message, std::string hint, std::uint32_t line) {
  out.outcome = outcome;
  out.rewritten.reset();
  out.as_is = {};
  out.diagnostics.push_back({Severity::error, std::move(code), std::move(message), std::move(hint), {{}, line, 0, 0}});
}

std::uint32_t line_at(std::string_view text, std::size_t at) {
  return static_cast<std::uint32_t>(1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

// --- files that need no pass: nearly all ---------------------------------------------------------------------------------------

// Behind a document type declaration without a part of its own; npos for any other.
std::size_t end_of_plain_doctype(std::string_view text, std::size_t at) {
  while ((at = text.find_first_of("[%\"'>", at)) != std::string_view::npos) {
    if (text[at] == '>') return at + 1;
    if (text[at] == '[' || text[at] == '%') break;
    at = text.find(text[at], at + 1);
    if (at == std::string_view::npos) break;
    ++at;
  }
  return std::string_view::npos;
}

// Where the root element begins, behind declaration, comments, instructions and a plain document type declaration; npos when there is
// anything else.
std::size_t root_of(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    const auto behind = [&](std::string_view end) {
      const std::size_t found = rest.find(end);
      return found == std::string_view::npos ? text.size() : at + found + end.size();
    };
    if (is_blank(rest[0])) ++at;
    else if (rest.starts_with("<?")) at = behind("?>");
    else if (rest.starts_with("<!--")) at = behind("-->");
    else if (rest.starts_with("<!DOCTYPE")) at = end_of_plain_doctype(text, at);
    else return rest[0] == '<' ? at : std::string_view::npos;
  }
  return std::string_view::npos;
}

// Whether every "&" begins a reference that the parser knows: to a number or one of the five names.
bool has_plain_references_only(std::string_view text) {
  for (std::size_t at = 0; (at = text.find('&', at)) != std::string_view::npos; ++at) {
    const std::string_view name = text.substr(at + 1, 5);
    if (!name.starts_with('#') && !name.starts_with("lt;") && !name.starts_with("gt;") && !name.starts_with("amp;") &&
        name != "quot;" && name != "apos;")
      return false;
  }
  return true;
}

// Whether the tag at the beginning of `text` ends within it, if it is one. "<" stands in no tag.
bool is_short_tag(std::string_view text) {
  if (text.starts_with("<!") || text.starts_with("<?")) return true;
  char quote = 0;
  for (const char c : text) {
    if (c == quote) quote = 0;
    else if (quote == 0 && c == '>') return true;
    else if (quote == 0 && (c == '"' || c == '\'')) quote = c;
  }
  return false;
}

// Whether no tag is longer than kShortTag, which has no room for too many attributes. As "<" stands in no tag, only stretches without
// one are looked at: by leaps from one "<" to the last one within reach.
bool has_short_tags_only(std::string_view text) {
  constexpr std::size_t kShortTag = kMaxAttributes * 4;  // a=""
  for (std::size_t at = text.find('<'); at != std::string_view::npos;) {
    if (text.size() - at <= kShortTag) return true;
    const void* const last = memrchr(text.data() + at + 1, '<', kShortTag);  // several times as fast as rfind()
    if (last) {
      at = static_cast<std::size_t>(static_cast<const char*>(last) - text.data());
      continue;
    }
    if (!is_short_tag(text.substr(at, kShortTag))) return false;
    at = text.find('<', at + kShortTag);
  }
  return true;
}

// Gives the text as it is, from the root on, when it needs no change.
bool take_as_it_is(const Decoded& decoded, Prepared& out) {
  const std::string_view text = decoded.text();
  const std::size_t root = root_of(text);
  if (root == std::string_view::npos || !has_plain_references_only(text.substr(root)) || !has_short_tags_only(text.substr(root)))
    return false;
  out.line = line_at(text, root);
  out.begin = root;
  return true;
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
  /// `short_tags`: as has_short_tags_only() says; then none has to be looked through for its attributes.
  Pass(std::string_view text, bool short_tags, Prepared& result) : in_(text), short_tags_(short_tags), result_(result) {}

  void run() {
    out_.reserve(in_.size() + in_.size() / 16);
    blank_declaration();
    while (at_ < in_.size() && result_.outcome == Outcome::ok) {
      static constexpr Stops kMarkup = stops("<&");
      copy_to(short_tags_ ? next_beside_tags() : find_stop(in_, at_, kMarkup));
      if (at_ == in_.size()) break;
      if (in_[at_] == '&') reference();
      else markup();
      if (out_.size() > done_ + kMaxGrowth)
        stop(Outcome::too_large, "xml.too-large", "the text grows by more than 8 MB by its entities",
             "write the characters themselves");
    }
    if (result_.outcome == Outcome::ok) result_.rewritten = std::move(out());
  }

 private:
  // The next "&", "<!" or "<?", or the end. By each one's rarer sign, and where that was found last: tags, which are many, are not
  // stopped at.
  std::size_t next_beside_tags() {
    for (auto& [sign, before, found] : beside_) {
      if (found != std::string_view::npos && found >= at_) continue;
      std::size_t at = at_;
      do at = in_.find(sign, at + before);
      while (before > 0 && at != std::string_view::npos && in_[at - before] != '<');
      found = at == std::string_view::npos ? in_.size() : at - before;
    }
    return std::ranges::min(beside_, {}, &Beside::found).found;
  }

  std::string_view rest() const { return in_.substr(at_); }
  std::uint32_t line() const { return line_at(in_, std::min(at_, in_.size())); }

  void stop(Outcome outcome, std::string code, std::string message, std::string hint) {
    refuse(result_, outcome, std::move(code), std::move(message), std::move(hint), line());
    at_ = in_.size();
  }

  // Copied in one piece with what surrounds it, by out().
  void copy_to(std::size_t end) { at_ = end; }

  // What is written, with all before at_ that stays as it is.
  std::string& out() {
    out_.append(in_.substr(done_, at_ - done_));
    done_ = at_;
    return out_;
  }

  void blank_to(std::size_t end) {
    std::string& blanks = out();
    for (; at_ < end; ++at_) blanks.push_back(in_[at_] == '\n' ? '\n' : ' ');
    done_ = at_;
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
    const char sign = at_ + 1 < in_.size() ? in_[at_ + 1] : '\0';
    if (sign != '!' && sign != '?') return tag();
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
    const std::string_view name = in_.substr(at_ + 1, end - at_ - 1);
    const bool named = !name.empty() && end < in_.size() && in_[end] == ';';
    if (!named || std::ranges::find(kXml, name) != kXml.end())
      return copy_to(named ? end + 1 : at_ + 1);  // &#…; and stray ampersands are the parser's
    if (const auto own = own_.find(std::string(name)); own != own_.end()) append_character(out(), own->second);
    else if (const std::string_view known = named_character(name); !known.empty()) append_character(out(), known);
    else keep_unknown(name);
    at_ = done_ = end + 1;
  }

  void keep_unknown(std::string_view name) {
    out() += fmt::format("&amp;{};", name);
    if (std::ranges::count(result_.diagnostics, std::string("xml.unknown-entity"), &Diagnostic::code) >=
        static_cast<std::ptrdiff_t>(kMaxWarnings))
      return;
    result_.diagnostics.push_back({Severity::warning,
                                   "xml.unknown-entity",
                                   fmt::format("“&{};” is no known character; kept as text", printable(name)),
                                   "write the character itself",
                                   {{}, line(), 0, 0}});
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
    const std::string_view text = in_.substr(at);
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
    const std::string_view name = in_.substr(begin, at - begin);
    skip();
    if (at >= in_.size()) return cut_off();
    if (in_[at] != '"' && in_[at] != '\'') return refuse_entity("an external entity", begin), std::string::npos;
    const std::size_t end = in_.find(in_[at], at + 1);
    if (end == std::string::npos) return cut_off();
    const std::optional<std::string> text = plain_value(in_.substr(at + 1, end - at - 1));
    if (!text) return refuse_entity("an entity made of others or of markup", begin), std::string::npos;
    own_.try_emplace(std::string(name), *text);  // the first declaration holds (XML 1.0, 4.2)
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

  struct Beside {
    char sign = 0;
    std::size_t before = 0;                      // bytes of what it is a part of
    std::size_t found = std::string_view::npos;  // not looked for yet
  };

  std::string_view in_;
  bool short_tags_;
  std::string out_;
  std::size_t at_ = 0;
  std::size_t done_ = 0;  ///< so much of the text is in out_
  std::array<Beside, 3> beside_ = {{{'&', 0}, {'!', 1}, {'?', 1}}};
  std::unordered_map<std::string, std::string> own_;
  Prepared& result_;
};

}  // namespace

Prepared prepare_xml(ZeroEnded bytes) {
  Prepared out;
  if (bytes.size() > kMaxFileBytes) {
    refuse(out, Outcome::too_large, "xml.too-large", "the file is larger than 64 MB", "split it, or remove embedded data", 0);
    return out;
  }
  Decoded decoded = decode_xml(bytes);
  out.diagnostics = std::move(decoded.diagnostics);
  if (!decoded.readable) {
    out.outcome = Outcome::unsupported;
    return out;
  }
  const std::string_view text = decoded.text();
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
    refuse(out, Outcome::damaged, "xml.nul", "the file holds a NUL byte, which XML does not allow",
           "it may be cut off or binary; fetch it again", line_at(text, nul));
  } else if (take_as_it_is(decoded, out)) {
    out.as_is = decoded.as_is;
    out.rewritten = std::move(decoded.anew);
  } else {
    Pass(text, has_short_tags_only(text), out).run();
  }
  return out;
}

}  // namespace colophon::formats_xml
