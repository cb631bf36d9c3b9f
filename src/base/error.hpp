// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace colophon {

/// What the caller does next decides the code; each maps once to an exit status and an HTTP status (see error.cpp).
enum class Errc { usage, not_found, forbidden, conflict, invalid, partial, interrupted, internal, io, busy };

/// A failure that a person can act on. `message` says what is wrong with which thing, `hint` what to do next,
/// `where` the place (file, file:line:column, page). Neither holds a vendor's message alone. Bugs are asserts, not errors.
struct Error {
  Errc code = Errc::internal;
  std::string message;
  std::string hint;
  std::string where;

  friend bool operator==(const Error&, const Error&) = default;
};

template <class T>
using Result = std::expected<T, Error>;
using Status = Result<void>;

/// The code's name as it stands in JSON: "not_found".
std::string_view name(Errc code);
/// Process exit status: usage 2, not_found 3, forbidden 4, conflict 5, invalid 6, partial 7, internal 70, io 74, busy 75, interrupted 130.
int exit_status(Errc code);
/// HTTP status of the same table: 400, 404, 403, 409, 422, 207, 500, 507, 503; interrupted is 500.
int http_status(Errc code);

/// fail(Errc::io, "cannot read the file", "check its permissions", "a.pdf")
inline std::unexpected<Error> fail(Errc code, std::string message, std::string hint = {}, std::string where = {}) {
  return std::unexpected(Error{code, std::move(message), std::move(hint), std::move(where)});
}

/// Stops the program with file and line: a broken promise of our own code, never of the input. On in release.
[[noreturn]] void assertion_failed(const char* condition, const char* file, int line);

}  // namespace colophon

#define COLOPHON_CONCAT_(a, b) a##b
#define COLOPHON_CONCAT(a, b) COLOPHON_CONCAT_(a, b)
#define COLOPHON_ASSERT(condition) \
  ((condition) ? static_cast<void>(0) : ::colophon::assertion_failed(#condition, __FILE__, __LINE__))
/// Leaves the function with the error of `expression`, if it has one.
#define TRY(expression)                                                                        \
  do {                                                                                         \
    if (auto COLOPHON_CONCAT(try_, __LINE__) = (expression); !COLOPHON_CONCAT(try_, __LINE__)) \
      return std::unexpected(std::move(COLOPHON_CONCAT(try_, __LINE__).error()));              \
  } while (false)
/// TRY_ASSIGN(auto x, f()): x is the value, or the function is left with the error.
#define TRY_ASSIGN(variable, expression)                                                                            \
  auto COLOPHON_CONCAT(try_, __LINE__) = (expression);                                                              \
  if (!COLOPHON_CONCAT(try_, __LINE__)) return std::unexpected(std::move(COLOPHON_CONCAT(try_, __LINE__).error())); \
  variable = std::move(*COLOPHON_CONCAT(try_, __LINE__))
