// SPDX-License-Identifier: GPL-3.0-or-later
// Figures, not judgements: indexer_test --gtest_also_run_disabled_tests --gtest_filter='*Figures*'
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>

#include "base/io.hpp"
#include "indexer/bulk.hpp"
#include "indexer/inspect.hpp"
#include "support.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

namespace colophon::indexer {
namespace {

using Clock = std::chrono::steady_clock;
// Of this process and its finished children: what counts on a busy machine.
double cpu_seconds() {
  double out = 0;
  for (const int who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
    rusage use{};
    getrusage(who, &use);
    out += static_cast<double>(use.ru_utime.tv_sec + use.ru_stime.tv_sec) +
           static_cast<double>(use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1e6;
  }
  return out;
}
double seconds_since(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

// Words as often as Zipf has them, with a few endings and accents.
class Language {
 public:
  explicit Language(unsigned seed) : random_(seed) {}
  std::string word() {
    static const std::vector<std::string> kStarts = {"clim",  "urban", "heat",   "flood",  "govern", "resili",
                                                     "adapt", "finan", "ecolog", "water",  "risk",   "gestión",
                                                     "städt", "polic", "commun", "transit"};
    static const std::vector<std::string> kEnds = {"", "s", "ing", "ed", "ation", "ations", "ity", "al", "er", "ance"};
    const auto rank = static_cast<unsigned>(std::exp(std::uniform_real_distribution<>(0, std::log(30'000.0))(random_)));
    return kStarts[rank % kStarts.size()] + std::string(1, static_cast<char>('a' + rank / 16 % 26)) +
           (rank > 400 ? std::to_string(rank / 400) : "") + kEnds[rank / 7 % kEnds.size()];
  }
  std::string words(std::size_t count) {
    std::string out;
    while (count--) out += word() + (random_() % 12 ? " " : ". ");
    return out;
  }
  unsigned pick(unsigned below) { return static_cast<unsigned>(random_() % below); }

 private:
  std::mt19937 random_;
};

EntryData record(std::size_t number, std::size_t abstract_words, std::size_t pages) {
  Language say(static_cast<unsigned>(number * 7919 + 1));
  EntryData out = test::work(fmt::format("w{:06}", number), say.words(11), static_cast<int>(1990 + say.pick(35)),
                             abstract_words ? say.words(abstract_words) : "");
  out.change = number;
  out.record.add(bib::FieldId::author, test::people({{say.word(), "A. B."}, {say.word(), "Carla"}, {say.word(), "D."}}));
  out.record.add(bib::FieldId::container_title, bib::RichText(say.words(3)));
  out.record.add(bib::FieldId::doi, bib::Code{fmt::format("10.1000/{}", number)});
  out.record.add(bib::FieldId::language, bib::Code{"en"});
  out.record.add(bib::FieldId::keyword, bib::Text{say.words(2), "en"});
  out.record.add(bib::FieldId::project, bib::Text{fmt::format("Project {}", say.pick(40)), ""});
  for (std::uint32_t p = 1; p <= pages; ++p) out.passages.push_back(test::page(p, say.words(450)));
  return out;
}

StreamFactory records(std::size_t count, std::size_t abstract_words, std::size_t pages) {
  return [=](std::size_t share, std::size_t shares) -> Result<Stream> {
    return Stream([=, at = share](EntryData& out) mutable -> Result<bool> {
      if (at >= count) return false;
      out = record(at, abstract_words, pages);
      at += shares;
      return true;
    });
  };
}

double making(std::size_t count, std::size_t abstract_words, std::size_t pages) {
  const auto begin = Clock::now();
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < count; ++i) bytes += record(i, abstract_words, pages).record.full_title().size();
  EXPECT_GT(bytes, 0u);
  return seconds_since(begin);
}

struct Kind {
  const char* name;
  std::size_t count, abstract_words, pages;
};

TEST(Figures, DISABLED_Indexing) {
  for (const Kind& kind : {Kind{"short records", 20'000, 0, 0}, Kind{"records with abstracts", 10'000, 150, 0},
                           Kind{"works of 12 pages", 300, 150, 12}}) {
    const auto n = static_cast<double>(kind.count);
    std::printf("%s: making them takes %.2f s\n", kind.name, making(kind.count, kind.abstract_words, kind.pages));
    for (const std::size_t jobs : {1u, 2u}) {
      const TemporaryFolder folder;
      const double cpu = cpu_seconds();
      const auto figures = build(folder.path() / "index", {.jobs = jobs}, records(kind.count, kind.abstract_words, kind.pages));
      ASSERT_TRUE(figures) << figures.error().message;
      const double spent = cpu_seconds() - cpu;
      std::printf("  bulk(%zu): %.0f/s (%.2f s, of them merging %.2f), %.0f/CPU s, %.1f MB\n", jobs, n / figures->seconds,
                  figures->seconds, figures->merge_seconds, n / spent,
                  static_cast<double>(indexer::status(folder.path() / "index")->bytes) / 1e6);
    }
    const TemporaryFolder folder;
    const double cpu = cpu_seconds();
    const auto begin = Clock::now();
    Writer writer = std::move(*Writer::open(folder.path() / "index"));
    for (std::size_t i = 0; i < kind.count; ++i) ASSERT_TRUE(writer.replace(record(i, kind.abstract_words, kind.pages).entry()));
    ASSERT_TRUE(writer.commit(1));
    std::printf("  writer:  %.0f/s, %.0f/CPU s\n", n / seconds_since(begin), n / (cpu_seconds() - cpu));
    std::vector<double> each;
    for (std::size_t i = 0; i < 40; ++i) {
      const auto one = Clock::now();
      ASSERT_TRUE(writer.replace(record(i * 5, kind.abstract_words, kind.pages).entry()));
      ASSERT_TRUE(writer.commit(i));
      each.push_back(seconds_since(one) * 1e3);
    }
    std::ranges::sort(each);
    std::printf("  replace and commit one: p50 %.1f ms, worst of 40 %.1f ms\n", each[20], each.back());
  }
}

TEST(Figures, DISABLED_Searching) {
  const TemporaryFolder folder;
  const std::array dirs{folder.path() / "index"};
  ASSERT_TRUE(build(dirs[0], {.jobs = 2}, [](std::size_t share, std::size_t shares) -> Result<Stream> {
    return Stream([=, at = share](EntryData& out) mutable -> Result<bool> {
      if (at >= 20'300) return false;
      out = at < 300 ? record(at, 150, 12) : record(at, 60, 0);
      at += shares;
      return true;
    });
  }));
  const HitPassages passages = [](std::string_view id, std::size_t) {
    const auto number = static_cast<std::size_t>(std::atoi(std::string(id.substr(1)).c_str()));
    return number < 300 ? record(number, 150, 12).passages : std::vector<bib::Passage>{};
  };
  Language say(1);
  const auto measure = [&](const char* name, auto request, const HitPassages& source) {
    std::vector<double> times;
    for (int i = 0; i < 200; ++i) {
      const SearchRequest one = request();
      const auto begin = Clock::now();
      auto searcher = Searcher::open(dirs);
      ASSERT_TRUE(searcher->search(one, source));
      times.push_back(seconds_since(begin) * 1e3);
    }
    std::ranges::sort(times);
    std::printf("%-34s p50 %.2f ms  p99 %.2f ms\n", name, times[100], times[198]);
  };
  measure("one word", [&] { return SearchRequest{.text = say.word()}; }, {});
  measure("two words", [&] { return SearchRequest{.text = say.words(2)}; }, {});
  measure("two words OR", [&] { return SearchRequest{.text = say.word() + " OR " + say.word()}; }, {});
  measure("phrase", [&] { return SearchRequest{.text = "\"" + say.words(2) + "\""}; }, {});
  measure("wildcard", [&] { return SearchRequest{.text = say.word().substr(0, 4) + "*"}; }, {});
  measure("one word, five facets",
          [&] { return SearchRequest{.text = say.word(), .facets = {"year", "type", "language", "project", "place"}}; }, {});
  measure("everything, five facets",
          [&] { return SearchRequest{.text = "", .facets = {"year", "type", "language", "project", "place"}}; }, {});
  measure("one word, snippets of 12 pages", [&] { return SearchRequest{.text = say.word()}; }, passages);
}

}  // namespace
}  // namespace colophon::indexer
