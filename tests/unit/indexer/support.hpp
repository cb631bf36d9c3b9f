// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "bib/work.hpp"
#include "indexer/bulk.hpp"
#include "indexer/entry.hpp"
#include "indexer/searcher.hpp"
#include "indexer/writer.hpp"

/// Short ways to make works, entries and searches in the tests of the index.
namespace colophon::indexer::test {

inline bib::NameList people(std::initializer_list<std::pair<std::string, std::string>> names) {
  bib::NameList out;
  for (const auto& [family, given] : names) {
    bib::Contributor one;
    one.name.family = family;
    one.name.given = given;
    out.names.push_back(one);
  }
  return out;
}

inline EntryData work(std::string id, std::string title, int year = 2020, std::string abstract = {}) {
  EntryData out;
  out.id = std::move(id);
  out.record.type = bib::WorkType::report;
  out.record.add(bib::FieldId::title, bib::RichText(std::move(title)));
  if (year) out.record.add(bib::FieldId::issued, bib::year_date(year));
  if (!abstract.empty()) out.record.add(bib::FieldId::abstract, bib::RichText(std::move(abstract)));
  return out;
}

inline bib::Passage page(std::uint32_t number, std::string text, std::string lang = "en") {
  return {number, "", "page", std::move(lang), std::move(text)};
}
inline bib::Passage section(std::string heading, std::string text, std::string kind = "section") {
  return {0, std::move(heading), std::move(kind), "en", std::move(text)};
}

// Other texts than the one that is asked for are left out.
inline HitPassages source_of(const std::vector<EntryData>& works) {
  return [&works](std::string_view id, std::size_t text_of) {
    const auto found = std::ranges::find(works, id, &EntryData::id);
    std::vector<bib::Passage> out = found == works.end() ? std::vector<bib::Passage>{} : found->passages;
    for (std::size_t i = 0; i < out.size(); ++i) {
      if (i != text_of) out[i].text.clear();
    }
    return out;
  };
}

inline std::string marked(const std::vector<SnippetPart>& parts) {
  std::string out;
  for (const SnippetPart& part : parts) out += part.marked ? "[" + part.text + "]" : part.text;
  return out;
}

inline std::vector<std::string> ids(const ResultPage& page) {
  std::vector<std::string> out;
  for (const Hit& hit : page.hits) out.push_back(hit.id);
  return out;
}

/// Each of so many shares gets every such work in turn. `works` must outlive it.
inline StreamFactory stream_of(const std::vector<EntryData>& works) {
  return [&works](std::size_t share, std::size_t shares) -> Result<Stream> {
    return Stream([&works, shares, at = share](EntryData& out) mutable -> Result<bool> {
      if (at >= works.size()) return false;
      out = works[at];
      at += shares;
      return true;
    });
  };
}

}  // namespace colophon::indexer::test
