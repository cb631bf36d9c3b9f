// SPDX-License-Identifier: GPL-3.0-or-later
// Each folder of tests/golden/jats holds input.xml and what is read of it. UPDATE_GOLDEN=1 rewrites expected.json.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "base/io.hpp"
#include "formats_xml/jats_reader.hpp"

#include <gtest/gtest.h>

namespace colophon::formats_xml {
namespace {

const std::filesystem::path kFolder = std::filesystem::path(COLOPHON_SOURCE_DIR) / "tests" / "golden" / "jats";

std::vector<std::string> cases() {
  std::vector<std::string> out;
  for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
    if (entry.is_directory()) out.push_back(entry.path().filename().string());
  }
  std::ranges::sort(out);
  return out;
}

class JatsGolden : public testing::TestWithParam<std::string> {};

TEST_P(JatsGolden, ReadsAsExpected) {
  const std::filesystem::path folder = kFolder / GetParam();
  const Result<std::string> input = read_file(folder / "input.xml");
  ASSERT_TRUE(input) << input.error().message;
  const formats::Extraction read = read_jats(*input);
  const std::string text = to_json(read).dump(1) + "\n";
  if (std::getenv("UPDATE_GOLDEN")) {
    ASSERT_TRUE(replace_file(folder / "expected.json", text, 0644));
  }
  EXPECT_EQ(read_file(folder / "expected.json").value_or(""), text);
  // what is sent over the wire arrives
  const Result<Json> json = Json::parse(text);
  ASSERT_TRUE(json);
  const Result<formats::Extraction> again = formats::extraction_from_json(*json);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(*again, read);
}

INSTANTIATE_TEST_SUITE_P(Cases, JatsGolden, testing::ValuesIn(cases()), [](const auto& test) {
  std::string out = test.param;
  std::ranges::replace(out, '-', '_');
  return out;
});

}  // namespace
}  // namespace colophon::formats_xml
