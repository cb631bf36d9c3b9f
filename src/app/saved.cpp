// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/saved.hpp"

#include <algorithm>

#include "app/index_consumer.hpp"
#include "base/text.hpp"
#include "indexer/inspect.hpp"
#include "indexer/query/parser.hpp"

#include <fmt/format.h>

namespace colophon::app {
namespace {

namespace query = indexer::query;
constexpr std::size_t kLongestName = 80;
constexpr std::size_t kMostHits = 1000;

Status check_person(Library& library, const Acting& acting) {
  if (acting.person.empty() || library.store().people().get(acting.person)) return {};
  return fail(Errc::not_found, fmt::format("there is nobody “{}”", printable(acting.person)), "see “colophon user list”");
}

Error nothing_named(const std::string& name) {
  return {Errc::not_found, fmt::format("there is no saved search “{}”", printable(name)), "see “colophon saved list”", {}};
}

// Up to here the indexes show every change.
Result<std::uint64_t> shown_change(Library& library) {
  const Result<IndexFigures> updated = update_index(library);
  if (!updated && updated.error().code != Errc::busy) return std::unexpected(updated.error());
  std::uint64_t out = library.store().works().last_change();
  for (const std::filesystem::path& folder : open_folders(library, Audience::signed_in, indexer::Content::works)) {
    const auto status = indexer::status(folder);
    out = std::min(out, status ? status->watermark : 0);
  }
  return out;
}

SavedView view_of(const store::SavedSearch& search) {
  const Result<query::Node> node = query::node_from_json(search.query);
  return {search.name, node ? query::to_query(*node) : "(cannot be read by this program)", search.made_at, search.seen_at};
}

// A work is new when its oldest source is.
bool came_since(Library& library, const std::string& id, Instant since) {
  const auto source = library.store().sources().with_short_id(id);
  const auto row = source ? library.store().sources().get(*source) : std::nullopt;
  return row && row->added_at > since;
}

}  // namespace

Result<std::vector<query::Note>> save_search(Library& library,
                                             const Acting& acting,
                                             const std::string& name,
                                             const std::string& text) {
  TRY(check_person(library, acting));
  if (trim(name).empty() || count_code_points(name) > kLongestName)
    return fail(Errc::usage, fmt::format("a saved search needs a name of at most {} letters", kLongestName), "for example: heat");
  const query::ParsedQuery parsed = query::parse(text);
  TRY_ASSIGN(const std::uint64_t seen, shown_change(library));
  const Instant now = library.clock().now();
  const store::SavedSearch search{acting.person, nfc(name), query::to_json(parsed.root), now, seen, now};
  TRY(library.store().write([&]() -> Status {
    if (!library.store().saved_searches().add(search))
      return fail(Errc::conflict, fmt::format("there is a saved search “{}” already", printable(name)),
                  "remove it first, or choose another name");
    return {};
  }));
  return parsed.notes;
}

Status remove_saved(Library& library, const Acting& acting, const std::string& name) {
  return library.store().write([&]() -> Status {
    if (!library.store().saved_searches().remove(acting.person, nfc(name))) return std::unexpected(nothing_named(name));
    return {};
  });
}

std::vector<SavedView> saved_searches(Library& library, const Acting& acting) {
  std::vector<SavedView> out;
  for (const store::SavedSearch& search : library.store().saved_searches().of(acting.person)) out.push_back(view_of(search));
  return out;
}

Result<SavedRun> run_saved(Library& library, const Acting& acting, const std::string& name, Seen seen) {
  std::optional<store::SavedSearch> search = library.store().saved_searches().get(acting.person, nfc(name));
  if (!search) return std::unexpected(nothing_named(name));
  TRY_ASSIGN(query::Node node, query::node_from_json(search->query));
  const Instant now = library.clock().now();
  TRY_ASSIGN(const std::uint64_t shown, shown_change(library));
  SavedRun out{view_of(*search), {}};
  indexer::SearchRequest request{.limit = kMostHits, .sort = indexer::Sort::newest, .changed_after = search->seen};
  request.saved = node;
  if (shown > search->seen) {
    TRY_ASSIGN(indexer::ResultPage page, app::search(library, Audience::signed_in, request, Hosts::none));  // none may be missed
    for (indexer::Hit& hit : page.hits) {
      if (came_since(library, hit.id, search->seen_at)) out.hits.push_back(std::move(hit));
    }
  }
  if (seen == Seen::keep) return out;
  search->query = query::to_json(node);  // in the grammar of today
  search->seen = shown;
  search->seen_at = now;
  TRY(library.store().write([&]() -> Status { return library.store().saved_searches().mark_seen(*search), Status{}; }));
  return out;
}

}  // namespace colophon::app
