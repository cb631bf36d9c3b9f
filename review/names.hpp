// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace colophon::review {

/// Each enumeration of the review room has one list of names, in the order of its values; a value's name is its wire string.
/// Specialisations hold `kWhat` ("phase", for messages) and `kList`.
template <class E>
struct Names;

template <class E>
concept Named = requires { Names<E>::kList.size(); };

/// "clearance_for_submission".
template <Named E>
constexpr std::string_view name(E value) {
  return Names<E>::kList[static_cast<std::size_t>(value)];
}

/// Errc::invalid with the possible names for anything else.
template <Named E>
Result<E> parse_name(std::string_view text) {
  std::string all;
  for (std::size_t i = 0; i < Names<E>::kList.size(); ++i) {
    if (Names<E>::kList[i] == text) return static_cast<E>(i);
    all += (i == 0 ? "" : ", ") + std::string(Names<E>::kList[i]);
  }
  return fail(Errc::invalid, "\"" + std::string(text) + "\" is no " + std::string(Names<E>::kWhat), "use one of: " + all);
}

/// All values of an enumeration with names, in order.
template <Named E>
constexpr auto all_of() {
  std::array<E, Names<E>::kList.size()> all{};
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<E>(i);
  return all;
}

/// A set of values of one enumeration (at most 64), usable in constant expressions: EnumSet<Phase>{Phase::draft, Phase::review}.
template <class E>
struct EnumSet {
  std::uint64_t bits = 0;

  constexpr EnumSet() = default;
  constexpr EnumSet(E value) : bits(bit(value)) {}  // NOLINT(google-explicit-constructor): a set of one
  constexpr EnumSet(std::initializer_list<E> values) {
    for (const E value : values) bits |= bit(value);
  }
  static constexpr EnumSet all() {
    EnumSet set;
    for (const E value : all_of<E>()) set.bits |= bit(value);
    return set;
  }

  constexpr bool has(E value) const { return (bits & bit(value)) != 0; }
  constexpr bool empty() const { return bits == 0; }
  constexpr EnumSet with(E value) const { return *this | EnumSet(value); }
  constexpr EnumSet without(EnumSet other) const { return from_bits(bits & ~other.bits); }
  friend constexpr EnumSet operator|(EnumSet a, EnumSet b) { return from_bits(a.bits | b.bits); }
  friend constexpr EnumSet operator&(EnumSet a, EnumSet b) { return from_bits(a.bits & b.bits); }
  friend constexpr bool operator==(EnumSet, EnumSet) = default;

 private:
  static constexpr std::uint64_t bit(E value) { return std::uint64_t{1} << static_cast<unsigned>(value); }
  static constexpr EnumSet from_bits(std::uint64_t bits) {
    EnumSet set;
    set.bits = bits;
    return set;
  }
};

}  // namespace colophon::review
