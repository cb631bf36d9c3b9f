// SPDX-License-Identifier: GPL-3.0-or-later
// colophon-profile FOLDER
//   Does with the articles and BibTeX files in FOLDER, and with generated articles as publishers write them, what is done with everybody's:
//   reads them, writes them, tells their language, indexes them and searches among them. Compiled so that it counts what runs, it leaves the counts that release builds are optimised by
//   (cmake/Options.cmake). Fails where a file gives no work or a search no hit: what was counted then would not be the usual way.
#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "base/io.hpp"
#include "formats/bibtex/reader.hpp"
#include "formats/bibtex/writer.hpp"
#include "formats/jats/writer.hpp"
#include "formats_xml/jats_reader.hpp"
#include "indexer/searcher.hpp"
#include "indexer/writer.hpp"
#include "lang/language.hpp"
#include "support/generated.hpp"

#include <fmt/format.h>

namespace colophon {
namespace {

namespace fs = std::filesystem;
constexpr int kRounds = 5;
constexpr std::size_t kGenerated = 30;  // articles
constexpr std::array kQueries = {
    "heat",         "water OR flood OR heat", "district energy networks",  "\"climate change\"", "year:2015.. type:article city",
    "inund* -heat", "Hitzeaktionspläne",      "lang:es title:inundaciones"};

struct Shelf {
  std::vector<indexer::EntryData> works;

  void add(formats::Draft&& draft) {
    indexer::EntryData& work = works.emplace_back();
    work.id = fmt::format("work{}", works.size());
    work.change = works.size();
    if (draft.body) work.passages = bib::passages(*draft.body);
    work.record = std::move(draft.work);
  }
};

void read_article(const std::string& bytes, Shelf& shelf) {
  formats::Extraction read = formats_xml::read_jats(bytes);
  for (formats::Draft& draft : read.drafts) {
    formats::write_jats(draft.work, draft.body ? &*draft.body : nullptr);
    shelf.add(std::move(draft));
  }
}

void read_bibliography(const std::string& bytes, Shelf& shelf) {
  formats::BibtexReader reader(bytes);
  for (formats::Draft draft; reader.next(draft);) {
    formats::write_bibtex(draft.work, draft.local_id);
    shelf.add(std::move(draft));
  }
}

Result<Shelf> read(const fs::path& folder) {
  Shelf out;
  std::set<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) files.insert(entry.path());
  for (const fs::path& file : files) {
    if (file.extension() != ".xml" && file.extension() != ".bib") continue;
    TRY_ASSIGN(const std::string bytes, read_file(file));
    const std::size_t before = out.works.size();
    file.extension() == ".xml" ? read_article(bytes, out) : read_bibliography(bytes, out);
    if (out.works.size() == before) return fail(Errc::invalid, "no work was read", "correct it or take it out", file.string());
  }
  if (out.works.empty())
    return fail(Errc::not_found, "no articles and no BibTeX files", "name the folder corpus", folder.string());
  for (std::size_t i = 0; i < kGenerated; ++i) {
    const std::size_t before = out.works.size();
    read_article(test::generated_article(i), out);
    if (out.works.size() == before) return fail(Errc::invalid, "no work was read", "correct tests/support/generated.cpp");
  }
  return out;
}

Status index(const Shelf& shelf, const fs::path& dir) {
  TRY_ASSIGN(indexer::Writer writer, indexer::Writer::open(dir));
  for (const indexer::EntryData& work : shelf.works) {
    for (const bib::Passage& passage : work.passages) lang::identify(passage.text);
    TRY(writer.replace(work.entry()));
  }
  TRY(writer.commit(shelf.works.size()));
  return writer.close();
}

Status search(const Shelf& shelf, const fs::path& dir) {
  const std::vector<fs::path> dirs = {dir};
  TRY_ASSIGN(indexer::Searcher searcher, indexer::Searcher::open(dirs));
  const indexer::HitPassages passages = [&](std::string_view id, std::size_t) {
    const auto work = std::ranges::find(shelf.works, id, &indexer::EntryData::id);
    return work == shelf.works.end() ? std::vector<bib::Passage>() : work->passages;
  };
  for (const char* const query : kQueries) {
    TRY_ASSIGN(const indexer::ResultPage page, searcher.search({.text = query, .facets = {"year", "type"}}, passages));
    if (page.hits.empty()) return fail(Errc::not_found, "nothing is found", "search for what the folder holds", query);
  }
  return {};
}

Status run(const fs::path& folder) {
  const TemporaryFolder temporary;
  for (int round = 0; round < kRounds; ++round) {
    TRY_ASSIGN(const Shelf shelf, read(folder));
    const fs::path dir = temporary.path() / fmt::format("index{}", round);
    TRY(index(shelf, dir));
    TRY(search(shelf, dir));
  }
  return {};
}

}  // namespace
}  // namespace colophon

int main(int count, char** arguments) {
  if (count != 2) return std::fputs("usage: colophon-profile FOLDER\n", stderr), 2;
  const colophon::Status done = colophon::run(arguments[1]);
  if (!done) fmt::print(stderr, "colophon-profile: {}: {}; {}\n", done.error().where, done.error().message, done.error().hint);
  return done ? 0 : 1;
}
