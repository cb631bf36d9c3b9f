// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/csl_json.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.hpp"
#include "bib/identifiers.hpp"
#include "formats/dates.hpp"
#include "formats/markup.hpp"

namespace colophon::formats {
namespace {

using bib::FieldId;
using bib::FieldKind;
using bib::WorkType;

constexpr std::string_view kOurs = "colophon:";
constexpr std::string_view kTheirs = "csl:";

// --- names and dates -------------------------------------------------------------------------------------------------------

struct NamePart {
  std::string_view csl;
  std::string bib::Name::* member;
};
constexpr std::array kNameParts = {NamePart{"family", &bib::Name::family},
                                   NamePart{"given", &bib::Name::given},
                                   NamePart{"non-dropping-particle", &bib::Name::prefix},
                                   NamePart{"dropping-particle", &bib::Name::dropping_prefix},
                                   NamePart{"suffix", &bib::Name::suffix},
                                   NamePart{"literal", &bib::Name::literal}};

Json names_to_csl(const bib::NameList& list) {
  Json out = Json::array();
  for (const bib::Contributor& person : list.names) {
    Json one = Json::object();
    for (const NamePart& part : kNameParts) one.set_if(std::string(part.csl), person.name.*part.member);
    if (!person.orcid.empty()) one.set("ORCID", "https://orcid.org/" + person.orcid);
    out.push(std::move(one));
  }
  if (list.others) out.push(Json::object({{"literal", "others"}}));
  return out;
}

bib::NameList names_from_csl(const Json& json) {
  bib::NameList out;
  for (const Json& one : json.items()) {
    bib::Contributor person;
    for (const NamePart& part : kNameParts) person.name.*part.member = nfc(squeeze(one[part.csl].as_string()));
    if (person.name.empty()) person.name.literal = nfc(squeeze(one["name"].as_string()));
    if (const Result<bib::Orcid> orcid = bib::Orcid::parse(one["ORCID"].as_string())) person.orcid = orcid->str();
    if (person.name.literal == "others" || person.name.literal == "et al.") out.others = true;
    else if (!person.name.empty()) out.names.push_back(std::move(person));
  }
  return out;
}

Json parts_of(const bib::PartialDate& date) {
  Json out = Json::array();
  out.push(date.year);
  if (date.month >= 1 && date.month <= 12) out.push(date.month);
  if (date.day) out.push(date.day);
  return out;
}

Json date_to_csl(const bib::Date& date) {
  if (!date.known()) return Json::object({{"literal", date.literal}});
  Json parts = Json::array();
  parts.push(parts_of(date.from));
  if (date.to) parts.push(parts_of(*date.to));
  if (date.open_end) parts.push(Json::array().push(0));
  Json out = Json::object({{"date-parts", std::move(parts)}});
  if (date.from.month > 20) out.set("season", date.from.month - 20);
  out.set_if("circa", date.from.approximate || date.from.uncertain);
  return out;
}

int number_of(const Json& json) {
  if (json.is_number())
    return static_cast<int>(
        std::clamp<std::int64_t>(json.is_int() ? json.as_int() : static_cast<std::int64_t>(json.as_double()), -9999, 9999));
  int out = 0;
  const std::string& text = json.as_string();
  std::from_chars(text.data(), text.data() + text.size(), out);
  return std::clamp(out, -9999, 9999);
}

bib::PartialDate part_of(const Json& json) {
  bib::PartialDate out;
  const Json::Array& parts = json.items();
  if (!parts.empty()) out.year = number_of(parts[0]);
  if (parts.size() > 1) out.month = number_of(parts[1]);
  if (parts.size() > 2) out.day = number_of(parts[2]);
  return out;
}

bib::Date date_from_csl(const Json& json) {
  bib::Date out;
  const std::string& words = json.is_string()           ? json.as_string()
                             : json.contains("literal") ? json["literal"].as_string()
                                                        : json["raw"].as_string();
  const Json::Array& parts = json["date-parts"].items();
  if (parts.empty() || parts[0].size() == 0) {
    if (Result<bib::Date> read = bib::parse_edtf(words)) return *read;
    if (json.contains("raw")) return read_date(words).value_or(out);
    out.literal = squeeze(words);
    return out;
  }
  out.from = part_of(parts[0]);
  const int season = json.contains("season") ? number_of(json["season"]) : 0;
  if (out.from.month == 0 && season >= 1 && season <= 4) out.from.month = 20 + season;
  else if (out.from.month == 0 && !season) (void)add_to_year(json["season"].as_string(), out);
  out.from.approximate = json["circa"].as_bool() || number_of(json["circa"]) > 0;
  if (parts.size() > 1 && number_of(parts[1].items().empty() ? Json(0) : parts[1].items()[0]) == 0) out.open_end = true;
  else if (parts.size() > 1) out.to = part_of(parts[1]);
  if (Result<bib::Date> read = bib::parse_edtf(bib::to_edtf(out))) return *read;
  return bib::year_date(out.from.year);
}

// --- one variable ------------------------------------------------------------------------------------------------------------

std::string text_of(const bib::Value& value) {
  const auto* rich = std::get_if<bib::RichText>(&value);
  return rich ? tagged(*rich) : bib::plain(value);
}

// Variables that hold one identifier; others join their values.
bool takes_one(FieldId field) {
  static constexpr std::array kSingle = {FieldId::doi, FieldId::pmid,     FieldId::pmcid,
                                         FieldId::url, FieldId::language, FieldId::abstract};
  return std::ranges::find(kSingle, field) != kSingle.end();
}

std::string joined(FieldId field, std::span<const bib::Statement> all) {
  const std::string_view separator = field == FieldId::keyword                          ? ", "
                                     : field == FieldId::isbn || field == FieldId::issn ? " "
                                                                                        : "; ";
  std::string out;
  for (const bib::Statement& s : takes_one(field) ? all.first(1) : all) {
    if (!out.empty()) out += separator;
    out += text_of(s.value);
  }
  return out;
}

Json variable_of(FieldId field, std::span<const bib::Statement> all) {
  if (const auto* names = std::get_if<bib::NameList>(&all[0].value)) return names_to_csl(*names);
  if (const auto* date = std::get_if<bib::Date>(&all[0].value)) return date_to_csl(*date);
  return joined(field, all);
}

Json values_of(std::span<const bib::Statement> all) {
  Json out = Json::array();
  for (const bib::Statement& s : all) out.push(bib::to_json(s.value));
  return out;
}

std::string title_of(const bib::Work& work) {
  const bib::RichText* subtitle = work.rich(FieldId::subtitle);
  const std::string title = work.has(FieldId::title) ? tagged(*work.rich(FieldId::title)) : std::string();
  return subtitle ? (title.empty() ? "" : title + ": ") + tagged(*subtitle) : title;
}

// The value of one variable, split where the field has many values.
void read_text(FieldId field, const std::string& text, bib::Work& out) {
  const FieldKind kind = bib::row(field).kind;
  std::vector<std::string_view> parts = {text};
  if (field == FieldId::keyword) parts = split(text, text.find(';') != std::string::npos ? ';' : ',');
  if (field == FieldId::isbn || field == FieldId::issn) parts = split(text, ' ');
  for (const std::string_view part : parts) {
    const std::string one = nfc(squeeze(part));
    if (one.empty()) continue;
    if (kind == FieldKind::rich) {
      out.add(field, untagged(one));
    } else if (kind == FieldKind::text) {
      out.add(field, bib::Text{one, {}});
    } else if (kind == FieldKind::link) {
      out.add(field, bib::Link{"references", {}, {}, one});
    } else if (const Result<bib::Code> code =
                   bib::parse_code(field, one.size() > 2000 ? std::string_view() : std::string_view(one));
               code && !code->value.empty()) {
      out.add(field, *code);
    } else {
      out.add(FieldId::extra, bib::Extra{"csl:" + std::string(bib::row(field).csl), one});
    }
  }
}

void read_variable(FieldId field, const Json& value, bib::Work& out) {
  switch (bib::row(field).kind) {
    case FieldKind::names: return out.add(field, names_from_csl(value));
    case FieldKind::date: return out.add(field, date_from_csl(value));
    default: break;
  }
  if (value.is_number()) return read_text(field, value.dump(), out);
  for (const Json& one : value.items()) read_text(field, one.as_string(), out);  // Crossref has lists of titles
  read_text(field, value.as_string(), out);
}

// Whether the variable alone says all that the field says.
bool reads_back(FieldId field, const Json& variable, std::span<const bib::Statement> all) {
  bib::Work probe;
  read_variable(field, variable, probe);
  return std::ranges::equal(probe.all(field), all, {}, &bib::Statement::value, &bib::Statement::value);
}

// Our own fields; they replace what the variables gave, since they are exact.
void read_ours(const Json& custom, bib::Work& out) {
  for (const auto& [name, values] : custom.members()) {
    if (!name.starts_with(kOurs)) continue;
    const std::string_view ours = std::string_view(name).substr(kOurs.size());
    const std::optional<FieldId> field = bib::field_named(ours);
    if (ours == "type") out.type = bib::work_type_named(values.as_string()).value_or(out.type);
    if (!field) continue;
    out.remove(*field);
    for (const Json& value : values.items()) {
      if (Result<bib::Value> read = bib::value_from_json(*field, value)) out.add(*field, std::move(*read));
    }
  }
}

std::optional<FieldId> field_of(std::string_view variable) {
  struct Alias {
    std::string_view csl;
    FieldId field;
  };
  static constexpr std::array kAliases = {Alias{"event", FieldId::event_title},
                                          Alias{"journalAbbreviation", FieldId::container_short},
                                          Alias{"shortTitle", FieldId::short_title}};
  for (const bib::FieldRow& row : bib::fields()) {
    if (row.csl == variable && !variable.empty()) return row.id;
  }
  const auto alias = std::ranges::find(kAliases, variable, &Alias::csl);
  if (alias == kAliases.end()) return std::nullopt;
  return alias->field;
}

// What CSL has and we have no field for: as text where it is text, else as JSON.
void keep(const std::string& variable, const Json& value, bib::Work& out) {
  const std::string text = value.is_string() ? value.as_string() : value.dump();
  if (!value.is_null()) out.add(FieldId::extra, bib::Extra{std::string(kTheirs) + variable, text});
}

// A type of CSL that ours would be written otherwise than.
void keep_type(const Json& item, bib::Work& out) {
  const std::string& type = item["type"].as_string();
  if (!type.empty() && bib::row(bib::work_type_of_csl(type)).csl != type) keep("type", item["type"], out);
}

void keep_custom(const Json& custom, bib::Work& out) {
  Json theirs = Json::object();
  for (const auto& [name, value] : custom.members()) {
    if (!name.starts_with(kOurs)) theirs.set(name, value);
  }
  if (theirs.size() > 0) keep("custom", theirs, out);
}

// Puts back what keep() kept. A type counts as long as it means ours.
void restore(const bib::Work& work, Json& out, Json& custom) {
  for (const bib::Statement& s : work.all(FieldId::extra)) {
    const auto& extra = std::get<bib::Extra>(s.value);
    if (!extra.name.starts_with(kTheirs)) continue;
    const std::string variable = extra.name.substr(kTheirs.size());
    const bool structured = extra.text.starts_with('{') || extra.text.starts_with('[');
    const Result<Json> json = structured ? Json::parse(extra.text) : Result<Json>(Json(extra.text));
    if (variable == "custom" && json) {
      for (const auto& [name, value] : json->members()) custom.set(name, value);
    } else if (variable == "type") {
      if (bib::work_type_of_csl(extra.text) == work.type) out.set("type", extra.text);
    } else if (!out.contains(variable)) {
      out.set(variable, json ? *json : Json(extra.text));
    }
  }
}

// Of the further fields, those that restore() does not put back where they were.
bool is_restored(const bib::Work& work, const Json& item) {
  bib::Work probe;
  for (const auto& [variable, value] : item.members()) {
    if (variable != "id" && variable != "type" && variable != "custom" && !field_of(variable)) keep(variable, value, probe);
  }
  keep_type(item, probe);
  keep_custom(item["custom"], probe);
  return std::ranges::equal(probe.all(FieldId::extra), work.all(FieldId::extra), {}, &bib::Statement::value,
                            &bib::Statement::value);
}

}  // namespace

Json to_csl(const bib::Work& work, std::string_view id) {
  Json out = Json::object({{"id", id}, {"type", bib::row(work.type).csl}});
  Json custom = Json::object();
  if (bib::work_type_of_csl(bib::row(work.type).csl) != work.type) custom.set(std::string(kOurs) + "type", bib::name(work.type));
  for (const bib::FieldRow& row : bib::fields()) {
    const std::span<const bib::Statement> all = work.all(row.id);
    if (all.empty() || row.id == FieldId::extra) continue;
    const Json variable = row.csl.empty() ? Json() : variable_of(row.id, all);
    if (!row.csl.empty()) out.set(std::string(row.csl), variable);
    if (row.csl.empty() || !reads_back(row.id, variable, all))
      custom.set(std::string(kOurs) + std::string(row.name), values_of(all));
  }
  if (work.has(FieldId::subtitle)) {
    out.set("title", title_of(work));
    custom.set(std::string(kOurs) + "title", values_of(work.all(FieldId::title)));
    if (work.has(FieldId::title) && !work.has(FieldId::short_title)) {  // as styles shorten it in later notes
      out.set("title-short", tagged(*work.rich(FieldId::title)));
      custom.set(std::string(kOurs) + "short_title", Json::array());
    }
  }
  restore(work, out, custom);
  if (!is_restored(work, Json(out).set("custom", custom)))
    custom.set(std::string(kOurs) + "extra", values_of(work.all(FieldId::extra)));
  if (custom.size() > 0) out.set("custom", std::move(custom));
  return out;
}

Result<bib::Work> from_csl(const Json& item) {
  if (!item.is_object()) return fail(Errc::invalid, "a CSL item must be an object", "a CSL-JSON file is a list of objects");
  bib::Work out;
  out.type = item.contains("type") ? bib::work_type_of_csl(item["type"].as_string()) : WorkType::unknown;
  for (const auto& [variable, value] : item.members()) {
    if (variable == "id" || variable == "type" || variable == "custom") continue;
    const std::optional<FieldId> field = field_of(variable);
    if (field && item["custom"].contains(std::string(kOurs) + std::string(bib::name(*field)))) continue;  // exact there
    field ? read_variable(*field, value, out) : keep(variable, value, out);
  }
  keep_type(item, out);
  keep_custom(item["custom"], out);
  read_ours(item["custom"], out);
  return out;
}

}  // namespace colophon::formats
