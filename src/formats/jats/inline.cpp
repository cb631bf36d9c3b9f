// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/jats/inline.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace colophon::formats::jats {
namespace {

using bib::Mark;
using bib::Run;

struct MarkRow {
  Mark mark;
  std::string_view element;
  std::string_view style;  ///< of styled-content: what JATS has no element for
};
// From the outermost to the innermost. Links and formulas have more to say.
constexpr std::array kMarks = {
    MarkRow{Mark::link, "ext-link", ""},     MarkRow{Mark::quote, "styled-content", "quote"},
    MarkRow{Mark::nocase, "fixed-case", ""}, MarkRow{Mark::bold, "bold", ""},
    MarkRow{Mark::italic, "italic", ""},     MarkRow{Mark::small_caps, "sc", ""},
    MarkRow{Mark::superscript, "sup", ""},   MarkRow{Mark::subscript, "sub", ""},
    MarkRow{Mark::code, "monospace", ""},
};

struct Open {
  const MarkRow* row;
  std::string_view href;
  friend bool operator==(const Open&, const Open&) = default;
};

std::vector<Open> wanted(const Run& run) {
  std::vector<Open> out;
  for (const MarkRow& row : kMarks) {
    if (!run.has(row.mark)) continue;
    if (row.mark == Mark::link && run.href.empty()) continue;
    out.push_back({&row, row.mark == Mark::link ? run.href : std::string_view()});
  }
  return out;
}

void open(XmlOut& xml, const Open& one, const Targets& targets) {
  const auto target = one.href.starts_with('#') ? targets.find(one.href.substr(1)) : targets.end();
  if (target != targets.end()) xml.span("xref", {{"ref-type", target->second}, {"rid", target->first}});
  else if (one.row->mark == Mark::link) xml.span("ext-link", {{"ext-link-type", "uri"}, {"xlink:href", one.href}});
  else xml.span(one.row->element, {{"style-type", one.row->style}});
}

void write_text(XmlOut& xml, const Run& run, bool formulas_in_links) {
  const bool tex = run.has(Mark::math);
  if ((tex || !run.mathml.empty()) && (formulas_in_links || !run.has(Mark::link))) {
    xml.span("inline-formula");
    if (!write_math(xml, run.mathml, tex ? run.text : std::string_view())) xml.text(run.text);
    xml.close();
    return;
  }
  std::string text(run.text);
  std::ranges::replace(text, '\n', ' ');
  xml.text(text);
}

}  // namespace

std::vector<Line> lines_of(const bib::RichText& text) {
  std::vector<Line> out(1);
  for (const Run& run : text.runs()) {
    bool first = true;
    for (const std::string_view piece : split(run.text, '\n')) {
      if (!first) out.emplace_back();
      first = false;
      if (!piece.empty()) out.back().push_back({piece, run.marks, run.href, run.mathml});
    }
  }
  std::erase_if(out, [](const Line& line) { return line.empty(); });
  return out;
}

void write_runs(XmlOut& xml, const bib::RichText& text, const Surroundings& around) {
  write_runs(xml, text.runs().list(), around);
}

void write_runs(XmlOut& xml, std::span<const Run> runs, const Surroundings& around) {
  std::vector<Open> opened;
  const auto close_to = [&](std::size_t size) {
    for (; opened.size() > size; opened.pop_back()) xml.close();
  };
  for (const Run& run : runs) {
    const std::vector<Open> next = wanted(run);
    const auto common = std::ranges::mismatch(opened, next);
    close_to(static_cast<std::size_t>(common.in1 - opened.begin()));
    for (auto one = next.begin() + static_cast<std::ptrdiff_t>(opened.size()); one != next.end(); ++one) {
      open(xml, *one, around.targets);
      opened.push_back(*one);
    }
    write_text(xml, run, around.formulas_in_links);
  }
  close_to(0);
}

bool is_one_line(std::string_view text) {
  return squeeze(text) == text && std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < ' '; });
}

bool is_plain_math(const bib::RichText& text) {
  return std::ranges::all_of(text.runs(), [](const Run& run) {
    return !run.has(Mark::math) ||
           (is_one_line(run.text) && run.text.find('$') == std::string::npos && run.text.find("{document}") == std::string::npos);
  });
}

}  // namespace colophon::formats::jats
