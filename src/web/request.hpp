// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/io.hpp"
#include "base/json.hpp"
#include "web/html.hpp"

namespace colophon::web {

enum class Method : std::uint8_t { get, head, post };
/// Nothing for a method that we do not know.
std::optional<Method> method_named(std::string_view name);

/// Decodes %XX; nothing for a broken escape, a NUL or what is not UTF-8 then.
std::optional<std::string> percent_decoded(std::string_view text);

/// Names and values in the order given; a name may come several times.
class Parameters {
 public:
  /// application/x-www-form-urlencoded, as in a query: + is a blank. Nothing for broken escapes.
  static std::optional<Parameters> parse(std::string_view text);
  /// The first value, or empty.
  std::string get(std::string_view name) const;
  std::vector<std::string> all(std::string_view name) const;
  /// The first value as a whole number of at least `least`, or the fallback.
  std::size_t number(std::string_view name, std::size_t fallback, std::size_t least = 0) const;
  void add(std::string name, std::string value) { pairs_.emplace_back(std::move(name), std::move(value)); }
  const std::vector<std::pair<std::string, std::string>>& pairs() const { return pairs_; }
  /// "a=1&b=x%20y"
  std::string encoded() const;

 private:
  std::vector<std::pair<std::string, std::string>> pairs_;
};

struct Request {
  Method method = Method::get;
  std::string path;                   ///< as sent, without the query: "/r/ab3k9"
  std::vector<std::string> segments;  ///< decoded: "r", "ab3k9"; "/" has none
  Parameters query;
  std::vector<std::pair<std::string, std::string>> headers;  ///< names in lower case
  std::string body;

  /// The first header of the name (lower case), or empty.
  std::string_view header(std::string_view name) const;
  /// True when JSON is wanted: the path ends in ".json".
  bool wants_json() const { return path.ends_with(".json"); }
};

/// Splits and decodes a request target ("/search?q=a"). Nothing when it is malformed, not absolute, or has an empty, "." or ".." segment.
std::optional<Request> parse_target(std::string_view target);

/// A file to send instead of `body`.
struct FileBody {
  Fd fd;
  std::uint64_t offset = 0;
  std::uint64_t size = 0;  ///< bytes to send from there
};

struct Response {
  int status = 200;
  std::string type = "text/html; charset=utf-8";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers =
      {};  ///< beside Content-Type; they replace the server's own of the same name
  std::optional<FileBody> file = {};
};

Response html_response(const Html& page, int status = 200);
Response json_response(const Json& json, int status = 200);
/// The response with a tag of its body (RFC 9110, section 8.8.3); 304 without it for who has just this.
Response unless_known(Response response, const Request& request);
/// 301 to one of our own paths.
Response moved_to(std::string path);
/// 302 to one of our own paths: the place of what was asked for.
Response found_at(std::string path);

}  // namespace colophon::web
