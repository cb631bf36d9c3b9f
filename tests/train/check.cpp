// SPDX-License-Identifier: GPL-3.0-or-later
#include "train/check.hpp"

#include <cstdio>
#include <ctime>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "lang/language.hpp"
#include "lang/trigrams.hpp"

namespace colophon::lang {
namespace {

double cpu_seconds() {
  timespec t{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

// `length` characters from anywhere in a paragraph; empty when it is shorter.
std::string piece(const std::string& paragraph, std::size_t length, std::mt19937& random) {
  std::vector<std::size_t> begins;
  for (std::size_t i = 0; i < paragraph.size(); ++i) {
    if ((static_cast<unsigned char>(paragraph[i]) & 0xC0) != 0x80) begins.push_back(i);
  }
  if (begins.size() < length) return {};
  begins.push_back(paragraph.size());
  const std::size_t from = random() % (begins.size() - length);
  return paragraph.substr(begins[from], begins[from + length] - begins[from]);
}

struct Result {
  std::size_t pieces = 0, right = 0, wrong = 0, bytes = 0;
  double seconds = 0;
};

void look_at(const std::filesystem::path& file, std::size_t length, Result& out) {
  const std::string language = file.extension().string().substr(1);
  std::mt19937 random(1);
  std::ifstream in(file);
  std::vector<std::string> pieces;
  for (std::string line; std::getline(in, line);) {
    if (std::string one = piece(line, length, random); !one.empty()) pieces.push_back(std::move(one));
  }
  const double begin = cpu_seconds();
  for (const std::string& one : pieces) {
    const std::string found = identify(one);
    ++out.pieces, out.bytes += one.size();
    out.right += found == language;
    out.wrong += !found.empty() && found != language;
  }
  out.seconds += cpu_seconds() - begin;
}

}  // namespace

int check(const std::filesystem::path& folder) {
  for (const std::size_t length : {20u, 50u, 100u, 300u}) {
    Result result;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      for (std::size_t i = 0; i < kOurs; ++i) {
        if (entry.path().extension() == "." + std::string(kTrigramLanguages[i])) look_at(entry.path(), length, result);
      }
    }
    const auto percent = [&](std::size_t n) { return 100.0 * static_cast<double>(n) / static_cast<double>(result.pieces); };
    std::printf("%zu characters: %.2f %% right, %.2f %% wrong of %zu; %.1f MB/s\n", length, percent(result.right),
                percent(result.wrong), result.pieces, static_cast<double>(result.bytes) / 1e6 / result.seconds);
  }
  return 0;
}

}  // namespace colophon::lang
