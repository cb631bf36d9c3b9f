// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/edit_steps.hpp"

#include <algorithm>
#include <iterator>

#include "ingest/recluster.hpp"

#include <fmt/format.h>

namespace colophon::app {
namespace {

std::string origin_path(std::string_view anchor) { return fmt::format("edit:{}", anchor); }

// An edit's key: what it says of which source, and a salt, since the same words may be said again after something else.
Sha256 edit_key(const Sha256& anchor, const FieldEdit& edit) {
  return Hasher()
      .update(anchor.view())
      .update(random_bytes(16))
      .update(edit.field)
      .update(to_json(edit.work).canonical())
      .finish();
}

// The edits of a field that hold for a work: after a merge there may be one of each of its parts.
std::vector<store::Origin> standing_edits(store::Store& store, store::WorkId work, std::string_view field) {
  std::vector<store::Origin> out;
  for (const store::SourceId member : store.works().members(work)) {
    const std::optional<store::Source> source = store.sources().get(member);
    const bool holds = source && source->kind == bib::SourceKind::person && source->status == store::SourceStatus::current;
    if (holds && source->local_id == field) std::ranges::move(store.sources().origins_of(member), std::back_inserter(out));
  }
  return out;
}

ingest::NewSource edit_source(const EditTarget& target, FieldEdit&& edit, const std::string& path) {
  ingest::NewSource out;
  out.path = path;
  out.local_id = edit.field;
  out.source.key = edit_key(target.anchor.key, edit);
  out.source.kind = bib::SourceKind::person;
  out.source.format = "edit";
  out.source.local_id = edit.field;
  out.source.anchor = target.anchor.id;
  out.source.work = std::move(edit.work);
  out.source.none = std::move(edit.none);
  return out;
}

// The path of a field of an edit in an event; events of early libraries do not name it.
std::string path_of(const Json& edit, const Json& field) {
  return field.contains("path") ? field["path"].as_string() : origin_path(edit["anchor"].as_string());
}

}  // namespace

Result<EditTarget> edit_target(Library& library, std::string_view id) {
  TRY_ASSIGN(Found found, find_work(library, id));
  std::optional<store::Source> anchor = library.store().sources().get(store::SourceId(found.work.value));
  if (!anchor) return fail(Errc::not_found, fmt::format("there is no work “{}”", id), "check the id");
  return EditTarget{std::move(found), std::move(*anchor)};
}

bib::Work record_of(store::Store& store, store::WorkId work) { return bib::fold(ingest::assertions_of(store, work)).record; }

Json take_edits(Library& library, ingest::Assimilation& assimilation, const EditTarget& target, std::vector<FieldEdit> edits) {
  store::Store& store = library.store();
  Json fields = Json::array();
  for (FieldEdit& edit : edits) {
    const std::vector<store::Origin> standing = standing_edits(store, target.found.work, edit.field);
    const std::string path = standing.empty() ? origin_path(target.anchor.short_id) : standing[0].path;
    const std::string field = edit.field;
    ingest::NewSource source = edit_source(target, std::move(edit), path);
    const auto replaced = [&](std::size_t i) {
      return i < standing.size() ? Json(store.sources().short_id(standing[i].source)) : Json();
    };
    fields.push(
        Json::object({{"field", field}, {"key", source.source.key.hex()}, {"path", path}}).set_if("replaced", replaced(0)));
    for (std::size_t i = 1; i < standing.size(); ++i) {
      fields.push(Json::object({{"field", field}, {"path", standing[i].path}, {"replaced", replaced(i)}}));
      assimilation.drop(standing[i].path, field);
    }
    assimilation.take(std::move(source));
  }
  return Json::object({{"anchor", target.anchor.short_id}, {"fields", std::move(fields)}});
}

bool still_stands(store::Store& store, const Json& edit) {
  store::Sources sources = store.sources();
  return std::ranges::all_of(edit["fields"].items(), [&](const Json& field) {
    const Result<Sha256> key = Sha256::parse(field["key"].as_string());
    if (!key) return true;  // a second edit of a merged work, which this one dropped
    const std::optional<store::Sources::Known> known = sources.find(*key);
    return known && sources.at_origin(path_of(edit, field), field["field"].as_string()) == known->id;
  });
}

void take_back(store::Store& store, ingest::Assimilation& assimilation, const Json& edit) {
  store::Sources sources = store.sources();
  for (const Json& field : edit["fields"].items()) {
    const std::string& name = field["field"].as_string();
    const std::string path = path_of(edit, field);
    const std::optional<store::SourceId> earlier = sources.with_short_id(field["replaced"].as_string());
    const std::optional<store::Source> source = earlier ? sources.get(*earlier) : std::nullopt;
    if (!source) {
      assimilation.drop(path, name);
      continue;
    }
    ingest::NewSource again;
    again.path = path;
    again.local_id = name;
    again.source = *source;
    assimilation.take(std::move(again));
  }
}

Status record_corpus_event(Library& library, const Acting& acting, std::string_view kind, Json payload) {
  TRY(library.store().ledger().append({"corpus", std::string(kind), acting.person, acting.operator_name, std::move(payload)},
                                      library.clock().now()));
  return {};
}

}  // namespace colophon::app
