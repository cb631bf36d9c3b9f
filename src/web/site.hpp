// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <memory>

#include "app/library.hpp"
#include "web/layout.hpp"
#include "web/service.hpp"

namespace colophon::web {

/// The pages of a library for visitors: what is public and nothing else. One open library a request under way, kept for the next.
///
///   GET /  /search  /search.json  /search.atom  /suggest.json  /r/ID  /r/ID.json .bib .csl.json  /r/ID/text  /r/ID/file/N  /healthz  /robots.txt  /a/…
///
/// A merged id redirects (301), a withdrawn publication is a tombstone (410); all that is unknown or not public gives the same
/// bytes (404). Searches beyond web.searches at a time wait two seconds, then 503 with Retry-After.
class Site final : public Service {
 public:
  /// `library` must outlive the site; it is used only to open more of the same.
  explicit Site(const app::Library& library);
  ~Site() override;

  std::optional<Response> refuse(const Request& request) const override;
  Response answer(const Request& request) const override;
  Response error_page(const Request& request, int status, const Error& error) const override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace colophon::web
