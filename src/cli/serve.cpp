// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/rows.hpp"
#include "cli/run.hpp"

#include <fmt/format.h>

namespace colophon::cli {
namespace {

Result<int> serve(Invocation& call) {
  if (!call.services.serve)
    return fail(Errc::internal, "this program was built without its web server", "build it whole: ./dev build");
  TRY_ASSIGN(app::Library* const library, call.library());
  const std::string wish = call.values.has("listen") ? call.values.text("listen") : library->settings().text("web.listen");
  Result<config::ListenAddress> listen = config::parse_listen_address(wish);
  if (!listen) {
    listen.error().code = Errc::usage;
    return std::unexpected(listen.error());
  }
  const auto ready = [&](const std::string& url) {
    if (call.out.json()) call.out.value(Json::object({{"v", 1}, {"url", url}}));
    else call.out.line({"Serving ", {library->folder().string(), Style::bold}, " on ", {url, Style::bold}, " (Ctrl-C ends it)"});
    std::fflush(call.out.streams().out);
  };
  TRY(call.services.serve(*library, *listen, interrupts(), ready));
  return kDone;
}

}  // namespace

Rows serve_rows() {
  return {{.name = "serve",
           .group = "The library",
           .summary = "Serve the library on the web until Ctrl-C; keeps the index up to date",
           .options = {{"--listen", Takes::text, "ADDRESS",
                        "address and port (web.listen: 127.0.0.1:8417); port 0 takes a free one"}},
           .examples = {"colophon serve", "colophon serve --listen 127.0.0.1:0"},
           .run = serve}};
}

}  // namespace colophon::cli
