// SPDX-License-Identifier: GPL-3.0-or-later
// Each folder of tests/golden/jats holds input.xml and what is read of it. UPDATE_GOLDEN=1 rewrites expected.json.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "base/io.hpp"
#include "formats_xml/endnote_reader.hpp"
#include "formats_xml/jats_reader.hpp"

#include <gtest/gtest.h>

namespace colophon::formats_xml {
namespace {

const std::filesystem::path kFolder = std::filesystem::path(COLOPHON_SOURCE_DIR) / "tests" / "golden";

std::vector<std::string> cases(std::string_view format) {
  std::vector<std::string> out;
  for (const auto& entry : std::filesystem::directory_iterator(kFolder / format)) {
    if (entry.is_directory()) out.push_back(entry.path().filename().string());
  }
  std::ranges::sort(out);
  return out;
}

void reads_as_expected(const std::filesystem::path& folder, formats::Extraction (*reader)(ZeroEnded)) {
  const Result<std::string> input = read_file(folder / "input.xml");
  ASSERT_TRUE(input) << input.error().message;
  const formats::Extraction read = reader(*input);
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

class JatsGolden : public testing::TestWithParam<std::string> {};
class EndnoteGolden : public testing::TestWithParam<std::string> {};

TEST_P(JatsGolden, ReadsAsExpected) { reads_as_expected(kFolder / "jats" / GetParam(), read_jats); }
TEST_P(EndnoteGolden, ReadsAsExpected) { reads_as_expected(kFolder / "endnote" / GetParam(), read_endnote); }

std::string test_name(const testing::TestParamInfo<std::string>& test) {
  std::string out = test.param;
  std::ranges::replace(out, '-', '_');
  return out;
}

INSTANTIATE_TEST_SUITE_P(Cases, JatsGolden, testing::ValuesIn(cases("jats")), test_name);
INSTANTIATE_TEST_SUITE_P(Cases, EndnoteGolden, testing::ValuesIn(cases("endnote")), test_name);

TEST(Endnote, TheSameRecordInAnotherFileIsTheSameSource) {
  const auto key_of = [](const std::string& before, const std::string& record) {
    return read_endnote("<xml><records>" + before + record + "</records></xml>").drafts.back().key;
  };
  const std::string other = "<record><titles><title>Other</title></titles></record>",
                    record = "<record><titles><title>T</title></titles></record>";
  EXPECT_EQ(key_of("", record), key_of(other, "\n<record>\n  <titles><title>T</title></titles></record>"));
  EXPECT_NE(key_of("", record), key_of("", other));
}

TEST(Endnote, OtherXmlIsUnsupported) {
  EXPECT_EQ(read_endnote("<html><record/></html>").outcome, formats::Outcome::unsupported);
  EXPECT_EQ(read_endnote("").outcome, formats::Outcome::damaged);
}

}  // namespace
}  // namespace colophon::formats_xml
