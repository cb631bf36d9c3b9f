// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/digest.hpp"

#include <cstring>

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sys/random.h>

namespace colophon {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::string to_hex(std::string_view bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto b = static_cast<std::uint8_t>(c);
    out.push_back(kDigits[b >> 4]);
    out.push_back(kDigits[b & 15]);
  }
  return out;
}

std::string Sha256::hex() const { return to_hex(view()); }

Result<Sha256> Sha256::parse(std::string_view hex) {
  Sha256 out;
  if (hex.size() != 64) return fail(Errc::invalid, "a SHA-256 has 64 hexadecimal digits");
  for (std::size_t i = 0; i < 32; ++i) {
    const int high = hex_digit(hex[2 * i]);
    const int low = hex_digit(hex[2 * i + 1]);
    if (high < 0 || low < 0) return fail(Errc::invalid, "a SHA-256 has 64 hexadecimal digits");
    out.bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
  }
  return out;
}

Sha256 Sha256::from_bytes(std::string_view raw) {
  COLOPHON_ASSERT(raw.size() == 32);
  Sha256 out;
  std::memcpy(out.bytes.data(), raw.data(), 32);
  return out;
}

Sha256 sha256(std::string_view bytes) { return Hasher().update(bytes).finish(); }

Sha256 hmac_sha256(std::string_view key, std::string_view bytes) {
  Sha256 out;
  unsigned int size = 32;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
       out.bytes.data(), &size);
  return out;
}

struct Hasher::Impl {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  ~Impl() { EVP_MD_CTX_free(context); }
  void begin() {
    static const EVP_MD* const kSha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);  // fetched once: the look-up costs 1 us a time
    EVP_DigestInit_ex(context, kSha256, nullptr);
  }
};

Hasher::Hasher() : impl_(std::make_unique<Impl>()) { impl_->begin(); }
Hasher::~Hasher() = default;
Hasher::Hasher(Hasher&&) noexcept = default;
Hasher& Hasher::operator=(Hasher&&) noexcept = default;

Hasher& Hasher::update(std::string_view bytes) {
  EVP_DigestUpdate(impl_->context, bytes.data(), bytes.size());
  return *this;
}

Sha256 Hasher::finish() {
  Sha256 out;
  EVP_DigestFinal_ex(impl_->context, out.bytes.data(), nullptr);
  impl_->begin();
  return out;
}

std::string random_bytes(std::size_t count) {
  std::string out(count, '\0');
  std::size_t got = 0;
  while (got < count) {
    const ssize_t n = getrandom(out.data() + got, count - got, 0);
    COLOPHON_ASSERT(n > 0);
    got += static_cast<std::size_t>(n);
  }
  return out;
}

}  // namespace colophon
