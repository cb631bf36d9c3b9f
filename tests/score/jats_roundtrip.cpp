// SPDX-License-Identifier: GPL-3.0-or-later
// Writes every article of the JATS set anew, reads that, and says which fields differ: parse(write(x)) = x. Further fields are compared
// as a set, for their order says nothing. What is written is held against the DTDs of the set, each version and tag set.
#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/io.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "formats/jats/writer.hpp"
#include "formats_xml/jats_reader.hpp"
#include "formats_xml/prepass.hpp"
#include "support/dtd.hpp"

#include <fmt/format.h>

namespace colophon::score {

Json score_jats_roundtrip(const std::filesystem::path& set);

namespace {

using bib::FieldId;
using formats::Draft;

// The values of a field as text; those of further fields sorted.
std::vector<std::string> values_of(const bib::Work& work, FieldId field) {
  std::vector<std::string> out;
  for (const bib::Statement& s : work.all(field)) out.push_back(bib::to_json(s.value).dump());
  if (field == FieldId::extra) std::ranges::sort(out);
  return out;
}

// Sections as lines, so that the first that differ can be shown.
void lines_of(const bib::Section& section, std::size_t depth, std::vector<std::pair<std::string, std::string>>& out) {
  out.emplace_back("section", fmt::format("{} {} {} {} {} {}", depth, section.kind, section.id, section.label,
                                          bib::to_json(section.heading).dump(), section.lang));
  static constexpr std::string_view kKinds[] = {"paragraph", "list_item", "quote", "figure",   "table",
                                                "formula",   "footnote",  "code",  "reference"};
  for (const bib::Block& block : section.blocks) {
    Json rows = Json::array();
    for (const auto& row : block.rows) {
      Json cells = Json::array();
      for (const bib::Cell& cell : row)
        cells.push(
            Json::object({{"text", bib::to_json(cell)}, {"heads", cell.heads}, {"columns", cell.columns}, {"rows", cell.rows}}));
      rows.push(std::move(cells));
    }
    out.emplace_back(kKinds[static_cast<std::size_t>(block.kind)],
                     fmt::format("{} | {} | {} | {} | {} | {} | {} | {}", block.id, block.label, block.style, block.depth,
                                 bib::to_json(block.text).dump(), block.alt, block.source, rows.dump()));
  }
  for (const bib::Section& inner : section.sections) lines_of(inner, depth + 1, out);
}

struct Target {
  std::string_view name, dtd;
  formats::jats::Style style;
};
using formats::jats::TagSet;
using formats::jats::Version;
constexpr Target kTargets[] = {
    {"archiving-1.3", "1.3/JATS-archivearticle1-3-mathml3.dtd", {Version::v1_3, TagSet::archiving}},
    {"archiving-1.4", "1.4/JATS-archivearticle1-4-mathml3.dtd", {Version::v1_4, TagSet::archiving}},
    {"publishing-1.3", "1.3/JATS-journalpublishing1-3-mathml3.dtd", {Version::v1_3, TagSet::publishing}},
    {"publishing-1.4", "1.4/JATS-journalpublishing1-4-mathml3.dtd", {Version::v1_4, TagSet::publishing}},
};

class RoundTrip {
 public:
  explicit RoundTrip(const std::filesystem::path& schema) {
    for (const Target& target : kTargets) dtds_.emplace_back(schema / target.dtd);
  }

  void validate(const std::string& id, const Draft& draft) {
    for (std::size_t i = 0; i < dtds_.size(); ++i) {
      if (!dtds_[i].ok()) continue;
      const formats::JatsFile file = formats::write_jats(draft.work, draft.body ? &*draft.body : nullptr, kTargets[i].style);
      const std::string faults = dtds_[i].faults_of(file.xml);
      const std::string name = fmt::format("invalid.{}", kTargets[i].name);
      counts_.try_emplace(name, 0);
      if (!faults.empty()) differs(id, name, "", faults.substr(0, 300));
    }
  }

  void take(const std::string& id, const Draft& draft) {
    ++drafts_;
    validate(id, draft);
    const formats::JatsFile file = formats::write_jats(draft.work, draft.body ? &*draft.body : nullptr);
    const formats::Extraction again = formats_xml::read_jats(file.xml);
    if (again.drafts.size() != 1)
      return differs(id, "unread", std::to_string(draft.line), again.diagnostics.empty() ? "" : again.diagnostics.back().message);
    const bib::Work& work = again.drafts[0].work;
    bool same = true;
    if (draft.work.type != work.type) same = false, differs(id, "type", bib::name(draft.work.type), bib::name(work.type));
    for (const bib::FieldRow& row : bib::fields()) {
      const std::vector<std::string> want = values_of(draft.work, row.id), got = values_of(work, row.id);
      if (want == got) continue;
      same = false;
      const auto at = std::ranges::mismatch(want, got);
      differs(id, row.name, at.in1 == want.end() ? "" : *at.in1, at.in2 == got.end() ? "" : *at.in2);
    }
    same = same_body(id, draft.body.value_or(bib::Document{}), again.drafts[0].body.value_or(bib::Document{})) && same;
    if (same) ++same_;
  }

  Json result() const {
    Json figures = Json::object(
        {{"drafts", drafts_}, {"same", drafts_ ? 100.0 * static_cast<double>(same_) / static_cast<double>(drafts_) : 0}});
    for (const auto& [name, count] : counts_) figures.set(name.starts_with("invalid") ? name : "differs." + name, count);
    return Json::object({{"set", "jats-roundtrip"}, {"n", drafts_}, {"figures", std::move(figures)}, {"misses", misses_}});
  }

 private:
  // The first place where two texts part, with some words before it.
  static std::string around(std::string_view text, std::size_t at) {
    std::size_t begin = at > 40 ? at - 40 : 0;
    while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) --begin;
    return ellipsis(text.substr(begin), 150);
  }

  void differs(const std::string& id, std::string_view field, std::string_view want, std::string_view got) {
    if (++counts_[std::string(field)] > 40) return;
    const auto at = static_cast<std::size_t>(std::ranges::mismatch(want, got).in1 - want.begin());
    misses_.push(Json::object({{"id", id},
                               {"field", field},
                               {"expected", around(want, at)},
                               {"got", around(got, field.starts_with("invalid") ? 0 : std::min(at, got.size()))}}));
  }

  bool same_body(const std::string& id, const bib::Document& want, const bib::Document& got) {
    if (want == got) return true;
    if (want.lang != got.lang) differs(id, "body.lang", want.lang, got.lang);
    std::vector<std::pair<std::string, std::string>> a, b;
    for (const bib::Section& section : want.sections) lines_of(section, 0, a);
    for (const bib::Section& section : got.sections) lines_of(section, 0, b);
    const auto at = std::ranges::mismatch(a, b);
    const std::string kind = at.in1 != a.end() ? at.in1->first : at.in2 != b.end() ? at.in2->first : "nothing";
    const std::string got_kind = at.in2 != b.end() ? at.in2->first : "nothing";
    differs(id, "body." + kind + (got_kind == kind ? "" : "." + got_kind), at.in1 == a.end() ? "" : at.in1->second,
            at.in2 == b.end() ? "" : at.in2->second);
    return false;
  }

  std::vector<testing::Dtd> dtds_;
  std::size_t drafts_ = 0, same_ = 0;
  std::map<std::string, std::size_t> counts_;
  Json misses_ = Json::array();
};

}  // namespace

Json score_jats_roundtrip(const std::filesystem::path& set) {
  formats_xml::init_xml();
  std::vector<std::filesystem::path> paths{set / "kitchen-sink.xml"};
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(set / "files", none)) paths.push_back(entry.path());
  std::ranges::sort(paths);
  RoundTrip trip(set / "jats-dtds" / "schema");
  for (const auto& path : paths) {
    const Result<std::string> bytes = read_file(path);
    if (!bytes) continue;
    for (const Draft& draft : formats_xml::read_jats(*bytes).drafts) trip.take(path.stem().string(), draft);
  }
  return trip.result();
}

}  // namespace colophon::score
