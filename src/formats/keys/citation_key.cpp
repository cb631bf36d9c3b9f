// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/citation_key.hpp"

#include <algorithm>
#include <variant>

#include "base/text.hpp"
#include "base/transliterate.hpp"
#include "formats/keys/markers.hpp"
#include "formats/keys/modifiers.hpp"

#include <fmt/format.h>

namespace colophon::formats {
namespace {

constexpr std::size_t kLongestPattern = 1'000;
constexpr std::size_t kLongestKey = 500;
constexpr std::size_t kMostNested = 4;

struct RegexChange {
  Regex regex;
  std::string replacement;
};
struct Fallback {
  std::vector<KeyPattern::Part> parts;
};
struct NamedChange {
  keys::Change change;
  std::size_t n;
};
using Modifier = std::variant<NamedChange, RegexChange, Fallback>;

}  // namespace

/// A text, or a marker with its modifiers.
struct KeyPattern::Part {
  std::string text;
  std::optional<keys::Marker> marker;
  std::vector<Modifier> modifiers;
};

struct KeyPattern::Parsed {
  std::vector<Part> parts;
  std::vector<std::string> notes;
};

namespace {

using Part = KeyPattern::Part;

std::string expanded(const std::vector<Part>& parts, const KeySource& source);

std::string without_blanks(std::string text) {
  std::erase_if(text, is_blank);
  return text;
}

struct Apply {
  std::string text;
  const KeySource& source;
  void operator()(const NamedChange& named) { text = named.change(text, named.n); }
  void operator()(const RegexChange& regex) { text = regex.regex.replace(text, regex.replacement); }
  void operator()(const Fallback& fallback) {
    if (trim(text).empty()) text = expanded(fallback.parts, source);
  }
};

std::string expanded(const std::vector<Part>& parts, const KeySource& source) {
  std::string out;
  for (const Part& part : parts) {
    if (!part.marker) {
      out += part.text;
      continue;
    }
    Apply apply{keys::cleaned(keys::value_of(*part.marker, source)), source};
    for (const Modifier& modifier : part.modifiers) std::visit([&](const auto& one) { apply(one); }, modifier);
    out += without_blanks(keys::cleaned(apply.text));
  }
  return out;
}

// --- reading a pattern -----------------------------------------------------------------------------------------------------------

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  // Up to the end, or up to the `end` that closes a nested pattern.
  Result<std::vector<Part>> pattern(char end, std::size_t depth) {
    std::vector<Part> out;
    std::string literal;
    const auto flush = [&] {
      if (!literal.empty()) out.push_back({std::exchange(literal, {}), std::nullopt, {}});
    };
    while (at_ < text_.size() && (end == '\0' || text_[at_] != end)) {
      const char c = text_[at_];
      if (c == '[') {
        flush();
        TRY_ASSIGN(Part part, marker(depth));
        out.push_back(std::move(part));
      } else if (c == ']') {
        return wrong("a “]” without its “[”", "write \\] if it is text, though keys cannot hold it");
      } else if (c == '\\') {
        if (at_ + 1 == text_.size()) return wrong("nothing follows the “\\”", "write the character that it stands before");
        literal += text_[at_ + 1];
        at_ += 2;
      } else {
        take_literal(literal);
      }
    }
    flush();
    return out;
  }

  std::vector<std::string> notes;

 private:
  std::unexpected<Error> wrong(std::string message, std::string hint) const {
    return wrong_at(at_, std::move(message), std::move(hint));
  }
  static std::unexpected<Error> wrong_at(std::size_t at, std::string message, std::string hint) {
    return fail(Errc::invalid, "the key pattern cannot be read: " + std::move(message), std::move(hint),
                fmt::format("column {}", at + 1));
  }
  bool takes(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  // Text outside markers: what JabRef leaves out of keys is left out unless it is escaped.
  void take_literal(std::string& literal) {
    std::size_t next = at_;
    next_code_point(text_, next);
    const std::string_view character = text_.substr(at_, next - at_);
    const std::string kept = without_blanks(keys::cleaned(character));
    const bool escapable = character.size() == 1 && escape_key(character) == character;
    if (kept.empty() && escapable)
      notes.push_back(
          fmt::format("“{}” in column {} is left out, as in JabRef; write \\{} to keep it", character, at_ + 1, character));
    literal += kept;
    at_ = next;
  }

  Result<Part> marker(std::size_t depth) {
    const std::size_t open = at_++;
    const std::size_t end = std::min(text_.find_first_of(":]", at_), text_.size());
    const std::string_view name = text_.substr(at_, end - at_);
    if (end == text_.size()) return wrong_at(open, "the “[” is not closed", "write ] behind the marker");
    if (name.empty()) return wrong_at(open, "a marker without a name", "write as in [auth]");
    const std::size_t odd = name.find_first_of("[(\"\\ ");
    if (odd != std::string_view::npos)
      return wrong_at(at_ + odd, fmt::format("“{}” in the name of a marker", name[odd]), "write as in [auth]");
    Part part{{}, keys::marker_named(name), {}};
    if (!part.marker->field.empty() && !keys::is_field(part.marker->field))
      notes.push_back(fmt::format("no field “{}” is known; the marker is empty unless an entry has it", name));
    at_ = end;
    while (takes(':')) {
      TRY_ASSIGN(Modifier one, modifier(depth));
      part.modifiers.push_back(std::move(one));
    }
    if (!takes(']')) return wrong("a “]” or “:” should follow the modifier", "write as in [auth:lower]");
    return part;
  }

  Result<Modifier> modifier(std::size_t depth) {
    if (at_ < text_.size() && text_[at_] == '(') return fallback(depth);
    const std::size_t begin = at_;
    while (at_ < text_.size() && (is_ascii_alpha(text_[at_]) || is_ascii_digit(text_[at_]) || text_[at_] == '_')) ++at_;
    const std::string_view name = text_.substr(begin, at_ - begin);
    if (name == "regex") return regex();
    std::size_t n = 0;
    if (const keys::ModifierRow* row = keys::modifier_named(name, n)) return NamedChange{row->change, n};
    std::vector<std::string> known = keys::modifier_names();
    known.emplace_back("regex");
    const std::string_view near = nearest(name, known);
    return wrong_at(begin, fmt::format("there is no modifier “{}”", name),
                    near.empty() ? fmt::format("there are {}", fmt::join(known, ", ")) : fmt::format("did you mean “{}”?", near));
  }

  Result<Modifier> fallback(std::size_t depth) {
    const std::size_t open = at_++;
    if (depth >= kMostNested) return wrong_at(open, "too many patterns one in the other", "write it with fewer");
    TRY_ASSIGN(std::vector<Part> parts, pattern(')', depth + 1));
    if (!takes(')')) return wrong_at(open, "the “(” is not closed", "write as in [volume:(unknown)]");
    return Fallback{std::move(parts)};
  }

  Result<Modifier> regex() {
    const std::size_t begin = at_;
    if (!takes('(')) return wrong("regex needs two texts", "write as in regex(\"a\", \"b\")");
    TRY_ASSIGN(const std::string pattern, quoted());
    skip_blanks();
    if (!takes(',')) return wrong("regex needs a second text", "write as in regex(\"a\", \"b\")");
    TRY_ASSIGN(std::string replacement, quoted());
    skip_blanks();
    if (!takes(')')) return wrong_at(begin, "the “(” of regex is not closed", "write as in regex(\"a\", \"b\")");
    Result<Regex> compiled = Regex::parse(pattern);
    if (!compiled) return wrong_at(begin, compiled.error().message, compiled.error().hint);
    return RegexChange{std::move(*compiled), std::move(replacement)};
  }

  void skip_blanks() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  }
  // As in JabRef "\\" is one backslash, and "\" before another character takes that as it is.
  Result<std::string> quoted() {
    skip_blanks();
    const std::size_t open = at_;
    if (!takes('"')) return wrong("a text in quotes should stand here", "write as in regex(\"a\", \"b\")");
    std::string out;
    for (; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      out += text_[at_];
    }
    if (!takes('"')) return wrong_at(open, "the quote is not closed", "write \" behind the text");
    return out;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

bool is_key_character(char c) {
  return is_ascii_alpha(c) || is_ascii_digit(c) || std::string_view("-_:./+").find(c) != std::string_view::npos;
}

}  // namespace

Result<KeyPattern> KeyPattern::parse(std::string_view text) {
  if (text.size() > kLongestPattern)
    return fail(Errc::invalid, "the key pattern is too long", fmt::format("write at most {} bytes", kLongestPattern));
  if (!is_utf8(text))
    return fail(Errc::invalid, "the key pattern is no UTF-8", "write it with letters, digits and markers in brackets");
  Parser parser(text);
  TRY_ASSIGN(std::vector<Part> parts, parser.pattern('\0', 0));
  if (parts.empty()) return fail(Errc::invalid, "the key pattern is empty", fmt::format("write as in {}", kDefaultKeyPattern));
  return KeyPattern(std::make_shared<const Parsed>(Parsed{std::move(parts), std::move(parser.notes)}));
}

std::string KeyPattern::key(const KeySource& source) const {
  return escape_key(expanded(parsed_->parts, source)).substr(0, kLongestKey);
}

const std::vector<std::string>& KeyPattern::notes() const { return parsed_->notes; }

std::string citation_key(const bib::Work& work) {
  static const KeyPattern kPattern = *KeyPattern::parse(kDefaultKeyPattern);
  return kPattern.key({&work, {}});
}

std::string escape_key(std::string_view text) {
  std::string out = to_ascii(text);
  std::erase_if(out, [](char c) { return !is_key_character(c); });
  return out;
}

}  // namespace colophon::formats
