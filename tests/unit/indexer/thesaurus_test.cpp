// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/thesaurus.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace colophon::indexer {
namespace {

using Texts = std::vector<std::string>;

bib::Concept named(std::string id, std::vector<bib::Concept::Label> labels, std::vector<std::string> broader = {}) {
  bib::Concept out;
  out.id = std::move(id);
  out.preferred = {labels.front()};
  out.other.assign(labels.begin() + 1, labels.end());
  out.broader = std::move(broader);
  return out;
}

Thesaurus small() {
  return Thesaurus({named("heat", {{"heat", "en"}, {"Hitze", "de"}}),
                    named("wave", {{"heat wave", "en"}, {"Hitzewelle", "de"}, {"ola de calor", "es"}}, {"heat"}),
                    named("loop-a", {{"a", "en"}}, {"loop-b"}), named("loop-b", {{"b", "en"}}, {"loop-a", "loop-b"}),
                    named("warmth", {{"Hitze", "de"}, {"Wärme", "de"}})});
}

Texts texts(const std::vector<query::Label>& labels) {
  Texts out;
  for (const query::Label& label : labels) out.push_back(label.text);
  return out;
}

TEST(Thesaurus, GivesTheOtherLabelsAndThoseOfNarrowerConcepts) {
  const Thesaurus thesaurus = small();
  EXPECT_EQ(texts(thesaurus.other_names("Heat Wave")), (Texts{"Hitzewelle", "ola de calor"}));
  EXPECT_EQ(texts(thesaurus.other_names("heat")), (Texts{"Hitze", "heat wave", "Hitzewelle", "ola de calor"}));
  EXPECT_EQ(texts(thesaurus.other_names("hitze")), (Texts{"heat", "Wärme", "heat wave", "Hitzewelle", "ola de calor"}))
      << "both concepts with this label";
  EXPECT_EQ(texts(thesaurus.other_names("nothing")), Texts{});
  EXPECT_EQ(texts(thesaurus.other_names("")), Texts{});
}

TEST(Thesaurus, KnowsOtherFormsOfALabel) {
  EXPECT_EQ(texts(small().other_names("heat waves")), (Texts{"heat wave", "Hitzewelle", "ola de calor"}));
  EXPECT_EQ(texts(small().other_names("Hitzewellen")), (Texts{"heat wave", "Hitzewelle", "ola de calor"}));
}

TEST(Thesaurus, EndsWhereConceptsAreBroaderThanEachOther) { EXPECT_EQ(texts(small().other_names("a")), Texts{"b"}); }

TEST(Thesaurus, CompletesLabels) {
  EXPECT_EQ(texts(small().beginning("hea")), (Texts{"heat", "heat wave"}));
  EXPECT_EQ(texts(small().beginning("calor")), Texts{"ola de calor"});
  EXPECT_EQ(texts(small().beginning("")), Texts{});
}

}  // namespace
}  // namespace colophon::indexer
