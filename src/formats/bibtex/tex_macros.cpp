// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/bibtex/tex_macros.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "base/text.hpp"
#include "formats/bibtex/tex.hpp"
#include "formats/bibtex/tex_table.hpp"

namespace colophon::formats::bibtex {
namespace {

constexpr std::size_t kMostMacros = 10'000;
constexpr std::size_t kLongestBody = 4'096;

// Reads TeX from left to right.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  bool done() const { return at_ >= text_.size(); }
  char peek() const { return done() ? '\0' : text_[at_]; }
  void skip_blanks() {
    while (!done() && is_blank(text_[at_])) ++at_;
  }
  bool take(char c) {
    if (peek() != c || done()) return false;
    return ++at_, true;
  }
  // To behind the next backslash.
  bool seek_command() {
    const std::size_t found = text_.find('\\', at_);
    at_ = found == std::string_view::npos ? text_.size() : found + 1;
    return found != std::string_view::npos;
  }
  // The name behind a backslash.
  std::string_view take_name() {
    const std::size_t begin = at_;
    while (!done() && is_ascii_alpha(text_[at_])) ++at_;
    if (at_ == begin && !done()) next_code_point(text_, at_);
    return text_.substr(begin, at_ - begin);
  }
  // What stands up to `end`, which is taken too; nothing when a line ends before it.
  std::optional<std::string_view> take_until(char end) {
    const std::size_t found = text_.find_first_of(std::string{end, '\n'}, at_);
    if (found == std::string_view::npos || text_[found] != end) return std::nullopt;
    const std::string_view out = text_.substr(at_, found - at_);
    at_ = found + 1;
    return out;
  }
  // A group's inside, braces balanced.
  std::optional<std::string_view> take_group() {
    skip_blanks();
    if (!take('{')) return std::nullopt;
    const std::size_t begin = at_;
    for (std::size_t depth = 1; !done(); ++at_) {
      if (text_[at_] == '\\') ++at_;
      else if (text_[at_] == '{') ++depth;
      else if (text_[at_] == '}' && --depth == 0) return text_.substr(begin, at_++ - begin);
    }
    at_ = text_.size();
    return std::nullopt;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

// The pieces of a preamble without what joins them; a body that begins otherwise is TeX already.
std::string joined(std::string_view preamble) {
  const std::string_view text = trim(preamble);
  if (!text.starts_with('"')) return std::string(text);
  std::string out;
  std::size_t depth = 0;
  bool inside = false;
  for (const char c : text) {
    if (c == '"' && depth == 0) inside = !inside, out += inside ? "" : "\n";
    else if (inside) out.push_back(c);
    if (c == '{') ++depth;
    else if (c == '}' && depth > 0) --depth;
  }
  return out;
}

// \newcommand*{\name}[1]{body}, \newcommand\name{body}
std::optional<TexMacro> take_newcommand(Scanner& in) {
  in.take('*');
  in.skip_blanks();
  const bool braced = in.take('{');
  in.skip_blanks();
  if (!in.take('\\')) return std::nullopt;
  TexMacro out;
  out.name = in.take_name();
  in.skip_blanks();
  if (braced && !in.take('}')) return std::nullopt;
  in.skip_blanks();
  if (in.take('[')) {
    const std::optional<std::string_view> count = in.take_until(']');
    if (!count || trim(*count).size() != 1 || !is_ascii_digit(trim(*count)[0])) return std::nullopt;
    out.arguments = trim(*count)[0] - '0';
    in.skip_blanks();
  }
  if (in.peek() == '[') return std::nullopt;  // an optional argument
  const std::optional<std::string_view> body = in.take_group();
  if (!body) return std::nullopt;
  out.body = *body;
  return out;
}

// \def \name #1#2{body}
std::optional<TexMacro> take_def(Scanner& in) {
  in.skip_blanks();
  if (!in.take('\\')) return std::nullopt;
  TexMacro out;
  out.name = in.take_name();
  for (in.skip_blanks(); in.take('#'); in.skip_blanks()) {
    if (!in.take(static_cast<char>('1' + out.arguments)) || out.arguments == 9) return std::nullopt;
    ++out.arguments;
  }
  const std::optional<std::string_view> body = in.take_group();  // text between the arguments would stand before it
  if (!body) return std::nullopt;
  out.body = *body;
  return out;
}

struct Definer {
  std::string_view name;
  std::optional<TexMacro> (*take)(Scanner&);
  bool replaces;
};
constexpr std::array kDefiners = {Definer{"newcommand", take_newcommand, false},
                                  Definer{"renewcommand", take_newcommand, true},
                                  Definer{"providecommand", take_newcommand, false},
                                  Definer{"DeclareRobustCommand", take_newcommand, false},
                                  Definer{"def", take_def, false},
                                  Definer{"gdef", take_def, false},
                                  Definer{"edef", take_def, false},
                                  Definer{"xdef", take_def, false}};

}  // namespace

void TexMacros::add(std::string_view preamble) {
  std::string text = joined(to_utf8(preamble));
  std::erase_if(text, [](char c) { return (static_cast<unsigned char>(c) < 0x20 && !is_blank(c)) || c == 0x7F; });
  for (Scanner in(text); in.seek_command() && macros_.size() < kMostMacros;) {
    const std::string_view name = in.take_name();
    const auto definer = std::ranges::find(kDefiners, name, &Definer::name);
    if (definer == kDefiners.end()) continue;
    std::optional<TexMacro> found = definer->take(in);
    if (!found || found->name.empty() || found->body.size() > kLongestBody || tex_command(found->name)) continue;
    std::string key = found->name;
    if (definer->replaces) macros_.insert_or_assign(std::move(key), std::move(*found));
    else macros_.try_emplace(std::move(key), std::move(*found));
  }
}

// Spreads from what cannot be read to all that use it, each use looked at once.
void TexMacros::close() {
  std::unordered_map<std::string_view, std::vector<std::string_view>> users;
  std::vector<std::string> bad;
  for (const auto& [name, macro] : macros_) {
    bool readable = true;
    for (Scanner in(macro.body); in.seek_command();) {
      const std::string_view used = in.take_name();
      if (used.empty() || tex_command(used) || is_blank(used[0]) || used == "\\") continue;
      if (macros_.contains(used)) users[used].push_back(name);
      else readable = false;
    }
    if (!readable) bad.push_back(name);
  }
  for (std::size_t i = 0; i < bad.size(); ++i) {
    const auto found = users.find(bad[i]);
    if (found == users.end()) continue;
    for (const std::string_view user : found->second) bad.emplace_back(user);
    users.erase(found);
  }
  users.clear();
  for (const std::string& name : bad) macros_.erase(name);
}

const TexMacro* TexMacros::find(std::string_view name) const {
  const auto found = macros_.find(name);
  return found == macros_.end() ? nullptr : &found->second;
}

}  // namespace colophon::formats::bibtex
