// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "app/show.hpp"
#include "base/text.hpp"
#include "formats/bibtex/entry_edit.hpp"
#include "formats/bibtex/reader.hpp"
#include "formats/bibtex/surroundings.hpp"
#include "formats/writer.hpp"

#include <fmt/format.h>

namespace colophon::app {
namespace {

constexpr std::size_t kPage = 1000;

// A work that is one BibTeX entry and what people said since.
struct EntryWithEdits {
  store::Source entry;
  std::set<bib::FieldId> edited;
};

std::optional<EntryWithEdits> entry_of(store::Store& store, store::WorkId work) {
  std::optional<store::Source> only;
  std::set<bib::FieldId> edited;
  for (const store::SourceId id : store.works().members(work)) {
    std::optional<store::Source> source = store.sources().get(id);
    if (!source || source->status != store::SourceStatus::current) continue;
    if (source->kind == bib::SourceKind::person) {
      if (source->work.type != bib::WorkType::unknown) return std::nullopt;  // the entry's type cannot say it
      edited.insert(source->none.begin(), source->none.end());
      for (const bib::Statement& said : source->work.statements()) edited.insert(said.field);
      continue;
    }
    if (only || source->format != "bibtex" || !source->blob || source->end <= source->begin) return std::nullopt;
    only = std::move(source);
  }
  if (!only || only->work.text(bib::FieldId::title).empty()) return std::nullopt;
  return EntryWithEdits{std::move(*only), std::move(edited)};
}

// Whether two works say the same, wherever that stands.
bool say_the_same(const bib::Work& a, const bib::Work& b) {
  return a.type == b.type &&
         std::ranges::equal(a.statements(), b.statements(), [](const bib::Statement& x, const bib::Statement& y) {
           return x.field == y.field && x.value == y.value;
         });
}

// Entries as they came in, but for fields that people edited, each with what it needs of its file: @string and @preamble before the first entry that uses them (and again
// where another file's has come between), parents behind all entries, unless they went out as works.
class EntriesAsTheyCame {
 public:
  explicit EntriesAsTheyCame(Library& library) : store_(library.store()) {}

  /// The entry with its key changed, where it can be read as it was and says what the record says; else nothing. `key` empty keeps it.
  Result<std::optional<std::string>> next(const bib::Work& record,
                                          store::WorkId work,
                                          const std::string& key,
                                          const std::string& own,
                                          const formats::Renamed& renamed) {
    const std::optional<EntryWithEdits> found = entry_of(store_, work);
    if (!found) return std::optional<std::string>();
    const store::Source& source = found->entry;
    TRY_ASSIGN(std::string entry, store_.blobs().read_range(*source.blob, source.begin, source.end));
    if (!is_utf8(entry) || !entry.starts_with('@')) return std::optional<std::string>();
    TRY_ASSIGN(const std::optional<formats::BibtexSurroundings> around, surroundings(source));
    if (!around || !takes(*around)) return std::optional<std::string>();
    for (const bib::FieldId field : found->edited) entry = formats::entry_as_in(entry, record, field);
    if (!found->edited.empty() && !reads_as(entry, *around, record)) return std::optional<std::string>();
    std::string out;
    for (const auto& [name, bytes] : around->definitions) {
      std::string& current = name.empty() ? preambles_[bytes] : macros_[name];
      if (current == bytes) continue;
      current = bytes;
      out += bytes + "\n";
    }
    for (const auto& [parent, bytes] : around->parents) parents_.emplace(parent, bytes);
    if (!key.empty()) entry = formats::entry_with_keys(entry, key == formats::escape_key(own) ? own : key, renamed);
    return out + entry + "\n";
  }
  /// To be told of every entry that goes out.
  void went_out(const std::string& key) { keys_.insert(key); }
  /// The parents that did not go out as works.
  std::string rest(const formats::Renamed& renamed) const {
    std::string out;
    for (const auto& [key, bytes] : parents_) {
      const auto other = renamed.find(key);
      const std::string& now = other == renamed.end() ? key : other->second;
      if (!keys_.contains(now)) out += "\n" + formats::entry_with_keys(bytes, now, renamed) + "\n";
    }
    return out;
  }

 private:
  static bool reads_as(const std::string& entry, const formats::BibtexSurroundings& around, const bib::Work& record) {
    std::string file;
    for (const auto& definition : around.definitions) file += definition.bytes + "\n";
    const std::size_t begin = file.size();
    file += entry + "\n";
    for (const auto& parent : around.parents) file += parent.bytes + "\n";
    formats::BibtexReader reader(file, formats::BibtexReader::Keys::skip);
    for (formats::Draft draft; reader.next(draft);) {
      if (draft.begin == begin) return say_the_same(draft.work, record);
    }
    return false;
  }

  Result<std::optional<formats::BibtexSurroundings>> surroundings(const store::Source& source) {
    if (!file_ || digest_ != *source.blob) {  // works of one file mostly come together
      TRY_ASSIGN(std::string bytes, store_.blobs().read(*source.blob));
      file_.emplace(std::move(bytes));
      digest_ = *source.blob;
    }
    return file_->of(source.begin);
  }
  // Two parents of one key, from two files, cannot stand in one.
  bool takes(const formats::BibtexSurroundings& around) const {
    return std::ranges::all_of(around.definitions, [](const auto& one) { return is_utf8(one.bytes); }) &&
           std::ranges::all_of(around.parents, [&](const auto& one) {
             const auto known = parents_.find(one.key);
             return is_utf8(one.bytes) && !one.key.empty() && (known == parents_.end() || known->second == one.bytes);
           });
  }

  store::Store& store_;
  std::optional<formats::BibtexSurroundingsReader> file_;
  Sha256 digest_;
  std::map<std::string, std::string> macros_, preambles_, parents_;
  std::set<std::string> keys_;
};

bool is_bibtex(const formats::WriterRow& writer) { return writer.name == "bibtex" || writer.name == "biblatex"; }

// `keys` are those of the whole library, or null where one work goes out alone.
Result<formats::WrittenItem> written(Library& library,
                                     const formats::WriterRow& writer,
                                     Audience audience,
                                     const Found& found,
                                     const bib::Work& record,
                                     const ExportKeys* keys,
                                     EntriesAsTheyCame& entries) {
  const std::string own = record.text(bib::FieldId::citation_key);
  if (writer.works == formats::Holds::one) {
    const bib::Document body = read_body(library, found.id, audience);
    return writer.write({&record, own.empty() ? found.id : own, &body});
  }
  if (!is_bibtex(writer)) return writer.write({&record, own.empty() ? found.id : own});
  const formats::Renamed none;
  const std::string key = keys ? std::string(keys->of(found.id)) : export_key(library, record);
  const formats::Renamed& renamed = keys ? keys->renamed() : none;
  entries.went_out(key.empty() ? own : key);
  if (writer.name == "bibtex") {
    TRY_ASSIGN(std::optional<std::string> entry, entries.next(record, found.work, key, own, renamed));
    if (entry) return formats::WrittenItem{std::move(*entry), {}};
  }
  return formats::WrittenItem{formats::entry_with_keys(writer.write({&record, key}).text, formats::escape_key(key), renamed), {}};
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
                                 const ExportTo& to) {
  TRY_ASSIGN(const formats::WriterRow writer, formats::writer_of(format));
  TRY_ASSIGN(const std::vector<std::string> ids, ids_of(library, audience, query));
  const bool apart = writer.works == formats::Holds::one;
  if (apart && !to.next && ids.size() > 1)
    return fail(Errc::usage, fmt::format("a file of {} holds one work, and {} were found", writer.label, ids.size()),
                "give a folder for the files: -o FOLDER/");
  std::optional<ExportKeys> keys;
  if (is_bibtex(writer)) {
    TRY_ASSIGN(keys, ExportKeys::make(library, choice));
  }
  TRY(to.write(writer.begin));
  EntriesAsTheyCame entries(library);
  std::size_t count = 0;
  for (const std::string& id : ids) {
    Result<WorkView> view = show_work(library, id, audience);
    if (!view) continue;
    TRY_ASSIGN(const Found found, find_work(library, id));
    TRY_ASSIGN(const formats::WrittenItem item,
               written(library, writer, audience, found, view->record, keys ? &*keys : nullptr, entries));
    if (apart && to.next) TRY(to.next(found.id));
    if (count++ > 0) TRY(to.write(writer.between));
    for (Diagnostic d : item.diagnostics) {
      d.at.path = found.id;
      if (to.remark) to.remark(d);
    }
    TRY(to.write(item.text));
  }
  TRY(to.write(entries.rest(keys ? keys->renamed() : formats::Renamed())));
  TRY(to.write(writer.end));
  return count;
}

Result<std::string> export_work(Library& library, Audience audience, std::string_view id, std::string_view format) {
  TRY_ASSIGN(const formats::WriterRow writer, formats::writer_of(format));
  TRY_ASSIGN(const WorkView view, show_work(library, id, audience));
  TRY_ASSIGN(const Found found, find_work(library, id));
  if (view.state != store::WorkState::live) return fail(Errc::not_found, "there is no such work", "check the id");
  EntriesAsTheyCame entries(library);
  TRY_ASSIGN(const formats::WrittenItem item, written(library, writer, audience, found, view.record, nullptr, entries));
  return std::string(writer.begin) + item.text + entries.rest({}) + std::string(writer.end);
}

}  // namespace colophon::app
