// SPDX-License-Identifier: GPL-3.0-or-later
// tests/golden/bibtex/CASE/{input.bib,expected.json}: what the reader makes of a file. UPDATE_GOLDEN=1 rewrites the expectation.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "formats/bibtex/reader.hpp"

#include <gtest/gtest.h>

namespace colophon::formats {
namespace {

namespace fs = std::filesystem;

std::string bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> cases() {
  std::vector<std::string> out;
  for (const auto& entry : fs::directory_iterator(fs::path(COLOPHON_SOURCE_DIR) / "tests/golden/bibtex"))
    out.push_back(entry.path().filename().string());
  std::ranges::sort(out);
  return out;
}

class BibtexGolden : public testing::TestWithParam<std::string> {};

TEST_P(BibtexGolden, ReadsAsExpected) {
  const fs::path folder = fs::path(COLOPHON_SOURCE_DIR) / "tests/golden/bibtex" / GetParam();
  const Extraction read = read_bibtex(bytes_of(folder / "input.bib"));
  const std::string actual = to_json(read).dump(1) + "\n";
  if (std::getenv("UPDATE_GOLDEN")) std::ofstream(folder / "expected.json", std::ios::binary) << actual;
  EXPECT_EQ(actual, bytes_of(folder / "expected.json"));
  const Result<Extraction> back = extraction_from_json(*Json::parse(actual));
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(*back, read);
}

std::string test_name(const testing::TestParamInfo<std::string>& info) {
  std::string out = info.param;
  std::ranges::replace(out, '-', '_');
  return out;
}

INSTANTIATE_TEST_SUITE_P(Cases, BibtexGolden, testing::ValuesIn(cases()), test_name);

}  // namespace
}  // namespace colophon::formats
