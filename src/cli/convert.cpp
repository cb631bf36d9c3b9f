// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/convert.hpp"

#include "cli/output_file.hpp"
#include "cli/rows.hpp"
#include "cli/run.hpp"
#include "formats/writer.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

namespace colophon::cli {
namespace {

constexpr int kPartly = 7;
constexpr int kAllFailed = 6;
constexpr int kInterrupted = 130;

// What is told while files are read: remarks at once, or gathered for --json.
class Listener {
 public:
  explicit Listener(Output& out) : out_(out) {}
  app::ConvertObserver observer() {
    return {.diagnostic = [this](const Diagnostic& d) { take(d); }, .failed = [this](const Error& e) { take(e); }};
  }
  Json diagnostics = Json::array();
  Json failures = Json::array();

 private:
  void take(const Diagnostic& d) {
    if (out_.json()) {
      diagnostics.push(to_json(d).set("path", d.at.path));
    } else if (d.severity != Severity::note || out_.verbose()) {
      out_.note(remark(d));
    }
  }
  void take(const Error& error) {
    if (out_.json()) failures.push(Json::object({{"path", error.where}, {"reason", error.message}, {"hint", error.hint}}));
    else out_.note({{"failed", Style::bad}, "  ", sentence(error)});
  }

  Output& out_;
};

Result<app::ConvertRequest> request_of(const Invocation& call) {
  app::ConvertRequest out;
  if (!call.values.has("to")) return fail(Errc::usage, "say in which format", "write --to and one of " + formats::writer_names());
  out.to = call.values.text("to");
  for (const std::string& input : call.values.texts("FILE")) out.inputs.emplace_back(input);
  if (out.inputs.empty() && call.out.streams().in_tty)
    return fail(Errc::usage, "say which file to convert", "name files, or “-” for standard input");
  if (out.inputs.empty()) out.inputs.emplace_back("-");
  if (call.values.has("from")) out.from = formats::format_named(call.values.text("from"));
  out.source = call.values.has("rewrite") ? app::Source::rewrite : app::Source::keep;
  out.standard_input = fileno(call.out.streams().in);
  out.stop = &interrupts();
  return out;
}

Json left_out(const app::ConvertCounts& counts) {
  Json out = Json::object();
  for (const auto& [field, count] : counts.left_out) out.set(std::string(bib::name(field)), count);
  return out;
}

void summarise(Output& out, const app::ConvertCounts& counts, const std::string& to, const std::string& file) {
  std::vector<std::string> fields;
  for (const auto& [field, count] : counts.left_out) fields.push_back(fmt::format("{} ({})", bib::row(field).label, count));
  if (!fields.empty())
    out.note({{"left out", Style::warn}, fmt::format("  {} has no place for: {}", to, fmt::join(fields, ", "))});
  if (counts.interrupted) out.note("Stopped. Nothing more was read.");
  if (!file.empty()) out.note(fmt::format("{} in {}", counted(counts.entries, "work", "works"), file));
}

int status_of(const app::ConvertCounts& counts) {
  if (counts.interrupted) return kInterrupted;
  if (counts.failed == counts.inputs) return kAllFailed;
  return counts.failed + counts.lost > 0 ? kPartly : kDone;
}

Result<int> convert(Invocation& call) {
  TRY_ASSIGN(const app::ConvertRequest request, request_of(call));
  const std::string file = call.values.text("output");
  if (call.out.json() && file.empty())
    return fail(Errc::usage, "--json tells about the conversion, so that needs a file", "give -o FILE, or leave out --json");
  TRY_ASSIGN(Sink sink, sink_for(call.out, file, request.to));
  Listener listener(call.out);
  app::ConvertObserver observer = listener.observer();
  observer.next = [&](std::string_view name) { return sink.next(name); };
  TRY_ASSIGN(const app::ConvertCounts counts,
             app::convert(request, observer, [&](std::string_view bytes) { return sink.write(bytes); }));
  const bool nothing = counts.failed == counts.inputs || counts.interrupted;
  if (!nothing) TRY(sink.end());
  if (call.out.json()) {
    call.out.value(Json::object({{"v", 1},
                                 {"works", counts.entries},
                                 {"inputs", counts.inputs},
                                 {"failed", std::move(listener.failures)},
                                 {"lost", counts.lost},
                                 {"left_out", left_out(counts)},
                                 {"diagnostics", std::move(listener.diagnostics)},
                                 {"file", nothing ? "" : file}}));
  } else {
    summarise(call.out, counts, request.to, nothing ? "" : file);
  }
  return status_of(counts);
}

}  // namespace

Rows convert_rows() {
  return {
      {.name = "convert",
       .group = "Works",
       .summary = "Turn files of references into another format, without a library",
       .needs = Needs::nothing,
       .arguments = {{"FILE", "files; “-”, or none, is standard input", Arity::any}},
       .options = {{"--to", Takes::text, "bibtex|biblatex|ris|csl-json|jats|jats-1.4|jats-publishing|jats-publishing-1.4",
                    "the format to write"},
                   {"--from", Takes::text, "bibtex|ris|nbib|csl-json|refer|endnote-xml|jats|pdf",
                    "the format of the files (else recognised by content)"},
                   {"-o,--output", Takes::text, "FILE",
                    "write to a file, whole or not at all; several works as JATS to a folder"},
                   {"--rewrite", Takes::nothing, "", "BibTeX to BibTeX: write each entry anew, not as it came"}},
       .details =
           [] {
             return std::string(
                 "A BibTeX file that stays BibTeX goes out byte for byte, with its comments and macros, so that several files "
                 "are\n"
                 "joined without harm; with --rewrite every entry is written in one form, macros and parents resolved. Works of\n"
                 "formats without keys get one (author, year, word). Remarks go to standard error with file, line and column\n"
                 "(notes with -v), as does what the other format has no place for. Exit status: 7 when some input or entry "
                 "could\n"
                 "not be read, 6 when none could.\n");
           },
       .examples = {"colophon convert library.ris --to bibtex -o library.bib", "colophon convert a.bib b.bib --to csl-json",
                    "curl -s https://example.org/refs.bib | colophon convert - --to biblatex"},
       .run = convert}};
}

}  // namespace colophon::cli
