// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/pages/words.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "bib/work_type.hpp"
#include "indexer/dictionary.hpp"
#include "indexer/query/parser.hpp"

namespace colophon::web {
namespace {

namespace query = indexer::query;

struct LanguageRow {
  std::string_view tag;
  std::string_view name;
};
// clang-format off
constexpr std::array kLanguages = {
  LanguageRow{"ar", "Arabic"},   LanguageRow{"bn", "Bengali"},    LanguageRow{"cs", "Czech"},    LanguageRow{"da", "Danish"},     LanguageRow{"de", "German"},
  LanguageRow{"el", "Greek"},    LanguageRow{"en", "English"},    LanguageRow{"es", "Spanish"},  LanguageRow{"fi", "Finnish"},    LanguageRow{"fr", "French"},
  LanguageRow{"hi", "Hindi"},    LanguageRow{"id", "Indonesian"}, LanguageRow{"it", "Italian"},  LanguageRow{"ja", "Japanese"},   LanguageRow{"ko", "Korean"},
  LanguageRow{"nl", "Dutch"},    LanguageRow{"no", "Norwegian"},  LanguageRow{"pl", "Polish"},   LanguageRow{"pt", "Portuguese"}, LanguageRow{"ru", "Russian"},
  LanguageRow{"sv", "Swedish"},  LanguageRow{"sw", "Swahili"},    LanguageRow{"th", "Thai"},     LanguageRow{"tr", "Turkish"},    LanguageRow{"uk", "Ukrainian"},
  LanguageRow{"vi", "Vietnamese"}, LanguageRow{"zh", "Chinese"},
};
// clang-format on

std::string grouped(std::uint64_t count) {
  std::string digits = std::to_string(count);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

/// Folded words of a query's text, with their stems in each language.
std::vector<indexer::Sought::Forms> forms_of(std::string_view text,
                                             const std::vector<std::string>& languages,
                                             indexer::Analyser& analyser) {
  std::vector<indexer::Sought::Forms> out;
  analyser.tokens(indexer::clean(text), [&](const indexer::Token& token) {
    indexer::Sought::Forms forms;
    forms.raw.emplace(token.folded);
    const std::string folded(token.folded);
    const std::string accented(token.accented);
    for (const std::string& language : languages) {
      const auto [first, second] = analyser.stems(language, folded, accented);
      if (!first.empty()) forms.stems.emplace(first);
      if (!second.empty()) forms.stems.emplace(second);
    }
    out.push_back(std::move(forms));
  });
  return out;
}

void put_words(const query::Node& node,
               const std::vector<std::string>& languages,
               indexer::Analyser& analyser,
               std::vector<indexer::Sought>& out) {
  std::vector<indexer::Sought::Forms> forms = forms_of(node.text, languages, analyser);
  if (forms.empty()) return;
  if (node.kind == query::NodeKind::wildcard) forms = {{.pattern = indexer::folded_pattern(node.text)}};
  if (node.kind == query::NodeKind::phrase) {
    for (auto& form : forms) form.stems.clear();
  }
  out.push_back({.words = std::move(forms)});
}

/// What a query looks for in all text; negated parts and single fields are not marked.
void collect(const query::Node& node,
             const std::vector<std::string>& languages,
             indexer::Analyser& analyser,
             std::vector<indexer::Sought>& out) {
  if (node.kind == query::NodeKind::none_of || !node.field.empty()) return;
  const bool in_all_text = node.kind == query::NodeKind::word || node.kind == query::NodeKind::phrase ||
                           node.kind == query::NodeKind::wildcard || node.kind == query::NodeKind::synonym;
  if (in_all_text) put_words(node, languages, analyser, out);
  for (const query::Node& child : node.children) collect(child, languages, analyser, out);
}

std::vector<std::string> marker_languages(std::string_view language) {
  std::vector<std::string> out = {"en"};
  const std::string_view own = indexer::stemmer_of(language);
  if (!own.empty() && own != "en") out.emplace_back(own);
  return out;
}

}  // namespace

Html with_marks(const bib::Run& run, Html out) {
  using bib::Mark;
  const auto wrap = [&](Mark mark, auto&& in) {
    if (run.has(mark)) out = in(out);
  };
  wrap(Mark::code, [](const Html& h) { return Html().put("<code>{}</code>", h); });
  wrap(Mark::subscript, [](const Html& h) { return Html().put("<sub>{}</sub>", h); });
  wrap(Mark::superscript, [](const Html& h) { return Html().put("<sup>{}</sup>", h); });
  wrap(Mark::italic, [](const Html& h) { return Html().put("<i>{}</i>", h); });
  wrap(Mark::bold, [](const Html& h) { return Html().put("<b>{}</b>", h); });
  wrap(Mark::quote, [](const Html& h) { return Html().put("<q>{}</q>", h); });
  wrap(Mark::small_caps, [](const Html& h) { return Html().put("<span class=\"caps\">{}</span>", h); });
  return out;
}

std::string language_name(std::string_view tag) {
  const std::string primary = ascii_lower(tag.substr(0, tag.find('-')));
  const auto row = std::ranges::find(kLanguages, primary, &LanguageRow::tag);
  return row == kLanguages.end() ? std::string(tag) : std::string(row->name);
}

std::string type_label(std::string_view type) {
  const auto known = bib::work_type_named(type);
  return known ? std::string(bib::row(*known).label) : std::string(type);
}

std::string counted(std::uint64_t count, std::string_view one, std::string_view many) {
  return grouped(count) + " " + std::string(count == 1 ? one : many);
}

std::string size_text(std::uint64_t bytes) {
  if (bytes < 1000) return std::to_string(bytes) + " bytes";
  if (bytes < 1'000'000) return std::to_string((bytes + 500) / 1000) + " kB";
  const std::uint64_t tenths = (bytes + 50'000) / 100'000;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " MB";
}

std::string spaced(std::string_view name) {
  std::string out(name);
  std::ranges::replace_if(out, [](char c) { return c == '_' || c == '-'; }, ' ');
  return out;
}

Html marked(const std::vector<indexer::SnippetPart>& parts) {
  Html out;
  for (const indexer::SnippetPart& part : parts) {
    if (part.marked) {
      out.put("<mark>{}</mark>", part.text);
    } else {
      out.text(part.text);
    }
  }
  return out;
}

Html rich(const bib::RichText& text) {
  Html out;
  for (const bib::Run& run : text.runs()) {
    const Html inner = with_marks(run, Html().text(run.text));
    const Href href = Href::to(run.href);
    if (run.has(bib::Mark::link) && href.str() != "#") out.put("<a href=\"{}\" rel=\"noopener noreferrer\">{}</a>", href, inner);
    else out.put(inner);
  }
  return out;
}

Html byline(std::string_view authors, std::string_view container, std::string_view year) {
  Html out;
  const auto part = [&](const Html& value) {
    if (value.empty()) return;
    if (!out.empty()) out.put(" · ");
    out.put(value);
  };
  part(Html().text(authors));
  part(container.empty() ? Html() : Html().put("<cite>{}</cite>", container));
  part(Html().text(year));
  return out;
}

WordMarker::WordMarker(std::string_view query, std::string_view language) : languages_(marker_languages(language)) {
  if (!query.empty()) collect(query::parse(query).root, languages_, analyser_, sought_);
}

Html WordMarker::mark(std::string_view text) {
  const std::string_view words = trim(text);  // snippets keep no blanks at their ends
  if (sought_.empty() || words.empty()) return Html().text(text);
  const auto begin = static_cast<std::size_t>(words.data() - text.data());
  return Html()
      .text(text.substr(0, begin))
      .put(marked(indexer::snippet(words, sought_, languages_, analyser_, words.size() + 1)))
      .text(text.substr(begin + words.size()));
}

}  // namespace colophon::web
