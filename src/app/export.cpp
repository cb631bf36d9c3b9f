// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export.hpp"

#include "app/show.hpp"
#include "base/text.hpp"
#include "formats/writer.hpp"

namespace colophon::app {
namespace {

constexpr std::size_t kPage = 1000;

// The bytes of the one BibTeX entry that a work is made of, if that is all there is.
Result<std::optional<std::string>> untouched_entry(Library& library, store::WorkId work) {
  store::Store& store = library.store();
  std::optional<store::Source> only;
  for (const store::SourceId id : store.works().members(work)) {
    std::optional<store::Source> source = store.sources().get(id);
    if (!source || source->status != store::SourceStatus::current) continue;
    if (only || source->format != "bibtex" || !source->blob || source->end <= source->begin) return std::optional<std::string>();
    only = std::move(source);
  }
  if (!only) return std::optional<std::string>();
  TRY_ASSIGN(std::string entry, store.blobs().read_range(*only->blob, only->begin, only->end));
  const bool self_contained = is_utf8(entry) && entry.starts_with('@') && !only->work.text(bib::FieldId::title).empty();
  return self_contained ? std::optional(std::move(entry)) : std::nullopt;
}

bool is_bibtex(const formats::WriterRow& writer) { return writer.name == "bibtex" || writer.name == "biblatex"; }

// `keys` are those of the whole library, or null where one work goes out alone.
Result<std::string> written(
    Library& library, const formats::WriterRow& writer, const Found& found, const bib::Work& record, const ExportKeys* keys) {
  const std::string own = record.text(bib::FieldId::citation_key);
  if (!is_bibtex(writer)) return writer.write({&record, own.empty() ? found.id : own});
  const formats::Renamed none;
  const std::string key = keys ? std::string(keys->of(found.id)) : export_key(library, record);
  const formats::Renamed& renamed = keys ? keys->renamed() : none;
  if (writer.name == "bibtex") {
    TRY_ASSIGN(const std::optional<std::string> entry, untouched_entry(library, found.work));
    if (entry)
      return (key.empty() ? *entry : formats::entry_with_keys(*entry, key == formats::escape_key(own) ? own : key, renamed)) +
             "\n";
  }
  return formats::entry_with_keys(writer.write({&record, key}), formats::escape_key(key), renamed);
}

}  // namespace

Result<std::vector<std::string>> ids_of(Library& library, Audience audience, std::string_view query) {
  std::vector<std::string> out;
  if (trim(query).empty()) {
    for (const store::WorkId work : library.store().works().all_live())
      out.push_back(library.store().sources().short_id(store::SourceId(work.value)));
    TRY(library.store().db().take_status());
    return out;
  }
  while (true) {
    indexer::SearchRequest request;
    request.text = query;
    request.offset = out.size();
    request.limit = kPage;
    TRY_ASSIGN(const indexer::ResultPage page, search(library, audience, request));
    for (const indexer::Hit& hit : page.hits) out.push_back(hit.id);
    if (page.hits.size() < kPage) return out;
  }
}

Result<std::size_t> export_works(Library& library,
                                 Audience audience,
                                 std::string_view query,
                                 std::string_view format,
                                 const KeyChoice& choice,
                                 const std::function<Status(std::string_view)>& write) {
  TRY_ASSIGN(const formats::WriterRow writer, formats::writer_of(format));
  TRY_ASSIGN(const std::vector<std::string> ids, ids_of(library, audience, query));
  std::optional<ExportKeys> keys;
  if (is_bibtex(writer)) {
    TRY_ASSIGN(keys, ExportKeys::make(library, choice));
  }
  TRY(write(writer.begin));
  std::size_t count = 0;
  for (const std::string& id : ids) {
    Result<WorkView> view = show_work(library, id, audience);
    if (!view) continue;
    TRY_ASSIGN(const Found found, find_work(library, id));
    TRY_ASSIGN(const std::string text, written(library, writer, found, view->record, keys ? &*keys : nullptr));
    if (count++ > 0) TRY(write(writer.between));
    TRY(write(text));
  }
  TRY(write(writer.end));
  return count;
}

Result<std::string> export_work(Library& library, Audience audience, std::string_view id, std::string_view format) {
  TRY_ASSIGN(const formats::WriterRow writer, formats::writer_of(format));
  TRY_ASSIGN(const WorkView view, show_work(library, id, audience));
  TRY_ASSIGN(const Found found, find_work(library, id));
  if (view.state != store::WorkState::live) return fail(Errc::not_found, "there is no such work", "check the id");
  TRY_ASSIGN(const std::string text, written(library, writer, found, view.record, nullptr));
  return std::string(writer.begin) + text + std::string(writer.end);
}

}  // namespace colophon::app
