// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/thesaurus.hpp"

#include <algorithm>
#include <map>
#include <mutex>

#include "base/digest.hpp"
#include "base/text.hpp"
#include "formats/skos.hpp"
#include "indexer/terms.hpp"

#include <fmt/format.h>

namespace colophon::app {
namespace {

using indexer::Thesaurus;
using indexer::query::Label;
constexpr std::string_view kBuiltInName = "urban";
constexpr std::size_t kLargestFile = 256u << 20;

constexpr std::string_view kBuiltIn =
#include "urban_vocabulary.inc"
    ;

const std::vector<std::string>& languages() {
  static const std::vector<std::string> kLanguages(indexer::stemmed_languages().begin(), indexer::stemmed_languages().end());
  return kLanguages;
}

const std::vector<bib::Concept>& built_in() {
  static const std::vector<bib::Concept> kConcepts = [] {
    auto read = formats::read_skos(kBuiltIn, languages());
    COLOPHON_ASSERT(read.has_value());
    return std::move(read->concepts);
  }();
  return kConcepts;
}

struct Kept {
  std::string stamp;
  std::shared_ptr<const Thesaurus> thesaurus;
  Concepts concepts;
};

Kept read_all(Library& library, std::string stamp) {
  std::vector<bib::Concept> all = built_in();
  std::string texts = sha256(kBuiltIn).hex();
  for (const std::string& text : library.store().vocabularies().texts()) {
    auto read = formats::read_skos(text, languages());
    if (read) std::ranges::move(read->concepts, std::back_inserter(all));
    texts += sha256(text).hex();
  }
  const auto made = std::make_shared<const Thesaurus>(std::move(all));
  return {std::move(stamp), made, {std::make_shared<const indexer::ConceptFinder>(made), sha256(texts).hex()}};
}

// As it is now; what was read is kept until a vocabulary is loaded or removed.
Kept current(Library& library) {
  static std::mutex mutex;
  static std::map<std::string, Kept> kept;  // by library
  const std::string stamp = library.store().vocabularies().stamp();
  const std::lock_guard lock(mutex);
  Kept& one = kept[library.id()];
  if (!one.thesaurus || one.stamp != stamp) one = read_all(library, stamp);
  return one;
}

// All forms of an authority's name; its key is one of them.
std::vector<std::string> forms_of(const bib::Authority& authority) {
  std::vector<std::string> out{authority.name};
  out.insert(out.end(), authority.names.begin(), authority.names.end());
  for (const Json& acronym : authority.attributes["acronyms"].items()) out.push_back(acronym.as_string());
  return out;
}

std::vector<Label> names_of_authority(Library& library, bib::AuthorityKind kind, std::string_view text) {
  const std::string wanted = fold_key(text);
  std::vector<Label> out;
  for (const bib::Authority& authority : library.store().authorities().all(kind)) {
    const std::vector<std::string> forms = forms_of(authority);
    const bool meant = fold_key(authority.key) == wanted ||
                       std::ranges::any_of(forms, [&](const std::string& form) { return fold_key(form) == wanted; });
    if (!meant) continue;
    for (const std::string& form : forms) {
      if (fold_key(form) != wanted) out.push_back({form, {}});
    }
  }
  return out;
}

}  // namespace

std::shared_ptr<const Thesaurus> thesaurus(Library& library) { return current(library).thesaurus; }
Concepts concepts(Library& library) { return current(library).concepts; }

indexer::query::OtherNames other_names(Library& library) {
  return [&library](std::string_view field, std::string_view text) -> std::vector<Label> {
    if (field == "concept") return thesaurus(library)->other_names(text);
    const auto kind = bib::authority_kind_named(field);
    return kind ? names_of_authority(library, *kind, text) : std::vector<Label>{};
  };
}

indexer::query::ConceptsNamed concepts_named(Library& library) {
  return [&library](std::string_view text) { return thesaurus(library)->ids_of(text); };
}

Result<LoadedVocabulary> load_vocabulary(Library& library, const Acting& acting, const std::filesystem::path& file) {
  TRY_ASSIGN(const std::string text, read_file(file, kLargestFile));
  Result<formats::Vocabulary> read = formats::read_skos(text, languages());
  if (!read) {
    read.error().where = file.string();
    return std::unexpected(read.error());
  }
  const LoadedVocabulary out{file.stem().string(), read->concepts.size()};
  if (out.name == kBuiltInName)
    return fail(Errc::conflict, "a vocabulary of this name comes with the program", "give the file another name", file.string());
  const Instant now = library.clock().now();
  TRY(library.store().write([&]() -> Status {
    library.store().vocabularies().put({out.name, static_cast<std::int64_t>(out.concepts), now}, text);
    TRY(library.store().ledger().append(
        {"thesaurus", "loaded", acting.person, acting.operator_name,
         Json::object({{"name", out.name}, {"concepts", out.concepts}, {"digest", sha256(text).hex()}})},
        now));
    return {};
  }));
  return out;
}

Status remove_vocabulary(Library& library, const Acting& acting, const std::string& name) {
  return library.store().write([&]() -> Status {
    if (!library.store().vocabularies().remove(name))
      return fail(Errc::not_found, fmt::format("there is no vocabulary “{}” that was loaded", printable(name)),
                  "see “colophon thesaurus list”");
    TRY(library.store().ledger().append(
        {"thesaurus", "removed", acting.person, acting.operator_name, Json::object({{"name", name}})}, library.clock().now()));
    return {};
  });
}

std::vector<LoadedVocabulary> list_vocabularies(Library& library) {
  std::vector<LoadedVocabulary> out{{std::string(kBuiltInName), built_in().size()}};
  for (const store::VocabularyRow& row : library.store().vocabularies().all())
    out.push_back({row.name, static_cast<std::size_t>(row.concepts)});
  return out;
}

}  // namespace colophon::app
