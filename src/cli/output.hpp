// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/error.hpp"
#include "base/json.hpp"

namespace colophon::cli {

/// How a piece of text looks. Without colour all are plain but `hit`, which then stands in «guillemets».
enum class Style : unsigned char { plain, bold, dim, good, warn, bad, hit };

/// A piece of a line: data or words of ours, always escaped when it is written (base printable()), so that no title can move the
/// cursor. Implicit from text, so that lines read as lists: {"moved to ", {id, Style::bold}}.
struct Piece {
  std::string text;
  Style style = Style::plain;
  Piece(std::string given, Style s = Style::plain) : text(std::move(given)), style(s) {}  // NOLINT(google-explicit-constructor)
  Piece(std::string_view given, Style s = Style::plain) : text(given), style(s) {}        // NOLINT
  Piece(const char* given, Style s = Style::plain) : text(given), style(s) {}             // NOLINT
};
using Pieces = std::vector<Piece>;

enum class Format : unsigned char { text, json };
enum class Colour : unsigned char { automatic, always, never };
enum class Verbosity : unsigned char { quiet, normal, verbose };

/// The three streams of a command and whether a person sits behind them. Tests pass memory streams.
struct Streams {
  std::FILE* in = stdin;
  std::FILE* out = stdout;
  std::FILE* err = stderr;
  bool in_tty = false, out_tty = false, err_tty = false;
  /// Those of the process.
  static Streams standard();
};

/// Where everything that a command says goes: results to `out`, remarks, progress and errors to `err`.
///
/// Colour only on a terminal; never with NO_COLOR (https://no-color.org) or TERM=dumb, unless it was asked for. With Format::json the
/// only thing on `out` is one JSON value, and errors are one JSON object on `err`.
class Output {
 public:
  Output(Streams streams, Format format, Colour colour, Verbosity verbosity);

  bool json() const { return format_ == Format::json; }
  bool verbose() const { return verbosity_ == Verbosity::verbose; }
  bool quiet() const { return verbosity_ == Verbosity::quiet; }
  const Streams& streams() const { return streams_; }

  void line(const Pieces& pieces);
  void line(std::string_view text = {}) { line(Pieces{Piece(text)}); }
  /// Several lines of text, each escaped.
  void text(std::string_view text);
  /// Bytes as they are: an export.
  void raw(std::string_view bytes);
  /// One value; indented for a person, compact otherwise.
  void value(const Json& json);
  /// A remark beside the result: to `err`; not when quiet, not with JSON.
  void note(const Pieces& pieces);
  void note(std::string_view text) { note(Pieces{Piece(text)}); }
  /// Columns padded to their widest cell; the last one is free.
  void table(const std::vector<Pieces>& rows);
  /// "colophon: what failed: which thing (where). How to go on." or {"error":{"code","message","hint","where"}}.
  void error(const Error& error);
  /// Errc::io when what was written did not arrive: a full disk.
  Status finish();

 private:
  std::string rendered(const Pieces& pieces, bool colour) const;

  Streams streams_;
  Format format_;
  Verbosity verbosity_;
  bool colour_out_ = false, colour_err_ = false;
};

/// The sentence of an error, without the program's name.
std::string sentence(const Error& error);
/// A remark of a reader as one line: "warning  a.bib:12:3: what was found (what was assumed)".
Pieces remark(const Diagnostic& diagnostic);
/// "1 work", "2 works".
std::string counted(std::size_t count, std::string_view one, std::string_view many);

}  // namespace colophon::cli
