// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "base/clock.hpp"
#include "base/text.hpp"
#include "config/listen.hpp"
#include "config/settings.hpp"
#include "config/shard.hpp"

namespace colophon::config {
namespace {

const std::string& text_of(const Value& value) { return std::get<std::string>(value); }

std::string check_listen(const Value& value) {
  const Result<ListenAddress> address = parse_listen_address(text_of(value));
  return address ? "" : "write an address and a port, as in 127.0.0.1:8417";
}

std::string check_url(const Value& value) {
  const std::string& url = text_of(value);
  const bool web = url.starts_with("https://") || url.starts_with("http://");
  const bool whole = url.find_first_of(" ?#") == std::string::npos && url.size() > url.find("//") + 2 && !url.ends_with('/');
  return web && whole ? "" : "write a web address without a slash at its end, as in https://library.example.org";
}

std::string check_zone(const Value& value) {
  return is_time_zone(text_of(value)) ? "" : "write an IANA zone, as in Europe/Berlin";
}

std::string check_access(const Value& value) {
  const std::string& access = text_of(value);
  const bool known = access == "public" || access == "signed-in" || access == "closed" || access.starts_with("groups:");
  return known ? "" : "write public, signed-in, closed, or groups: and their names";
}

std::string check_mail(const Value& value) {
  const std::string& address = text_of(value);
  const std::size_t sign = address.find('@');
  const bool fits =
      sign != 0 && sign != std::string::npos && sign + 1 < address.size() && address.find_first_of(" \r\n") == std::string::npos;
  return fits ? "" : "write a mail address, as in library@example.org";
}

bool is_language(const std::string& tag) {
  return tag.size() >= 2 && tag.size() <= 35 &&
         std::ranges::all_of(tag, [](char c) { return is_ascii_alpha(c) || is_ascii_digit(c) || c == '-'; });
}

std::string check_languages(const Value& value) {
  return std::ranges::all_of(std::get<std::vector<std::string>>(value), is_language) ? ""
                                                                                     : "write language tags, as in en, de, pt-BR";
}

std::string check_keys(const Value& value) {
  const std::string& keys = text_of(value);
  return keys == "keep" || keys == "pattern" ? "" : "write keep or pattern";
}

constexpr std::size_t kMostShards = 64;

std::string check_shards(const Value& value) {
  const auto& shards = std::get<std::vector<std::string>>(value);
  if (shards.size() > kMostShards) return "write at most 64 of them";
  for (const std::string& one : shards) {
    if (const auto place = parse_shard_place(one); !place) return place.error().hint;
  }
  return "";
}

constexpr std::int64_t kMiB = std::int64_t{1} << 20;

// clang-format off
constexpr std::array kRows = {
  SettingRow{"library.name",           Kind::text,     "",               Scope::library, "The name of the library, as its pages and mails show it"},
  SettingRow{"library.base_url",       Kind::text,     "",               Scope::library, "The web address by which people reach the library; without one, the address that the server listens on", 0, INT64_MAX, check_url},
  SettingRow{"library.time_zone",      Kind::text,     "UTC",            Scope::library, "The zone in which dates are shown and deadlines end", 0, INT64_MAX, check_zone},
  SettingRow{"library.languages",      Kind::list,     "en,de,es,pt,fr", Scope::library, "The languages of the library's texts, the main one first", 0, INT64_MAX, check_languages},
  SettingRow{"library.sender",         Kind::text,     "",               Scope::library, "The address that mails come from", 0, INT64_MAX, check_mail},
  SettingRow{"library.default_access", Kind::text,     "",               Scope::library, "Who may open a file that is added without a rule of its own: public, signed-in, closed, or groups:a,b; there is no default", 0, INT64_MAX, check_access},
  SettingRow{"library.demo",           Kind::boolean,  "false",          Scope::library, "Say on every page that this is a demonstration"},
  SettingRow{"export.keys",            Kind::text,     "keep",           Scope::library, "The citation keys of an export: keep (those that works have, and the pattern for the others) or pattern (for all)", 0, INT64_MAX, check_keys},
  SettingRow{"export.key_pattern",     Kind::text,     "[auth:lower:(anon)][year:(nd)][veryshorttitle:lower]", Scope::library, "The pattern of citation keys, as in JabRef: [auth][year]"},
  SettingRow{"user.library",           Kind::text,     "",               Scope::user,    "The library that commands use where no other is named"},
  SettingRow{"web.listen",             Kind::text,     "127.0.0.1:8417", Scope::machine, "The address and port that the web server listens on", 0, INT64_MAX, check_listen},
  SettingRow{"web.connections",        Kind::integer,  "1000",           Scope::machine, "Connections at a time; more are refused", 8, 100'000},
  SettingRow{"web.connections_per_address", Kind::integer, "32",         Scope::machine, "Connections at a time from one address; 0 is no limit, and none holds on a loopback address, where a proxy speaks for all", 0, 100'000},
  SettingRow{"web.idle_timeout",       Kind::duration, "15s",            Scope::machine, "A connection without traffic is closed after this time", 1'000, 3'600'000},
  SettingRow{"web.header_deadline",    Kind::duration, "10s",            Scope::machine, "A request line and its headers must be there within this time", 100, 600'000},
  SettingRow{"web.body_limit",         Kind::size,     "64MiB",          Scope::machine, "A longer request body is refused", 0, 4096 * kMiB},
  SettingRow{"web.searches",           Kind::integer,  "0",              Scope::machine, "Searches at a time; more wait a moment, then are refused; 0 is two a processor", 0, 1000},
  SettingRow{"worker.cpu_seconds",     Kind::integer,  "10",             Scope::machine, "Processor time for reading one document", 1, 3600},
  SettingRow{"worker.wall_seconds",    Kind::integer,  "20",             Scope::machine, "Time for reading one document", 1, 36'000},
  SettingRow{"worker.memory_mib",      Kind::integer,  "1024",           Scope::machine, "Memory for reading one document, in MiB", 64, 1'048'576},
  SettingRow{"worker.output_mib",      Kind::integer,  "64",             Scope::machine, "What reading one document may give, in MiB", 1, 4096},
  SettingRow{"worker.jobs",            Kind::integer,  "0",              Scope::machine, "Documents read at a time; 0 is one a processor", 0, 256},
  SettingRow{"index.shards",           Kind::list,     "here",           Scope::library, "Into how many shards the indexes of publications are parted, and where each is searched, as in [\"here\", \"10.0.0.2:7700\"]; another number builds them anew", 0, INT64_MAX, check_shards},
  SettingRow{"index.jobs",             Kind::integer,  "0",              Scope::machine, "Processes that rebuild an index; 0 is one a processor", 0, 256},
};
// clang-format on

}  // namespace

std::span<const SettingRow> setting_rows() { return kRows; }

const SettingRow* setting_named(std::string_view key) {
  const auto found = std::ranges::find(kRows, key, &SettingRow::key);
  return found == kRows.end() ? nullptr : &*found;
}

}  // namespace colophon::config
