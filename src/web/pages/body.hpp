// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "app/show.hpp"
#include "bib/document.hpp"
#include "web/html.hpp"

namespace colophon::web {

/// How a body is shown.
struct BodyOptions {
  std::string_view query = {};                      ///< its words are marked
  std::string_view work = {};                       ///< id of the work, for its pictures
  std::span<const app::FileView> files = {};        ///< open ones; a picture among them, found by its name, is shown
  std::span<const bib::Statement> references = {};  ///< of the record: where a printed reference leads to, found by its text
};

/// The body of a structured text as HTML: sections with headings from <h2> on, each with the anchor of its passages ("s2.1"); figures,
/// tables, formulas, notes and references with anchors of their own, whatever the source calls them (ids are unique by construction);
/// links within the text lead to them, and notes and references lead back; a link to nothing is text. Languages are said where they
/// change. Sections are numbered where their source numbers none.
Html body_html(const bib::Document& body, const BodyOptions& options);

/// The sections with headings, three levels deep, as nested lists of links to their anchors: in the page itself, or in the reading view
/// of `work`. Empty when there are none.
Html body_contents(const bib::Document& body, std::string_view work = {});

}  // namespace colophon::web
