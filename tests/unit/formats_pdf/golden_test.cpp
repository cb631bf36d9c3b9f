// SPDX-License-Identifier: GPL-3.0-or-later
// What is read of papers of the demonstration corpus (corpus/papers/NAME.pdf): the record with its places, and the first words of each
// page, in tests/golden/pdf/NAME.json. UPDATE_GOLDEN=1 rewrites.
#include <cstdlib>
#include <filesystem>
#include <string>

#include "base/io.hpp"
#include "base/text.hpp"
#include "formats_pdf/pdf_reader.hpp"

#include <gtest/gtest.h>

namespace colophon::formats_pdf {
namespace {

constexpr std::size_t kFirstWords = 200;  // code points of each page

const std::filesystem::path kSource = COLOPHON_SOURCE_DIR;

// The body is long; its pages' beginnings tell whether reading order and furniture are right.
std::string told(formats::Extraction read) {
  Json pages = Json::array();
  for (formats::Draft& draft : read.drafts) {
    if (!draft.body) continue;
    for (const bib::Passage& page : passages(*draft.body))
      pages.push(Json::object({{"page", page.page}, {"text", ellipsis(page.text, kFirstWords)}}));
    draft.body.reset();
  }
  return Json::object({{"extraction", to_json(read)}, {"pages", std::move(pages)}}).dump(1) + "\n";
}

class PdfGolden : public testing::TestWithParam<std::string> {};

TEST_P(PdfGolden, ReadsAsExpected) {
  const Result<std::string> input = read_file(kSource / "corpus/papers" / (GetParam() + ".pdf"));
  ASSERT_TRUE(input) << input.error().message;
  init_pdf();
  const std::string text = told(read_pdf(*input));
  const std::filesystem::path expected = kSource / "tests/golden/pdf" / (GetParam() + ".json");
  if (std::getenv("UPDATE_GOLDEN")) {
    ASSERT_TRUE(replace_file(expected, text, 0644));
  }
  EXPECT_EQ(read_file(expected).value_or(""), text);
}

INSTANTIATE_TEST_SUITE_P(Papers,
                         PdfGolden,
                         testing::Values("en-water-security",
                                         "en-urban-food",
                                         "de-hitzeaktionsplaene",
                                         "fr-mobilite-equitable",
                                         "es-inundaciones-barrios"));

}  // namespace
}  // namespace colophon::formats_pdf
