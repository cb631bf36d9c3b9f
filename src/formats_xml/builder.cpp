// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats_xml/builder.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

#include <fmt/format.h>

namespace colophon::formats_xml {
namespace {

constexpr std::size_t kMaxRemarks = 100;
constexpr std::size_t kMaxPath = 16;  // elements of an origin's path
constexpr std::array kRoots = {El::article, El::book, El::book_part, El::book_part_wrapper, El::sub_article, El::response};

}  // namespace

XmlHandler::Next JatsBuilder::open(std::string_view name, const XmlAttributes& attributes, std::uint32_t line) {
  if (skip_ > 0) return ++skip_, Next::go_on;
  if (!math_names_.empty()) return mathml_open(name, attributes), Next::go_on;
  const El el = element_named(name);
  if (frames_.empty() && std::ranges::find(kRoots, el) == kRoots.end()) {
    root_ = name;
    is_jats_ = false;
    return Next::stop;
  }
  const Region around = frames_.empty() ? Region::outside : top().region;
  const Rule& rule = rule_of(around, el);
  if (rule.enters == Region::skip) return skip_ = 1, Next::go_on;
  Frame frame{.el = el,
              .region = rule.enters.value_or(around),
              .captures = rule.captures,
              .begin = arena_.size(),
              .line = line,
              .rule = &rule};
  if (!frames_.empty()) {
    frame.captures = frame.captures || top().captures;
    frame.marks = top().marks;
    frame.link = top().link;
    frame.lang = top().lang;
  }
  if (attributes.size() > 0) {
    if (std::string lang = attributes.get("lang"); !lang.empty()) frame.lang = std::move(lang);
    if (!rule.kind.empty()) frame.kind = ascii_lower(attributes.get(rule.kind));
  }
  frame.marks = static_cast<std::uint16_t>(frame.marks | rule.mark);
  frames_.push_back(std::move(frame));
  if (rule.open) (this->*rule.open)(attributes);
  if (rule.mark != 0 && skip_ == 0) arena_.set_marks(top().marks, top().link);
  if (skip_ > 0) frames_.pop_back();  // the handler does not want it
  return Next::go_on;
}

void JatsBuilder::close() {
  if (skip_ > 0) {
    --skip_;
    return;
  }
  if (!math_names_.empty()) {
    formula_->mathml += "</" + math_names_.back() + ">";
    math_names_.pop_back();
    if (!math_names_.empty()) return;
    if (!within(El::inline_formula) && !within(El::disp_formula)) close_formula();  // MathML on its own
  }
  const Rule& rule = *top().rule;
  if (rule.close) (this->*rule.close)();
  const Frame closed = std::move(frames_.back());
  frames_.pop_back();
  const bool wanted = !frames_.empty() && top().captures;
  if (closed.captures && (closed.rule->cuts || !wanted)) arena_.truncate(closed.begin);
  if (!frames_.empty() && closed.marks != top().marks) arena_.set_marks(top().marks, top().link);
}

void JatsBuilder::text(std::string_view text) {
  if (skip_ > 0 || frames_.empty()) return;
  if (!math_names_.empty()) {
    for (const char c : text) {
      if (c == '<') formula_->mathml += "&lt;";
      else if (c == '&') formula_->mathml += "&amp;";
      else formula_->mathml.push_back(c);
    }
    formula_->plain += text;
    return;
  }
  const Frame& frame = top();
  if (!frame.captures) return;
  if (cited_ && frames_.size() == cited_->depth && !cited_->printed) cited_->printed = !trim(text).empty();
  if (frame.el == El::code || frame.el == El::preformat) arena_.append_verbatim(text);
  else arena_.append(text);
}

// Deep enough for any document and cheap: what surrounds an element is near the top.
bool JatsBuilder::within(El element) const {
  return std::any_of(frames_.rbegin(), frames_.rend(), [&](const Frame& f) { return f.el == element; });
}

std::string JatsBuilder::path() const {
  std::string out;
  const std::size_t first = frames_.size() > kMaxPath ? frames_.size() - kMaxPath : 0;
  for (const Frame& frame : std::span(frames_).subspan(first)) {
    if (frame.el == El::other) continue;
    if (!out.empty()) out += '/';
    out += name(frame.el);
  }
  return out;
}

// An identifier or number in canonical form; what is malformed is kept as an extra field and reported.
void JatsBuilder::code(FieldId field, std::string_view text) {
  if (trim(text).empty()) return;
  Result<bib::Code> code = bib::parse_code(field, text);
  if (code) return state(field, std::move(*code));
  extra(name(top().el), std::string(text));
  remark(Severity::warning, "jats.malformed", code.error().message, top().line);
}

void JatsBuilder::extra(std::string_view name, std::string text) {
  if (!text.empty()) state(FieldId::extra, bib::Extra{"jats:" + std::string(name), std::move(text)});
}

void JatsBuilder::remark(Severity severity, std::string code, std::string message, std::uint32_t line) {
  if (diagnostics_.size() < kMaxRemarks)
    diagnostics_.push_back({severity, std::move(code), std::move(message), {}, {{}, line, 0, 0}});
}

}  // namespace colophon::formats_xml
