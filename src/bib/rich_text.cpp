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

RichText::Spans::Spans(const Spans& other) {
  if (!other) return;
  reserve(other.head().runs, other.head().attached);
  std::ranges::copy(other.runs(), span_at(0));
  std::ranges::copy(other.attached(), bytes());
  head().runs = other.head().runs;
  head().attached = other.head().attached;
}

RichText::Spans& RichText::Spans::operator=(const Spans& other) {
  if (this != &other) *this = Spans(other);
  return *this;
}

RichText::Spans RichText::Spans::grow(std::size_t runs, std::size_t attached) {
  const Head old = block_ ? head() : Head{};
  const Head now{old.runs, static_cast<std::uint32_t>(runs), old.attached, static_cast<std::uint32_t>(attached)};
  Spans before = std::move(*this);
  block_ = std::make_unique_for_overwrite<std::byte[]>(sizeof(Head) + runs * sizeof(Span) + attached);
  head() = now;
  std::ranges::copy(before.runs(), span_at(0));
  std::ranges::copy(before.attached(), bytes());
  return before;
}

void RichText::Spans::reserve(std::size_t runs, std::size_t attached) {
  const Head old = block_ ? head() : Head{};
  if (!block_ || runs > old.runs_room || attached > old.attached_room)
    grow(std::max<std::size_t>(runs, old.runs_room), std::max<std::size_t>(attached, old.attached_room));
}

void RichText::Spans::push(std::uint32_t end, const Run& run) {
  const std::size_t runs = head().runs + std::size_t{1}, attached = head().attached + run.href.size() + run.mathml.size();
  Spans before;  // the run may be one of this text
  if (runs > head().runs_room || attached > head().attached_room)
    before = grow(std::max<std::size_t>(runs, 2 * std::size_t{head().runs}),
                  std::max<std::size_t>(attached, 2 * std::size_t{head().attached}));
  push_reserved(end, run);
}

void RichText::Spans::cut(std::size_t runs) {
  head().runs = static_cast<std::uint32_t>(runs);
  head().attached = span_at(runs - 1)->mathml_end;
}

void RichText::append_marked(std::string_view text, const Run& added) {
  if (!spans_) {
    spans_.reserve(4, 4 * added.href.size() + added.mathml.size());
    if (!text_.empty()) spans_.push(static_cast<std::uint32_t>(text_.size()), {});
  }
  const std::size_t runs = count();
  const bool joined = runs > 0 && spans_.runs().back().marks == added.marks && run(runs - 1).joins(added);
  text_ += text;
  const auto end = static_cast<std::uint32_t>(text_.size());
  if (joined) spans_.end_last_at(end);
  else spans_.push(end, added);
}

Run RichText::run(std::size_t index) const {
  if (!spans_) return {.text = text_};
  const std::span<const Span> runs = spans_.runs();
  const Span before = index == 0 ? Span() : runs[index - 1];
  const Span& span = runs[index];
  const std::string_view text = text_;
  const std::string_view attached = spans_.attached();
  return {.text = text.substr(before.end, span.end - before.end),
          .marks = span.marks,
          .href = attached.substr(before.mathml_end, span.href_end - before.mathml_end),
          .mathml = attached.substr(span.href_end, span.mathml_end - span.href_end)};
}

void RichText::remove_suffix(std::size_t bytes) {
  const std::size_t left = text_.size() - std::min(bytes, text_.size());
  text_.resize(left);
  if (!spans_) return;
  std::size_t runs = count();  // that begin in what is left
  while (runs > 0 && (runs == 1 ? 0 : spans_.runs()[runs - 2].end) >= left) --runs;
  if (runs > 0) {
    spans_.cut(runs);
    spans_.end_last_at(static_cast<std::uint32_t>(left));
  }
  const bool plain = runs == 0 || (runs == 1 && spans_.runs()[0].marks == 0 && spans_.attached().empty());
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
