// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <optional>

#include "base/text.hpp"
#include "formats/bibtex/scan.hpp"
#include "formats/bibtex/tex.hpp"
#include "formats/bibtex/tex_letters.hpp"
#include "formats/bibtex/tex_scan.hpp"
#include "formats/bibtex/tex_table.hpp"

namespace colophon::formats::bibtex {
namespace {

using bib::Mark;
constexpr int kDeepest = 32;
constexpr std::size_t kMostUnknown = 1'000;
constexpr std::uint16_t bit(Mark mark) { return static_cast<std::uint16_t>(mark); }
constexpr std::uint16_t operator|(std::uint16_t marks, Mark mark) { return static_cast<std::uint16_t>(marks | bit(mark)); }
constexpr std::uint16_t kFontMarks = bit(Mark::italic) | bit(Mark::bold) | bit(Mark::small_caps) | bit(Mark::code);

enum class Output : std::uint8_t { rich, plain };

class Decoder {
 public:
  // REQUIRES: nothing in the first `plain` bytes means anything to TeX, no blank among them is first or doubled.
  Decoder(std::string_view tex, Braces braces, Output output, Decoding* decoding, std::size_t plain = 0)
      : in_(tex), braces_(braces), rich_(output == Output::rich), decoding_(decoding) {
    text_.reserve(tex.size());
    put(tex.substr(0, plain), 0);
    at_ = plain;
  }

  bib::RichText run() {
    decode_all();
    flush();
    if (out_.plain().ends_with(' ')) out_.remove_suffix(1);  // put before it was known that nothing follows
    return std::move(out_);
  }
  // REQUIRES: Output::plain
  std::string run_plain() {
    decode_all();
    return may_need_nfc(text_) ? nfc(text_) : std::move(text_);
  }

 private:
  // A decoder for a part of the text, whose result is looked at before it is taken over.
  Decoder(std::string_view tex, const Decoder& outer, Output output) : Decoder(tex, Braces::drop, output, outer.decoding_) {
    math_ = outer.math_;
    depth_ = outer.depth_ + 1;
    scripts_ = outer.scripts_;
    reports_ = outer.reports_;
  }

  // --- output
  void flush() {
    if (text_.empty()) return;
    if (may_need_nfc(text_)) text_ = nfc(text_);
    if (out_.empty() && marks_ == 0 && href_.empty()) out_ = bib::RichText(std::move(text_));
    else out_.append(text_, marks_, href_);
    text_.clear();
  }
  void put(std::string_view text, std::uint16_t marks) {
    if (text.empty()) return;
    if (rich_ && marks != marks_) flush(), marks_ = marks;
    text_ += text;
    blank_ = text.back() == ' ';
  }
  void put_blank(std::uint16_t marks) {
    if (!blank_) put(" ", marks);
  }
  void put_code_point(char32_t c, std::uint16_t marks) {
    std::string one;
    append_utf8(one, c);
    put(one, marks);
  }
  void put_rich(const bib::RichText& text, std::uint16_t marks) {
    for (const bib::Run& run : text.runs()) put(tight(run.text), static_cast<std::uint16_t>(run.marks | marks));
  }

  // --- input
  char peek(std::size_t ahead = 0) const { return at_ + ahead < in_.size() ? in_[at_ + ahead] : '\0'; }
  void skip_blanks() {
    while (at_ < in_.size() && is_blank(in_[at_])) ++at_;
  }

  // The name behind the backslash at which we stand.
  std::string_view take_name() {
    const std::size_t begin = ++at_;
    while (at_ < in_.size() && is_ascii_alpha(in_[at_])) ++at_;
    if (at_ == begin && at_ < in_.size()) next_code_point(in_, at_);
    return in_.substr(begin, at_ - begin);
  }

  // The inside of the group that begins here, undecoded; nothing where there is none.
  std::optional<std::string_view> take_group() {
    skip_blanks();
    if (peek() != '{') return std::nullopt;
    const std::size_t begin = ++at_;
    std::size_t nesting = 0;
    for (; at_ < in_.size(); ++at_) {
      if (in_[at_] == '\\' && at_ + 1 < in_.size()) ++at_;
      else if (in_[at_] == '{') ++nesting;
      else if (in_[at_] == '}' && nesting-- == 0) return in_.substr(begin, at_++ - begin);
    }
    at_ = in_.size();
    return in_.substr(begin);
  }

  // One argument as TeX takes it, undecoded: a group's inside, a command, or one character.
  std::string_view take_argument() {
    if (const std::optional<std::string_view> group = take_group()) return *group;
    const std::size_t begin = at_;
    if (peek() == '\\') take_name();
    else if (at_ < in_.size() && peek() != '}') next_code_point(in_, at_);
    return in_.substr(begin, at_ - begin);
  }

  // "[…]", when it is there; braces inside are balanced.
  std::string_view take_optional() {
    const std::size_t before = at_;
    skip_blanks();
    if (peek() != '[') return at_ = before, std::string_view();
    const std::size_t begin = at_ + 1;
    for (std::size_t end = begin, nesting = 0; end < in_.size(); ++end) {
      if (in_[end] == '{') ++nesting;
      else if (in_[end] == '}' && nesting-- == 0) break;
      else if (in_[end] == ']' && nesting == 0) return at_ = end + 1, in_.substr(begin, end - begin);
    }
    return at_ = before, std::string_view();
  }

  // --- text
  void decode_all() {
    std::uint16_t marks = 0;
    while (at_ < in_.size()) {
      decode(marks);
      if (at_ < in_.size()) ++at_;  // a closing brace too many
    }
    if (!text_.empty() && text_.back() == ' ') text_.pop_back();
  }

  // Decodes up to the "}" that closes this group, which is left, or to the end.
  void decode(std::uint16_t& marks) {
    std::size_t flat = 0;  // braces too deep to nest are counted only
    while (at_ < in_.size()) {
      if (blank_ && in_[at_] == ' ') {
        ++at_;
        continue;
      }
      const std::size_t begin = at_;
      at_ = math_ || single_open_ ? end_of_simple(in_, at_) : end_of_plain(in_, at_);
      put(in_.substr(begin, at_ - begin), marks);
      if (at_ >= in_.size()) return;
      const char c = in_[at_];
      if (c == '}') {
        if (flat == 0) return;
        --flat, ++at_;
      } else if (c == '{' && depth_ >= kDeepest) {
        ++flat, ++at_;
      } else {
        decode_special(c, marks);
        if (ended_) return;
      }
    }
  }

  void decode_special(char c, std::uint16_t& marks) {
    switch (c) {
      case '{': return decode_group(marks);
      case '\\': return decode_command(marks);
      case '$': return decode_dollar(marks);
      case '~': return ++at_, put("\u00A0", marks);
      case '-': return decode_dashes(marks);
      case '`':
      case '\'': return decode_quote(c, marks);
      case '^':
      case '_': return decode_script(c, marks);
      case '&': return decode_entity(marks);
      default: break;
    }
    ++at_;
    if (is_blank(c)) put_blank(marks);  // other control characters are dropped
  }

  // "{\"o}" is a special character, not a protection of its case (btxdoc.tex, section 4).
  void decode_group(std::uint16_t marks) {
    ++at_;
    // {"}: nothing to protect
    const bool sign = peek(1) == '}' && peek() != '{' && !is_ascii_alpha(peek()) && static_cast<unsigned char>(peek()) < 0x80;
    const bool protects = braces_ == Braces::nocase && !math_ && peek() != '\\' && !sign;
    descend(protects ? marks | Mark::nocase : marks);
  }

  // The rest of a group whose brace is behind us.
  void descend(std::uint16_t marks) {
    ++depth_;
    decode(marks);
    --depth_;
    if (peek() == '}') ++at_;
  }

  void decode_dashes(std::uint16_t marks) {
    static constexpr std::array<std::string_view, 4> kDashes = {"", "-", "–", "—"};
    std::size_t count = 0;
    while (peek() == '-' && count < (math_ ? 1u : 3u)) ++at_, ++count;
    put(kDashes[count], marks);
  }

  void decode_quote(char c, std::uint16_t marks) {
    ++at_;
    if (math_ && c == '\'') return put("′", marks);
    if (c == '`' && opens_spanish()) return;
    if (peek() == c) return ++at_, put(c == '`' ? "“" : "”", marks);
    if (c == '`') return single_open_ = true, put("‘", marks);
    const bool closes = single_open_ && !is_ascii_alpha(peek());
    single_open_ = single_open_ && !closes;
    put(closes ? "’" : "'", marks);
  }

  // "?`" and "!`" before a word.
  bool opens_spanish() {
    const char before = at_ > 1 ? in_[at_ - 2] : '\0';
    const bool word = is_ascii_alpha(peek()) || peek() == '\\' || peek() == '{' || static_cast<unsigned char>(peek()) >= 0x80;
    if ((before != '?' && before != '!') || !word || text_.empty() || text_.back() != before) return false;
    text_.pop_back();
    text_ += before == '?' ? "¿" : "¡";
    return true;
  }

  // "&#8217;" and "&amp;", which web pages leave behind; a bare "&" means nothing to TeX in such texts.
  void decode_entity(std::uint16_t marks) {
    std::size_t end = at_;
    const std::string text = entity(in_, end);
    if (text.empty()) return ++at_, put("&", marks);
    at_ = end;
    put(text, marks);
  }

  // "_" and "^" in math: the argument is a script.
  void decode_script(char c, std::uint16_t marks) {
    ++at_;
    if (c == '^' && (in_.substr(at_).starts_with("\\circ") || in_.substr(at_).starts_with("{\\circ}"))) {
      at_ += peek() == '{' ? 7u : 5u;
      return put("°", marks);
    }
    const std::size_t begin = text_.size();
    const Script kind = c == '^' ? Script::super : Script::sub;
    if (put_script(kind, marks, [&](std::uint16_t inner) { decode_argument(inner); }) || text_.size() == begin) return;
    const bool several = count_code_points(std::string_view(text_).substr(begin)) > 1;
    text_.insert(begin, several ? std::string{c, '('} : std::string{c});
    if (several) text_ += ')';
  }

  // False when it should have become Unicode's script, and could not.
  template <typename Decode>
  bool put_script(Script kind, std::uint16_t marks, Decode decode_it) {
    const std::size_t begin = text_.size();
    ++scripts_;
    decode_it(marks | (kind == Script::super ? Mark::superscript : Mark::subscript));
    --scripts_;
    if (rich_) return true;
    const std::string written = script(std::string_view(text_).substr(begin), kind, math_ ? Scripted::letters : Scripted::signs);
    if (!written.empty()) text_.replace(begin, std::string::npos, written);
    return !written.empty();
  }

  // One argument, decoded: a group, a command, or one character.
  void decode_argument(std::uint16_t marks) {
    skip_blanks();
    if (peek() == '{' && depth_ < kDeepest) return ++at_, descend(marks);
    if (peek() == '\\' && depth_ < kDeepest) {
      ++depth_;
      decode_command(marks);
      --depth_;
      return;
    }
    if (at_ >= in_.size() || peek() == '}' || peek() == '{') return;
    const std::size_t begin = at_;
    next_code_point(in_, at_);
    put(in_.substr(begin, at_ - begin), marks);
  }
  std::string decode_apart(std::string_view tex) {
    if (depth_ >= kDeepest) return std::string(tex);
    Decoder inner(tex, *this, Output::plain);
    std::string out = inner.run_plain();
    inexact_ = inexact_ || inner.inexact_;
    return out;
  }

  // --- commands
  void decode_command(std::uint16_t& marks) {
    const std::string_view name = take_name();
    if (name.empty()) return put("\\", marks);
    if (is_blank(name[0])) return put_blank(marks);
    if (name == "\\") return take_optional(), put_blank(marks);  // a new line, and the room above it
    if (name == "(" || name == "[") return decode_math_until(name == "(" ? ')' : ']', marks);
    if (math_ && (name == ")" || name == "]")) return;
    const TexCommand* command = tex_command(name);
    if (!command) return decode_own(name, marks);
    if (is_ascii_alpha(name[0])) skip_blanks_behind(*command);
    apply(*command, marks);
  }

  // Blanks behind a word of TeX mean nothing; in math those beside operators are kept, as TeX sets them, but for scripts.
  void skip_blanks_behind(const TexCommand& command) {
    const std::size_t before = at_;
    const bool spaced = math_ && scripts_ == 0 && command.kind == TexKind::symbol;
    if (spaced && command.math_class != TexClass::ordinary) return;
    skip_blanks();
    if (spaced && at_ > before && at_operator()) at_ = before;
  }

  bool at_operator() {
    if (peek() != '\\') return std::string_view("+-=<>*/").find(peek()) != std::string_view::npos && at_ < in_.size();
    const std::size_t here = at_;
    const TexCommand* next = tex_command(take_name());
    at_ = here;
    return next && next->math_class != TexClass::ordinary;
  }

  void apply(const TexCommand& command, std::uint16_t& marks) {
    switch (command.kind) {
      case TexKind::ligature:
      case TexKind::symbol: return command.text == " " ? put_blank(marks) : put(command.text, marks);
      case TexKind::accent: return decode_accent(command, marks);
      case TexKind::declare:
        marks = static_cast<std::uint16_t>(command.marks ? marks | command.marks : marks & ~kFontMarks);
        return;
      case TexKind::mark: return decode_marked(command, marks);
      case TexKind::unwrap: take_arguments(command.arguments); return decode_argument(marks);
      case TexKind::drop: take_arguments(command.arguments); return;
      case TexKind::verbatim: return put(decode_verbatim(take_verbatim()), marks);
      case TexKind::link: return decode_link(command, marks);
      case TexKind::math: return put_math(take_argument(), marks);
      case TexKind::alphabet: return put(in_alphabet(decode_apart(take_argument()), command.text), marks);
      case TexKind::fraction: return decode_fraction(marks);
      case TexKind::root: return decode_root(marks);
      case TexKind::environment: return;
      case TexKind::begin: return decode_environment(marks);
      case TexKind::end: return end_environment(marks);
    }
  }

  // "\begin{em}…\end{em}" is a group.
  void decode_environment(std::uint16_t marks) {
    const std::size_t behind = at_;
    const TexCommand* row = environment(take_argument());
    if (!row || depth_ >= kDeepest) return at_ = behind, keep_unknown("begin", marks);
    ++environments_, ++depth_;
    marks |= row->marks;
    decode(marks);
    --environments_, --depth_;
    ended_ = false;
  }
  void end_environment(std::uint16_t marks) {
    const std::size_t behind = at_;
    if (!environment(take_argument())) return at_ = behind, keep_unknown("end", marks);
    ended_ = environments_ > 0;
  }
  static const TexCommand* environment(std::string_view name) {
    const TexCommand* row = tex_command(name);
    return row && (row->kind == TexKind::environment || row->kind == TexKind::declare) ? row : nullptr;
  }

  // What stands before the argument that is meant; returns the address among it.
  std::string_view take_arguments(std::string_view arguments) {
    std::string_view address;
    for (const char one : arguments) {
      if ((one == 's' && peek() == '*') || (one == 'd' && peek() == '.')) ++at_;
      else if (one == 'o') take_optional();
      else if (one == 'x') take_argument();
      else if (one == 'u') address = take_argument();
    }
    return address;
  }

  void decode_marked(const TexCommand& command, std::uint16_t marks) {
    take_arguments(command.arguments);
    if (command.marks == bit(Mark::superscript) || command.marks == bit(Mark::subscript)) {
      const Script kind = command.marks == bit(Mark::superscript) ? Script::super : Script::sub;
      put_script(kind, marks, [&](std::uint16_t inner) { decode_argument(inner); });
      return;
    }
    decode_argument(static_cast<std::uint16_t>(marks | command.marks));
  }

  // \url{…}, or \verb|…| between two of the same characters.
  std::string_view take_verbatim() {
    if (const std::optional<std::string_view> group = take_group()) return *group;
    if (at_ >= in_.size() || peek() == '}' || peek() == '\\' || static_cast<unsigned char>(peek()) >= 0x80) return {};
    const std::size_t end = in_.find(peek(), at_ + 1);
    if (end == std::string_view::npos) return {};
    const std::string_view out = in_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    return out;
  }

  void decode_link(const TexCommand& command, std::uint16_t marks) {
    std::string url = decode_verbatim(take_arguments(command.arguments));
    if (!rich_ || url.empty()) return decode_argument(marks);
    flush();
    const std::size_t before = out_.plain().size();
    std::swap(href_, url);
    decode_argument(marks | Mark::link);
    if (text_.empty() && out_.plain().size() == before) put(href_, marks | Mark::link);
    flush();
    std::swap(href_, url);
  }

  // --- commands of the file's own, and those that nobody knows
  void decode_own(std::string_view name, std::uint16_t& marks) {
    const TexMacro* macro = decoding_ && decoding_->macros ? decoding_->macros->find(name) : nullptr;
    if (!macro || depth_ >= kDeepest) return keep_unknown(name, marks);
    const std::size_t behind = at_;
    if (is_ascii_alpha(name[0])) skip_blanks();
    const std::string filled = macro->arguments > 0 ? with_arguments(*macro) : std::string();
    const std::string_view body = macro->arguments > 0 ? filled : macro->body;
    if (body.size() > decoding_->budget) return at_ = behind, keep_unknown(name, marks);
    decoding_->budget -= body.size();
    if (std::ranges::find(decoding_->used, macro) == decoding_->used.end()) decoding_->used.push_back(macro);
    decode_expanded(body, marks);
  }

  std::string with_arguments(const TexMacro& macro) {
    std::array<std::string_view, 9> arguments;
    for (int i = 0; i < macro.arguments; ++i) arguments[static_cast<std::size_t>(i)] = take_argument();
    std::string out;
    const std::string& body = macro.body;
    for (std::size_t i = 0; i < body.size(); ++i) {
      const int number = body[i] == '#' && i + 1 < body.size() ? body[i + 1] - '0' : 0;
      if (number >= 1 && number <= macro.arguments) out += arguments[static_cast<std::size_t>(number - 1)], ++i;
      else out.push_back(body[i]);
    }
    return out;
  }

  // Reads the expansion in place of the command: what it declares holds to the end of the group, as in TeX.
  void decode_expanded(std::string_view body, std::uint16_t& marks) {
    const std::string_view rest = std::exchange(in_, body);
    const std::size_t place = std::exchange(at_, 0);
    ++depth_;
    while (at_ < in_.size() && !ended_) {
      decode(marks);
      if (at_ < in_.size()) ++at_;
    }
    --depth_;
    in_ = rest;
    at_ = place;
  }

  void keep_unknown(std::string_view name, std::uint16_t marks) {
    inexact_ = true;
    if (decoding_ && reports_ && decoding_->unknown.size() < kMostUnknown) decoding_->unknown.emplace_back(name);
    put("\\", marks);
    put(name, marks);
    while (peek() == '{' || peek() == '[') {
      if (peek() == '{') {
        if (depth_ >= kDeepest) return;
        ++at_;
        put("{", marks);
        descend(marks);
        put("}", marks);
        continue;
      }
      const std::string_view optional = take_optional();
      if (optional.empty()) return;
      put("[", marks);
      put(decode_apart(optional), marks);
      put("]", marks);
    }
  }

  // --- accents
  void decode_accent(const TexCommand& accent, std::uint16_t marks) {
    if (put_composed(accent, marks)) return;
    const std::size_t before = at_;
    std::string text = decode_apart(take_argument());
    const bool several = math_ && count_code_points(text) > 1;  // \vec{AB}
    inexact_ = inexact_ || several || at_ == before;
    put(accented(std::move(text), accent.text), marks);
  }

  // The short way for \'e, \'{e}, \'{{e}}, \'\i and \'{\i}, where there is such a letter.
  bool put_composed(const TexCommand& accent, std::uint16_t marks) {
    std::size_t at = at_, braces = 0;
    while (at < in_.size() && is_blank(in_[at])) ++at;
    while (at < in_.size() && in_[at] == '{' && braces < 2) ++at, ++braces;
    const bool dotless = at + 1 < in_.size() && in_[at] == '\\' && (in_[at + 1] == 'i' || in_[at + 1] == 'j');
    at += dotless ? 1u : 0u;
    if (at >= in_.size() || !is_ascii_alpha(in_[at])) return false;
    const char base = in_[at++];
    if (dotless && at < in_.size() && is_ascii_alpha(in_[at])) return false;
    while (dotless && at < in_.size() && is_blank(in_[at])) ++at;
    for (; braces > 0; --braces, ++at) {
      if (at >= in_.size() || in_[at] != '}') return false;
    }
    std::size_t end = 0;
    const char32_t one = composed(base, next_code_point(accent.text, end));
    if (one == 0 || end != accent.text.size()) return false;
    at_ = at;
    put_code_point(one, marks);
    return true;
  }

  // --- math
  // "$…$" and "$$…$$" up to the next "$" of this group; a lone "$" is a dollar.
  void decode_dollar(std::uint16_t marks) {
    ++at_;
    if (math_) return;
    const std::size_t dollars = peek() == '$' ? 2 : 1;
    const std::size_t begin = at_ + dollars - 1;
    std::size_t nesting = 0, end = begin;
    for (; end < in_.size() && in_[end] != '$'; ++end) {
      if (in_[end] == '\\' && end + 1 < in_.size()) ++end;
      else if (in_[end] == '{') ++nesting;
      else if (in_[end] == '}' && nesting-- == 0) break;
    }
    if (end >= in_.size() || in_[end] != '$' || nesting > 0) return put("$", marks);
    at_ = end + 1;
    if (dollars == 2 && peek() == '$') ++at_;
    put_math(in_.substr(begin, end - begin), marks);
  }

  // "\(…\)" and "\[…\]".
  void decode_math_until(char close, std::uint16_t marks) {
    const char open = in_[at_ - 1];
    for (std::size_t end = at_; !math_ && end + 1 < in_.size(); ++end) {
      if (in_[end] != '\\') continue;
      if (in_[end + 1] == open) break;
      if (in_[end + 1] == close) {
        const std::string_view tex = in_.substr(at_, end - at_);
        at_ = end + 2;
        return put_math(tex, marks);
      }
      ++end;
    }
    put({&open, 1}, marks);
  }

  void put_math(std::string_view tex, std::uint16_t marks) {
    if (depth_ >= kDeepest) return put(tex, marks | Mark::math);
    Decoder inner(tex, *this, rich_ ? Output::rich : Output::plain);
    inner.math_ = true;
    inner.reports_ = false;
    if (rich_) {
      const bib::RichText text = inner.run();
      if (!inner.inexact_) return put_rich(text, marks);
    } else {
      const std::string text = inner.run_plain();
      if (!inner.inexact_) return put(tight(text), marks);
    }
    put(trim(tex), marks | Mark::math);
  }

  // Math without the blanks that TeX would not set, beside brackets.
  static std::string tight(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const char before = i > 0 ? text[i - 1] : '\0', next = i + 1 < text.size() ? text[i + 1] : '\0';
      if (text[i] != ' ' || (before != '(' && before != '[' && next != ')' && next != ']')) out.push_back(text[i]);
    }
    return out;
  }

  // What can stand above or below a line without brackets: a number, or one character.
  static bool is_atom(std::string_view text) {
    return !text.empty() && (std::ranges::all_of(text, is_ascii_digit) || count_code_points(text) == 1);
  }

  void decode_fraction(std::uint16_t marks) {
    const std::string above = decode_apart(take_argument()), below = decode_apart(take_argument());
    inexact_ = inexact_ || !is_atom(above) || !is_atom(below);
    if (const std::string_view one = vulgar_fraction(above, below); !one.empty()) return put(one, marks);
    put_script(Script::super, marks, [&](std::uint16_t inner) { put(above, inner); });
    put("⁄", marks);
    put_script(Script::sub, marks, [&](std::uint16_t inner) { put(below, inner); });
  }

  void decode_root(std::uint16_t marks) {
    const std::string_view degree = trim(take_optional());
    const std::string text = decode_apart(take_argument());
    inexact_ = inexact_ || !is_atom(text) || (!degree.empty() && degree != "3" && degree != "4");
    put(degree == "3" ? "∛" : degree == "4" ? "∜" : "√", marks);
    put(text, marks);
  }

  std::string_view in_;
  Braces braces_;
  bool rich_;
  Decoding* decoding_;
  bool math_ = false;
  bool reports_ = true;   // unknown commands are told
  bool inexact_ = false;  // something could not be said in Unicode
  int depth_ = 0, environments_ = 0, scripts_ = 0;
  bool ended_ = false;  // by \end
  std::size_t at_ = 0;
  bib::RichText out_;
  std::string text_, href_;
  std::uint16_t marks_ = 0;
  bool blank_ = true;  // the last thing put was a blank, or nothing was
  bool single_open_ = false;
};

bool is_control(char c) { return (static_cast<unsigned char>(c) < 0x20 && !is_blank(c)) || c == 0x7f; }

// The text as a decoder may read it: UTF-8 without control characters. `made` holds it where that is not the value itself.
std::string_view readable(std::string_view tex, std::string& made) {
  const bool valid = is_valid(tex), clean = !has_control(tex);
  if (valid && clean) return tex;
  made = valid ? std::string(tex) : from_windows_1252(tex);
  std::erase_if(made, is_control);
  return made;
}

}  // namespace

bib::RichText decode_rich(std::string_view tex, Braces braces, Decoding* decoding) {
  const Scan found = scan(tex);
  if (found.plain) return bib::RichText(found.squeezed ? std::string(tex) : squeeze(tex));
  std::string made;
  const std::string_view text = readable(tex, made);
  return Decoder(text, braces, Output::rich, decoding, made.empty() ? found.plain_until : 0).run();
}

std::string decode_plain(std::string_view tex, Decoding* decoding) {
  const Scan found = scan(tex);
  if (found.plain) return found.squeezed ? std::string(tex) : squeeze(tex);
  std::string made;
  const std::string_view text = readable(tex, made);
  return Decoder(text, Braces::drop, Output::plain, decoding, made.empty() ? found.plain_until : 0).run_plain();
}

}  // namespace colophon::formats::bibtex
