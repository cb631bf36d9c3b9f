// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/index_consumer.hpp"
#include "app/init.hpp"
#include "base/digest.hpp"
#include "base/text.hpp"
#include "bib/file.hpp"
#include "config/toml.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

namespace colophon::app {
namespace fs = std::filesystem;
namespace {

Status check(const InitAnswers& answers) {
  if (trim(answers.name).empty()) return fail(Errc::usage, "a library needs a name", "give --name TEXT");
  if (answers.default_access.empty())
    return fail(Errc::usage, "say who may read added files", "give --access public, signed-in or closed");
  TRY(bib::parse_access(answers.default_access));
  if (!is_time_zone(answers.time_zone))
    return fail(Errc::usage, fmt::format("“{}” is no time zone", printable(answers.time_zone)),
                "use a name such as Europe/Berlin");
  return {};
}

// Everything is made in a folder beside the target and renamed onto it: a crash leaves no half library.
Status make_parts(const fs::path& folder, const InitAnswers& answers) {
  config::SettingTexts values = {{"library.name", answers.name},
                                 {"library.base_url", answers.base_url},
                                 {"library.time_zone", answers.time_zone},
                                 {"library.languages", answers.languages},
                                 {"library.default_access", answers.default_access}};
  if (!answers.sender.empty()) values.emplace_back("library.sender", answers.sender);
  Result<std::string> settings = config::render_library_file(values);
  if (!settings) {
    settings.error().code = Errc::usage;
    return std::unexpected(settings.error());
  }
  TRY(replace_file(folder / "colophon.toml", *settings));
  TRY(replace_file(folder / "lock", ""));
  TRY_ASSIGN(store::Store store, store::Store::create(folder));
  TRY(store.write([&]() -> Status {
    store.settings().set("library.id", to_hex(random_bytes(16)));
    store.settings().set("library.secret", to_hex(random_bytes(32)));
    store.settings().set("settings.digest", sha256(*settings).hex());
    return {};
  }));
  return store.db().checkpoint();
}

}  // namespace

Result<Library> init_library(const fs::path& folder, const InitAnswers& answers, std::shared_ptr<const Clock> clock) {
  TRY(check(answers));
  std::error_code ignored;
  const fs::path target = fs::absolute(folder).lexically_normal();
  if (fs::exists(target, ignored) && !fs::is_directory(target, ignored))
    return fail(Errc::conflict, "this is a file, not a folder", "choose another place", target.string());
  if (fs::exists(target, ignored) && !fs::is_empty(target, ignored))
    return fail(Errc::conflict, "the folder is not empty", "choose a new or empty folder; nothing was changed", target.string());
  const fs::path parent = target.parent_path();
  if (!fs::exists(parent, ignored))
    return fail(Errc::not_found, "the folder above does not exist", "make it first", parent.string());
  const fs::path making = parent / fmt::format(".{}.new-{}", target.filename().string(), to_hex(random_bytes(4)));
  TRY(make_directory(making));
  if (Status made = make_parts(making, answers); !made) {
    fs::remove_all(making, ignored);
    return std::unexpected(made.error());
  }
  if (rename(making.c_str(), target.c_str()) != 0) {
    const Error error = io_error(errno, "cannot make the library", target);
    fs::remove_all(making, ignored);
    return std::unexpected(error);
  }
  chmod(target.c_str(), 0700);
  TRY(sync_directory(parent));
  Library::Options options;
  options.folder = target;
  options.clock = std::move(clock);
  TRY_ASSIGN(Library library, Library::open(options));
  TRY(library.store().write([&]() -> Status {
    TRY(library.store().ledger().append({"library", "created", "", system_user(), Json::object({{"name", answers.name}})},
                                        library.clock().now()));
    return {};
  }));
  TRY(rebuild_index(library));
  return library;
}

Result<std::size_t> load_authorities(Library& library, const Acting& acting, const fs::path& file) {
  TRY_ASSIGN(const std::string text, read_file(file, 16u << 20));
  TRY_ASSIGN(const Json json, config::parse_toml(text, file.string()));
  std::vector<bib::Authority> read;
  for (const auto& [kind_name, list] : json.members()) {
    const std::optional<bib::AuthorityKind> kind = bib::authority_kind_named(kind_name);
    if (!kind)
      return fail(Errc::invalid, fmt::format("“{}” is no kind of authority", printable(kind_name)),
                  "use [[partner]], [[office]], [[project]], [[place]] or [[series]]", file.string());
    for (const Json& fields : list.items()) {
      Result<bib::Authority> made = bib::make_authority(*kind, fields);
      if (!made) {
        made.error().where = file.string();
        return std::unexpected(made.error());
      }
      read.push_back(std::move(*made));
    }
  }
  return library.store().write([&]() -> Result<std::size_t> {
    for (const bib::Authority& authority : read) library.store().authorities().put(authority);
    TRY(library.store().ledger().append({"authorities", "loaded", acting.person, acting.operator_name,
                                         Json::object({{"count", read.size()}, {"digest", sha256(text).hex()}})},
                                        library.clock().now()));
    return read.size();
  });
}

}  // namespace colophon::app
