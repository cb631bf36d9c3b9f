// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace colophon::indexer::query {

/// One of the names of a concept, an organisation, a project, a place.
struct Label {
  std::string text;
  std::string language;  ///< tag, or empty
  friend bool operator==(const Label&, const Label&) = default;
};
/// The other names of what `text` names: concepts for the field "concept" and for synonyms, else authorities of the kind `field`.
using OtherNames = std::function<std::vector<Label>(std::string_view field, std::string_view text)>;

/// The ids of the concepts that a text names, as documents hold them (indexer/concepts.hpp).
using ConceptsNamed = std::function<std::vector<std::string>(std::string_view text)>;

}  // namespace colophon::indexer::query
