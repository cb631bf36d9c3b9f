// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/edit.hpp"

#include "app/access.hpp"
#include "cli/rows.hpp"

#include <fmt/format.h>

namespace colophon::cli {
namespace {

// Tells what changed, and makes it searchable.
Result<int> told(Invocation& call, app::Library& library, const app::EditOutcome& outcome, std::string_view did) {
  TRY(make_searchable(library, call.out));
  if (call.out.json()) {
    Json fields = Json::array();
    for (const std::string& field : outcome.fields) fields.push(field);
    call.out.value(Json::object({{"v", 1}, {"id", outcome.id}, {"did", did}, {"changed", std::move(fields)}}));
    return kDone;
  }
  Pieces line{{outcome.id, Style::bold}, ": ", did};
  if (!outcome.fields.empty()) line.emplace_back(fmt::format("; changed: {}", fmt::join(outcome.fields, ", ")));
  call.out.line(line);
  return kDone;
}

Result<app::FieldEdits> edits_of(Invocation& call) {
  app::FieldEdits out;
  for (const std::string& text : call.values.texts("set")) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0)
      return fail(Errc::usage, fmt::format("“{}” sets nothing", text), "write --set field=value, as in --set issued=2024-05");
    out.emplace_back(text.substr(0, equals), text.substr(equals + 1));
  }
  for (const std::string& field : call.values.texts("unset")) out.emplace_back(field, "");
  return out;
}

Result<int> edit(Invocation& call) {
  TRY_ASSIGN(app::Library* const library, call.library());
  TRY_ASSIGN(const app::FieldEdits edits, edits_of(call));
  const bool undo = call.values.has("undo");
  if (undo && !edits.empty()) return fail(Errc::usage, "--undo takes back an edit and makes none", "give --undo alone");
  if (!undo && edits.empty())
    return fail(Errc::usage, "there is nothing to change", "write --set field=value, --unset field, or --undo");
  const std::string id = call.values.text("ID");
  TRY_ASSIGN(const app::EditOutcome outcome,
             undo ? app::undo_edit(*library, call.acting(), id) : app::edit_work(*library, call.acting(), id, edits));
  return told(call, *library, outcome, undo ? "the last edit is taken back" : "edited");
}

Result<int> access(Invocation& call) {
  TRY_ASSIGN(app::Library* const library, call.library());
  TRY_ASSIGN(const bib::Access rule, bib::parse_access(call.values.text("RULE")));
  TRY_ASSIGN(const app::AccessOutcome outcome,
             app::set_access(*library, call.acting(), call.values.text("ID"), rule, call.values.text("file")));
  TRY(make_searchable(*library, call.out));
  if (call.out.json())
    return call.out.value(Json::object({{"v", 1}, {"id", outcome.id}, {"files", app::to_json(outcome.changes)}})), kDone;
  for (const app::AccessChange& one : outcome.changes)
    call.out.line({{outcome.id, Style::bold}, fmt::format(": {}: {}, was {}", one.file, one.after, one.before)});
  if (outcome.changes.empty()) call.out.line({{outcome.id, Style::bold}, ": ", "nothing to change"});
  return kDone;
}

Result<int> withdraw(Invocation& call) {
  TRY_ASSIGN(app::Library* const library, call.library());
  TRY_ASSIGN(const std::string reason, call.words("reason"));
  TRY_ASSIGN(const app::EditOutcome outcome, app::withdraw_work(*library, call.acting(), call.values.text("ID"), reason));
  return told(call, *library, outcome, "withdrawn; its page says why, search no longer finds it");
}

Result<int> decide(Invocation& call, store::Verdict verdict, std::string_view did) {
  TRY_ASSIGN(app::Library* const library, call.library());
  TRY_ASSIGN(const app::EditOutcome outcome,
             app::decide_pair(*library, call.acting(), call.values.text("A"), call.values.text("B"), verdict));
  return told(call, *library, outcome, did);
}
Result<int> same(Invocation& call) { return decide(call, store::Verdict::same, "one work with the other now"); }
Result<int> apart(Invocation& call) { return decide(call, store::Verdict::apart, "kept apart from the other now"); }

const std::vector<ArgumentRow> kPair = {
    {"A", "the id of a source, as show --provenance lists it; a work's id is that of its oldest"}, {"B", "another one"}};

std::string field_help() {
  std::string names = "type";
  for (const bib::FieldRow& row : bib::fields()) names += fmt::format(", {}", row.name);
  std::string out = "Fields: ";
  std::size_t column = out.size();
  for (std::size_t at = 0; at < names.size();) {
    const std::size_t comma = std::min(names.find(", ", at), names.size());
    const std::string word = names.substr(at, comma - at) + (comma < names.size() ? ", " : "");
    if (column + word.size() > 100) out += "\n  ", column = 2;
    out += word;
    column += word.size();
    at = comma + 2;
  }
  return out + "\nNames are written “Family, Given; Family, Given”, dates 2024, 2024-05 or 2024-05-17, texts as they are.\n";
}

}  // namespace

Rows edit_rows() {
  return {
      {.name = "edit",
       .group = "Works",
       .summary = "Say what a field of a work is: a person's word outranks every file",
       .arguments = {{"ID", "the work's id"}},
       .options = {{"--set", Takes::text, "FIELD=VALUE", "the field's value; for several values of one field, several times",
                    Times::many},
                   {"--unset", Takes::text, "FIELD", "say that the field has no value", Times::many},
                   {"--undo", Takes::nothing, "", "take the last edit back"}},
       .details = field_help,
       .examples = {"colophon edit 4f7k2 --set issued=2024-05 --set keyword=heat --set keyword=health",
                    "colophon edit 4f7k2 --undo"},
       .run = edit},
      {.name = "access",
       .group = "Works",
       .summary = "Say who may read the files of a work, and from when",
       .arguments = {{"ID", "the work's id"},
                     {"RULE", "public, signed-in, closed or groups:a,b; “; embargo 2027-01-01” may follow: until then closed"}},
       .options = {{"--file", Takes::text, "NAME", "only the file of this name"}},
       .examples = {"colophon access 4f7k2 public", "colophon access 4f7k2 'public; embargo 2027-01-01'"},
       .run = access},
      {.name = "withdraw",
       .group = "Works",
       .summary = "Withdraw a work; a page that says why remains",
       .arguments = {{"ID", "the work's id"}},
       .options = {{"--reason", Takes::text, "TEXT", "why; @FILE reads it from a file"}},
       .examples = {"colophon withdraw 4f7k2 --reason 'Retracted by the publisher.'"},
       .run = withdraw},
      {.name = "same",
       .group = "Works",
       .summary = "Say that two sources describe one work",
       .arguments = kPair,
       .examples = {"colophon same 4f7k2 9qm3w"},
       .run = same},
      {.name = "apart",
       .group = "Works",
       .summary = "Say that two sources describe different works",
       .arguments = kPair,
       .examples = {"colophon apart 4f7k2 9qm3w"},
       .run = apart},
  };
}

}  // namespace colophon::cli
