// SPDX-License-Identifier: GPL-3.0-or-later
// tests/golden/FORMAT/CASE/{input.*,expected.json} for the text formats but BibTeX. UPDATE_GOLDEN=1 rewrites the expectation.
#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "base/io.hpp"
#include "formats/draft_reader.hpp"

#include <gtest/gtest.h>

namespace colophon::formats {
namespace {

namespace fs = std::filesystem;
const fs::path kGolden = fs::path(COLOPHON_SOURCE_DIR) / "tests" / "golden";

std::vector<fs::path> inputs() {
  std::vector<fs::path> out;
  for (const std::string_view format : {"ris", "nbib", "refer", "csl-json"}) {
    for (const auto& entry : fs::recursive_directory_iterator(kGolden / format)) {
      if (entry.path().stem() == "input") out.push_back(fs::relative(entry.path(), kGolden));
    }
  }
  std::ranges::sort(out);
  return out;
}

class TextGolden : public testing::TestWithParam<fs::path> {};

TEST_P(TextGolden, ReadsAsExpected) {
  const std::string bytes = read_file(kGolden / GetParam()).value_or("");
  const Format format = *format_named(GetParam().begin()->string());
  EXPECT_EQ(sniff(bytes), format);
  const Extraction read = read_text(format, bytes);
  const std::string actual = to_json(read).dump(1) + "\n";
  const fs::path expected = (kGolden / GetParam()).parent_path() / "expected.json";
  if (std::getenv("UPDATE_GOLDEN")) {
    ASSERT_TRUE(replace_file(expected, actual, 0644));
  }
  EXPECT_EQ(actual, read_file(expected).value_or(""));
  EXPECT_EQ(*extraction_from_json(*Json::parse(actual)), read);
}

std::string test_name(const testing::TestParamInfo<fs::path>& info) {
  std::string out = info.param.parent_path().string();
  std::ranges::replace_if(out, [](char c) { return c == '-' || c == '/'; }, '_');
  return out;
}

INSTANTIATE_TEST_SUITE_P(Cases, TextGolden, testing::ValuesIn(inputs()), test_name);

}  // namespace
}  // namespace colophon::formats
