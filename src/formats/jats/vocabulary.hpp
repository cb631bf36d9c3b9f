// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string_view>

#include "bib/work_type.hpp"

/// Words of JATS and what they are to us, for the writer and the reader (the 1.4 Tag Library's lists of values for @article-type and
/// @related-article-type). Of relations the reader knows more spellings (formats_xml/metadata.cpp): a test holds them against each other.
namespace colophon::formats::jats {

/// article-type of a type of work.
std::string_view article_type_of(bib::WorkType type);
/// The type that an article of this article-type, or a part of this book-part-type, is read as; article where nobody knows it.
bib::WorkType type_of_article(std::string_view article_type);
/// Whether it says no more than the type, so that no genre is made of it.
bool is_plain_type(std::string_view article_type);

/// related-article-type of a relation ("corrects"), or empty.
std::string_view related_type_of(std::string_view relation);

/// The role as CRediT (ANSI/NISO Z39.104-2022) spells it, and the address of the term; empty for other roles.
struct CreditTerm {
  std::string_view name;
  std::string_view address;
};
CreditTerm credit_term(std::string_view role);

/// Whether further fields have names that begin so and a colon: "bibtex", "csl", "jats" …
bool is_extra_prefix(std::string_view word);

}  // namespace colophon::formats::jats
