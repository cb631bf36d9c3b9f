// SPDX-License-Identifier: GPL-3.0-or-later
// uses: formats
// Any bytes: a pattern is read or refused with a place in it, and a key is made of the letters of keys, in bounded time.
#include <cstdint>
#include <string>

#include "base/error.hpp"
#include "formats/bibtex/reader.hpp"
#include "formats/citation_key.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace colophon;
  static const bib::Work kWork = formats::read_bibtex(
                                     "@article{k, author = {Wil van der Aalst and {World Bank, School of Heat} and others}, "
                                     "title = {The {DNA} of graph-based cities: "
                                     "{\\\"U}ber alles}, year = 2019, pages = {L12--19}, keywords = {a, b c}, journal = {J}}")
                                     .drafts[0]
                                     .work;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Result<formats::KeyPattern> pattern = formats::KeyPattern::parse(text);
  if (!pattern) {
    COLOPHON_ASSERT(pattern.error().code == Errc::invalid && !pattern.error().hint.empty());
    return 0;
  }
  const std::string key = pattern->key({&kWork, "article"});
  COLOPHON_ASSERT(formats::escape_key(key) == key && key.size() <= 500);
  COLOPHON_ASSERT(pattern->key({&kWork, "article"}) == key);
  return 0;
}
