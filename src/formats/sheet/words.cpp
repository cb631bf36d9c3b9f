// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/sheet/words.hpp"

#include <array>
#include <map>
#include <vector>

#include "base/text.hpp"

namespace colophon::formats {
namespace {

using bib::WorkType;

struct TypeWords {
  WorkType type;
  std::string_view words;  ///< parted by bars
};

// clang-format off
constexpr std::array kTypes = {
    TypeWords{WorkType::article, "journal article|journalarticle|article journal|research article|peer reviewed article|zeitschriftenartikel|zeitschriftenaufsatz|fachartikel|"
                                 "aufsatz|artikel|articulo|articulo de revista|articulo cientifico|artigo|artigo de revista|artigo cientifico|article de revue|article scientifique|jour"},
    TypeWords{WorkType::chapter, "book chapter|book section|booksection|chapter in book|buchkapitel|buchbeitrag|kapitel|beitrag in sammelband|sammelbandbeitrag|capitulo|capitulo de libro|capitulo de livro|"
                                 "chapitre|chapitre de livre|chapitre d'ouvrage|inbook|incollection|chap"},
    TypeWords{WorkType::report, "reports|technical report|techreport|research report|bericht|forschungsbericht|studie|informe|informe tecnico|relatorio|relatorio tecnico|rapport|rapport technique|rprt"},
    TypeWords{WorkType::policy_brief, "policybrief|policy paper|politikpapier|resumen de politicas|informe de politicas|nota de politica|note de politique|note d'orientation|sumario de politicas"},
    TypeWords{WorkType::guideline, "guidelines|guide|leitfaden|leitlinie|leitlinien|guia|directrices|diretrizes|lignes directrices"},
    TypeWords{WorkType::manual, "handbook|handbuch|toolkit manual|manuel"},
    TypeWords{WorkType::working_paper, "workingpaper|discussion paper|arbeitspapier|diskussionspapier|documento de trabajo|documento de trabalho|texto para discussao|document de travail"},
    TypeWords{WorkType::thesis, "dissertation|phd thesis|phdthesis|doctoral thesis|master thesis|masters thesis|master's thesis|mastersthesis|bachelor thesis|doktorarbeit|masterarbeit|bachelorarbeit|diplomarbeit|"
                                "abschlussarbeit|tesis|tesis doctoral|tesis de maestria|tese|tese de doutorado|dissertacao|dissertacao de mestrado|these|these de doctorat|memoire|memoire de master"},
    TypeWords{WorkType::conference_paper, "conferencepaper|conference contribution|inproceedings|proceedings paper|konferenzbeitrag|tagungsbeitrag|ponencia|comunicacion|comunicacao|trabalho em congresso|"
                                          "communication|communication de conference|cpaper|conf"},
    TypeWords{WorkType::abstract, "conference abstract|tagungsabstract|resumen de congreso|resumo de congresso"},
    TypeWords{WorkType::proposal, "project proposal|antrag|projektantrag|propuesta|proposta|proposition"},
    TypeWords{WorkType::book, "monograph|buch|monographie|monografie|libro|monografia|livro|livre|ouvrage"},
    TypeWords{WorkType::dataset, "data set|data|datensatz|daten|conjunto de datos|conjunto de dados|jeu de donnees"},
    TypeWords{WorkType::case_study, "casestudy|fallstudie|estudio de caso|estudo de caso|etude de cas"},
    TypeWords{WorkType::tool, "software|computer program|computerprogram|computerprogramm|werkzeug|herramienta|ferramenta|logiciel|outil"},
    TypeWords{WorkType::presentation, "slides|talk|vortrag|prasentation|presentacion|apresentacao|conference presentation"},
    TypeWords{WorkType::poster, "plakat|cartel|affiche"},
    TypeWords{WorkType::video, "film|videorecording|video recording|videoaufnahme"},
    TypeWords{WorkType::web_page, "webpage|website|web site|webseite|internetseite|pagina web|pagina da web|page web|site web|blog|blog post|blogpost|blogbeitrag"},
    TypeWords{WorkType::position_paper, "positionpaper|positionspapier|stellungnahme|documento de posicion|documento de posicao|prise de position"},
    TypeWords{WorkType::newsletter, "rundbrief|boletin|boletim|bulletin|lettre d'information"},
    TypeWords{WorkType::press_item, "press release|pressrelease|pressemitteilung|comunicado de prensa|comunicado de imprensa|communique de presse"},
    TypeWords{WorkType::review, "book review|rezension|resena|resenha|compte rendu|recension"},
    TypeWords{WorkType::proceedings, "conference proceedings|tagungsband|actas|anais|actes"},
    TypeWords{WorkType::preprint, "pre print|vorabdruck|preimpresion"},
    TypeWords{WorkType::magazine_article, "magazinearticle|magazinartikel|articulo de divulgacion|article de magazine"},
    TypeWords{WorkType::newspaper_article, "newspaperarticle|zeitungsartikel|articulo de periodico|artigo de jornal|article de journal|article de presse"},
    TypeWords{WorkType::standard, "norm|norma|norme"},
    TypeWords{WorkType::patent, "patente|brevet"},
    TypeWords{WorkType::legislation, "law|statute|gesetz|ley|lei|loi"},
    TypeWords{WorkType::map, "karte|mapa|carte"},
    TypeWords{WorkType::interview, "entrevista|entretien"},
    TypeWords{WorkType::letter, "brief|carta|lettre"},
    TypeWords{WorkType::other, "miscellaneous|misc|sonstiges|andere|otro|otros|outro|outros|autre|autres"},
};

struct LanguageWords {
  std::string_view tag, words;
};
constexpr std::array kLanguages = {
    LanguageWords{"en", "english|englisch|ingles|anglais|eng"},
    LanguageWords{"de", "german|deutsch|aleman|alemao|allemand|deu|ger"},
    LanguageWords{"es", "spanish|spanisch|espanol|castellano|espanhol|espagnol|spa"},
    LanguageWords{"pt", "portuguese|portugiesisch|portugues|portugais|por"},
    LanguageWords{"fr", "french|franzosisch|frances|francais|fra|fre"},
    LanguageWords{"it", "italian|italienisch|italiano|italien|ita"},
    LanguageWords{"nl", "dutch|niederlandisch|neerlandes|holandes|neerlandais|nld|dut"},
    LanguageWords{"zh", "chinese|chinesisch|chino|chines|chinois|zho|chi"},
    LanguageWords{"ja", "japanese|japanisch|japones|japonais|jpn"},
    LanguageWords{"ko", "korean|koreanisch|coreano|coreen|kor"},
    LanguageWords{"ar", "arabic|arabisch|arabe|ara"},
    LanguageWords{"ru", "russian|russisch|ruso|russo|russe|rus"},
    LanguageWords{"id", "indonesian|indonesisch|indonesio|indonesien|bahasa indonesia|ind"},
};
// clang-format on

// Each word in folded form, the first meaning of a word counts.
template <class Meaning>
using Dictionary = std::map<std::string, Meaning, std::less<>>;

template <class Meaning>
void put(std::string_view words, const Meaning& meaning, Dictionary<Meaning>& out) {
  for (const std::string_view word : split(words, '|')) out.emplace(fold_key(word), meaning);
}

Dictionary<WorkType> types() {
  Dictionary<WorkType> out;
  for (const bib::WorkTypeRow& row : bib::work_types()) {
    if (row.type == WorkType::unknown) continue;
    put(row.name, row.type, out);
    put(row.label, row.type, out);
  }
  for (const TypeWords& row : kTypes) put(row.words, row.type, out);
  return out;
}

Dictionary<std::string> languages() {
  Dictionary<std::string> out;
  for (const LanguageWords& row : kLanguages) {
    put(row.tag, std::string(row.tag), out);
    put(row.words, std::string(row.tag), out);
  }
  return out;
}

template <class Meaning>
std::optional<Meaning> looked_up(const Dictionary<Meaning>& dictionary, std::string_view text) {
  const auto found = dictionary.find(fold_key(text));
  if (found == dictionary.end()) return std::nullopt;
  return found->second;
}

}  // namespace

std::optional<WorkType> work_type_in_words(std::string_view text) {
  static const Dictionary<WorkType> kDictionary = types();
  return looked_up(kDictionary, text);
}

std::optional<std::string> language_in_words(std::string_view text) {
  static const Dictionary<std::string> kDictionary = languages();
  return looked_up(kDictionary, text);
}

}  // namespace colophon::formats
