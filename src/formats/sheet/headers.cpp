// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/sheet/headers.hpp"

#include <array>
#include <map>
#include <vector>

#include "base/text.hpp"

#include <fmt/format.h>

namespace colophon::formats {
namespace {

using bib::FieldId;
using Kind = Target::Kind;

// Words by which a field is known in offices, beside its own name and label. Written as fold_key() gives them, parted by bars.
struct Words {
  FieldId field;
  std::string_view words;
};

// clang-format off
constexpr std::array kWords = {
    Words{FieldId::title, "document title|article title|publication title en|name of publication|titel|titel der publikation|titulo|titulo del articulo|"
                          "titulo do artigo|titre|titre de la publication|titre du document|haupttitel|main title"},
    Words{FieldId::subtitle, "sub title|untertitel|subtitulo|sous titre"},
    Words{FieldId::translated_title, "title translation|english title|titel ubersetzt|ubersetzter titel|englischer titel|titulo traducido|titulo traduzido|titre traduit"},
    Words{FieldId::short_title, "kurztitel|titulo corto|titulo abreviado|titre abrege"},
    Words{FieldId::author, "author|author s|author names|autor|autoren|autorin|autorinnen|autor innen|autorenschaft|verfasser|verfasserin|verfasserinnen|verfasst von|"
                           "autores|autora|autoras|autor es|autoria|auteur|auteurs|auteure|auteur e s|auteures|written by|creator|creators|by"},
    Words{FieldId::editor, "editor|editor s|book editors|herausgeber|herausgeberin|herausgeberinnen|hrsg|hg|editores|editora cientifica|organizador|organizadores|"
                           "coordinador|coordinadores|directeur de publication|edite par|edited by"},
    Words{FieldId::translator, "translator|ubersetzer|ubersetzerin|ubersetzung|traductor|tradutor|traducteur|traductrice"},
    Words{FieldId::contributor, "contributor|mitwirkende|mitarbeit|colaboradores|contributeurs"},
    Words{FieldId::issued, "year|date|publication date|date published|date of publication|published|publication year|year of publication|issue date|py|jahr|"
                           "erscheinungsjahr|publikationsjahr|erscheinungsdatum|datum|publikationsdatum|veroffentlicht|veroffentlichungsdatum|"
                           "veroffentlicht am|ano|ano de publicacion|ano de publicacao|fecha|fecha de publicacion|data|data de publicacao|annee|annee de publication|"
                           "annee de parution|date de publication|date de parution"},
    Words{FieldId::container_title, "journal|journal title|journal name|journal book|source title|source|publication title|book title|newspaper|magazine|in|proceedings|published in|"
                                    "zeitschrift|zeitschriftentitel|erschienen in|sammelband|buchtitel|quelle|revista|publicado en|publicado em|periodico|"
                                    "titulo de la revista|titulo da revista|revue|titre de la revue|titre de la revue ou de l'ouvrage|publie dans|ouvrage|libro|livro"},
    Words{FieldId::container_short, "journal abbreviation|abbreviated source title|abbreviated journal|zeitschriftenkurzel|abreviatura de la revista|revue abregee"},
    Words{FieldId::volume, "vol|volume no|volume number|band|jahrgang|bd|jg|volumen|tomo|tome"},
    Words{FieldId::issue, "issue no|issue number|no issue|heft|heftnummer|ausgabe|fasciculo|numero de la revista|fascicule|numero de revue"},
    Words{FieldId::page, "page|pages|pp|page range|page numbers|seite|seiten|seitenangabe|seitenangaben|seiten von bis|s|paginas|pagina|pags|pag|p"},
    Words{FieldId::article_number, "article no|art no|artikelnummer|numero de articulo|numero do artigo|numero d'article|elocator|e locator"},
    Words{FieldId::number, "report number|report no|berichtsnummer|no de rapport|numero de rapport|numero de informe|numero do relatorio"},
    Words{FieldId::edition, "auflage|edicion|edicao|ed"},
    Words{FieldId::collection_title, "series|series title|book series|reihe|schriftenreihe|reihentitel|serie|coleccion|colecao|collection|titre de la collection"},
    Words{FieldId::collection_number, "series number|series no|number in series|reihennummer|nummer der reihe|bandnummer|numero de serie|numero de la serie|numero de collection"},
    Words{FieldId::publisher, "publisher|publishers|institution|verlag|herausgebende institution|herausgebende organisation|editorial|editora|editeur|maison d'edition|"
                              "publishing organisation|publishing organization|organisation|organization"},
    Words{FieldId::publisher_place, "publisher place|place of publication|publisher location|publisher city|erscheinungsort|verlagsort|lugar de publicacion|local de publicacao|"
                                    "lieu de publication|lieu d'edition"},
    Words{FieldId::event_title, "conference|conference name|conference title|event name|konferenz|tagung|veranstaltung|kongress|congreso|conferencia|evento|congresso|"
                                "colloque|evenement|conference nom"},
    Words{FieldId::event_place, "conference location|conference place|event location|veranstaltungsort|tagungsort|lugar del evento|local do evento|lieu de l'evenement"},
    Words{FieldId::event_date, "conference date|event date|veranstaltungsdatum|tagungsdatum|fecha del evento|data do evento|date de l'evenement"},
    Words{FieldId::accessed, "access date|date accessed|abrufdatum|abgerufen am|zugriff am|zugriffsdatum|fecha de acceso|data de acesso|date de consultation|consulte le"},
    Words{FieldId::submitted, "date submitted|eingereicht|eingereicht am|enviado|soumis"},
    Words{FieldId::genre, "genre|gattung"},
    Words{FieldId::number_of_pages, "number of pages|num pages|no of pages|page count|seitenzahl|anzahl seiten|numero de paginas|nombre de pages"},
    Words{FieldId::doi, "doi|doi link|doi nummer|doi number|doi url|digital object identifier"},
    Words{FieldId::isbn, "isbn|isbn 13|isbn 10|isbn nummer|isbns"},
    Words{FieldId::issn, "issn|eissn|e issn|p issn|issn nummer|issns"},
    Words{FieldId::pmid, "pmid|pubmed id"},
    Words{FieldId::pmcid, "pmcid|pmc id"},
    Words{FieldId::url, "url|urls|link|links|web|website|web page|webseite|internetadresse|webadresse|weblink|download link|enlace|enlaces|sitio web|ligacao|hiperligacao|lien|liens|adresse web|"
                        "site web"},
    Words{FieldId::abstract, "abstract|abstract note|summary|zusammenfassung|kurzfassung|resumen|resumo|resume"},
    Words{FieldId::keyword, "keyword|keywords|author keywords|index keywords|tags|manual tags|topics|schlagwort|schlagworte|schlagworter|schlusselwort|schlusselworter|"
                            "stichwort|stichworte|stichworter|themen|palabras clave|palavras chave|mots cles|mot cle|descriptores|descritores|temas"},
    Words{FieldId::subject, "subject|subjects|fachgebiet|fachgebiete|sachgebiet|materia|materias|assunto|assuntos|sujet|sujets"},
    Words{FieldId::language, "language|languages|language of original document|sprache|sprachen|idioma|idiomas|lengua|lingua|langue|langues"},
    Words{FieldId::note, "note|notes|remark|remarks|comment|comments|notiz|notizen|bemerkung|bemerkungen|anmerkung|anmerkungen|kommentar|nota|notas|comentario|"
                         "comentarios|observacion|observaciones|observacao|observacoes|remarque|remarques|commentaire|commentaires"},
    Words{FieldId::license, "license|rights|lizenz|licencia|licenca|licence"},
    Words{FieldId::peer_reviewed, "peer review|begutachtet|peer reviewed yes no|revisado por pares|revision por pares|evalue par les pairs"},
    Words{FieldId::funding, "funder|funders|funded by|fordermittelgeber|forderer|gefordert durch|financiador|financiacion|financiamento|financement|financeur"},
    Words{FieldId::project, "project|projects|project name|projekt|projekte|proyecto|proyectos|projeto|projetos|projet|projets"},
    Words{FieldId::place, "place|places|location|city|country|region|ort|stadt|land|lugar|ciudad|pais|cidade|local|lieu|ville|pays"},
    Words{FieldId::citation_key, "citekey|cite key|bibtex key|bibtexkey|key|zitierschlussel|kurzbeleg|clave de cita|chave de citacao|cle de citation"},
};
// clang-format on
constexpr std::string_view kTypeWords =
    "type|document type|item type|publication type|type of publication|typ|art|art der "
    "publikation|publikationstyp|publikationsart|dokumenttyp|dokumentart|"
    "medientyp|tipo|tipo de publicacion|tipo de publicacao|tipo de documento|type de publication|type de document";

using Table = std::map<std::string, Target, std::less<>>;

Table made() {
  Table out;
  const auto put = [&](std::string_view words, const Target& target) {
    for (const std::string_view word : split(words, '|')) out.emplace(fold_key(word), target);
  };
  put(kIdHeader, {.kind = Kind::id});
  put(kStampHeader, {.kind = Kind::stamp});
  for (const bib::FieldRow& row : bib::fields()) {  // our own names come first: an export reads back
    if (row.id == FieldId::extra) continue;
    put(row.name, {.kind = Kind::field, .field = row.id});
    put(row.label, {.kind = Kind::field, .field = row.id});
  }
  put(kTypeWords, {.kind = Kind::type});
  for (const Words& words : kWords) put(words.words, {.kind = Kind::field, .field = words.field});
  return out;
}

const Table& table() {
  static const Table kTable = made();
  return kTable;
}

std::string without_brackets(std::string_view text) {
  std::string out;
  std::size_t depth = 0;
  for (const char c : text) {
    if (c == '(' || c == '[') ++depth;
    else if ((c == ')' || c == ']') && depth > 0) --depth;
    else if (depth == 0) out.push_back(c);
  }
  return out;
}

// A header and what is left of it without brackets, by its halves, before the sign of a gendered ending.
std::vector<std::string> readings(std::string_view header) {
  std::vector<std::string> out = {fold_key(header)};
  const std::string bare = without_brackets(header);
  out.push_back(fold_key(bare));
  for (const std::string_view half : split(bare, '/')) out.push_back(fold_key(half));
  out.push_back(fold_key(bare.substr(0, bare.find_first_of("*:_"))));
  return out;
}

std::vector<std::string> target_names() {
  std::vector<std::string> out = {"type", "id", "extra"};
  for (const bib::FieldRow& row : bib::fields()) out.emplace_back(row.name);
  return out;
}

}  // namespace

std::optional<Target> target_of_header(std::string_view header) {
  if (header.starts_with(kExtraPrefix)) return Target{.kind = Kind::extra, .extra = std::string(header)};
  for (const std::string& reading : readings(header)) {
    const auto found = table().find(reading);
    if (!reading.empty() && found != table().end()) return found->second;
  }
  return std::nullopt;
}

Result<Target> target_named(std::string_view name, std::string_view header) {
  if (name.empty() || name == "-") return Target{.kind = Kind::nothing};
  if (name == "type") return Target{.kind = Kind::type};
  if (name == "id") return Target{.kind = Kind::id};
  if (name == "stamp") return Target{.kind = Kind::stamp};
  if (name.starts_with(kExtraPrefix)) return Target{.kind = Kind::extra, .extra = std::string(name)};
  if (name == "extra") return Target{.kind = Kind::extra, .extra = std::string(kExtraPrefix) + squeeze(header)};
  if (const std::optional<FieldId> field = bib::field_named(name)) return Target{.kind = Kind::field, .field = *field};
  const std::vector<std::string> names = target_names();
  const std::string_view near = nearest(name, names);
  return fail(Errc::usage, fmt::format("there is no field “{}”", printable(name)),
              near.empty() ? "“colophon help edit” lists the fields; “extra” keeps a column as it is, “-” leaves it out"
                           : fmt::format("did you mean “{}”?", near));
}

std::string name_of(const Target& target) {
  switch (target.kind) {
    case Kind::field: return std::string(bib::name(target.field));
    case Kind::type: return "type";
    case Kind::id: return "id";
    case Kind::stamp: return "stamp";
    case Kind::extra: return target.extra;
    case Kind::nothing: return "-";
  }
  return {};
}

std::string header_of(const Target& target) {
  switch (target.kind) {
    case Kind::field: return std::string(bib::row(target.field).label);
    case Kind::type: return "Type";
    case Kind::id: return std::string(kIdHeader);
    case Kind::stamp: return std::string(kStampHeader);
    case Kind::extra: {
      const std::string bare = target.extra.starts_with(kExtraPrefix) ? target.extra.substr(kExtraPrefix.size()) : target.extra;
      return target_of_header(bare) || squeeze(bare) != bare ? std::string(kExtraPrefix) + bare : bare;
    }
    case Kind::nothing: break;
  }
  return {};
}

}  // namespace colophon::formats
