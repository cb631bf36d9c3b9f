// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/sheet/cells.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "formats/sheet/dates.hpp"
#include "formats/sheet/names.hpp"
#include "formats/sheet/words.hpp"

#include <fmt/format.h>

namespace colophon::formats {
namespace {

using bib::FieldId;
using bib::FieldKind;

constexpr std::string_view kParagraphs = "\n---\n";  // between abstracts, notes: texts that hold anything else

bool many(FieldId field) { return bib::row(field).cardinality == bib::Cardinality::many; }
bool is_rich(FieldId field) { return bib::row(field).kind == FieldKind::rich; }

// --- reading -----------------------------------------------------------------------------------------------------------------

std::vector<std::string> paragraphs(std::string_view text) {
  std::vector<std::string> out;
  while (true) {
    const std::size_t at = text.find(kParagraphs);
    out.push_back(squeeze(text.substr(0, at)));
    if (at == std::string_view::npos) return out;
    text.remove_prefix(at + kParagraphs.size());
  }
}

// The texts of a cell's values.
std::vector<std::string> values_in(FieldId field, std::string_view text) {
  if (!many(field)) return {squeeze(text)};
  if (is_rich(field)) return paragraphs(text);
  std::string_view at = ";\n";
  if (field == FieldId::keyword && text.find_first_of(at) == std::string_view::npos) at = ",";
  if (field == FieldId::isbn || field == FieldId::issn) at = ";\n,/";
  if (field == FieldId::url) at = "\n \t";  // an address may hold a semicolon
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(at), text.size());
    std::string one = squeeze(text.substr(0, end));
    if (field == FieldId::url && one.ends_with(';')) one.pop_back();
    if (!one.empty()) out.push_back(std::move(one));
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  return out;
}

// "9.78316E+12": a spreadsheet showed a long number short, and saved what it showed.
bool is_rounded(std::string_view text) {
  const std::size_t e = text.find("E+");
  if (e == std::string_view::npos || e == 0 || e + 2 >= text.size()) return false;
  const auto digits = [](std::string_view t) {
    return std::ranges::all_of(t, [](char c) { return is_ascii_digit(c) || c == '.' || c == ','; });
  };
  return digits(text.substr(0, e)) && digits(text.substr(e + 2));
}

// "#REF!", "#NAME?", "#N/A", "#BEZUG!"; "####": a formula that failed, or a column too narrow for its date, saved as it was shown.
bool is_failed(const Cell& cell) {
  if (cell.kind == CellKind::error) return true;
  const std::string_view text = trim(cell.text);
  if (text.size() < 3 || text[0] != '#' || text.size() > 16) return false;
  const bool narrow = text.find_first_not_of('#') == std::string_view::npos;
  const bool shouts = text == "#N/A" || text == "#NV" || text.ends_with('!') || text.ends_with('?');
  const auto upper = [](char c) { return (c >= 'A' && c <= 'Z') || c == '/' || c == '0'; };
  return narrow || (shouts && std::ranges::all_of(text.substr(1, text.size() - 2), upper));
}

CellReading read_names(std::string_view text) {
  CellNames read = parse_cell_names(text);
  CellReading out;
  if (read.doubtful) out.doubt = {"odd-names", "it is not clear where one name ends; write “Family, Given; Family, Given”"};
  out.values.emplace_back(std::move(read.names));
  return out;
}

CellReading read_date(const Cell& cell) {
  CellDate read = parse_cell_date(cell);
  CellReading out;
  if (read.doubtful)
    out.doubt = {"bad-date",
                 fmt::format("“{}”: {}; write 2019, 2019-03 or 2019-03-07", ellipsis(squeeze(cell.text), 40), read.why)};
  out.values.emplace_back(std::move(read.date));
  return out;
}

void read_code(FieldId field, const std::string& text, CellReading& out) {
  if (is_rounded(text)) {
    out.doubt = {"rounded", fmt::format("a spreadsheet shortened a long number to “{}”; its digits are lost", text)};
    return;
  }
  if (field == FieldId::language) return void(out.values.emplace_back(bib::Code{language_in_words(text).value_or(text)}));
  Result<bib::Code> code = bib::parse_code(field, text);
  if (code) out.values.emplace_back(std::move(*code));
  else out.doubt = {"bad-identifier", code.error().message};
}

CellReading read_field(FieldId field, const Cell& cell) {
  const FieldKind kind = bib::row(field).kind;
  if (kind == FieldKind::names) return read_names(cell.text);
  if (kind == FieldKind::date) return read_date(cell);
  CellReading out;
  for (const std::string& text : values_in(field, cell.text)) {
    if (kind == FieldKind::code) {
      read_code(field, nfc(text), out);
    } else if (Result<bib::Value> value = bib::parse_value(field, text)) {
      out.values.push_back(std::move(*value));
    } else {
      out.doubt = {"bad-identifier", value.error().message};
    }
  }
  return out;
}

CellReading read_type(std::string_view text) {
  CellReading out;
  out.type = work_type_in_words(text);
  if (!out.type) out.doubt = {"unknown-type", fmt::format("“{}” is no type of work that we know", ellipsis(squeeze(text), 40))};
  return out;
}

// --- writing -----------------------------------------------------------------------------------------------------------------

std::string value_text(FieldId field, const bib::Value& value) {
  if (const auto* date = std::get_if<bib::Date>(&value)) return bib::to_edtf(*date);
  std::string out = bib::plain(value);
  if (field == FieldId::isbn && out.size() == 13) out.insert(3, "-");  // so that no spreadsheet takes it for a number
  return out;
}

std::string extra_text(const bib::Work& record, std::string_view name) {
  std::string out;
  for (const bib::Statement& s : record.all(FieldId::extra)) {
    const auto& extra = std::get<bib::Extra>(s.value);
    if (extra.name == name) out += (out.empty() ? "" : "\n") + extra.text;
  }
  return out;
}

// --- carrying over -----------------------------------------------------------------------------------------------------------

std::size_t common_prefix(std::string_view a, std::string_view b) {
  const auto [in_a, in_b] = std::ranges::mismatch(a, b);
  std::size_t out = static_cast<std::size_t>(in_a - a.begin());
  while (out > 0 && out < b.size() && (static_cast<unsigned char>(b[out]) & 0xC0) == 0x80) --out;
  return out;
}

std::size_t common_suffix(std::string_view a, std::string_view b) {
  std::size_t out = 0;
  while (out < a.size() && out < b.size() && a[a.size() - 1 - out] == b[b.size() - 1 - out]) ++out;
  while (out > 0 && (static_cast<unsigned char>(b[b.size() - out]) & 0xC0) == 0x80) --out;
  return out;
}

// Bytes [begin, end) of a rich text with their marks.
void append_part(const bib::RichText& from, std::size_t begin, std::size_t end, bib::RichText& out) {
  std::size_t at = 0;
  for (const bib::Run& run : from.runs()) {
    const std::size_t first = std::clamp(begin, at, at + run.text.size()), last = std::clamp(end, at, at + run.text.size());
    out.append(std::string_view(run.text).substr(first - at, last - first), run.marks, run.href);
    at += run.text.size();
  }
}

bib::RichText with_marks(const bib::RichText& before, const bib::RichText& now) {
  const std::string old_text = before.plain(), text = now.plain();
  const std::size_t head = common_prefix(old_text, text);
  const std::size_t tail = std::min({common_suffix(old_text, text), old_text.size() - head, text.size() - head});
  bib::RichText out;
  out.lang = before.lang;
  append_part(before, 0, head, out);
  out.append(std::string_view(text).substr(head, text.size() - tail - head));
  append_part(before, old_text.size() - tail, old_text.size(), out);
  return out;
}

// People who are still there stay as they were. When one of the old and one of the new is left over, that one was corrected.
bib::NameList with_details(const bib::NameList& before, bib::NameList now) {
  now.affiliations = before.affiliations;
  std::vector<const bib::Contributor*> gone;
  for (const bib::Contributor& old : before.names) gone.push_back(&old);
  std::vector<bib::Contributor*> fresh;
  for (bib::Contributor& person : now.names) {
    const auto same = std::ranges::find_if(gone, [&](const bib::Contributor* old) {
      return bib::sorted_form(old->name) == bib::sorted_form(person.name) || old->name == person.name;
    });
    if (same == gone.end()) {
      fresh.push_back(&person);
      continue;
    }
    person = **same;
    gone.erase(same);
  }
  if (gone.size() == 1 && fresh.size() == 1) {
    const bib::Name corrected = fresh[0]->name;
    *fresh[0] = *gone[0];
    fresh[0]->name = corrected;
  }
  return now;
}

}  // namespace

CellReading read_cell(const Target& target, const Cell& cell) {
  CellReading out;
  if (is_failed(cell)) {
    out.doubt = {"formula-error", fmt::format("a spreadsheet shows “{}” here instead of a value", squeeze(cell.text))};
    return out;
  }
  if (target.kind == Target::Kind::type) return read_type(cell.text);
  if (target.kind == Target::Kind::field) return read_field(target.field, cell);
  out.values.emplace_back(bib::Extra{target.extra, nfc(trim(cell.text))});
  return out;
}

std::string cell_text(const bib::Work& record, const Target& target) {
  if (target.kind == Target::Kind::extra) return extra_text(record, target.extra);
  if (target.kind == Target::Kind::type)
    return record.type == bib::WorkType::unknown ? std::string() : std::string(bib::row(record.type).label);
  std::string out;
  for (const bib::Statement& s : record.all(target.field)) {
    if (!out.empty()) out += is_rich(target.field) ? kParagraphs : target.field == FieldId::url ? "\n" : "; ";
    out += value_text(target.field, s.value);
  }
  return out;
}

std::vector<bib::Value> carried_over(bib::FieldId field, std::span<const bib::Statement> before, std::vector<bib::Value> now) {
  for (bib::Value& value : now) {
    const std::string text = value_text(field, value);
    const auto same = std::ranges::find_if(
        before, [&](const bib::Statement& s) { return squeeze(value_text(field, s.value)) == squeeze(text); });
    if (same != before.end()) value = same->value;
  }
  if (before.size() != 1 || now.size() != 1 || now[0] == before[0].value) return now;
  if (const auto* rich = std::get_if<bib::RichText>(&now[0]))
    now[0] = with_marks(std::get<bib::RichText>(before[0].value), *rich);
  if (const auto* names = std::get_if<bib::NameList>(&now[0]))
    now[0] = with_details(std::get<bib::NameList>(before[0].value), *names);
  if (auto* text = std::get_if<bib::Text>(&now[0])) text->lang = std::get<bib::Text>(before[0].value).lang;
  return now;
}

}  // namespace colophon::formats
