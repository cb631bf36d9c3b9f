// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats_pdf/authors.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.hpp"
#include "bib/identifiers.hpp"
#include "formats_pdf/abstract.hpp"
#include "formats_pdf/identity.hpp"
#include "formats_pdf/xmp.hpp"

namespace colophon::formats_pdf {
namespace {

constexpr std::size_t kLinesAfterTitle = 40;
constexpr std::size_t kLinesBeforeNames = 8;
constexpr std::size_t kMostTokens = 6;

constexpr std::array<std::string_view, 26> kParticles = {"de",  "da", "do",  "dos", "das", "del", "della", "di",  "du",
                                                         "la",  "le", "van", "von", "der", "den", "ter",   "ten", "zu",
                                                         "zur", "el", "al",  "bin", "ibn", "e",   "y",     "af"};
constexpr std::array<std::string_view, 6> kSuffixes = {"jr", "jr.", "sr", "ii", "iii", "iv"};
// As printed: "MA" is a degree, "Ma" a name. Other short words in capitals between commas are taken for degrees too.
constexpr auto kDegrees = std::to_array<std::string_view>(
    {"PhD",  "Ph.D.", "Ph.D", "PHD",  "MD",    "M.D.",      "MSc",        "M.Sc.", "BSc", "MPH", "MA",
     "MBA",  "Dr",    "Dr.",  "Prof", "Prof.", "Professor", "Dipl.-Ing.", "Ing.",  "Mr",  "Mrs", "Mr.",
     "Mrs.", "Ms.",   "MS",   "BS",   "MM",    "MB",        "RN",         "MBBS",  "FRCP"});
constexpr std::size_t kLongestDegree = 4;
constexpr char kRaised = '\x1f';  // stands where a raised mark stood

// Words that names do not hold, folded. Most are of affiliations and of journals' front matter.
constexpr auto kForeign =
    std::to_array<std::string_view>({"university",    "universitat", "universite",   "universidad", "universidade",
                                     "department",    "dept",        "departamento", "institute",   "institut",
                                     "instituto",     "school",      "college",      "faculty",     "fakultat",
                                     "faculte",       "facultad",    "centre",       "center",      "centro",
                                     "hospital",      "laboratory",  "laboratoire",  "street",      "road",
                                     "avenue",        "email",       "mail",         "http",        "https",
                                     "www",           "received",    "accepted",     "published",   "copyright",
                                     "journal",       "volume",      "vol",          "issue",       "article",
                                     "research",      "the",         "of",           "and",         "for",
                                     "with",          "from",        "abstract",     "summary",     "keywords",
                                     "introduction",  "background",  "ministry",     "council",     "city",
                                     "foundation",    "gmbh",        "inc",          "ltd",         "editor",
                                     "editors",       "edited",      "author",       "authors",     "correspondence",
                                     "corresponding", "academic",    "open",         "access",      "division",
                                     "program",       "programme",   "group",        "unit",        "national",
                                     "office",        "science",     "sciences",     "technology",  "medicine",
                                     "issn",          "isbn",        "pages",        "report",      "brief",
                                     "paper",         "citation",    "licence"});

template <class Table>
bool is_in(const Table& table, std::string_view word) {
  return std::ranges::find(table, word) != table.end();
}

bool starts_upper(std::string_view word) {
  std::size_t at = 0;
  next_code_point(word, at);
  const std::string_view first = word.substr(0, at);
  return first.size() == 1 ? first[0] >= 'A' && first[0] <= 'Z' : fold_case(first) != first;
}

bool has_lower(std::string_view word) {
  for (std::size_t at = 0; at < word.size();) {
    const std::size_t begin = at;
    const char32_t c = next_code_point(word, at);
    const std::string_view letter = word.substr(begin, at - begin);
    if ((c >= 'a' && c <= 'z') || (c >= 0xDF && c != 0x2019 && c != 0x2010 && c != 0x2011 && fold_case(letter) == letter))
      return true;
  }
  return false;
}

bool is_name_character(char32_t c) {
  if (c < 0x80) return is_ascii_alpha(static_cast<char>(c)) || c == '.' || c == '-' || c == '\'';
  return (c >= 0xC0 && c < 0x2000 && c != 0xD7 && c != 0xF7) || c == 0x2019 || c == 0x2010 || c == 0x2011 || c >= 0x3040;
}

bool is_name_word(std::string_view word) {
  for (std::size_t at = 0; at < word.size();) {
    if (!is_name_character(next_code_point(word, at))) return false;
  }
  const std::string key = fold_key(word);
  return !key.empty() && !is_in(kForeign, key);
}

// "A." and "J.-P." and "AB".
bool is_initials(std::string_view word) {
  return word.size() <= 6 && !has_lower(word) && (word.find('.') != std::string_view::npos || word.size() <= 2);
}

// "SCHMIDT" becomes "Schmidt"; names in capitals throughout are typography.
std::string in_name_case(const std::string& word) {
  if (word.size() < 3 || has_lower(word) || word.find('.') != std::string::npos) return word;
  std::string out;
  bool start = true;
  for (std::size_t at = 0; at < word.size();) {
    const std::size_t begin = at;
    next_code_point(word, at);
    const std::string_view letter = std::string_view(word).substr(begin, at - begin);
    out += start ? std::string(letter) : fold_case(letter);
    start = letter == "-" || letter == "'";
  }
  return out;
}

std::vector<std::string> tokens_of(std::string_view text) {
  std::vector<std::string> out;
  std::string line = squeeze(text);
  for (std::size_t at = line.find('.'); at != std::string::npos; at = line.find('.', at + 1)) {  // "S.Meerow"
    if (at + 2 < line.size() && at >= 1 && is_ascii_alpha(line[at + 1]) && line[at + 2] != '.') line.insert(at + 1, " ");
  }
  for (const std::string_view word : split(line, ' ')) {
    if (!word.empty()) out.emplace_back(word);
  }
  return out;
}

std::string joined(const std::vector<std::string>& words, std::size_t begin, std::size_t end) {
  std::string out;
  for (std::size_t i = begin; i < end; ++i) out += (out.empty() ? "" : " ") + words[i];
  return out;
}

// Marks of notes and affiliations, in any script of them, become blanks; what stands in brackets goes.
std::string without_marks(std::string_view text) {
  std::string out;
  int depth = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = next_code_point(text, at);
    if (c == '(' || c == '[' || c == '{' || c == '<') ++depth;
    const bool mark =
        (c < 0x80 && (is_ascii_digit(static_cast<char>(c)) || c == '*' || c == '#' || c == '^' || c == '~' || c == '$')) ||
        (c >= 0xB2 && c <= 0xB3) || c == 0xB9 || c == 0xA7 || c == 0xB6 || (c >= 0x2020 && c <= 0x2021) || c == 0x2217 ||
        (c >= 0x2070 && c <= 0x209F) || (c >= 0x2460 && c <= 0x27BF && c != 0x2022) || c == 0x2709;
    if (depth == 0) out += mark ? std::string(" ") : std::string(text.substr(begin, at - begin));
    if ((c == ')' || c == ']' || c == '}' || c == '>') && depth > 0) --depth;
  }
  return out;
}

void replace_all(std::string& text, std::string_view what, std::string_view by) {
  std::string out;
  std::size_t from = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, from)) {
    out.append(text, from, at - from).append(by);
    from = at + what.size();
  }
  text = out.append(text, from, std::string::npos);
}

bool is_capitals(std::string_view word) {
  return !has_lower(word) && word.find('.') == std::string_view::npos && std::ranges::any_of(word, is_ascii_alpha);
}

// "ICLEI Africa", "UNU-EHS": bodies that go by their initials.
bool is_body(std::string_view part) {
  const std::string_view first = part.substr(0, part.find(' '));
  const bool known_by_initials =
      is_capitals(first) && (first.size() > kLongestDegree || first.find('-') != std::string_view::npos);
  return known_by_initials && (first.size() == part.size() || has_lower(part)) && part.size() < 120;
}

bool is_single_name(const std::string& part) {
  return part.find(' ') == std::string::npos && part.size() > 3 && starts_upper(part) && has_lower(part) && is_name_word(part) &&
         part.find('.') == std::string::npos;
}

// The parts of a list of names.
std::vector<std::string> parts_of(std::string_view line) {
  std::string text = " " + without_marks(line) + " ";
  static constexpr std::array<std::string_view, 10> kSeparators = {" and ", " und ", " et ", " & ", " AND ",
                                                                   ";",     "·",     "•",    "|",   " with "};
  for (const std::string_view separator : kSeparators) replace_all(text, separator, " , ");
  // "e" and "y" also stand within names: with marks in the line they part names behind one only.
  const bool marked = line.find(kRaised) != std::string_view::npos;
  for (const std::string_view conjunction : {" e ", " y "})
    replace_all(text, marked ? std::string(1, kRaised) + std::string(conjunction) : std::string(conjunction), " , ");
  replace_all(text, std::string_view(&kRaised, 1), " ");
  std::vector<std::string> out;
  for (const std::string_view part : split(text, ',')) {
    std::string one = squeeze(part);
    // single letters between commas are marks that were not raised
    if (one.size() > 1) out.push_back(std::move(one));
  }
  return out;
}

struct NameLine {
  std::vector<bib::Name> names;
  bool list = false;  ///< several names, or an open end
};

std::optional<NameLine> names_in(const std::string& text) {
  if (text.size() > 6'000 || text.find('@') != std::string::npos || (!text.empty() && is_ascii_digit(text.front())))
    return std::nullopt;
  NameLine out;
  std::size_t others = 0;
  const bool marked = text.find(kRaised) != std::string::npos;
  const std::vector<std::string> parts = parts_of(text);
  for (const std::string& part : parts) {
    const std::string lower = ascii_lower(part);
    if (is_in(kDegrees, part) || (part.size() <= kLongestDegree && is_capitals(part))) continue;
    if (is_in(kSuffixes, lower) && !out.names.empty()) {
      out.names.back().suffix = part;
      continue;
    }
    if (is_body(part) || (marked && is_single_name(part))) out.names.push_back({{}, {}, {}, {}, {}, part});
    else if (auto name = person(part)) out.names.push_back(std::move(*name));
    else ++others;
  }
  if (out.names.empty() || others * 4 > out.names.size()) return std::nullopt;
  out.list = out.names.size() > 1 || trim(text).ends_with(',') || trim(text).ends_with(" and");
  return out;
}

std::string line_text(const Line& line) {
  std::string text = without_raised(line, std::string_view(&kRaised, 1));
  if (text.starts_with("by ") || text.starts_with("By ")) text.erase(0, 3);
  const std::size_t colon = text.find(':');
  if (colon != std::string::npos && colon < 12 && fold_key(text.substr(0, colon)).starts_with("aut"))
    text.erase(0, colon + 1);  // Authors:, Autoren:, Auteurs:
  return text;
}

bool same_type(const Line& a, const Line& b) {
  return std::abs(a.size - b.size) < 0.06F * a.size && a.bold == b.bold && a.italic == b.italic;
}

bool ends_open(std::string_view text) {
  text = trim(text);
  return text.ends_with(',') || text.ends_with(';') || text.ends_with(" and") || text.ends_with('&') || text.ends_with(" und") ||
         text.ends_with("·");
}

class Search {
 public:
  Search(const PageLines& page, std::size_t begin) : page_(page), begin_(begin) {}

  std::optional<Authors> run() {
    const std::size_t limit = std::min(page_.lines.size(), begin_ + kLinesAfterTitle);
    for (std::size_t i = begin_; i < limit; ++i) {
      if (i < page_.furniture.size() && page_.furniture[i]) continue;
      const Line& line = page_.lines[i];
      if (line.turn != 0 || ends_front(line.text)) break;
      if (first_ == nullptr && i >= begin_ + kLinesBeforeNames) break;
      if (first_ == nullptr || same_type(*first_, line)) i = take(i, limit);
    }
    if (first_ == nullptr) return std::nullopt;
    return Authors{std::move(list_), origin_of(page_, *first_)};
  }

 private:
  // Names at line i and in the lines that go on with them; returns the last line used.
  std::size_t take(std::size_t i, std::size_t limit) {
    const Line& line = page_.lines[i];
    std::string text = line_text(line);
    std::size_t last = i;
    while (last + 1 < limit && same_type(line, page_.lines[last + 1]) && !ends_front(page_.lines[last + 1].text) &&
           goes_on(text, line_text(page_.lines[last + 1]))) {
      text += " " + line_text(page_.lines[++last]);
    }
    std::optional<NameLine> found = names_in(text);
    if (!found && last > i) {  // the first line alone
      last = i;
      found = names_in(line_text(line));
    }
    if (!found) return i;
    // One lone name of two words far from the title may be a place; the first must be near.
    if (first_ == nullptr) first_ = &line;
    for (bib::Name& name : found->names) {
      const bool known = std::ranges::any_of(list_.names, [&](const bib::Contributor& c) { return c.name == name; });
      if (!known) list_.names.push_back({std::move(name), {}, {}, {}, {}, false, false});
    }
    return last;
  }

  static bool goes_on(const std::string& text, const std::string& next) {
    if (!next.empty() && is_ascii_digit(next.front())) return false;
    if (ends_open(text)) return true;
    const bool list =
        text.find(',') != std::string::npos || text.find(" and ") != std::string::npos || text.find(';') != std::string::npos;
    return list && (names_in(text + " " + next).has_value() || parts_of(next).size() > 1);
  }

  const PageLines& page_;
  std::size_t begin_;
  const Line* first_ = nullptr;
  bib::NameList list_;
};

std::string page_text(const Evidence& evidence) {
  std::string out = " ";
  for (std::size_t p = 0; p < std::min<std::size_t>(2, evidence.pages.size()); ++p) {
    for (const Line& line : evidence.pages[p].lines) out += fold_key(line.text) + " ";
  }
  return out;
}

// Names of the metadata, when the pages print each of them.
bib::NameList confirmed(const Evidence& evidence) {
  std::vector<std::string> named = xmp_values(evidence.about.xmp, "dc:creator");
  if (named.size() <= 1) {
    named.clear();
    for (const std::string& part : parts_of(evidence.about.author)) named.push_back(part);
  }
  const std::string text = page_text(evidence);
  bib::NameList out;
  for (const std::string& one : named) {
    auto name = person(one);
    if (!name || text.find(" " + fold_key(name->family) + " ") == std::string::npos) return {};
    out.names.push_back({std::move(*name), {}, {}, {}, {}, false, false});
  }
  return out;
}

// ORCID iDs that links on page 1 name, when there is one an author, in their order.
void add_orcids(const Evidence& evidence, bib::NameList& list) {
  std::vector<std::string> found;
  for (const LinkTarget& link : evidence.links) {
    const std::size_t at = link.uri.find("orcid.org/");
    if (at == std::string::npos) continue;
    const auto orcid = bib::Orcid::parse(std::string_view(link.uri).substr(at + 10, 19));
    if (orcid && std::ranges::find(found, orcid->str()) == found.end()) found.push_back(orcid->str());
  }
  if (found.size() != list.names.size()) return;
  for (std::size_t i = 0; i < found.size(); ++i) list.names[i].orcid = found[i];
}

}  // namespace

std::optional<bib::Name> person(std::string_view text) {
  std::vector<std::string> words = tokens_of(text);
  bib::Name name;
  std::erase_if(words, [](const std::string& word) { return is_in(kDegrees, word); });
  if (!words.empty() && is_in(kSuffixes, ascii_lower(words.back())) && words.size() > 2) {
    name.suffix = words.back();
    words.pop_back();
  }
  if (words.size() < 2 || words.size() > kMostTokens) return std::nullopt;
  std::size_t long_words = 0;
  for (const std::string& word : words) {
    if (!is_name_word(word)) return std::nullopt;
    if (!starts_upper(word) && !is_in(kParticles, word) && !word.starts_with("d'") && !word.starts_with("d’") &&
        !word.starts_with("al-"))
      return std::nullopt;
    if (!is_initials(word) && !is_in(kParticles, word)) ++long_words;
  }
  if (long_words == 0) return std::nullopt;
  std::size_t family = words.size() - 1;
  if (is_initials(words[family]) && !is_initials(words[0])) {  // "Schmidt A. B."
    while (family > 0 && is_initials(words[family - 1])) --family;
    name.family = joined(words, 0, family);
    name.given = joined(words, family, words.size());
    return name;
  }
  std::size_t prefix = family;
  while (prefix > 1 && is_in(kParticles, ascii_lower(words[prefix - 1])) && !starts_upper(words[prefix - 1])) --prefix;
  for (std::string& word : words) word = in_name_case(word);
  if (family >= 3 && (words[family - 1] == "e" || words[family - 1] == "y")) {  // "Ortega y Gasset" is one family name
    name.family = joined(words, family - 2, family + 1);
    name.given = joined(words, 0, family - 2);
    return name;
  }
  name.family = words[family];
  name.prefix = joined(words, prefix, family);
  name.given = joined(words, 0, prefix);
  return name;
}

std::optional<Authors> find_authors(const Evidence& evidence, const std::optional<Title>& title) {
  std::optional<Authors> printed;
  if (title) printed = Search(evidence.pages[title->page], title->end).run();
  bib::NameList said = confirmed(evidence);
  if (!said.names.empty() && (!printed || said.names.size() > printed->names.names.size())) {
    bib::Origin origin;
    origin.page = 1;
    printed = Authors{std::move(said), origin};
  }
  if (printed) add_orcids(evidence, printed->names);
  return printed;
}

}  // namespace colophon::formats_pdf
