// SPDX-License-Identifier: GPL-3.0-or-later
// Entries: matched by key and order, then compared.
#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "bib/identifiers.hpp"
#include "bibtex_case.hpp"
#include "bibtex_compare.hpp"

namespace colophon::score {
namespace {

using bib::FieldId;
using namespace formats;

std::string title_of(const Json& entry, Writing writing) {
  return levelled(plain_text(entry["fields"]["title"].as_string(), writing));
}

// The n-th entry of a key is the n-th draft of that key; where the source keeps no order, titles come before. Entries whose key the
// source does not give (or made itself) are matched by DOI, volume and pages, title, then by order, among what is left.
std::vector<const Draft*> match(const Case& one, const Extraction& read) {
  const Json::Array& entries = one.expect["entries"].items();
  std::vector<const Draft*> out(entries.size(), nullptr);
  std::vector<bool> used(read.drafts.size(), false);
  const auto take = [&](std::size_t entry, auto fits) {
    for (std::size_t i = 0; i < read.drafts.size() && !out[entry]; ++i) {
      if (!used[i] && fits(i)) out[entry] = &read.drafts[i], used[i] = true;
    }
  };
  const bool keyed = one.kind == "bib" || one.kind == "bbl";
  std::vector<std::string> titles, keys;  // of the drafts
  for (const Draft& draft : read.drafts) {
    titles.push_back(levelled(draft.work.text(FieldId::title)) + "\n" + levelled(draft.work.full_title()) + "\n");
    keys.push_back(nfc(draft.local_id));
  }
  const auto has_key = [&](std::size_t i, std::size_t draft) {
    const std::string& key = entries[i]["key"].as_string();
    return !key.empty() && keys[draft] == nfc(key);
  };
  std::vector<std::string> wanted;
  for (const Json& entry : entries) wanted.push_back(title_of(entry, one.writing) + "\n");
  const auto has_title = [&](std::size_t i, std::size_t draft) {
    const std::size_t at = titles[draft].find(wanted[i]);
    return wanted[i].size() > 1 && at != std::string::npos && (at == 0 || titles[draft][at - 1] == '\n');
  };
  const auto has_doi = [&](std::size_t i, std::size_t draft) {
    const Result<bib::Doi> doi = bib::Doi::parse(entries[i]["fields"]["DOI"].as_string());
    return doi && read.drafts[draft].work.text(FieldId::doi) == doi->str();
  };
  const auto has_pages = [&](std::size_t i, std::size_t draft) {
    const Json& fields = entries[i]["fields"];
    const std::string pages = dense_text(fields["pages"].as_string()), volume = dense_text(fields["volume"].as_string());
    const bib::Work& work = read.drafts[draft].work;
    return std::ranges::any_of(pages, is_ascii_digit) && dense_text(work.text(FieldId::page)) == pages &&
           dense_text(work.text(FieldId::volume)) == volume;
  };
  const auto is_open = [&](std::size_t i) { return !out[i] && (!keyed || entries[i]["key"].as_string().empty()); };
  for (std::size_t i = 0; i < entries.size() && !keyed; ++i)
    take(i, [&](std::size_t d) { return has_key(i, d) && has_title(i, d); });
  for (std::size_t i = 0; i < entries.size(); ++i) take(i, [&](std::size_t d) { return has_key(i, d); });
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (is_open(i)) take(i, [&](std::size_t d) { return has_doi(i, d) && has_title(i, d); });
    if (is_open(i)) take(i, [&](std::size_t d) { return has_doi(i, d); });
  }
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (is_open(i)) take(i, [&](std::size_t d) { return has_pages(i, d) && has_title(i, d); });
    if (is_open(i)) take(i, [&](std::size_t d) { return has_pages(i, d); });
  }
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (is_open(i)) take(i, [&](std::size_t d) { return has_title(i, d); });
  }
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (is_open(i)) take(i, [&](std::size_t d) { return !keyed || keys[d].empty(); });
  }
  return out;
}

}  // namespace

std::vector<Unit> score_entries(const Case& one) {
  std::vector<Unit> out;
  const std::string row = one.source + "/" + one.kind;
  const std::optional<Extraction> read = read_input(one);
  const Json::Array& entries = one.expect["entries"].items();
  if (entries.empty()) {
    Unit unit{one.id, row, {}, read.has_value()};
    if (read && !read->drafts.empty()) unit.differences.push_back({"entries", "none", read->drafts[0].local_id, 5});
    return {unit};
  }
  const std::vector<const Draft*> drafts = read ? match(one, *read) : std::vector<const Draft*>(entries.size(), nullptr);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    Unit unit{one.id + "#" + entries[i]["key"].as_string(), row, {}, read.has_value()};
    if (drafts[i]) compare_entry(one, entries[i], drafts[i]->work, unit);
    else unit.differences.push_back({"entry", entries[i]["fields"]["title"].as_string(), "", 5});
    out.push_back(std::move(unit));
  }
  return out;
}

void count_entries(const Case& one, const Case* second, EntryFigures& out) {
  const std::optional<Extraction> read = read_input(one);
  if (!read) return;
  const std::vector<const Draft*> drafts = match(one, *read);
  std::multimap<std::string, const Json*> others;
  const Json& theirs = (second ? *second : one).expect["entries"];
  for (const Json& entry : theirs.items()) others.emplace(entry["key"].as_string(), &entry);
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    const Json& entry = one.expect["entries"].items()[i];  // without a second source: agrees with itself
    const auto other = others.find(entry["key"].as_string());
    if (second && other == others.end()) continue;
    const Json* agreed = second ? other->second : nullptr;
    ++out.entries;
    out.found += drafts[i] != nullptr;
    const std::string title = title_of(entry, one.writing);
    if (!title.empty() && (!agreed || title_of(*agreed, second->writing) == title)) {
      ++out.titles;
      out.right_titles += drafts[i] && same_title(entry["fields"]["title"].as_string(), drafts[i]->work, one.writing);
    }
    const bib::NameList authors = names_of(entry["names"]["author"], one.writing);
    const bool listed = entry["names"].contains("author");
    if (listed && (!agreed || levelled(names_of((*agreed)["names"]["author"], second->writing)) == levelled(authors))) {
      ++out.lists;
      out.right_lists += drafts[i] && same_authors(authors, drafts[i]->work);
    }
    if (agreed) others.erase(other);
  }
}

}  // namespace colophon::score
