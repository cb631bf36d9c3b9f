// SPDX-License-Identifier: GPL-3.0-or-later
#include "bib/rich_text.hpp"

#include <array>

namespace colophon::bib {
namespace {

constexpr std::array<std::pair<Mark, std::string_view>, 10> kMarks = {{{Mark::nocase, "nocase"},
                                                                       {Mark::italic, "italic"},
                                                                       {Mark::bold, "bold"},
                                                                       {Mark::small_caps, "small_caps"},
                                                                       {Mark::superscript, "superscript"},
                                                                       {Mark::subscript, "subscript"},
                                                                       {Mark::quote, "quote"},
                                                                       {Mark::math, "math"},
                                                                       {Mark::code, "code"},
                                                                       {Mark::link, "link"}}};

Json run_to_json(const Run& run) {
  if (run.marks == 0 && run.mathml.empty()) return run.text;
  Json marks = Json::array();
  for (const auto& [mark, name] : kMarks) {
    if (run.has(mark)) marks.push(name);
  }
  Json out = Json::object({{"text", run.text}, {"marks", std::move(marks)}});
  return out.set_if("href", run.href).set_if("mathml", run.mathml);
}

std::uint16_t marks_from_json(const Json& names) {
  std::uint16_t marks = 0;
  for (const Json& given : names.items()) {
    for (const auto& [mark, name] : kMarks) {
      if (given.as_string() == name) marks = static_cast<std::uint16_t>(marks | static_cast<std::uint16_t>(mark));
    }
  }
  return marks;
}

}  // namespace

RichText::RichText(std::string plain, std::string language) : lang(std::move(language)) {
  if (!plain.empty()) runs_.push_back({std::move(plain), 0, {}});
}

void RichText::append(std::string_view text, std::uint16_t marks, std::string_view href, std::string_view mathml) {
  if (text.empty()) return;
  const bool joins = !runs_.empty() && mathml.empty() && runs_.back().mathml.empty() && runs_.back().marks == marks;
  if (joins && runs_.back().href == href) {
    runs_.back().text += text;
    return;
  }
  Run& run = runs_.emplace_back();
  run.text = text;
  run.marks = marks;
  if (!href.empty()) run.href = href;
  if (!mathml.empty()) run.mathml = mathml;
}

std::string RichText::plain() const {
  std::string out;
  for (const Run& run : runs_) out += run.text;
  return out;
}

Json to_json(const RichText& text) {
  const bool plain = text.runs().size() <= 1 && (text.empty() || (text.runs()[0].marks == 0 && text.runs()[0].mathml.empty()));
  if (plain && text.lang.empty()) return text.plain();
  Json runs = Json::array();
  for (const Run& run : text.runs()) runs.push(run_to_json(run));
  Json out = Json::object({{"runs", std::move(runs)}});
  out.set_if("lang", text.lang);
  return out;
}

Result<RichText> rich_text_from_json(const Json& json) {
  if (json.is_string()) return RichText(json.as_string());
  if (!json.is_object()) return fail(Errc::invalid, "rich text must be a string or an object with runs");
  RichText out;
  out.lang = json["lang"].as_string();
  for (const Json& run : json["runs"].items()) {
    if (run.is_string()) out.append(run.as_string());
    else out.append(run["text"].as_string(), marks_from_json(run["marks"]), run["href"].as_string(), run["mathml"].as_string());
  }
  return out;
}

}  // namespace colophon::bib
