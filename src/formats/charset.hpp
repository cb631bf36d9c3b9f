// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace colophon::formats {

/// What tells the encoding of a text file.
enum class ToldBy : std::uint8_t { mark, declaration, bytes };

/// The encoding of a text file: IANA's name, "UTF-8" for ASCII too. `as_is`: the bytes can be read where they stand, as UTF-8 whose
/// invalid parts are Windows-1252; else converted() makes UTF-8 of the file. `valid`: as they stand, or after that, they are UTF-8
/// throughout.
struct TextEncoding {
  std::string name;
  ToldBy by = ToldBy::bytes;
  bool as_is = true;
  bool valid = true;
};

/// In this order: a byte order mark (UTF-8, UTF-16, UTF-32) · UTF-16 without one, by where its zeros stand · valid UTF-8 · a declaration
/// in the first lines ("% Encoding: ISO8859_1" of JabRef, "-*- coding: latin-1 -*-" of Emacs) · more well-formed UTF-8 than other bytes:
/// files joined from several, read as they are · Windows-1252, Mac OS Roman or DOS code page 850 by what makes the better words.
/// ISO 8859-1 is read as Windows-1252, which is what people mean by it (WHATWG Encoding). A declaration does not stand against bytes
/// that are UTF-8: others than UTF-8 hardly ever look so, and programs convert files without a look at what they say. Linear.
TextEncoding find_encoding(std::string_view bytes);

/// The whole file as UTF-8, without byte order mark; empty where it is read as it is.
std::string converted(std::string_view bytes, const TextEncoding& encoding);

}  // namespace colophon::formats
