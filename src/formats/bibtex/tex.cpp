// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/bibtex/tex.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <optional>

#include "base/text.hpp"
#include "formats/bibtex/scan.hpp"
#include "formats/bibtex/tex_table.hpp"

namespace colophon::formats::bibtex {
namespace {

using bib::Mark;
constexpr int kDeepest = 32;
constexpr std::uint16_t bit(Mark mark) { return static_cast<std::uint16_t>(mark); }
constexpr std::uint16_t operator|(std::uint16_t marks, Mark mark) { return static_cast<std::uint16_t>(marks | bit(mark)); }
constexpr bool has(std::uint16_t marks, Mark mark) { return (marks & bit(mark)) != 0; }

enum class Byte : std::uint8_t { plain, twin, blank, special };  // twin: means something only when doubled

constexpr std::array<Byte, 256> make_bytes() {
  std::array<Byte, 256> out{};
  for (std::size_t c = 0; c < 256; ++c) out[c] = c < 0x20 || c == 0x7f ? Byte::special : Byte::plain;
  for (const char c : std::string_view(" \t\r\n\f\v")) out[static_cast<unsigned char>(c)] = Byte::blank;
  for (const char c : std::string_view("\\{}$~`")) out[static_cast<unsigned char>(c)] = Byte::special;
  out['-'] = out['\''] = Byte::twin;
  return out;
}
constexpr std::array<Byte, 256> kBytes = make_bytes();
Byte byte_of(char c) { return kBytes[static_cast<unsigned char>(c)]; }

// Code points below U+0300 and the dashes and quotes of U+2010 to U+203F are in NFC whatever stands beside them (UAX #15, NFC_QC),
// as long as no combining mark follows: all others are left to nfc().
bool may_need_nfc(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c < 0xCC) continue;
    const bool dash = c == 0xE2 && i + 2 < text.size() && static_cast<unsigned char>(text[i + 1]) == 0x80 &&
                      static_cast<unsigned char>(text[i + 2]) >= 0x90;
    if (!dash) return true;
  }
  return false;
}

std::string to_nfc(std::string text) { return may_need_nfc(text) ? nfc(text) : text; }

// Where the first byte stands that is not plain without a doubt: a blank that is not single, a sign of TeX, a control character, the high
// half. Sixteen bytes at a time.
std::size_t find_doubtful(std::string_view tex, std::size_t at) {
#if defined(__SSE2__)
  const auto is = [](__m128i block, char c) { return _mm_cmpeq_epi8(block, _mm_set1_epi8(c)); };
  for (; at + 17 <= tex.size(); at += 16) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(tex.data() + at));
    const __m128i next = _mm_loadu_si128(reinterpret_cast<const __m128i*>(tex.data() + at + 1));
    const __m128i twin =
        _mm_and_si128(_mm_cmpeq_epi8(block, next), _mm_or_si128(is(block, ' '), _mm_or_si128(is(block, '-'), is(block, '\''))));
    const __m128i low = _mm_cmplt_epi8(block, _mm_set1_epi8(' '));    // signed: the high half is low, too
    const __m128i brace = _mm_cmpgt_epi8(block, _mm_set1_epi8('z'));  // { | } ~ DEL
    const __m128i sign = _mm_or_si128(is(block, '\\'), _mm_or_si128(is(block, '$'), is(block, '`')));
    const int found = _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(twin, low), _mm_or_si128(brace, sign)));
    if (found != 0) return at + static_cast<std::size_t>(std::countr_zero(static_cast<unsigned>(found)));
  }
#endif
  return at;
}

// Spacing forms of accents without a letter: "\~{}" is a tilde.
std::string_view spacing(std::string_view accent) {
  if (accent == "~") return "~";
  if (accent == "^") return "^";
  return {};
}

class Decoder {
 public:
  Decoder(std::string_view tex, Braces braces, std::vector<std::string>* unknown)
      : in_(tex), braces_(braces), unknown_(unknown) {}

  bib::RichText run() {
    decode_all();
    flush();
    return std::move(out_);
  }
  // The text alone: marks are not kept apart.
  std::string run_plain() {
    plain_ = true;
    decode_all();
    return to_nfc(std::move(text_));
  }

  bool math = false;
  int depth = 0;
  bool failed() const { return failed_; }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < in_.size() ? in_[at_ + ahead] : '\0'; }

  void decode_all() {
    std::uint16_t marks = 0;
    while (at_ < in_.size()) {
      decode(marks);
      if (at_ < in_.size()) ++at_;  // a closing brace too many
    }
    if (!text_.empty() && text_.back() == ' ') text_.pop_back();
  }

  void flush() {
    if (text_.empty() || plain_) return;
    if (may_need_nfc(text_)) out_.append(nfc(text_), marks_, href_);
    else out_.append(text_, marks_, href_);
    text_.clear();
  }
  void put(std::string_view text, std::uint16_t marks) {
    if (text.empty()) return;
    if (marks != marks_ && !plain_) flush(), marks_ = marks;
    text_ += text;
    blank_ = text.back() == ' ';
  }
  void put_blank(std::uint16_t marks) {
    if (blank_) return;
    put(" ", marks);
  }
  void put_rich(const bib::RichText& text, std::uint16_t marks) {
    for (const bib::Run& run : text.runs()) put(run.text, static_cast<std::uint16_t>(run.marks | marks));
  }

  // Decodes up to the "}" that closes this group, which is left, or to the end.
  void decode(std::uint16_t marks) {
    std::size_t flat = 0;  // braces too deep to nest are counted only
    while (at_ < in_.size()) {
      if (blank_ && in_[at_] == ' ') {
        ++at_;
        continue;
      }
      const std::size_t begin = at_;
      if (!math && !single_open_) at_ = find_doubtful(in_, at_);
      while (at_ < in_.size() && byte_of(in_[at_]) == Byte::plain && !(math && (in_[at_] == '^' || in_[at_] == '_'))) ++at_;
      put(in_.substr(begin, at_ - begin), marks);
      if (at_ >= in_.size()) return;
      const char c = in_[at_];
      if (c == '}') {
        if (flat == 0) return;
        --flat, ++at_;
      } else if (c == '{' && depth >= kDeepest) {
        ++flat, ++at_;
      } else {
        decode_special(c, marks);
      }
    }
  }

  void decode_special(char c, std::uint16_t& marks) {
    switch (c) {
      case '{': return decode_group(marks);
      case '\\': return decode_command(marks);
      case '$': return decode_math(marks);
      case '~': return ++at_, put("\u00A0", marks);
      case '-': return decode_dashes(marks);
      case '`':
      case '\'': return decode_quote(c, marks);
      case '^':
      case '_': return decode_script(c, marks);
      default: break;
    }
    ++at_;
    if (byte_of(c) == Byte::blank) put_blank(marks);  // other control characters are dropped
  }

  // "{\"o}" is a special character, not a protection of its case (btxdoc.tex, section 4).
  void decode_group(std::uint16_t marks) {
    ++at_;
    const bool sign =
        peek(1) == '}' && !is_ascii_alpha(peek()) && static_cast<unsigned char>(peek()) < 0x80;  // {"}: nothing to protect
    const bool protects = braces_ == Braces::nocase && !math && peek() != '\\' && !sign;
    descend(protects ? marks | Mark::nocase : marks);
  }

  // The rest of a group whose brace is behind us.
  void descend(std::uint16_t marks) {
    ++depth;
    decode(marks);
    --depth;
    if (at_ < in_.size()) ++at_;
  }

  void decode_dashes(std::uint16_t marks) {
    static constexpr std::array<std::string_view, 4> kDashes = {"", "-", "–", "—"};
    std::size_t count = 0;
    while (peek() == '-' && count < (math ? 1u : 3u)) ++at_, ++count;
    put(kDashes[count], marks);
  }

  void decode_quote(char c, std::uint16_t marks) {
    ++at_;
    if (math && c == '\'') return put("′", marks);
    if (peek() == c) return ++at_, put(c == '`' ? "“" : "”", marks);
    if (c == '`') return single_open_ = true, put("‘", marks);
    const bool closes = single_open_ && !is_ascii_alpha(peek());
    single_open_ = single_open_ && !closes;
    put(closes ? "’" : "'", marks);
  }

  // "_" and "^" in math: the argument is a script.
  void decode_script(char c, std::uint16_t marks) {
    ++at_;
    const std::uint16_t script = marks | (c == '^' ? Mark::superscript : Mark::subscript);
    if (c == '^' && (in_.substr(at_).starts_with("\\circ") || in_.substr(at_).starts_with("{\\circ}"))) {
      at_ += peek() == '{' ? 7u : 5u;
      return put("°", marks);
    }
    decode_argument(script);
  }

  // One argument: a group, a command, or one character.
  void decode_argument(std::uint16_t marks) {
    while (at_ < in_.size() && is_blank(in_[at_])) ++at_;
    if (peek() == '{' && depth < kDeepest) return ++at_, descend(marks);
    if (peek() == '\\' && depth < kDeepest) {
      ++depth;
      decode_command(marks);
      --depth;
      return;
    }
    if (at_ >= in_.size() || peek() == '}' || peek() == '{') return;
    const std::size_t begin = at_;
    next_code_point(in_, at_);
    put(in_.substr(begin, at_ - begin), marks);
  }

  std::string_view take_command() {
    const std::size_t begin = ++at_;
    while (is_ascii_alpha(peek())) ++at_;
    if (at_ > begin) return in_.substr(begin, at_ - begin);
    if (at_ < in_.size()) next_code_point(in_, at_);
    return in_.substr(begin, at_ - begin);
  }

  void decode_command(std::uint16_t& marks) {
    const std::string_view name = take_command();
    const TexCommand* command = tex_command(name);
    if (math && (name == "(" || name == ")")) return;
    if (!command) return keep_unknown(name, marks);
    if (is_ascii_alpha(name[0])) {
      if (peek() == '*') ++at_;
      while (at_ < in_.size() && is_blank(in_[at_])) ++at_;
    }
    switch (command->kind) {
      case TexKind::symbol: return command->text == " " ? put_blank(marks) : put(command->text, marks);
      case TexKind::accent: return decode_accent(*command, marks);
      case TexKind::mark: return decode_argument(static_cast<std::uint16_t>(marks | command->marks));
      case TexKind::declare: marks = static_cast<std::uint16_t>(marks | command->marks); return;
      case TexKind::unwrap: return decode_argument(marks);
      case TexKind::drop:
        for (int i = 0; i < command->arguments; ++i) take_raw_group();
        return;
      case TexKind::verbatim: return put(take_raw_group(), marks);
      case TexKind::link: return decode_link(marks);
      case TexKind::math: return put_math(take_raw_group(), marks);
    }
  }

  // The text of the group that begins here, undecoded; empty when there is none.
  std::string_view take_raw_group() {
    while (at_ < in_.size() && is_blank(in_[at_])) ++at_;
    if (peek() != '{') return {};
    const std::size_t begin = ++at_;
    std::size_t nesting = 0;
    for (; at_ < in_.size(); ++at_) {
      if (in_[at_] == '\\' && at_ + 1 < in_.size()) ++at_;
      else if (in_[at_] == '{') ++nesting;
      else if (in_[at_] == '}' && nesting-- == 0) return in_.substr(begin, at_++ - begin);
    }
    at_ = std::min(at_, in_.size());
    return in_.substr(begin, at_ - begin);
  }

  void decode_link(std::uint16_t marks) {
    const std::string url = decode_verbatim(take_raw_group());
    flush();
    href_ = url;
    decode_argument(marks | Mark::link);
    flush();
    href_.clear();
  }

  void keep_unknown(std::string_view name, std::uint16_t marks) {
    failed_ = true;
    if (unknown_ && unknown_->size() < 1000 && !name.empty()) unknown_->emplace_back(name);
    put("\\", marks);
    put(name, marks);
    if (peek() != '{' || depth >= kDeepest) return;
    ++at_;
    put("{", marks);
    descend(marks);
    put("}", marks);
  }

  // The letter of the commonest forms: \'e, \'{e}, \'\i, \'{\i}; 0 for all others, which are left where they are.
  char take_simple_letter() {
    const bool braced = peek() == '{';
    std::size_t at = at_ + (braced ? 1u : 0u);
    if (at < in_.size() && in_[at] == '\\') ++at;
    const bool dotless = at > at_ && in_[at - 1] == '\\';
    if (at >= in_.size() || !is_ascii_alpha(in_[at])) return 0;
    const char letter = in_[at++];
    if (dotless && letter != 'i' && letter != 'j') return 0;
    if (dotless && at < in_.size() && (is_ascii_alpha(in_[at]) || (!braced && is_blank(in_[at])))) return 0;
    if (braced && (at >= in_.size() || in_[at] != '}')) return 0;
    at_ = at + (braced ? 1u : 0u);
    return letter;
  }

  void decode_accent(const TexCommand& accent, std::uint16_t marks) {
    const std::size_t begin = at_;
    if (const char letter = take_simple_letter()) {
      if (const std::string_view one = composed(letter, accent.text); !one.empty()) return put(one, marks);
      at_ = begin;
    }
    Decoder inner(in_, Braces::drop, unknown_);
    inner.at_ = at_;
    inner.depth = depth + 1;
    inner.math = math;
    if (depth < kDeepest) inner.decode_argument(0);
    at_ = inner.at_;
    inner.flush();
    failed_ = failed_ || inner.failed_;
    put(accented(inner.out_.plain(), accent), marks);
  }

  static std::string accented(std::string text, const TexCommand& accent) {
    if (text.empty() || text == " ") return std::string(spacing(accent.name));
    if (text.starts_with("ı")) text.replace(0, 2, "i");
    if (text.starts_with("ȷ")) text.replace(0, 2, "j");
    std::size_t end = 0;
    next_code_point(text, end);
    if (const std::string_view one = composed(text[0], accent.text); !one.empty()) return std::string(one) + text.substr(1);
    return nfc(text.substr(0, end) + std::string(accent.text)) + text.substr(end);
  }

  // "$…$" up to the next "$" of this group; a lone "$" is a dollar.
  void decode_math(std::uint16_t marks) {
    const std::size_t begin = ++at_;
    if (math) return;
    const bool display = peek() == '$';
    std::size_t nesting = 0, end = begin + (display ? 1u : 0u);
    for (; end < in_.size() && in_[end] != '$'; ++end) {
      if (in_[end] == '\\' && end + 1 < in_.size()) ++end;
      else if (in_[end] == '{') ++nesting;
      else if (in_[end] == '}' && nesting-- == 0) break;
    }
    if (end >= in_.size() || in_[end] != '$') return put("$", marks);
    at_ = end + 1;
    if (display && peek() == '$') ++at_;
    put_math(in_.substr(begin + (display ? 1u : 0u), end - begin - (display ? 1u : 0u)), marks);
  }

  void put_math(std::string_view tex, std::uint16_t marks) {
    if (depth >= kDeepest) return put(tex, marks | Mark::math);
    Decoder inner(tex, Braces::drop, nullptr);
    inner.math = true;
    inner.depth = depth + 1;
    const bib::RichText text = inner.run();
    if (inner.failed()) put(trim(tex), marks | Mark::math);
    else put_rich(text, marks);
  }

  std::string_view in_;
  Braces braces_;
  std::vector<std::string>* unknown_;
  std::size_t at_ = 0;
  bool plain_ = false;
  bib::RichText out_;
  std::string text_, href_;
  std::uint16_t marks_ = 0;
  bool blank_ = true;  // the last thing put was a blank, or nothing was
  bool single_open_ = false;
  bool failed_ = false;
};

// Nothing but plain characters; `squeezed` tells whether the blanks are single and inside, too.
bool scan_plain(std::string_view tex, bool& squeezed) {
  squeezed = tex.empty() || (!is_blank(tex.front()) && !is_blank(tex.back()));
  for (std::size_t i = find_doubtful(tex, 0); i < tex.size(); ++i) {
    const auto c = static_cast<unsigned char>(tex[i]);
    if (c >= 0x80) return false;
    switch (kBytes[c]) {
      case Byte::plain: break;
      case Byte::special: return false;
      case Byte::twin:
        if (i + 1 < tex.size() && tex[i + 1] == tex[i]) return false;
        break;
      case Byte::blank:
        if (c != ' ' || (i + 1 < tex.size() && is_blank(tex[i + 1]))) squeezed = false;
        i = std::max(i, find_doubtful(tex, i + 1) - 1);
        break;
    }
  }
  return true;
}

std::string encode_code_point(std::string_view one) {
  struct Pair {
    std::string composed, tex;
  };
  static const std::vector<Pair> kPairs = [] {
    std::vector<Pair> out;
    for (char32_t mark = 0x300; mark < 0x332; ++mark) {
      const std::string_view command = tex_of_accent(mark);
      if (command.empty()) continue;
      std::string combining;
      append_utf8(combining, mark);
      for (char base = 'A'; base <= 'z'; ++base) {
        const std::string_view both = is_ascii_alpha(base) ? composed(base, combining) : std::string_view();
        const bool single = !both.empty() && count_code_points(both) == 1;
        if (single) out.push_back({std::string(both), "{\\" + std::string(command) + "{" + base + "}}"});
      }
    }
    std::ranges::sort(out, {}, &Pair::composed);
    return out;
  }();
  if (const std::string_view symbol = tex_of_symbol(one); !symbol.empty()) return std::string(symbol);
  const auto found = std::ranges::lower_bound(kPairs, one, {}, &Pair::composed);
  if (found != kPairs.end() && found->composed == one) return found->tex;
  return std::string(one);
}

struct Command {
  Mark mark;
  std::string_view open;
};
constexpr std::array kMarkCommands = {Command{Mark::quote, "\\enquote{"},
                                      Command{Mark::italic, "\\emph{"},
                                      Command{Mark::bold, "\\textbf{"},
                                      Command{Mark::small_caps, "\\textsc{"},
                                      Command{Mark::code, "\\texttt{"},
                                      Command{Mark::superscript, "\\textsuperscript{"},
                                      Command{Mark::subscript, "\\textsubscript{"}};

std::string encode_run(const bib::Run& run) {
  std::string out;
  std::size_t open = 0;
  if (run.has(Mark::link)) out += "\\href{" + run.href + "}{", ++open;
  for (const Command& command : kMarkCommands) {
    if (run.has(command.mark)) out += command.open, ++open;
  }
  const std::string text = run.has(Mark::math) ? "$" + run.text + "$" : encode(run.text);
  if (run.has(Mark::nocase)) out += text.starts_with('\\') ? "{{}" : "{", ++open;
  return out + text + std::string(open, '}');
}

}  // namespace

bool is_valid(std::string_view bytes) { return is_ascii(bytes) || is_utf8(bytes); }
std::string to_utf8(std::string_view bytes) { return is_valid(bytes) ? std::string(bytes) : from_windows_1252(bytes); }

bool is_plain(std::string_view tex) {
  bool squeezed = false;
  return scan_plain(tex, squeezed);
}

bib::RichText decode_rich(std::string_view tex, Braces braces, std::vector<std::string>* unknown) {
  bool squeezed = false;
  if (scan_plain(tex, squeezed)) return bib::RichText(squeezed ? std::string(tex) : squeeze(tex));
  if (is_valid(tex)) return Decoder(tex, braces, unknown).run();
  const std::string text = from_windows_1252(tex);
  return Decoder(text, braces, unknown).run();
}

std::string decode_plain(std::string_view tex, std::vector<std::string>* unknown) {
  bool squeezed = false;
  if (scan_plain(tex, squeezed)) return squeezed ? std::string(tex) : squeeze(tex);
  if (is_valid(tex)) return Decoder(tex, Braces::drop, unknown).run_plain();
  return Decoder(from_windows_1252(tex), Braces::drop, unknown).run_plain();
}

std::string decode_verbatim(std::string_view tex) {
  tex = trim(tex);
  for (const std::string_view command : {"\\url{", "\\path{", "\\nolinkurl{", "{"}) {
    if (tex.starts_with(command) && tex.ends_with('}')) tex = trim(tex.substr(command.size(), tex.size() - command.size() - 1));
  }
  const auto untouched = [](char c) { return byte_of(c) != Byte::blank && c != '\\' && c != '{' && c != '$'; };
  if (std::ranges::all_of(tex, untouched)) return to_utf8(tex);
  std::string out;
  out.reserve(tex.size());
  for (std::size_t i = 0; i < tex.size(); ++i) {
    const std::string_view rest = tex.substr(i);
    if (is_blank(tex[i])) continue;
    if (tex[i] == '\\' && rest.size() > 1 && std::string_view("_%&#~{}$").find(rest[1]) != std::string_view::npos) {
      out.push_back(rest[1]);
      i += rest.substr(2).starts_with("{}") ? 3u : 1u;
    } else if (rest.starts_with("{\\_}")) {
      out.push_back('_');
      i += 3;
    } else if (rest.starts_with("$\\sim$")) {
      out.push_back('~');
      i += 5;
    } else {
      out.push_back(tex[i]);
    }
  }
  return to_utf8(out);
}

std::string encode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    next_code_point(text, at);
    const std::string_view one = text.substr(begin, at - begin);
    const Byte kind = byte_of(one[0]);
    const bool plain = one.size() == 1 && kind != Byte::special && tex_of_symbol(one).empty();
    const std::string tex = plain ? std::string(one) : encode_code_point(one);
    const bool twin =
        !out.empty() && out.back() == tex.front() && std::string_view("-'`").find(tex.front()) != std::string_view::npos;
    if (twin) out += "{}";
    out += tex;
  }
  return out;
}

std::string encode(const bib::RichText& text) {
  std::string out;
  for (const bib::Run& run : text.runs()) out += encode_run(run);
  return out;
}

}  // namespace colophon::formats::bibtex
