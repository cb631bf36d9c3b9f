// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/skos.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <unordered_map>

#include "base/text.hpp"

#include <fmt/format.h>
#include <serd/serd.h>

namespace colophon::formats {
namespace {

constexpr std::size_t kMaxConcepts = 50'000;
constexpr std::string_view kSkos = "http://www.w3.org/2004/02/skos/core#";
constexpr std::string_view kSkosXl = "http://www.w3.org/2008/05/skos-xl#";
constexpr std::string_view kType = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

enum class Role { none, type, preferred, other, form, broader, narrower, related, match };
struct RoleRow {
  std::string_view space, name;
  Role role;
};
constexpr std::array kRoles = {
    RoleRow{kSkos, "prefLabel", Role::preferred},
    RoleRow{kSkos, "altLabel", Role::other},
    RoleRow{kSkos, "hiddenLabel", Role::other},
    RoleRow{kSkosXl, "prefLabel", Role::preferred},
    RoleRow{kSkosXl, "altLabel", Role::other},
    RoleRow{kSkosXl, "hiddenLabel", Role::other},
    RoleRow{kSkosXl, "literalForm", Role::form},
    RoleRow{kSkos, "broader", Role::broader},
    RoleRow{kSkos, "broaderTransitive", Role::broader},
    RoleRow{kSkos, "narrower", Role::narrower},
    RoleRow{kSkos, "narrowerTransitive", Role::narrower},
    RoleRow{kSkos, "related", Role::related},
    RoleRow{kSkos, "exactMatch", Role::match},
    RoleRow{kSkos, "closeMatch", Role::match},
    RoleRow{kSkos, "broadMatch", Role::match},
    RoleRow{kSkos, "narrowMatch", Role::match},
    RoleRow{kSkos, "relatedMatch", Role::match},
};

Role role_of(std::string_view predicate) {
  if (predicate == kType) return Role::type;
  for (const RoleRow& row : kRoles) {
    if (predicate.size() == row.space.size() + row.name.size() && predicate.starts_with(row.space) &&
        predicate.ends_with(row.name))
      return row.role;
  }
  return Role::none;
}

std::string_view view(const SerdNode* node) {
  return node && node->buf ? std::string_view(reinterpret_cast<const char*>(node->buf), node->n_bytes) : std::string_view();
}

void add(std::vector<std::string>& list, std::string one) {
  if (std::ranges::find(list, one) == list.end()) list.push_back(std::move(one));
}

// Everything that serd calls back with; nothing may be thrown through it.
class Collector {
 public:
  explicit Collector(const std::vector<std::string>& languages) : languages_(languages), env_(serd_env_new(nullptr)) {}
  ~Collector() { serd_env_free(env_); }
  Collector(const Collector&) = delete;
  Collector& operator=(const Collector&) = delete;

  SerdStatus parse(const std::string& text) {
    const std::unique_ptr<SerdReader, decltype(&serd_reader_free)> reader(
        serd_reader_new(SERD_TURTLE, this, nullptr, on_base, on_prefix, on_statement, nullptr), serd_reader_free);
    serd_reader_set_strict(reader.get(), true);  // lax, it can go round for ever behind an error
    serd_reader_set_error_sink(reader.get(), on_error, this);
    return serd_reader_read_string(reader.get(), reinterpret_cast<const std::uint8_t*>(text.c_str()));
  }

  Vocabulary vocabulary() {
    for (const auto& [label, of] : extended_) {  // labels that are things of their own, with their text
      const auto text = texts_.find(label);
      if (text != texts_.end()) put_label(concepts_[of.first], of.second, text->second);
    }
    Vocabulary out;
    out.statements = statements_;
    for (const auto& [narrower, broader] : turned_) add(at(narrower).broader, broader);
    for (bib::Concept& one : concepts_) {
      if (!one.preferred.empty() || !one.other.empty()) out.concepts.push_back(std::move(one));
    }
    return out;
  }

  unsigned error_line = 0;

 private:
  static SerdStatus on_base(void* self, const SerdNode* uri) {
    return serd_env_set_base_uri(static_cast<Collector*>(self)->env_, uri);
  }
  static SerdStatus on_prefix(void* self, const SerdNode* name, const SerdNode* uri) {
    return serd_env_set_prefix(static_cast<Collector*>(self)->env_, name, uri);
  }
  static SerdStatus on_error(void* self, const SerdError* error) {
    unsigned& line = static_cast<Collector*>(self)->error_line;
    if (line == 0) line = error->line;
    return SERD_SUCCESS;
  }
  static SerdStatus on_statement(void* self,
                                 SerdStatementFlags,
                                 const SerdNode*,
                                 const SerdNode* subject,
                                 const SerdNode* predicate,
                                 const SerdNode* object,
                                 const SerdNode*,
                                 const SerdNode* language) noexcept {
    static_cast<Collector*>(self)->statement(subject, predicate, object, language);
    return SERD_SUCCESS;
  }

  // The whole IRI of a name such as skos:Concept; blank nodes keep their label.
  std::string iri(const SerdNode* node) const {
    if (node->type == SERD_BLANK) return "_:" + std::string(view(node));
    SerdNode whole = serd_env_expand_node(env_, node);
    std::string out(view(whole.buf ? &whole : node));
    serd_node_free(&whole);
    return out;
  }

  bib::Concept& at(const std::string& id) {
    const auto [found, fresh] = index_.try_emplace(id, concepts_.size());
    if (fresh) concepts_.emplace_back().id = id;
    return concepts_[found->second];
  }

  bool is_wanted(std::string_view tag) const {
    const std::string_view primary = tag.substr(0, tag.find('-'));
    return languages_.empty() || tag.empty() ||
           std::ranges::any_of(languages_, [&](const auto& one) { return iequals(one, primary); });
  }

  void put_label(bib::Concept& to, Role role, const bib::Concept::Label& label) const {
    if (!is_wanted(label.language) || label.text.empty()) return;
    const bool known = std::ranges::find(to.preferred, label.language, &bib::Concept::Label::language) != to.preferred.end();
    auto& list = role == Role::preferred && !known ? to.preferred : to.other;
    if (std::ranges::find(list, label) == list.end()) list.push_back(label);
  }

  void statement(const SerdNode* subject, const SerdNode* predicate, const SerdNode* object, const SerdNode* language) {
    ++statements_;
    const Role role = role_of(iri(predicate));
    if (role == Role::none || role == Role::type || concepts_.size() > kMaxConcepts) return;
    const std::string about = iri(subject);
    if (object->type == SERD_LITERAL) {
      const bib::Concept::Label label{squeeze(nfc(to_valid_utf8(view(object)))), ascii_lower(view(language))};
      if (role == Role::form) texts_.emplace(about, label);
      else if (role == Role::preferred || role == Role::other) put_label(at(about), role, label);
      return;
    }
    relate(role, about, iri(object));
  }

  void relate(Role role, const std::string& about, std::string to) {
    switch (role) {
      case Role::preferred:
      case Role::other: {
        at(about);
        extended_.emplace_back(std::move(to), std::pair{index_.at(about), role});
        return;
      }
      case Role::broader: return add(at(about).broader, std::move(to));
      case Role::narrower: return void(turned_.emplace_back(std::move(to), about));
      case Role::related: return add(at(about).related, std::move(to));
      case Role::match: return add(at(about).matches, std::move(to));
      default: return;
    }
  }

  const std::vector<std::string>& languages_;
  SerdEnv* env_;
  std::vector<bib::Concept> concepts_;
  std::unordered_map<std::string, std::size_t> index_;
  std::vector<std::pair<std::string, std::pair<std::size_t, Role>>> extended_;
  std::unordered_map<std::string, bib::Concept::Label> texts_;
  std::vector<std::pair<std::string, std::string>> turned_;
  std::size_t statements_ = 0;
};

bool is_xml(std::string_view text) {
  const std::string_view begin = trim(text.substr(0, 200));
  return begin.starts_with("<?xml") || begin.starts_with("<rdf:RDF") || begin.starts_with("<!DOCTYPE") ||
         begin.starts_with("\xEF\xBB\xBF<?xml");
}

}  // namespace

Result<Vocabulary> read_skos(std::string_view text, const std::vector<std::string>& languages) {
  if (is_xml(text))
    return fail(Errc::invalid, "this is RDF/XML; a thesaurus is read as Turtle",
                "turn it into Turtle first: rapper -i rdfxml -o turtle FILE.rdf > FILE.ttl (package raptor2-utils)");
  if (text.find('\0') != std::string_view::npos) return fail(Errc::invalid, "this is no Turtle: it holds a zero byte");
  Collector collector(languages);
  const SerdStatus status = collector.parse(std::string(text));
  if (status > SERD_FAILURE || collector.error_line > 0)
    return fail(Errc::invalid, fmt::format("this is no Turtle: line {} cannot be read", collector.error_line), "check the file");
  Vocabulary out = collector.vocabulary();
  if (out.concepts.empty())
    return fail(Errc::invalid, "this file has no SKOS concept with a label", "load a SKOS vocabulary in Turtle");
  if (out.concepts.size() > kMaxConcepts)
    return fail(Errc::invalid, fmt::format("this vocabulary has more than {} concepts", kMaxConcepts),
                "load the part that you need");
  return out;
}

}  // namespace colophon::formats
