// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats_xml/builder.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "base/text.hpp"
#include "bib/language_tag.hpp"
#include "formats_xml/paths.hpp"

#include <fmt/format.h>

namespace colophon::formats_xml {
namespace {

constexpr std::size_t kMaxRemarks = 100;
// Documents that may hold an <article> of their own kind; any other root may wrap JATS: OAI-PMH, a set of articles, "root".
constexpr std::array<std::string_view, 4> kOtherKinds = {"html", "svg", "TEI", "math"};
// What begins an article; all else outside of one is a wrapper's. A companion stands alone as a root only.
constexpr std::array kArticles = {El::article, El::book, El::book_part, El::book_part_wrapper, El::sub_article, El::response};
constexpr std::size_t kAnywhere = 4;  // so many of them

}  // namespace

Word JatsBuilder::keep(std::string_view text) {
  const Word out{static_cast<std::uint32_t>(words_.size()), static_cast<std::uint32_t>(text.size())};
  words_ += text;
  return out;
}

Word JatsBuilder::keep_lower(std::string_view text) {
  const Word out = keep(text);
  for (std::size_t i = out.begin; i < words_.size(); ++i) {
    if (words_[i] >= 'A' && words_[i] <= 'Z') words_[i] = static_cast<char>(words_[i] | 0x20);
  }
  return out;
}

std::string JatsBuilder::kinded(std::string_view name) const {
  std::string out(name);
  if (!kind().empty()) out.append(":").append(nfc(squeeze(kind())));
  return out;
}

// Handlers of all that comes are kept small, and what is rare stands apart from them.
XmlHandler::Next JatsBuilder::open(const XmlName& name, const XmlAttributes& attributes, std::uint32_t line) {
  if (is_aside()) return open_aside(name, attributes), Next::go_on;
  const Frame& outer = top();
  const El el = static_cast<El>(name.id);
  El read_as = el;
  if (articles_.empty()) {
    if (frames_.size() == 1 && !may_be_root(name)) return Next::stop;
    read_as = outside_of_articles(el);
  }
  const Rule& rule = rule_of(outer.region, read_as);
  if (rule.enters == Region::skip) return skip_ = 1, Next::go_on;
  Frame& frame = frames_.push();
  frame.rule = &rule;  // each member where it stands: put together elsewhere and copied as a whole, they would be waited for
  frame.el = el;
  frame.region = rule.enters.value_or(outer.region);
  frame.captures = rule.captures || outer.captures;
  frame.owns = false;
  frame.special = el == El::code || el == El::preformat;
  frame.marks = static_cast<std::uint16_t>(rule.mark | outer.marks);
  frame.line = line;
  frame.begin = static_cast<std::uint32_t>(arena_.size());
  frame.words = static_cast<std::uint32_t>(words_.size());
  frame.link = outer.link;
  frame.lang = outer.lang;
  frame.kind = Word();
  if (attributes.size() > 0) keep_common(attributes);
  if (rule.open) (this->*rule.open)(attributes);
  if (skip_ > 0) {  // the handler does not want it
    words_.resize(top().words);
    frames_.pop();
  } else if (rule.mark != 0) {
    set_marks();
  }
  return Next::go_on;
}

// False for the root of a document of another kind.
[[gnu::noinline]] bool JatsBuilder::may_be_root(const XmlName& name) {
  root_ = name.text();
  return std::ranges::find(kOtherKinds, root_) == kOtherKinds.end();
}

// Itself when it begins an article; what is a wrapper's is read as nothing known.
[[gnu::noinline]] El JatsBuilder::outside_of_articles(El el) const {
  const std::span<const El> beginning(kArticles.data(), frames_.size() == 1 ? kArticles.size() : kAnywhere);
  return std::ranges::find(beginning, el) == beginning.end() ? El::other : el;
}

// What any element may have: its language, and the word that says which of its sort it is.
[[gnu::noinline]] void JatsBuilder::keep_common(const XmlAttributes& attributes) {
  Frame& frame = frames_.back();
  if (const std::string_view lang = attributes.lang(); !lang.empty()) {
    const bool usual = lang.size() == 2 && lang[0] >= 'a' && lang[1] >= 'a';
    frame.lang = usual ? keep(lang) : keep(bib::language_tag(lang));
  }
  if (!frame.rule->kind.empty()) frame.kind = keep_lower(attributes.get(frame.rule->kind));
}

// Those of the innermost element.
void JatsBuilder::set_marks() {
  if (top().link.size == 0) arena_.set_marks(top().marks);
  else arena_.set_marks(top().marks, link());
}

void JatsBuilder::close() {
  if (is_aside() && close_aside()) return;
  if (const Rule& rule = *top().rule; rule.close) (this->*rule.close)();
  const Frame& closed = top();
  const Frame& outer = this->outer();
  if (closed.captures && (closed.rule->cuts || !outer.captures)) cut_text(closed.begin);
  if (words_.size() != closed.words) words_.resize(closed.words);
  frames_.pop();
  if (closed.marks != outer.marks) set_marks();
}

// What is known of a citation's parts behind it goes too.
void JatsBuilder::cut_text(std::size_t begin) {
  arena_.truncate(begin);
  if (cited_.end > begin) cited_.forget_parts(begin);
}

void JatsBuilder::text(std::string_view text, std::size_t readable) {
  if (is_aside()) return text_aside(text);
  const Frame& frame = top();
  if (!frame.captures) return;
  if (frame.special) special_text(text);
  else arena_.append(text, readable);
}

// That of program code, and a citation's up to its first own word.
[[gnu::noinline]] void JatsBuilder::special_text(std::string_view text) {
  if (top().el == El::code || top().el == El::preformat) return arena_.append_verbatim(text);
  cited_.printed = !trim(text).empty();
  frames_.back().special = !cited_.printed;
  arena_.append(text);
}

[[gnu::noinline]] void JatsBuilder::open_aside(const XmlName& name, const XmlAttributes& attributes) {
  if (skip_ > 0) ++skip_;
  else math_.open(name.text(), attributes);
}

// False for what ends it and has to be closed as an element of ours.
[[gnu::noinline]] bool JatsBuilder::close_aside() {
  if (skip_ > 0) return --skip_, true;
  math_.close();
  if (math_.is_open()) return true;
  if (!within(El::inline_formula) && !within(El::disp_formula)) close_formula();  // MathML on its own
  return false;
}

[[gnu::noinline]] void JatsBuilder::text_aside(std::string_view text) {
  if (skip_ == 0) math_.text(text);
}

// What is said below the article: a translation is in another language than the article's.
std::string_view JatsBuilder::translated_lang() const {
  const auto open = frames_.all();
  const auto around = std::find_if(open.rbegin(), open.rend(), [](const Frame& f) { return f.region == Region::outside; });
  const bool said = top().lang.begin != around->lang.begin || top().lang.size != around->lang.size;
  return said ? lang() : std::string_view();
}

// Deep enough for any document and cheap: what surrounds an element is near the top.
bool JatsBuilder::within(El element) const {
  return std::ranges::any_of(frames_.all(), [&](const Frame& f) { return f.el == element; });
}

const bib::ElementPath& JatsBuilder::path() {
  thread_local Paths paths;
  const std::size_t size = std::min(frames_.size() - 1, Paths::kMaxElements);
  std::array<El, Paths::kMaxElements> open;
  std::ranges::transform(frames_.all().last(size), open.begin(), &Frame::el);
  return paths.find(std::span(open).first(size));
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
