// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/show.hpp"

#include <algorithm>

#include "base/crockford.hpp"
#include "ingest/recluster.hpp"

#include <fmt/format.h>

namespace colophon::app {
namespace {

bool may_open(const bib::Access& access, Audience audience, Instant now) {
  const bib::AudienceClass needed = bib::audience(access, now);
  return needed == bib::AudienceClass::public_ || (needed == bib::AudienceClass::signed_in && audience == Audience::signed_in);
}

std::uint64_t blob_size(store::Store& store, const Sha256& digest) {
  store::Query q = store.db().query("SELECT size FROM blob WHERE sha256 = ?", store::Bytes{digest.view()});
  return q.next() ? static_cast<std::uint64_t>(q.integer(0)) : 0;
}

FileView file_view(store::Store& store, const store::FileRow& file) {
  return {file.id,
          file.name,
          file.media,
          std::string(bib::name(file.role)),
          std::string(bib::name(file.stage)),
          file.licence,
          bib::to_string(file.access),
          blob_size(store, file.blob)};
}

SourceView source_view(store::Store& store, const store::Source& source, Audience audience) {
  static constexpr std::string_view kStatus[] = {"current", "superseded", "removed"};
  SourceView out{source.short_id,
                 std::string(bib::name(source.kind)),
                 source.format,
                 {},
                 std::string(kStatus[static_cast<std::size_t>(source.status)]),
                 source.added_at};
  if (audience == Audience::visitor) return out;
  for (const store::Origin& origin : store.sources().origins_of(source.id))
    out.origins.push_back(origin.local_id.empty() ? origin.path : origin.path + "#" + origin.local_id);
  return out;
}

std::unexpected<Error> unknown(std::string_view id) {
  return fail(Errc::not_found, fmt::format("there is no work “{}”", id),
              "check the id; “colophon search” shows the ids of works");
}

Json statement_json(const bib::Statement& s, Provenance provenance) {
  if (provenance == Provenance::without) return to_json(s.value);
  Json out = Json::object({{"value", to_json(s.value)}, {"source", s.source}});
  return out.set_if("at", to_json(s.origin));
}

Json fields_json(const bib::Work& record, Provenance provenance) {
  Json out = Json::object();
  for (const bib::FieldRow& field : bib::fields()) {
    const auto statements = record.all(field.id);
    if (statements.empty()) continue;
    if (field.cardinality == bib::Cardinality::one) {
      out.set(std::string(field.name), statement_json(statements[0], provenance));
      continue;
    }
    Json list = Json::array();
    for (const bib::Statement& s : statements) list.push(statement_json(s, provenance));
    out.set(std::string(field.name), std::move(list));
  }
  return out;
}

Json file_json(const FileView& file) {
  return Json::object({{"number", file.number},
                       {"name", file.name},
                       {"media", file.media},
                       {"role", file.role},
                       {"stage", file.stage},
                       {"licence", file.licence},
                       {"access", file.access},
                       {"size", file.size}});
}

}  // namespace

Result<Found> find_work(Library& library, std::string_view id) {
  const Result<std::string> typed = parse_crockford_id(id);
  if (!typed) return unknown(id);
  store::Store& store = library.store();
  const std::optional<store::WorkId> work = store.works().with_short_id(*typed);
  TRY(store.db().take_status());
  if (!work) return unknown(id);
  const std::string now = store.sources().short_id(store::SourceId(work->value));
  return Found{*work, now, now != *typed};
}

Result<WorkView> show_work(Library& library, std::string_view id, Audience audience) {
  TRY_ASSIGN(const Found found, find_work(library, id));
  store::Store& store = library.store();
  const Instant now = library.clock().now();
  const std::optional<store::WorkRow> row = store.works().get(found.work);
  if (!row || row->state == store::WorkState::empty) return unknown(id);
  WorkView out;
  out.id = found.id;
  out.state = row->state;
  out.reason = row->reason;
  if (row->state == store::WorkState::withdrawn && audience == Audience::visitor) return out;  // a tombstone
  bib::Folded folded = bib::fold(ingest::assertions_of(store, found.work));
  out.record = std::move(folded.record);
  out.rejected = std::move(folded.rejected);
  for (const store::SourceId member : store.works().members(found.work)) {
    if (const std::optional<store::Source> source = store.sources().get(member))
      out.sources.push_back(source_view(store, *source, audience));
  }
  for (const store::FileRow& file : store.works().files_of(found.work)) {
    if (may_open(file.access, audience, now)) out.files.push_back(file_view(store, file));
    else out.has_closed_text = out.has_closed_text || audience == Audience::signed_in;
  }
  out.passages = passages_for(store, found.work, audience, now);
  out.reviews = reviews_for(store, found.work, audience, now);
  TRY(store.db().take_status());
  return out;
}

bib::Document read_body(Library& library, std::string_view id, Audience audience) {
  const Result<Found> found = find_work(library, id);
  if (!found) return {};
  const std::optional<store::WorkRow> row = library.store().works().get(found->work);
  const bool shown = row && (row->state == store::WorkState::live || audience == Audience::signed_in);
  return shown ? body_for(library.store(), found->work, audience, library.clock().now()) : bib::Document{};
}

Result<OpenFile> open_file(Library& library, std::string_view id, std::int64_t number, Audience audience) {
  TRY_ASSIGN(const Found found, find_work(library, id));
  store::Store& store = library.store();
  const std::optional<store::WorkRow> row = store.works().get(found.work);
  const bool live = row && (row->state == store::WorkState::live || audience == Audience::signed_in);
  for (const store::FileRow& file : store.works().files_of(found.work)) {
    if (live && file.id == number && may_open(file.access, audience, library.clock().now()))
      return OpenFile{file_view(store, file), store.blobs().path(file.blob)};
  }
  return fail(Errc::not_found, "there is no such file", "look at the work's page for the files that it has");
}

Json reviews_json(const WorkView& view) {
  return Json::object({{"v", 1}, {"id", view.id}, {"reviews", bib::to_json(view.reviews)}});
}

Json work_json(const WorkView& view, Provenance provenance) {
  Json files = Json::array();
  for (const FileView& file : view.files) files.push(file_json(file));
  Json out = Json::object({{"v", 1},
                           {"id", view.id},
                           {"state", store::name(view.state)},
                           {"type", bib::name(view.record.type)},
                           {"fields", fields_json(view.record, provenance)},
                           {"files", std::move(files)}});
  out.set_if("reason", view.reason);
  if (provenance == Provenance::without) return out;
  Json sources = Json::array(), rejected = Json::array();
  for (const SourceView& s : view.sources) {
    Json origins = Json::array();
    for (const std::string& origin : s.origins) origins.push(origin);
    sources.push(
        Json::object(
            {{"id", s.id}, {"kind", s.kind}, {"format", s.format}, {"status", s.status}, {"added_at", to_string(s.added_at)}})
            .set_if("origins", std::move(origins)));
  }
  for (const bib::Statement& s : view.rejected) rejected.push(statement_json(s, provenance).set("field", bib::name(s.field)));
  return out.set("sources", std::move(sources)).set("rejected", std::move(rejected));
}

}  // namespace colophon::app
