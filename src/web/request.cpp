// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/request.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/digest.hpp"
#include "base/text.hpp"

namespace colophon::web {
namespace {

struct MethodRow {
  std::string_view name;
  Method method;
};
constexpr std::array kMethods = {MethodRow{"GET", Method::get}, MethodRow{"HEAD", Method::head}, MethodRow{"POST", Method::post}};

int hex_value(char c) {
  if (is_ascii_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<std::string> form_decoded(std::string_view text) {
  std::string blanks(text);
  std::ranges::replace(blanks, '+', ' ');
  return percent_decoded(blanks);
}

std::optional<std::vector<std::string>> decoded_segments(std::string_view path) {
  std::vector<std::string> out;
  if (path == "/") return out;
  for (const std::string_view part : split(path.substr(1), '/')) {
    std::optional<std::string> segment = percent_decoded(part);
    if (!segment || segment->empty() || *segment == "." || *segment == ".." || segment->find('/') != std::string::npos)
      return std::nullopt;
    out.push_back(*std::move(segment));
  }
  return out;
}

bool is_target_byte(char c) { return static_cast<unsigned char>(c) > 0x20 && static_cast<unsigned char>(c) < 0x7F; }

}  // namespace

std::optional<Method> method_named(std::string_view name) {
  const auto found = std::ranges::find(kMethods, name, &MethodRow::name);
  return found == kMethods.end() ? std::nullopt : std::optional(found->method);
}

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out.push_back(text[i]);
      continue;
    }
    if (text.size() - i < 3) return std::nullopt;
    const int high = hex_value(text[i + 1]);
    const int low = hex_value(text[i + 2]);
    if (high < 0 || low < 0 || high + low == 0) return std::nullopt;
    out.push_back(static_cast<char>(high * 16 + low));
    i += 2;
  }
  if (!is_utf8(out)) return std::nullopt;
  return out;
}

std::optional<Parameters> Parameters::parse(std::string_view text) {
  Parameters out;
  for (const std::string_view pair : split(text, '&')) {
    if (pair.empty()) continue;
    const std::size_t sign = pair.find('=');
    std::optional<std::string> name = form_decoded(pair.substr(0, sign));
    std::optional<std::string> value = form_decoded(sign == std::string_view::npos ? std::string_view() : pair.substr(sign + 1));
    if (!name || !value) return std::nullopt;
    out.add(*std::move(name), *std::move(value));
  }
  return out;
}

std::string Parameters::get(std::string_view name) const {
  const auto found = std::ranges::find(pairs_, name, &std::pair<std::string, std::string>::first);
  return found == pairs_.end() ? std::string() : found->second;
}

std::vector<std::string> Parameters::all(std::string_view name) const {
  std::vector<std::string> out;
  for (const auto& [key, value] : pairs_) {
    if (key == name) out.push_back(value);
  }
  return out;
}

std::size_t Parameters::number(std::string_view name, std::size_t fallback, std::size_t least) const {
  const std::string text = get(name);
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && end == text.data() + text.size() && value >= least;
  return whole ? value : fallback;
}

std::string Parameters::encoded() const {
  std::string out;
  for (const auto& [name, value] : pairs_) out += (out.empty() ? "" : "&") + percent_encoded(name) + "=" + percent_encoded(value);
  return out;
}

std::string_view Request::header(std::string_view name) const {
  const auto found = std::ranges::find(headers, name, &std::pair<std::string, std::string>::first);
  return found == headers.end() ? std::string_view() : std::string_view(found->second);
}

std::optional<Request> parse_target(std::string_view target) {
  if (!target.starts_with('/') || !std::ranges::all_of(target, is_target_byte)) return std::nullopt;
  const std::size_t mark = target.find('?');
  Request out;
  out.path = target.substr(0, mark);
  std::optional<std::vector<std::string>> segments = decoded_segments(out.path);
  std::optional<Parameters> query =
      Parameters::parse(mark == std::string_view::npos ? std::string_view() : target.substr(mark + 1));
  if (!segments || !query) return std::nullopt;
  out.segments = *std::move(segments);
  out.query = *std::move(query);
  return out;
}

Response html_response(const Html& page, int status) { return {.status = status, .body = page.str()}; }

Response json_response(const Json& json, int status) {
  return {.status = status, .type = "application/json", .body = json.dump(1) + "\n"};
}

Response unless_known(Response response, const Request& request) {
  const std::string tag = "\"" + sha256(response.body).hex().substr(0, 24) + "\"";
  response.headers.emplace_back("ETag", tag);
  if (request.header("if-none-match") != tag) return response;
  response.status = 304;
  response.body.clear();
  return response;
}

Response moved_to(std::string path) {
  return {.status = 301, .type = "text/plain; charset=utf-8", .body = "Moved to " + path + "\n", .headers = {{"Location", path}}};
}

Response found_at(std::string path) {
  return {.status = 302, .type = "text/plain; charset=utf-8", .body = "Found at " + path + "\n", .headers = {{"Location", path}}};
}

}  // namespace colophon::web
