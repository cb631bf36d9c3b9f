// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/keys/people.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "formats/keys/institution.hpp"

namespace colophon::formats::keys {
namespace {

constexpr std::size_t kMostPeople = 1'000;

std::string front(std::string_view text, std::size_t count) { return std::string(text.substr(0, count)); }

std::string without_blanks(std::string text) {
  std::erase_if(text, is_blank);
  return text;
}

Person person_of(const bib::Name& name) {
  if (!name.literal.empty()) {
    const std::string key = cleaned(institution_key(name.literal));
    return {key, key, {}};
  }
  Person out;
  out.last = cleaned(name.family.empty() ? name.given : name.family);
  out.full = squeeze(cleaned(name.dropping_prefix) + " " + cleaned(name.prefix) + " " + out.last);
  out.initial = name.family.empty() ? "" : front(squeeze(cleaned(name.given)), 1);
  return out;
}

// --- one function a marker -------------------------------------------------------------------------------------------------------

// Up to `most` last names; `more` when there are others.
std::string joined(const People& people, std::size_t most, std::string_view delimiter, std::string_view more) {
  std::string out;
  for (std::size_t i = 0; i < std::min(most, people.all.size()); ++i)
    out += (i > 0 ? std::string(delimiter) : "") + people.all[i].last;
  return people.all.size() > most || (people.others && !people.all.empty()) ? out + std::string(more) : out;
}

std::string first(const People& p, std::size_t, std::size_t) { return p.all.empty() ? "" : p.all.front().last; }
std::string last(const People& p, std::size_t, std::size_t) { return p.all.empty() ? "" : p.all.back().last; }
std::string first_initial(const People& p, std::size_t, std::size_t) { return p.all.empty() ? "" : p.all.front().initial; }
std::string last_initial(const People& p, std::size_t, std::size_t) { return p.all.empty() ? "" : p.all.back().initial; }
std::string first_full(const People& p, std::size_t, std::size_t) {
  return p.all.empty() ? "" : without_blanks(p.all.front().full);
}
std::string all(const People& p, std::size_t, std::size_t) { return joined(p, p.all.size(), "", "EtAl"); }
std::string some(const People& p, std::size_t n, std::size_t) { return joined(p, n, "", "EtAl"); }
std::string two(const People& p, std::size_t, std::size_t) { return joined(p, 2, ".", ".ea"); }

std::string et_al(const People& people, std::string_view delimiter, std::string_view more) {
  const bool many = people.all.size() > 2 || people.others;
  return joined(people, many ? 1 : 2, delimiter, more);
}
std::string dotted_et_al(const People& p, std::size_t, std::size_t) { return et_al(p, ".", ".etal"); }
std::string plain_et_al(const People& p, std::size_t, std::size_t) { return et_al(p, "", "EtAl"); }

// The first n letters of the m-th name, counted from 1.
std::string letters_of(const People& people, std::size_t n, std::size_t m) {
  return m == 0 || m > people.all.size() ? "" : front(without_blanks(people.all[m - 1].last), n);
}
std::string letters(const People& p, std::size_t n, std::size_t) { return letters_of(p, n, 1); }

std::string five_and_initials(const People& people, std::size_t, std::size_t) {
  std::string out = letters_of(people, 5, 1);
  for (std::size_t m = 2; m <= people.all.size(); ++m) out += letters_of(people, 1, m);
  return out;
}

std::string short_form(const People& people, std::size_t, std::size_t) {
  if (people.all.size() == 1) return people.all.front().last + (people.others ? "+" : "");
  std::string out;
  for (std::size_t m = 1; m <= std::min<std::size_t>(people.all.size(), 3); ++m) out += letters_of(people, 1, m);
  return people.all.size() > 3 || (people.others && !out.empty()) ? out + "+" : out;
}

// n letters spread over all names, the first ones getting what is left over.
std::string spread(const People& people, std::size_t n, std::size_t) {
  if (people.all.empty()) return "";
  std::string out;
  const std::size_t each = n / people.all.size(), over = n % people.all.size();
  for (std::size_t i = 0; i < people.all.size(); ++i) out += letters_of(people, each + (i < over ? 1 : 0), i + 1);
  return front(out, n);
}

// As the BibTeX style "alpha" makes its labels; prefixes count with their first letters.
std::string alpha(const People& people, std::size_t, std::size_t) {
  const std::size_t count = people.all.size(), shown = count <= 4 ? count : 3;
  std::string out;
  for (std::size_t i = 0; i < shown; ++i) {
    const std::string& full = people.all[i].full;
    const std::vector<std::string_view> words = split(full, ' ');
    for (std::size_t w = 0; w < words.size(); ++w) out += front(words[w], count == 1 && w + 1 == words.size() ? 3 : 1);
  }
  return count > 4 || (people.others && count > 0) ? out + "+" : out;
}

// clang-format off
constexpr std::array kRows = {
    PeopleRow{"auth",              "edtr",              0, first},
    PeopleRow{"auth",              "edtr",              1, letters},
    PeopleRow{"auth",              "edtr",              2, letters_of},
    PeopleRow{"auth.auth.ea",      "edtr.edtr.ea",      0, two},
    PeopleRow{"auth.etal",         "edtr.etal",         0, dotted_et_al},
    PeopleRow{"authEtAl",          "edtrEtAl",          0, plain_et_al},
    PeopleRow{"authFirstFull",     "edtrFirstFull",     0, first_full},
    PeopleRow{"authForeIni",       "edtrForeIni",       0, first_initial},
    PeopleRow{"authIni",           "edtrIni",           1, spread},
    PeopleRow{"authorIni",         "editorIni",         0, five_and_initials},
    PeopleRow{"authorLast",        "editorLast",        0, last},
    PeopleRow{"authorLastForeIni", "editorLastForeIni", 0, last_initial},
    PeopleRow{"authors",           "editors",           0, all},
    PeopleRow{"authors",           "editors",           1, some},
    PeopleRow{"authorsAlpha",      "editorsAlpha",      0, alpha},
    PeopleRow{"authshort",         "edtrshort",         0, short_form},
};
// clang-format on

}  // namespace

std::span<const PeopleRow> people_rows() { return kRows; }

People people_of(const KeySource& source, Marker::Whose whose) {
  const bib::NameList* names = whose == Marker::Whose::editor ? nullptr : source.work->names(bib::FieldId::author);
  const bool none = !names || names->names.empty();
  if (none && whose != Marker::Whose::author) names = source.work->names(bib::FieldId::editor);
  People out;
  if (!names) return out;
  out.others = names->others;
  for (const bib::Contributor& contributor : names->names) {
    if (out.all.size() == kMostPeople) break;
    out.all.push_back(person_of(contributor.name));
  }
  return out;
}

}  // namespace colophon::formats::keys
