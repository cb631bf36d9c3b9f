// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/output.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "base/text.hpp"

#include <fmt/format.h>
#include <unistd.h>

namespace colophon::cli {
namespace {

struct StyleRow {
  Style style;
  std::string_view begin;  // of a terminal
};
constexpr std::array kStyles = {
    StyleRow{Style::plain, ""},        StyleRow{Style::bold, "\x1b[1m"},  StyleRow{Style::dim, "\x1b[2m"},
    StyleRow{Style::good, "\x1b[32m"}, StyleRow{Style::warn, "\x1b[33m"}, StyleRow{Style::bad, "\x1b[31m"},
    StyleRow{Style::hit, "\x1b[1m"},
};
constexpr std::string_view kEnd = "\x1b[0m";
static_assert(kStyles.size() == static_cast<std::size_t>(Style::hit) + 1);

bool is_set(const char* name) {
  const char* value = std::getenv(name);
  return value && *value;
}
bool dumb_terminal() {
  const char* term = std::getenv("TERM");
  return !term || std::string_view(term) == "dumb";
}

bool coloured(Colour wish, bool tty) {
  if (wish != Colour::automatic) return wish == Colour::always;
  return tty && !is_set("NO_COLOR") && !dumb_terminal();
}

void write(std::FILE* file, std::string_view bytes) { std::fwrite(bytes.data(), 1, bytes.size(), file); }

std::size_t width(const Piece& piece) { return count_code_points(printable(piece.text)); }

std::string capitalised(std::string_view text) {
  std::string out(text);
  if (!out.empty() && out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 'a' + 'A');
  return out;
}
std::string_view without_stop(std::string_view text) {
  while (text.ends_with('.')) text.remove_suffix(1);
  return text;
}

}  // namespace

Streams Streams::standard() {
  Streams out;
  out.in_tty = isatty(STDIN_FILENO) == 1;
  out.out_tty = isatty(STDOUT_FILENO) == 1;
  out.err_tty = isatty(STDERR_FILENO) == 1;
  return out;
}

Output::Output(Streams streams, Format format, Colour colour, Verbosity verbosity)
    : streams_(streams), format_(format), verbosity_(verbosity) {
  colour_out_ = coloured(colour, streams.out_tty);
  colour_err_ = coloured(colour, streams.err_tty);
}

std::string Output::rendered(const Pieces& pieces, bool colour) const {
  std::string out;
  for (const Piece& piece : pieces) {
    const std::string safe = printable(piece.text);
    const std::string_view begin = kStyles[static_cast<std::size_t>(piece.style)].begin;
    if (colour && !begin.empty() && !safe.empty()) out += fmt::format("{}{}{}", begin, safe, kEnd);
    else if (!colour && piece.style == Style::hit) out += "«" + safe + "»";
    else out += safe;
  }
  return out;
}

void Output::line(const Pieces& pieces) { write(streams_.out, rendered(pieces, colour_out_) + "\n"); }

void Output::text(std::string_view text) { write(streams_.out, printable(text, LineEnds::keep) + "\n"); }

void Output::raw(std::string_view bytes) { write(streams_.out, bytes); }

void Output::value(const Json& json) { write(streams_.out, json.dump(streams_.out_tty ? 2 : -1) + "\n"); }

void Output::note(const Pieces& pieces) {
  if (quiet() || json()) return;
  std::fflush(streams_.out);  // where both go to one file, what was said before stands before; finish() finds what failed
  write(streams_.err, rendered(pieces, colour_err_) + "\n");
}

void Output::table(const std::vector<Pieces>& rows) {
  std::vector<std::size_t> widths;
  for (const Pieces& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width(row[i]));
  }
  for (const Pieces& row : rows) {
    std::size_t cells = row.size();
    while (cells > 0 && row[cells - 1].text.empty()) --cells;
    Pieces padded;
    for (std::size_t i = 0; i < cells; ++i) {
      padded.push_back(row[i]);
      if (i + 1 < cells) padded.emplace_back(std::string(widths[i] - width(row[i]) + 2, ' '));
    }
    line(padded);
  }
}

void Output::error(const Error& error) {
  if (!json()) return write(streams_.err, rendered({{"colophon: " + sentence(error)}}, false) + "\n");
  const Json body =
      Json::object({{"code", name(error.code)}, {"message", error.message}, {"hint", error.hint}, {"where", error.where}});
  write(streams_.err, Json::object({{"error", body}}).dump() + "\n");
}

Status Output::finish() {
  const bool arrived = std::fflush(streams_.out) == 0 && std::ferror(streams_.out) == 0;
  if (arrived) return {};
  return fail(Errc::io, "what this command says could not be written", "free some space, or write elsewhere");
}

std::string sentence(const Error& error) {
  const bool placed = error.where.empty() || error.message.find(error.where) != std::string::npos;
  std::string out(without_stop(error.message));
  if (!placed) out += " (" + error.where + ")";
  const bool asks = error.message.ends_with('?');
  if (!asks) out += ".";
  if (error.hint.empty()) return out;
  const std::string hint = capitalised(without_stop(error.hint));
  return out + " " + hint + (hint.ends_with('?') ? "" : ".");
}

Pieces remark(const Diagnostic& d) {
  const std::string_view word = d.severity == Severity::error ? "error" : d.severity == Severity::warning ? "warning" : "note";
  return {{word, Style::warn}, "  ", to_string(d.at), ": ", d.message, d.hint.empty() ? "" : " (" + d.hint + ")"};
}

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

}  // namespace colophon::cli
