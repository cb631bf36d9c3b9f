// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/csl/reader.hpp"

#include <algorithm>
#include <charconv>

#include "base/text.hpp"
#include "formats/csl_json.hpp"
#include "formats/draft_builder.hpp"

#include <fmt/format.h>

namespace colophon::formats {
namespace {

// Behind the string that begins at `at`.
std::size_t skip_string(std::string_view text, std::size_t at) {
  for (++at; at < text.size() && text[at] != '"'; ++at) {
    if (text[at] == '\\') ++at;
  }
  return std::min(at + 1, text.size());
}

// Behind the brackets that open at `at`, or the text's end.
std::size_t skip_brackets(std::string_view text, std::size_t at) {
  std::size_t depth = 0;
  while (at < text.size()) {
    const char c = text[at];
    if (c == '"') {
      at = skip_string(text, at);
      continue;
    }
    ++at;
    if (c == '{' || c == '[') ++depth;
    else if ((c == '}' || c == ']') && --depth == 0) break;
  }
  return at;
}

// Where the array of items begins: the file's own, or the one under the first "items"; nothing when the file is one item.
std::optional<std::size_t> find_items(std::string_view text, std::size_t at) {
  while (at < text.size() && is_blank(text[at])) ++at;
  if (at < text.size() && text[at] == '[') return at + 1;
  while (at < text.size()) {
    if (text[at] != '"') {
      ++at;
      continue;
    }
    const std::size_t end = skip_string(text, at);
    const bool items = text.substr(at, end - at) == "\"items\"";
    at = end;
    if (!items) continue;
    while (at < text.size() && (is_blank(text[at]) || text[at] == ':')) ++at;
    if (at < text.size() && text[at] == '[') return at + 1;
  }
  return std::nullopt;
}

std::string id_of(const Json& item) {
  const Json& id = item["id"];
  return id.is_string() ? nfc(squeeze(id.as_string())) : id.is_number() ? id.dump() : std::string();
}

}  // namespace

CslReader::CslReader(std::string_view bytes) : input_(bytes), text_(input_.text()), remarks_("csl-json") {
  at_ = find_items(text_, input_.start()).value_or(input_.start());
}

Location CslReader::place(std::size_t at) {
  const std::string_view passed = text_.substr(counted_, at - counted_);
  line_ += static_cast<std::uint32_t>(std::ranges::count(passed, '\n'));
  if (const std::size_t feed = passed.rfind('\n'); feed != std::string_view::npos) line_start_ = counted_ + feed + 1;
  counted_ = at;
  return {.path = {}, .line = line_, .column = static_cast<std::uint32_t>(at - line_start_ + 1), .page = 0};
}

// The next object at the level of items; what stands between items and is no comma is told once.
bool CslReader::cut(Item& out) {
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (c == '{') {
      out = {at_, skip_brackets(text_, at_)};
      at_ = out.end;
      return true;
    }
    if (c == ']') return at_ = text_.size(), false;
    if (!is_blank(c) && c != ',' && remarks_.first("between"))
      remarks_.add(Severity::error, "stray-text", "text between the items is left out", "said once a file", place(at_));
    at_ = c == '"' ? skip_string(text_, at_) : at_ + 1;
  }
  return false;
}

bool CslReader::next(Draft& out) {
  for (Item item{}; cut(item);) {
    const std::string_view bytes = text_.substr(item.begin, item.end - item.begin);
    const Location at = place(item.begin);
    const Result<Json> json = Json::parse(is_utf8(bytes) ? std::string(bytes) : from_windows_1252(bytes));
    Result<bib::Work> work = json ? from_csl(*json) : Result<bib::Work>(std::unexpected(json.error()));
    if (!work) {
      remarks_.add(Severity::error, "bad-item", "an item is left out: " + work.error().message,
                   work.error().where.empty() ? "the others are read" : "in the item at " + work.error().where, at);
      continue;
    }
    out = Draft{};
    out.work = std::move(*work);
    out.child = drafts_++;
    out.line = at.line;
    out.key = sha256(bytes);
    if (input_.has_spans()) {
      out.begin = static_cast<std::uint32_t>(item.begin), out.end = static_cast<std::uint32_t>(item.end);
    }
    out.local_id = id_of(*json);
    if (out.local_id.empty()) out.local_id = entry_name(out.work);
    return true;
  }
  return false;
}

}  // namespace colophon::formats
