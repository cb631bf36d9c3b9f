// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/conditions.hpp"

#include <algorithm>
#include <array>

namespace colophon::indexer {
namespace {

using enum bib::FieldId;

// What every reference needs; who made a web page or a dataset is often not said, but then a person should look.
bool is_incomplete(const Entry& entry) {
  const bib::Work& record = entry.record;
  return !record.has(title) || !(record.has(author) || record.has(editor)) || !record.year();
}

bool has_full_text(const Entry& entry) {
  return std::ranges::any_of(entry.passages, [](const bib::Passage& passage) {
    return passage.kind != "record" && passage.kind != "reference" && !passage.text.empty();
  });
}

constexpr std::array kConditions = {Condition{"incomplete", is_incomplete}, Condition{"full-text", has_full_text}};

}  // namespace

std::span<const Condition> conditions() { return kConditions; }

}  // namespace colophon::indexer
