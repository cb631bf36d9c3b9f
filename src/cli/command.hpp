// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/library.hpp"
#include "cli/output.hpp"
#include "config/listen.hpp"

namespace colophon::cli {

/// What the rest of the program lends to the command line: the layer graph forbids it to know the web.
struct Services {
  /// Serves the library until `stop` is set; `ready` hears the address.
  std::function<Status(app::Library& library,
                       const config::ListenAddress& listen,
                       const std::atomic<bool>& stop,
                       const std::function<void(const std::string& url)>& ready)>
      serve;
};

/// What was given for the options and arguments of a command, by name: "limit", "FILE". Values have been checked against the rows.
class Values {
 public:
  void add(const std::string& name, std::string value) { values_[name].push_back(std::move(value)); }
  void mark(const std::string& name) { values_[name]; }
  bool has(const std::string& name) const { return values_.contains(name); }
  /// The last one, or empty.
  std::string text(const std::string& name) const;
  std::vector<std::string> texts(const std::string& name) const;
  std::int64_t number(const std::string& name, std::int64_t fallback) const;

 private:
  std::map<std::string, std::vector<std::string>> values_;
};

enum class Takes : std::uint8_t { nothing, text, number };
enum class Times : std::uint8_t { once, many };

struct OptionRow {
  std::string_view names;  ///< "-l,--limit"
  Takes takes = Takes::nothing;
  std::string_view value = {};  ///< "N", or the choices "accept|revise|reject", which are then the only ones
  std::string_view help = {};
  Times times = Times::once;
  std::string_view long_name() const;  ///< "limit"
  std::vector<std::string_view> choices() const;
};

enum class Arity : std::uint8_t { one, optional, some, any };
struct ArgumentRow {
  std::string_view name;  ///< "FILE"
  std::string_view help;
  Arity arity = Arity::one;
};

/// Options that every command has, anywhere on the line.
struct Globals {
  std::optional<std::filesystem::path> library;
  config::SettingTexts settings;
  std::string person;  ///< who acts: --as
  bool yes = false;    ///< never ask
};
std::span<const OptionRow> global_options();

/// One call of a command.
class Invocation {
 public:
  Invocation(const Values& given, const Globals& globals, Output& output, const Services& lent)
      : values(given), out(output), services(lent), globals_(globals) {}

  const Values& values;
  Output& out;
  const Services& services;

  const Globals& globals() const { return globals_; }
  /// The library's folder, without opening it.
  Result<std::filesystem::path> folder() const;
  /// Opened at the first call.
  Result<app::Library*> library();
  /// Who acts: the person of --as, if any, and the system user.
  app::Acting acting() const { return {globals_.person, app::system_user()}; }
  /// The text of an option, or of the file that it names as @FILE.
  Result<std::string> words(const std::string& option) const;

 private:
  const Globals& globals_;
  std::optional<app::Library> library_;
};

/// What a command needs before it runs: the tiers of the table.
enum class Needs : std::uint8_t { nothing, folder, library };

/// A command: the rows from which it is parsed, its help is written and the tests are made. `run` gives the exit status of a result
/// (0, or 1 when nothing was found or a check failed), or an error.
struct Command {
  std::string_view name;     ///< "search", "submission new"
  std::string_view group;    ///< heading in the overview
  std::string_view summary;  ///< a sentence without its full stop
  Needs needs = Needs::library;
  std::vector<ArgumentRow> arguments = {};
  std::vector<OptionRow> options = {};
  std::string (*details)() = nullptr;  ///< more help, generated
  std::vector<std::string_view> examples = {};
  Result<int> (*run)(Invocation&) = nullptr;

  std::string_view noun() const { return name.substr(0, name.find(' ')); }
  std::string_view verb() const {
    return name.find(' ') == std::string_view::npos ? std::string_view() : name.substr(name.find(' ') + 1);
  }
};

inline constexpr int kDone = 0;
inline constexpr int kNothing = 1;  ///< nothing found, a check failed

/// THE table of commands, in the order in which help shows them.
std::span<const Command> commands();
const Command* command_named(std::string_view name);
/// "ms" is another word for "submission".
std::string_view noun_of(std::string_view word);
/// All nouns and bare commands, with their other words.
std::vector<std::string> known_words();

}  // namespace colophon::cli
