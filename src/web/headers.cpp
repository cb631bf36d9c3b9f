// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/headers.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.hpp"

namespace colophon::web {
namespace {

// clang-format off
constexpr std::array kStandard = {
  // no script at all: a page that needs one adds script-src 'self' for itself
  HeaderRow{"Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
  HeaderRow{"X-Content-Type-Options",  "nosniff"},
  HeaderRow{"X-Frame-Options",         "DENY"},
  HeaderRow{"Referrer-Policy",         "same-origin"},
  HeaderRow{"Cross-Origin-Opener-Policy",   "same-origin"},
  HeaderRow{"Cross-Origin-Resource-Policy", "same-origin"},
  HeaderRow{"Cache-Control",           "private, no-cache"},
};
// clang-format on

constexpr std::string_view kTokenMarks = "!#$%&'*+-.^_`|~";

bool is_token(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return is_ascii_alpha(c) || is_ascii_digit(c) || kTokenMarks.find(c) != std::string_view::npos;
  });
}

std::vector<std::string_view> values_of(const RawHeaders& headers, std::string_view name) {
  std::vector<std::string_view> out;
  for (const auto& [key, value] : headers) {
    if (iequals(key, name)) out.emplace_back(value);
  }
  return out;
}

std::optional<std::uint64_t> length_value(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

Refusal bad(std::string message) { return {400, std::move(message), "send the request again through another client or proxy"}; }

/// "example.org:8080" → "example.org"; brackets of IPv6 stay.
std::string_view without_port(std::string_view host) {
  const std::size_t colon = host.rfind(':');
  const bool port = colon != std::string_view::npos && host.find(']', colon) == std::string_view::npos &&
                    (host.front() == '[' || host.find(':') == colon);
  return port ? host.substr(0, colon) : host;
}

bool is_numeric_address(std::string_view host) {
  return config::parse_listen_address(std::string(without_port(host)) + ":0").has_value() && !without_port(host).empty() &&
         without_port(host) != "localhost";
}

std::optional<Refusal> check_body(const std::vector<std::string_view>& lengths,
                                  bool chunked,
                                  Method method,
                                  std::uint64_t body_limit) {
  const std::optional<std::uint64_t> length = lengths.empty() ? std::optional<std::uint64_t>(0) : length_value(lengths.front());
  if (!length) return bad("the length of the request's body is no number");
  if (method != Method::post && (chunked || *length > 0)) return bad("a request to read has a body");
  if (*length > body_limit)
    return Refusal{413, "the request's body is too long",
                   "at most " + std::to_string(body_limit >> 20U) + " MiB are taken at once"};
  return std::nullopt;
}

}  // namespace

std::span<const HeaderRow> standard_headers() { return kStandard; }

std::optional<Refusal> check_framing(const RawHeaders& headers, Method method, std::uint64_t body_limit) {
  if (!std::ranges::all_of(headers, [](const auto& pair) { return is_token(pair.first); }))
    return bad("a header has a malformed name");
  const auto lengths = values_of(headers, "Content-Length");
  const auto codings = values_of(headers, "Transfer-Encoding");
  if (lengths.size() > 1) return bad("the request says its length more than once");
  if (codings.size() > 1 || (!codings.empty() && !iequals(codings.front(), "chunked")))
    return bad("the request has an unknown transfer coding");
  if (!lengths.empty() && !codings.empty()) return bad("the request has both a length and a transfer coding");
  return check_body(lengths, !codings.empty(), method, body_limit);
}

std::optional<Refusal> check_host(const RawHeaders& headers, std::span<const std::string> hosts) {
  const auto given = values_of(headers, "Host");
  if (given.size() != 1) return bad(given.empty() ? "the request names no host" : "the request names more than one host");
  const std::string host = ascii_lower(given.front());
  if (std::ranges::find(hosts, host) != hosts.end() || is_numeric_address(host)) return std::nullopt;
  return Refusal{400, "this server does not answer for the host that the request names",
                 "set library.base_url to the address by which people reach the library"};
}

std::vector<std::string> own_hosts(const config::ListenAddress& listen, std::string_view base_url) {
  std::vector<std::string> out = {config::to_string(listen)};
  if (config::is_loopback(listen)) out.insert(out.end(), {"localhost:" + std::to_string(listen.port), "localhost"});
  if (base_url.empty()) return out;
  const std::string_view rest = base_url.substr(base_url.find("//") + 2);
  const std::string host = ascii_lower(rest.substr(0, rest.find('/')));
  out.push_back(host);
  if (without_port(host) == host) out.push_back(host + (base_url.starts_with("https") ? ":443" : ":80"));
  return out;
}

}  // namespace colophon::web
