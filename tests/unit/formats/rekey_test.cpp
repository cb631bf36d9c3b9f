// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/bibtex/rekey.hpp"

#include <algorithm>

#include "formats/bibtex/reader.hpp"

#include <gtest/gtest.h>

namespace colophon::formats {
namespace {

const std::string kFile =
    "% a remark\n"
    "@article{zeta, author = {Folke, Carl}, title = {Zebra}, year = 2019, related = {alpha, nowhere}}\n"
    "@article{alpha,\r\n  author = \"Folke, Carl\", title = {Apple}, year = 2019\r\n}\n"
    "@inproceedings{c1 , crossref = {conf}, author = {Souza, Rui}, title = {Heat}, xdata = {data}}\n"
    "@inproceedings{author = {Souza, Rui}, title = {Ice}, year = 2020}\n"
    "@proceedings{conf, editor = {Lima, Ana}, title = {Proc}, year = 2020}\n"
    "@xdata{data, note = {n}}\n"
    "@set{s, entryset = {zeta,alpha}}\n";

std::string rekeyed(std::string_view text, std::string_view pattern = "[auth][year]", Keys which = Keys::pattern) {
  const Result<Rekeyed> out = rekey_bibtex(text, *KeyPattern::parse(pattern), which);
  return out ? apply_edits(text, out->edits) : out.error().message;
}

TEST(Rekey, KeysAndWhatRefersToThemChangeAndNothingElse) {
  EXPECT_EQ(rekeyed(kFile),
            "% a remark\n"
            "@article{Folke2019a, author = {Folke, Carl}, title = {Zebra}, year = 2019, related = {Folke2019, nowhere}}\n"
            "@article{Folke2019,\r\n  author = \"Folke, Carl\", title = {Apple}, year = 2019\r\n}\n"
            "@inproceedings{Souza2020 , crossref = {Lima2020}, author = {Souza, Rui}, title = {Heat}, xdata = {data}}\n"
            "@inproceedings{Souza2020a, author = {Souza, Rui}, title = {Ice}, year = 2020}\n"
            "@proceedings{Lima2020, editor = {Lima, Ana}, title = {Proc}, year = 2020}\n"
            "@xdata{data, note = {n}}\n"
            "@set{s, entryset = {Folke2019a,Folke2019}}\n");
}

TEST(Rekey, DoingItAgainChangesNothing) {
  const std::string once = rekeyed(kFile);
  EXPECT_EQ(rekeyed(once), once);
  EXPECT_TRUE(rekey_bibtex(once, *KeyPattern::parse("[auth][year]"), Keys::pattern)->changes.empty());
}

TEST(Rekey, ANewEntryTakesNoKeyAway) {
  const std::string more = "@misc{new, author = {Folke, Carl}, title = {Aardvark}, year = 2019}\n" + rekeyed(kFile);
  EXPECT_TRUE(rekeyed(more).starts_with("@misc{Folke2019b,"));
  EXPECT_TRUE(rekeyed(more).ends_with(rekeyed(kFile)));
}

TEST(Rekey, MissingKeysAlone) {
  const std::string text = "@misc{a, title = {T}}\n@misc{a, title = {U}}\n@misc{, title = {V}}\n@misc{}\n";
  EXPECT_EQ(rekeyed(text, "[title]", Keys::keep),
            "@misc{a, title = {T}}\n@misc{aa, title = {U}}\n@misc{V, title = {V}}\n@misc{anon}\n");
}

TEST(Rekey, TellsWhatChanged) {
  const Result<Rekeyed> out = rekey_bibtex(kFile, *KeyPattern::parse("[auth][year]"), Keys::pattern);
  ASSERT_TRUE(out);
  ASSERT_EQ(out->changes.size(), 5u);
  EXPECT_EQ(out->changes[0].line, 2u);
  EXPECT_EQ(out->changes[0].from, "zeta");
  EXPECT_EQ(out->changes[3].from, "");
  EXPECT_EQ(out->references, 4u);
  EXPECT_EQ(out->entries, 7u);
}

TEST(Rekey, Utf16IsRefused) {
  EXPECT_EQ(rekeyed(std::string_view("\xFF\xFE@\0", 4)), "the file is UTF-16LE, in which keys are not changed");
}

TEST(Rekey, OneEntry) {
  EXPECT_EQ(entry_with_keys("@misc{a, crossref = {old}, note = {old}}", "b", {{"old", "new"}}),
            "@misc{b, crossref = {new}, note = {old}}");
  EXPECT_EQ(entry_with_keys("@misc{a, note = {x}}", "a", {}), "@misc{a, note = {x}}");
  EXPECT_EQ(entry_with_keys("no entry", "a", {}), "no entry");
}

}  // namespace
}  // namespace colophon::formats
