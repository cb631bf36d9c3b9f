// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/help.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

#include <fmt/format.h>

namespace colophon::cli {
namespace {

constexpr std::size_t kLineWidth = 100;
constexpr std::size_t kWidestName = 44;

constexpr std::array kGlobals = {
    OptionRow{"-C,--library", Takes::text, "DIR",
              "the library's folder (else COLOPHON_LIBRARY, the nearest folder above, the user's default)"},
    OptionRow{"--as", Takes::text, "PERSON", "who acts, by handle; events keep the system user too"},
    OptionRow{"--json", Takes::nothing, "", "one JSON value on standard output, errors as JSON on standard error"},
    OptionRow{"--color", Takes::text, "auto|always|never", "colour on a terminal; NO_COLOR and TERM=dumb are honoured"},
    OptionRow{"--set", Takes::text, "KEY=VALUE", "another value for a setting, for this call", Times::many},
    OptionRow{"-q,--quiet", Takes::nothing, "", "say only results and errors"},
    OptionRow{"-v,--verbose", Takes::nothing, "", "say more"},
    OptionRow{"-y,--yes", Takes::nothing, "", "never ask, take the answers that are proposed"},
    OptionRow{"-h,--help", Takes::nothing, "", "this help"},
    OptionRow{"--version", Takes::nothing, "", "the program's version"},
};

using Rows = std::vector<std::pair<std::string, std::string>>;

// What is named at the left longer than others stands on a line of its own.
std::string table(const Rows& rows) {
  std::size_t width = 0;
  for (const auto& [name, text] : rows) {
    if (const std::size_t own = count_code_points(name); own <= kWidestName) width = std::max(width, own);
  }
  std::string out;
  for (const auto& [name, text] : rows) {
    const std::size_t own = count_code_points(name);
    out += "  " + name + (own > width ? "\n" + std::string(width + 4, ' ') : std::string(width - own + 2, ' '));
    out += folded(text, width + 4) + "\n";
  }
  return out;
}

std::string names_with_value(const OptionRow& row) {
  std::string out;
  for (const std::string_view name : split(row.names, ',')) out += (out.empty() ? "" : ", ") + std::string(name);
  if (!out.starts_with('-') || out.starts_with("--")) out = "    " + out;
  return row.takes == Takes::nothing ? out : fmt::format("{} {}", out, row.value);
}

Rows option_rows(std::span<const OptionRow> options) {
  Rows out;
  for (const OptionRow& row : options)
    out.emplace_back(names_with_value(row), std::string(row.help) + (row.times == Times::many ? " (may be repeated)" : ""));
  return out;
}

std::string_view bracket(Arity arity) {
  static constexpr std::array<std::string_view, 4> kForms = {"{}", "[{}]", "{}...", "[{}...]"};
  return kForms[static_cast<std::size_t>(arity)];
}

std::string section(std::string_view title, const std::string& body) {
  return body.empty() ? "" : fmt::format("\n{}\n{}", title, body);
}

Rows command_rows(std::string_view noun) {
  Rows out;
  for (const Command& command : commands()) {
    if (command.noun() == noun && !command.verb().empty())
      out.emplace_back(synopsis(command).substr(std::string_view("colophon ").size()), std::string(command.summary));
  }
  return out;
}

// One row a bare command, one a noun with its verbs.
std::string group_text(std::string_view group) {
  Rows rows;
  for (const Command& command : commands()) {
    if (command.group != group) continue;
    if (command.verb().empty()) {
      rows.emplace_back(std::string(command.name), std::string(command.summary));
    } else if (rows.empty() || rows.back().first != command.noun()) {
      rows.emplace_back(std::string(command.noun()), std::string(command.verb()));
    } else {
      rows.back().second += ", " + std::string(command.verb());
    }
  }
  return table(rows);
}

}  // namespace

std::string folded(std::string_view text, std::size_t indent) {
  std::string out;
  std::size_t column = indent;
  for (const std::string_view word : split(text, ' ')) {
    const std::size_t width = count_code_points(word);
    if (column > indent && column + 1 + width > kLineWidth) {
      out += "\n" + std::string(indent, ' ');
      column = indent;
    } else if (column > indent) {
      out += ' ';
      ++column;
    }
    out += word;
    column += width;
  }
  return out;
}

std::span<const OptionRow> global_options() { return kGlobals; }

std::string synopsis(const Command& command) {
  std::string out = fmt::format("colophon {}", command.name);
  if (!command.options.empty()) out += " [OPTIONS]";
  for (const ArgumentRow& row : command.arguments) out += " " + fmt::format(fmt::runtime(bracket(row.arity)), row.name);
  return out;
}

std::string overview() {
  std::string out =
      "Colophon: a library of publications, and the way of a manuscript to become one.\n\nusage: colophon [OPTIONS] COMMAND "
      "...\n";
  std::vector<std::string_view> groups;
  for (const Command& command : commands()) {
    if (std::ranges::find(groups, command.group) == groups.end()) groups.push_back(command.group);
  }
  for (const std::string_view group : groups) out += section(group, group_text(group));
  out += section("Options of every command", table(option_rows(global_options())));
  return out + "\n“colophon help COMMAND” tells more.\n";
}

std::string help_of_noun(std::string_view noun) {
  return fmt::format("usage: colophon {} VERB ...\n\n{}\n“colophon help {} VERB” tells more.\n", noun, table(command_rows(noun)),
                     noun);
}

std::string help_of(const Command& command) {
  std::string out = fmt::format("usage: {}\n\n{}.\n", synopsis(command), folded(command.summary, 0));
  if (command.details) out += "\n" + command.details();
  Rows arguments;
  for (const ArgumentRow& row : command.arguments) arguments.emplace_back(std::string(row.name), std::string(row.help));
  out += section("Arguments", table(arguments));
  out += section("Options", table(option_rows(command.options)));
  std::string examples;
  for (const std::string_view example : command.examples) examples += fmt::format("  $ {}\n", example);
  out += section("Examples", examples);
  return out + "\n“colophon help” lists the options of every command.\n";
}

}  // namespace colophon::cli
