// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats_xml/sax.hpp"

#include <algorithm>
#include <cstring>
#include <functional>
#include <memory>
#include <mutex>

#include "base/text.hpp"
#include "formats_xml/sax_run.hpp"

#include <fmt/format.h>
#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

namespace colophon::formats_xml {
namespace {

using formats::Outcome;
constexpr std::size_t kMaxWarnings = 10;

std::string_view view(const xmlChar* text) {
  return text ? std::string_view(reinterpret_cast<const char*>(text)) : std::string_view();
}
std::string_view view(const xmlChar* begin, const xmlChar* end) {
  return {reinterpret_cast<const char*>(begin), static_cast<std::size_t>(end - begin)};
}

bool is_within(const xmlChar* at, std::span<const xmlChar> text) {
  return std::greater_equal<>()(at, text.data()) && std::less<>()(at, text.data() + text.size());
}

bool is_named(const xmlChar* text, std::string_view name) {
  for (const char c : name) {
    if (*text++ != static_cast<unsigned char>(c)) return false;
  }
  return *text == 0;
}

xmlParserInputPtr find_nothing(const char*, const char*, xmlParserCtxtPtr) { return nullptr; }
void say_nothing(void*, const char*, ...) {}
void say_nothing_structured(void*, xmlErrorPtr) {}

// libxml2 leaves "&amp;" in attribute values as "&#38;".
std::string decoded(std::string_view value) {
  std::string out;
  out.reserve(value.size());
  for (std::size_t at = 0; at < value.size();) {
    const std::size_t next = std::min(value.find("&#38;", at), value.size());
    out.append(value.substr(at, next - at));
    if (next < value.size()) out.push_back('&');
    at = next + 5;
  }
  return out;
}

struct FreeParser {
  void operator()(xmlParserCtxtPtr parser) const {
    if (parser->myDoc) xmlFreeDoc(parser->myDoc);
    xmlFreeParserCtxt(parser);
  }
};

}  // namespace

void XmlRun::stop() {
  stopped = true;
  xmlStopParser(parser);
}

void XmlRun::forget_values() { source.scratch.clear(); }

bool XmlRun::declare(std::size_t count) {
  declared_by.push_back({depth + 1, count});
  open_namespaces += count;
  return open_namespaces <= kMaxOpenNamespaces;
}

void XmlRun::undeclare() {
  open_namespaces -= declared_by.back().count;
  declared_by.pop_back();
}

// Whether it is the last one's prefix again: a file that declares none has thousands of them.
bool XmlRun::is_told(const xmlError& error) {
  if (error.code != XML_NS_ERR_UNDEFINED_NAMESPACE || !error.str1) return false;
  if (told_prefix == error.str1) return true;
  told_prefix = error.str1;
  return false;
}

void XmlRun::limit(Outcome outcome, std::string code, std::string message) {
  end.outcome = outcome;
  end.diagnostics.push_back({Severity::error,
                             std::move(code),
                             std::move(message),
                             "this is no usual publication; have it exported anew",
                             {{}, line(), 0, 0}});
  stop();
}

void XmlRun::refuse() {
  if (depth >= kMaxDepth) limit(Outcome::too_large, "xml.too-deep", fmt::format("elements are nested deeper than {}", kMaxDepth));
  else if (elements > limits.elements)
    limit(Outcome::too_large, "xml.too-many-elements", fmt::format("there are more than {} elements", limits.elements));
  else limit(Outcome::too_large, "xml.too-many-namespaces", "too many namespaces are declared");
}

void XmlRun::report(const xmlError& error) {
  if (stopped || is_told(error)) return;
  const Location at{
      {}, static_cast<std::uint32_t>(std::max(0, error.line)), static_cast<std::uint32_t>(std::max(0, error.int2)), 0};
  const std::string said = squeeze(to_valid_utf8(view(reinterpret_cast<const xmlChar*>(error.message))));
  if (error.level == XML_ERR_FATAL) {
    if (end.outcome != Outcome::ok) return;  // the first one counts
    end.outcome = Outcome::damaged;
    end.diagnostics.push_back({Severity::error, "xml.damaged", "the XML is broken: " + said,
                               "correct it there, or ask the publisher for the file again", at});
    return;
  }
  const std::string_view prefix =
      error.code == XML_NS_ERR_UNDEFINED_NAMESPACE && error.str1 ? std::string_view(error.str1) : std::string_view();
  const std::string message =
      prefix.empty() ? said : fmt::format("the prefix “{}:” is not declared; read all the same", printable(prefix));
  const bool known = std::ranges::any_of(end.diagnostics, [&](const Diagnostic& d) { return d.message == message; });
  if (known || end.diagnostics.size() >= kMaxWarnings) return;
  end.diagnostics.push_back({Severity::warning, prefix.empty() ? "xml.warning" : "xml.undeclared-prefix", message, {}, at});
}
std::string_view XmlAttributes::value(const unsigned char* const* one) const {
  const std::string_view given = view(one[3], one[4]);
  return is_within(one[3], source_->input) || given.find('&') == std::string_view::npos ? given : keep_decoded(given);
}

[[gnu::cold, gnu::noinline]] std::string_view XmlAttributes::keep_decoded(std::string_view given) const {
  return source_->scratch.emplace_back(decoded(given));
}

std::string_view XmlAttributes::get(std::string_view name) const {
  for (std::size_t i = 0; i < count_; ++i) {
    const unsigned char* const* one = raw_ + i * 5;
    if (is_named(one[0], name)) return value(one);
  }
  return {};
}

std::string_view XmlAttributes::lang() const {
  for (std::size_t i = 0; i < count_; ++i) {
    const unsigned char* const* one = raw_ + i * 5;
    if (one[1] && is_named(one[1], "xml") && is_named(one[0], "lang")) return value(one);
  }
  return {};
}

XmlAttributes::Item XmlAttributes::at(std::size_t index) const {
  const unsigned char* const* one = raw_ + index * 5;
  return {view(one[0]), view(one[1]), value(one)};
}

void init_xml() {
  static std::once_flag once;
  std::call_once(once, [] {
    xmlInitParser();
    xmlSetExternalEntityLoader(find_nothing);
  });
  xmlSetGenericErrorFunc(nullptr, say_nothing);  // a thread's own in libxml2
  xmlSetStructuredErrorFunc(nullptr, say_nothing_structured);
}

bool finds_no_entities() { return xmlGetExternalEntityLoader() == find_nothing; }

XmlEnd parse_xml(const Prepared& prepared, XmlHandler& handler, const XmlLimits& limits) {
  return parse_xml_with(prepared, handler, limits);
}

XmlEnd parse_xml(const Prepared& prepared, XmlRun& run, const xmlSAXHandler& callbacks, void* called) {
  init_xml();
  COLOPHON_ASSERT(finds_no_entities() && prepared.outcome == Outcome::ok);
  const std::string_view text = prepared.text();  // with a NUL behind it, where libxml2 ends: it is not copied
  if (trim(text).empty())
    return {Outcome::damaged, {{Severity::error, "xml.empty", "the file is empty", "fetch it again", {{}, 1, 0, 0}}}};
  const std::unique_ptr<xmlParserCtxt, FreeParser> parser(xmlNewParserCtxt());
  COLOPHON_ASSERT(parser != nullptr);
  const std::span<const xmlChar> input(reinterpret_cast<const xmlChar*>(text.data()), text.size());
  const xmlParserInputPtr stream = xmlNewInputStream(parser.get());
  COLOPHON_ASSERT(stream != nullptr);
  stream->base = stream->cur = input.data();
  stream->end = input.data() + input.size();
  inputPush(parser.get(), stream);
  run.parser = parser.get();
  run.source.input = input;
  *parser->sax = callbacks;
  parser->userData = called;
  parser->input->line = static_cast<int>(prepared.line);
  xmlCtxtUseOptions(parser.get(), XML_PARSE_NONET);
  xmlParseDocument(parser.get());
  if (!run.stopped && !parser->wellFormed && run.end.outcome == Outcome::ok)
    run.end = {
        Outcome::damaged,
        {{Severity::error, "xml.damaged", "the XML is broken", "ask the publisher for the file again", {{}, run.line(), 0, 0}}}};
  return std::move(run.end);
}

}  // namespace colophon::formats_xml
