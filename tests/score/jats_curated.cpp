// SPDX-License-Identifier: GPL-3.0-or-later
#include "score/jats_curated.hpp"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "bib/identifiers.hpp"

namespace colophon::score {
namespace {

using bib::FieldId;

bool holds(const std::string& one, const std::string& other) {
  return one == other || (!other.empty() && one.find(other) != std::string::npos);
}

std::string name_of(const Json& name) {
  const std::string& collab = name["collab"].as_string();
  return collab.empty() || !name["surname"].as_string().empty()
             ? dense(name["surname"].as_string()) + "|" + dense(name["given_name"].as_string())
             : dense(collab);
}

std::string name_of(const bib::Name& name) {
  return name.literal.empty() ? dense(name.prefix + name.family) + "|" + dense(name.given) : dense(name.literal);
}

// All that the record says must be among the author's; ours may print more (a label, an address).
void affiliations(const Json& author, const bib::NameList& list, const bib::Contributor& ours, const Note& note) {
  std::string got;
  for (const std::uint32_t at : ours.affiliations) got += list.affiliations[at].text + "; ";
  const std::string seen = dense(got);
  for (const Json& one : author["affiliation"].items()) {
    const std::string& raw = one["affPubRaw"].as_string();
    if (!raw.empty()) note("curated.affiliations", holds(seen, dense(raw)) || holds(dense(raw), seen), raw, got);
  }
}

// Ours of that name, with its list: the first, the second … of those that have it, for a large collaboration has many a Wang, X. The
// record has a collaboration's members among the authors; ours has them as contributors. The order of authors is the figure "authors".
class Ours {
 public:
  explicit Ours(const bib::Work& work) : work_(work) {}
  std::pair<const bib::NameList*, const bib::Contributor*> of(const std::string& name) {
    std::size_t before = seen_[name]++;
    std::pair<const bib::NameList*, const bib::Contributor*> last;
    for (const FieldId field : {FieldId::author, FieldId::contributor}) {
      const bib::NameList* list = work_.names(field);
      if (!list) continue;
      for (const bib::Contributor& one : list->names) {
        if (name_of(one.name) != name) continue;
        last = {list, &one};
        if (before-- == 0) return last;
      }
    }
    return last;
  }

 private:
  const bib::Work& work_;
  std::map<std::string, std::size_t> seen_;
};

void authors(const Json& record, const bib::Work& work, const Note& note) {
  static const bib::NameList kNobody;
  static const bib::Contributor kNone;
  Ours all(work);
  for (const Json& author : record["authors"].items()) {
    const std::string name = name_of(author["name"]);
    if (name == "|") continue;  // the record's own gap
    const auto [list, found] = all.of(name);
    const bib::Contributor& ours = found ? *found : kNone;
    note("curated.authors", found != nullptr, name, name_of(ours.name));
    affiliations(author, list ? *list : kNobody, ours, note);
    if (const auto orcid = bib::Orcid::parse(author["attrib"]["orcid"].as_string()))
      note("curated.orcid", orcid->str() == ours.orcid, orcid->str(), ours.orcid);
  }
}

// The text of the first element of that name in a piece of XML.
std::string element_text(std::string_view xml, std::string_view name) {
  const std::size_t tag = xml.find("<" + std::string(name));
  if (tag == std::string_view::npos) return {};
  const std::size_t begin = xml.find('>', tag);
  const std::size_t end = xml.find("</" + std::string(name), tag);
  return begin < end && end != std::string_view::npos ? std::string(xml.substr(begin + 1, end - begin - 1)) : std::string();
}

// Some records part what stands in one <ref>, others do not: ours is looked for among all.
void references(const Json& record, const bib::Work& work, const Note& note) {
  std::vector<std::string> ours;
  for (const bib::Statement& s : work.all(FieldId::reference)) ours.push_back(dense(std::get<bib::Link>(s.value).text));
  for (const Json& one : record["references"].items()) {
    const std::string &xml = one.as_string(), surname = dense(element_text(xml, "surname")),
                      year = dense(element_text(xml, "year"));
    const auto is_it = [&](const std::string& text) {
      return (surname.empty() || holds(text, surname)) && (year.empty() || holds(text, year));
    };
    note("curated.references", std::ranges::any_of(ours, is_it), xml, "");
  }
}

// Some records have the funder's id where its name should be.
void funding(const Json& record, const bib::Work& work, const Note& note) {
  for (const Json& grant : record["funding"].items()) {
    const std::string funder = dense(grant["agencyname"].as_string()), award = dense(grant["awardnumber"].as_string());
    const Result<bib::Doi> id = bib::Doi::parse(trim(grant["agencyname"].as_string()));
    const auto is_it = [&](const bib::Statement& s) {
      const auto& ours = std::get<bib::Funding>(s.value);
      const bool same = funder.empty() || dense(ours.funder) == funder || (id && id->str() == ours.funder_id);
      return same && (award.empty() || dense(ours.award) == award);
    };
    std::string got;
    for (const bib::Statement& s : work.all(FieldId::funding)) got += plain(s.value) + "; ";
    note("curated.funding", std::ranges::any_of(work.all(FieldId::funding), is_it),
         grant["agencyname"].as_string() + ", " + grant["awardnumber"].as_string(), got);
  }
}

}  // namespace

void compare_curated(const Json& record, const bib::Work& work, const Note& note) {
  authors(record, work, note);
  references(record, work, note);
  funding(record, work, note);
}

}  // namespace colophon::score
