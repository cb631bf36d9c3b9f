// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "base/text.hpp"
#include "formats/bibtex/name_words.hpp"
#include "formats/bibtex/names.hpp"

namespace colophon::formats::bibtex {
namespace {

// A part as it may stand in a name: braces where it holds a comma, the word "and", or a letter that would move it to another part.
std::string guarded(const std::string& part, bool family, Dialect dialect) {
  std::string text = encode(part, dialect);
  std::vector<std::string_view> words;
  split_words(text, words);
  const bool von = family && words.size() > 1 && is_von(words[0]);
  const bool splits = text.find(',') != std::string::npos || split_list(text).size() > 1 ||
                      std::ranges::any_of(words, [](std::string_view w) { return iequals(w, "and") || iequals(w, "others"); });
  return von || splits || text.find('=') != std::string::npos ? "{" + (text.starts_with('\\') ? "{}" + text : text) + "}" : text;
}

// "family=La Fontaine, given=Jean, prefix=de, useprefix=false": for what the short form cannot say.
std::string write_extended(const bib::Name& name, Dialect dialect) {
  std::string out;
  const auto part = [&](std::string_view key, const std::string& text) {
    if (text.empty()) return;
    if (!out.empty()) out += ", ";
    out.append(key).append("=").append(guarded(text, false, dialect));
  };
  part("family", name.family);
  part("given", name.given);
  part("suffix", name.suffix);
  part("prefix", name.dropping_prefix);
  return out + ", useprefix=false";
}

std::string write_name(const bib::Name& name, Dialect dialect) {
  if (!name.literal.empty()) return "{" + encode(name.literal, dialect) + "}";
  const bool extended = dialect == Dialect::biblatex && !name.dropping_prefix.empty() && name.prefix.empty();
  if (extended) return write_extended(name, dialect);
  std::string out;
  for (const std::string_view word : split(name.prefix, ' ')) {
    if (!word.empty()) out += encode(word, dialect) + " ";
  }
  // a family name alone in braces would be a literal: a comma behind it says that it is none
  out += guarded(name.family, true, dialect);
  const std::string given = name.dropping_prefix.empty() ? name.given : name.given + " " + name.dropping_prefix;
  if (!name.suffix.empty()) out += ", " + guarded(name.suffix, false, dialect);
  if (!name.suffix.empty() || !given.empty() || out.find_first_of(" {") != std::string::npos)
    out += ", " + guarded(given, false, dialect);
  return out;
}

}  // namespace

std::string write_names(const bib::NameList& list, Dialect dialect) {
  std::string out;
  for (const bib::Contributor& person : list.names) {
    if (!out.empty()) out += " and ";
    out += write_name(person.name, dialect);
  }
  if (list.others) out += out.empty() ? "others" : " and others";
  return out;
}

}  // namespace colophon::formats::bibtex
