// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/search_figures.hpp"

#include <algorithm>
#include <functional>
#include <limits>

#include "app/edit.hpp"
#include "app/index_consumer.hpp"
#include "app/search.hpp"
#include "base/io.hpp"
#include "bench/rivals.hpp"
#include "indexer/bulk.hpp"
#include "indexer/schema.hpp"

#include <fmt/format.h>
#include <xapian.h>

namespace colophon::bench {
namespace fs = std::filesystem;
namespace {

constexpr double kMega = 1e6;
constexpr int kRounds = 31;

std::vector<indexer::EntryData> full_texts(app::Library& library) {
  std::vector<indexer::EntryData> out;
  for (const store::WorkId id : library.store().works().all_live()) {
    Result<indexer::EntryData> entry = entry_of(library, id);
    if (entry && !entry->passages.empty()) out.push_back(std::move(*entry));
  }
  return out;
}

indexer::StreamFactory stream_of(const std::vector<indexer::EntryData>& works) {
  return [&works](std::size_t share, std::size_t shares) -> Result<indexer::Stream> {
    return indexer::Stream([&works, shares, at = share](indexer::EntryData& out) mutable -> Result<bool> {
      if (at >= works.size()) return false;
      out = works[at];
      at += shares;
      return true;
    });
  };
}

// The least of each figure over a few rounds, each in a process of its own: others disturb a run, nobody speeds it up.
template <class Run, class Next = void (*)()>
Result<Figures> best_of_rounds(Run run, Next next = [] {}) {
  constexpr int kBuilds = 3;
  Figures best;
  for (int round = 0; round < kBuilds; ++round, next()) {
    TRY_ASSIGN(const Figures figures, in_child(run));
    if (best.empty()) best = figures;
    for (std::size_t i = 0; i < best.size(); ++i) best[i].second = std::min(best[i].second, figures[i].second);
  }
  return best;
}

// The least time of each in milliseconds. They take turns, and the first turn only warms up: what is disturbed for a while disturbs all of
// them, and nobody speeds one up, so that differences are steady.
std::vector<double> least_ms(const std::vector<std::function<void()>>& runs) {
  std::vector<double> out(runs.size(), std::numeric_limits<double>::infinity());
  for (int round = 0; round <= kRounds; ++round) {
    for (std::size_t i = 0; i < runs.size(); ++i) {
      const double start = thread_seconds();
      runs[i]();
      if (round > 0) out[i] = std::min(out[i], (thread_seconds() - start) * 1000);
    }
  }
  return out;
}

// Facets as Xapian's own class counts them.
void search_with_spies(const Xapian::Database& index, const std::string& term, bool spied) {
  Xapian::Enquire enquire(index);
  enquire.set_query(Xapian::Query(term));
  enquire.set_weighting_scheme(Xapian::IneB2Weight(1));
  const auto number = [](indexer::Slot slot) { return static_cast<Xapian::valueno>(slot); };
  Xapian::ValueCountMatchSpy year(number(indexer::Slot::year)), type(number(indexer::Slot::type)),
      language(number(indexer::Slot::language));
  for (Xapian::ValueCountMatchSpy* const spy : {&year, &type, &language}) {
    if (spied) enquire.add_matchspy(spy);
  }
  enquire.get_mset(0, 10, index.get_doccount());
}

}  // namespace

Result<indexer::EntryData> entry_of(app::Library& library, store::WorkId id) {
  const std::optional<store::WorkRow> row = library.store().works().get(id);
  if (!row) return fail(Errc::not_found, "no such work");
  TRY_ASSIGN(const Json json, Json::parse(row->record));
  TRY_ASSIGN(bib::Work record, bib::work_from_json(json));
  return indexer::EntryData{row->short_id,
                            row->change,
                            std::move(record),
                            app::passages_for(library.store(), id, app::Audience::signed_in, library.clock().now()),
                            {},
                            {}};
}

std::string text_of(const indexer::EntryData& entry) {
  const bool has_references = std::ranges::find(entry.passages, "reference", &bib::Passage::kind) != entry.passages.end();
  std::string out;
  for (const bib::Statement& s : entry.record.statements()) {
    if (s.field != bib::FieldId::reference || !has_references) out += bib::plain(s.value) + "\n";
  }
  for (const bib::Passage& p : entry.passages) {
    if (p.kind != "record") out += p.text + "\n";
  }
  return out;
}

Result<Figures> index_build_figures(app::Library& library) {
  const std::vector<indexer::EntryData> works = full_texts(library);
  std::vector<std::string> texts;
  double bytes = 0;
  for (const indexer::EntryData& work : works) texts.push_back(text_of(work)), bytes += static_cast<double>(texts.back().size());
  if (works.empty()) return Figures{};
  const double mega = bytes / kMega;
  const TemporaryFolder folder;
  const fs::path dir = folder.path() / "index";
  TRY_ASSIGN(const Figures ours, best_of_rounds([&]() -> Result<Figures> {
               TRY_ASSIGN(const indexer::BulkFigures made, indexer::build(dir, {.jobs = 2}, stream_of(works)));
               return Figures{{"build_seconds", made.seconds}, {"merge_seconds", made.merge_seconds}};
             }));
  TRY_ASSIGN(const indexer::IndexStatus status, indexer::status(dir));
  Figures out = {{"build.works", static_cast<double>(works.size())},
                 {"build.mb", mega},
                 {"build.mb_s", mega / figure(ours, "build_seconds")},
                 {"build.mb_cpu_s", mega / figure(ours, "cpu_seconds")},
                 {"build.merge_seconds", figure(ours, "merge_seconds")},
                 {"build.size_of_text", static_cast<double>(status.bytes) / bytes},
                 {"build.peak_mib", figure(ours, "peak_mib")}};
  int round = 0;
  const Result<Figures> omega = best_of_rounds(
      [&]() -> Result<Figures> {
        TRY_ASSIGN(const Omega made, Omega::build(folder.path() / fmt::format("omega{}", round), texts));
        return Figures{{"build_seconds", made.build_seconds()}, {"build_cpu", made.build_cpu_seconds()}};
      },
      [&] { ++round; });
  if (!omega) return out;
  out.emplace_back("rival.omindex.build.mb_s", mega / figure(*omega, "build_seconds"));
  out.emplace_back("rival.omindex.build.mb_cpu_s", mega / figure(*omega, "build_cpu"));
  out.emplace_back("build.times_omindex", figure(*omega, "build_seconds") / figure(ours, "build_seconds"));
  out.emplace_back("build.times_omindex_cpu", figure(*omega, "build_cpu") / figure(ours, "cpu_seconds"));
  return out;
}

Result<Figures> facet_figures(const std::vector<fs::path>& dirs, const std::string& term) {
  TRY_ASSIGN(indexer::Searcher searcher, indexer::Searcher::open(dirs));
  indexer::SearchRequest plainly, counting;
  plainly.text = counting.text = term;
  counting.facets = {"year", "type", "language"};
  indexer::SearchRequest filtering = counting;
  filtering.filters = {{"type", {"article"}}};
  const Xapian::Database index(dirs.front().string());
  Status failed;
  const auto search = [&](const indexer::SearchRequest& request) {
    if (const auto page = searcher.search(request); !page) failed = std::unexpected(page.error());
  };
  const std::vector<double> ms =
      least_ms({[&] { search(plainly); }, [&] { search(counting); }, [&] { search(filtering); },
                [&] { search_with_spies(index, term, false); }, [&] { search_with_spies(index, term, true); }});
  TRY(failed);
  const double plain = ms[0], counted = ms[1], filtered = ms[2], without = ms[3], with = ms[4];
  const double extra = std::max(counted - plain, 0.001);
  return Figures{{"facets.matches", static_cast<double>(index.get_termfreq(term))},
                 {"facets.search_ms", plain},
                 {"facets.extra_ms", counted - plain},
                 {"facets.extra_with_a_filter_ms", filtered - plain},
                 {"rival.matchspy.extra_ms", with - without},
                 {"facets.times_matchspy", (with - without) / extra}};
}

Result<Figures> freshness_figures(app::Library& library) {
  const std::vector<store::WorkId> works = library.store().works().all_live();
  std::vector<double> times;
  for (std::size_t i = 0; i < 40; ++i) {
    const std::optional<store::WorkRow> row = library.store().works().get(works[i * 7919 % works.size()]);
    const std::string word = fmt::format("freshword{}", i);
    const double start = wall_seconds();
    TRY(app::edit_work(library, {"", "bench"}, row->short_id, {{"note", word}}));
    TRY(app::update_index(library));
    indexer::SearchRequest request;
    request.text = word;
    TRY_ASSIGN(const indexer::ResultPage page, app::search(library, app::Audience::signed_in, request));
    times.push_back((wall_seconds() - start) * 1000);
    if (page.total != 1) return fail(Errc::internal, "an edit is not found", "", row->short_id);
  }
  return Figures{{"save_to_searchable_p50_ms", percentile(times, 0.5)}, {"save_to_searchable_p99_ms", percentile(times, 0.99)}};
}

}  // namespace colophon::bench
