// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "formats/bibtex/lint/lint.hpp"
#include "formats/bibtex/tex.hpp"

#include <fmt/format.h>

namespace colophon::formats::bibtex {
namespace {

constexpr std::size_t kMostEdits = 1'000;  // of one finding

struct Entity {
  std::string_view name;
  char32_t character;
};
constexpr std::array kEntities = {
    Entity{"amp", U'&'},         Entity{"lt", U'<'},          Entity{"gt", U'>'},          Entity{"quot", U'"'},
    Entity{"apos", U'\''},       Entity{"nbsp", 0xA0},        Entity{"ndash", U'\u2013'},  Entity{"mdash", U'\u2014'},
    Entity{"lsquo", U'\u2018'},  Entity{"rsquo", U'\u2019'},  Entity{"ldquo", U'\u201C'},  Entity{"rdquo", U'\u201D'},
    Entity{"hellip", U'\u2026'}, Entity{"eacute", U'\u00E9'}, Entity{"egrave", U'\u00E8'}, Entity{"auml", U'\u00E4'},
    Entity{"ouml", U'\u00F6'},   Entity{"uuml", U'\u00FC'},   Entity{"szlig", U'\u00DF'},  Entity{"ntilde", U'\u00F1'},
    Entity{"ccedil", U'\u00E7'}, Entity{"deg", U'\u00B0'},    Entity{"micro", U'\u00B5'},  Entity{"times", U'\u00D7'},
};

// The character that "&name;", "&#39;" or "&#x27;" stands for; `body` is without "&" and ";".
std::optional<char32_t> character_of(std::string_view body) {
  if (!body.starts_with('#')) {
    const auto found = std::ranges::find(kEntities, body, &Entity::name);
    return found == kEntities.end() ? std::nullopt : std::optional(found->character);
  }
  const bool hex = body.size() > 1 && (body[1] == 'x' || body[1] == 'X');
  const std::string_view digits = body.substr(hex ? 2 : 1);
  std::uint32_t code = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code, hex ? 16 : 10);
  const bool good = error == std::errc() && end == digits.data() + digits.size() && code >= 0x20 && code < 0x110000 &&
                    (code < 0xD800 || code > 0xDFFF);
  return good ? std::optional(static_cast<char32_t>(code)) : std::nullopt;
}

bool is_verbatim(const LintField& field) {
  return field.is(Form::url) || field.is(Form::identifier) || field.is(Form::eprint) || field.name == "file";
}

std::string as_value(char32_t character, bool verbatim) {
  std::string text;
  append_utf8(text, character);
  if (verbatim || static_cast<std::uint32_t>(character) >= 0x80) return text;
  if (character == U'"') return "\\textquotedbl{}";  // a quote would end a quoted value
  if (character == U'<' || character == U'>')
    return character == U'<' ? "\\textless{}" : "\\textgreater{}";  // not in TeX's old fonts
  return encode(text);
}

void check_entities(const LintContext& at, const LintField& field) {
  std::vector<Edit> edits;
  std::string_view first;
  for (std::size_t amp = field.value.find('&'); amp != std::string_view::npos; amp = field.value.find('&', amp + 1)) {
    const std::size_t end = field.value.substr(0, std::min(field.value.size(), amp + 12)).find(';', amp);
    if (end == std::string_view::npos) continue;
    const std::optional<char32_t> character = character_of(field.value.substr(amp + 1, end - amp - 1));
    if (!character) continue;
    const bool escaped = amp > 0 && field.value[amp - 1] == '\\';  // "\&amp;"
    const std::size_t begin = escaped ? amp - 1 : amp;
    const std::string_view entity = field.value.substr(begin, end + 1 - begin);
    if (first.empty()) first = entity;
    if (edits.size() >= kMostEdits) break;
    for (Edit& edit : at.replace(field, entity, as_value(*character, is_verbatim(field)))) edits.push_back(std::move(edit));
  }
  if (first.empty()) return;
  at.report->add("bibtex.html-entity", at.place(field, first), fmt::format("“{}” is HTML", first), "write the character itself",
                 std::move(edits));
}

void check_tags(const LintContext& at, const LintField& field) {
  static constexpr std::array<std::string_view, 14> kTags = {"<i>", "<b>",  "<em>",  "<sub>", "<sup>", "<strong>", "<span",
                                                             "<p>", "<br>", "<br/>", "<scp>", "<inf>", "<jats:",   "<mml:"};
  for (std::size_t open = field.value.find('<'); open != std::string_view::npos; open = field.value.find('<', open + 1)) {
    const std::string_view rest = field.value.substr(open, 12);
    const bool tag = std::ranges::any_of(
        kTags, [&](std::string_view t) { return rest.size() >= t.size() && iequals(rest.substr(0, t.size()), t); });
    if (!tag) continue;
    return at.report->add("bibtex.html-markup", at.place(field, field.value.substr(open, 1)),
                          fmt::format("HTML markup in “{}”", field.name),
                          "write it as TeX: \\emph{…}, \\textsubscript{…}, \\textsuperscript{…}");
  }
}

// The length of an unprintable character at `i`, or 0: controls, zero-width and directional characters, soft hyphens.
std::size_t unprintable(std::string_view text, std::size_t i) {
  const auto byte = static_cast<unsigned char>(text[i]);
  if (byte < 0x20 && !is_blank(text[i])) return 1;
  if (byte == 0x7F) return 1;
  const std::string_view two = text.substr(i, 2), three = text.substr(i, 3);
  if (two == "\xC2\xAD" || (two.size() == 2 && byte == 0xC2 && static_cast<unsigned char>(two[1]) < 0xA0)) return 2;
  if (three == "\uFEFF" || three == "\u200B" || three == "\u200E" || three == "\u200F" || three == "\u2060") return 3;
  const bool bidi = three >= "\u202A" && three <= "\u202E";
  return three.size() == 3 && bidi ? 3 : 0;
}

// Fields that are printed as running text: there the special characters of TeX have their meaning.
bool is_printed(const LintField& field) {
  static constexpr std::array kForms = {Form::title, Form::names, Form::list, Form::subcontainer, Form::main_title};
  static constexpr std::array<std::string_view, 9> kNames = {"note",         "addendum",   "howpublished", "type",      "edition",
                                                             "shortjournal", "eventtitle", "venue",        "titleaddon"};
  if (field.mapping && std::ranges::find(kForms, field.mapping->form) != kForms.end()) return true;
  return std::ranges::find(kNames, field.name) != kNames.end();
}

bool takes_verbatim(std::string_view command) {
  static constexpr std::array<std::string_view, 6> kCommands = {"url", "href", "path", "nolinkurl", "verb", "detokenize"};
  return std::ranges::find(kCommands, command) != kCommands.end();
}

// Behind the group that begins at `i`; the text's end when it does not close.
std::size_t behind_group(std::string_view text, std::size_t i) {
  std::size_t depth = 0;
  for (; i < text.size(); ++i) {
    if (text[i] == '{') ++depth;
    else if (text[i] == '}' && --depth == 0) return i + 1;
  }
  return i;
}

std::string first_characters(std::string_view text, int count) {
  std::string out;
  for (std::size_t at = 0; at < text.size() && count > 0; --count) append_utf8(out, next_code_point(text, at));
  return out;
}

}  // namespace

void check_empty(const LintContext& at, const LintField& field) {
  if (trim(field.value).empty() && field.raw->count > 0)
    at.report->add("bibtex.empty-field", field.raw->begin, fmt::format("the field “{}” is empty", field.name),
                   "fill it in, or leave it out");
}

void check_html(const LintContext& at, const LintField& field) {
  check_entities(at, field);
  if (!is_verbatim(field)) check_tags(at, field);
}

void check_control(const LintContext& at, const LintField& field) {
  std::vector<Edit> edits;
  std::string_view first;
  for (std::size_t i = 0; i < field.value.size(); ++i) {
    const std::size_t length = unprintable(field.value, i);
    if (length == 0) continue;
    const std::string_view character = field.value.substr(i, length);
    if (first.empty()) first = character;
    if (edits.size() >= kMostEdits) break;
    for (Edit& edit : at.replace(field, character, "")) edits.push_back(std::move(edit));
    i += length - 1;
  }
  if (first.empty()) return;
  std::size_t next = 0;
  const char32_t code = first.size() == 1 ? static_cast<unsigned char>(first[0]) : next_code_point(first, next);
  at.report->add("bibtex.unprintable", at.place(field, first),
                 fmt::format("an unprintable character (U+{:04X}) in “{}”", static_cast<std::uint32_t>(code), field.name),
                 "leave it out", std::move(edits));
}

// UTF-8 that was taken for Windows-1252 and saved as UTF-8 again: "Ã¼", "â€“".
void check_mojibake(const LintContext& at, const LintField& field) {
  for (std::size_t i = field.value.find('\xC3'); i != std::string_view::npos; i = field.value.find('\xC3', i + 1)) {
    const std::string_view rest = field.value.substr(i);
    const bool letter = rest.size() > 3 && rest.starts_with("\xC3\x83") &&
                        (rest[2] == '\xC2' || rest.substr(2).starts_with("\xE2\x80") || rest.substr(2).starts_with("\xC5"));
    if (letter || rest.starts_with("\xC3\xA2\xE2\x82\xAC"))
      return at.report->add(
          "bibtex.mojibake", at.place(field, rest.substr(0, 1)),
          fmt::format("“{}” looks like a wrongly read character", printable(first_characters(rest, letter ? 2 : 3))),
          "the file was once read in the wrong encoding; write the letter that is meant");
  }
}

// "&", "%", "#" and "_" outside math, and dollar signs that do not pair.
void check_special(const LintContext& at, const LintField& field) {
  if (!is_printed(field)) return;
  const std::string_view text = field.value;
  std::vector<Edit> edits;
  std::string_view first;
  std::size_t dollars = 0, depth = 0, link_end = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i >= link_end && text[i] == 'h' && text.substr(i).starts_with("http"))
      link_end = std::min(text.find_first_of(" \n\t,}", i), text.size());
    if (text[i] == '\\') {
      std::size_t end = i + 1;
      while (end < text.size() && is_ascii_alpha(text[end])) ++end;
      const bool verbatim = takes_verbatim(text.substr(i + 1, end - i - 1));
      if (verbatim && end < text.size() && text[end] == '{') end = behind_group(text, end);
      i = std::max(end, i + 2) - 1;
      continue;
    }
    if (text[i] == '$') ++dollars;
    else if (text[i] == '{') ++depth;
    else if (text[i] == '}' && depth > 0) --depth;
    const bool special = text[i] == '&' || text[i] == '%' || text[i] == '#' || (text[i] == '_' && dollars % 2 == 0);
    const std::string_view near = text.substr(i, 12);
    const bool entity =
        text[i] == '&' && near.find(';') != std::string_view::npos && character_of(near.substr(1, near.find(';') - 1));
    if (entity) i += near.find(';');
    const bool separator = text[i] == '&' && depth == 0 && field.is(Form::names);  // of names: see there
    if (!special || entity || separator || i < link_end || edits.size() >= kMostEdits) continue;
    if (first.empty()) first = text.substr(i, 1);
    for (Edit& edit : at.replace(field, text.substr(i, 1), std::string("\\") + text[i])) edits.push_back(std::move(edit));
  }
  if (dollars % 2 == 1)
    return at.report->add("bibtex.unpaired-dollar", at.place(field, text), fmt::format("a “$” of “{}” has no other", field.name),
                          "close the formula, or write \\$ for the sign");
  if (!first.empty())
    at.report->add("bibtex.special-character", at.place(field, first), fmt::format("TeX does not print “{}” as it stands", first),
                   fmt::format("write \\{}", first), std::move(edits));
}

}  // namespace colophon::formats::bibtex
