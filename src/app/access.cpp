// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/access.hpp"

#include "app/edit_steps.hpp"
#include "base/text.hpp"
#include "ingest/recluster.hpp"

#include <fmt/format.h>

namespace colophon::app {
namespace {

std::unexpected<Error> no_file(const Found& found, std::string_view file) {
  if (file.empty())
    return fail(Errc::not_found, fmt::format("{} has no files", found.id), "“colophon add FILE” adds one with its rule",
                found.id);
  return fail(Errc::not_found, fmt::format("{} has no file “{}”", found.id, printable(file)),
              "“colophon show ID” names its files", found.id);
}

}  // namespace

Json to_json(const std::vector<AccessChange>& changes) {
  Json out = Json::array();
  for (const AccessChange& one : changes)
    out.push(Json::object({{"name", one.file}, {"before", one.before}, {"after", one.after}}));
  return out;
}

Result<AccessOutcome> set_access(
    Library& library, const Acting& acting, std::string_view id, const bib::Access& rule, std::string_view file) {
  return library.store().write([&]() -> Result<AccessOutcome> {
    store::Works works = library.store().works();
    TRY_ASSIGN(const Found found, find_work(library, id));
    AccessOutcome out{found.id, {}};
    bool known = false;
    for (const store::FileRow& row : works.files_of(found.work)) {
      if (!file.empty() && row.name != file) continue;
      known = true;
      if (row.access == rule) continue;
      works.set_access(row.id, rule);
      out.changes.push_back({row.name, bib::to_string(row.access), bib::to_string(rule)});
    }
    if (!known) return no_file(found, file);
    if (out.changes.empty()) return out;
    ingest::reclass(library.store(), found.work, library.clock().now());
    TRY(record_corpus_event(library, acting, "access-set", Json::object({{"work", out.id}, {"files", to_json(out.changes)}})));
    return out;
  });
}

}  // namespace colophon::app
