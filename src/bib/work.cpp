// SPDX-License-Identifier: GPL-3.0-or-later
#include "bib/work.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "bib/identifiers.hpp"

#include <fmt/format.h>

namespace colophon::bib {
namespace {

template <class... Fs>
struct Overloaded : Fs... {
  using Fs::operator()...;
};
template <class... Fs>
Overloaded(Fs...) -> Overloaded<Fs...>;

template <class Id>
Result<Code> canonical(std::string_view text) {
  TRY_ASSIGN(Id id, Id::parse(text));
  return Code{id.str()};
}

// "12-24", "12--24", "12 – 24" are one range.
std::string range_text(std::string_view text) {
  std::string out = squeeze(text);
  for (const std::string_view dash : {" – ", "---", "--", "—", " - ", "-"}) {
    for (std::size_t at; (at = out.find(dash)) != std::string::npos;) out.replace(at, dash.size(), "–");
  }
  return out;
}

// "Family, Given, Suffix" or "Given Family" or "{Corporate name}".
Contributor parse_person(std::string_view text) {
  Contributor out;
  text = trim(text);
  if (text.starts_with('{') && text.ends_with('}')) return out.name.literal = text.substr(1, text.size() - 2), out;
  const std::vector<std::string_view> parts = split(text, ',');
  if (parts.size() >= 2) {
    out.name.family = trim(parts[0]);
    out.name.given = trim(parts[1]);
    if (parts.size() > 2) out.name.suffix = trim(parts[2]);
  } else if (const std::size_t blank = text.rfind(' '); blank != std::string_view::npos) {
    out.name.family = text.substr(blank + 1);
    out.name.given = trim(text.substr(0, blank));
  } else {
    out.name.family = text;
  }
  return out;
}

NameList parse_people(std::string_view text) {
  NameList out;
  for (const std::string_view one : split(text, ';')) {
    if (trim(one).empty()) continue;
    if (iequals(trim(one), "others") || iequals(trim(one), "et al.")) out.others = true;
    else out.names.push_back(parse_person(one));
  }
  return out;
}

Json name_to_json(const Contributor& person) {
  Json out = Json::object();
  const Name& n = person.name;
  out.set_if("family", n.family).set_if("given", n.given).set_if("prefix", n.prefix).set_if("dropping_prefix", n.dropping_prefix);
  out.set_if("suffix", n.suffix).set_if("literal", n.literal).set_if("orcid", person.orcid).set_if("email", person.email);
  Json roles = Json::array(), affiliations = Json::array();
  for (const std::string& role : person.roles) roles.push(role);
  for (const std::uint32_t at : person.affiliations) affiliations.push(at);
  out.set_if("roles", std::move(roles)).set_if("affiliations", std::move(affiliations));
  return out.set_if("corresponding", person.corresponding).set_if("equal_contribution", person.equal_contribution);
}

Contributor name_from_json(const Json& json) {
  const auto get = [&](std::string_view key) { return json[key].as_string(); };
  Contributor out;
  out.name = {get("family"), get("given"), get("prefix"), get("dropping_prefix"), get("suffix"), get("literal")};
  out.orcid = get("orcid");
  out.email = get("email");
  for (const Json& role : json["roles"].items()) out.roles.push_back(role.as_string());
  for (const Json& at : json["affiliations"].items()) {
    if (at.as_int() >= 0 && at.as_int() <= UINT32_MAX) out.affiliations.push_back(static_cast<std::uint32_t>(at.as_int()));
  }
  out.corresponding = json["corresponding"].as_bool();
  out.equal_contribution = json["equal_contribution"].as_bool();
  return out;
}

Json names_to_json(const NameList& list) {
  Json names = Json::array(), affiliations = Json::array();
  for (const Contributor& person : list.names) names.push(name_to_json(person));
  for (const Affiliation& a : list.affiliations) {
    affiliations.push(Json::object()
                          .set_if("text", a.text)
                          .set_if("institution", a.institution)
                          .set_if("ror", a.ror)
                          .set_if("city", a.city)
                          .set_if("country", a.country));
  }
  Json out = Json::object({{"names", std::move(names)}});
  return out.set_if("affiliations", std::move(affiliations)).set_if("others", list.others);
}

Result<NameList> names_from_json(const Json& json) {
  NameList out;
  if (!json["names"].is_array()) return fail(Errc::invalid, "a list of names must have “names”");
  for (const Json& name : json["names"].items()) out.names.push_back(name_from_json(name));
  for (const Json& a : json["affiliations"].items()) {
    const auto get = [&](std::string_view key) { return a[key].as_string(); };
    out.affiliations.push_back({get("text"), get("institution"), get("ror"), get("city"), get("country")});
  }
  for (Contributor& person : out.names)
    std::erase_if(person.affiliations, [&](std::uint32_t at) { return at >= out.affiliations.size(); });
  out.others = json["others"].as_bool();
  return out;
}

Date date_from_text(const std::string& text) {
  if (Result<Date> date = parse_edtf(text)) return *date;
  Date out;
  out.literal = text;
  return out;
}

}  // namespace

bool is_empty(const Value& value) {
  return std::visit([](const auto& v) { return is_empty(v); }, value);
}

std::string plain(const Value& value) {
  return std::visit(
      Overloaded{[](const Text& v) { return v.text; }, [](const RichText& v) { return v.plain(); },
                 [](const NameList& v) { return long_form(v); }, [](const Date& v) { return to_display(v); },
                 [](const Code& v) { return v.value; },
                 [](const Link& v) { return v.text.empty() ? v.relation + " " + v.scheme + ":" + v.target : v.text; },
                 [](const Funding& v) { return v.award.empty() ? v.funder : v.funder + ", " + v.award; },
                 [](const Extra& v) { return v.name + " = " + v.text; }},
      value);
}

std::string identity(FieldId field, const Value& value) {
  switch (row(field).kind) {
    case FieldKind::text: return fold_key(std::get<Text>(value).text);
    case FieldKind::rich: return fold_key(std::get<RichText>(value).plain());
    default: return to_json(value).canonical();
  }
}

void Work::add(FieldId field, Value value, Origin origin, std::string source) {
  add(Statement{field, std::move(value), std::move(origin), std::move(source)});
}

void Work::add(Statement&& statement) {
  const FieldId field = statement.field;
  COLOPHON_ASSERT(statement.value.index() == static_cast<std::size_t>(row(field).kind));
  if (is_empty(statement.value)) return;
  const bool many = row(field).cardinality == Cardinality::many;
  if (statements_.empty() || statements_.back().field < field || (many && statements_.back().field == field))
    return statements_.push_back(std::move(statement));
  if (!many) remove(field);
  const auto at = std::ranges::upper_bound(statements_, field, {}, &Statement::field);
  statements_.insert(at, std::move(statement));
}

void Work::clear() {
  type = WorkType::unknown;
  statements_.clear();
}

void Work::remove(FieldId field) {
  std::erase_if(statements_, [&](const Statement& s) { return s.field == field; });
}

std::span<const Statement> Work::all(FieldId field) const {
  const auto range = std::ranges::equal_range(statements_, field, {}, &Statement::field);
  return {range.begin(), range.end()};
}

std::string Work::text(FieldId field) const { return has(field) ? plain(all(field)[0].value) : std::string(); }
const NameList* Work::names(FieldId field) const { return has(field) ? std::get_if<NameList>(&all(field)[0].value) : nullptr; }
const Date* Work::date(FieldId field) const { return has(field) ? std::get_if<Date>(&all(field)[0].value) : nullptr; }
const RichText* Work::rich(FieldId field) const { return has(field) ? std::get_if<RichText>(&all(field)[0].value) : nullptr; }

std::string Work::full_title() const {
  const std::string subtitle = text(FieldId::subtitle);
  return subtitle.empty() ? text(FieldId::title) : text(FieldId::title) + ": " + subtitle;
}

std::optional<int> Work::year() const {
  const Date* issued = date(FieldId::issued);
  if (!issued || !issued->known()) return std::nullopt;
  return issued->from.year;
}

Result<Code> parse_code(FieldId field, std::string_view text) {
  switch (field) {
    case FieldId::doi: return canonical<Doi>(text);
    case FieldId::isbn: return canonical<Isbn>(text);
    case FieldId::issn: return canonical<Issn>(text);
    case FieldId::arxiv: return canonical<ArxivId>(text);
    case FieldId::pmid: return canonical<Pmid>(text);
    case FieldId::pmcid: return canonical<Pmcid>(text);
    case FieldId::handle: return canonical<Handle>(text);
    case FieldId::page:
    case FieldId::volume:
    case FieldId::issue: return Code{range_text(text)};
    case FieldId::license: {
      Result<Licence> known = Licence::parse(text);
      return Code{known ? known->str() : squeeze(text)};
    }
    default: return Code{squeeze(text)};
  }
}

Result<Value> parse_value(FieldId field, std::string_view text) {
  switch (row(field).kind) {
    case FieldKind::text: return Text{nfc(squeeze(text)), {}};
    case FieldKind::rich: return RichText(nfc(squeeze(text)));
    case FieldKind::names: return parse_people(nfc(squeeze(text)));
    case FieldKind::date: {
      TRY_ASSIGN(Date date, parse_edtf(text));
      return date;
    }
    case FieldKind::code: {
      TRY_ASSIGN(Code code, parse_code(field, text));
      return code;
    }
    case FieldKind::link: {
      const std::size_t colon = text.find(':');
      if (Result<Doi> doi = Doi::parse(text)) return Link{"related", "doi", doi->str(), {}};
      if (colon == std::string_view::npos)
        return fail(Errc::invalid, "a link needs a target", "write doi:10.1234/abc or url:https://…");
      return Link{"related", std::string(trim(text.substr(0, colon))), std::string(trim(text.substr(colon + 1))), {}};
    }
    case FieldKind::funding: return Funding{nfc(squeeze(text)), {}, {}, {}};
    case FieldKind::extra: return Extra{"note", nfc(squeeze(text))};
  }
  return fail(Errc::internal, "no such kind of field");
}

Json to_json(const Value& value) {
  return std::visit(
      Overloaded{[](const Text& v) -> Json {
                   return v.lang.empty() ? Json(v.text) : Json::object({{"text", v.text}, {"lang", v.lang}});
                 },
                 [](const RichText& v) -> Json { return to_json(v); }, [](const NameList& v) -> Json { return names_to_json(v); },
                 [](const Date& v) -> Json { return v.known() ? Json(to_edtf(v)) : Json::object({{"literal", v.literal}}); },
                 [](const Code& v) -> Json { return v.value; },
                 [](const Link& v) -> Json {
                   return Json::object()
                       .set_if("relation", v.relation)
                       .set_if("scheme", v.scheme)
                       .set_if("target", v.target)
                       .set_if("text", v.text);
                 },
                 [](const Funding& v) -> Json {
                   return Json::object()
                       .set_if("funder", v.funder)
                       .set_if("funder_id", v.funder_id)
                       .set_if("award", v.award)
                       .set_if("recipient", v.recipient);
                 },
                 [](const Extra& v) -> Json { return Json::object({{"name", v.name}, {"text", v.text}}); }},
      value);
}

Result<Value> value_from_json(FieldId field, const Json& json) {
  const auto get = [&](std::string_view key) { return json[key].as_string(); };
  const auto wrong = [&] { return fail(Errc::invalid, fmt::format("the value of “{}” has the wrong shape", name(field))); };
  const bool object = json.is_object();
  switch (row(field).kind) {
    case FieldKind::text:
      if (!json.is_string() && !object) return wrong();
      return json.is_string() ? Text{json.as_string(), {}} : Text{get("text"), get("lang")};
    case FieldKind::rich: {
      TRY_ASSIGN(RichText text, rich_text_from_json(json));
      return text;
    }
    case FieldKind::names: {
      TRY_ASSIGN(NameList list, names_from_json(json));
      return list;
    }
    case FieldKind::date:
      if (!json.is_string() && !object) return wrong();
      return json.is_string() ? date_from_text(json.as_string()) : Date{{}, {}, false, get("literal")};
    case FieldKind::code: return json.is_string() ? Result<Value>(Code{json.as_string()}) : wrong();
    case FieldKind::link:
      return object ? Result<Value>(Link{get("relation"), get("scheme"), get("target"), get("text")}) : wrong();
    case FieldKind::funding:
      return object ? Result<Value>(Funding{get("funder"), get("funder_id"), get("award"), get("recipient")}) : wrong();
    case FieldKind::extra: return object ? Result<Value>(Extra{get("name"), get("text")}) : wrong();
  }
  return wrong();
}

Json to_json(const Origin& origin) {
  Json out;
  if (origin.end) out.set("bytes", Json::array().push(origin.begin).push(origin.end));
  if (origin.line) out.set("line", origin.line);
  if (!origin.path.empty()) out.set("path", origin.path.view());
  if (origin.page) out.set("page", origin.page);
  if (origin.box != std::array<float, 4>{}) {
    Json box = Json::array();
    for (const float v : origin.box) box.push(static_cast<double>(v));
    out.set("box", std::move(box));
  }
  return out;
}

Origin origin_from_json(const Json& json) {
  const auto number = [](const Json& v) {
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(v.as_int(), 0, UINT32_MAX));
  };
  Origin out;
  if (json["bytes"].size() == 2) out.begin = number(json["bytes"].items()[0]), out.end = number(json["bytes"].items()[1]);
  out.line = number(json["line"]);
  out.path = json["path"].as_string();
  out.page = number(json["page"]);
  if (json["box"].size() == 4) {
    for (std::size_t i = 0; i < 4; ++i) out.box[i] = static_cast<float>(json["box"].items()[i].as_double());
  }
  return out;
}

Json to_json(const Work& work) {
  Json list = Json::array();
  for (const Statement& s : work.statements()) {
    Json one = Json::object({{"field", name(s.field)}, {"value", to_json(s.value)}});
    list.push(std::move(one.set_if("at", to_json(s.origin)).set_if("source", s.source)));
  }
  return Json::object({{"type", name(work.type)}, {"fields", std::move(list)}});
}

Result<Work> work_from_json(const Json& json) {
  Work out;
  const std::optional<WorkType> type = work_type_named(json["type"].as_string());
  if (!type || !json["fields"].is_array()) return fail(Errc::invalid, "a work needs a known “type” and “fields”");
  out.type = *type;
  for (const Json& one : json["fields"].items()) {
    const std::optional<FieldId> field = field_named(one["field"].as_string());
    if (!field) return fail(Errc::invalid, fmt::format("“{}” is no field", printable(one["field"].as_string())));
    TRY_ASSIGN(Value value, value_from_json(*field, one["value"]));
    out.add(*field, std::move(value), origin_from_json(one["at"]), one["source"].as_string());
  }
  return out;
}

}  // namespace colophon::bib
