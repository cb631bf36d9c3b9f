// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "base/digest.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/words.hpp"

namespace colophon::web {
namespace {

/// A UUID of version 8 from a digest of the names.
std::string uuid_of(std::string_view library, std::string_view path) {
  std::string hex = sha256(std::string(library) + "\n" + std::string(path)).hex().substr(0, 32);
  hex[12] = '8';
  hex[16] = "89ab"[hex[16] % 4];
  for (const std::size_t at : {20U, 16U, 12U, 8U}) hex.insert(at, "-");
  return "urn:uuid:" + hex;
}

/// Readers of feeds lose the address that they were got from: absolute where the library's is known.
Href absolute(const Frame& frame, const std::string& path) { return Href::to(frame.base_url + path); }

std::string summary_of(const indexer::Hit& hit) {
  std::string out = hit.container;
  if (hit.year) out += (out.empty() ? "" : " · ") + std::to_string(hit.year);
  std::string text;
  for (const indexer::SnippetPart& part : hit.snippet) text += part.text;
  return out + (out.empty() || text.empty() ? "" : ". ") + text;
}

Html entry(const Frame& frame, const FeedView& view, const FeedEntry& one) {
  const indexer::Hit& hit = one.hit;
  const std::string path = "/r/" + hit.id;
  const Attribute lang = hit.language.empty() ? Attribute::none() : Attribute::named("xml:lang").is(hit.language);
  Html out;
  out.put("<entry>\n<id>{}</id>\n<title{}>{}</title>\n<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n",
          uuid_of(view.library, path), lang, hit.title.empty() ? "Without title" : hit.title, absolute(frame, path));
  out.put("<updated>{}</updated>\n<category term=\"{}\" label=\"{}\"/>\n", to_string(one.added), hit.type, type_label(hit.type));
  if (!hit.authors.empty()) out.put("<author><name>{}</name></author>\n", hit.authors);
  if (const std::string summary = summary_of(hit); !summary.empty()) out.put("<summary{}>{}</summary>\n", lang, summary);
  return out.put("</entry>\n");
}

}  // namespace

indexer::SearchRequest feed_request(const SearchQuery& query) {
  return {.text = query.text,
          .like = query.like,
          .limit = kFeedEntries,
          .sort = indexer::Sort::newest,
          .filters = query.filters,
          .count_limit = 0};
}

Html feed(const Frame& frame, const FeedView& view) {
  const std::string path = feed_path(view.query);
  Instant updated;  // an empty feed has not changed since the epoch
  for (const FeedEntry& one : view.entries) updated = std::max(updated, one.added);
  Html out;
  out.put("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">\n");
  out.put("<id>{}</id>\n<title>{} – {}</title>\n<updated>{}</updated>\n<author><name>{}</name></author>\n",
          uuid_of(view.library, path), search_title(view.query), frame.site, to_string(updated), frame.site);
  out.put(
      "<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n<link rel=\"alternate\" type=\"text/html\" "
      "href=\"{}\"/>\n",
      absolute(frame, path), absolute(frame, search_path(view.query)));
  for (const FeedEntry& one : view.entries) out.put(entry(frame, view, one));
  return out.put("</feed>\n");
}

}  // namespace colophon::web
