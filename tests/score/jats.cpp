// SPDX-License-Identifier: GPL-3.0-or-later
// Scores the JATS reader against records from a second source: files/ID.xml with expected/ID.eupmc.json (Europe PMC) or
// expected/ID.ads.json (curated), and kitchen-sink.xml, a document with one token a feature. Its speed is measured by ./dev bench jats.
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
#include "formats_xml/jats_reader.hpp"
#include "score/jats_curated.hpp"

namespace colophon::score {

Json score_jats(const std::filesystem::path& set);

std::string dense(std::string_view text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool tag = text[at] == '<' && at + 1 < text.size() && (is_ascii_alpha(text[at + 1]) || text[at + 1] == '/');
    const std::size_t end = tag ? text.find('>', at) : std::string_view::npos;
    if (end == std::string_view::npos) plain.push_back(text[at]);
    else at = end;
  }
  for (const std::string_view entity : {"&lt;", "&gt;", "&amp;", "&quot;"}) {
    for (std::size_t at; (at = plain.find(entity)) != std::string::npos;) plain.replace(at, entity.size(), " ");
  }
  std::string out = fold_key(plain);
  std::erase(out, ' ');
  return out;
}

namespace {

using bib::FieldId;

struct Tally {
  int right = 0, asked = 0;
  double percent() const { return asked ? 100.0 * right / asked : 0; }
};

// Europe PMC wraps each value in a list.
const Json& first(const Json& value) { return value.is_array() && value.size() > 0 ? value.items()[0] : value; }

struct Expected {
  std::string doi, title, year, volume, abstract;
  std::vector<std::string> surnames, keywords;
};

Expected from_europe_pmc(const Json& json) {
  Expected out;
  out.doi = first(json["doi"]).as_string();
  out.title = first(json["title"]).as_string();
  out.year = first(json["pubYear"]).as_string();
  out.volume = first(first(json["journalInfo"])["volume"]).as_string();
  out.abstract = first(json["abstractText"]).as_string();
  for (const Json& author : first(json["authorList"])["author"].items()) {
    if (const std::string& name = first(author["lastName"]).as_string(); !name.empty()) out.surnames.push_back(dense(name));
  }
  for (const Json& word : first(json["keywordList"])["keyword"].items()) out.keywords.push_back(dense(first(word).as_string()));
  return out;
}

Expected from_ads(const Json& json) {
  Expected out;
  for (const Json& id : json["persistentIDs"].items()) {
    if (out.doi.empty()) out.doi = id["DOI"].as_string();
  }
  out.title = json["title"]["textEnglish"].as_string();
  if (out.title.empty()) out.title = json["title"]["textNative"].as_string();
  out.volume = json["publication"]["volumeNum"].as_string();
  out.year = json["publication"]["pubYear"].as_string();
  out.abstract = json["abstract"]["textEnglish"].as_string();
  for (const Json& author : json["authors"].items()) {
    if (const std::string& name = author["name"]["surname"].as_string(); !name.empty()) out.surnames.push_back(dense(name));
  }
  return out;
}

// Whether one of the article's own dates of publication is of that year. An article that came out online in December and in an issue
// of March has two years, and the second source takes the where ours (section 2 of the rule: the earliest of the electronic
// and printed ones, an archive's or a collection's only when there is no other) takes the first. Both are in the file, so neither
// reading is an error: `year` counts any of them as right, and `year_exact` says how often the two rules agree.
bool is_publication_year(std::string_view bytes, const std::string& year) {
  bytes = bytes.substr(0, bytes.find("</article-meta>"));
  for (std::size_t at = 0; (at = bytes.find("<pub-date", at)) != std::string_view::npos; ++at) {
    const std::string_view date = bytes.substr(at, bytes.find("</pub-date>", at) - at);
    if (date.find(">" + year + "</year>") != std::string_view::npos) return true;
  }
  return false;
}

// Why we differ: rows "id field reason" of jats_reasons.tsv. Such cases count as not passed all the same.
std::map<std::string, std::string> reasons() {
  const std::string text = read_file(std::filesystem::path(COLOPHON_SOURCE_DIR) / "tests/score/jats_reasons.tsv").value_or("");
  std::map<std::string, std::string> out;
  for (const std::string_view line : split(text, '\n')) {
    const std::vector<std::string_view> cells = split(line, '\t');
    if (cells.size() == 3 && !line.starts_with('#')) out[std::string(cells[0]) + " " + std::string(cells[1])] = cells[2];
  }
  return out;
}

struct Score {
  std::map<std::string, Tally> figures;
  Json misses = Json::array();
  const std::map<std::string, std::string> why = reasons();

  std::string reason(const std::string& file, const std::string& field) const {
    const auto found = why.find(file + " " + field);
    return found == why.end() ? std::string() : found->second;
  }

  void note(const std::string& file, const std::string& field, bool right, std::string_view expected, std::string_view got) {
    Tally& tally = figures[field];
    ++tally.asked;
    if (right) ++tally.right;
    else
      misses.push(
          Json::object({{"id", file}, {"field", field}, {"expected", ellipsis(expected, 160)}, {"got", ellipsis(got, 160)}})
              .set_if("reason", reason(file, field)));
  }

  // `bytes`: the file, for what a record may take from elsewhere (another of the dates, an abstract made of the notice's text)
  void compare(const std::string& file, const std::string& bytes, const Expected& want, const bib::Work& work) {
    if (const auto doi = bib::Doi::parse(want.doi))
      note(file, "doi", work.text(FieldId::doi) == doi->str(), doi->str(), work.text(FieldId::doi));
    if (const std::string title = dense(want.title); !title.empty())
      note(file, "title", title == dense(work.full_title()) || title == dense(work.text(FieldId::title)), want.title,
           work.full_title());
    if (!want.surnames.empty()) names(file, want, work);
    if (!want.year.empty()) {
      const std::string got = work.year() ? std::to_string(*work.year()) : std::string();
      note(file, "year", got == want.year || is_publication_year(bytes, want.year), want.year, got);
      figures["year_exact"].asked += 1;
      figures["year_exact"].right += got == want.year;
    }
    if (!want.volume.empty())
      note(file, "volume", dense(work.text(FieldId::volume)) == dense(want.volume), want.volume, work.text(FieldId::volume));
    if (!want.abstract.empty() && bytes.find("<abstract") != std::string::npos) abstract(file, want.abstract, work);
    if (!want.keywords.empty()) keywords(file, want, work);
  }

  void names(const std::string& file, const Expected& want, const bib::Work& work) {
    std::vector<std::string> got;
    if (const bib::NameList* list = work.names(FieldId::author)) {
      for (const bib::Contributor& one : list->names) {
        if (one.name.literal.empty()) got.push_back(dense(one.name.prefix + one.name.family));
      }
    }
    const auto joined = [](const std::vector<std::string>& names) {
      std::string out;
      for (const std::string& name : names) out += name + " ";
      return out;
    };
    note(file, "authors", got == want.surnames, joined(want.surnames), joined(got));
  }

  // The same opening words.
  void abstract(const std::string& file, const std::string& expected, const bib::Work& work) {
    const std::string want = dense(expected).substr(0, 60);
    bool right = false;
    for (const bib::Statement& s : work.all(FieldId::abstract))
      right = right || dense(plain(s.value)).find(want.substr(0, 40)) != std::string::npos;
    note(file, "abstract", right, expected, work.text(FieldId::abstract));
  }

  void keywords(const std::string& file, const Expected& want, const bib::Work& work) {
    std::set<std::string> got;
    for (const bib::Statement& s : work.all(FieldId::keyword)) got.insert(dense(plain(s.value)));
    const auto missing = std::ranges::find_if(want.keywords, [&](const std::string& word) { return !got.contains(word); });
    note(file, "keywords", missing == want.keywords.end(), missing == want.keywords.end() ? "" : *missing,
         work.text(FieldId::keyword));
  }
};

// Tokens that may not be in the article: companions are drafts of their own, reviews are left out.
int kitchen_sink(const std::filesystem::path& set, Score& score) {
  const Result<std::string> bytes = read_file(set / "kitchen-sink.xml");
  const Result<Json> tokens = Json::parse(read_file(set / "kitchen-sink-expected.json").value_or("[]"));
  if (!bytes || !tokens) return 0;
  const formats::Extraction read = formats_xml::read_jats(*bytes);
  const std::string all = to_json(read).dump();
  formats::Extraction main = read;
  if (main.drafts.size() > 1) main.drafts.resize(1);
  const std::string article = to_json(main).dump();
  for (const Json& one : tokens->items()) {
    const std::string& token = one.items()[0].as_string();
    const std::string& feature = one.items()[1].as_string();
    const bool review = feature.starts_with("review");
    const bool companion = feature.starts_with("translated") || feature.starts_with("response");
    const bool found = all.find(token) != std::string::npos, in_article = article.find(token) != std::string::npos;
    const bool right = review ? !found : companion ? found && !in_article : in_article;
    score.note("kitchen-sink", "kitchen_sink", right, token + " " + feature, found ? "misplaced" : "absent");
  }
  return 1;
}

// The article must read the same when what stands inside it is cut away.
bool leaks(const std::string& bytes, const formats::Extraction& read) {
  const std::size_t at = std::min(bytes.find("<sub-article"), bytes.find("<response"));
  if (at == std::string::npos || read.drafts.empty()) return false;
  const formats::Extraction alone = formats_xml::read_jats(bytes.substr(0, at) + "</article>");
  return alone.outcome == formats::Outcome::ok && !(alone.drafts[0] == read.drafts[0]);
}

}  // namespace

Json score_jats(const std::filesystem::path& set) {
  formats_xml::init_xml();
  Score score;
  int n = kitchen_sink(set, score), leaking = 0, unread = 0;
  std::vector<std::filesystem::path> paths;
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(set / "files", none)) paths.push_back(entry.path());
  std::ranges::sort(paths);
  for (const auto& path : paths) {
    Result<std::string> bytes = read_file(path);
    if (!bytes) continue;
    ++n;
    const formats::Extraction read = formats_xml::read_jats(*bytes);
    const std::string id = path.stem().string();
    if (leaks(*bytes, read)) ++leaking, score.misses.push(Json::object({{"id", id}, {"field", "subarticle_leaks"}}));
    if (read.outcome != formats::Outcome::ok) {
      ++unread;
      score.misses.push(
          Json::object(
              {{"id", id}, {"field", "outcome"}, {"got", read.diagnostics.empty() ? "" : read.diagnostics.back().message}})
              .set_if("reason", score.reason(id, "outcome")));
    }
    const bib::Work work = read.drafts.empty() ? bib::Work{} : read.drafts[0].work;
    for (const std::string_view kind : {"eupmc", "ads"}) {
      const Result<Json> json = Json::parse(read_file(set / "expected" / (id + "." + std::string(kind) + ".json")).value_or(""));
      if (!json || !json->is_object()) continue;
      score.compare(id, *bytes, kind == "ads" ? from_ads(*json) : from_europe_pmc(*json), work);
      if (kind == "ads" && read.outcome == formats::Outcome::ok)
        compare_curated(*json, work, [&](std::string_view field, bool right, std::string_view expected, std::string_view got) {
          score.note(id, std::string(field), right, expected, got);
        });
    }
  }
  Json figures = Json::object();
  for (const auto& [name, tally] : score.figures) figures.set(name, tally.percent());
  if (const auto sink = score.figures.find("kitchen_sink"); sink != score.figures.end())
    figures.set("kitchen_sink", sink->second.right).set("kitchen_sink_of", sink->second.asked);
  const auto unexplained = std::ranges::count_if(score.misses.items(), [](const Json& miss) { return miss["reason"].is_null(); });
  figures.set("subarticle_leaks", leaking).set("unread", unread).set("unexplained", static_cast<int>(unexplained));
  return Json::object({{"set", "jats"}, {"n", n}, {"figures", std::move(figures)}, {"misses", std::move(score.misses)}});
}

}  // namespace colophon::score
