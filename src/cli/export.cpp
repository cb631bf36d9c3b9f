// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export.hpp"

#include "cli/output_file.hpp"
#include "cli/rows.hpp"
#include "formats/writer.hpp"

#include <fmt/format.h>

namespace colophon::cli {
namespace {

constexpr std::string_view kSheet = "csv";

char separator_of(const Invocation& call) {
  const std::string name = call.values.text("separator");
  return name == "semicolon" ? ';' : name == "tab" ? '\t' : ',';
}

// Whole or not at all when it goes to a file, as it comes when it goes to standard output.
Result<int> export_works(Invocation& call) {
  TRY_ASSIGN(app::Library* const library, call.library());
  const std::string query = fmt::format("{}", fmt::join(call.values.texts("QUERY"), " "));
  const std::string file = call.values.text("output");
  if (!call.values.has("to"))
    return fail(Errc::usage, "say in which format", "write --to and one of " + formats::writer_names() + ", csv");
  if (call.out.json() && file.empty())
    return fail(Errc::usage, "--json tells about the export, so that needs a file", "give -o FILE, or leave out --json");
  TRY_ASSIGN(Sink sink, sink_for(call.out, file, call.values.text("to")));
  app::ExportTo to{.write = [&](std::string_view bytes) { return sink.write(bytes); }};
  if (sink.is_folder()) to.next = [&](std::string_view name) { return sink.next(name); };
  to.remark = [&](const Diagnostic& d) { call.out.note(cli::remark(d)); };
  const app::Audience audience = call.values.has("public") ? app::Audience::visitor : app::Audience::signed_in;
  const std::string format = call.values.text("to");
  TRY_ASSIGN(const std::size_t count, format == kSheet
                                          ? app::export_sheet(*library, audience, query, separator_of(call), to.write)
                                          : app::export_works(*library, audience, query, format,
                                                              {call.values.text("keys"), call.values.text("key-pattern")}, to));
  if (count > 0) TRY(sink.end());
  if (call.out.json()) call.out.value(Json::object({{"v", 1}, {"works", count}, {"file", file}}));
  else if (count == 0) call.out.note("Nothing found. Nothing was written.");
  else if (!file.empty()) call.out.note(fmt::format("{} in {}", counted(count, "work", "works"), file));
  return count == 0 ? kNothing : kDone;
}

}  // namespace

Rows export_rows() {
  return {
      {.name = "export",
       .group = "Finding",
       .summary = "Write works as BibTeX, BibLaTeX, RIS, CSL-JSON, JATS or a spreadsheet: all, or those that a query finds",
       .arguments = {{"QUERY", "as for search; nothing: all works", Arity::any}},
       .options = {{"--to", Takes::text, "bibtex|biblatex|ris|csl-json|jats|jats-1.4|jats-publishing|jats-publishing-1.4|csv",
                    "the format; csv is a spreadsheet that “import” takes back"},
                   {"-o,--output", Takes::text, "FILE",
                    "write to a file, whole or not at all; several works as JATS to a folder"},
                   {"--separator", Takes::text, "comma|semicolon|tab", "of csv: Excel in many languages opens a semicolon's"},
                   {"--keys", Takes::text, "keep|pattern",
                    "of bibtex and biblatex: the keys that works have, or new ones by the pattern (else export.keys)"},
                   {"--key-pattern", Takes::text, "PATTERN", "new keys by this pattern, as for rekey (else export.key_pattern)"},
                   {"--public", Takes::nothing, "", "what a visitor of the web may see"}},
       .details =
           [] {
             return std::string(
                 "A BibTeX entry goes out as it came in, byte for byte, but for fields that were edited; macros and parents that "
                 "it\n"
                 "needs come along. Keys that several works share are told apart by a, b, c …; where keys change, crossref, "
                 "xref,\n"
                 "xdata and related follow. JATS is one file a work, with the body where a text of it is structured.\n");
           },
       .examples = {"colophon export --to bibtex -o library.bib", "colophon export project:urbanheat year:2025 --to csl-json",
                    "colophon export year:2025 --to csv -o list.csv", "colophon export --to bibtex --key-pattern '[auth][year]'",
                    "colophon export type:report --to jats -o jats/"},
       .run = export_works}};
}

}  // namespace colophon::cli
