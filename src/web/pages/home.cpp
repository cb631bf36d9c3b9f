// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/pages/pages.hpp"
#include "web/pages/words.hpp"

namespace colophon::web {

Html home_page(const Frame& frame, const HomeView& view) {
  Html content;
  content.put("<div class=\"home\">\n<h1>{}</h1>\n{}", frame.site, search_form("find", "", "Search the library"));
  content.put("<p class=\"soft\">Every page of every text is searched. <a href=\"/search\">{}</a>",
              counted(view.works, "publication", "publications"));
  if (view.full_texts > 0) content.put(", {} to read here", counted(view.full_texts, "file", "files"));
  content.put("</p>\n");
  if (!view.latest.empty()) content.put("<h2 id=\"latest\">Latest publications</h2>\n{}", hit_list(view.latest, ""));
  content.put("</div>\n");
  return page(frame, {.title = "", .search = SearchBox::hidden}, content);
}

}  // namespace colophon::web
