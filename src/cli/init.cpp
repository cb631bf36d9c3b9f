// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/init.hpp"

#include <array>

#include "base/text.hpp"
#include "cli/rows.hpp"

#include <fmt/format.h>

namespace colophon::cli {
namespace {

namespace fs = std::filesystem;

// What a new library is asked: the flag, the question, where the answer goes.
struct QuestionRow {
  const char* option;
  const char* question;
  std::string app::InitAnswers::* answer;
};
constexpr std::array kQuestions = {
    QuestionRow{"name", "Name of the library", &app::InitAnswers::name},
    QuestionRow{"base-url", "Web address", &app::InitAnswers::base_url},
    QuestionRow{"time-zone", "Time zone", &app::InitAnswers::time_zone},
    QuestionRow{"languages", "Languages, the main one first", &app::InitAnswers::languages},
    QuestionRow{"sender", "Address that mails come from (may be empty)", &app::InitAnswers::sender},
    QuestionRow{"access", "Who may open added files: public, signed-in or closed", &app::InitAnswers::default_access},
};

std::string read_line(std::FILE* in) {
  std::string out;
  for (int c = std::fgetc(in); c != EOF && c != '\n'; c = std::fgetc(in)) out += static_cast<char>(c);
  return std::string(trim(out));
}

void ask(const Streams& streams, const QuestionRow& row, std::string& answer) {
  std::fputs(fmt::format("{}{}: ", row.question, answer.empty() ? "" : fmt::format(" [{}]", answer)).c_str(), streams.err);
  std::fflush(streams.err);
  if (const std::string given = read_line(streams.in); !given.empty()) answer = given;
}

Result<app::InitAnswers> answers_of(Invocation& call, const fs::path& folder) {
  app::InitAnswers out;
  out.name = fs::absolute(folder).lexically_normal().filename().string();
  const bool asks = call.out.streams().in_tty && call.out.streams().err_tty && !call.globals().yes && !call.out.json();
  for (const QuestionRow& row : kQuestions) {
    std::string& answer = out.*row.answer;
    if (call.values.has(row.option)) answer = call.values.text(row.option);
    else if (asks) ask(call.out.streams(), row, answer);
  }
  if (!out.default_access.empty()) return out;
  return fail(Errc::usage, "a library must say who may open the files that are added to it",
              "give --access public, --access signed-in or --access closed");
}

Result<int> told(Invocation& call, app::Library& library, std::size_t works) {
  const std::string folder = library.folder().string();
  if (call.out.json()) {
    call.out.value(Json::object({{"v", 1}, {"folder", folder}, {"demo", library.is_demo()}, {"works", works}}));
    return kDone;
  }
  call.out.line({"The library in ", {folder, Style::bold}, " is ready."});
  const std::string with = fmt::format("colophon -C {}", folder);
  call.out.note(library.is_demo() ? fmt::format("Try: {} search heat action plan; {} submission list --as obrannagh; {} serve",
                                                with, with, with)
                                  : fmt::format("Next: {} add PATH...; its settings stand in colophon.toml", with));
  return kDone;
}

Result<int> demo(Invocation& call, const fs::path& folder) {
  TRY_ASSIGN(const fs::path corpus, app::find_corpus());
  TRY_ASSIGN(app::Library library, app::init_demo(folder, corpus, [&](const std::string& sentence) { call.out.note(sentence); }));
  return told(call, library, static_cast<std::size_t>(library.store().works().count_live()));
}

Result<int> init(Invocation& call) {
  const fs::path folder = call.values.has("DIR") ? fs::path(call.values.text("DIR")) : call.globals().library.value_or(".");
  if (call.values.has("demo")) return demo(call, folder);
  TRY_ASSIGN(const app::InitAnswers answers, answers_of(call, folder));
  TRY_ASSIGN(app::Library library, app::init_library(folder, answers, std::make_shared<SystemClock>()));
  return told(call, library, 0);
}

}  // namespace

Rows init_rows() {
  return {{.name = "init",
           .group = "The library",
           .summary = "Make a library in a new or empty folder; on a terminal it asks what is not given",
           .needs = Needs::nothing,
           .arguments = {{"DIR", "the folder (the current one)", Arity::optional}},
           .options = {{"--name", Takes::text, "TEXT", "its name, as pages and mails show it (the folder's)"},
                       {"--base-url", Takes::text, "URL", "its web address (http://127.0.0.1:8417)"},
                       {"--time-zone", Takes::text, "ZONE", "the zone in which dates are shown and deadlines end (UTC)"},
                       {"--languages", Takes::text, "LIST", "its languages, the main one first (en)"},
                       {"--sender", Takes::text, "ADDRESS", "the address that mails come from"},
                       {"--access", Takes::text, "RULE",
                        "who may open added files: public, signed-in, closed, groups:a,b; there is no default"},
                       {"--demo", Takes::nothing, "", "fill it with the demonstration corpus: works, people, submissions"}},
           .examples = {"colophon init ~/library",
                        "colophon init /srv/library --name 'ICLEI library' --time-zone Europe/Berlin --access signed-in",
                        "colophon init demo --demo"},
           .run = init}};
}

}  // namespace colophon::cli
