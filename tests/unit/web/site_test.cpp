// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/site.hpp"

#include <fstream>

#include "app/add_files.hpp"
#include "app/edit.hpp"
#include "app/index_consumer.hpp"
#include "app/init.hpp"
#include "base/io.hpp"
#include "web/pages/pages.hpp"
#include "web/serve.hpp"

#include <gtest/gtest.h>

namespace colophon::web {
namespace {

constexpr const char* kEntries =
    "@article{heat, title={Heat action plans in cities}, author={Müller, Änne and Folke, Carl}, year=2024, journal={Climate and "
    "Cities}, doi={10.1000/heat}}\n"
    "@techreport{flood, title={Flood walls <b>and</b> drains}, author={Okafor, Ngozi}, year=2022, institution={UNU-EHS}}\n";

class SiteTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = std::make_unique<TemporaryFolder>();
    std::ofstream(folder_->path() / "a.bib") << kEntries;
    Result<app::Library> library = app::init_library(folder_->path() / "library", {.name = "Cities", .default_access = "public"},
                                                     std::make_shared<SystemClock>());
    ASSERT_TRUE(library) << library.error().message << library.error().hint;
    library_ = std::make_unique<app::Library>(std::move(*library));
    const auto added = app::add_files(*library_, {.paths = {folder_->path() / "a.bib"}}, {});
    ASSERT_TRUE(added) << added.error().message;
    const auto indexed = app::update_index(*library_);
    ASSERT_TRUE(indexed) << indexed.error().message;
    site_ = std::make_unique<Site>(*library_);
  }
  static void TearDownTestSuite() {
    site_.reset();
    library_.reset();
    folder_.reset();
  }

  static Response get(std::string_view target, Method method = Method::get) {
    Request request = *parse_target(target);
    request.method = method;
    std::optional<Response> refused = site_->refuse(request);
    return refused ? *std::move(refused) : site_->answer(request);
  }
  static std::string id_of(std::string_view query) {
    const Result<Json> json = Json::parse(get("/search.json?q=" + percent_encoded(query)).body);
    return json && !(*json)["hits"].items().empty() ? (*json)["hits"].items().front()["id"].as_string() : "none";
  }

  static std::unique_ptr<TemporaryFolder> folder_;
  static std::unique_ptr<app::Library> library_;
  static std::unique_ptr<Site> site_;
};
std::unique_ptr<TemporaryFolder> SiteTest::folder_;
std::unique_ptr<app::Library> SiteTest::library_;
std::unique_ptr<Site> SiteTest::site_;

TEST_F(SiteTest, HomeCountsAndLists) {
  const Response home = get("/");
  EXPECT_EQ(home.status, 200);
  EXPECT_NE(home.body.find("2 publications"), std::string::npos) << home.body;
  EXPECT_NE(home.body.find("Heat action plans in cities"), std::string::npos);
}

TEST_F(SiteTest, SearchFindsAndEscapes) {
  const Response page = get("/search?q=drain");
  EXPECT_EQ(page.status, 200);
  EXPECT_NE(page.body.find("1 publication for “drain”"), std::string::npos) << page.body;
  EXPECT_EQ(page.body.find("<b>and</b>"), std::string::npos);
  EXPECT_NE(get("/search?q=nothingatall").body.find("Nothing for"), std::string::npos);
}

TEST_F(SiteTest, ARecordInEachForm) {
  const std::string id = id_of("heat");
  EXPECT_EQ(get("/r/" + id).status, 200);
  EXPECT_NE(get("/r/" + id).body.find("https://doi.org/10.1000/heat"), std::string::npos);
  EXPECT_EQ((*Json::parse(get("/r/" + id + ".json").body))["id"].as_string(), id);
  EXPECT_NE(get("/r/" + id + ".bib").body.find("@article"), std::string::npos);
  EXPECT_TRUE(Json::parse(get("/r/" + id + ".csl.json").body).has_value());
  EXPECT_EQ(get("/r/" + id + "/text").status, 404);
}

TEST_F(SiteTest, ASearchCanBeFollowed) {
  const Response feed = get("/search.atom?q=heat");
  EXPECT_EQ(feed.status, 200);
  EXPECT_EQ(feed.type, "application/atom+xml; charset=utf-8");
  EXPECT_NE(feed.body.find("<title>Heat action plans in cities</title>"), std::string::npos) << feed.body;
  EXPECT_EQ(feed.body.find("Flood walls"), std::string::npos);
  EXPECT_EQ(feed.headers.front().first, "ETag");
  Request again = *parse_target("/search.atom?q=heat");
  again.headers.emplace_back("if-none-match", feed.headers.front().second);
  EXPECT_EQ(site_->answer(again).status, 304);
  EXPECT_EQ(site_->answer(again).body, "");
  EXPECT_NE(get("/search?q=heat").body.find("href=\"/search.atom?q=heat\""), std::string::npos);
}

TEST_F(SiteTest, AFeedHasWhatCameLastHoweverOldItIs) {
  std::string entries;
  for (int i = 0; i < 60; ++i)
    entries += "@misc{m" + std::to_string(i) + ", title={Walls of mud " + std::to_string(i) + "}, year=2019}\n";
  std::ofstream(folder_->path() / "many.bib") << entries;
  std::ofstream(folder_->path() / "old.bib") << "@misc{old, title={Walls of old}, year=1921}\n";
  for (const char* file : {"many.bib", "old.bib"}) {
    ASSERT_TRUE(app::add_files(*library_, {.paths = {folder_->path() / file}}, {}));
    ASSERT_TRUE(app::update_index(*library_));
  }
  const std::string feed = get("/search.atom?q=walls").body;
  EXPECT_LT(feed.find("Walls of old"), feed.find("Walls of mud"));
  std::size_t count = 0;
  for (std::size_t at = 0; (at = feed.find("<entry>", at)) != std::string::npos; ++at) ++count;
  EXPECT_EQ(count, kFeedEntries);
}

TEST_F(SiteTest, WorksLikeOneAreSearchedFor) {
  const std::string id = id_of("heat");
  const Response page = get("/search?like=" + id);
  EXPECT_EQ(page.status, 200);
  EXPECT_NE(page.body.find("Like “Heat action plans in cities”"), std::string::npos) << page.body;
  EXPECT_EQ(get("/search?like=zzzzz").body, get("/nowhere").body);
  EXPECT_EQ(get("/search.atom?like=zzzzz").status, 404);
}

TEST_F(SiteTest, AllThatIsUnknownLooksAlike) {
  const std::string id = id_of("heat");
  const std::string nothing = get("/nowhere").body;
  const std::vector<std::string> targets = {
      "/r/zzzzz", "/r/x", "/r/" + id + "/file/1", "/r/" + id + "/file/abc", "/r/" + id + "/text", "/a/000000000000/colophon.css",
      "/a/b/c"};
  for (const std::string& target : targets) {
    const Response response = get(target);
    EXPECT_EQ(response.status, 404) << target;
    EXPECT_EQ(response.body, nothing) << target;
  }
  EXPECT_EQ(get("/r/zzzzz.json").body, get("/nowhere.json").body);
}

TEST_F(SiteTest, OnlyReadingIsPossible) {
  EXPECT_EQ(get("/search", Method::post).status, 405);
  EXPECT_EQ(get("/nowhere", Method::post).status, 404);
  EXPECT_EQ(get("/", Method::head).status, 200);
}

TEST_F(SiteTest, HealthAndStyle) {
  EXPECT_EQ(get("/healthz").body, "{\n \"status\": \"ok\"\n}\n");
  const std::string home = get("/").body;
  const std::size_t at = home.find("/a/");
  EXPECT_EQ(get(home.substr(at, home.find('"', at) - at)).type, "text/css; charset=utf-8");
}

TEST_F(SiteTest, ServesUntilItIsStopped) {
  std::atomic<bool> stop = false;
  std::string url;
  const Status served = serve(*library_, {"127.0.0.1", 0}, stop, [&](const std::string& at) {
    url = at;
    stop = true;
  });
  EXPECT_TRUE(served);
  EXPECT_TRUE(url.starts_with("http://127.0.0.1:"));
}

}  // namespace
}  // namespace colophon::web
