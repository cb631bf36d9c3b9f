// SPDX-License-Identifier: GPL-3.0-or-later
// Scores the PDF reader against papers whose front matter is known: gold.jsonl with {"id", "file", "title", "authors", "doi", "abstract"}.
// Exact means equal after folding to letters and digits.
#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/io.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "bib/identifiers.hpp"
#include "formats_pdf/pdf_reader.hpp"

#include <sys/resource.h>

namespace colophon::score {

Json score_pdf(const std::filesystem::path& set);

namespace {

using bib::FieldId;

double cpu_seconds() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  return static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
         static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

std::string dense(std::string_view text) {
  std::string out = fold_key(text);
  std::erase(out, ' ');
  return out;
}

struct Tally {
  int right = 0, asked = 0, answered = 0;
  double percent() const { return asked ? 100.0 * right / asked : 0; }
  double precision() const { return answered ? 100.0 * right / answered : 0; }
};

std::set<std::string> surnames(const Json& authors) {
  std::set<std::string> out;
  for (const Json& one : authors.items()) {
    const std::string key = fold_key(one["family"].as_string());
    if (!key.empty()) out.insert(key.substr(key.rfind(' ') == std::string::npos ? 0 : key.rfind(' ') + 1));
  }
  return out;
}

std::set<std::string> surnames(const bib::NameList* list) {
  std::set<std::string> out;
  if (list == nullptr) return out;
  for (const bib::Contributor& one : list->names) {
    const std::string key = fold_key(one.name.literal.empty() ? one.name.family : one.name.literal);
    if (!key.empty()) out.insert(key.substr(key.rfind(' ') == std::string::npos ? 0 : key.rfind(' ') + 1));
  }
  return out;
}

struct Score {
  Tally title, doi, abstract;
  int names_right = 0, names_gold = 0, names_given = 0;
  std::uint32_t pages = 0;
  int files = 0;
  Json misses = Json::array();

  void miss(const Json& gold, const char* field, std::string_view expected, std::string_view got) {
    misses.push(Json::object(
        {{"id", gold["id"].as_string()}, {"field", field}, {"expected", ellipsis(expected, 120)}, {"got", ellipsis(got, 120)}}));
  }

  void compare(const Json& gold, const bib::Work& work) {
    if (const std::string& title_gold = gold["title"].as_string(); !title_gold.empty()) {
      const std::string got = work.full_title();
      ++title.asked;
      title.answered += got.empty() ? 0 : 1;
      if (dense(got) == dense(title_gold)) ++title.right;
      else miss(gold, "title", title_gold, got);
    }
    if (const auto doi_gold = bib::Doi::parse(gold["doi"].as_string())) {
      const std::string got = work.text(FieldId::doi);
      ++doi.asked;
      doi.answered += got.empty() ? 0 : 1;
      if (got == doi_gold->str()) ++doi.right;
      else miss(gold, "doi", doi_gold->str(), got);
    }
    if (const std::string& abstract_gold = gold["abstract"].as_string(); !abstract_gold.empty()) {
      const std::string want = dense(abstract_gold), got = dense(work.text(FieldId::abstract));
      ++abstract.asked;
      abstract.answered += got.empty() ? 0 : 1;
      // found: its first and its last forty letters stand in the right order and not much else
      const std::size_t head = got.find(want.substr(0, 40)),
                        tail = got.rfind(want.size() > 40 ? want.substr(want.size() - 40) : want);
      const bool whole =
          head != std::string::npos && tail != std::string::npos && head <= tail && got.size() < want.size() * 12 / 10 + 80;
      if (whole) ++abstract.right;
      else miss(gold, "abstract", abstract_gold, work.text(FieldId::abstract));
    }
    const std::set<std::string> want = surnames(gold["authors"]), got = surnames(work.names(FieldId::author));
    if (want.empty()) return;
    std::vector<std::string> both;
    std::ranges::set_intersection(want, got, std::back_inserter(both));
    names_right += static_cast<int>(both.size());
    names_gold += static_cast<int>(want.size());
    names_given += static_cast<int>(got.size());
    if (both.size() == want.size() && got.size() == want.size()) return;
    std::string expected, given;
    for (const std::string& one : want) expected += one + " ";
    for (const std::string& one : got) given += one + " ";
    miss(gold, "author", expected, given);
  }
};

}  // namespace

Json score_pdf(const std::filesystem::path& set) {
  formats_pdf::init_pdf();
  Score score;
  const std::string lines = read_file(set / "gold.jsonl").value_or("");
  double spent = 0;
  for (const std::string_view line : split(lines, '\n')) {
    const Result<Json> gold = Json::parse(line);
    if (!gold || !gold->is_object()) continue;
    const Result<std::string> bytes = read_file(set / (*gold)["file"].as_string());
    if (!bytes) continue;
    const double before = cpu_seconds();
    const formats::Extraction read = formats_pdf::read_pdf(*bytes);
    spent += cpu_seconds() - before;
    ++score.files;
    if (!read.drafts.empty() && read.drafts[0].body) score.pages += read.drafts[0].body->pages;
    score.compare(*gold, read.drafts.empty() ? bib::Work{} : read.drafts[0].work);
  }
  const double precision = score.names_given ? 100.0 * score.names_right / score.names_given : 0,
               recall = score.names_gold ? 100.0 * score.names_right / score.names_gold : 0;
  const Json figures = Json::object({{"title", score.title.percent()},
                                     {"title_precision", score.title.precision()},
                                     {"doi", score.doi.percent()},
                                     {"doi_precision", score.doi.precision()},
                                     {"abstract", score.abstract.percent()},
                                     {"surname_precision", precision},
                                     {"surname_recall", recall},
                                     {"surname_f1", precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0},
                                     {"pages", score.pages},
                                     {"pages_per_cpu_second", spent > 0 ? score.pages / spent : 0}});
  return Json::object({{"set", "pdf"}, {"n", score.files}, {"figures", figures}, {"misses", std::move(score.misses)}});
}

}  // namespace colophon::score
