// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>

namespace colophon {
namespace {

struct Row {
  Errc code;
  std::string_view name;
  int exit;
  int http;
};

constexpr std::array kRows = {
    Row{Errc::usage, "usage", 2, 400},
    Row{Errc::not_found, "not_found", 3, 404},
    Row{Errc::forbidden, "forbidden", 4, 403},
    Row{Errc::conflict, "conflict", 5, 409},
    Row{Errc::invalid, "invalid", 6, 422},
    Row{Errc::partial, "partial", 7, 207},
    Row{Errc::interrupted, "interrupted", 130, 500},
    Row{Errc::internal, "internal", 70, 500},
    Row{Errc::io, "io", 74, 507},
    Row{Errc::busy, "busy", 75, 503},
};

const Row& row(Errc code) {
  for (const Row& r : kRows) {
    if (r.code == code) return r;
  }
  std::abort();
}

}  // namespace

std::string_view name(Errc code) { return row(code).name; }
int exit_status(Errc code) { return row(code).exit; }
int http_status(Errc code) { return row(code).http; }

void assertion_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "colophon: internal error: %s does not hold (%s:%d). Please report this; nothing half-done was kept.\n",
               condition, file, line);
  std::abort();
}

}  // namespace colophon
