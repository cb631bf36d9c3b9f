// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "base/transliterate.hpp"
#include "formats/keys/markers.hpp"

namespace colophon::formats::keys {
namespace {

constexpr std::size_t kLongest = 1'000;
constexpr std::string_view kUnwanted = "-`:!;?^{}(),=\\\"#%~'";

// The words that JabRef passes over (articles, prepositions, conjunctions), and those of our other languages.
struct Language {
  std::string_view tag, words;
};
constexpr std::array kFunctionWords = {
    Language{"en",
             " a an the above about across against along among around at before behind below beneath beside between beyond by "
             "down during except for from in "
             "inside into like near of off on onto since to toward through under until up upon with within without and but nor "
             "or so yet "},
    Language{"de",
             " der die das den dem des ein eine einer eines einem einen und oder in im an am auf aus bei für mit nach über unter "
             "von vom vor zu zum zur "},
    Language{"es", " el la los las lo un una unos unas y e o u de del en a al con para por sin sobre entre "},
    Language{"pt",
             " o a os as um uma uns umas e ou de do da dos das em no na nos nas a ao aos à às com para por pelo pela sem sobre "
             "entre "},
    Language{"fr", " le la les un une des et ou de du en au aux à dans avec pour par sans sur entre "},
};

bool holds(std::string_view words, std::string_view word) {
  std::string spaced = " ";
  spaced.append(word).append(" ");
  return words.find(spaced) != std::string_view::npos;
}

}  // namespace

std::vector<std::string> title_words(std::string_view title) {
  std::vector<std::string> out;
  std::string word;
  const auto end = [&] {
    if (!word.empty()) out.push_back(std::move(word));
    word.clear();
  };
  for (const char c : title.substr(0, kLongest)) {
    if (is_blank(c) || c == '-') end();
    else word.push_back(c);
  }
  end();
  return out;
}

bool is_function_word(std::string_view word, std::string_view language) {
  const std::string lower = fold_case(word);
  return std::ranges::any_of(kFunctionWords, [&](const Language& row) {
    return (row.tag == "en" || language.substr(0, 2) == row.tag) && holds(row.words, lower);
  });
}

std::string cleaned(std::string_view text) {
  std::string out = to_ascii(text.size() > kLongest ? ellipsis(text, kLongest) : std::string(text));
  std::erase_if(out, [](char c) { return kUnwanted.find(c) != std::string_view::npos; });
  return out;
}

}  // namespace colophon::formats::keys
