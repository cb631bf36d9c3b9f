// SPDX-License-Identifier: GPL-3.0-or-later
#include "bib/work.hpp"

#include <set>
#include <string>

#include "bib/document.hpp"
#include "unit/bib/generators.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace colophon::bib {
namespace {

TEST(Fields, TheTableIsTotal) {
  std::set<std::string_view> names, csl, labels;
  for (const FieldRow& field : fields()) {
    EXPECT_EQ(row(field.id).name, field.name);
    EXPECT_EQ(field_named(field.name), field.id);
    EXPECT_TRUE(names.insert(field.name).second) << field.name;
    EXPECT_TRUE(labels.insert(field.label).second) << field.label;
    EXPECT_TRUE(field.csl.empty() || csl.insert(field.csl).second) << field.csl;
    EXPECT_EQ(field.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_"), std::string_view::npos) << field.name;
    // Uniting makes several values out of single ones.
    if (field.fold == FoldRule::unite) {
      EXPECT_EQ(field.cardinality, Cardinality::many) << field.name;
    }
  }
  EXPECT_EQ(names.size(), static_cast<std::size_t>(FieldId::extra) + 1);
  EXPECT_FALSE(field_named("titel"));
  EXPECT_FALSE(field_named(""));
}

TEST(WorkTypes, TheTableIsTotal) {
  std::set<std::string_view> names, labels;
  for (const WorkTypeRow& type : work_types()) {
    EXPECT_EQ(work_type_named(type.name), type.type);
    EXPECT_TRUE(names.insert(type.name).second) << type.name;
    EXPECT_TRUE(labels.insert(type.label).second) << type.label;
    EXPECT_FALSE(type.csl.empty());
  }
  EXPECT_EQ(work_type_of_csl("report"), WorkType::report);
  EXPECT_EQ(work_type_of_csl("article-journal"), WorkType::article);
  EXPECT_EQ(work_type_of_csl("hymn"), WorkType::other);
  EXPECT_FALSE(work_type_named("hymn"));
}

TEST(Work, KeepsFieldsInOrderAndOneOfEachSingle) {
  Work work;
  work.add(FieldId::doi, Code{"10.1234/abc"});
  work.add(FieldId::keyword, Text{"heat", {}});
  work.add(FieldId::title, RichText("First"));
  work.add(FieldId::keyword, Text{"flood", {}});
  work.add(FieldId::title, RichText("Second"));
  work.add(FieldId::subtitle, RichText(""));
  EXPECT_EQ(work.text(FieldId::title), "Second");
  EXPECT_FALSE(work.has(FieldId::subtitle));
  ASSERT_EQ(work.all(FieldId::keyword).size(), 2u);
  EXPECT_EQ(plain(work.all(FieldId::keyword)[0].value), "heat");
  EXPECT_TRUE(std::ranges::is_sorted(work.statements(), {}, &Statement::field));
  work.remove(FieldId::keyword);
  EXPECT_FALSE(work.has(FieldId::keyword));
  EXPECT_EQ(work.full_title(), "Second");
  work.add(FieldId::subtitle, RichText("a story"));
  EXPECT_EQ(work.full_title(), "Second: a story");
  EXPECT_FALSE(work.year());
  work.add(FieldId::issued, year_date(2019));
  EXPECT_EQ(work.year(), 2019);
}

TEST(Work, ValuesThatMeanTheSameHaveOneIdentity) {
  EXPECT_EQ(identity(FieldId::keyword, Text{"Climate  Change", {}}), identity(FieldId::keyword, Text{"climate-change", {}}));
  EXPECT_NE(identity(FieldId::keyword, Text{"climate", {}}), identity(FieldId::keyword, Text{"climates", {}}));
  EXPECT_NE(identity(FieldId::doi, Code{"10.1/a"}), identity(FieldId::doi, Code{"10.1/b"}));
  RichText marked;
  marked.append("heat", static_cast<std::uint16_t>(Mark::italic));
  EXPECT_EQ(identity(FieldId::note, marked), identity(FieldId::note, RichText("Heat")));
}

TEST(Work, ReadsWhatPeopleType) {
  EXPECT_EQ(plain(*parse_value(FieldId::title, "  Heat \n plans ")), "Heat plans");
  EXPECT_EQ(plain(*parse_value(FieldId::page, "12--24")), "12–24");
  EXPECT_EQ(plain(*parse_value(FieldId::doi, "https://doi.org/10.1234/ABC")), "10.1234/abc");
  EXPECT_EQ(plain(*parse_value(FieldId::license, "cc by 4.0")), "CC-BY-4.0");
  EXPECT_EQ(plain(*parse_value(FieldId::license, "All rights reserved")), "All rights reserved");
  const NameList names =
      std::get<NameList>(*parse_value(FieldId::author, "Brandwell, Thaddeus, Jr.; Ana Cruz; {UNU-EHS}; et al."));
  ASSERT_EQ(names.names.size(), 3u);
  EXPECT_EQ(sorted_form(names.names[0].name), "Brandwell, Thaddeus, Jr.");
  EXPECT_EQ(sorted_form(names.names[1].name), "Cruz, Ana");
  EXPECT_EQ(names.names[2].name.literal, "UNU-EHS");
  EXPECT_TRUE(names.others);
  for (const auto& [field, text] :
       {std::pair{FieldId::doi, "none"}, {FieldId::isbn, "123"}, {FieldId::issued, "spring"}, {FieldId::related, "somewhere"}}) {
    const Result<Value> value = parse_value(field, text);
    ASSERT_FALSE(value) << name(field);
    EXPECT_EQ(value.error().code, Errc::invalid);
    EXPECT_FALSE(value.error().hint.empty());
  }
}

// What a worker sends is not trusted.
TEST(Work, RefusesJsonThatDoesNotFitTheTable) {
  for (const std::string_view text :
       {R"({})", R"([])", R"({"type":"hymn","fields":[]})", R"({"type":"report"})",
        R"({"type":"report","fields":[{"field":"titel","value":"x"}]})",
        R"({"type":"report","fields":[{"field":"title","value":7}]})",
        R"({"type":"report","fields":[{"field":"author","value":"Smith"}]})",
        R"({"type":"report","fields":[{"field":"doi","value":{}}]})",
        R"({"type":"report","fields":[{"field":"issued","value":[2019]}]})",
        R"({"type":"report","fields":[{"field":"funding","value":"EU"}]})", R"({"type":"report","fields":[7]})"}) {
    const Result<Json> json = Json::parse(text);
    ASSERT_TRUE(json) << text;
    EXPECT_FALSE(work_from_json(*json)) << text;
  }
  const Result<Json> out_of_range = Json::parse(
      R"({"type":"report","fields":[{"field":"author","value":{"names":[{"family":"A","affiliations":[0,5,-1,4294967296]}],"affiliations":[{"text":"U"}]}}]})");
  const Result<Work> work = work_from_json(*out_of_range);
  ASSERT_TRUE(work);
  EXPECT_EQ(work->names(FieldId::author)->names[0].affiliations, std::vector<std::uint32_t>{0});
}

RC_GTEST_PROP(Work, JsonRoundTrip, ()) {
  const Work work = testing::any_work();
  const Result<Json> read = Json::parse(to_json(work).dump());
  RC_ASSERT(read.has_value());
  const Result<Work> back = work_from_json(*read);
  RC_ASSERT(back.has_value());
  RC_ASSERT(*back == work);
}

RC_GTEST_PROP(Date, EdtfRoundTrip, ()) {
  const Date date = testing::any_date();
  if (!date.known()) return;
  const Result<Date> back = parse_edtf(to_edtf(date));
  RC_ASSERT(back.has_value());
  RC_ASSERT(*back == date);
}

Block block(BlockKind kind, std::string text, std::string label = {}) {
  Block out;
  out.kind = kind;
  out.text = RichText(std::move(text));
  out.label = std::move(label);
  return out;
}

Document paper() {
  Section data;
  data.label = "2.1";
  data.heading = RichText("Data");
  data.blocks = {block(BlockKind::paragraph, "Gauges."), block(BlockKind::formula, "x = y")};
  Section methods;
  methods.label = "2";
  methods.heading = RichText("Methods");
  methods.blocks = {block(BlockKind::paragraph, "We walked."),
                    block(BlockKind::figure, "A map.", "Figure 1"),
                    block(BlockKind::list_item, "Shoes."),
                    block(BlockKind::footnote, "In rain."),
                    block(BlockKind::table, "Steps.", "Table 1"),
                    block(BlockKind::reference, "Doe 2019."),
                    block(BlockKind::paragraph, "")};
  methods.blocks[4].rows = {{RichText("day"), RichText("steps")}, {RichText("1"), RichText("9")}};
  methods.blocks[4].rows[0][1].heads = true;
  methods.blocks[4].rows[1][0].columns = 2;
  methods.blocks[4].rows[1][1].rows = 3;
  methods.blocks[4].alt = "Stairs";
  methods.blocks[2].style = "order";
  methods.blocks[2].depth = 2;
  methods.blocks[0].text.append("x", static_cast<std::uint16_t>(Mark::math), {}, "<math/>");
  methods.blocks[0].text.append("y", 0, {}, "<math/>");
  methods.sections = {data};
  Section empty;
  empty.heading = RichText("Nothing");
  empty.lang = "de";
  Document out;
  out.lang = "en";
  out.sections = {methods, empty};
  return out;
}

TEST(Document, OnePassageASectionAndKind) {
  const std::vector<Passage> got = passages(paper());
  ASSERT_EQ(got.size(), 5u);
  EXPECT_EQ(got[0], (Passage{0, "2 Methods", "section", "en", "We walked.xy\nShoes.", "s1"}));
  EXPECT_EQ(got[1], (Passage{0, "2 Methods", "caption", "en", "Figure 1 A map.\nTable 1 Steps.\nStairs\nday steps\n1 9", "s1"}));
  EXPECT_EQ(got[2], (Passage{0, "2 Methods", "footnote", "en", "In rain.", "s1"}));
  EXPECT_EQ(got[3], (Passage{0, "2 Methods", "reference", "en", "Doe 2019.", "s1"}));
  EXPECT_EQ(got[4], (Passage{0, "2 Methods › 2.1 Data", "section", "en", "Gauges.\nx = y", "s1.1"}));
}

TEST(Document, OnePassageAPage) {
  Document pdf;
  pdf.pages = 3;
  for (std::uint32_t page = 1; page <= 3; ++page) {
    Section section;
    section.kind = "page";
    section.page = page;
    section.label = page == 1 ? "i" : "";
    if (page != 2) section.blocks = {block(BlockKind::paragraph, "Page " + std::to_string(page))};
    pdf.sections.push_back(section);
  }
  const std::vector<Passage> got = passages(pdf);
  ASSERT_EQ(got.size(), 2u);
  EXPECT_EQ(got[0], (Passage{1, "i", "page", "", "Page 1"}));
  EXPECT_EQ(got[1], (Passage{3, "", "page", "", "Page 3"}));
  EXPECT_FALSE(is_structured(pdf));
}

TEST(Document, JsonRoundTrip) {
  const Document document = paper();
  EXPECT_TRUE(is_structured(document));
  EXPECT_EQ(document_from_json(to_json(document)).value(), document);
  const std::vector<Passage> list = passages(document);
  EXPECT_EQ(passages_from_json(to_json(list).dump()).value(), list);
  EXPECT_EQ(passages_from_json("[]").value(), std::vector<Passage>{});
  EXPECT_FALSE(document_from_json(Json::object()));
  Json deep = Json::object();
  for (int i = 0; i < 80; ++i) deep = Json::object({{"sections", Json::array().push(std::move(deep))}});
  EXPECT_FALSE(document_from_json(deep));
}

TEST(Document, OfPassagesTheTextOfOneIsReadAlone) {
  std::vector<Passage> list = passages(paper());
  ASSERT_GT(list.size(), 2u);
  const std::string json = to_json(list).dump();
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (i != 1) list[i].text.clear();
  }
  EXPECT_EQ(passages_from_json(json, 1).value(), list);
  list[1].text.clear();
  EXPECT_EQ(passages_from_json(json, list.size()).value(), list);
}

TEST(Document, DamagedPassagesAreRefused) {
  const std::string json = to_json(passages(paper())).dump();
  for (std::size_t size = 0; size < json.size(); ++size) EXPECT_FALSE(passages_from_json(json.substr(0, size))) << size;
  for (const char* text :
       {"{}", "[1]", "[{\"text\":1}]", "[{\"page\":\"1\"}]", "[{\"text\":\"\\q\"}]", "[{}] x", "[{}{}]", "[\"\"]"})
    EXPECT_FALSE(passages_from_json(text)) << text;
}

}  // namespace
}  // namespace colophon::bib
