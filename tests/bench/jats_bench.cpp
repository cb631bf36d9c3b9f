// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/jats_bench.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/io.hpp"
#include "bench/command.hpp"
#include "formats_xml/jats_reader.hpp"

#include <fmt/format.h>

namespace colophon::bench {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kSmall = 1'000'000;  // bytes of a file whose memory is measured
constexpr std::size_t kGenerated = 500;    // files where there is no open set
constexpr std::size_t kRounds = 8;         // a multiple of the ways, so that each goes first as often
constexpr std::size_t kTurn = 16;          // files

// --- input -------------------------------------------------------------------------------------------------------------------

// The files of the open set, or generated articles, kept in `folder`.
Result<std::vector<fs::path>> input(const fs::path& folder) {
  std::vector<fs::path> out;
  const std::string set = data_set("jats");
  if (set.empty()) {
    for (std::size_t i = 0; i < kGenerated; ++i) {
      out.push_back(folder / fmt::format("{:03}.xml", i));
      std::ofstream(out.back()) << test::generated_article(i);
    }
    return out;
  }
  for (const auto& entry : fs::directory_iterator(fs::path(set) / "files")) out.push_back(entry.path());
  std::ranges::sort(out);
  return out;
}

// --- what is compared --------------------------------------------------------------------------------------------------------

std::size_t read(const std::string& bytes) { return formats_xml::read_jats(bytes).drafts.size(); }

// Libxml2 alone stands in a program of its own (rival_libxml2.c) that allocates as the system does: its users have no other allocator.
// How fast a tree is made by ours is told beside it, for trees are mostly allocations.
constexpr const char* kOurAllocator = "libtcmalloc_minimal.so.4";
struct Way {
  std::string_view figure;
  std::string_view rival;  // what rival-libxml2 is asked to do; empty for our reader
  const char* allocator = "";
};
constexpr std::array kWays = {Way{"ours_mb_s", ""}, Way{"sax_noop_mb_s", "sax"}, Way{"dom_mb_s", "tree"},
                              Way{"dom_by_our_allocator_mb_s", "tree", kOurAllocator}};

constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kRatios = {
    {{"ours_of_sax_noop", "sax_noop_mb_s"},
     {"ours_of_dom", "dom_mb_s"},
     {"ours_of_dom_by_our_allocator", "dom_by_our_allocator_mb_s"}}};

// The ways take turns every few files, so that what else the machine does meets all of them alike, and of each such part the least
// time of all rounds counts. Each round another way goes first: the first one finds the files in no cache.
Result<Figures> speeds(std::span<const fs::path> paths, const fs::path& list) {
  std::vector<std::string> files;
  double megabytes = 0;
  for (const fs::path& path : paths) {
    TRY_ASSIGN(files.emplace_back(), read_file(path));
    megabytes += static_cast<double>(files.back().size()) / 1e6;
  }
  formats_xml::init_xml();
  AnsweringCommand plain({"BIN/rival-libxml2", "FILE"}, list), by_ours({"BIN/rival-libxml2", "FILE"}, list, kOurAllocator);
  std::size_t read_files = 0;
  // Seconds of CPU time for `count` files.
  const auto seconds = [&](const Way& way, std::size_t first, std::size_t count) -> Result<double> {
    if (!way.rival.empty()) {
      AnsweringCommand& rival = *way.allocator ? by_ours : plain;
      const std::string answer = rival.ask(fmt::format("{} {} {}", way.rival, first, count));
      if (answer.empty()) return fail(Errc::invalid, "rival-libxml2 does not answer", "build colophon-bench anew");
      return std::strtod(answer.c_str(), nullptr);
    }
    const double before = thread_seconds();
    for (const std::string& bytes : std::span(files).subspan(first, count)) read_files += read(bytes);
    return thread_seconds() - before;
  };
  const std::size_t parts = (files.size() + kTurn - 1) / kTurn;
  std::array<std::vector<double>, kWays.size()> least;
  least.fill(std::vector<double>(parts, 1e9));
  for (std::size_t round = 0; round < kRounds; ++round) {
    for (std::size_t part = 0; part < parts; ++part) {
      for (std::size_t place = 0; place < kWays.size(); ++place) {
        const std::size_t way = (round + place) % kWays.size();
        TRY_ASSIGN(const double taken, seconds(kWays[way], part * kTurn, std::min(kTurn, files.size() - part * kTurn)));
        least[way][part] = std::min(least[way][part], taken);
      }
    }
  }
  Figures out{{"files", static_cast<double>(files.size())}, {"mb", megabytes}, {"read", static_cast<double>(read_files)}};
  for (std::size_t way = 0; way < kWays.size(); ++way)
    out.emplace_back(kWays[way].figure, megabytes / std::accumulate(least[way].begin(), least[way].end(), 0.0));
  for (const auto& [name, rival] : kRatios) out.emplace_back(name, figure(out, "ours_mb_s") / figure(out, rival));
  return out;
}

// --- memory ------------------------------------------------------------------------------------------------------------------

// A line of /proc/self/status in MiB.
double status_mib(std::string_view name) {
  std::ifstream in("/proc/self/status");
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with(name)) return std::strtod(line.c_str() + name.size() + 1, nullptr) / 1024;
  }
  return 0;
}

// By how much a process that has read a small article grows at its largest by reading this one.
Result<double> growth_mib(const std::string& bytes) {
  TRY_ASSIGN(const Figures figures, in_child([&]() -> Result<Figures> {
               read("<article><front/></article>");
               std::ofstream("/proc/self/clear_refs") << "5";  // the peak begins anew (proc(5))
               const double before = status_mib("VmRSS:");
               read(bytes);
               return Figures{{"growth", status_mib("VmHWM:") - before}};
             }));
  return figure(figures, "growth");
}

}  // namespace

Result<Figures> bench_jats() {
  const TemporaryFolder folder;
  TRY_ASSIGN(const std::vector<fs::path> paths, input(folder.path()));
  std::string names;
  for (const fs::path& path : paths) names += path.string() + "\n";
  const fs::path list = folder.path() / "list";
  std::ofstream(list) << names;
  TRY_ASSIGN(Figures out, in_child([&] { return speeds(paths, list); }));
  std::erase_if(out, [](const auto& f) { return f.first == "seconds" || f.first == "cpu_seconds" || f.first == "peak_mib"; });
  double most = 0;
  for (const fs::path& path : paths) {
    TRY_ASSIGN(const std::string bytes, read_file(path));
    if (bytes.size() > kSmall) continue;
    TRY_ASSIGN(const double grown, growth_mib(bytes));
    most = std::max(most, grown);
  }
  out.emplace_back("peak_growth_mib", most);
  return out;
}

}  // namespace colophon::bench
