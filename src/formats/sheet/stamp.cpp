// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/sheet/stamp.hpp"

#include "base/digest.hpp"
#include "base/text.hpp"

namespace colophon::formats {
namespace {

constexpr std::string_view kVersion = "v1 ";
constexpr std::size_t kDigits = 6;

std::string digest(std::string_view id, const Target& target, std::string_view text) {
  const std::string name = name_of(target);
  Hasher hasher;
  hasher.update(id).update(std::string_view("\0", 1)).update(name).update(std::string_view("\0", 1)).update(squeeze(nfc(text)));
  return hasher.finish().hex().substr(0, kDigits);
}

}  // namespace

std::string Stamp::make(std::string_view id, std::span<const Said> cells) {
  std::string out(kVersion);
  out += digest(id, {.kind = Target::Kind::id}, id);
  for (const Said& cell : cells) {
    if (!cell.text.empty()) out += digest(id, cell.target, cell.text);
  }
  return out;
}

Stamp::Stamp(std::string_view id, std::string_view text) : id_(id) {
  text = trim(text);
  if (text.starts_with(kVersion)) digests_ = text.substr(kVersion.size());
}

bool Stamp::fits() const { return holds(digest(id_, {.kind = Target::Kind::id}, id_)); }
bool Stamp::said(const Target& target, std::string_view text) const { return holds(digest(id_, target, text)); }

bool Stamp::holds(const std::string& digest) const {
  for (std::size_t at = 0; at + kDigits <= digests_.size(); at += kDigits) {
    if (digests_.substr(at, kDigits) == digest) return true;
  }
  return false;
}

}  // namespace colophon::formats
