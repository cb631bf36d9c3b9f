// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/init.hpp"
#include "app/submissions.hpp"
#include "cli/rows.hpp"

#include <fmt/format.h>

namespace colophon::cli {
namespace {

Result<int> add(Invocation& call) {
  TRY_ASSIGN(app::Library* const library, call.library());
  const auto text = [&](const char* name) { return call.values.text(name); };
  const app::NewPerson person{text("HANDLE"),
                              text("name"),
                              text("email"),
                              text("orcid"),
                              text("partner"),
                              text("office"),
                              call.values.texts("role"),
                              call.values.texts("clears-for")};
  TRY(app::add_person(*library, call.acting(), person));
  if (call.out.json()) call.out.value(Json::object({{"v", 1}, {"handle", person.handle}}));
  else call.out.line({"added ", {person.handle, Style::bold}});
  return kDone;
}

std::string list_of(const Json& json) {
  std::string out;
  for (const Json& item : json.items()) out += (out.empty() ? "" : ", ") + item.as_string();
  return out;
}

Result<int> list(Invocation& call) {
  TRY_ASSIGN(app::Library* const library, call.library());
  Json people = Json::array();
  std::vector<Pieces> rows;
  for (const store::Person& person : app::list_people(*library)) {
    Json one = Json::object({{"handle", person.handle}});
    for (const auto& [key, value] : person.data.members()) one.set(key, value);
    people.push(std::move(one));
    rows.push_back({{person.handle, Style::bold},
                    person.data["name"].as_string(),
                    person.data["partner"].as_string(),
                    list_of(person.data["roles"])});
  }
  if (call.out.json()) return call.out.value(Json::object({{"v", 1}, {"people", std::move(people)}})), kDone;
  if (rows.empty())
    return call.out.note("There is nobody yet. Add people with “colophon user add HANDLE --name NAME”."), kNothing;
  call.out.table(rows);
  return kDone;
}

// --- authorities ------------------------------------------------------------------------------------------------------------------

constexpr bib::AuthorityKind kKinds[] = {bib::AuthorityKind::partner, bib::AuthorityKind::office, bib::AuthorityKind::project,
                                         bib::AuthorityKind::place, bib::AuthorityKind::series};

Result<int> list_authorities(Invocation& call) {
  TRY_ASSIGN(app::Library* const library, call.library());
  Json all = Json::object({{"v", 1}});
  std::vector<Pieces> rows;
  for (const bib::AuthorityKind kind : kKinds) {
    Json some = Json::array();
    for (const bib::Authority& authority : library->store().authorities().all(kind)) {
      some.push(Json::object({{"key", authority.key}, {"name", authority.name}}));
      rows.push_back({std::string(bib::name(kind)), {authority.key, Style::bold}, authority.name});
    }
    all.set(std::string(bib::name(kind)), std::move(some));
  }
  if (call.out.json()) return call.out.value(all), kDone;
  if (rows.empty())
    return call.out.note("There are none yet. “colophon authority load FILE” reads them from a TOML file."), kNothing;
  call.out.table(rows);
  return kDone;
}

Result<int> load_authorities(Invocation& call) {
  TRY_ASSIGN(app::Library* const library, call.library());
  TRY_ASSIGN(const std::size_t count, app::load_authorities(*library, call.acting(), call.values.text("FILE")));
  if (call.out.json()) call.out.value(Json::object({{"v", 1}, {"loaded", count}}));
  else call.out.line(fmt::format("{} loaded", counted(count, "authority", "authorities")));
  return kDone;
}

}  // namespace

Rows user_rows() {
  constexpr std::string_view kGroup = "People and partners";
  return {
      {.name = "user add",
       .group = kGroup,
       .summary = "Add a person",
       .arguments = {{"HANDLE", "a short name for ever: small letters, digits, dots, hyphens"}},
       .options = {{"--name", Takes::text, "NAME", "as the byline shows it"},
                   {"--email", Takes::text, "ADDRESS", "the mail address"},
                   {"--orcid", Takes::text, "ID", "the ORCID iD"},
                   {"--partner", Takes::text, "KEY", "the partner that the person works for"},
                   {"--office", Takes::text, "KEY", "the office"},
                   {"--role", Takes::text,
                    "author|reviewer|editor|handling_editor|managing_editor|clearance_officer|production_editor|admin", "a role",
                    Times::many},
                   {"--clears-for", Takes::text, "KEY", "a partner whose clearance officer this is", Times::many}},
       .examples = {"colophon user add maria.silva --name 'Maria Silva' --email maria@example.org",
                    "colophon user add uma --name 'Uma Rao' --partner unu-ehs --role clearance_officer"},
       .run = add},
      {.name = "user list",
       .group = kGroup,
       .summary = "List the people with their roles",
       .examples = {"colophon user list"},
       .run = list},
  };
}

Rows authority_rows() {
  constexpr std::string_view kGroup = "People and partners";
  return {
      {.name = "authority list",
       .group = kGroup,
       .summary = "List partners, offices, projects, places and series",
       .examples = {"colophon authority list"},
       .run = list_authorities},
      {.name = "authority load",
       .group = kGroup,
       .summary = "Read partners, offices, projects, places and series from a TOML file; those of the same key are replaced",
       .arguments = {{"FILE", "with [[partner]], [[office]], [[project]], [[place]], [[series]]"}},
       .examples = {"colophon authority load authorities.toml"},
       .run = load_authorities},
  };
}

}  // namespace colophon::cli
