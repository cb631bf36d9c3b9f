// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/suggest.hpp"

#include <algorithm>
#include <map>

#include "app/index_consumer.hpp"
#include "app/thesaurus.hpp"
#include "base/text.hpp"
#include "bib/name.hpp"
#include "bib/work.hpp"
#include "indexer/query/stop_words.hpp"

#include <fmt/format.h>

namespace colophon::app {
namespace {

using indexer::query::Node;
using indexer::query::NodeKind;
constexpr std::size_t kTitles = 4, kAuthors = 3, kConcepts = 3, kWords = 5;
constexpr std::size_t kLookedAt = 20;  // works whose authors are looked at
constexpr std::size_t kShortest = 2, kLongest = 200;

// "heat act": words of a field, the last of them only begun.
Node begun(const std::vector<std::string>& typed, std::string_view field) {
  Node out{NodeKind::all_of, {}, {}, {}, {}};
  for (const std::string& word : typed) {
    const bool last = &word == &typed.back();
    out.children.push_back({last ? NodeKind::wildcard : NodeKind::word, std::string(field), last ? word + "*" : word, {}, {}});
  }
  return out.children.size() == 1 ? Node(out.children.front()) : out;
}

class Suggester {
 public:
  Suggester(Library& library, indexer::Searcher& searcher, RecordSource record, std::string_view text)
      : library_(library), searcher_(searcher), record_(std::move(record)), text_(squeeze(text.substr(0, kLongest))) {
    for (const Word& word : words(text_)) typed_.push_back(text_.substr(word.begin, word.end - word.begin));
  }

  Result<std::vector<Suggestion>> run() {
    if (typed_.empty() || count_code_points(typed_.back()) < kShortest) return std::move(out_);
    TRY(titles());
    TRY(authors());
    TRY(concepts());
    TRY(begun_words());
    return std::move(out_);
  }

 private:
  Result<indexer::ResultPage> find(const Node& node, std::size_t limit) {
    indexer::SearchRequest request{.limit = limit};
    request.saved = node;
    request.other_names = other_names(library_);
    request.concepts = concepts_named(library_);
    return searcher_.search(request);
  }

  Status titles() {
    TRY_ASSIGN(const indexer::ResultPage page, find(begun(typed_, "title"), kTitles));
    for (const indexer::Hit& hit : page.hits) out_.push_back({"title", hit.title, "id:" + hit.id, hit.id, 1});
    return {};
  }

  // Whole names as the records have them, the most frequent first.
  Status authors() {
    TRY_ASSIGN(const indexer::ResultPage page, find(begun(typed_, "author"), kLookedAt));
    std::map<std::string, std::size_t> names;
    for (const indexer::Hit& hit : page.hits) collect_names(hit.id, names);
    std::vector<std::pair<std::size_t, std::string>> order;
    for (const auto& [name, count] : names) order.emplace_back(count, name);
    std::ranges::stable_sort(order, std::greater<>(), &std::pair<std::size_t, std::string>::first);
    if (order.size() > kAuthors) order.resize(kAuthors);
    for (const auto& [count, name] : order) {
      const Node query{NodeKind::phrase, "author", name, {}, {}};
      TRY_ASSIGN(const indexer::ResultPage found, find(query, 0));
      if (found.total > 0) out_.push_back({"author", name, to_query(query), {}, found.total});
    }
    return {};
  }

  void collect_names(const std::string& id, std::map<std::string, std::size_t>& names) {
    const std::optional<bib::Work> record = record_(id);
    if (!record) return;
    for (const bib::FieldId field : {bib::FieldId::author, bib::FieldId::editor}) {
      const bib::NameList* list = record->names(field);
      if (!list) continue;
      for (const bib::Contributor& person : list->names) {
        std::string name = bib::display_form(person.name);
        if (is_begun_in(name)) ++names[std::move(name)];
      }
    }
  }

  // Each typed word is a word of the name, the last one its beginning.
  bool is_begun_in(const std::string& name) const {
    const std::string key = " " + fold_key(name) + " ";
    return std::ranges::all_of(typed_, [&](const std::string& word) {
      return key.find(" " + fold_key(word) + (&word == &typed_.back() ? "" : " ")) != std::string::npos;
    });
  }

  Status concepts() {
    std::size_t shown = 0;
    for (const indexer::query::Label& label : thesaurus(library_)->beginning(text_, 2 * kConcepts)) {
      if (shown == kConcepts) break;
      const Node query{NodeKind::synonym, "concept", label.text, {}, {}};
      TRY_ASSIGN(const indexer::ResultPage found, find(query, 0));
      if (found.total == 0) continue;
      out_.push_back({"concept", label.text, to_query(query), {}, found.total});
      ++shown;
    }
    return {};
  }

  Status begun_words() {
    TRY_ASSIGN(const std::vector<indexer::DictionaryWord> found, searcher_.words({}, typed_.back(), 3 * kWords));
    std::string before;
    for (std::size_t i = 0; i + 1 < typed_.size(); ++i) before += typed_[i] + " ";
    std::size_t shown = 0;
    for (const indexer::DictionaryWord& word : found) {
      const bool plain =
          fold(word.word) == word.word && !indexer::query::is_stop_word(word.word);  // the accented form stands beside it
      if (!plain || shown == kWords) continue;
      const std::string query = before + word.word;
      TRY_ASSIGN(const indexer::ResultPage page, searcher_.search({.text = query, .limit = 0}));
      if (page.total == 0) continue;
      out_.push_back({"word", query, query, {}, page.total});
      ++shown;
    }
    return {};
  }

  Library& library_;
  indexer::Searcher& searcher_;
  RecordSource record_;
  std::string text_;
  std::vector<std::string> typed_;
  std::vector<Suggestion> out_;
};

std::optional<bib::Work> record_of_work(store::Store& store, std::string_view id) {
  const std::optional<store::WorkRow> row = store.works().live(id);
  if (!row) return std::nullopt;
  Result<bib::Work> record = row->work();
  return record ? std::optional(std::move(*record)) : std::nullopt;
}

}  // namespace

Result<std::vector<Suggestion>> suggest_in(Library& library,
                                           const std::vector<std::filesystem::path>& open,
                                           const RecordSource& record,
                                           std::string_view text) {
  TRY_ASSIGN(indexer::Searcher searcher, indexer::Searcher::open(open));
  return Suggester(library, searcher, record, to_valid_utf8(text)).run();
}

Result<std::vector<Suggestion>> suggest(Library& library, Audience audience, std::string_view text) {
  const RecordSource record = [&](std::string_view id) { return record_of_work(library.store(), id); };
  return with_indexes(
      library, [&] { return suggest_in(library, open_folders(library, audience, indexer::Content::works), record, text); });
}

Json suggestions_json(const std::vector<Suggestion>& suggestions) {
  Json list = Json::array();
  for (const Suggestion& one : suggestions) {
    Json row = Json::object({{"kind", one.kind}, {"text", one.text}, {"query", one.query}});
    list.push(std::move(row.set_if("id", one.id).set("works", one.works)));
  }
  return Json::object({{"v", 1}, {"suggestions", std::move(list)}});
}

}  // namespace colophon::app
