// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/error.hpp"

namespace colophon {

/// A JSON value (RFC 8259). Objects keep the order in which members were set; look-up is linear, objects are small.
/// Strings are UTF-8. Integers are 64 bit; other numbers are doubles. Copyable, no vendor in sight.
class Json {
 public:
  using Array = std::vector<Json>;
  using Member = std::pair<std::string, Json>;
  using Object = std::vector<Member>;

  Json() = default;
  Json(std::nullptr_t) {}                                                // NOLINT(google-explicit-constructor): a literal
  Json(bool value) : value_(value) {}                                    // NOLINT
  Json(int value) : value_(std::int64_t{value}) {}                       // NOLINT
  Json(std::int64_t value) : value_(value) {}                            // NOLINT
  Json(std::uint32_t value) : value_(std::int64_t{value}) {}             // NOLINT
  Json(std::size_t value) : value_(static_cast<std::int64_t>(value)) {}  // NOLINT
  Json(double value) : value_(value) {}                                  // NOLINT
  Json(std::string value) : value_(std::move(value)) {}                  // NOLINT
  Json(std::string_view value) : value_(std::string(value)) {}           // NOLINT
  Json(const char* value) : value_(std::string(value)) {}                // NOLINT
  Json(Array value) : value_(std::move(value)) {}                        // NOLINT
  static Json object(std::initializer_list<Member> members = {}) { return Json(Object(members)); }
  static Json array() { return Json(Array{}); }

  bool is_null() const { return std::holds_alternative<std::nullptr_t>(value_); }
  bool is_bool() const { return std::holds_alternative<bool>(value_); }
  bool is_int() const { return std::holds_alternative<std::int64_t>(value_); }
  bool is_number() const { return is_int() || std::holds_alternative<double>(value_); }
  bool is_string() const { return std::holds_alternative<std::string>(value_); }
  bool is_array() const { return std::holds_alternative<Array>(value_); }
  bool is_object() const { return std::holds_alternative<Object>(value_); }

  /// The value, or the fallback when it is of another type.
  bool as_bool(bool fallback = false) const;
  std::int64_t as_int(std::int64_t fallback = 0) const;
  double as_double(double fallback = 0) const;
  /// Empty when it is no string.
  const std::string& as_string() const;
  /// Empty when it is no array or object.
  const Array& items() const;
  const Object& members() const;
  std::size_t size() const { return is_array() ? items().size() : members().size(); }

  /// The member, or null when absent or when this is no object.
  const Json& operator[](std::string_view key) const;
  bool contains(std::string_view key) const { return !(*this)[key].is_null(); }
  /// Sets or replaces; turns null into an object. REQUIRES: null or object.
  Json& set(std::string key, Json value);
  /// Sets only what is there: empty strings, empty arrays, false and null are left out.
  Json& set_if(std::string key, Json value);
  /// Appends; turns null into an array. REQUIRES: null or array.
  Json& push(Json value);

  /// Compact text (indent < 0) or indented by `indent` blanks. Invalid UTF-8 becomes U+FFFD.
  std::string dump(int indent = -1) const;
  /// Canonical text for digests: members sorted by bytes, strings in NFC, no blanks. Two equal values give equal bytes.
  std::string canonical() const;
  /// Errc::invalid with line and column for malformed text; depth is limited to 256.
  static Result<Json> parse(std::string_view text);

  friend bool operator==(const Json&, const Json&) = default;

 private:
  explicit Json(Object value) : value_(std::move(value)) {}
  std::variant<std::nullptr_t, bool, std::int64_t, double, std::string, Array, Object> value_ = nullptr;
};

}  // namespace colophon
