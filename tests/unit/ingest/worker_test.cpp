// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/worker.hpp"

#include <chrono>
#include <cstdlib>
#include <string>
#include <thread>

#include "base/io.hpp"
#include "bib/document.hpp"
#include "formats/wire.hpp"
#include "support/tiny_pdf.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>

namespace colophon::ingest {
namespace {

using formats::Extraction;
using formats::Format;
using formats::Outcome;

constexpr bool kSanitized =
#ifdef __SANITIZE_ADDRESS__
    true;
#else
    false;
#endif

const std::filesystem::path kProgram = std::filesystem::path(COLOPHON_BIN_DIR) / "colophon-extract";
const Limits kTight{2, 700, std::uint64_t{256} << 20, 1 << 20};

Fd document(std::string_view bytes) {
  Fd fd(::memfd_create("document", MFD_CLOEXEC));
  EXPECT_TRUE(write_all(fd.get(), bytes));
  return fd;
}

class WorkerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ::setenv("COLOPHON_EXTRACT_TEST", "1", 1);
    if (!std::filesystem::exists(kProgram)) GTEST_SKIP() << "colophon-extract is not built";
    start(kTight);
  }

  void start(const Limits& limits) {
    Result<Worker> started = Worker::start(limits, kProgram);
    ASSERT_TRUE(started) << started.error().message;
    worker = std::make_unique<Worker>(std::move(*started));
  }

  Extraction read(Format format, std::string_view bytes) {
    const Fd fd = document(bytes);
    Result<Extraction> out = worker->extract(format, fd.get(), bytes.size());
    EXPECT_TRUE(out) << out.error().message;
    return out.value_or(Extraction{});
  }

  std::string text_of(std::string_view pdf) {
    const Extraction out = read(Format::pdf, pdf);
    EXPECT_EQ(out.outcome, Outcome::ok);
    if (out.drafts.size() != 1 || !out.drafts[0].body) return {};
    std::string text;
    for (const bib::Passage& passage : bib::passages(*out.drafts[0].body)) text += passage.text;
    return text;
  }

  void expect_good() {
    EXPECT_EQ(text_of(test::TinyPdf().page().text(72, 100, 12, "A good document comes next").bytes()),
              "A good document comes next");
  }

  // The misdeed ends in the code, and a good document is read afterwards.
  void expect_contained(std::string_view misdeed, Outcome outcome, std::string_view code) {
    const Extraction out = read(formats::kTestFormat, misdeed);
    EXPECT_EQ(out.outcome, outcome) << misdeed;
    EXPECT_TRUE(out.drafts.empty());
    ASSERT_EQ(out.diagnostics.size(), 1U) << misdeed;
    EXPECT_EQ(out.diagnostics[0].code, code) << misdeed << ": " << out.diagnostics[0].message;
    EXPECT_FALSE(out.diagnostics[0].hint.empty());
    expect_good();
  }

  std::unique_ptr<Worker> worker;
};

TEST_F(WorkerTest, ReadsAGoodDocument) { expect_good(); }

TEST_F(WorkerTest, ContainsCrashes) {
  expect_contained("crash", Outcome::damaged, "worker.crash");
  expect_contained("abort", Outcome::damaged, "worker.crash");
  expect_contained("stack", Outcome::damaged, "worker.crash");
  expect_contained("exit", Outcome::damaged, "worker.crash");
  expect_contained("silence", Outcome::damaged, "worker.crash");
}

TEST_F(WorkerTest, EndsWhatHangs) {
  const auto begin = std::chrono::steady_clock::now();
  expect_contained("hang", Outcome::damaged, "worker.timeout");
  expect_contained("spin", Outcome::damaged, "worker.timeout");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
}

TEST_F(WorkerTest, EndsWhatSpinsByItsProcessorTime) {
  start({1, 30'000, std::uint64_t{256} << 20, 1 << 20});
  expect_contained("spin", Outcome::damaged, "worker.timeout");
}

TEST_F(WorkerTest, BoundsOutput) {
  const int zygote = worker->process_id();
  expect_contained("grow", Outcome::too_large, "worker.output");
  EXPECT_EQ(worker->process_id(), zygote);
  expect_contained("flood", Outcome::too_large, "worker.output");
  EXPECT_NE(worker->process_id(), zygote) << "a breach of the protocol costs the zygote";
  expect_contained("announce", Outcome::too_large, "worker.output");
}

TEST_F(WorkerTest, BoundsMemory) {
  if (kSanitized) GTEST_SKIP() << "sanitizers need the address space";
  expect_contained("memory", Outcome::too_large, "worker.memory");
}

TEST_F(WorkerTest, BelievesNoNonsense) {
  expect_contained("lie", Outcome::damaged, "worker.crash");
  expect_contained("nonsense", Outcome::damaged, "worker.crash");
}

TEST_F(WorkerTest, OutlivesItsZygote) {
  const int zygote = worker->process_id();
  ::kill(zygote, SIGKILL);
  expect_good();
  EXPECT_NE(worker->process_id(), zygote);
}

TEST_F(WorkerTest, OutlivesAZygoteKilledAtWork) {
  const int zygote = worker->process_id();
  std::thread killer([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    ::kill(zygote, SIGKILL);
  });
  const Extraction out = read(formats::kTestFormat, "hang");
  killer.join();
  ASSERT_EQ(out.diagnostics.size(), 1U);
  EXPECT_EQ(out.diagnostics[0].code, "worker.timeout") << "the document was tried again";
  expect_good();
}

TEST_F(WorkerTest, RefusesMisdeedsOutsideTests) {
  ::unsetenv("COLOPHON_EXTRACT_TEST");
  start(kTight);
  EXPECT_EQ(read(formats::kTestFormat, "crash").outcome, Outcome::unsupported);
}

TEST_F(WorkerTest, ReadsAnEmptyDocument) { EXPECT_EQ(read(Format::pdf, "").outcome, Outcome::damaged); }

// A document is mapped with a NUL behind it, also where no byte of its last page is left for one.
TEST_F(WorkerTest, ReadsXmlThatFillsItsPages) {
  const std::string head =
      "<article><front><article-meta><title-group><article-title>Whole pages</article-title></title-group></article-meta></front>"
      "<body><p>";
  const std::string tail = "</p></body></article>";
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  for (const std::size_t size : {2 * page - 1, 2 * page, 2 * page + 1}) {
    const Extraction out = read(Format::jats, head + std::string(size - head.size() - tail.size(), 'x') + tail);
    ASSERT_EQ(out.outcome, Outcome::ok) << size;
    EXPECT_EQ(out.drafts.at(0).work.full_title(), "Whole pages");
  }
}

TEST_F(WorkerTest, LintsToo) {
  const Result<Extraction> told = worker->lint(Format::jats, "<article><nonsense/></article>");
  ASSERT_TRUE(told) << told.error().message;
  EXPECT_TRUE(told->drafts.empty());
  EXPECT_TRUE(std::ranges::any_of(told->diagnostics, [](const Diagnostic& d) { return d.code == "jats.unknown-element"; }));
  EXPECT_EQ(worker->lint(Format::pdf, "%PDF-1.4")->outcome, Outcome::unsupported);
  expect_good();
}

TEST_F(WorkerTest, FillsInLanguages) {
  test::TinyPdf pdf;
  pdf.page().text(72, 100, 20,
                  "Wie St\xe4"
                  "dte sich auf Hitze vorbereiten");
  const char* lines[] = {"Der Stadtrat hat den Plan f\xfcr mehr B\xe4ume und Schatten in der Altstadt beschlossen.",
                         "Die Verwaltung wird die Stra\xdf"
                         "en und Pl\xe4tze in den kommenden Jahren umbauen."};
  pdf.text(72, 140, 10, lines[0]).text(72, 152, 10, lines[1]);
  const Extraction out = read(Format::pdf, pdf.bytes());
  ASSERT_EQ(out.drafts.size(), 1U);
  EXPECT_EQ(out.drafts[0].body->lang, "de");
  EXPECT_EQ(out.drafts[0].work.text(bib::FieldId::language), "de");
}

TEST_F(WorkerTest, MovesWithItsZygote) {
  Worker other = std::move(*worker);
  *worker = std::move(other);
  expect_good();
}

TEST(WorkerStart, SaysWhatToDoWithoutItsProgram) {
  const Result<Worker> none = Worker::start({}, "/nonexistent/colophon-extract");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, Errc::internal);
  EXPECT_NE(none.error().hint.find("reinstall"), std::string::npos);
  const Result<Worker> other = Worker::start({}, "/bin/true");
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, Errc::internal);
}

}  // namespace
}  // namespace colophon::ingest
