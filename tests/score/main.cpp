// SPDX-License-Identifier: GPL-3.0-or-later
// colophon-score KIND [--data DIR] [--json]: scores our readers and rankers against data with expected results. DIR holds the
// set of that name; without it, $COLOPHON_DATA or ~/.cache/colophon-data. As text: the figures, then the cases that differ.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/json.hpp"
#include "bibtex.hpp"

namespace colophon::score {

// One row a kind; its function stands in the file of that name.
Json score_jats(const std::filesystem::path& set);
Json score_jats_roundtrip(const std::filesystem::path& set);
Json score_pdf(const std::filesystem::path& set);
Json score_search(const std::filesystem::path& set);
void print_search(const Json& score);
Json score_search_weights(const std::filesystem::path& set);
void print_search_weights(const Json& score);
Json score_search_priors(const std::filesystem::path& set);

namespace {

void print(const Json& score);

struct KindRow {
  std::string_view name;
  std::string_view folder;  // under the data folder
  Json (*score)(const std::filesystem::path& set);
  void (*print)(const Json& score) = colophon::score::print;
};
constexpr KindRow kKinds[] = {
    {"bibtex", "bibtex-cases", score_bibtex, print_bibtex},
    {"jats", "jats", score_jats},
    {"jats-roundtrip", "jats", score_jats_roundtrip},
    {"pdf", "pdf-gold", score_pdf},
    {"search", "ir", score_search, print_search},
    {"search-weights", "ir", score_search_weights, print_search_weights},
    {"search-priors", "ir", score_search_priors, print_search},
};

std::filesystem::path data_folder() {
  if (const char* set = std::getenv("COLOPHON_DATA")) return set;
  const char* home = std::getenv("HOME");
  return std::filesystem::path(home ? home : ".") / ".cache" / "colophon-data";
}

int usage() {
  std::fputs("usage: colophon-score KIND [--data DIR] [--json]\nkinds:", stderr);
  for (const KindRow& row : kKinds) std::fprintf(stderr, " %s", std::string(row.name).c_str());
  std::fputs("\n", stderr);
  return 2;
}

void print(const Json& score) {
  std::printf("%s, %lld files\n", score["set"].as_string().c_str(), static_cast<long long>(score["n"].as_int()));
  for (const auto& [name, value] : score["figures"].members())
    std::printf("  %-22s %.2f\n", name.c_str(), value.is_int() ? static_cast<double>(value.as_int()) : value.as_double());
  for (const Json& miss : score["misses"].items()) {
    std::printf("%s\t%s\t%s\t%s\n", miss["id"].as_string().c_str(), miss["field"].as_string().c_str(),
                miss["expected"].as_string().c_str(), miss["got"].as_string().c_str());
  }
}

int run(int count, char** arguments) {
  const KindRow* kind = nullptr;
  std::filesystem::path set;
  bool json = false;
  for (int i = 1; i < count; ++i) {
    const std::string_view word = arguments[i];
    if (word == "--json") json = true;
    else if (word == "--data" && i + 1 < count) set = arguments[++i];
    else
      for (const KindRow& row : kKinds) kind = row.name == word ? &row : kind;
  }
  if (!kind) return usage();
  if (set.empty()) set = data_folder() / kind->folder;
  if (!std::filesystem::is_directory(set)) return std::fprintf(stderr, "no such folder: %s\n", set.c_str()), 3;
  const Json score = kind->score(set);
  if (json) std::puts(score.dump().c_str());
  else kind->print(score);
  return 0;
}

}  // namespace
}  // namespace colophon::score

int main(int count, char** arguments) { return colophon::score::run(count, arguments); }
