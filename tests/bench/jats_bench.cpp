// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/jats_bench.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <numeric>
#include <span>

#include "base/io.hpp"
#include "formats_xml/jats_reader.hpp"

#include <fmt/format.h>
#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

namespace colophon::bench {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kSmall = 1'000'000;  // bytes of a file whose memory is measured
constexpr std::size_t kRounds = 6;         // a multiple of the ways, so that each goes first as often
constexpr std::size_t kTurn = 16;          // files

// --- input -------------------------------------------------------------------------------------------------------------------

// An article as a publisher's tool writes it: names, affiliations, sections with marked words, a table, and `references` of both kinds.
std::string generated_article(std::size_t number) {
  std::size_t rank = number * 7919;
  const auto words = [&](std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) out += word_of_rank((rank = rank * 31 + 17) % 3000) + (i + 1 < count ? " " : "");
    return out;
  };
  std::string authors, body, references;
  for (int i = 0; i < 4; ++i)
    authors += "<contrib contrib-type=\"author\"><name><surname>" + words(1) + "</surname><given-names>" + words(1) +
               "</given-names></name><xref ref-type=\"aff\" rid=\"aff1\"><sup>1</sup></xref></contrib>\n";
  for (int section = 0; section < 8; ++section) {
    body += fmt::format("<sec id=\"s{}\"><title>{}</title>", section, words(4));
    for (int i = 0; i < 5; ++i)
      body += "<p>" + words(60) + " <italic>" + words(2) + "</italic> (<xref ref-type=\"bibr\" rid=\"b1\">1</xref>) " +
              words(40) + "</p>\n";
    body +=
        "<table-wrap><caption><p>" + words(9) + "</p></caption><table><tr><td>1</td><td>2</td></tr></table></table-wrap></sec>\n";
  }
  for (int i = 0; i < 40; ++i)
    references += fmt::format(
        "<ref id=\"b{}\"><element-citation publication-type=\"journal\"><person-group "
        "person-group-type=\"author\"><name><surname>{}"
        "</surname><given-names>A</given-names></name></person-group><article-title>{}</article-title><source>{}</"
        "source><year>2019"
        "</year><volume>7</volume><fpage>1</fpage><lpage>9</lpage><pub-id pub-id-type=\"doi\">10.1234/x.{}</pub-id>"
        "</element-citation></ref>\n",
        i, words(1), words(9), words(3), i);
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<article article-type=\"research-article\" "
      "xml:lang=\"en\"><front><journal-meta>"
      "<journal-title-group><journal-title>{}</journal-title></journal-title-group></journal-meta><article-meta><article-id "
      "pub-id-type=\"doi\">10.1234/a.{}</article-id><title-group><article-title>{}</article-title></title-group><contrib-group>{}"
      "<aff id=\"aff1\">{}</aff></contrib-group><pub-date "
      "pub-type=\"epub\"><year>2020</year></pub-date><abstract><p>{}</p></abstract>"
      "</article-meta></front><body>{}</body><back><ref-list>{}</ref-list></back></article>\n",
      words(3), number, words(10), authors, words(6), words(150), body, references);
}

std::vector<std::string> input() {
  std::vector<std::string> out;
  const std::string set = data_set("jats");
  if (set.empty()) {
    for (std::size_t i = 0; i < 500; ++i) out.push_back(generated_article(i));
    return out;
  }
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(fs::path(set) / "files")) paths.push_back(entry.path());
  std::ranges::sort(paths);
  for (const fs::path& path : paths) out.push_back(read_file(path).value_or(""));
  return out;
}

// --- what is compared --------------------------------------------------------------------------------------------------------

void say_nothing(void*, const char*, ...) {}
void say_nothing_structured(void*, xmlErrorPtr) {}

std::size_t ours(const std::string& bytes) { return formats_xml::read_jats(bytes).drafts.size(); }

std::size_t sax_noop(const std::string& bytes) {
  xmlSAXHandler handler;
  std::memset(&handler, 0, sizeof handler);
  handler.initialized = XML_SAX2_MAGIC;
  handler.startElementNs = [](void*, const xmlChar*, const xmlChar*, const xmlChar*, int, const xmlChar**, int, int,
                              const xmlChar**) {};
  handler.endElementNs = [](void*, const xmlChar*, const xmlChar*, const xmlChar*) {};
  handler.characters = [](void*, const xmlChar*, int) {};
  handler.ignorableWhitespace = handler.characters;
  handler.cdataBlock = handler.characters;
  handler.serror = say_nothing_structured;
  xmlParserCtxt* parser = xmlCreateMemoryParserCtxt(bytes.data(), static_cast<int>(bytes.size()));
  *parser->sax = handler;
  xmlCtxtUseOptions(parser, XML_PARSE_NONET);
  const bool read = xmlParseDocument(parser) == 0;
  if (parser->myDoc) xmlFreeDoc(parser->myDoc);
  xmlFreeParserCtxt(parser);
  return read;
}

std::size_t dom(const std::string& bytes) {
  xmlDoc* document = xmlReadMemory(bytes.data(), static_cast<int>(bytes.size()), nullptr, nullptr, XML_PARSE_NONET);
  if (document) xmlFreeDoc(document);
  return document != nullptr;
}

struct Way {
  std::string_view figure;
  std::size_t (*read)(const std::string& bytes);
};
constexpr std::array kWays = {Way{"ours_mb_s", ours}, Way{"sax_noop_mb_s", sax_noop}, Way{"dom_mb_s", dom}};

// The ways take turns every few files, so that what else the machine does meets all of them alike, and of each such part the least
// time of all rounds counts. Each round another way goes first: the first one finds the files in no cache and the heap as the last one
// left it.
Result<Figures> speeds() {
  const std::vector<std::string> files = input();
  formats_xml::init_xml();
  xmlSetGenericErrorFunc(nullptr, say_nothing);
  double megabytes = 0;
  for (const std::string& bytes : files) megabytes += static_cast<double>(bytes.size()) / 1e6;
  const std::size_t parts = (files.size() + kTurn - 1) / kTurn;
  std::map<std::string_view, std::vector<double>> least;
  for (const Way& way : kWays) least[way.figure].assign(parts, 1e9);
  std::size_t read = 0;
  for (std::size_t round = 0; round < kRounds; ++round) {
    for (std::size_t part = 0; part < parts; ++part) {
      const auto turn = std::span(files).subspan(part * kTurn, std::min(kTurn, files.size() - part * kTurn));
      for (std::size_t place = 0; place < kWays.size(); ++place) {
        const Way& way = kWays[(round + place) % kWays.size()];
        const double before = thread_seconds();
        for (const std::string& bytes : turn) read += way.read(bytes);
        double& seconds = least[way.figure][part];
        seconds = std::min(seconds, thread_seconds() - before);
      }
    }
  }
  Figures out{{"files", static_cast<double>(files.size())}, {"mb", megabytes}, {"read", static_cast<double>(read)}};
  for (const Way& way : kWays)
    out.emplace_back(way.figure, megabytes / std::accumulate(least[way.figure].begin(), least[way.figure].end(), 0.0));
  out.emplace_back("ours_of_sax_noop", figure(out, "ours_mb_s") / figure(out, "sax_noop_mb_s"));
  out.emplace_back("ours_of_dom", figure(out, "ours_mb_s") / figure(out, "dom_mb_s"));
  return out;
}

// --- memory ------------------------------------------------------------------------------------------------------------------

// A line of /proc/self/status in MiB.
double status_mib(std::string_view name) {
  std::ifstream in("/proc/self/status");
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with(name)) return std::strtod(line.c_str() + name.size() + 1, nullptr) / 1024;
  }
  return 0;
}

// By how much a process that has read a small article grows at its largest by reading this one.
Result<double> growth_mib(const std::string& bytes) {
  TRY_ASSIGN(const Figures figures, in_child([&]() -> Result<Figures> {
               ours("<article><front/></article>");
               std::ofstream("/proc/self/clear_refs") << "5";  // the peak begins anew (proc(5))
               const double before = status_mib("VmRSS:");
               ours(bytes);
               return Figures{{"growth", status_mib("VmHWM:") - before}};
             }));
  return figure(figures, "growth");
}

}  // namespace

Result<Figures> bench_jats() {
  TRY_ASSIGN(Figures out, in_child(speeds));
  std::erase_if(out, [](const auto& f) { return f.first == "seconds" || f.first == "cpu_seconds" || f.first == "peak_mib"; });
  double most = 0;
  for (const std::string& bytes : input()) {
    if (bytes.size() > kSmall) continue;
    TRY_ASSIGN(const double grown, growth_mib(bytes));
    most = std::max(most, grown);
  }
  out.emplace_back("peak_growth_mib", most);
  return out;
}

}  // namespace colophon::bench
