// SPDX-License-Identifier: GPL-3.0-or-later
// colophon-train-language table FOLDER > src/lang/trigrams.inc
//   Counts the trigrams of the files TEXT.LANGUAGE in FOLDER, a paragraph a line, and writes the table of src/lang/trigrams.hpp.
// colophon-train-language check FOLDER
//   How well such files are told apart; they must be others than those of the table. texts.py makes both folders.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/digest.hpp"
#include "base/text.hpp"
#include "lang/trigrams.hpp"
#include "train/check.hpp"

namespace colophon::lang {
namespace {

constexpr std::size_t kTrigrams = 6'000;
constexpr std::size_t kEnough = 700'000;  // bytes of one text in one language: none drowns the others

using Counts = std::map<Trigram, double>;

void count(const std::string& line, Counts& counts) {
  const std::string text = nfc(to_valid_utf8(line));
  TrigramReader reader;
  for (std::size_t at = 0; at < text.size();) reader.read(next_code_point(text, at), [&](Trigram trigram) { ++counts[trigram]; });
}

// Lines in an order that has nothing to do with theirs: texts are long and their chapters differ.
std::vector<std::string> lines_of(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::vector<std::string> out;
  for (std::string line; std::getline(in, line);) out.push_back(line);
  std::ranges::sort(out, {}, [](const std::string& line) { return fnv1a(line); });
  return out;
}

Counts counts_of(const std::filesystem::path& folder, std::string_view tag) {
  Counts out;
  std::set<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == "." + std::string(tag)) files.insert(entry.path());
  }
  for (const auto& file : files) {
    std::size_t bytes = 0;
    for (const std::string& line : lines_of(file)) {
      if ((bytes += line.size()) > kEnough) break;
      count(line, out);
    }
  }
  return out;
}

double sum(const Counts& counts) {
  double out = 0;
  for (const auto& [trigram, n] : counts) out += n;
  return out;
}

char weight(double probability) {
  const double n = std::round((std::log(probability) - kLeast) / kStep);
  return static_cast<char>(kFirstWeight + static_cast<int>(std::clamp(n, 0.0, kWeights - 1.0)));
}

std::string written(Trigram trigram) {
  std::string out;
  for (const unsigned shift : {42u, 21u, 0u}) {
    const auto c = static_cast<char32_t>(trigram >> shift & 0x1FFFFF);
    append_utf8(out, c == U' ' ? U'_' : c);
  }
  return out;
}

bool foreign(Trigram trigram) {
  return (trigram & 0x1FFFFF) == kForeign || (trigram >> 21 & 0x1FFFFF) == kForeign || trigram >> 42 == kForeign;
}

int write_table(const std::filesystem::path& folder) {
  std::array<Counts, kTrigramLanguages.size()> all;
  std::array<double, kTrigramLanguages.size()> sums{};
  Counts share;  // of the languages that we answer for: what is frequent in them is kept
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i] = counts_of(folder, kTrigramLanguages[i]);
    sums[i] = sum(all[i]);
    std::fprintf(stderr, "%s %.0f\n", std::string(kTrigramLanguages[i]).c_str(), sums[i]);
    if (sums[i] == 0) return 1;
    for (const auto& [trigram, n] : all[i]) {
      if (!foreign(trigram)) share[trigram] += n / sums[i] * (i < kOurs ? 1 : 0.3);
    }
  }
  std::vector<std::pair<Trigram, double>> order(share.begin(), share.end());
  std::ranges::stable_sort(order, std::greater<>(), &std::pair<Trigram, double>::second);
  order.resize(std::min(order.size(), kTrigrams));
  std::ranges::sort(order);
  std::printf("R\"(");
  for (const auto& [trigram, frequency] : order) {
    std::string line = written(trigram) + "\t";
    for (std::size_t i = 0; i < all.size(); ++i) {
      const auto found = all[i].find(trigram);
      line += weight(((found == all[i].end() ? 0 : found->second) + 0.5) / sums[i]);
    }
    std::printf("%s\n", line.c_str());
  }
  std::printf(")\"\n");
  return 0;
}

}  // namespace
}  // namespace colophon::lang

int main(int argc, char** argv) {
  const std::string_view what = argc == 3 ? argv[1] : "";
  if (what == "table") return colophon::lang::write_table(argv[2]);
  if (what == "check") return colophon::lang::check(argv[2]);
  std::fprintf(stderr, "usage: colophon-train-language table|check FOLDER\n");
  return 2;
}
