// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/parse.hpp"

#include <algorithm>
#include <charconv>
#include <memory>

#include "base/text.hpp"
#include "cli/help.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace colophon::cli {
namespace {

using Names = std::vector<std::string>;

std::unexpected<Error> usage(std::string message, std::string hint) {
  return fail(Errc::usage, std::move(message), std::move(hint));
}

std::string meant(std::string_view word, const Names& known, std::string otherwise) {
  const std::string_view near = nearest(word, known);
  return near.empty() ? otherwise : fmt::format("did you mean “{}”?", near);
}

// --- which command -------------------------------------------------------------------------------------------------------------

const OptionRow* global_named(std::string_view token) {
  for (const OptionRow& row : global_options()) {
    for (const std::string_view name : split(row.names, ',')) {
      if (name == token) return &row;
    }
  }
  return nullptr;
}

// Where the words stand that are outside options: the first names the command. Options before it can only be those of every command.
std::vector<std::size_t> leading_places(const Names& arguments, std::size_t count) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < arguments.size() && out.size() < count; ++i) {
    if (!arguments[i].starts_with('-') || arguments[i] == "-") {
      out.push_back(i);
      continue;
    }
    const OptionRow* row = global_named(arguments[i]);
    if (row && row->takes != Takes::nothing) ++i;
  }
  return out;
}
Names leading_words(const Names& arguments, std::size_t count) {
  Names out;
  for (const std::size_t place : leading_places(arguments, count)) out.push_back(arguments[place]);
  return out;
}

Names verbs_of(std::string_view noun) {
  Names out;
  for (const Command& command : commands()) {
    if (command.noun() == noun && !command.verb().empty()) out.emplace_back(command.verb());
  }
  return out;
}

struct Choice {
  const Command* command = nullptr;
  std::string noun;
};

Result<Choice> choose(const Names& arguments) {
  const Names words = leading_words(arguments, 2);
  if (words.empty()) return Choice{};
  const std::string noun(noun_of(words[0]));
  if (const Command* command = command_named(noun)) return Choice{command, noun};
  const Names verbs = verbs_of(noun);
  if (verbs.empty())
    return usage(fmt::format("unknown command “{}”", words[0]),
                 meant(words[0], known_words(), "“colophon help” lists the commands"));
  if (words.size() == 1) return Choice{nullptr, noun};
  const std::string name = noun + " " + words[1];
  if (const Command* command = command_named(name)) return Choice{command, noun};
  Names known;
  for (const std::string& verb : verbs) known.push_back(fmt::format("{} {}", words[0], verb));
  const std::string given = words[0] + " " + words[1];
  return usage(fmt::format("unknown command “{}”", given),
               meant(given, known, fmt::format("“{}” goes with: {}", words[0], fmt::join(verbs, ", "))));
}

// --- CLI11 -----------------------------------------------------------------------------------------------------------------------

// The texts that CLI11 collects for one row.
struct Slot {
  std::string name;
  Names given;
  CLI::Option* option = nullptr;
};

class Tokens {
 public:
  explicit Tokens(const Command* command) : command_(command) {
    root_.set_help_flag();
    root_.allow_extras();
    root_.require_subcommand(0, 1);  // behind the command, its words are arguments
    for (const OptionRow& row : global_options()) add(root_, row, globals_);
    if (command_) add_command();
  }

  Status parse(Names arguments) {
    TRY(take_behind_mark(arguments));
    std::ranges::reverse(arguments);
    try {
      root_.parse(std::move(arguments));
    } catch (const CLI::ArgumentMismatch& e) {
      const std::string name = std::string(e.what()).substr(0, std::string_view(e.what()).find(':'));
      return usage(fmt::format("the option {} needs a value", name), fmt::format("“colophon help{}” describes it", of_command()));
    } catch (const CLI::ParseError& e) {
      return usage("the command line cannot be read", fmt::format("“colophon help{}” shows how to write it", of_command()));
    }
    return refuse_extras();
  }

  void read(Values& own, Values& globals) const {
    collect(slots_, own);
    place_behind(own);
    collect(globals_, globals);
  }

 private:
  using Slots = std::vector<std::unique_ptr<Slot>>;

  std::string of_command() const { return command_ ? " " + std::string(command_->name) : ""; }

  static void add(CLI::App& app, const OptionRow& row, Slots& slots) {
    auto slot = std::make_unique<Slot>();
    slot->name = row.long_name();
    const std::string names(row.names);
    if (row.takes == Takes::nothing) {
      slot->option = app.add_flag(names);
    } else {
      slot->option = app.add_option(names, slot->given);
      slot->option->expected(1)->allow_extra_args(false)->multi_option_policy(
          row.times == Times::many ? CLI::MultiOptionPolicy::TakeAll : CLI::MultiOptionPolicy::TakeLast);
    }
    slots.push_back(std::move(slot));
  }

  void add_argument(CLI::App& app, const ArgumentRow& row) {
    auto slot = std::make_unique<Slot>();
    slot->name = row.name;
    slot->option = app.add_option(slot->name, slot->given);
    if (is_list(row)) slot->option->expected(0, 1 << 20);
    else slot->option->expected(1)->allow_extra_args(false);  // else a first argument would take the second one's word
    slots_.push_back(std::move(slot));
  }

  void add_command() {
    CLI::App* app = &root_;
    for (const std::string_view word : split(command_->name, ' ')) {
      app = app->add_subcommand(std::string(word), "");
      app->set_help_flag();
      app->allow_extras();
      app->fallthrough();
      app->require_subcommand(0, 1);
    }
    for (const OptionRow& row : command_->options) add(*app, row, slots_);
    for (const ArgumentRow& row : command_->arguments) add_argument(*app, row);
  }

  Names known_options() const {
    Names out;
    const auto collect_names = [&](const OptionRow& row) {
      for (const std::string_view name : split(row.names, ',')) out.emplace_back(name);
    };
    std::ranges::for_each(global_options(), collect_names);
    if (command_) std::ranges::for_each(command_->options, collect_names);
    return out;
  }

  // Behind “--” everything is an argument, hyphens or not.
  Status take_behind_mark(Names& arguments) {
    const auto mark = std::ranges::find(arguments, "--");
    if (mark == arguments.end()) return {};
    behind_.assign(mark + 1, arguments.end());
    arguments.erase(mark, arguments.end());
    const bool list = command_ && !command_->arguments.empty() && is_list(command_->arguments.back());
    const bool fits = list || (command_ && behind_.size() <= command_->arguments.size());
    return fits ? Status{} : usage("there are too many arguments behind “--”", "“colophon help” lists what each command takes");
  }
  static bool is_list(const ArgumentRow& row) { return row.arity == Arity::some || row.arity == Arity::any; }

  // What stood behind the mark fills the arguments that are still empty, the last one if it is a list.
  void place_behind(Values& values) const {
    std::size_t next = 0;
    for (const ArgumentRow& row : command_ ? command_->arguments : std::vector<ArgumentRow>{}) {
      const std::string name(row.name);
      if (!is_list(row) && !values.texts(name).empty()) continue;
      while (next < behind_.size()) {
        values.add(name, behind_[next++]);
        if (!is_list(row)) break;
      }
    }
  }

  Status refuse_extras() const {
    for (const std::string& extra : root_.remaining(true)) {
      const std::string option = extra.substr(0, extra.find('='));
      const std::string help = fmt::format("“colophon help{}” shows what there is", of_command());
      if (extra.starts_with('-')) return usage(fmt::format("unknown option “{}”", option), meant(option, known_options(), help));
      return usage(fmt::format("“{}” is one argument too many", extra),
                   command_ ? fmt::format("the whole command is “{}”", synopsis(*command_)) : help);
    }
    return {};
  }

  static void collect(const Slots& slots, Values& values) {
    for (const auto& slot : slots) {
      if (slot->option->count() == 0) continue;
      values.mark(slot->name);
      for (const std::string& text : slot->given) values.add(slot->name, text);
    }
  }

  CLI::App root_;
  const Command* command_;
  Slots slots_, globals_;
  Names behind_;  // “--”
};

// --- what fits -------------------------------------------------------------------------------------------------------------------

Status check_option(const OptionRow& row, const Values& values) {
  const std::string name(row.long_name());
  for (const std::string& text : values.texts(name)) {
    const std::vector<std::string_view> choices = row.choices();
    if (!choices.empty() && std::ranges::find(choices, text) == choices.end()) {
      return usage(fmt::format("--{} cannot be “{}”", name, text), fmt::format("use one of: {}", fmt::join(choices, ", ")));
    }
    if (row.takes != Takes::number) continue;
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size())
      return usage(fmt::format("--{} needs a number, not “{}”", name, text), fmt::format("write it as in --{} 20", name));
  }
  return {};
}

Status check_arguments(const Command& command, const Values& values) {
  for (const ArgumentRow& row : command.arguments) {
    const bool needed = row.arity == Arity::one || row.arity == Arity::some;
    if (needed && values.texts(std::string(row.name)).empty()) {
      return usage(fmt::format("“colophon {}” needs {}", command.name, row.name),
                   fmt::format("{}; see “colophon help {}”", row.help, command.name));
    }
  }
  return {};
}

Status check_setting(const std::string& key, const std::string& text) {
  Names keys;
  for (const config::SettingRow& row : config::setting_rows()) keys.emplace_back(row.key);
  const config::SettingRow* row = config::setting_named(key);
  if (!row) return usage(fmt::format("there is no setting “{}”", key), meant(key, keys, "“colophon config show” lists them"));
  const Result<config::Value> value = config::parse_setting(*row, text);
  return value ? Status{} : usage(fmt::format("--set {}: {}", key, value.error().message), value.error().hint);
}

Result<Globals> globals_of(const Values& values) {
  Globals out;
  if (values.has("library")) out.library = values.text("library");
  out.person = values.text("as");
  out.yes = values.has("yes");
  for (const std::string& text : values.texts("set")) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos)
      return usage(fmt::format("“{}” sets nothing", text), "write --set KEY=VALUE, as in --set web.listen=127.0.0.1:9000");
    TRY(check_setting(text.substr(0, equals), text.substr(equals + 1)));
    out.settings.emplace_back(text.substr(0, equals), text.substr(equals + 1));
  }
  return out;
}

// CLI11 reads the name of the command itself; "ms" is turned into what it stands for.
Names with_full_noun(Names arguments, const Choice& choice) {
  const std::vector<std::size_t> places = leading_places(arguments, 1);
  if (!places.empty()) arguments[places.front()] = choice.noun;
  return arguments;
}
// A noun alone has nothing to be parsed.
Names without_noun(Names arguments) {
  const std::vector<std::size_t> places = leading_places(arguments, 1);
  if (!places.empty()) arguments.erase(arguments.begin() + static_cast<std::ptrdiff_t>(places.front()));
  return arguments;
}

}  // namespace

Manner manner_of(const std::vector<std::string>& arguments) {
  Manner out;
  for (std::size_t i = 0; i < arguments.size() && arguments[i] != "--"; ++i) {
    const std::string& a = arguments[i];
    if (a == "--json") out.format = Format::json;
    if (a == "-q" || a == "--quiet") out.verbosity = Verbosity::quiet;
    if (a == "-v" || a == "--verbose") out.verbosity = Verbosity::verbose;
    const std::string when = a.starts_with("--color=")                    ? a.substr(8)
                             : a == "--color" && i + 1 < arguments.size() ? arguments[i + 1]
                                                                          : "";
    if (when == "always") out.colour = Colour::always;
    if (when == "never") out.colour = Colour::never;
  }
  return out;
}

Result<Parsed> parse(const std::vector<std::string>& arguments) {
  TRY_ASSIGN(const Choice choice, choose(arguments));
  Parsed out;
  out.command = choice.command;
  if (!choice.command) out.noun = choice.noun;
  Tokens tokens(choice.command);
  TRY(tokens.parse(choice.command ? with_full_noun(arguments, choice) : without_noun(arguments)));
  Values globals;
  tokens.read(out.values, globals);
  for (const OptionRow& row : global_options()) TRY(check_option(row, globals));
  TRY_ASSIGN(out.globals, globals_of(globals));
  out.help = globals.has("help");
  out.version = globals.has("version");
  if (!choice.command || out.help || out.version) return out;
  for (const OptionRow& row : choice.command->options) TRY(check_option(row, out.values));
  TRY(check_arguments(*choice.command, out.values));
  return out;
}

}  // namespace colophon::cli
