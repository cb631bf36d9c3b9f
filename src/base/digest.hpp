// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace colophon {

/// A SHA-256 value (FIPS 180-4): 32 bytes, ordered bytewise, written as 64 lower-case hexadecimal digits.
struct Sha256 {
  std::array<std::uint8_t, 32> bytes{};

  std::string hex() const;
  std::string_view view() const { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
  static Result<Sha256> parse(std::string_view hex);
  /// REQUIRES: 32 bytes.
  static Sha256 from_bytes(std::string_view raw);

  friend auto operator<=>(const Sha256&, const Sha256&) = default;
};

Sha256 sha256(std::string_view bytes);
/// HMAC-SHA-256 (RFC 2104): keyed digests for what outsiders may see.
Sha256 hmac_sha256(std::string_view key, std::string_view bytes);

/// Incremental SHA-256: update() any number of times, then finish(), after which it begins anew.
class Hasher {
 public:
  Hasher();
  ~Hasher();
  Hasher(Hasher&&) noexcept;
  Hasher& operator=(Hasher&&) noexcept;
  Hasher& update(std::string_view bytes);
  Sha256 finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// `count` bytes from the system's random source.
std::string random_bytes(std::size_t count);
std::string to_hex(std::string_view bytes);

/// 64-bit FNV-1a, for hash tables and block keys on disk; never for integrity.
constexpr std::uint64_t fnv1a(std::string_view text, std::uint64_t seed = 14695981039346656037ull) {
  for (const char c : text) seed = (seed ^ static_cast<std::uint8_t>(c)) * 1099511628211ull;
  return seed;
}

}  // namespace colophon
