// SPDX-License-Identifier: GPL-3.0-or-later
#include "bib/rich_text.hpp"

#include <algorithm>
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

void RichText::reserve(std::size_t bytes, std::size_t runs, std::size_t attached) {
  reserve(bytes);
  Spans& spans = spans_ ? *spans_ : spans_.make();
  spans.runs.reserve(runs);
  spans.attached.reserve(attached);
}

void RichText::append_marked(std::string_view text, const Run& added) {
  if (!spans_) {
    Spans& made = spans_.make();
    made.runs.reserve(4);
    if (!text_.empty()) made.runs.push_back({.end = static_cast<std::uint32_t>(text_.size())});
  }
  Spans& spans = *spans_;
  const auto joins = [&] {
    if (spans.runs.empty() || spans.runs.back().marks != added.marks || !added.mathml.empty()) return false;
    const Run last = run(spans.runs.size() - 1);
    return last.href == added.href && last.mathml.empty();
  };
  const bool joined = joins();
  text_ += text;
  const auto end = static_cast<std::uint32_t>(text_.size());
  if (joined) {
    spans.runs.back().end = end;
    return;
  }
  std::string& attached = spans.attached;
  if (attached.empty() && !added.href.empty()) attached.reserve(4 * added.href.size() + added.mathml.size());
  if (!added.href.empty()) attached += added.href;
  const auto href_end = static_cast<std::uint32_t>(attached.size());
  if (!added.mathml.empty()) attached += added.mathml;
  spans.runs.push_back({end, href_end, static_cast<std::uint32_t>(attached.size()), added.marks});
}

Run RichText::run(std::size_t index) const {
  if (!spans_) return {.text = text_};
  const Span before = index == 0 ? Span() : spans_->runs[index - 1];
  const Span& span = spans_->runs[index];
  const std::string_view text = text_;
  const std::string_view attached = spans_->attached;
  return {.text = text.substr(before.end, span.end - before.end),
          .marks = span.marks,
          .href = attached.substr(before.mathml_end, span.href_end - before.mathml_end),
          .mathml = attached.substr(span.href_end, span.mathml_end - span.href_end)};
}

void RichText::remove_suffix(std::size_t bytes) {
  const std::size_t left = text_.size() - std::min(bytes, text_.size());
  text_.resize(left);
  if (!spans_) return;
  std::vector<Span>& runs = spans_->runs;
  const auto end_before = [&] { return runs.size() < 2 ? 0 : runs[runs.size() - 2].end; };
  while (!runs.empty() && end_before() >= left) runs.pop_back();
  spans_->attached.resize(runs.empty() ? 0 : runs.back().mathml_end);
  if (!runs.empty()) runs.back().end = static_cast<std::uint32_t>(left);
  const bool plain = runs.empty() || (runs.size() == 1 && runs[0].marks == 0 && spans_->attached.empty());
  if (plain) spans_.reset();
}

Json to_json(const RichText& text) {
  if (text.is_plain() && text.lang.empty()) return text.plain();
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
