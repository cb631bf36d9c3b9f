// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export_keys.hpp"

#include <set>

#include "app/rekey.hpp"

namespace colophon::app {
namespace {

constexpr std::size_t kBatch = 1000;

struct Wishes {
  std::vector<std::string> ids;
  std::vector<formats::KeyWish> wishes;
};

Result<Wishes> wishes_of(Library& library, const formats::KeyPattern& pattern) {
  Wishes out;
  store::Works works = library.store().works();
  for (std::uint64_t after = 0;;) {
    const std::vector<store::WorkRow> rows = works.changed_after(after, kBatch);
    TRY(library.store().db().take_status());
    if (rows.empty()) return out;
    after = rows.back().change;
    for (const store::WorkRow& row : rows) {
      if (row.state != store::WorkState::live) continue;
      TRY_ASSIGN(const bib::Work record, row.work());
      out.ids.push_back(row.short_id);
      out.wishes.push_back(
          {formats::escape_key(record.text(bib::FieldId::citation_key)), pattern.key({&record, {}}), row.short_id});
    }
  }
}

}  // namespace

Result<ExportKeys> ExportKeys::make(Library& library, const KeyChoice& choice) {
  const config::Settings& settings = library.settings();
  TRY_ASSIGN(const formats::KeyPattern pattern,
             key_pattern(choice.pattern.empty() ? settings.text("export.key_pattern") : choice.pattern));
  const std::string which = !choice.keys.empty()      ? choice.keys
                            : !choice.pattern.empty() ? "pattern"
                                                      : settings.text("export.keys");
  TRY_ASSIGN(Wishes all, wishes_of(library, pattern));
  const std::vector<std::string> keys =
      formats::assign_keys(all.wishes, which == "pattern" ? formats::Keys::pattern : formats::Keys::keep);
  ExportKeys out;
  std::set<std::string_view> given, twice;
  for (const formats::KeyWish& wish : all.wishes) {
    if (!given.insert(wish.given).second) twice.insert(wish.given);
  }
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const std::string& old = all.wishes[i].given;
    if (!old.empty() && old != keys[i] && !twice.contains(old)) out.renamed_.emplace(old, keys[i]);
    out.keys_.emplace(std::move(all.ids[i]), keys[i]);
  }
  return out;
}

std::string_view ExportKeys::of(const std::string& work_id) const {
  const auto found = keys_.find(work_id);
  return found == keys_.end() ? std::string_view() : std::string_view(found->second);
}

std::string export_key(Library& library, const bib::Work& record) {
  const std::string given = record.text(bib::FieldId::citation_key);
  if (!given.empty()) return given;
  const Result<formats::KeyPattern> pattern = key_pattern(library.settings().text("export.key_pattern"));
  const std::string made = pattern ? pattern->key({&record, {}}) : formats::citation_key(record);
  return made.empty() ? "anon" : made;
}

}  // namespace colophon::app
