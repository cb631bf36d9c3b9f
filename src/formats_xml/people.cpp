// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/text.hpp"
#include "bib/identifiers.hpp"
#include "formats_xml/builder.hpp"

// Contributors, their names and affiliations.
namespace colophon::formats_xml {
namespace {

constexpr std::size_t kMaxLinks = 200'000;  // of people to affiliations, in all
constexpr std::size_t kMaxTargets = 4000;   // bytes of what one points to

// How a contrib-type or a role names a list; matched as a part of the word, the first row wins.
struct ListRow {
  std::string_view word;
  FieldId list;
};
constexpr ListRow kLists[] = {
    {"non-byline", FieldId::contributor}, {"collab-member", FieldId::contributor}, {"author", FieldId::author},
    {"collab", FieldId::author},          {"translator", FieldId::translator},     {"editor", FieldId::editor},
    {"editeur", FieldId::editor},
};

std::optional<FieldId> list_named(std::string_view word) {
  for (const ListRow& row : kLists) {
    if (!word.empty() && word.find(row.word) != std::string_view::npos) return row.list;
  }
  return std::nullopt;
}

// Of an attribute with ids.
template <class Visit>
void each_id(std::string_view ids, Visit visit) {
  for (ids = trim(ids); !ids.empty(); ids = trim(ids)) {
    const std::size_t end = std::min(ids.find(' '), ids.size());
    visit(trim(ids.substr(0, end)));
    ids.remove_prefix(end);
  }
}

// "Dr.", "Prof" are no part of a name; "van", "de la" are.
bool is_particle(std::string_view prefix) {
  return !prefix.empty() && prefix[0] >= 'a' && prefix[0] <= 'z' && prefix.find('.') == std::string_view::npos;
}

// Of names most begin and end with a letter, so that one look at either end is all.
std::string_view without_edges(std::string_view text) {
  static constexpr std::string_view kNoBreak = "\u00a0";
  const auto edge = [](char c) { return is_blank(c) || c == ',' || c == ';'; };
  const auto before = [&](char c) {
    return edge(c) || c == '.' ? 1U : c == kNoBreak.front() && text.starts_with(kNoBreak) ? kNoBreak.size() : 0U;
  };
  const auto behind = [&](char c) {
    return edge(c) ? 1U : c == kNoBreak.back() && text.ends_with(kNoBreak) ? kNoBreak.size() : 0U;
  };
  for (std::size_t size = 0; !text.empty() && (size = before(text.front())) > 0;) text.remove_prefix(size);
  for (std::size_t size = 0; !text.empty() && (size = behind(text.back())) > 0;) text.remove_suffix(size);
  return text;
}

void add_word(std::string& out, std::string_view text) {
  if (!out.empty()) out += ' ';
  out += text;
}

void clear(bib::Name& name) {
  for (std::string* part : {&name.family, &name.given, &name.prefix, &name.dropping_prefix, &name.suffix, &name.literal})
    part->clear();
}

}  // namespace

void JatsBuilder::open_group(const XmlAttributes&) {
  if (people_.empty()) ++article().group;
}

void JatsBuilder::close_group() {}

void JatsBuilder::open_contrib(const XmlAttributes& attributes) {
  const bool member = !people_.empty();
  Person& person = people_.emplace_back();
  person.member = member;
  person.group = article().group;
  std::string_view kind = this->kind();
  if (kind.empty()) kind = word(outer().kind);
  person.list = person.member
                    ? FieldId::contributor
                    : list_named(kind).value_or(kind.empty() || kind == "person" ? FieldId::author : FieldId::contributor);
  if (within(El::book_meta) && article().kind != "book" && person.list == FieldId::author) person.list = FieldId::contributor;
  person.who.corresponding = attributes.get("corresp") == "yes";
  person.who.equal_contribution = attributes.get("equal-contrib") == "yes";
  person.targets = attributes.get("rid");
  if (person.member) person.who.roles.emplace_back("member");
  if (person.list == FieldId::contributor && !person.member && !kind.empty()) person.who.roles.emplace_back(kind);
}

void JatsBuilder::close_contrib() {
  if (people_.empty()) return;
  Person person = std::move(people_.back());
  people_.pop_back();
  // a contributor without type whose role says editor is one
  const bool untyped = kind().empty() && person.list == FieldId::author;
  for (const std::string& role : person.who.roles) {
    if (untyped && !person.member && list_named(ascii_lower(role)) == FieldId::editor) person.list = FieldId::editor;
  }
  if (person.forms.empty()) return;
  // a person and a body in one contrib are two
  const auto bodies = std::ranges::stable_partition(person.forms, [](const NameForm& f) { return !f.corporate; });
  if (bodies.begin() != person.forms.begin() && !bodies.empty()) {
    Person body{.forms = {std::make_move_iterator(bodies.begin()), std::make_move_iterator(bodies.end())},
                .list = person.list,
                .group = person.group,
                .member = person.member};
    person.forms.erase(bodies.begin(), bodies.end());
    article().people.push_back(std::move(person));
    person = std::move(body);
  }
  article().people.push_back(std::move(person));
}

void JatsBuilder::open_name(const XmlAttributes&) {
  clear(form_.name);
  if (cited_.depth > 0) return part_cited_names();
  form_.lang = lang();
  form_.style = kind();
  form_.corporate = false;
}

// Whether the name stands in the text of a citation, or is not one of its authors'.
bool JatsBuilder::is_name_of_none() const { return cited_.depth > 0 && (cited_.printed || !cited_.in_authors); }

void JatsBuilder::close_name_part() {
  if (cited_.depth > 0) part_cited(" ");
  if (is_name_of_none()) return;
  const std::string_view text = without_edges(view());
  bib::Name& name = form_.name;
  switch (top().el) {
    case El::surname: return add_word(name.family, text);
    case El::given_names: return add_word(name.given, text);
    case El::suffix: name.suffix = text; return;
    default:
      if (is_particle(text)) name.prefix = text;
      else if (cited_.depth == 0) extra("name-prefix", std::string(text));
  }
}

void JatsBuilder::close_name() {
  if (is_name_of_none()) return;
  if (form_.name.empty()) form_.name.literal = without_edges(view());
  if (const std::size_t comma = form_.name.literal.find(','); comma != std::string::npos) {
    form_.name.family = trim(std::string_view(form_.name.literal).substr(0, comma));
    form_.name.given = trim(std::string_view(form_.name.literal).substr(comma + 1));
    form_.name.literal.clear();
  }
  if (form_.name.family.empty() && form_.name.literal.empty()) std::swap(form_.name.family, form_.name.given);
  if (cited_.depth > 0) return form_.name.empty() ? void() : cited_.add_name(form_.name);
  if (people_.empty() || form_.name.empty()) return;
  people_.back().forms.push_back(std::move(form_));
  form_ = {};
}

void JatsBuilder::close_collab() {
  if (top().el == El::collab_name && within(El::collab)) return;  // words of it
  NameForm form{.lang = std::string(lang()), .corporate = true};
  form.name.literal = without_edges(view());
  form_ = form;
  if (form.name.literal.empty()) return;
  if (!people_.empty()) return people_.back().forms.push_back(std::move(form));
  if (parent() != El::contrib_group) return;
  Person person{.forms = {std::move(form)}, .group = article().group};
  article().people.push_back(std::move(person));
}

void JatsBuilder::close_anonymous() {
  NameForm form;
  form.name.literal = "Anonymous";
  if (!people_.empty()) people_.back().forms.push_back(std::move(form));
}

void JatsBuilder::close_behalf() {
  Person person;
  person.list = FieldId::contributor;
  person.who.roles.emplace_back("on behalf of");
  std::string text(without_edges(view()));
  for (const std::string_view lead : {"on behalf of ", "for "}) {
    if (ascii_lower(text).starts_with(lead)) text.erase(0, lead.size());
  }
  person.forms.push_back({.name = {.literal = std::move(text)}, .corporate = true});
  if (!person.forms[0].name.literal.empty()) article().people.push_back(std::move(person));
}

void JatsBuilder::close_contrib_id() {
  if (people_.empty()) return;
  const std::string text = plain();
  const bool orcid = kind() == "orcid" || text.find("orcid.org/") != std::string::npos;
  if (!orcid) return extra(kinded("contrib-id"), text);
  if (Result<bib::Orcid> id = bib::Orcid::parse(text)) {
    people_.back().who.orcid = id->str();
  } else if (!text.empty()) {
    extra("contrib-id:orcid", text);
    remark(Severity::warning, "jats.malformed", id.error().message, top().line);
  }
}

// Some houses mark an ORCID iD as a link of the person.
void JatsBuilder::close_person_link() {
  if (people_.empty() || kind() != "orcid" || !people_.back().who.orcid.empty()) return;
  const std::string_view text = view();
  if (Result<bib::Orcid> id = bib::Orcid::parse(text.empty() ? link() : text)) people_.back().who.orcid = id->str();
  arena_.truncate(top().begin);
}

void JatsBuilder::close_role() {
  if (std::string role = plain(); !role.empty() && !people_.empty()) people_.back().who.roles.push_back(std::move(role));
}

// In an address for letters it may stand right behind a word.
void JatsBuilder::open_email(const XmlAttributes& attributes) {
  if (!people_.empty() || aff_ || arena_.size() == 0) return;
  const char before = arena_.raw(arena_.size() - 1).front();
  if (is_ascii_alpha(before) || is_ascii_digit(before) || before == '.') open_break(attributes);
}

void JatsBuilder::close_email() {
  const std::string text = plain();
  if (!people_.empty()) {
    if (people_.back().who.email.empty()) people_.back().who.email = text;
    if (!aff_) arena_.truncate(top().begin);  // no part of a name
  } else if (within(El::author_notes) && article().corresp_emails.size() < 100) {
    article().corresp_emails.push_back(text);
  }
}

void JatsBuilder::close_etal() { article().others = true; }

void JatsBuilder::close_corresp() { extra("corresp", plain()); }

void JatsBuilder::open_xref(const XmlAttributes& attributes) {
  if (people_.empty() || within(El::aff)) return;
  Person& person = people_.back();
  if (kind() == "corresp") person.who.corresponding = true;
  if (person.targets.size() < kMaxTargets) add_word(person.targets, attributes.get("rid"));
}

// --- affiliations ------------------------------------------------------------------------------------------------------------

void JatsBuilder::open_aff(const XmlAttributes& attributes) {
  aff_.emplace();
  each_id(attributes.get("id"), [&](std::string_view id) { aff_->ids.emplace_back(id); });
  if (!aff_ids_.empty()) aff_->ids.push_back(aff_ids_);
  aff_->group = within(El::contrib_group) ? article().group : 0;
  aff_->nested = !people_.empty();
  aff_original_ = false;
  aff_part_end_ = 0;
}

void JatsBuilder::open_aff_group(const XmlAttributes& attributes) {
  aff_ids_ = attributes.get("id");
  aff_taken_ = false;
}

// Parts with nothing or white space between them are parted by a comma; what a publisher put there stays.
void JatsBuilder::open_aff_part(const XmlAttributes& attributes) {
  if (!aff_) return open_break(attributes);  // of an address for letters
  if (aff_part_end_ == 0 || aff_part_end_ > arena_.size()) return;
  if (const std::string_view between = arena_.raw(aff_part_end_); !between.empty() && between != " ") return;
  arena_.truncate(aff_part_end_);
  arena_.append(", ");
  begin_here();
}

void JatsBuilder::end_aff_part() {
  const std::string_view text = arena_.raw(top().begin);
  aff_part_end_ = trim(text).empty() ? 0 : arena_.size() - (text.ends_with(' ') ? 1 : 0);
}

void JatsBuilder::close_aff_group() { aff_ids_.clear(); }

void JatsBuilder::close_aff() {
  if (!aff_) return;
  if (!aff_original_) aff_->what.text = without_edges(view());
  const bool again = parent() == El::aff_alternatives && aff_taken_;  // the same in another language
  if (!aff_->what.text.empty() && !again) {
    if (aff_->nested && !people_.empty()) people_.back().own.push_back(static_cast<std::uint32_t>(article().affiliations.size()));
    article().affiliations.push_back(std::move(*aff_));
    aff_taken_ = true;
  }
  aff_.reset();
}

void JatsBuilder::close_institution() {
  if (!aff_) return;
  end_aff_part();
  const std::string_view text = without_edges(view());
  if (kind() == "original") {
    aff_->what.text = text;
    aff_original_ = true;
    return;
  }
  if (kind() == "normalized" || text.empty()) return;
  aff_->what.institution.append(aff_->what.institution.empty() ? "" : ", ").append(text);
}

void JatsBuilder::close_institution_id() {
  const std::string text = plain();
  const Result<bib::Ror> ror = bib::Ror::parse(text);
  if (aff_) {
    if (ror && (kind() == "ror" || text.find("ror.org") != std::string::npos)) aff_->what.ror = ror->str();
    else extra(kinded("institution-id"), text);
  } else if (in_award_ && !text.empty()) {
    if (funders_.empty() || !funders_.back().funder.empty()) funders_.emplace_back();
    const Result<bib::Doi> doi = bib::Doi::parse(text);
    funders_.back().funder_id = doi ? doi->str() : ror ? ror->str() : text;
  }
}

void JatsBuilder::close_aff_part() {
  if (!aff_) return close_funder_part();
  end_aff_part();
  const std::string_view text = without_edges(view());
  const bool city = top().el == El::city || kind() == "city";
  std::string* where = city ? &aff_->what.city : top().el == El::country ? &aff_->what.country : nullptr;
  if (where && where->empty()) *where = text;
}

// A funder's id beside its name, as some houses mark it: <named-content content-type="funder-id">.
void JatsBuilder::close_funder_part() {
  const bool id = top().el == El::named_content && kind().starts_with("funder") && kind().find("id") != std::string_view::npos;
  if (!id || !in_award_) return;
  const Result<bib::Doi> doi = bib::Doi::parse(view());
  if (funders_.empty() || !funders_.back().funder.empty()) funders_.emplace_back();
  funders_.back().funder_id = doi ? doi->str() : plain();
  arena_.truncate(top().begin);
}

// A raised figure at the beginning is the label.
void JatsBuilder::close_sup() {
  if (!aff_ || parent() != El::aff) return;
  const std::size_t begin = outer().begin;
  if (arena_.plain(begin) == plain()) arena_.truncate(top().begin);
}

// --- at the end of an article ------------------------------------------------------------------------------------------------

// The form in the article's language, else a western or unmarked one, each rather in parts than in one piece; else the first.
void JatsBuilder::name_person(Person& person, const Article& a) {
  const auto rank = [&](const NameForm& f) {
    const bool western = f.style != "eastern", speaks = western && !a.lang.empty() && f.lang.substr(0, 2) == a.lang.substr(0, 2);
    const bool parts = f.corporate || !f.name.family.empty();
    return (western ? 0 : 4) + (parts ? 0 : 2) + (speaks ? 0 : 1);
  };
  const auto best = std::ranges::min_element(person.forms, {}, rank);
  for (auto form = person.forms.begin(); form != person.forms.end(); ++form) {
    if (form != best)
      articles_.back()->facts.push_back({FieldId::extra, bib::Extra{"jats:name-alternative", sorted_form(form->name)}, {}, {}});
  }
  person.who.name = std::move(best->name);
}

void JatsBuilder::settle_people(Article& a) {
  std::unordered_map<std::string_view, std::uint32_t> by_id;
  for (std::uint32_t i = 0; i < a.affiliations.size(); ++i) {
    for (const std::string& id : a.affiliations[i].ids) by_id.emplace(id, i);
  }
  // affiliations that stand in a group, and whether nobody in it points to one
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> of_group;
  std::size_t free = 0;
  for (std::uint32_t i = 0; i < a.affiliations.size(); ++i) {
    if (a.affiliations[i].nested) continue;
    ++free;
    of_group[a.affiliations[i].group].push_back(i);
  }
  std::unordered_map<std::uint32_t, std::size_t> members;  // of groups
  for (const Person& person : a.people) members[person.group] += person.member ? 0 : 1;
  std::size_t links = 0;
  for (Person& person : a.people) {
    name_person(person, a);
    std::vector<std::uint32_t>& to = person.who.affiliations;
    to = person.own;
    each_id(person.targets, [&](std::string_view id) {
      if (const auto found = by_id.find(id); found != by_id.end() && std::ranges::find(to, found->second) == to.end())
        to.push_back(found->second);
      if (const auto note = a.note_kinds.find(id); note != a.note_kinds.end() && note->second.starts_with("equal"))
        person.who.equal_contribution = true;
    });
    if (to.empty()) {
      const auto group = of_group.find(person.group);
      if (group != of_group.end() && (group->second.size() == 1 || members[person.group] == 1)) to = group->second;
      else if (group == of_group.end() && free == 1 && a.affiliations.size() == 1 && of_group.contains(0)) to = of_group[0];
    }
    links += to.size();
    if (links > kMaxLinks) to.clear();
  }
  const bool told =
      std::ranges::any_of(a.restored, [](const bib::Statement& s) { return bib::row(s.field).kind == bib::FieldKind::names; });
  std::vector<bool> used(a.affiliations.size(), told);
  for (const Person& person : a.people) {
    for (const std::uint32_t at : person.who.affiliations) used[at] = true;
  }
  for (std::size_t i = 0; i < used.size(); ++i) {
    if (!used[i]) a.facts.push_back({FieldId::extra, bib::Extra{"jats:aff", a.affiliations[i].what.text}, {}, {}});
  }
  std::vector<Person*> writing;
  for (Person& person : a.people) {
    if (person.who.corresponding) writing.push_back(&person);
  }
  if (writing.size() == 1 && a.corresp_emails.size() == 1 && writing[0]->who.email.empty())
    writing[0]->who.email = a.corresp_emails[0];
  for (const FieldId list : {FieldId::author, FieldId::editor, FieldId::translator, FieldId::contributor}) {
    bib::NameList names = name_list(a, list);
    if (names.names.empty()) continue;
    if (list == FieldId::author) names.others = a.others;
    a.facts.push_back({list, std::move(names), {.line = a.line, .path = "article/front/article-meta/contrib-group"}, {}});
  }
}

// Takes the people of one list, with the affiliations that they point to, in order of first use.
bib::NameList JatsBuilder::name_list(Article& a, FieldId list) {
  bib::NameList out;
  std::vector<std::uint32_t> place(a.affiliations.size(), UINT32_MAX);
  out.names.reserve(static_cast<std::size_t>(std::ranges::count(a.people, list, &Person::list)));
  for (Person& person : a.people) {
    if (person.list != list) continue;
    out.names.push_back(std::move(person.who));
    for (std::uint32_t& at : out.names.back().affiliations) {
      if (place[at] == UINT32_MAX) {
        place[at] = static_cast<std::uint32_t>(out.affiliations.size());
        out.affiliations.push_back(a.affiliations[at].what);
      }
      at = place[at];
    }
  }
  return out;
}

}  // namespace colophon::formats_xml
