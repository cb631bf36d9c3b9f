// SPDX-License-Identifier: GPL-3.0-or-later
// What the JATS writer makes is valid, and the reader gives back what was written: over the golden cases of the reader, any work, and
// the JATS set where it is there.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "base/io.hpp"
#include "base/text.hpp"
#include "formats/jats/vocabulary.hpp"
#include "formats/jats/writer.hpp"
#include "formats_xml/jats_reader.hpp"
#include "support/dtd.hpp"
#include "unit/bib/generators.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace colophon::formats_xml {
namespace {

using bib::FieldId;
using formats::jats::Style;
using formats::jats::TagSet;
using formats::jats::Version;

const std::filesystem::path kGolden = std::filesystem::path(COLOPHON_SOURCE_DIR) / "tests" / "golden" / "jats";

std::filesystem::path data() {
  if (const char* set = std::getenv("COLOPHON_DATA")) return std::filesystem::path(set) / "jats";
  const char* home = std::getenv("HOME");
  return std::filesystem::path(home ? home : ".") / ".cache" / "colophon-data" / "jats";
}

struct Target {
  std::string_view dtd;
  Style style;
};
constexpr Target kTargets[] = {
    {"1.3/JATS-archivearticle1-3-mathml3.dtd", {Version::v1_3, TagSet::archiving}},
    {"1.4/JATS-archivearticle1-4-mathml3.dtd", {Version::v1_4, TagSet::archiving}},
    {"1.3/JATS-journalpublishing1-3-mathml3.dtd", {Version::v1_3, TagSet::publishing}},
    {"1.4/JATS-journalpublishing1-4-mathml3.dtd", {Version::v1_4, TagSet::publishing}},
};

// The four DTDs, read once; empty where the data is not there.
const std::vector<testing::Dtd>& dtds() {
  static const std::vector<testing::Dtd> kDtds = [] {
    std::vector<testing::Dtd> out;
    for (const Target& target : kTargets) out.emplace_back(data() / "jats-dtds" / "schema" / target.dtd);
    if (!std::ranges::all_of(out, &testing::Dtd::ok)) out.clear();
    return out;
  }();
  return kDtds;
}

std::string written(const formats::Draft& draft, Style style = {}) {
  return formats::write_jats(draft.work, draft.body ? &*draft.body : nullptr, style).xml;
}

// A line for each field that differs; further fields are compared as a set.
std::string differences(const bib::Work& a, const bib::Work& b) {
  std::string out = a.type == b.type ? "" : "type\n";
  for (const bib::FieldRow& row : bib::fields()) {
    const auto values = [&](const bib::Work& w) {
      std::vector<std::string> all;
      for (const bib::Statement& s : w.all(row.id)) all.push_back(bib::to_json(s.value).dump());
      if (row.id == FieldId::extra) std::ranges::sort(all);
      std::string text;
      for (const std::string& one : all) text += one + " ";
      return text;
    };
    if (values(a) != values(b)) out += std::string(row.name) + ": " + values(a) + "| " + values(b) + "\n";
  }
  return out;
}

void comes_back(const formats::Draft& draft, Style style) {
  const std::string xml = written(draft, style);
  const formats::Extraction read = read_jats(xml);
  ASSERT_EQ(read.drafts.size(), 1u) << xml;
  EXPECT_EQ(differences(draft.work, read.drafts[0].work), "") << xml;
  EXPECT_EQ(to_json(draft.body.value_or(bib::Document{})).dump(1), to_json(read.drafts[0].body.value_or(bib::Document{})).dump(1))
      << xml;
}

std::vector<std::filesystem::path> golden_cases() {
  std::vector<std::filesystem::path> out;
  for (const auto& entry : std::filesystem::directory_iterator(kGolden)) out.push_back(entry.path());
  std::ranges::sort(out);
  return out;
}

TEST(JatsWriter, GoldenCasesComeBackInEachStyle) {
  for (const auto& folder : golden_cases()) {
    SCOPED_TRACE(folder.filename());
    for (const formats::Draft& draft : read_jats(read_file(folder / "input.xml").value_or("")).drafts) {
      for (const Target& target : kTargets) comes_back(draft, target.style);
    }
  }
}

// written.xml beside a reader's case is what is written of it; UPDATE_GOLDEN=1 rewrites those that are there.
TEST(JatsWriter, WritesAsExpected) {
  int seen = 0;
  for (const auto& folder : golden_cases()) {
    if (!std::filesystem::exists(folder / "written.xml")) continue;
    ++seen;
    const std::string xml = written(read_jats(read_file(folder / "input.xml").value_or("")).drafts.at(0));
    if (std::getenv("UPDATE_GOLDEN")) {
      ASSERT_TRUE(replace_file(folder / "written.xml", xml, 0644));
    }
    EXPECT_EQ(read_file(folder / "written.xml").value_or(""), xml) << folder;
  }
  EXPECT_GT(seen, 3);
}

RC_GTEST_PROP(JatsWriter, AnyWorkComesBack, ()) {
  const bib::Work work = bib::testing::any_work();
  const Target& target = kTargets[*rc::gen::inRange(0, 4)];
  const formats::JatsFile file = formats::write_jats(work, nullptr, target.style);
  const formats::Extraction read = read_jats(file.xml);
  RC_ASSERT(read.drafts.size() == 1);
  RC_LOG() << file.xml;
  RC_ASSERT(differences(work, read.drafts[0].work) == "");
  if (!dtds().empty()) RC_ASSERT(dtds()[static_cast<std::size_t>(&target - kTargets)].faults_of(file.xml) == "");
}

TEST(JatsWriter, GoldenCasesAreValid) {
  if (dtds().empty()) GTEST_SKIP() << "no DTDs in " << data() << ": see data/README.md";
  for (const auto& folder : golden_cases()) {
    for (const formats::Draft& draft : read_jats(read_file(folder / "input.xml").value_or("")).drafts) {
      for (std::size_t i = 0; i < dtds().size(); ++i)
        EXPECT_EQ(dtds()[i].faults_of(written(draft, kTargets[i].style)), "") << folder << " " << kTargets[i].dtd;
    }
  }
  EXPECT_NE(dtds()[0].faults_of("<article><front/></article>"), "") << "the check itself";
}

// Every fourth file, a fourth of them against all four DTDs; `colophon-score jats-roundtrip` takes all.
TEST(JatsWriter, RealArticlesAreValid) {
  if (dtds().empty()) GTEST_SKIP() << "no DTDs in " << data() << ": see data/README.md";
  std::vector<std::filesystem::path> paths{data() / "kitchen-sink.xml"};
  for (const auto& entry : std::filesystem::directory_iterator(data() / "files")) paths.push_back(entry.path());
  std::ranges::sort(paths.begin() + 1, paths.end());
  for (std::size_t n = 0; n < paths.size(); n += 4) {
    for (const formats::Draft& draft : read_jats(read_file(paths[n]).value_or("")).drafts) {
      const std::size_t targets = n % 16 == 0 ? dtds().size() : 1;
      for (std::size_t i = 0; i < targets; ++i)
        EXPECT_EQ(dtds()[i].faults_of(written(draft, kTargets[i].style)), "") << paths[n] << " " << kTargets[i].dtd;
    }
  }
}

TEST(JatsWriter, CharactersThatXmlCannotHoldAreToldOf) {
  bib::Work work;
  work.type = bib::WorkType::report;
  work.add(FieldId::title, bib::RichText("Heat <in> the \x01shade & \x0B\"sun\""));
  const formats::JatsFile file = formats::write_jats(work);
  ASSERT_EQ(file.diagnostics.size(), 1u);
  EXPECT_EQ(file.diagnostics[0].code, "jats.control-characters");
  EXPECT_EQ(file.diagnostics[0].message, "2 characters that XML cannot hold were left out");
  EXPECT_NE(file.xml.find("<article-title>Heat &lt;in&gt; the shade &amp; \"sun\"</article-title>"), std::string::npos)
      << file.xml;
  EXPECT_EQ(read_jats(file.xml).drafts.at(0).work.text(FieldId::title), work.text(FieldId::title)) << "from custom-meta";
}

TEST(JatsWriter, MathMLThatIsNoneIsWrittenAsText) {
  for (const std::string source : {"<math><mi>x</mi>", "<math><mi>x</mo></math>", "<math a=b></math>", "<math>&x;</math>",
                                   "<math><script>alert(1)</mi></math>"}) {
    bib::Work work;
    work.add(FieldId::title, bib::RichText("T"));
    bib::Document body;
    body.sections.emplace_back().kind = "body";
    body.sections[0].blocks.push_back({.kind = bib::BlockKind::formula, .text = bib::RichText("x"), .source = source});
    const std::string xml = formats::write_jats(work, &body).xml;
    EXPECT_NE(xml.find("<disp-formula>x</disp-formula>"), std::string::npos) << xml;
  }
}

TEST(JatsWriter, LeadsLinksToWhatIsThere) {
  bib::Work work;
  work.add(FieldId::title, bib::RichText("T"));
  bib::Document body;
  bib::Section& section = body.sections.emplace_back();
  section.kind = "body", section.id = "s1", section.heading = bib::RichText("S");
  bib::RichText text("See ");
  text.append("Figure 1", static_cast<std::uint16_t>(bib::Mark::link), "#f1");
  text.append(" and ");
  text.append("nothing", static_cast<std::uint16_t>(bib::Mark::link), "#f2");
  section.blocks = {{.text = text}, {.kind = bib::BlockKind::figure, .id = "f1", .label = "Figure 1"}};
  const std::string xml = formats::write_jats(work, &body).xml;
  EXPECT_NE(xml.find("<p>See <xref ref-type=\"fig\" rid=\"f1\">Figure 1</xref> and "
                     "<ext-link ext-link-type=\"uri\" xlink:href=\"#f2\">nothing</ext-link></p>"),
            std::string::npos)
      << xml;
}

TEST(JatsWriter, LeavesPagesOut) {
  bib::Work work;
  work.add(FieldId::title, bib::RichText("T"));
  bib::Document pages;
  pages.pages = 1;
  pages.sections.emplace_back().kind = "page";
  pages.sections[0].blocks.push_back({.text = bib::RichText("printed")});
  EXPECT_EQ(formats::write_jats(work, &pages).xml.find("printed"), std::string::npos);
}

// The reader's words and the writer's are the same.
TEST(JatsVocabulary, TypesAndRelationsAreReadAsTheyAreWritten) {
  for (const bib::WorkTypeRow& row : bib::work_types()) {
    const std::string type(formats::jats::article_type_of(row.type));
    const bib::Work read = read_jats("<article article-type=\"" + type +
                                     "\"><front><article-meta><title-group><article-title>T"
                                     "</article-title></title-group></article-meta></front></article>")
                               .drafts.at(0)
                               .work;
    EXPECT_EQ(bib::name(read.type), bib::name(formats::jats::type_of_article(type))) << type;
    EXPECT_EQ(read.has(FieldId::genre), !formats::jats::is_plain_type(type)) << type;
  }
  for (const std::string relation :
       {"corrects", "retracts", "supplements", "comments-on", "related", "is-translation-of", "has-translation", "has-preprint",
        "concerns", "is-corrected-by", "is-retracted-by", "is-version-of", "reviews"}) {
    const std::string type(formats::jats::related_type_of(relation));
    const bib::Work read = read_jats("<article><front><article-meta><related-article related-article-type=\"" + type +
                                     "\">x</related-article></article-meta></front></article>")
                               .drafts.at(0)
                               .work;
    EXPECT_EQ(std::get<bib::Link>(read.all(FieldId::related)[0].value).relation, relation);
  }
}

// docs/formats/jats.md has the table of places.
TEST(JatsVocabulary, TheTableOfPlacesIsDocumented) {
  const std::string page = read_file(std::filesystem::path(COLOPHON_SOURCE_DIR) / "docs" / "formats" / "jats.md").value_or("");
  for (const formats::jats::PlaceRow& row : formats::jats::places()) {
    const std::string place = row.place.empty() ? "custom-meta" : "`" + std::string(row.place) + "`";
    const std::string line = "| `" + std::string(bib::name(row.field)) + "` | " + place + " |";
    EXPECT_NE(page.find(line), std::string::npos) << line;
  }
}

}  // namespace
}  // namespace colophon::formats_xml
