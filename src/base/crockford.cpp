// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/crockford.hpp"

namespace colophon {
namespace {

constexpr std::string_view kAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";

char check_symbol(std::string_view data) {
  std::size_t sum = 0;
  for (std::size_t i = 0; i < data.size(); ++i) sum += kAlphabet.find(data[i]) * (2 * i + 1);
  return kAlphabet[sum % 32];
}

char canonical(char c) {
  if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  if (c == 'o') return '0';
  if (c == 'i' || c == 'l') return '1';
  return c;
}

}  // namespace

std::string crockford_id(std::string_view bytes, std::size_t length) {
  COLOPHON_ASSERT(length >= 3 && length <= 26 && bytes.size() * 8 >= (length - 1) * 5);
  std::string out;
  for (std::size_t symbol = 0; symbol + 1 < length; ++symbol) {
    std::size_t value = 0;
    for (std::size_t bit = symbol * 5; bit < symbol * 5 + 5; ++bit)
      value = value * 2 + ((static_cast<unsigned char>(bytes[bit / 8]) >> (7 - bit % 8)) & 1u);
    out.push_back(kAlphabet[value]);
  }
  out.push_back(check_symbol(out));
  return out;
}

Result<std::string> parse_crockford_id(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != '-') out.push_back(canonical(c));
  }
  const bool symbols_ok = out.find_first_not_of(kAlphabet) == std::string::npos;
  if (out.size() < 3 || !symbols_ok || check_symbol(std::string_view(out).substr(0, out.size() - 1)) != out.back())
    return fail(Errc::invalid, "“" + std::string(text) + "” is no id of this system",
                "ids have five or more letters and digits and a check symbol: compare it with the source");
  return out;
}

}  // namespace colophon
