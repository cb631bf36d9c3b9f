// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/bibtex/entry_edit.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "base/text.hpp"
#include "formats/bibtex/entry.hpp"
#include "formats/bibtex/mapping.hpp"
#include "formats/bibtex/writer.hpp"

namespace colophon::formats {

using namespace bibtex;

namespace {

// The first chunk of kind entry, parsed.
std::optional<Chunk> first_entry(std::string_view bytes, Entry& out) {
  Splitter splitter(bytes);
  for (Chunk chunk; splitter.next(chunk);) {
    if (chunk.kind != ChunkKind::entry) continue;
    parse_entry(bytes, chunk, out);
    return chunk;
  }
  return std::nullopt;
}

std::size_t begin_of(std::string_view bytes, const RawField& field) {
  return static_cast<std::size_t>(field.name.data() - bytes.data());
}

// A new field behind the last one (or the key), in the manner of the first: its line end, indent and blanks about "=".
std::string with_new_field(
    std::string_view bytes, const Chunk& chunk, const Entry& entry, std::string_view name, std::string_view value) {
  std::string_view before = "\n  ", equals = " = ";
  std::size_t at = entry.key_begin + entry.key.size();
  if (!entry.fields.empty()) {
    const RawField& first = entry.fields.front();
    const std::size_t name_begin = begin_of(bytes, first);
    std::size_t blank = name_begin;
    while (blank > 0 && is_blank(bytes[blank - 1])) --blank;
    before = bytes.substr(blank, name_begin - blank);
    equals = bytes.substr(name_begin + first.name.size(), first.begin - name_begin - first.name.size());
    at = entry.fields.back().end;
  }
  std::size_t comma = at;
  while (comma < chunk.body_end && is_blank(bytes[comma])) ++comma;
  const bool trailing = comma < chunk.body_end && bytes[comma] == ',';
  if (trailing) at = comma + 1;
  const std::string field = std::string(before.empty() ? " " : before).append(name).append(equals).append(value);
  return std::string(bytes.substr(0, at)) + (trailing ? field + "," : "," + field) + std::string(bytes.substr(at));
}

// Sets a field to a value with its delimiters.
std::string with_value(std::string_view bytes, std::string_view name, std::string_view value) {
  Entry entry;
  const std::optional<Chunk> chunk = first_entry(bytes, entry);
  if (!chunk) return std::string(bytes);
  for (const RawField& field : entry.fields) {
    if (iequals(field.name, name)) return std::string(bytes.substr(0, field.begin)).append(value).append(bytes.substr(field.end));
  }
  return with_new_field(bytes, *chunk, entry, name, value);
}

// Without a field, its comma and the blanks before it.
std::string without_field(std::string_view bytes, std::string_view name) {
  Entry entry;
  first_entry(bytes, entry);
  for (const RawField& field : entry.fields) {
    if (!iequals(field.name, name)) continue;
    std::size_t begin = begin_of(bytes, field), end = field.end;
    while (begin > 0 && is_blank(bytes[begin - 1])) --begin;
    while (end < bytes.size() && is_blank(bytes[end])) ++end;
    end = end < bytes.size() && bytes[end] == ',' ? end + 1 : field.end;
    return std::string(bytes.substr(0, begin)).append(bytes.substr(end));
  }
  return std::string(bytes);
}

struct Line {
  std::string name, value;  // with its delimiters
  friend bool operator==(const Line&, const Line&) = default;
};

std::vector<Line> lines_of(std::string_view bytes) {
  std::vector<Line> out;
  Entry entry;
  first_entry(bytes, entry);
  for (const RawField& field : entry.fields)
    out.push_back({ascii_lower(field.name), std::string(bytes.substr(field.begin, field.end - field.begin))});
  return out;
}

// What an entry of the record has because of that field.
std::vector<Line> lines_for(const bib::Work& record, bib::FieldId field) {
  bib::Work without = record;
  without.remove(field);
  std::vector<Line> all = lines_of(write_bibtex(record, "key"));
  const std::vector<Line> others = lines_of(write_bibtex(without, "key"));
  std::erase_if(all, [&](const Line& line) { return std::ranges::find(others, line) != others.end(); });
  return all;
}

}  // namespace

std::string entry_as_in(std::string_view entry_bytes, const bib::Work& record, bib::FieldId field) {
  std::string out(entry_bytes);
  std::vector<Line> wanted = lines_for(record, field);
  for (const Line& there : lines_of(entry_bytes)) {
    const FieldMapping* mapping = mapping_of(there.name);
    const auto same = [&](const Line& line) {
      const FieldMapping* other = mapping_of(line.name);
      return line.name == there.name ||
             (mapping && other && mapping->field == field && other->field == field && mapping->form == other->form);
    };
    const auto found = std::ranges::find_if(wanted, same);
    if (found != wanted.end()) {
      out = with_value(out, there.name, found->value);
      wanted.erase(found);
    } else if (mapping && mapping->field == field) {
      out = without_field(out, there.name);
    }
  }
  for (const Line& line : wanted) out = with_value(out, line.name, line.value);
  return out;
}

}  // namespace colophon::formats
