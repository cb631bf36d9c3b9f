// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/who.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "app/index_consumer.hpp"
#include "app/person_names.hpp"
#include "base/text.hpp"
#include "bib/identifiers.hpp"
#include "indexer/similar.hpp"

#include <fmt/format.h>

namespace colophon::app {
namespace {

using bib::FieldId;

constexpr std::size_t kRanked = 400;      // works: those behind add nothing to a mean of three
constexpr std::size_t kBest = 3;          // works a person
constexpr std::size_t kTextBytes = 8000;  // of a text without an abstract: its beginning says what it is about

std::string about(const ComparedText& text) {
  std::string out = text.record.full_title();
  for (const FieldId field : {FieldId::abstract, FieldId::keyword}) {
    for (const bib::Statement& statement : text.record.all(field)) out += "\n" + bib::plain(statement.value);
  }
  if (text.record.has(FieldId::abstract)) return out;
  for (const bib::Passage& passage : text.passages) {
    if (out.size() < kTextBytes && passage.kind != "reference") out += "\n" + passage.text;
  }
  out.resize(std::min(out.size(), kTextBytes));
  return to_valid_utf8(out);
}

struct RankedWork {
  std::string id;
  double score = 0;
  bib::Work record;
};

Result<std::vector<RankedWork>> ranked_works(Library& library, const ComparedText& text, Audience audience) {
  TRY_ASSIGN(const std::vector<indexer::SimilarWork> similar,
             with_indexes(library, [&]() -> Result<std::vector<indexer::SimilarWork>> {
               TRY_ASSIGN(indexer::SimilarWorks works,
                          indexer::SimilarWorks::open(open_folders(library, audience, indexer::Content::works)));
               return works.like(about(text), text.record.text(FieldId::language), kRanked);
             }));
  std::vector<RankedWork> out;
  for (const indexer::SimilarWork& one : similar) {
    if (one.id == text.id) continue;
    const std::optional<store::WorkRow> row = library.store().works().live(one.id);
    if (!row) continue;
    if (Result<bib::Work> record = row->work()) out.push_back({one.id, one.score, std::move(*record)});
  }
  return out;
}

const std::vector<bib::Contributor>& authors_of(const bib::Work& record) {
  static const std::vector<bib::Contributor> kNone;
  const bib::NameList* list = record.names(FieldId::author);
  return list ? list->names : kNone;
}

// --- the people of the library ------------------------------------------------------------------------------------------------

class Staff {
 public:
  Staff(Library& library, PersonNames& names) {
    const std::vector<store::Person> people = library.store().people().all();
    for (const store::Person& person : people) names.add(person.data["name"].as_string(), person.data["orcid"].as_string());
    for (const store::Person& person : people) {
      const std::string orcid = person.data["orcid"].as_string();
      keys_[person.handle] = orcid.empty() ? names.key(person.data["name"].as_string()) : orcid;
    }
  }
  /// Empty for who is nobody here.
  std::string handle(const std::string& key) const {
    const auto found = std::ranges::find(keys_, key, &std::pair<const std::string, std::string>::second);
    return found == keys_.end() ? std::string() : found->first;
  }
  std::string key(const review::PersonKey& handle) const {
    const auto found = keys_.find(handle.value);
    return found == keys_.end() ? std::string() : found->second;
  }

 private:
  std::map<std::string, std::string> keys_;  // by handle
};

// --- who cannot review -----------------------------------------------------------------------------------------------------------

// Those who take part in it.
std::set<std::string> parties(const review::Submission& submission, const Staff& staff) {
  std::set<std::string> out;
  const auto add = [&](const review::PersonKey& person) { out.insert(staff.key(person)); };
  for (const review::PersonKey& author : submission.authors) add(author);
  if (submission.editor) add(*submission.editor);
  if (const review::Round* round = review::open_round(submission)) {
    for (const review::Assignment& assignment : round->assignments) add(assignment.reviewer);
  }
  out.erase("");
  return out;
}

// Who wrote with one of them of late: every work of the library counts, also one that is nothing like the text.
Status add_coauthors(
    Library& library, const std::set<std::string>& authors, int since, const PersonNames& names, std::set<std::string>& out) {
  for (const store::WorkId id : library.store().works().all_live()) {
    const std::optional<store::WorkRow> row = library.store().works().get(id);
    if (!row) continue;
    const Result<bib::Work> record = row->work();
    if (!record || record->year().value_or(0) < since) continue;
    const auto& people = authors_of(*record);
    const bool theirs =
        std::ranges::any_of(people, [&](const bib::Contributor& one) { return authors.contains(names.key(one)); });
    for (const bib::Contributor& one : people) {
      if (theirs) out.insert(names.key(one));
    }
  }
  return library.store().db().take_status();
}

// --- ranking -----------------------------------------------------------------------------------------------------------------

void add_evidence(Expert& expert, const RankedWork& work) {
  expert.works.push_back({work.id, work.record.full_title(), work.record.year().value_or(0), work.score});
  expert.score += work.score / kBest;
}

std::vector<Expert> ranked(const std::vector<RankedWork>& works,
                           const PersonNames& names,
                           const std::set<std::string>& left_out) {
  std::map<std::string, Expert> experts;
  for (const RankedWork& work : works) {  // best first
    std::set<std::string> seen;
    for (const bib::Contributor& author : authors_of(work.record)) {
      const std::string key = names.key(author);
      if (key.empty() || left_out.contains(key) || !seen.insert(key).second) continue;
      Expert& expert = experts[key];
      const std::string name = bib::sorted_form(author.name);
      if (name.size() > expert.name.size()) expert.name = name;
      expert.key = key;
      if (bib::Orcid::parse(key)) expert.orcid = key;
      if (expert.works.size() < kBest) add_evidence(expert, work);
    }
  }
  std::vector<Expert> out;
  for (auto& [key, expert] : experts) out.push_back(std::move(expert));
  std::ranges::stable_sort(out, std::greater<>(), &Expert::score);
  return out;
}

}  // namespace

Result<std::vector<Expert>> who_knows(Library& library, const ComparedText& text, Audience audience, const WhoRequest& request) {
  TRY_ASSIGN(const std::vector<RankedWork> works, ranked_works(library, text, audience));
  PersonNames names;
  for (const RankedWork& work : works) {
    for (const bib::Contributor& author : authors_of(work.record)) names.add(author);
  }
  const Staff staff(library, names);
  std::set<std::string> left_out;
  if (text.submission) {
    left_out = parties(*text.submission, staff);
    std::set<std::string> authors;
    for (const review::PersonKey& author : text.submission->authors) authors.insert(staff.key(author));
    authors.erase("");
    TRY(add_coauthors(library, authors, year_of(library.clock().now()) - request.recent_years + 1, names, left_out));
  }
  std::vector<Expert> out = ranked(works, names, left_out);
  if (out.size() > request.limit) out.resize(request.limit);
  for (Expert& expert : out) expert.handle = staff.handle(expert.key);
  return out;
}

Json who_json(const std::vector<Expert>& people) {
  Json list = Json::array();
  for (const Expert& expert : people) {
    Json works = Json::array();
    for (const Expert::Evidence& work : expert.works)
      works.push(Json::object(
          {{"id", work.id}, {"title", work.title}, {"year", work.year ? Json(work.year) : Json()}, {"score", work.score}}));
    Json one = Json::object({{"name", expert.name}, {"score", expert.score}});
    one.set_if("orcid", expert.orcid).set_if("handle", expert.handle);
    list.push(std::move(one.set("works", std::move(works))));
  }
  return Json::object({{"v", 1}, {"people", std::move(list)}});
}

}  // namespace colophon::app
