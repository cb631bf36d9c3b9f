// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/query/stop_words.hpp"

#include <string>
#include <unordered_set>

#include "base/text.hpp"

namespace colophon::indexer::query {
namespace {

// One line a language: en, de, es, fr, pt, it, nl. Left out: words of one language that carry meaning in another of them
// (German "war", "was", "also", "will", "man"; Spanish "son", "era"; French "pour", "sans"; Italian "come", "sale").
constexpr std::string_view kWords =
    "a about after again all am an and any are as at be because been before being between both but by can could did do does "
    "doing during each few for from further had has have having he her hers him his how i if in into is it its me more most my "
    "no nor not of off on once only or other our ours out over own same she should so some such than that the their them then "
    "there these they this those through to too under until up very we were what when where which while who whom why with would "
    "you your "
    "aber als am an auch auf aus bei bis da das dass dem den der des die dies diese dieser dieses durch ein eine einem einen "
    "einer eines er es fur hat ich im in ist mit nach nicht noch nur oder sein sich sie sind so uber um und unter vom von vor "
    "wenn werden wie wir wird zu zum zur zwischen "
    "al como con de del el ella ellos en entre es esta este esto estos fue ha han la las le les lo los mas muy no nos o para "
    "pero por que se ser si sin sobre su sus tambien tiene un una uno y ya "
    "au aux avec ce ces cette dans de des du elle elles en est et eux il ils je la le les leur leurs lui mais ne nous on ou par "
    "pas plus qu que qui sa se ses sont sur un une vous "
    "ao aos as com da das de do dos e ela elas ele eles em entre essa esse esta este foi isso ja mais mas na nas nao no nos num "
    "numa o os ou para pela pelas pelo pelos por que sao se sem ser seu seus sua suas um uma "
    "ai al alla alle anche che chi ci con da dal dalla dei del della delle di e gli ha i il in la le lo loro ma nei nel nella "
    "non o per piu quale questa questo si sono su sul sulla tra un una uno "
    "aan als bij dat de deze die dit door een en er het hun in is maar met naar niet nog of om onder ook op over te tot uit van "
    "voor waar wat wel zijn zo";

}  // namespace

bool is_stop_word(std::string_view folded) {
  static const std::unordered_set<std::string_view> kSet = [] {
    const auto list = split(kWords, ' ');
    return std::unordered_set<std::string_view>(list.begin(), list.end());
  }();
  return kSet.contains(folded);
}

}  // namespace colophon::indexer::query
