// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/convert.hpp"

#include "base/io.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace colophon::app {
namespace {

class Convert : public testing::Test {
 protected:
  std::filesystem::path file(const std::string& name, std::string_view bytes) {
    EXPECT_TRUE(replace_file(folder_.path() / name, bytes));
    return folder_.path() / name;
  }
  std::string run(ConvertRequest request) {
    out.clear(), remarks.clear(), failures.clear();
    const ConvertObserver observer{
        .diagnostic = [&](const Diagnostic& d) { remarks.push_back(fmt::format("{}: {}", to_string(d.at), d.code)); },
        .failed = [&](const Error& e) { failures.push_back(e.message); }};
    const auto write = [&](std::string_view bytes) {
      out += bytes;
      return Status{};
    };
    Result<ConvertCounts> done = convert(request, observer, write);
    EXPECT_TRUE(done) << done.error().message;
    if (done) counts = *done;
    return out;
  }

  TemporaryFolder folder_;
  std::string out;
  std::vector<std::string> remarks, failures;
  ConvertCounts counts;
};

constexpr std::string_view kBib =
    "% a remark\r\n@string{j = \"J\"}\r\n@ARTICLE(k , title={T} , journal=j,)\r\n@comment{x}\r\nend";

TEST_F(Convert, BibtexThatStaysBibtexIsCopied) {
  const auto a = file("a.bib", kBib), b = file("b.bib", "\xEF\xBB\xBF@book{l, title={U}}");
  EXPECT_EQ(run({.inputs = {a}, .to = "bibtex"}), kBib);
  const std::string joined = fmt::format("{}\n@book{{l, title={{U}}}}", kBib);
  EXPECT_EQ(run({.inputs = {a, b}, .to = "bibtex"}), joined);
  EXPECT_EQ(counts.entries, 2u);
  EXPECT_EQ(run({.inputs = {a}, .to = "bibtex", .source = Source::rewrite}),
            "@article{k,\n  title = {T},\n  journal = {J},\n}\n");
}

TEST_F(Convert, WorksOfFilesOfAllKindsAreJoined) {
  const auto ris = file(
      "a.ris",
      "TY  - BOOK\nAU  - Berg, A.\nTI  - One\nPY  - 2001\nER  - \nTY  - BOOK\nAU  - Berg, A.\nTI  - One\nPY  - 2001\nER  - \n");
  const auto csl = file("b.json", R"([{"id": "x1", "type": "book", "title": "Two"}])");
  const auto xml = file(
      "c.xml",
      "<xml><records><record><ref-type name=\"Book\">6</ref-type><titles><title>Three</title></titles></record></records></xml>");
  EXPECT_EQ(run({.inputs = {ris, csl, xml}, .to = "bibtex"}),
            "@book{berg2001one,\n  title = {One},\n  author = {Berg, A.},\n  year = {2001},\n}\n\n"
            "@book{berg2001onea,\n  title = {One},\n  author = {Berg, A.},\n  year = {2001},\n}\n\n"
            "@book{x1,\n  title = {Two},\n}\n\n@book{anonndthree,\n  title = {Three},\n}\n");
  EXPECT_EQ(counts.entries, 4u);
  EXPECT_EQ(Json::parse(run({.inputs = {ris, csl, xml}, .to = "csl-json"}))->size(), 4u);
}

TEST_F(Convert, ReadsAPipe) {
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe(ends.data()), 0);
  const Fd reader(ends[0]);
  {
    const Fd writer(ends[1]);
    ASSERT_TRUE(write_all(writer.get(), kBib));
  }
  EXPECT_EQ(run({.inputs = {"-"}, .to = "bibtex", .standard_input = reader.get()}), kBib);
}

TEST_F(Convert, OneBadInputDoesNotStopTheRest) {
  const auto good = file("a.bib", kBib), odd = file("b.txt", "nothing"), broken = file("c.json", "[{\"id\": 1, \"issued\": }]");
  run({.inputs = {odd, folder_.path() / "none", folder_.path(), broken, good}, .to = "ris"});
  EXPECT_EQ(counts.inputs, 5u);
  EXPECT_EQ(counts.failed, 4u);
  EXPECT_EQ(counts.entries, 1u);
  EXPECT_EQ(failures.size(), 4u);
}

TEST_F(Convert, TellsWhatIsLost) {
  const auto csl =
      file("a.json",
           "[{\"id\": 1, \"issued\": },\n{\"id\": 2, \"title\": \"T\", \"custom\": {\"colophon:license\": [\"CC-BY-4.0\"]}}]");
  run({.inputs = {csl}, .to = "ris"});
  EXPECT_EQ(counts.lost, 1u);
  EXPECT_EQ(remarks, (std::vector<std::string>{fmt::format("{}:1:2: csl-json.bad-item", csl.string())}));
  EXPECT_EQ(counts.left_out, (std::map<bib::FieldId, std::size_t>{{bib::FieldId::license, 1}}));
}

TEST_F(Convert, AnUnknownFormatIsAMistakeOfUse) {
  const Result<ConvertCounts> done = convert({.inputs = {}, .to = "word"}, {}, [](std::string_view) { return Status{}; });
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, Errc::usage);
}

TEST_F(Convert, AFullDiskEndsAtOnce) {
  const auto a = file("a.bib", kBib);
  const Result<ConvertCounts> done = convert({.inputs = {a, a}, .to = "ris"}, {}, [](std::string_view bytes) -> Status {
    if (bytes.empty()) return {};
    return fail(Errc::io, "no space");
  });
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, Errc::io);
}

}  // namespace
}  // namespace colophon::app
