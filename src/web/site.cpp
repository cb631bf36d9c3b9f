// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/site.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <mutex>
#include <semaphore>
#include <thread>

#include "app/export.hpp"
#include "app/show.hpp"
#include "app/suggest.hpp"
#include "formats/writer.hpp"
#include "web/assets.hpp"
#include "web/files.hpp"
#include "web/pages/pages.hpp"
#include "web/router.hpp"

namespace colophon::web {
namespace {

constexpr app::Audience kVisitor = app::Audience::visitor;
constexpr std::size_t kLatest = 8;
constexpr std::size_t kSimilar = 5;
constexpr std::size_t kLate = 50;  // works that are new to the library
constexpr double kAsLike = 0.5;    // of the likest one's score
constexpr std::chrono::seconds kPatience{2};

/// Open libraries that nobody uses now: one belongs to one request at a time.
class Pool {
 public:
  explicit Pool(const app::Library& first) : first_(first) {}

  Result<std::unique_ptr<app::Library>> take() {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      std::unique_ptr<app::Library> library = std::move(idle_.back());
      idle_.pop_back();
      return library;
    }
    TRY_ASSIGN(app::Library library, first_.again());
    return std::make_unique<app::Library>(std::move(library));
  }
  void give_back(std::unique_ptr<app::Library> library) {
    const std::lock_guard lock(mutex_);
    if (idle_.size() < kKept) idle_.push_back(std::move(library));
  }

 private:
  static constexpr std::size_t kKept = 16;
  const app::Library& first_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<app::Library>> idle_;
};

using Searches = std::counting_semaphore<4096>;

std::ptrdiff_t searches_at_a_time(const config::Settings& settings) {
  const std::int64_t set = settings.integer("web.searches");
  return set > 0 ? set : 2 * std::max(1U, std::thread::hardware_concurrency());
}

/// What a handler works with: its library, the frame, the request.
struct Context {
  app::Library& library;
  const Frame& frame;
  Searches& searches;
  const Request& request;
};
using Page = Response (*)(Context&, const Captures&);

// --- errors --------------------------------------------------------------------------------------------------------------

const Error kNothingHere{Errc::not_found, "there is nothing at this address", "search for it, or check the address", {}};

/// Whatever is unknown or not public gives the same words.
Response error_answer(const Frame& frame, const Request& request, const Error& error) {
  const bool hidden = error.code == Errc::not_found || error.code == Errc::forbidden;
  Response out = error_response(frame, request, hidden ? 404 : http_status(error.code),
                                hidden ? kNothingHere : Error{error.code, error.message, error.hint, {}});
  if (error.code == Errc::busy) out.headers.emplace_back("Retry-After", "2");
  return out;
}

Response error_answer(const Context& c, const Error& error) { return error_answer(c.frame, c.request, error); }

// --- home and search -----------------------------------------------------------------------------------------------------

/// At most so many searches at a time.
template <class Find>
auto when_free(Context& c, const Find& find) -> decltype(find()) {
  if (!c.searches.try_acquire_for(kPatience)) return fail(Errc::busy, "too many searches are under way", "try again in a moment");
  struct Release {
    Searches& searches;
    ~Release() { searches.release(); }
  } release{c.searches};
  return find();
}

// Hosts are asked where the page can tell what is missing.
Result<indexer::ResultPage> search(Context& c, const indexer::SearchRequest& request, app::Hosts hosts = app::Hosts::none) {
  return when_free(c, [&] { return app::search(c.library, kVisitor, request, hosts); });
}

Result<std::vector<app::Suggestion>> suggestions(Context& c, const std::string& text) {
  return when_free(c, [&] { return app::suggest(c.library, kVisitor, text); });
}

std::string completion(const app::Suggestion& one) { return one.kind == "title" ? one.text : one.query; }

Response home(Context& c, const Captures&) {
  const Result<indexer::ResultPage> latest = search(c, {.limit = kLatest, .sort = indexer::Sort::newest});
  if (!latest) return error_answer(c, latest.error());
  return html_response(home_page(c.frame, {.works = latest->total, .latest = latest->hits}));
}

/// The search of the address, with the work that it may name.
Result<SearchQuery> asked(Context& c) {
  SearchQuery out = search_query(c.request.query);
  if (out.like.empty()) return out;
  TRY_ASSIGN(const app::WorkView view, app::show_work(c.library, out.like, kVisitor));
  if (view.state != store::WorkState::live) return std::unexpected(kNothingHere);
  out.like = view.id;
  out.like_title = view.record.full_title();
  return out;
}

Response search_html(Context& c, const Captures&) {
  const Result<SearchQuery> query_asked = asked(c);
  if (!query_asked) return error_answer(c, query_asked.error());
  const SearchQuery& query = *query_asked;
  const Result<indexer::ResultPage> result = search(c, search_request(query), app::Hosts::asked);
  if (!result) return error_answer(c, result.error());
  std::vector<std::string> completions;
  if (query.page == 1) {
    const Result<std::vector<app::Suggestion>> found = suggestions(c, query.text);
    if (found) std::ranges::transform(*found, std::back_inserter(completions), completion);
  }
  return html_response(search_page(c.frame, query, *result, completions));
}

Response suggest_as_json(Context& c, const Captures&) {
  const Result<std::vector<app::Suggestion>> found = suggestions(c, c.request.query.get("q"));
  if (!found) return error_answer(c, found.error());
  return json_response(app::suggestions_json(*found));
}

Response search_as_json(Context& c, const Captures&) {
  const Result<SearchQuery> query = asked(c);
  if (!query) return error_answer(c, query.error());
  const Result<indexer::ResultPage> result = search(c, search_request(*query), app::Hosts::asked);
  if (!result) return error_answer(c, result.error());
  return json_response(indexer::to_json(*result));
}

/// When the first source of a work came; the work goes by its id.
Instant added_at(app::Library& library, const std::string& id) {
  store::Sources sources = library.store().sources();
  const std::optional<store::SourceId> first = sources.with_short_id(id);
  const std::optional<store::Source> source = first ? sources.get(*first) : std::nullopt;
  return source ? source->added_at : Instant{};
}

/// The newest works of the search; where there are more, also those that came to the library last, whenever they were published.
Result<std::vector<indexer::Hit>> feed_hits(Context& c, const SearchQuery& query) {
  indexer::SearchRequest request = feed_request(query);
  TRY_ASSIGN(indexer::ResultPage newest, search(c, request));
  std::vector<indexer::Hit> out = std::move(newest.hits);
  if (out.size() < kFeedEntries) return out;
  request.limit = kLate;
  request.filters.push_back({"id", c.library.store().works().latest(kLate)});
  TRY_ASSIGN(indexer::ResultPage late, search(c, request));
  for (indexer::Hit& hit : late.hits) {
    if (std::ranges::find(out, hit.id, &indexer::Hit::id) == out.end()) out.push_back(std::move(hit));
  }
  return out;
}

Response search_as_feed(Context& c, const Captures&) {
  const Result<SearchQuery> query = asked(c);
  if (!query) return error_answer(c, query.error());
  Result<std::vector<indexer::Hit>> hits = feed_hits(c, *query);
  if (!hits) return error_answer(c, hits.error());
  FeedView view{*query, c.library.id(), {}};
  for (indexer::Hit& hit : *hits) {
    const Instant added = added_at(c.library, hit.id);
    view.entries.push_back({std::move(hit), added});
  }
  std::ranges::stable_sort(view.entries, std::ranges::greater(), &FeedEntry::added);
  if (view.entries.size() > kFeedEntries) view.entries.resize(kFeedEntries);
  return unless_known({.type = "application/atom+xml; charset=utf-8", .body = feed(c.frame, view).str()}, c.request);
}

// --- one publication -----------------------------------------------------------------------------------------------------

std::string with_id(const Request& request, std::string_view id) {
  const std::string_view rest = std::string_view(request.path).substr(3);  // behind "/r/"
  const std::size_t end = std::min(rest.find_first_of("./"), rest.size());
  const std::string query = request.query.encoded();
  return "/r/" + std::string(id) + std::string(rest.substr(end)) + (query.empty() ? "" : "?" + query);
}

Response gone(const Context& c, const app::WorkView& view) {
  if (c.request.wants_json()) return json_response(app::work_json(view, app::Provenance::without), 410);
  return html_response(tombstone_page(c.frame, view), 410);
}

/// The work behind an id: a redirect, a tombstone, an error, or what `use` makes of it.
template <class Use>
Response with_work(Context& c, const std::string& id, const Use& use) {
  const Result<app::Found> found = app::find_work(c.library, id);
  if (!found) return error_answer(c, found.error());
  const Result<app::WorkView> view = app::show_work(c.library, found->id, kVisitor);
  if (!view) return error_answer(c, view.error());
  if (view->state == store::WorkState::withdrawn) return gone(c, *view);
  if (view->state != store::WorkState::live) return error_answer(c, kNothingHere);
  if (found->id != id) return moved_to(with_id(c.request, found->id));
  return use(*view);
}

/// A publication has its page also where nothing else can be searched for.
std::vector<indexer::Hit> similar_to(Context& c, const std::string& id) {
  Result<indexer::ResultPage> found = search(c, {.like = id, .limit = kSimilar, .count_limit = 0});
  if (!found || found->hits.empty()) return {};
  std::erase_if(found->hits, [best = found->hits.front().score](const indexer::Hit& hit) { return hit.score < kAsLike * best; });
  return std::move(found->hits);
}

Response record(Context& c, const Captures& captures) {
  return with_work(c, captures[0], [&](const app::WorkView& view) {
    const bib::Document body = app::read_body(c.library, view.id, kVisitor);
    return html_response(record_page(c.frame, view, body, similar_to(c, view.id)));
  });
}

Response record_json(Context& c, const Captures& captures) {
  return with_work(c, captures[0],
                   [](const app::WorkView& view) { return json_response(app::work_json(view, app::Provenance::without)); });
}

Response text(Context& c, const Captures& captures) {
  return with_work(c, captures[0], [&](const app::WorkView& view) {
    const Parameters& q = c.request.query;
    if (!has_text(view)) return error_answer(c, kNothingHere);
    const TextPlace place{static_cast<std::uint32_t>(q.number("page", 0)), q.get("section"), q.number("at", 0)};
    const bib::Document body = app::read_body(c.library, view.id, kVisitor);
    if (body.empty()) return html_response(text_page(c.frame, view, place, q.get("q")));
    const std::string section = section_at(view, place);
    if (section.empty()) return html_response(reading_page(c.frame, view, body, q.get("q")));
    return found_at("/r/" + view.id + "/text?q=" + percent_encoded(q.get("q")) + "#" + section);
  });
}

Response reviews(Context& c, const Captures& captures) {
  return with_work(c, captures[0], [&](const app::WorkView& view) {
    return view.reviews.empty() ? error_answer(c, kNothingHere) : html_response(reviews_page(c.frame, view));
  });
}

Response exported(Context& c, const std::string& id, std::string_view format) {
  return with_work(c, id, [&](const app::WorkView& view) {
    const Result<std::string> text = app::export_work(c.library, kVisitor, view.id, format);
    if (!text) return error_answer(c, text.error());
    const std::optional<formats::WriterRow> writer = formats::writer_named(format);
    Response out{.type = std::string(writer ? writer->media_type : "text/plain") + "; charset=utf-8", .body = *text};
    out.headers.emplace_back("Content-Disposition",
                             "inline; filename=\"" + view.id + "." + std::string(writer ? writer->extension : "txt") + "\"");
    return out;
  });
}
Response record_bib(Context& c, const Captures& captures) { return exported(c, captures[0], "bibtex"); }
Response record_csl(Context& c, const Captures& captures) { return exported(c, captures[0], "csl-json"); }

Response file(Context& c, const Captures& captures) {
  return with_work(c, captures[0], [&](const app::WorkView& view) {
    std::int64_t number = 0;
    const std::string& digits = captures[1];
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc() || end != digits.data() + digits.size()) return error_answer(c, kNothingHere);
    const Result<app::OpenFile> open = app::open_file(c.library, view.id, number, kVisitor);
    if (!open) return error_answer(c, open.error());
    Result<Response> sent = file_response({open->path, open->view.name, open->view.media}, c.request);
    return sent ? *std::move(sent) : error_answer(c, sent.error());
  });
}

// --- the rest ------------------------------------------------------------------------------------------------------------

Response style(Context& c, const Captures& captures) {
  std::optional<Response> asset = asset_response(captures[0], captures[1] + ".css");
  return asset ? *std::move(asset) : error_answer(c, kNothingHere);
}

Response health(Context& c, const Captures&) {
  const Status works = c.library.store().read([&]() -> Status {
    c.library.store().works().count_live();
    return {};
  });
  return json_response(Json::object({{"status", works ? "ok" : "failing"}}), works ? 200 : 503);
}

Response robots(Context&, const Captures&) {
  return {.type = "text/plain; charset=utf-8", .body = "User-agent: *\nDisallow: /search\n"};
}

struct PageRow {
  std::string_view pattern;
  Page page;
};
constexpr std::array kPages = {
    PageRow{"/", home},
    PageRow{"/search", search_html},
    PageRow{"/search.json", search_as_json},
    PageRow{"/search.atom", search_as_feed},
    PageRow{"/suggest.json", suggest_as_json},
    PageRow{"/r/{}", record},
    PageRow{"/r/{}.json", record_json},
    PageRow{"/r/{}.bib", record_bib},
    PageRow{"/r/{}.csl.json", record_csl},
    PageRow{"/r/{}/text", text},
    PageRow{"/r/{}/reviews", reviews},
    PageRow{"/r/{}/file/{}", file},
    PageRow{"/a/{}/{}.css", style},
    PageRow{"/healthz", health},
    PageRow{"/robots.txt", robots},
};

Frame frame_of(const app::Library& library) {
  const std::string name = library.settings().text("library.name");
  return {.site = name.empty() ? "Colophon" : name,
          .demo = library.is_demo() || library.settings().boolean("library.demo"),
          .base_url = library.settings().text("library.base_url")};
}

}  // namespace

struct Site::Impl {
  explicit Impl(const app::Library& library)
      : frame(frame_of(library)), pool(library), searches(searches_at_a_time(library.settings())), router(routes()) {}

  std::vector<Route> routes() {
    std::vector<Route> out;
    for (const PageRow& row : kPages) {
      out.push_back({Method::get, row.pattern, [this, page = row.page](const Request& request, const Captures& captures) {
                       return run(page, request, captures);
                     }});
    }
    return out;
  }

  Response run(Page page, const Request& request, const Captures& captures) {
    Result<std::unique_ptr<app::Library>> library = pool.take();
    if (!library) return error_answer(frame, request, library.error());
    Context context{**library, frame, searches, request};
    Response response = page(context, captures);
    pool.give_back(*std::move(library));  // not after an exception: nobody knows its state then
    return response;
  }

  Frame frame;
  Pool pool;
  Searches searches;
  Router router;
};

Site::Site(const app::Library& library) : impl_(std::make_unique<Impl>(library)) {}
Site::~Site() = default;

std::optional<Response> Site::refuse(const Request& request) const {
  if (impl_->router.find(request)) return std::nullopt;
  const std::string allowed = impl_->router.allowed(request);
  if (allowed.empty()) return error_answer(impl_->frame, request, kNothingHere);
  Response out = error_page(request, 405, {Errc::usage, "this address takes no such request", "it answers " + allowed, {}});
  out.headers.emplace_back("Allow", allowed);
  return out;
}

Response Site::answer(const Request& request) const {
  const std::optional<Router::Match> match = impl_->router.find(request);
  if (!match) return error_answer(impl_->frame, request, kNothingHere);
  return match->route->handler(request, match->captures);
}

Response Site::error_page(const Request& request, int status, const Error& error) const {
  return error_response(impl_->frame, request, status, error);
}

}  // namespace colophon::web
