// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats_xml/citation.hpp"

#include <algorithm>
#include <initializer_list>
#include <utility>

namespace colophon::formats_xml {
namespace {

// A text put together from the parts of a citation: what has no part adds nothing.
class Composer {
 public:
  explicit Composer(const Citation& citation) : c_(citation) {
    out_.reserve(c_.names.size() + c_.text.size() + 4 * c_.parts.size() + 16);  // mostly all that comes
    out_ = c_.names;
  }
  bool is_empty() const { return out_.empty(); }
  std::string take() { return std::move(out_); }

  bool has(El el) const { return c_.has(el); }
  Composer& add(std::string_view lead, El el, std::string_view tail = {}) {
    if (!has(el)) return *this;
    if (!out_.empty()) out_ += lead;
    std::string_view between;
    for (const Citation::Part& part : c_.parts) {
      if (part.el != el) continue;
      out_.append(between).append(c_.text, part.begin, part.size);
      between = ", ";
    }
    out_ += tail;
    return *this;
  }
  Composer& say(std::string_view text) {
    out_ += text;
    return *this;
  }
  // Each a sentence of its own.
  Composer& sentences(std::initializer_list<El> elements) {
    for (const El el : elements) {
      if (has(el)) stop().add(" ", el);
    }
    return *this;
  }
  // Ends a sentence, unless it has ended.
  Composer& stop() {
    if (!out_.empty() && std::string_view(".?!").find(out_.back()) == std::string_view::npos) out_ += '.';
    return *this;
  }

 private:
  const Citation& c_;
  std::string out_;
};

}  // namespace

void Citation::add(El el, std::string_view part) {
  if (part.empty()) return;
  parts.push_back({el, static_cast<std::uint32_t>(text.size()), static_cast<std::uint32_t>(part.size())});
  present.set(static_cast<std::size_t>(el));
  text += part;
}

void Citation::forget_parts(std::size_t begin) {
  end = 0;
  while (!between.empty() && between.back().at >= begin) between.pop_back();
}

void Citation::add_name(std::string_view name) {
  if (name.empty()) return;
  if (!names.empty()) names.append("; ", 2);
  names.append(name);
}

bool Citation::same(El a, El b) const {
  const auto first = std::ranges::find(parts, a, &Part::el), second = std::ranges::find(parts, b, &Part::el);
  const auto of = [&](const Part& part) { return std::string_view(text).substr(part.begin, part.size); };
  return first != parts.end() && second != parts.end() && of(*first) == of(*second);
}

void Citation::add_name(const bib::Name& name) {
  if (!name.prefix.empty() || !name.suffix.empty() || !name.literal.empty()) return add_name(sorted_form(name));
  add_name(name.family);
  if (!name.given.empty()) names.append(", ", 2).append(name.given);
}

void Citation::clear() {
  parts.clear();
  present.reset();
  for (std::string* one : {&names, &text, &doi, &pmid, &pmcid, &isbn, &url}) one->clear();
  in_authors = others = printed = hidden = ends_in_name = mixed = false;
  depth = 0;
  between.clear();
  end = 0;
}

std::string Citation::composed() const {
  Composer out(*this);
  if (others) out.say(names.empty() ? "et al." : " et al.");
  if (out.has(El::year)) out.say(out.is_empty() ? "(" : " (").add("", El::year, ")");
  out.sentences({El::std, El::article_title, El::chapter_title, El::part_title, El::data_title, El::trans_title, El::source,
                 El::trans_source, El::gov, El::patent});
  out.add(", ", El::edition)
      .add(", ", El::version)
      .add(", ", El::series)
      .add(" ", El::volume)
      .add("(", El::issue, ")")
      .add(" ", El::supplement);
  const El first = out.has(El::fpage) ? El::fpage : out.has(El::page_range) ? El::page_range : El::elocation_id;
  out.add(": ", first);
  if (first == El::fpage && !same(El::fpage, El::lpage)) out.add("–", El::lpage);
  out.sentences({El::conf_name, El::institution});
  if (out.has(El::publisher_name) || out.has(El::publisher_loc)) {
    out.stop().add(" ", El::publisher_loc, out.has(El::publisher_name) ? ":" : "").add(" ", El::publisher_name);
  }
  out.sentences({El::comment, El::date_in_citation, El::access_date, El::time_stamp}).stop();
  return out.take();
}

}  // namespace colophon::formats_xml
