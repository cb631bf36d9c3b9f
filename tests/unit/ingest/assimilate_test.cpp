// SPDX-License-Identifier: GPL-3.0-or-later
// Works and records are a function of the current sources and of what people said: not of order, batches, repetition or detours.
#include "ingest/assimilate.hpp"

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "base/io.hpp"
#include "ingest/recluster.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace colophon::ingest {
namespace {

using bib::FieldId;
using bib::SourceKind;
using store::SourceId;
using store::Store;
using store::Verdict;

const Instant kNow{1'790'000'000'000};

// One source as a test tells it: its name is its origin and, with its content, its key.
struct Said {
  std::string name;
  SourceKind kind = SourceKind::bibliographic;
  std::vector<std::pair<FieldId, std::string>> values;
  std::string edit_of = {};  // a person's edit of that source's work
  std::vector<FieldId> none = {};
};

Said title(std::string name, std::string title, std::string doi = {}, SourceKind kind = SourceKind::bibliographic) {
  Said out{std::move(name), kind, {{FieldId::title, std::move(title)}, {FieldId::author, "Doe, J."}, {FieldId::issued, "2019"}}};
  if (!doi.empty()) out.values.emplace_back(FieldId::doi, "10.1234/" + doi);
  return out;
}

NewSource source_of(const Said& said) {
  NewSource out;
  Hasher key;
  key.update(said.name);
  for (const auto& [field, text] : said.values) {
    key.update("\n").update(bib::name(field)).update(text);
    out.source.work.add(field, bib::parse_value(field, text).value());
  }
  for (const FieldId field : said.none) key.update("\nnone").update(bib::name(field));
  out.source.key = key.finish();
  out.source.kind = said.kind;
  out.source.format = said.edit_of.empty() ? "bibtex" : "edit";
  if (said.edit_of.empty()) out.source.work.type = bib::WorkType::report;
  out.source.local_id = said.name;
  out.source.none = said.none;
  out.path = said.edit_of.empty() ? "/papers/all.bib" : "edit:" + said.edit_of;
  out.local_id = said.name;
  return out;
}

class World {
 public:
  World() : store_(Store::create(folder_.path()).value()) {}
  Store& store() { return store_; }

  std::vector<Outcome> add(const std::vector<Said>& batch) {
    std::vector<Outcome> out;
    const Status done = store_.write([&]() -> Status {
      Assimilation assimilation(store_, kNow);
      for (const Said& said : batch) {
        NewSource source = source_of(said);
        if (!said.edit_of.empty()) source.source.anchor = id_of(said.edit_of);
        assimilation.take(std::move(source));
      }
      out = assimilation.finish();
      return {};
    });
    EXPECT_TRUE(done) << done.error().message;
    return out;
  }
  void drop(const Said& said) {
    const NewSource source = source_of(said);
    EXPECT_TRUE(store_.write([&]() -> Status {
      Assimilation assimilation(store_, kNow);
      assimilation.drop(source.path, source.local_id);
      assimilation.finish();
      return {};
    }));
  }
  void decide(const std::string& a, const std::string& b, Verdict verdict) {
    EXPECT_TRUE(store_.write([&]() -> Status {
      const SourceId x = id_of(a), y = id_of(b);
      store_.sources().decide({x, y, verdict});
      recluster(store_, {x, y}, kNow);
      return {};
    }));
  }

  SourceId id_of(const std::string& name) { return store_.sources().at_origin("/papers/all.bib", name).value(); }
  std::string work_of(const std::string& name) {
    const auto work = store_.works().of_source(id_of(name));
    return work ? store_.sources().short_id(SourceId(work->value)) : std::string();
  }
  std::string record_of(const std::string& name) { return store_.works().get(*store_.works().of_source(id_of(name)))->record; }
  bib::Work work(const std::string& name) { return bib::work_from_json(Json::parse(record_of(name)).value()).value(); }

  // What is known, without the names of works: which current sources make a work, and its record.
  using State = std::map<std::set<std::string>, std::string>;
  State state() {
    State out;
    for (const store::WorkId id : store_.works().all_live()) {
      std::set<std::string> keys;
      for (const SourceId member : store_.works().members(id)) {
        const auto source = store_.sources().get(member);
        if (source->status == store::SourceStatus::current) keys.insert(source->key.hex());
      }
      EXPECT_FALSE(keys.empty()) << "a live work without sources";
      const bool added = out.emplace(keys, store_.works().get(id)->record).second;
      EXPECT_TRUE(added);
    }
    EXPECT_TRUE(store_.db().take_status());
    return out;
  }

  // Looking at every source anew changes nothing.
  bool settled() {
    bool same = false;
    const State before = state();
    EXPECT_FALSE(store_.write([&]() -> Status {
      std::set<SourceId> seen;
      for (const SourceId id : store_.sources().all()) {
        if (seen.contains(id)) continue;
        for (const WorkChange& change : recluster(store_, {id}, kNow)) {
          for (const SourceId member : store_.works().members(change.work)) seen.insert(member);
        }
      }
      same = state() == before;
      return fail(Errc::conflict, "undone");
    }));
    return same;
  }

 private:
  TemporaryFolder folder_;
  Store store_;
};

TEST(Assimilate, CountsWhatHappenedToEachEntry) {
  World world;
  std::vector<Outcome> first = world.add({title("a", "Heat"), title("b", "Heat", "1"), title("c", "Flood")});
  EXPECT_EQ(first[0].taken, Taken::added);
  EXPECT_EQ(first[1].taken, Taken::updated);
  EXPECT_EQ(first[2].taken, Taken::added);
  EXPECT_EQ(first[0].work_id, first[1].work_id);
  for (const Outcome& o : world.add({title("a", "Heat"), title("b", "Heat", "1"), title("c", "Flood")})) {
    EXPECT_EQ(o.taken, Taken::unchanged);
    EXPECT_TRUE(o.changes.empty());
  }
  const std::vector<Outcome> edited = world.add({title("c", "Floods", "3")});
  EXPECT_EQ(edited[0].taken, Taken::updated);
  EXPECT_EQ(edited[0].changes, (std::vector<std::string>{"title", "doi"}));
  EXPECT_EQ(edited[0].work_id, first[2].work_id) << "an edited entry keeps its work's id";
}

TEST(Assimilate, ABridgeArrivingLastMakesOneWorkAndIdsLeadOn) {
  World world;
  const Said by_doi{"doi", SourceKind::jats, {{FieldId::title, "Heat in towns"}, {FieldId::doi, "10.1234/1"}}};
  const std::string first = world.add({title("title", "Heat")})[0].work_id;
  const std::string second = world.add({by_doi})[0].work_id;
  ASSERT_NE(first, second);
  const Outcome bridge = world.add({title("bridge", "Heat", "1")})[0];
  EXPECT_EQ(bridge.taken, Taken::updated);
  EXPECT_EQ(bridge.work_id, first) << "the oldest source names the work";
  EXPECT_EQ(world.state().size(), 1u);
  EXPECT_EQ(world.work_of("doi"), first);
  const auto closed = world.store().works().get(store::WorkId(world.id_of("doi").value));
  EXPECT_EQ(closed->state, store::WorkState::merged);
  EXPECT_EQ(world.store().works().of_source(*world.store().sources().with_short_id(second)),
            world.store().works().of_source(world.id_of("title")));
}

// A source that was a work of its own for a moment is no new work when its batch joins it to an older one.
TEST(Assimilate, OnlyNewWorksAreAdded) {
  World world;
  world.add({Said{"old", SourceKind::jats, {{FieldId::title, "Heat in towns"}, {FieldId::doi, "10.1234/1"}}}});
  const std::vector<Outcome> batch = world.add({title("title", "Heat"), title("bridge", "Heat", "1")});
  EXPECT_EQ(batch[0].taken, Taken::updated);
  EXPECT_EQ(batch[1].taken, Taken::updated);
  EXPECT_EQ(world.state().size(), 1u);
}

TEST(Assimilate, WhenTheBridgeGoesTheWorksPart) {
  World world;
  const Said bridge = title("bridge", "Heat", "1");
  const Said by_doi{"doi", SourceKind::jats, {{FieldId::title, "Heat in towns"}, {FieldId::doi, "10.1234/1"}}};
  world.add({title("title", "Heat"), by_doi});
  const World::State apart = world.state();
  world.add({bridge});
  EXPECT_EQ(world.state().size(), 1u);
  world.drop(bridge);
  EXPECT_EQ(world.state(), apart);
  world.add({bridge});
  EXPECT_EQ(world.state().size(), 1u);
  EXPECT_TRUE(world.settled());
}

TEST(Assimilate, DecisionsOutliveSupersedingAndReturning) {
  World world;
  world.add({title("a", "Heat"), title("b", "Heat")});
  EXPECT_EQ(world.state().size(), 1u);
  world.decide("a", "b", Verdict::apart);
  EXPECT_EQ(world.state().size(), 2u);
  Said edited = title("a", "Heat");
  edited.values.emplace_back(FieldId::note, "seen");
  world.add({edited});
  EXPECT_EQ(world.state().size(), 2u) << "the entry was edited, people's word holds";
  EXPECT_TRUE(world.settled());
  world.add({title("b", "Heat"), title("a", "Heat")});
  EXPECT_EQ(world.state().size(), 2u) << "and holds when the old text is back";
  world.drop(title("b", "Heat"));
  world.add({title("b", "Heat")});
  EXPECT_EQ(world.state().size(), 2u) << "and when a source is removed and added again";
  world.decide("a", "b", Verdict::same);
  EXPECT_EQ(world.state().size(), 1u);
  EXPECT_TRUE(world.settled());
}

TEST(Assimilate, PeopleJoinWhatSharesNothing) {
  World world;
  world.add({title("a", "Heat", "1"), title("b", "Cold", "2")});
  world.decide("a", "b", Verdict::same);
  EXPECT_EQ(world.state().size(), 1u);
  world.add({title("b", "Cold winters", "2")});
  EXPECT_EQ(world.state().size(), 1u);
  EXPECT_TRUE(world.settled());
}

TEST(Assimilate, AnEditSurvivesMergesAndNewerTexts) {
  World world;
  const Said by_doi{"doi", SourceKind::jats, {{FieldId::title, "Heat in towns"}, {FieldId::doi, "10.1234/1"}}};
  world.add({title("title", "Heat")});
  world.add({by_doi});
  world.add({Said{"title", SourceKind::person, {{FieldId::title, "Right"}}, "doi"}});
  EXPECT_EQ(world.work("doi").text(FieldId::title), "Right");
  world.add({title("bridge", "Heat", "1")});
  EXPECT_EQ(world.state().size(), 1u);
  EXPECT_EQ(world.work("title").text(FieldId::title), "Right");
  Said newer = by_doi;
  newer.values[0].second = "Heat in all towns, the second edition";
  world.add({newer});
  EXPECT_EQ(world.work("title").text(FieldId::title), "Right");
  world.drop(title("bridge", "Heat", "1"));
  EXPECT_EQ(world.work("doi").text(FieldId::title), "Right") << "the edit stays with the work it was made of";
  EXPECT_EQ(world.work("title").text(FieldId::title), "Heat");
  EXPECT_TRUE(world.settled());
}

TEST(Assimilate, AnEditMaySayThatThereIsNone) {
  World world;
  Said a = title("a", "Heat");
  a.values.emplace_back(FieldId::note, "scanned by robots");
  world.add({a});
  world.add({Said{"note", SourceKind::person, {}, "a", {FieldId::note}}});
  EXPECT_FALSE(world.work("a").has(FieldId::note));
  world.add({title("b", "Heat", "7")});
  EXPECT_FALSE(world.work("a").has(FieldId::note));
  world.drop(Said{"note", SourceKind::person, {}, "a", {FieldId::note}});
  EXPECT_TRUE(world.work("a").has(FieldId::note));
}

TEST(Assimilate, TheSameSourceAtTwoPlacesIsOne) {
  World world;
  const Said a = title("a", "Heat");
  world.add({a});
  EXPECT_TRUE(world.store().write([&]() -> Status {
    Assimilation assimilation(world.store(), kNow);
    NewSource copy = source_of(a);
    copy.path = "/elsewhere.bib";
    assimilation.take(std::move(copy));
    EXPECT_EQ(assimilation.finish()[0].taken, Taken::unchanged);
    return {};
  }));
  EXPECT_EQ(world.store().sources().count(), 1);
  EXPECT_EQ(world.store().sources().origins_of(world.id_of("a")).size(), 2u);
  world.add({title("a", "Flood")});
  EXPECT_EQ(world.state().size(), 2u) << "the other place still says what it said";
}

TEST(Assimilate, OutcomesNameTheFieldsThatDiffer) {
  bib::Work before, after;
  before.type = bib::WorkType::report;
  after.type = bib::WorkType::article;
  before.add(FieldId::title, bib::RichText("Heat"));
  bib::Origin elsewhere;
  elsewhere.line = 9;
  after.add(FieldId::title, bib::RichText("Heat"), elsewhere);
  after.add(FieldId::doi, bib::Code{"10.1234/1"});
  EXPECT_EQ(changed_fields(before, after), (std::vector<std::string>{"type", "doi"}));
  EXPECT_TRUE(changed_fields(after, after).empty());
}

TEST(Assimilate, EmbargoesReclassWorksAtTheirInstant) {
  World world;
  const Instant end{kNow.ms + 1000};
  EXPECT_TRUE(world.store().write([&]() -> Status {
    const Sha256 blob = sha256("pdf");
    store::Blobs::record(world.store().db(), blob, 3, kNow);
    NewSource source = source_of(title("a", "Heat", "1", SourceKind::pdf));
    source.files.push_back({0,
                            {},
                            blob,
                            "a.pdf",
                            "application/pdf",
                            bib::FileRole::full_text,
                            bib::VersionStage::unknown,
                            "",
                            {bib::AccessKind::public_, {}, end}});
    Assimilation assimilation(world.store(), kNow);
    assimilation.take(std::move(source));
    EXPECT_EQ(assimilation.finish()[0].taken, Taken::added);
    const std::uint64_t change = world.store().works().last_change();
    EXPECT_EQ(reclass_due(world.store(), Instant{end.ms - 1}), 0u);
    EXPECT_EQ(world.store().works().last_change(), change);
    EXPECT_EQ(reclass_due(world.store(), end), 1u);
    EXPECT_GT(world.store().works().last_change(), change);
    EXPECT_EQ(reclass_due(world.store(), end), 0u) << "once";
    return {};
  }));
}

// --- any history of the same sources -------------------------------------------------------------------------------------

int number(int low, int high) { return *rc::gen::inRange(low, high + 1); }

Said any_source(int index, bool alike) {
  Said out{"s" + std::to_string(index), static_cast<SourceKind>(number(1, 4)), {}};
  if (alike || number(0, 4) != 0) {
    out.values.emplace_back(FieldId::title,
                            alike ? "Heat" : *rc::gen::element<std::string>("Heat", "HEAT!", "Flood", "Heat and flood"));
    out.values.emplace_back(FieldId::author, *rc::gen::element<std::string>("Doe, J.", "Doe, Jane; Roe, R."));
    out.values.emplace_back(FieldId::issued, alike || number(0, 2) != 0 ? "2019" : "2020");
  }
  if (number(0, 2) != 0) out.values.emplace_back(FieldId::doi, "10.1234/" + std::to_string(number(1, 3)));
  if (number(0, 4) == 0) out.values.emplace_back(FieldId::handle, "20.5/" + std::to_string(number(1, 2)));
  if (number(0, 2) == 0) out.values.emplace_back(FieldId::keyword, *rc::gen::element<std::string>("heat", "Heat", "risk"));
  if (number(0, 2) == 0)
    out.values.emplace_back(FieldId::publisher, *rc::gen::element<std::string>("UNU", "ICLEI", "United Nations University"));
  return out;
}

struct Word {
  std::string a, b;
  Verdict verdict{};
};

struct History {
  std::vector<Said> sources, edits;
  std::vector<Word> words;
};

History any_history() {
  History out;
  const bool alike = number(0, 11) == 0;  // a title that more share than are compared pair by pair
  const int size = alike ? number(25, 30) : number(1, 8);
  for (int i = 0; i < size; ++i) out.sources.push_back(any_source(i, alike));
  for (int left = number(0, 2); left > 0; --left) {
    Said edit{"title" + std::to_string(left),
              SourceKind::person,
              {{FieldId::title, "Edited " + std::to_string(number(1, 2))}},
              out.sources[static_cast<std::size_t>(number(0, size - 1))].name};
    out.edits.push_back(std::move(edit));
  }
  for (int left = size > 1 ? number(0, 2) : 0; left > 0; --left) {
    const int a = number(0, size - 2), b = number(a + 1, size - 1);
    const Word word{"s" + std::to_string(a), "s" + std::to_string(b), number(0, 1) ? Verdict::same : Verdict::apart};
    std::erase_if(out.words, [&](const Word& w) { return w.a == word.a && w.b == word.b; });
    out.words.push_back(word);
  }
  return out;
}

World::State plainly(const History& history) {
  World world;
  world.add(history.sources);
  for (const Said& edit : history.edits) world.add({edit});
  for (const Word& word : history.words) world.decide(word.a, word.b, word.verdict);
  return world.state();
}

// The same sources, edits and decisions by another way.
World::State by_detours(const History& history, std::mt19937& random) {
  const auto chance = [&](unsigned of) { return random() % of == 0; };
  World world;
  std::vector<Said> order = history.sources;
  std::ranges::shuffle(order, random);
  std::set<std::string> there;
  std::vector<Said> edits = history.edits;
  std::vector<Word> words = history.words;
  for (std::size_t at = 0; at < order.size();) {
    std::vector<Said> batch;
    const std::size_t end = std::min(order.size(), at + 1 + random() % 4);
    for (; at < end; ++at) {
      there.insert(order[at].name);
      if (chance(4)) {  // first another text at the same place
        Said other = any_source(0, false);
        other.name = order[at].name;
        other.values.emplace_back(FieldId::note, "other");
        world.add({other});
        if (chance(2)) world.drop(other);
      }
      batch.push_back(order[at]);
      if (chance(3)) batch.push_back(order[at]);
    }
    world.add(batch);
    std::erase_if(words, [&](const Word& word) {
      const bool now = there.contains(word.a) && there.contains(word.b) && chance(2);
      if (now) world.decide(word.a, word.b, word.verdict);
      return now;
    });
    std::erase_if(edits, [&](const Said& edit) {
      const bool now = there.contains(edit.edit_of) && chance(2);
      if (now) world.add({edit});
      return now;
    });
    if (chance(3)) {  // away and back again
      const Said& some = order[random() % at];
      if (chance(2)) {
        world.drop(some);
      } else {
        Said other = any_source(0, false);
        other.name = some.name;
        other.values.emplace_back(FieldId::note, "later");
        world.add({other});
      }
      world.add({some});
    }
  }
  for (const Said& edit : edits) world.add({edit});
  for (const Word& word : words) world.decide(word.a, word.b, word.verdict);
  if (chance(3)) world.add(order);
  RC_ASSERT(world.settled());
  return world.state();
}

RC_GTEST_PROP(Assimilate, WorksAreAFunctionOfSourcesAndDecisions, ()) {
  const History history = any_history();
  const World::State expected = plainly(history);
  std::mt19937 random(static_cast<unsigned>(number(0, 1 << 20)));
  for (int way = 0; way < 2; ++way) RC_ASSERT(by_detours(history, random) == expected);
}

}  // namespace
}  // namespace colophon::ingest
