// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/rekey.hpp"

#include "app/lint.hpp"
#include "cli/rows.hpp"

#include <fmt/format.h>

namespace colophon::cli {
namespace {

Json changes_json(const formats::Rekeyed& rekeyed) {
  Json out = Json::array();
  for (const formats::KeyChange& change : rekeyed.changes)
    out.push(Json::object({{"line", change.line}, {"from", change.from}, {"to", change.to}}));
  return out;
}

// What changed: to standard output, but beside a text that goes there.
void tell(Invocation& call, const std::string& name, const formats::Rekeyed& rekeyed, bool beside) {
  for (const formats::KeyChange& change : rekeyed.changes) {
    Location at;
    at.path = name;
    at.line = change.line;
    const Pieces line = {{to_string(at), Style::dim},
                         ": ",
                         change.from.empty() ? Piece("(no key)", Style::dim) : Piece(change.from),
                         " → ",
                         {change.to, Style::bold}};
    if (beside) call.out.note(line);
    else call.out.line(line);
  }
}

Result<int> rekey(Invocation& call) {
  const std::string file = call.values.text("FILE"), output = call.values.text("output");
  const bool from_stdin = file == "-", dry = call.values.has("dry-run") || call.values.has("diff");
  const std::string name = from_stdin ? "<stdin>" : file;
  TRY_ASSIGN(
      const formats::KeyPattern pattern,
      app::key_pattern(call.values.has("pattern") ? call.values.text("pattern") : std::string(formats::kDefaultKeyPattern)));
  for (const std::string& note : pattern.notes()) call.out.note(note);
  TRY_ASSIGN(const std::string text, from_stdin ? app::read_text(call.out.streams().in) : app::read_text(file));
  TRY_ASSIGN(const formats::Rekeyed rekeyed,
             app::rekey(text, pattern, call.values.has("missing") ? formats::Keys::keep : formats::Keys::pattern, name));
  const bool to_stdout = !dry && output.empty() && from_stdin;
  if (call.out.json() && to_stdout)
    return fail(Errc::usage, "--json tells about the change, so that needs a file", "give -o FILE, or leave out --json");
  if (call.values.has("diff") && !call.out.json()) call.out.raw(unified_diff(text, rekeyed.edits, name));
  if (to_stdout) call.out.raw(apply_edits(text, rekeyed.edits));
  else if (!dry && (!output.empty() || !rekeyed.edits.empty())) {
    if (output.empty()) TRY(app::write_text(file, apply_edits(text, rekeyed.edits)));
    else TRY(app::write_new(output, apply_edits(text, rekeyed.edits)));
  }
  if (call.out.json()) {
    call.out.value(Json::object({{"v", 1},
                                 {"entries", rekeyed.entries},
                                 {"changes", changes_json(rekeyed)},
                                 {"references", rekeyed.references},
                                 {"changed", !dry && !rekeyed.edits.empty()}}));
    return kDone;
  }
  if (!call.values.has("diff")) tell(call, name, rekeyed, to_stdout);
  call.out.note(fmt::format("{} of {} changed, {} with them{}", counted(rekeyed.changes.size(), "key", "keys"),
                            counted(rekeyed.entries, "entry", "entries"), counted(rekeyed.references, "reference", "references"),
                            dry ? "; nothing was written" : ""));
  return kDone;
}

}  // namespace

Rows rekey_rows() {
  return {{.name = "rekey",
           .group = "Files",
           .summary = "Give the entries of a BibTeX file citation keys by a pattern, with what refers to them; needs no library",
           .needs = Needs::nothing,
           .arguments = {{"FILE", "a file, changed in place; - is standard input, and the result goes to standard output"}},
           .options = {{"--pattern", Takes::text, "PATTERN", "as in JabRef: [auth][year], [authors3:lower]_[shorttitle:abbr]"},
                       {"--missing", Takes::nothing, "", "only entries without a key, or with one that an earlier entry has"},
                       {"-o,--output", Takes::text, "FILE", "write to another file"},
                       {"--diff", Takes::nothing, "", "show the changes as a unified diff, write nothing"},
                       {"-n,--dry-run", Takes::nothing, "", "tell what would change, write nothing"}},
           .details =
               [] {
                 return fmt::format(
                     "Without --pattern it is {}.\nA key that the pattern makes already is kept, with its suffix too; of several "
                     "works with one\n"
                     "key the others get a, b, c … by title. crossref, xref, xdata, related and entryset follow.\n"
                     "docs/formats/citation-keys.md lists markers and modifiers.\n",
                     formats::kDefaultKeyPattern);
               },
           .examples = {"colophon rekey -n references.bib", "colophon rekey --pattern '[auth][year]' references.bib",
                        "colophon rekey --missing -o keyed.bib references.bib",
                        "colophon rekey --pattern '[auth:lower][shortyear]' - < in.bib > out.bib"},
           .run = rekey}};
}

}  // namespace colophon::cli
