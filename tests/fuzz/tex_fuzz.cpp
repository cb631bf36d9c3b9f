// SPDX-License-Identifier: GPL-3.0-or-later
// uses: formats
// Any bytes: what is decoded is UTF-8 in NFC and comes back from what is written of it, in both dialects; a preamble made of the same bytes
// does no harm; the time stays linear.
#include "formats/bibtex/tex.hpp"

#include <chrono>
#include <cstdint>
#include <string>

#include "base/error.hpp"
#include "base/text.hpp"
#include "formats/charset.hpp"

namespace {

using namespace colophon;
using namespace colophon::formats::bibtex;

// Control characters are not for TeX, and blanks are squeezed.
std::string readable(std::string_view bytes) {
  std::string out = to_utf8(bytes);
  std::erase_if(out, [](char c) { return (static_cast<unsigned char>(c) < 0x20 && !is_blank(c)) || c == 0x7F; });
  return nfc(squeeze(out));
}

void check_text(std::string_view bytes) {
  const std::string text = readable(bytes);
  for (const Dialect dialect : {Dialect::bibtex, Dialect::biblatex}) COLOPHON_ASSERT(decode_plain(encode(text, dialect)) == text);
}

void check_tex(std::string_view bytes, Decoding& decoding) {
  const std::string plain = decode_plain(bytes, &decoding);
  COLOPHON_ASSERT(is_utf8(plain) && nfc(plain) == plain);
  const bib::RichText rich = decode_rich(bytes, Braces::nocase, &decoding);
  for (const Dialect dialect : {Dialect::bibtex, Dialect::biblatex}) {
    const std::string written = encode(rich, dialect);
    COLOPHON_ASSERT(nfc(decode_rich(written).plain()) == nfc(rich.plain()));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto start = std::chrono::steady_clock::now();
  TexMacros macros;
  macros.add(bytes.substr(0, size / 2));
  macros.close();
  Decoding decoding{.macros = &macros, .budget = 16 * size + 1024};
  check_tex(bytes.substr(size / 2), decoding);
  check_text(bytes);
  const formats::TextEncoding encoding = formats::find_encoding(bytes);
  COLOPHON_ASSERT(is_utf8(formats::converted(bytes, encoding)));
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  COLOPHON_ASSERT(seconds < 2.0 + static_cast<double>(size) * 20e-6);
  return 0;
}
