// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <limits>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "base/clock.hpp"
#include "base/digest.hpp"
#include "base/json.hpp"
#include "base/strong.hpp"
#include "review/names.hpp"

namespace colophon::review::codec {

/// JSON of plain structs from one list of their members (internal to this room). A type is described by
///   template <> struct Members<Due> { static constexpr auto kList = std::tuple{Member{"rule", &Due::rule}, ...}; };
/// Writing: absent optionals and null values are left out, everything else is written. Reading: every other member is required,
/// unknown members are refused, and errors name the path ("rounds[0].assignments[1].status").

template <class T>
struct Members;
template <class T>
concept Described = requires { Members<T>::kList; };

template <class C, class M>
struct Member {
  std::string_view name;
  M C::* pointer;
};
template <class C, class M>
Member(const char*, M C::*) -> Member<C, M>;

inline Json encode(const std::string& value) { return value; }
inline Json encode(const Json& value) { return value; }
inline Json encode(bool value) { return value; }
inline Json encode(std::uint32_t value) { return value; }
inline Json encode(std::uint64_t value) { return static_cast<std::int64_t>(value); }
inline Json encode(Instant value) { return value.ms; }
inline Json encode(const Sha256& value) { return value.hex(); }
template <class Tag>
Json encode(const Strong<Tag, std::string>& value) {
  return value.value;
}
template <Named E>
Json encode(E value) {
  return name(value);
}
template <Described T>
Json encode(const T& value);
template <class T>
Json encode(const std::vector<T>& values) {
  Json out = Json::array();
  for (const T& value : values) out.push(encode(value));
  return out;
}
template <class T>
Json encode(const std::optional<T>& value) {
  return value ? encode(*value) : Json();
}
template <Described T>
Json encode(const T& value) {
  Json out = Json::object();
  const auto add = [&](const auto& member) {
    Json json = encode(value.*(member.pointer));
    if (!json.is_null()) out.set(std::string(member.name), std::move(json));
  };
  std::apply([&](const auto&... members) { (add(members), ...); }, Members<T>::kList);
  return out;
}

inline std::unexpected<Error> wrong(const std::string& path, const char* expected) {
  return fail(Errc::invalid, (path.empty() ? "the value" : path) + " is not " + expected, "correct it, or take it from a backup",
              path);
}

inline Status decode(const Json& json, std::string& out, const std::string& path) {
  if (!json.is_string()) return wrong(path, "a text");
  out = json.as_string();
  return {};
}
inline Status decode(const Json& json, Json& out, const std::string&) {
  out = json;
  return {};
}
inline Status decode(const Json& json, bool& out, const std::string& path) {
  if (!json.is_bool()) return wrong(path, "true or false");
  out = json.as_bool();
  return {};
}
inline Status decode(const Json& json, std::uint64_t& out, const std::string& path) {
  if (!json.is_int() || json.as_int() < 0) return wrong(path, "a whole number from 0");
  out = static_cast<std::uint64_t>(json.as_int());
  return {};
}
inline Status decode(const Json& json, std::uint32_t& out, const std::string& path) {
  std::uint64_t wide = 0;
  TRY(decode(json, wide, path));
  if (wide > std::numeric_limits<std::uint32_t>::max()) return wrong(path, "below 4294967296");
  out = static_cast<std::uint32_t>(wide);
  return {};
}
inline Status decode(const Json& json, Instant& out, const std::string& path) {
  if (!json.is_int()) return wrong(path, "an instant in milliseconds");
  out.ms = json.as_int();
  return {};
}
inline Status decode(const Json& json, Sha256& out, const std::string& path) {
  auto parsed = Sha256::parse(json.as_string());
  if (!parsed) return wrong(path, "a SHA-256 in hexadecimal digits");
  out = *parsed;
  return {};
}
template <class Tag>
Status decode(const Json& json, Strong<Tag, std::string>& out, const std::string& path) {
  return decode(json, out.value, path);
}
template <Named E>
Status decode(const Json& json, E& out, const std::string& path) {
  auto parsed = parse_name<E>(json.as_string());
  if (!parsed) return fail(Errc::invalid, path + ": " + parsed.error().message, parsed.error().hint, path);
  out = *parsed;
  return {};
}
template <Described T>
Status decode(const Json& json, T& out, const std::string& path);
template <class T>
Status decode(const Json& json, std::vector<T>& out, const std::string& path) {
  if (!json.is_array()) return wrong(path, "a list");
  out.clear();
  for (const Json& item : json.items()) {
    T value{};
    TRY(decode(item, value, path + "[" + std::to_string(out.size()) + "]"));
    out.push_back(std::move(value));
  }
  return {};
}
template <class T>
Status decode(const Json& json, std::optional<T>& out, const std::string& path) {
  out.emplace();
  return decode(json, *out, path);
}

template <class T>
constexpr bool kMayBeAbsent = std::is_same_v<T, Json>;
template <class T>
constexpr bool kMayBeAbsent<std::optional<T>> = true;

template <Described T, class C, class M>
Status decode_member(const Json& json, T& out, const Member<C, M>& member, const std::string& path) {
  const std::string at = path.empty() ? std::string(member.name) : path + "." + std::string(member.name);
  const Json& value = json[member.name];
  if (!value.is_null()) return decode(value, out.*(member.pointer), at);
  if (kMayBeAbsent<M>) return {};
  return fail(Errc::invalid, at + " is missing", "correct it, or take it from a backup", at);
}
template <Described T>
Status decode(const Json& json, T& out, const std::string& path) {
  if (!json.is_object()) return wrong(path, "an object");
  Status status;
  const auto known = [](const std::string& key) {
    return std::apply([&key](const auto&... members) { return (false || ... || (members.name == key)); }, Members<T>::kList);
  };
  for (const auto& [key, value] : json.members()) {
    if (!known(key))
      return fail(Errc::invalid, (path.empty() ? key : path + "." + key) + " is no known member", "remove it", path);
  }
  const auto read = [&](const auto& member) {
    status = decode_member(json, out, member, path);
    return status.has_value();
  };
  std::apply([&](const auto&... members) { static_cast<void>((true && ... && read(members))); }, Members<T>::kList);
  return status;
}

template <class T>
Result<T> read(const Json& json) {
  T value{};
  TRY(decode(json, value, ""));
  return value;
}

}  // namespace colophon::review::codec
