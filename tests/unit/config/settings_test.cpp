// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/settings.hpp"

#include <fstream>
#include <set>

#include "base/io.hpp"
#include "config/listen.hpp"
#include "config/shard.hpp"

#include <gtest/gtest.h>

namespace colophon::config {
namespace {

class SettingsTest : public testing::Test {
 protected:
  SettingsPaths paths() const { return {folder_.path() / "library.toml", folder_.path() / "user.toml"}; }
  void write(std::string_view name, std::string_view text) const { std::ofstream(folder_.path() / name) << text; }
  std::string place(std::string_view name) const { return (folder_.path() / name).string(); }
  Error refused(const Environment& environment = {}, const SettingTexts& flags = {}) const {
    const Result<Settings> settings = Settings::load(paths(), environment, flags);
    EXPECT_FALSE(settings);
    return settings ? Error{} : settings.error();
  }

  TemporaryFolder folder_;
};

TEST(SettingRows, AreSound) {
  std::set<std::string_view> keys;
  for (const SettingRow& row : setting_rows()) {
    EXPECT_TRUE(keys.insert(row.key).second) << row.key;
    EXPECT_EQ(std::ranges::count(row.key, '.'), 1) << row.key;
    EXPECT_FALSE(row.help.empty()) << row.key;
    EXPECT_FALSE(row.help.ends_with('.')) << row.key;
    const Result<Value> value = parse_setting(row, row.fallback);
    ASSERT_TRUE(value) << row.key;
    EXPECT_EQ(*parse_setting(row, to_text(row, *value)), *value) << row.key;
  }
}

/// One setting of each kind of value, given by each set of sources: the strongest wins.
struct MatrixRow {
  std::string key;
  std::string flag, environment, library, user, fallback;
};
const MatrixRow kMatrix[] = {
    {"web.listen", "127.0.0.1:1", "127.0.0.1:2", "127.0.0.1:3", "127.0.0.1:4", "127.0.0.1:8417"},
    {"web.connections", "10", "20", "30", "40", "1000"},
    {"web.idle_timeout", "1s", "2s", "3s", "4s", "15s"},
    {"web.body_limit", "1MiB", "2MiB", "3MiB", "4MiB", "64MiB"},
};

TEST_F(SettingsTest, PrecedenceMatrix) {
  for (const MatrixRow& m : kMatrix) {
    const SettingRow& row = *setting_named(m.key);
    const std::string quote = row.kind == Kind::integer ? "" : "\"";
    for (unsigned given = 0; given < 16; ++given) {
      write("library.toml", given & 4U ? m.key + " = " + quote + m.library + quote : "");
      write("user.toml", given & 8U ? m.key + " = " + quote + m.user + quote : "");
      const Environment environment = given & 2U ? Environment{{environment_name(row), m.environment}} : Environment{};
      const SettingTexts flags = given & 1U ? SettingTexts{{m.key, m.flag}} : SettingTexts{};
      const Result<Settings> settings = Settings::load(paths(), environment, flags);
      ASSERT_TRUE(settings) << settings.error().message;
      const auto& setting = settings->all()[static_cast<std::size_t>(&row - setting_rows().data())];
      const auto [value, origin] = given & 1U   ? std::pair(m.flag, std::string("flag"))
                                   : given & 2U ? std::pair(m.environment, "environment " + environment_name(row))
                                   : given & 4U ? std::pair(m.library, place("library.toml") + ":1")
                                   : given & 8U ? std::pair(m.user, place("user.toml") + ":1")
                                                : std::pair(m.fallback, std::string("default"));
      EXPECT_EQ(to_text(row, setting.value), value) << m.key << " " << given;
      EXPECT_EQ(settings->origin(m.key), origin) << m.key << " " << given;
    }
  }
}

TEST_F(SettingsTest, ListsAndFlagsOfTheLibrary) {
  write("library.toml", "[library]\nname = \"Städte\"\nlanguages = [\"de\", \"pt-BR\"]\ndemo = true\n");
  const Result<Settings> settings = Settings::load(paths());
  ASSERT_TRUE(settings);
  EXPECT_EQ(settings->text("library.name"), "Städte");
  EXPECT_EQ(settings->list("library.languages"), (std::vector<std::string>{"de", "pt-BR"}));
  EXPECT_TRUE(settings->boolean("library.demo"));
  EXPECT_EQ(settings->integer("web.header_deadline"), 10'000);
  EXPECT_EQ(settings->to_json()["library.demo"]["value"], Json(true));
}

TEST_F(SettingsTest, AccessHasNoDefault) {
  const Result<Settings> settings = Settings::load({});
  ASSERT_TRUE(settings);
  EXPECT_FALSE(settings->has("library.default_access"));
  EXPECT_EQ(settings->text("library.default_access"), "");
  EXPECT_EQ(settings->origin("library.default_access"), "not set");
}

TEST_F(SettingsTest, AnUnknownKeyIsAnErrorWithItsPlace) {
  write("library.toml", "[library]\nname = \"x\"\n[web]\nlistn = \"127.0.0.1:1\"\n");
  const Error error = refused();
  EXPECT_EQ(error.code, Errc::invalid);
  EXPECT_EQ(error.message, "there is no setting web.listn");
  EXPECT_EQ(error.hint, "did you mean web.listen?");
  EXPECT_EQ(error.where, place("library.toml") + ":4:9");
}

TEST_F(SettingsTest, AnUnknownVariableAndFlagToo) {
  EXPECT_EQ(refused({{"COLOPHON_WEB_LISTN", "x"}}).hint, "did you mean web.listen?");
  EXPECT_EQ(refused({{"COLOPHON_WEB_LISTN", "x"}}).where, "environment COLOPHON_WEB_LISTN");
  EXPECT_EQ(refused({}, {{"web.listem", "x"}}).hint, "did you mean web.listen?");
  EXPECT_TRUE(Settings::load({}, {{"COLOPHON_LIBRARY", "/x"}, {"COLOPHON_SOMETHING", "1"}, {"HOME", "/"}}));
}

TEST_F(SettingsTest, AValueOfAnotherKindIsAnErrorWithItsLine) {
  const std::pair<std::string, std::string> cases[] = {
      {"index.shards = 3", "index.shards must be a list of texts without commas, as in [\"en\", \"de\"]"},
      {"web.connections = \"10\"", "web.connections must be a whole number, without quotes"},
      {"library.demo = \"true\"", "library.demo must be true or false, without quotes"},
      {"library.languages = \"en\"", "library.languages must be a list of texts without commas, as in [\"en\", \"de\"]"},
      {"library.name = 3", "library.name must be a text in double quotes"},
      {"web.idle_timeout = 15", "web.idle_timeout must be a time in double quotes, as in \"15s\""},
      {"web.idle_timeout = \"15\"", "“15” does not fit web.idle_timeout"},
      {"web.connections = 1", "“1” does not fit web.connections"},
      {"library.time_zone = \"Bonn\"", "“Bonn” does not fit library.time_zone"},
      {"library.default_access = \"pulic\"", "“pulic” does not fit library.default_access"},
      {"library.base_url = \"example.org\"", "“example.org” does not fit library.base_url"},
      {"library.sender = \"nobody\"", "“nobody” does not fit library.sender"},
      {"web.listen = \"example.org:80\"", "“example.org:80” does not fit web.listen"},
      {"user.library = \"/x\"", "user.library does not belong into this file"},
  };
  for (const auto& [text, message] : cases) {
    write("library.toml", "\n" + text + "\n");
    const Error error = refused();
    EXPECT_EQ(error.message, message);
    EXPECT_TRUE(error.where.starts_with(place("library.toml") + ":2:")) << error.where;
    EXPECT_FALSE(error.hint.empty()) << text;
  }
  write("library.toml", "index.shards = 3\n");
  EXPECT_NE(refused().hint.find("as in [\"here\", "), std::string::npos) << "what the setting itself looks like";
}

TEST_F(SettingsTest, TheLibrarysOwnSettingsStayOutOfTheUserFile) {
  write("user.toml", "library.default_access = \"public\"\n");
  EXPECT_EQ(refused().hint, "write it into the library's colophon.toml");
  write("user.toml", "user.library = \"/srv/library\"\n");
  EXPECT_EQ(Settings::load(paths())->text("user.library"), "/srv/library");
}

TEST_F(SettingsTest, TheFileOfANewLibraryReadsBack) {
  const Result<std::string> text = render_library_file(
      {{"library.name", "Heat \"plans\""}, {"library.default_access", "public"}, {"library.languages", "de,en"}});
  ASSERT_TRUE(text);
  write("library.toml", *text);
  const Result<Settings> settings = Settings::load(paths());
  ASSERT_TRUE(settings) << settings.error().message << settings.error().where;
  EXPECT_EQ(settings->text("library.name"), "Heat \"plans\"");
  EXPECT_EQ(settings->list("library.languages"), (std::vector<std::string>{"de", "en"}));
  EXPECT_EQ(settings->origin("web.listen"), "default");
  EXPECT_NE(text->find("# listen = \"127.0.0.1:8417\""), std::string::npos);
  EXPECT_FALSE(render_library_file({{"user.library", "x"}}));
  EXPECT_FALSE(render_library_file({{"library.default_access", "x"}}));
}

TEST_F(SettingsTest, UserFileByXdgThenHome) {
  EXPECT_EQ(user_settings_file({{"XDG_CONFIG_HOME", "/c"}, {"HOME", "/h"}}), "/c/colophon/colophon.toml");
  EXPECT_EQ(user_settings_file({{"XDG_CONFIG_HOME", "relative"}, {"HOME", "/h"}}), "/h/.config/colophon/colophon.toml");
  EXPECT_EQ(user_settings_file({}), "");
}

TEST(ListenAddress, ReadsWhatPeopleWrite) {
  const std::pair<std::string, std::string> good[] = {{"127.0.0.1:8417", "127.0.0.1:8417"}, {"[::1]:80", "[::1]:80"},
                                                      {"localhost:0", "127.0.0.1:0"},       {":9000", "127.0.0.1:9000"},
                                                      {"9000", "127.0.0.1:9000"},           {"0.0.0.0:1", "0.0.0.0:1"}};
  for (const auto& [text, written] : good) {
    const Result<ListenAddress> address = parse_listen_address(text);
    ASSERT_TRUE(address) << text;
    EXPECT_EQ(to_string(*address), written);
  }
  for (const char* text :
       {"", "x", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "::1:80", "example.org:80", "1.2.3.4:-1", "[::1]", "1.2.3.4:80 "})
    EXPECT_FALSE(parse_listen_address(text)) << text;
  EXPECT_TRUE(is_loopback({"127.1.2.3", 1}));
  EXPECT_FALSE(is_loopback({"0.0.0.0", 1}));
}

TEST(ShardPlace, IsHereOrAHostWithItsPort) {
  EXPECT_EQ(parse_shard_place("here")->host, "");
  const struct {
    const char *text, *host;
    int port;
  } good[] = {{"10.0.0.2:7700", "10.0.0.2", 7700},
              {"search1.example.org:1", "search1.example.org", 1},
              {"[fd00::2]:65535", "fd00::2", 65535}};
  for (const auto& [text, host, port] : good) {
    const auto place = parse_shard_place(text);
    ASSERT_TRUE(place) << text;
    EXPECT_EQ(place->host, host);
    EXPECT_EQ(place->port, port);
  }
  for (const char* bad : {"", "there", "10.0.0.2", "10.0.0.2:", ":7700", "host:0", "host:65536", "host:77x", "a b:7",
                          "fd00::2:7700", "-x:7", "[]:7"}) {
    const auto place = parse_shard_place(bad);
    ASSERT_FALSE(place) << bad;
    EXPECT_EQ(place.error().hint, "write here, or a host and its port, as in 10.0.0.2:7700");
  }
}

}  // namespace
}  // namespace colophon::config
