// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/bibtex_bench.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/io.hpp"
#include "bench/command.hpp"
#include "formats/bibtex/bib_file.hpp"
#include "formats/bibtex/field_names.hpp"
#include "formats/bibtex/names.hpp"
#include "formats/bibtex/reader.hpp"
#include "formats/bibtex/splitter.hpp"

namespace colophon::bench {
namespace {

namespace fs = std::filesystem;
constexpr const char* kCollections = "/usr/share/texlive/texmf-dist/bibtex/bib";

std::string contents(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

std::string joined_collections() {
  std::vector<fs::path> files;
  std::error_code none;
  for (const fs::directory_entry& at : fs::recursive_directory_iterator(kCollections, none)) {
    if (at.path().extension() == ".bib") files.push_back(at.path());
  }
  std::ranges::sort(files);
  std::string out;
  for (const fs::path& file : files) out += contents(file) + "\n";
  return out;
}

// --- ours: one function a depth, giving how much it saw, so that nothing is optimised away ------------------------------------

std::size_t split_only(std::string_view file) {
  formats::bibtex::Splitter splitter(file);
  std::size_t seen = 0;
  for (formats::bibtex::Chunk chunk; splitter.next(chunk);) seen += chunk.kind == formats::bibtex::ChunkKind::entry;
  return seen;
}

// As btparse's bt_split_name: macros expanded, lists of authors and editors cut into names and these into parts.
std::size_t macros_and_names(std::string_view text) {
  using namespace formats::bibtex;
  Reports reports(text);
  BibFile file(text, reports, BibFile::Digests::skip);
  FieldNames names;
  Entry entry;
  NameCuts cuts;
  std::size_t seen = 0;
  for (std::uint32_t i = 0; i < file.size(); ++i) {
    const Chunk chunk = file.chunk(i);
    if (chunk.kind != ChunkKind::entry) continue;
    parse_entry(text, chunk, entry);
    file.forget_values();
    for (const RawField& field : entry.fields) {
      if (field.count == 0) continue;
      const std::string_view value = file.value(entry, field, i);
      const FieldMapping* mapping = names.find(field.name).mapping;
      if (!mapping || mapping->form != Form::names) continue;
      cut_names(value, cuts);
      seen += cuts.names.size();
    }
  }
  return seen;
}

std::size_t decoded(std::string_view file) {
  formats::BibtexReader reader(file, formats::BibtexReader::Keys::skip);
  std::size_t seen = 0;
  for (formats::Draft draft; reader.next(draft);) seen += draft.work.statements().size();
  return seen;
}

struct Depth {
  std::string_view name;
  std::size_t (*read)(std::string_view file);
};
constexpr std::array kDepths = {Depth{"split", split_only}, Depth{"names", macros_and_names}, Depth{"decoded", decoded}};

struct Input {
  std::string_view name;
  fs::path path;
  double mb = 0;
};

// The best of three runs: the machine is shared, the work is not.
Result<Figures> measure(const Depth& depth, const Input& input) {
  return in_child([&]() -> Result<Figures> {
    const std::string file = contents(input.path);
    double best = 1e9;
    std::size_t seen = 0;
    for (int run = 0; run < 3; ++run) {
      const double start = cpu_seconds();
      seen = depth.read(file);
      best = std::min(best, cpu_seconds() - start);
    }
    return Figures{{"best_cpu", best}, {"seen", static_cast<double>(seen)}};
  });
}

Status measure_ours(const std::vector<Input>& inputs, Figures& out) {
  for (const Depth& depth : kDepths) {
    double mb = 0, seconds = 0;
    Figures each;
    for (const Input& input : inputs) {
      TRY_ASSIGN(const Figures one, measure(depth, input));
      mb += input.mb, seconds += figure(one, "best_cpu");
      each.emplace_back(std::string(depth.name) + "." + std::string(input.name) + "_mb_s", input.mb / figure(one, "best_cpu"));
      each.emplace_back(std::string(depth.name) + "." + std::string(input.name) + "_seen", figure(one, "seen"));
    }
    out.emplace_back(std::string(depth.name) + "_mb_s", mb / seconds);
    out.insert(out.end(), each.begin(), each.end());
  }
  return {};
}

// --- rivals ------------------------------------------------------------------------------------------------------------

struct Rival {
  std::string_view name;
  std::string_view input;               // "tex", "gen", or both when empty
  std::vector<std::string_view> words;  // "FILE" is the input, "BIN" our programs' folder, "TESTS" the folder of our benches
};
const std::array kRivals = {
    Rival{"btparse_split", "", {"BIN/rival-btparse", "split", "FILE"}},
    Rival{"btparse_names", "", {"BIN/rival-btparse", "names", "FILE"}},
    Rival{"text_bibtex", "tex", {"perl", "TESTS/rival_text_bibtex.pl", "FILE"}},
    Rival{"bibtool", "tex", {"bibtool", "-q", "-o", "/dev/null", "FILE"}},
    Rival{"bib2xml", "tex", {"bib2xml", "FILE"}},
    Rival{"pybtex", "tex", {"/usr/bin/python3", "TESTS/rival_pybtex.py", "FILE"}},
};

// A rival that is not installed has no figure; one that needs longer than two minutes is stopped and has none either.
void measure_rival(const Rival& rival, const Input& input, Figures& out) {
  const std::optional<CommandRun> run = run_command(rival.words, input.path, 120);
  if (!run || run->cpu_seconds <= 0) return;
  const std::string name = "rival." + std::string(rival.name) + "." + std::string(input.name);
  out.emplace_back(name + "_mb_s", input.mb / run->cpu_seconds);
  out.emplace_back(name + "_peak_mib", run->peak_mib);
}

// Their figure over what they were given: "rival.NAME", as ours.
void add_rivals(const std::vector<Input>& inputs, Figures& out) {
  for (const Rival& rival : kRivals) {
    double mb = 0, seconds = 0;
    for (const Input& input : inputs) {
      if (!rival.input.empty() && rival.input != input.name) continue;
      Figures one;
      measure_rival(rival, input, one);
      if (one.empty()) continue;
      mb += input.mb, seconds += input.mb / one.front().second;
      out.insert(out.end(), one.begin(), one.end());
    }
    if (seconds > 0) out.emplace_back("rival." + std::string(rival.name), mb / seconds);
  }
}

Result<Input> write_input(std::string_view name, const fs::path& folder, const std::string& bytes) {
  const fs::path path = folder / (std::string(name) + ".bib");
  std::ofstream out(path, std::ios::binary);
  out << bytes;
  if (!out.flush()) return fail(Errc::io, "cannot write the bench's input");
  return Input{name, path, static_cast<double>(bytes.size()) / 1e6};
}

}  // namespace

Result<Figures> bench_bibtex() {
  const TemporaryFolder folder;
  const char* size = std::getenv("COLOPHON_BENCH_MB");
  std::vector<Input> inputs;
  if (const std::string tex = joined_collections(); !tex.empty()) {
    TRY_ASSIGN(Input input, write_input("tex", folder.path(), tex));
    inputs.push_back(input);
  }
  TRY_ASSIGN(Input input, write_input("gen", folder.path(),
                                      generated_dirty_bibtex((size ? std::strtoull(size, nullptr, 10) : 100) * 1'000'000)));
  inputs.push_back(input);
  Figures out;
  for (const Input& one : inputs) out.emplace_back(std::string(one.name) + "_mb", one.mb);
  TRY(measure_ours(inputs, out));
  add_rivals(inputs, out);
  return out;
}

}  // namespace colophon::bench
