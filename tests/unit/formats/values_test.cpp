// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/bibtex/values.hpp"

#include "formats/bibtex/names.hpp"

#include <gtest/gtest.h>

namespace colophon::formats::bibtex {
namespace {

struct DateCase {
  std::string_view text, edtf;  // a literal is its own EDTF
};

TEST(LooseDate, ReadsWhatPeopleWrite) {
  constexpr DateCase kCases[] = {
      {"2019", "2019"},
      {"2019-3-7", "2019-03-07"},
      {"2019-3", "2019-03"},
      {"7 March 2019", "2019-03-07"},
      {"7th of March 2019", "2019-03-07"},
      {"March 7, 2019", "2019-03-07"},
      {"March, 2019", "2019-03"},
      {"15 de enero de 2015", "2015-01-15"},
      {"3 giugno 2019", "2019-06-03"},
      {"四月 1, 2019", "2019-04-01"},
      {"Spring 2019", "2019-21"},
      {"Herbst 2019", "2019-23"},
      {"7.3.2019", "2019-03-07"},
      {"07-03-2019", "2019-03-07"},
      {"2019.3.7", "2019-03-07"},
      {"2019/03/07", "2019-03-07"},
      {"25/3/2019", "2019-03-25"},
      {"3/25/2019", "2019-03-25"},
      {"3/2019", "2019-03"},
      {"2015/11", "2015-11"},
      {"2010/11", "2010/2011"},
      {"2010–11", "2010/2011"},
      {"2010--2012", "2010/2012"},
      {"1998-", "1998/.."},
      {"1998/open", "1998/.."},
      {"1987--date", "1987/.."},
      {"1987–present", "1987/.."},
      {"198?", "1980/1989"},
      {"199X", "1990/1999"},
      {"19uu", "1900/1999"},
      {"1999-XX", "1999"},
      {"1999-01-XX", "1999-01"},
      {"1999-XX-XX", "1999"},
      {"2004-04-05T14:34:00+01:00", "2004-04-05"},
      {"-876", "-0876"},
      {"30 BC", "-0029"},
      {"0030-01 BC", "-0029-01"},
      {"2 AD", "0002"},
      {"30 BC / 5 AD", "-0029/0005"},
      {"15 January 2015 / 25 February 2015", "2015-01-15/2015-02-25"},
      {"March 2010 – May 2010", "2010-03/2010-05"},
      {"c. 1850", "1850~"},
      {"[1850]", "1850"},
  };
  for (const DateCase& one : kCases) {
    const std::optional<bib::Date> date = loose_date(one.text);
    ASSERT_TRUE(date) << one.text;
    EXPECT_TRUE(date->known()) << one.text;
    EXPECT_EQ(bib::to_edtf(*date), one.edtf) << one.text;
  }
}

TEST(LooseDate, KeepsTheWordsOfWhatCanBeReadInTwoWays) {
  for (const std::string_view text :
       {"3/4/2019", "9/15", "Magazine 2019", "in press", "31 February 2019", "00-06-2019", "2019 2020", "March", "12"}) {
    const std::optional<bib::Date> date = loose_date(text);
    ASSERT_TRUE(date) << text;
    EXPECT_EQ(date->literal, text);
  }
}

TEST(AddMonth, ReadsDaysAndRanges) {
  constexpr DateCase kCases[] = {
      {"March", "2019-03"},
      {"3", "2019-03"},
      {"12 March", "2019-03-12"},
      {"March~12", "2019-03-12"},
      {"July 18–22", "2019-07-18/2019-07-22"},
      {"18-22 July", "2019-07-18/2019-07-22"},
      {"mar/apr", "2019-03/2019-04"},
      {"30 June – 2 July", "2019-06-30/2019-07-02"},
      {"jul\u00A011–12", "2019-07-11/2019-07-12"},
      {"Jun. 2019", "2019-06"},
      {"Summer", "2019-22"},
  };
  for (const DateCase& one : kCases) {
    bib::Date date = bib::year_date(2019);
    EXPECT_TRUE(add_month(one.text, date)) << one.text;
    EXPECT_EQ(bib::to_edtf(date), one.edtf) << one.text;
  }
}

TEST(AddMonth, LeavesTheDateAsItWasWhenUnread) {
  for (const std::string_view text : {"", "July 18–22 and 25", "Jun. 2018", "31 June", "July 22–18", "q3", "13"}) {
    bib::Date date = bib::year_date(2019);
    EXPECT_FALSE(add_month(text, date)) << text;
    EXPECT_EQ(date, bib::year_date(2019)) << text;
  }
}

}  // namespace
}  // namespace colophon::formats::bibtex
