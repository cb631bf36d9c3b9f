// SPDX-License-Identifier: GPL-3.0-or-later
// Who may read a text decides in which class of the index it stands: before an embargo's instant in none, from then on in that of its rule.
#include "app/access.hpp"

#include "app/index_consumer.hpp"
#include "app/overlap.hpp"
#include "app/show.hpp"
#include "app/suggest.hpp"
#include "ingest/assimilate.hpp"
#include "support.hpp"

#include <gtest/gtest.h>

namespace colophon::app {
namespace {

const Instant kStart = *parse_instant("2026-03-02T09:00:00.000Z");
const Instant kEmbargo = *parse_instant("2026-04-01T00:00:00.000Z");
constexpr std::string_view kSentence =
    "The zyzzyva eats the shade trees of coastal towns when the wells run dry, and nobody has told the mayor about it yet.";

class AccessClasses : public testing::Test {
 protected:
  void SetUp() override {
    library_.emplace(test::new_library(folder_.path() / "library", "signed-in", clock_));
    paper("Open benches", "Benches stand in the open.", {.kind = bib::AccessKind::public_});
  }

  // A work whose one file has a page of text; its id.
  std::string paper(const std::string& title, std::string_view text, const bib::Access& access) {
    ingest::NewSource incoming;
    const Sha256 digest = sha256(title);
    incoming.path = "/papers/" + title;
    incoming.source.key = digest;
    incoming.source.kind = bib::SourceKind::pdf;
    incoming.source.format = "pdf";
    incoming.source.blob = digest;
    incoming.source.work.type = bib::WorkType::report;
    incoming.source.work.add(bib::FieldId::title, bib::RichText(title));
    incoming.passages = {{1, "", "page", "en", "Nothing is said here."}, {2, "", "page", "en", std::string(text)}};
    incoming.files.push_back({.blob = digest, .name = "paper.pdf", .media = "application/pdf", .access = access});
    std::string id;
    const Status stored = library_->store().write([&]() -> Status {
      store::Blobs::record(library_->store().db(), digest, 1, clock_->now());
      ingest::Assimilation assimilation(library_->store(), clock_->now());
      assimilation.take(std::move(incoming));
      id = assimilation.finish().front().work_id;
      return {};
    });
    EXPECT_TRUE(stored) << stored.error().message;
    update();
    return id;
  }
  void update() {
    const auto updated = update_index(*library_);
    ASSERT_TRUE(updated) << updated.error().message;
    const auto lag = index_lag(*library_);
    ASSERT_TRUE(lag);
    EXPECT_EQ(*lag, 0u);
    const auto differences = index_differences(*library_);
    ASSERT_TRUE(differences) << differences.error().message;
    EXPECT_TRUE(differences->empty()) << differences->front();
  }
  indexer::ResultPage found(Audience audience, const std::string& text) {
    auto page = search(*library_, audience, {.text = text, .facets = {"type"}, .explain = true, .advise = true, .nearest = true});
    EXPECT_TRUE(page) << page.error().message;
    return page.value_or(indexer::ResultPage{});
  }
  std::size_t suggested(Audience audience, const std::string& typed) {
    const auto list = suggest(*library_, audience, typed);
    EXPECT_TRUE(list);
    return list ? list->size() : 99;
  }
  std::size_t overlapping(Audience audience) {
    const auto view = check_overlap(*library_,
                                    {.kind = ComparedText::Kind::file,
                                     .name = "a text",
                                     .record = {},
                                     .passages = {{0, "", "section", "en", std::string(kSentence)}},
                                     .id = {}},
                                    audience, 5);
    EXPECT_TRUE(view);
    return view ? view->works.size() : 99;
  }
  // Everything by which a viewer could notice the sentence.
  void expect_unseen(Audience audience) {
    for (const char* text :
         {"zyzzyva", "\"coastal towns\"", "zyz*", "wells shade", "zyzzyvas OR mayor", "is:full-text zyzzyva"}) {
      const indexer::ResultPage page = found(audience, text);
      EXPECT_EQ(page.total, 0u) << text;
      EXPECT_TRUE(page.hits.empty() && page.nearest.empty() && (!page.facets.contains("type") || page.facets.at("type").empty()))
          << text;
      for (const indexer::Advice& one : page.advice.advice) EXPECT_EQ(one.query.find("zyzzyva"), std::string::npos) << text;
    }
    EXPECT_TRUE(found(audience, "zyzzvya").advice == found(audience, "qwxzvya").advice ||
                found(audience, "zyzzvya").advice.advice.empty());
    EXPECT_EQ(suggested(audience, "zyz"), 0u);
    EXPECT_EQ(overlapping(audience), 0u);
  }
  void expect_seen(Audience audience, const std::string& id) {
    const indexer::ResultPage page = found(audience, "\"coastal towns\"");
    EXPECT_EQ(page.total, 1u);
    ASSERT_EQ(page.hits.size(), 1u);
    EXPECT_EQ(page.hits.front().id, id);
    EXPECT_EQ(page.hits.front().page, 2u);
    std::string snippet;
    for (const indexer::SnippetPart& part : page.hits.front().snippet) snippet += part.text;
    EXPECT_NE(snippet.find("shade trees of coastal towns"), std::string::npos) << snippet;
    EXPECT_EQ(page.facets.at("type"), (std::vector<indexer::FacetValue>{{"report", 1}}));
    EXPECT_EQ(suggested(audience, "zyz"), 1u);
    EXPECT_EQ(overlapping(audience), 1u);
  }
  void set(const std::string& id, const bib::Access& rule) {
    const auto outcome = set_access(*library_, {"", "tester"}, id, rule);
    ASSERT_TRUE(outcome) << outcome.error().message;
    EXPECT_EQ(outcome->changes.size(), 1u);
    update();
  }

  TemporaryFolder folder_;
  std::shared_ptr<ManualClock> clock_ = std::make_shared<ManualClock>(kStart);
  std::optional<Library> library_;
};

constexpr bib::AccessKind kPublic = bib::AccessKind::public_, kSignedIn = bib::AccessKind::signed_in,
                          kClosed = bib::AccessKind::closed;

TEST_F(AccessClasses, AnEmbargoedTextAppearsAtItsInstant) {
  const std::string id = paper("Annexe", kSentence, {.kind = kPublic, .embargo_until = kEmbargo});
  clock_->set({kEmbargo.ms - 1});
  update();
  expect_unseen(Audience::visitor);
  expect_unseen(Audience::signed_in);
  clock_->set(kEmbargo);
  EXPECT_EQ(*index_lag(*library_), 1u);
  update();
  expect_seen(Audience::visitor, id);
  expect_seen(Audience::signed_in, id);
}

TEST_F(AccessClasses, AnEmbargoEndsInTheClassOfItsRule) {
  const std::string id = paper("Annexe", kSentence, {.kind = kSignedIn, .embargo_until = kEmbargo});
  clock_->set(kEmbargo);
  update();
  expect_unseen(Audience::visitor);
  expect_seen(Audience::signed_in, id);
}

TEST_F(AccessClasses, AnIndexMadeAnewAfterTheInstantIsTheSame) {
  const std::string id = paper("Annexe", kSentence, {.kind = kPublic, .embargo_until = kEmbargo});
  clock_->set(kEmbargo);
  ASSERT_TRUE(rebuild_index(*library_));
  update();
  expect_seen(Audience::visitor, id);
}

TEST_F(AccessClasses, ATextMovesWithItsRule) {
  const std::string id = paper("Annexe", kSentence, {.kind = kPublic});
  expect_seen(Audience::visitor, id);
  set(id, {.kind = kClosed});
  expect_unseen(Audience::visitor);
  expect_unseen(Audience::signed_in);
  set(id, {.kind = kSignedIn});
  expect_unseen(Audience::visitor);
  expect_seen(Audience::signed_in, id);
  set(id, {.kind = kPublic, .embargo_until = kEmbargo});
  expect_unseen(Audience::visitor);
  expect_unseen(Audience::signed_in);
  clock_->set(kEmbargo);
  update();
  expect_seen(Audience::visitor, id);
}

TEST_F(AccessClasses, ARuleIsSetOnceAndForFilesThatThereAre) {
  const std::string id = paper("Annexe", kSentence, {.kind = kPublic});
  const Acting acting{"", "tester"};
  EXPECT_EQ(set_access(*library_, acting, id, {.kind = kPublic})->changes.size(), 0u);
  const auto unknown = set_access(*library_, acting, id, {.kind = kClosed}, "other.pdf");
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().message, id + " has no file “other.pdf”");
  const auto set = set_access(*library_, acting, id, {.kind = kClosed}, "paper.pdf");
  ASSERT_TRUE(set);
  EXPECT_EQ(set->changes.front().before, "public");
  EXPECT_EQ(set->changes.front().after, "closed");
  EXPECT_EQ(library_->store().ledger().latest(1).front().kind, "access-set");
}

}  // namespace
}  // namespace colophon::app
