// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <cmath>

#include "bench/bench.hpp"

#include <fmt/format.h>

namespace colophon::bench {
namespace {

constexpr std::size_t kVocabulary = 30'000;
constexpr std::size_t kWorkVocabulary = 300'000;

// A small generator of its own, so that the text is the same on every machine (SplitMix64, public domain constants).
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ull);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
  }
  std::size_t below(std::size_t limit) { return static_cast<std::size_t>(next() % limit); }
  double unit() { return static_cast<double>(next() >> 11) / 9007199254740992.0; }
  // Ranks with frequencies falling as 1/rank, as words do.
  std::size_t zipf(std::size_t vocabulary = kVocabulary) {
    return std::min(vocabulary - 1, static_cast<std::size_t>(std::exp(unit() * std::log(static_cast<double>(vocabulary)))) - 1);
  }

 private:
  std::uint64_t state_;
};

constexpr std::array<std::string_view, 12> kFamilies = {"M{\\\"u}ller", "Garc{\\'i}a", "Okafor",     "Rao",
                                                        "van der Berg", "Smith",       "de la Cruz", "N{\\'e}meth",
                                                        "Kim",          "Tanaka",      "Silva",      "Johnson"};
constexpr std::array<std::string_view, 8> kGivens = {"Anna B.", "Jo{\\~a}o", "Ngozi", "Priya",
                                                     "Karel",   "Li",        "Maria", "Tom{\\'a}s"};
constexpr std::array<std::string_view, 4> kTypes = {"article", "techreport", "inproceedings", "incollection"};

std::string phrase(Random& random, std::size_t words, std::size_t vocabulary = kVocabulary) {
  std::string out;
  for (std::size_t i = 0; i < words; ++i) {
    if (i) out += ' ';
    out += word_of_rank(random.zipf(vocabulary));
  }
  out[0] = static_cast<char>(out[0] - 'a' + 'A');
  return out;
}

std::string authors(Random& random) {
  std::string out;
  const std::size_t count = 1 + random.below(4);
  for (std::size_t i = 0; i < count; ++i) {
    if (i) out += " and ";
    out += fmt::format("{}{}, {}", kFamilies[random.below(kFamilies.size())], random.below(3) == 0 ? "sen" : "",
                       kGivens[random.below(kGivens.size())]);
  }
  return out;
}

std::string entry(Random& random, std::size_t number) {
  const std::string_view type = kTypes[random.below(kTypes.size())];
  std::string out =
      fmt::format("@{}{{gen{},\n  author = {{{}}},\n  title = {{{} {{{}}}}},\n  year = {{{}}},\n", type, number, authors(random),
                  phrase(random, 5 + random.below(7)), word_of_rank(random.below(kVocabulary)), 1990 + random.below(36));
  if (type == "article")
    out += fmt::format("  journal = {{Journal of {}}},\n  volume = {{{}}},\n  pages = {{{}--{}}},\n  doi = {{10.5555/gen.{}}},\n",
                       phrase(random, 2), 1 + random.below(60), number % 900, number % 900 + 12, number);
  else if (type == "techreport")
    out += fmt::format("  institution = {{{}}},\n  number = {{{}}},\n  address = {{Bonn}},\n", phrase(random, 3),
                       1 + random.below(99));
  else out += fmt::format("  booktitle = {{{}}},\n  publisher = {{{} Press}},\n", phrase(random, 6), phrase(random, 1));
  if (number % 3 == 0) out += fmt::format("  keywords = {{{}, {}}},\n", word_of_rank(random.zipf()), word_of_rank(random.zipf()));
  if (number % 5 == 0) out += fmt::format("  abstract = {{{}.}},\n", phrase(random, 120));
  return out + "}\n\n";
}

// --- a dirty file --------------------------------------------------------------------------------------------------------

constexpr std::string_view kPrologue =
    "% A joined collection\n@preamble{\"\\newcommand{\\noopsort}[1]{}\"}\n@comment{jabref-meta: saveOrderConfig:original;}\n"
    "@string{esp = \"Environmental Science \\& Policy\"}\n@string{jup = {Journal of Urban Planning}}\n"
    "@string(iclei = \"ICLEI -- Local Governments for Sustainability\")\n\n";
constexpr std::array<std::string_view, 5> kTitleParts = {"{CO$_2$} emissions", "{M{\\'e}xico City}", "{UNFCCC} and {SDG}~11",
                                                         "the \\emph{Urban} {Nexus}", "{S{\\~a}o Paulo}'s $\\alpha$-diversity"};

// One name in eight holds TeX, as in the collections of computational linguistics that were counted.
constexpr std::array<std::string_view, 16> kDirtyFamilies = {
    "M{\\\"u}ller", "Okafor", "Rao",     "van der Berg", "Smith",  "de la Cruz",  "Nagy",  "Kim",
    "Tanaka",       "Silva",  "Johnson", "Chen",         "Dubois", "Kov{\\'a}cs", "Rossi", "Mwangi"};
constexpr std::array<std::string_view, 8> kDirtyGivens = {"Anna B.", "Jo{\\~a}o", "Ngozi", "Priya",
                                                          "Karel",   "Li",        "Maria", "Thomas"};

std::string dirty_authors(Random& random) {
  std::string out;
  for (std::size_t i = 0, count = 1 + random.below(4); i < count; ++i) {
    if (i) out += " and ";
    const std::string_view family = kDirtyFamilies[random.below(kDirtyFamilies.size())],
                           given = kDirtyGivens[random.below(kDirtyGivens.size())];
    out += random.below(4) == 0 ? fmt::format("{} {}", given, family) : fmt::format("{}, {}", family, given);
  }
  return out;
}

// Plain words mostly; a sixth has TeX.
std::string dirty_title(Random& random) {
  std::string out = phrase(random, 6 + random.below(8));
  if (random.below(3) == 0) out += fmt::format(" in {{{}}}", word_of_rank(random.zipf()));
  if (random.below(6) == 0) out += " " + std::string(kTitleParts[random.below(kTitleParts.size())]);
  return out;
}

struct Fault {
  std::string_view good, bad;
};
// The first place of `good` becomes `bad`.
constexpr std::array kFaults = {Fault{"},\n  title", "}\n  title"}, Fault{"}\n}\n", "}\n\n"},
                                Fault{"},\n  year", ",\n  year"},   Fault{"{dirty", "{,dirty"},
                                Fault{"= esp", "= nowhere"},        Fault{"  year", "  % year of issue\n  year"}};

std::string dirty_journal(Random& random, std::size_t number) {
  static constexpr std::array<std::string_view, 3> kJournals = {"esp", "jup", "\"Bulletin of the \" # iclei"};
  std::string out =
      fmt::format("  journal = {},\n  volume = {},\n  number = {{{}}},\n  pages = \"{}--{}\",\n", kJournals[random.below(3)],
                  1 + random.below(60), 1 + random.below(12), number % 900, number % 900 + 12);
  if (number % 2)
    out += fmt::format("  doi = {{10.5555/dirty.{}}},\n  url = {{https://doi.org/10.5555/dirty.{}}},\n", number, number);
  if (number % 4 == 0) out += fmt::format("  issn = {{1462-9011}},\n  month = {},\n", random.below(2) ? "mar" : "{July}");
  return out;
}

std::string dirty_book(Random& random, std::size_t number) {
  if (number % 50 == 0)
    return fmt::format("  crossref = {{book{}}},\n  pages = {{{}-{}}},\n", number, number % 400, number % 400 + 9);
  std::string out =
      fmt::format("  booktitle = {{{}}},\n  publisher = {{{} {}}},\n  address = {{{}}},\n", phrase(random, 6), phrase(random, 1),
                  random.below(4) ? "Press" : "{\\&} Sons", random.below(4) ? "Bonn" : "K{\\\"o}ln");
  if (number % 3 == 0) out += fmt::format("  editor = {{{}}},\n  isbn = {{978-3-16-148410-0}},\n", dirty_authors(random));
  return out;
}

std::string dirty_entry(Random& random, std::size_t number) {
  static constexpr std::array<std::string_view, 5> kDirtyTypes = {"article", "Article", "ARTICLE", "inproceedings",
                                                                  "incollection"};
  const std::string_view type = kDirtyTypes[random.below(kDirtyTypes.size())];
  std::string out =
      fmt::format("@{}{{dirty{},\n  author = {{{}}},\n  title = {{{}}},\n  year = {},\n", type, number, dirty_authors(random),
                  dirty_title(random),
                  random.below(2) ? fmt::format("{{{}}}", 1990 + random.below(36)) : std::to_string(1990 + random.below(36)));
  out += type.starts_with("in") ? dirty_book(random, number) : dirty_journal(random, number);
  if (number % 3 == 0) out += fmt::format("  keywords = {{{}, {}}},\n", word_of_rank(random.zipf()), word_of_rank(random.zipf()));
  if (number % 6 == 0) out += fmt::format("  abstract = {{{}.}},\n", phrase(random, 120));
  if (number % 7 == 0) out += fmt::format("  file = {{:home/papers/{}.pdf:PDF}},\n  timestamp = {{2024-03-07}},\n", number);
  out += "}\n";
  if (number % 100 == 99) {
    const Fault& fault = kFaults[number / 100 % kFaults.size()];
    if (const std::size_t at = out.find(fault.good); at != std::string::npos) out.replace(at, fault.good.size(), fault.bad);
  }
  if (number % 50 == 0)
    out += fmt::format("@proceedings{{book{},\n  title = {{{}}},\n  year = {{2015}},\n  publisher = {{Springer}}\n}}\n", number,
                       phrase(random, 6));
  return out + "\n";
}

constexpr std::array kWorkTypes = {bib::WorkType::article, bib::WorkType::report, bib::WorkType::thesis, bib::WorkType::book};
constexpr std::array<std::string_view, 5> kLanguages = {"en", "en", "en", "de", "es"};

}  // namespace

indexer::EntryData generated_work(std::size_t number) {
  Random random(number);
  indexer::EntryData out;
  out.id = fmt::format("g{:07}", number);
  out.record.type = kWorkTypes[random.below(kWorkTypes.size())];
  out.record.add(bib::FieldId::title, bib::RichText(phrase(random, 5 + random.below(7), kWorkVocabulary)));
  out.record.add(bib::FieldId::issued, bib::year_date(1990 + static_cast<int>(random.below(36))));
  out.record.add(bib::FieldId::language, bib::Code{std::string(kLanguages[random.below(kLanguages.size())])});
  if (number % 5 == 0) out.record.add(bib::FieldId::abstract, bib::RichText(phrase(random, 120, kWorkVocabulary) + "."));
  return out;
}

std::string generated_dirty_bibtex(std::size_t bytes) {
  Random random(bytes);
  std::string out(kPrologue);
  out.reserve(bytes + 4096);
  for (std::size_t i = 0; out.size() < bytes; ++i) out += dirty_entry(random, i);
  return out;
}

std::string generated_bibtex(std::size_t count) {
  Random random(count);
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += entry(random, i);
  return out;
}

}  // namespace colophon::bench
