// SPDX-License-Identifier: GPL-3.0-or-later
// Blobs, sources, passages: what stands beside events in a store.
#include "base/crockford.hpp"
#include "store/compress.hpp"
#include "store/passage_frames.hpp"
#include "unit/store/support.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

namespace colophon::store {
namespace {

namespace fs = std::filesystem;

class StoreTest : public ::testing::Test {
 protected:
  Result<Incoming> receive(std::string_view bytes, std::uint64_t limit = UINT64_MAX) {
    const fs::path file = folder.path() / "incoming.pdf";
    EXPECT_TRUE(replace_file(file, bytes));
    const Result<Fd> fd = open_read(file);
    return store.blobs().receive(fd->get(), file, limit);
  }
  std::size_t in_tmp() {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder.path() / "tmp"), fs::directory_iterator()));
  }

  TemporaryFolder folder;
  Store store = testing::make_store(folder.path());
};

TEST_F(StoreTest, ABlobIsItsBytes) {
  const std::string bytes(700'000, 'x');
  Result<Incoming> incoming = receive(bytes);
  ASSERT_TRUE(incoming);
  EXPECT_EQ(incoming->digest, sha256(bytes));
  EXPECT_EQ(incoming->size, bytes.size());
  EXPECT_FALSE(store.blobs().exists(incoming->digest));
  EXPECT_EQ(in_tmp(), 1u);
  ASSERT_TRUE(store.blobs().keep(*incoming));
  EXPECT_EQ(in_tmp(), 0u);
  EXPECT_EQ(store.blobs().read(incoming->digest).value(), bytes);
  EXPECT_EQ(store.blobs().read_range(incoming->digest, 10, 14).value(), "xxxx");
  EXPECT_FALSE(store.blobs().read_range(incoming->digest, bytes.size() - 1, bytes.size() + 1));
  EXPECT_TRUE(store.blobs().check(incoming->digest, bytes.size()));
  EXPECT_FALSE(store.blobs().check(incoming->digest, bytes.size() + 1));
  struct stat status{};
  ASSERT_EQ(stat(store.blobs().path(incoming->digest).c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0400u);
}

TEST_F(StoreTest, TheSameBytesAreKeptOnce) {
  Result<Incoming> first = receive("twice");
  ASSERT_TRUE(store.blobs().keep(*first));
  Result<Incoming> second = receive("twice");
  ASSERT_TRUE(second);
  EXPECT_TRUE(second->temporary.empty());
  EXPECT_EQ(in_tmp(), 0u);
  EXPECT_TRUE(store.blobs().keep(*second));
  Result<Incoming> third = store.blobs().receive(std::string_view("twice"));
  ASSERT_TRUE(third);
  EXPECT_EQ(third->digest, first->digest);
  EXPECT_TRUE(third->temporary.empty());
}

TEST_F(StoreTest, TooMuchIsRefusedAndLeavesNothing) {
  const Result<Incoming> incoming = receive(std::string(3u << 20, 'x'), 1u << 20);
  ASSERT_FALSE(incoming);
  EXPECT_EQ(incoming.error().code, Errc::invalid);
  EXPECT_NE(incoming.error().message.find("1 MiB"), std::string::npos);
  EXPECT_EQ(in_tmp(), 0u);
}

TEST_F(StoreTest, GivenUpFilesLeaveNothing) {
  Result<Incoming> incoming = receive("no");
  store.blobs().discard(*incoming);
  EXPECT_EQ(in_tmp(), 0u);
  EXPECT_TRUE(store.blobs().orphans(store.db()).empty());
}

TEST_F(StoreTest, AFlippedByteOfABlobIsFound) {
  Result<Incoming> incoming = store.blobs().receive(std::string_view("some bytes"));
  ASSERT_TRUE(store.blobs().keep(*incoming));
  const fs::path file = store.blobs().path(incoming->digest);
  fs::permissions(file, fs::perms::owner_all);
  testing::write_bytes(file, "some bytez");
  for (const Errc code :
       {store.blobs().check(incoming->digest, 10).error().code, store.blobs().read(incoming->digest).error().code})
    EXPECT_EQ(code, Errc::io);
  fs::remove(file);
  EXPECT_EQ(store.blobs().check(incoming->digest, 10).error().code, Errc::not_found);
}

TEST_F(StoreTest, FilesThatNothingNamesAreOrphans) {
  Result<Incoming> named = store.blobs().receive(std::string_view("named"));
  ASSERT_TRUE(store.blobs().keep(*named));
  ASSERT_TRUE(
      store.write([&]() -> Status { return Blobs::record(store.db(), named->digest, named->size, testing::kNow), Status{}; }));
  EXPECT_TRUE(store.blobs().orphans(store.db()).empty());
  Result<Incoming> nameless = store.blobs().receive(std::string_view("nameless"));
  ASSERT_TRUE(store.blobs().keep(*nameless));
  Result<Incoming> half = store.blobs().receive(std::string_view("half"));
  EXPECT_EQ(store.blobs().orphans(store.db()), (std::vector<fs::path>{store.blobs().path(nameless->digest), half->temporary}));
  EXPECT_TRUE(Blobs::recorded(store.db(), named->digest));
  EXPECT_FALSE(Blobs::recorded(store.db(), nameless->digest));
}

// --- sources ---------------------------------------------------------------------------------------------------------

TEST_F(StoreTest, ASourceComesBackAsItWas) {
  Result<Incoming> blob = store.blobs().receive(std::string_view("@book{}"));
  Source in = testing::source("key", "Hitze");
  in.kind = bib::SourceKind::person;
  in.format = "edit";
  in.blob = blob->digest;
  in.child = 3, in.begin = 10, in.end = 20, in.line = 2;
  in.local_id = "smith2019";
  in.reader_version = 4;
  in.none = {bib::FieldId::note, bib::FieldId::doi};
  ASSERT_TRUE(store.write([&]() -> Status {
    Blobs::record(store.db(), blob->digest, blob->size, testing::kNow);
    Source anchor = testing::source("anchor");
    in.anchor = store.sources().insert(anchor);
    store.sources().insert(in);
    return {};
  }));
  const std::optional<Source> out = store.sources().get(in.id);
  ASSERT_TRUE(out);
  EXPECT_EQ(out->key, in.key);
  EXPECT_EQ(out->short_id, in.short_id);
  EXPECT_EQ(out->kind, in.kind);
  EXPECT_EQ(out->format, in.format);
  EXPECT_EQ(out->blob, in.blob);
  EXPECT_EQ(std::tie(out->child, out->begin, out->end, out->line), std::tie(in.child, in.begin, in.end, in.line));
  EXPECT_EQ(out->local_id, in.local_id);
  EXPECT_EQ(out->reader_version, in.reader_version);
  EXPECT_EQ(out->work, in.work);
  EXPECT_EQ(out->none, in.none);
  EXPECT_EQ(out->anchor, in.anchor);
  EXPECT_EQ(out->status, SourceStatus::current);
  EXPECT_EQ(out->added_at, in.added_at);
  EXPECT_EQ(store.sources().anchored(*in.anchor), std::vector<SourceId>{in.id});
}

TEST_F(StoreTest, ASourceNeedsItsBlob) {
  EXPECT_FALSE(store.write([&]() -> Status {
    Source in = testing::source("key");
    in.blob = sha256("nowhere");
    store.sources().insert(in);
    return {};
  }));
}

TEST_F(StoreTest, CollidingShortIdsGrow) {
  std::vector<std::string> ids;
  ASSERT_TRUE(store.write([&]() -> Status {
    for (int i = 0; i < 4; ++i) {
      Source in = testing::source("same");
      in.key.bytes[31] = static_cast<std::uint8_t>(i);  // the short id is taken from the first bytes
      store.sources().insert(in);
      ids.push_back(in.short_id);
    }
    return {};
  }));
  for (std::size_t i = 0; i < ids.size(); ++i) {
    EXPECT_EQ(ids[i].size(), 5 + i);
    EXPECT_EQ(parse_crockford_id(ids[i]).value(), ids[i]);
    EXPECT_EQ(store.sources().short_id(*store.sources().with_short_id(ids[i])), ids[i]);
  }
  EXPECT_FALSE(store.sources().with_short_id("00000"));
}

TEST_F(StoreTest, OriginsAndMatchKeys) {
  ASSERT_TRUE(store.write([&]() -> Status {
    Source a = testing::source("a"), b = testing::source("b");
    Sources sources = store.sources();
    sources.insert(a);
    sources.insert(b);
    sources.set_origin("/x.bib", "k", a.id);
    sources.set_origin("/x.bib", "k", b.id);
    sources.set_origin("/y.bib", "k", b.id);
    EXPECT_FALSE(sources.has_origin(a.id));
    EXPECT_EQ(sources.at_origin("/x.bib", "k"), b.id);
    EXPECT_EQ(sources.origins_of(b.id).size(), 2u);
    sources.drop_origin("/x.bib", "k");
    std::vector<std::string> left;
    for (const char* path : {"/x.bib", "/y.bib"}) {
      sources.for_each_origin_at(path, [&](std::string_view local_id, SourceId source) {
        EXPECT_EQ(source, b.id);
        left.push_back(path + std::string(local_id));
      });
    }
    EXPECT_EQ(left, std::vector<std::string>{"/y.bibk"});
    sources.set_match_keys(a.id, {}, {1, UINT64_MAX});
    sources.set_match_keys(b.id, {}, {UINT64_MAX, UINT64_MAX});
    EXPECT_EQ(sources.with_match_key(UINT64_MAX), (std::vector<SourceId>{a.id, b.id}));
    sources.set_match_keys(a.id, {UINT64_MAX}, {2});
    EXPECT_EQ(sources.with_match_key(UINT64_MAX), std::vector<SourceId>{b.id});
    EXPECT_EQ(sources.with_match_key(1), std::vector<SourceId>{a.id});
    sources.decide({b.id, a.id, Verdict::apart});
    sources.decide({a.id, b.id, Verdict::same});
    EXPECT_EQ(sources.decisions_of(a.id).size(), 1u);
    EXPECT_EQ(sources.decisions_of(b.id)[0].verdict, Verdict::same);
    return {};
  }));
}

// --- passages --------------------------------------------------------------------------------------------------------

TEST_F(StoreTest, PassagesAreKeptCompressed) {
  std::vector<bib::Passage> in;
  for (std::uint32_t page = 1; page <= 30; ++page)
    in.push_back({page, "2 Methoden › 2.1 Daten", "page", "de", "Überflutung " + std::string(2000, 'a')});
  Source source = testing::source("pdf");
  ASSERT_TRUE(store.write([&]() -> Status {
    store.sources().insert(source);
    store.works().put({.id = WorkId(source.id.value), .short_id = source.short_id, .change = 1, .record = "{}"});
    store.works().set_member(source.id, WorkId(source.id.value));
    store.works().set_passages(source.id, 1, in);
    return {};
  }));
  EXPECT_EQ(store.works().passages(source.id).value(), in);
  EXPECT_EQ(store.works().texts_of(WorkId(source.id.value)).size(), 1u);
  {
    Query q = store.db().query("SELECT length(data) FROM passage");
    ASSERT_TRUE(q.next());
    EXPECT_LT(q.integer(0), 2000);
  }
  EXPECT_TRUE(store.works().passages(SourceId(999)).value().empty());
  ASSERT_TRUE(store.write([&]() -> Status { return store.works().set_passages(source.id, 2, {}), Status{}; }));
  EXPECT_TRUE(store.works().texts_of(WorkId(source.id.value)).empty());
}

TEST_F(StoreTest, BodiesStandBesidePassages) {
  bib::Document body;
  body.lang = "de";
  body.sections.emplace_back();
  body.sections[0].heading = bib::RichText("Methoden");
  body.sections[0].blocks.push_back({.text = bib::RichText("Überflutung")});
  Source source = testing::source("jats");
  ASSERT_TRUE(store.write([&]() -> Status {
    store.sources().insert(source);
    store.works().set_body(source.id, 1, body);
    return {};
  }));
  EXPECT_EQ(store.works().body(source.id).value(), body);
  EXPECT_TRUE(store.works().body(SourceId(999)).value().empty());
  ASSERT_TRUE(store.write([&]() -> Status { return store.works().set_body(source.id, 2, {}), Status{}; }));
  EXPECT_TRUE(store.works().body(source.id).value().empty());
}

TEST(Compress, DamageIsAnErrorNotData) {
  const std::string packed = compress("some text, some text, some text");
  EXPECT_EQ(decompress(packed).value(), "some text, some text, some text");
  EXPECT_EQ(decompress(compress("")).value(), "");
  for (std::size_t at = 0; at < packed.size(); ++at) {
    std::string bad = packed;
    bad[at] = static_cast<char>(bad[at] ^ 1);
    const Result<std::string> text = decompress(bad);
    EXPECT_TRUE(!text || *text == "some text, some text, some text") << at;
  }
  for (std::size_t size = 0; size < packed.size(); ++size) EXPECT_FALSE(decompress(std::string_view(packed).substr(0, size)));
  EXPECT_EQ(decompress("nonsense").error().code, Errc::io);
}

std::vector<bib::Passage> passages_of_sizes(const std::vector<std::size_t>& sizes) {
  std::vector<bib::Passage> out;
  for (const std::size_t size : sizes) {
    std::string text;
    while (text.size() < size) text += "Shade \"cools\" " + std::to_string(text.size()) + "\n";
    text.resize(size);
    out.push_back({static_cast<std::uint32_t>(out.size()), "2 Methods", "page", "en", std::move(text), "s2"});
  }
  return out;
}

TEST(PassageFrames, EachTextIsReadAlone) {
  for (const std::vector<std::size_t>& sizes :
       {std::vector<std::size_t>{1}, {0}, {0, 0, 5, 0}, {70'000, 0, 3, 16'384, 1, 16'383, 40'000, 0}, {16'384}}) {
    const std::vector<bib::Passage> all = passages_of_sizes(sizes);
    const std::string frames = passage_frames(all);
    EXPECT_EQ(passages_of_frames(frames).value(), all);
    EXPECT_EQ(passages_of_frames(compress(bib::to_json(all).dump())).value(), all);  // the older form
    for (std::size_t one = 0; one <= all.size(); ++one) {
      std::vector<bib::Passage> expected = all;
      for (std::size_t i = 0; i < all.size(); ++i) {
        if (i != one) expected[i].text.clear();
      }
      EXPECT_EQ(passages_of_frames(frames, one).value(), expected);
      EXPECT_EQ(passages_of_frames(compress(bib::to_json(all).dump()), one).value(), expected);
    }
  }
}

TEST(PassageFrames, DamageIsAnErrorNotData) {
  const std::vector<bib::Passage> all = passages_of_sizes({20'000, 300, 20'000});
  const std::string frames = passage_frames(all);
  for (std::size_t at = 0; at < frames.size(); ++at) {
    std::string bad = frames;
    bad[at] = static_cast<char>(bad[at] ^ 1);
    const auto read = passages_of_frames(bad);
    EXPECT_TRUE(!read || *read == all) << at;
  }
  for (std::size_t size = 0; size < frames.size(); ++size)
    EXPECT_FALSE(passages_of_frames(std::string_view(frames).substr(0, size)));
  EXPECT_EQ(passages_of_frames("nonsense").error().code, Errc::io);
}

TEST_F(StoreTest, ALiveWorkIsFoundByTheIdOfAnyOfItsSources) {
  ASSERT_TRUE(store.write([&]() -> Status {
    Source first = testing::source("first", "Hitze"), second = testing::source("second");
    store.sources().insert(first), store.sources().insert(second);
    const WorkId work(first.id.value);
    WorkRow row{work, {}, 1, WorkState::live, {}, {}, bib::to_json(first.work).dump()};
    store.works().put(row);
    store.works().set_member(first.id, work), store.works().set_member(second.id, work);
    for (const std::string& id : {first.short_id, second.short_id}) {
      const std::optional<WorkRow> live = store.works().live(id);
      EXPECT_TRUE(live && live->id == work && live->work() == first.work) << id;
    }
    EXPECT_FALSE(store.works().live("00000")) << "nobody's";
    row.state = WorkState::withdrawn, row.change = 2;
    store.works().put(row);
    EXPECT_FALSE(store.works().live(first.short_id));
    EXPECT_TRUE(store.works().with_short_id(first.short_id)) << "a tombstone is still found";
    return {};
  }));
  for (const std::string_view damaged : {"", "{", "[]"}) {
    EXPECT_FALSE((WorkRow{.id = WorkId(1), .record = std::string(damaged)}.work())) << damaged;
  }
}

TEST_F(StoreTest, FilesOfAWorkWithTheirRules) {
  Result<Incoming> blob = store.blobs().receive(std::string_view("pdf"));
  const bib::Access access = bib::parse_access("public; embargo 2027-01-01").value();
  ASSERT_TRUE(store.write([&]() -> Status {
    Blobs::record(store.db(), blob->digest, blob->size, testing::kNow);
    Source source = testing::source("pdf");
    store.sources().insert(source);
    const WorkId work(source.id.value);
    store.works().put({work, {}, 1, WorkState::live, {}, access.embargo_until, "{}"});
    store.works().set_member(source.id, work);
    for (int i = 0; i < 2; ++i)
      store.works().add_file({0, source.id, blob->digest, "a.pdf", "application/pdf", bib::FileRole::full_text,
                              bib::VersionStage::vor, "CC-BY-4.0", access});
    const std::vector<FileRow> files = store.works().files_of(work);
    EXPECT_EQ(files.size(), 1u);
    EXPECT_EQ(files[0].access, access);
    EXPECT_EQ(files[0].stage, bib::VersionStage::vor);
    EXPECT_TRUE(store.works().due(Instant{access.embargo_until->ms - 1}).empty());
    EXPECT_EQ(store.works().due(*access.embargo_until), std::vector<WorkId>{work});
    EXPECT_EQ(store.works().last_change(), 1u);
    EXPECT_EQ(store.works().changed_after(0, 10).size(), 1u);
    EXPECT_TRUE(store.works().changed_after(1, 10).empty());
    store.sources().set_status(source.id, SourceStatus::superseded, {});
    EXPECT_TRUE(store.works().files_of(work).empty()) << "files of superseded sources";
    return {};
  }));
}

}  // namespace
}  // namespace colophon::store
