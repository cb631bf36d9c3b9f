// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/output.hpp"

#include <cstdlib>

#include "base/io.hpp"
#include "cli/progress.hpp"
#include "cli/rows.hpp"

#include <gtest/gtest.h>

namespace colophon::cli {
namespace {

// Two streams in memory.
class Memory {
 public:
  Memory() {
    streams.out = open_memstream(&out_, &out_size_);
    streams.err = open_memstream(&err_, &err_size_);
  }
  ~Memory() {
    std::fclose(streams.out);
    std::fclose(streams.err);
    std::free(out_);
    std::free(err_);
  }
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;
  std::string out() { return std::fflush(streams.out), std::string(out_, out_size_); }
  std::string err() { return std::fflush(streams.err), std::string(err_, err_size_); }
  Streams streams;

 private:
  char* out_ = nullptr;
  char* err_ = nullptr;
  std::size_t out_size_ = 0, err_size_ = 0;
};

const Error kError{Errc::not_found, "there is no work “x”", "check the id", "a.bib:3"};

TEST(Output, ErrorsAreOneSentenceAndWhatToDo) {
  Memory memory;
  Output(memory.streams, Format::text, Colour::automatic, Verbosity::normal).error(kError);
  EXPECT_EQ(memory.err(), "colophon: there is no work “x” (a.bib:3). Check the id.\n");
  EXPECT_EQ(memory.out(), "");
}

TEST(Output, ThePlaceIsNotSaidTwice) {
  EXPECT_EQ(sentence({Errc::conflict, "ART-7KQ2: it has changed.", "look again?", "ART-7KQ2"}),
            "ART-7KQ2: it has changed. Look again?");
  EXPECT_EQ(sentence({Errc::io, "the disk is full", "", ""}), "the disk is full.");
}

TEST(Output, ErrorsAsJson) {
  Memory memory;
  Output(memory.streams, Format::json, Colour::automatic, Verbosity::normal).error(kError);
  EXPECT_EQ(memory.err(),
            "{\"error\":{\"code\":\"not_found\",\"message\":\"there is no work “x”\",\"hint\":\"check the "
            "id\",\"where\":\"a.bib:3\"}}\n");
}

TEST(Output, DataCannotMoveTheCursor) {
  Memory memory;
  Output(memory.streams, Format::text, Colour::always, Verbosity::normal).line({{"red \x1b[31m title\nnext", Style::bold}});
  EXPECT_EQ(memory.out(), "\x1b[1mred \\x1b[31m title next\x1b[0m\n");
}

TEST(Output, HitsStandInGuillemetsWithoutColour) {
  Memory memory;
  Output(memory.streams, Format::text, Colour::never, Verbosity::normal).line({"urban ", {"heat", Style::hit}, " plans"});
  EXPECT_EQ(memory.out(), "urban «heat» plans\n");
}

TEST(Output, ColourOnlyOnATerminalThatWantsIt) {
  const auto with = [](bool tty, const char* no_color, const char* term) {
    Memory memory;
    memory.streams.out_tty = tty;
    no_color ? setenv("NO_COLOR", no_color, 1) : unsetenv("NO_COLOR");
    setenv("TERM", term, 1);
    Output(memory.streams, Format::text, Colour::automatic, Verbosity::normal).line({{"x", Style::bold}});
    unsetenv("NO_COLOR");
    return memory.out();
  };
  EXPECT_EQ(with(true, nullptr, "xterm"), "\x1b[1mx\x1b[0m\n");
  EXPECT_EQ(with(true, "", "xterm"), "\x1b[1mx\x1b[0m\n");  // set and empty is not set
  EXPECT_EQ(with(true, "1", "xterm"), "x\n");
  EXPECT_EQ(with(true, nullptr, "dumb"), "x\n");
  EXPECT_EQ(with(false, nullptr, "xterm"), "x\n");
}

TEST(Output, RemarksAreNotForScripts) {
  for (const auto& [format, verbosity] :
       {std::pair(Format::json, Verbosity::normal), std::pair(Format::text, Verbosity::quiet)}) {
    Memory memory;
    Output(memory.streams, format, Colour::never, verbosity).note("all searchable");
    EXPECT_EQ(memory.err(), "");
  }
}

TEST(Output, ResultsAndRemarksInOneFileStandInOrder) {
  const TemporaryFolder folder;
  const std::string path = (folder.path() / "both").string();
  Streams streams;
  streams.out = std::fopen(path.c_str(), "a");
  streams.err = std::fopen(path.c_str(), "a");
  std::setvbuf(streams.err, nullptr, _IONBF, 0);  // as it is
  Output out(streams, Format::text, Colour::never, Verbosity::normal);
  for (const char* const finding : {"one", "two"}) out.line(finding);
  out.note("2 findings");
  std::fclose(streams.out);
  std::fclose(streams.err);
  EXPECT_EQ(read_file(path).value_or(""), "one\ntwo\n2 findings\n");
}

TEST(Output, ColumnsAreAsWideAsTheirWidestCell) {
  Memory memory;
  Output(memory.streams, Format::text, Colour::never, Verbosity::normal)
      .table({{"a", "1", "x"}, {"größer", "22", "y"}, {"b", "3", ""}});
  EXPECT_EQ(memory.out(), "a       1   x\ngrößer  22  y\nb       3\n");
}

TEST(Output, AFullDiskIsAnError) {
  Streams streams;
  streams.out = std::fopen("/dev/full", "w");
  Output out(streams, Format::text, Colour::never, Verbosity::normal);
  out.line("text");
  const Status status = out.finish();
  std::fclose(streams.out);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, Errc::io);
}

TEST(Progress, EstimatesFromThreeSecondsOn) {
  ingest::AddProgress progress;
  progress.files_done = 158;
  progress.files_total = 214;
  EXPECT_EQ(progress_bar(progress, 1), "Reading 214 files  ██████████████████░░░░░░  158/214");
  EXPECT_EQ(progress_bar(progress, 25.4), "Reading 214 files  ██████████████████░░░░░░  158/214  about 10 s left");
}

TEST(ParseDay, ADateIsTheFirstInstantOfItsDay) {
  EXPECT_EQ(to_string(*parse_day("2026-12-01", "UTC")), "2026-12-01T00:00:00.000Z");
  EXPECT_EQ(to_string(*parse_day("2026-12-01", "Europe/Berlin")), "2026-11-30T23:00:00.000Z");
  EXPECT_EQ(to_string(*parse_day("2026-12-01", "Pacific/Kiritimati")), "2026-11-30T10:00:00.000Z");
  EXPECT_EQ(to_string(*parse_day("2026-12-01", "Etc/GMT+12")), "2026-12-01T12:00:00.000Z");
  EXPECT_EQ(to_string(*parse_day("2026-12-01T09:30:00Z", "Europe/Berlin")), "2026-12-01T09:30:00.000Z");
  EXPECT_FALSE(parse_day("tomorrow", "UTC"));
  EXPECT_FALSE(parse_day("2026-02-30", "UTC"));
}

}  // namespace
}  // namespace colophon::cli
