// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/draft.hpp"

#include <algorithm>
#include <array>

namespace colophon::formats {
namespace {

constexpr std::array<std::string_view, 7> kOutcomes = {"ok",      "partial",     "no_text",  "encrypted",
                                                       "damaged", "unsupported", "too_large"};

Json draft_to_json(const Draft& draft) {
  Json out = Json::object({{"work", to_json(draft.work)}});
  out.set_if("local_id", draft.local_id);
  if (draft.key) out.set("key", draft.key->hex());
  if (draft.child) out.set("child", draft.child);
  if (draft.end) out.set("begin", draft.begin).set("end", draft.end);
  if (draft.line) out.set("line", draft.line);
  if (draft.body) out.set("body", to_json(*draft.body));
  if (!draft.reviews.empty()) out.set("reviews", bib::to_json(draft.reviews));
  return out;
}

Result<Draft> draft_from_json(const Json& json) {
  const auto number = [&](std::string_view key) {
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(json[key].as_int(), 0, UINT32_MAX));
  };
  Draft out;
  TRY_ASSIGN(out.work, bib::work_from_json(json["work"]));
  out.local_id = json["local_id"].as_string();
  if (json.contains("key")) {
    TRY_ASSIGN(out.key, Sha256::parse(json["key"].as_string()));
  }
  out.child = number("child");
  out.begin = number("begin");
  out.end = number("end");
  out.line = number("line");
  if (json.contains("body")) {
    TRY_ASSIGN(out.body, bib::document_from_json(json["body"]));
  }
  if (json.contains("reviews")) {
    TRY_ASSIGN(out.reviews, bib::peer_reviews_from_json(json["reviews"]));
  }
  return out;
}

}  // namespace

std::string_view name(Outcome outcome) { return kOutcomes[static_cast<std::size_t>(outcome)]; }

std::optional<Outcome> outcome_named(std::string_view name) {
  const auto found = std::ranges::find(kOutcomes, name);
  if (found == kOutcomes.end()) return std::nullopt;
  return static_cast<Outcome>(found - kOutcomes.begin());
}

bool holds(const Extraction& extraction, std::string_view text) {
  const auto says = [&](const auto& one) { return one.text.find(text) != std::string::npos; };
  for (const Draft& draft : extraction.drafts) {
    if (draft.body && std::ranges::any_of(bib::passages(*draft.body), says)) return true;
  }
  for (const Table& table : extraction.tables) {
    if (std::ranges::any_of(table.rows, [&](const SheetRow& row) { return std::ranges::any_of(row.cells, says); })) return true;
  }
  return false;
}

Json to_json(const Extraction& extraction) {
  Json drafts = Json::array(), tables = Json::array(), diagnostics = Json::array();
  for (const Draft& draft : extraction.drafts) drafts.push(draft_to_json(draft));
  for (const Table& table : extraction.tables) tables.push(to_json(table));
  for (const Diagnostic& d : extraction.diagnostics) diagnostics.push(to_json(d));
  return Json::object({{"outcome", name(extraction.outcome)}, {"drafts", std::move(drafts)}})
      .set_if("tables", std::move(tables))
      .set("diagnostics", std::move(diagnostics));
}

Result<Extraction> extraction_from_json(const Json& json) {
  const std::optional<Outcome> outcome = outcome_named(json["outcome"].as_string());
  if (!outcome || !json["drafts"].is_array()) return fail(Errc::invalid, "an extraction needs an outcome and drafts");
  Extraction out;
  out.outcome = *outcome;
  for (const Json& one : json["drafts"].items()) {
    TRY_ASSIGN(Draft draft, draft_from_json(one));
    out.drafts.push_back(std::move(draft));
  }
  for (const Json& one : json["tables"].items()) {
    TRY_ASSIGN(Table table, table_from_json(one));
    out.tables.push_back(std::move(table));
  }
  for (const Json& one : json["diagnostics"].items()) {
    TRY_ASSIGN(Diagnostic diagnostic, diagnostic_from_json(one));
    out.diagnostics.push_back(std::move(diagnostic));
  }
  return out;
}

}  // namespace colophon::formats
