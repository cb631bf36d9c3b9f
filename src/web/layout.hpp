// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

#include "base/error.hpp"
#include "web/html.hpp"
#include "web/request.hpp"

namespace colophon::web {

/// What every page of a library shows around its content.
struct Frame {
  std::string site = "Colophon";  ///< the library's name
  bool demo = false;              ///< a demonstration says so on every page
  std::string base_url = {};      ///< for permanent links, without a slash at its end
};

enum class SearchBox : unsigned char { shown, hidden };
struct PageHead {
  std::string title;       ///< of the window, without the site's name; empty for home
  std::string query = {};  ///< in the search box
  std::string lang = "en";
  Html meta = {};  ///< further <meta> and <link>
  SearchBox search = SearchBox::shown;
  std::vector<std::string> completions = {};  ///< offered under the search box, without any script
};

/// A whole document: head, skip link, banner, search box, <main>, footer.
Html page(const Frame& frame, const PageHead& head, const Html& content);

/// The search form: `id` is unique in the page.
Html search_form(std::string_view id,
                 std::string_view query,
                 std::string_view label,
                 const std::vector<std::string>& completions = {});

/// An error for people or, where JSON is wanted, {"error": {"code", "message", "hint"}}. It says nothing of the request, so that unknown
/// and forbidden things give the same bytes.
Response error_response(const Frame& frame, const Request& request, int status, const Error& error);

}  // namespace colophon::web
