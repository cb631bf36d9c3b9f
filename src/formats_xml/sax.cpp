// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats_xml/sax.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <functional>
#include <memory>
#include <mutex>

#include "base/text.hpp"

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

// Names by the address that libxml2 keeps each at, so that an element costs neither its length nor a hash of it. The newest of those
// that fall into one slot stays.
class Names {
 public:
  const XmlName& find(const xmlChar* name, XmlHandler& handler) {
    const std::uint64_t at = reinterpret_cast<std::uintptr_t>(name);
    XmlName& slot = slots_[at * kGolden >> kShift];  // Fibonacci hashing: they stand close together
    if (const char* const text = reinterpret_cast<const char*>(name); slot.name != text) learn(slot, text, handler);
    return slot;
  }

 private:
  [[gnu::cold, gnu::noinline]] static void learn(XmlName& slot, const char* text, XmlHandler& handler) {
    slot = {text, handler.id_of(text)};
  }

  static constexpr std::uint64_t kGolden = 0x9E3779B97F4A7C15u;
  static constexpr int kShift = 64 - 9;
  std::array<XmlName, std::size_t{1} << (64 - kShift)> slots_{};
};

// One parse: the handler, the limits, and what went wrong first.
struct Run {
  XmlHandler& handler;
  xmlParserCtxtPtr parser = nullptr;
  XmlAttributes::Source source{};  // all of the input: what libxml2 gives mostly stands there
  XmlLimits limits{};
  XmlEnd end{};
  std::size_t depth = 0;
  std::size_t elements = 0;
  Names names{};
  XmlAttributes given{};  // of the tag being opened
  // Declarations of namespaces: how many are in force, and which open elements made them, the innermost last.
  struct Declared {
    std::size_t depth = 0, count = 0;
  };
  std::vector<Declared> declared_by{{}};
  std::size_t open_namespaces = 0;
  std::string told_prefix{};  // undeclared
  bool stopped = false;

  std::uint32_t line() const { return parser->input ? static_cast<std::uint32_t>(parser->input->line) : 0; }

  [[gnu::cold, gnu::noinline]] void stop() {
    stopped = true;
    xmlStopParser(parser);
  }

  // Whether it is the last one's prefix again: a file that declares none has thousands of them.
  bool is_told(const xmlError& error) {
    if (error.code != XML_NS_ERR_UNDEFINED_NAMESPACE || !error.str1) return false;
    if (told_prefix == error.str1) return true;
    told_prefix = error.str1;
    return false;
  }

  void limit(Outcome outcome, std::string code, std::string message) {
    end.outcome = outcome;
    end.diagnostics.push_back({Severity::error,
                               std::move(code),
                               std::move(message),
                               "this is no usual publication; have it exported anew",
                               {{}, line(), 0, 0}});
    stop();
  }

  // What open() met is beyond a limit. Apart, for it is the rare case of a hot function.
  [[gnu::cold, gnu::noinline]] void refuse() {
    if (depth >= kMaxDepth)
      limit(Outcome::too_large, "xml.too-deep", fmt::format("elements are nested deeper than {}", kMaxDepth));
    else if (elements > limits.elements)
      limit(Outcome::too_large, "xml.too-many-elements", fmt::format("there are more than {} elements", limits.elements));
    else limit(Outcome::too_large, "xml.too-many-namespaces", "too many namespaces are declared");
  }

  [[gnu::cold, gnu::noinline]] void forget_values() { source.scratch.clear(); }

  // False when there are too many now.
  [[gnu::cold, gnu::noinline]] bool declare(std::size_t count) {
    declared_by.push_back({depth + 1, count});
    open_namespaces += count;
    return open_namespaces <= kMaxOpenNamespaces;
  }

  [[gnu::cold, gnu::noinline]] void undeclare() {
    open_namespaces -= declared_by.back().count;
    declared_by.pop_back();
  }

  void open(const xmlChar* name, int declared, int count, const xmlChar** attributes) {
    if (stopped) return;
    ++elements;
    if (depth >= kMaxDepth || elements > limits.elements || (declared > 0 && !declare(static_cast<std::size_t>(declared))))
      return refuse();
    ++depth;
    if (!source.scratch.empty()) forget_values();
    given = XmlAttributes(attributes, static_cast<std::size_t>(count), source);
    if (handler.open(names.find(name, handler), given, line()) == XmlHandler::Next::stop) stop();
  }

  void close() {
    if (stopped || depth == 0) return;
    if (declared_by.back().depth == depth) undeclare();
    --depth;
    handler.close();
  }

  void text(const xmlChar* text, int length) {
    if (stopped || depth == 0) return;
    const auto size = static_cast<std::size_t>(length);
    const std::span<const xmlChar> all = source.input;
    const auto readable = is_within(text, all) ? static_cast<std::size_t>(all.data() + all.size() - text) : size;
    handler.text({reinterpret_cast<const char*>(text), size}, readable);
  }

  void report(const xmlError& error) {
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
    const std::string message = prefix.empty()
                                    ? fmt::format("the XML is odd here ({}); read all the same", said)
                                    : fmt::format("the prefix “{}:” is not declared; read all the same", printable(prefix));
    const bool known = std::ranges::any_of(end.diagnostics, [&](const Diagnostic& d) { return d.message == message; });
    if (known || end.diagnostics.size() >= kMaxWarnings) return;
    end.diagnostics.push_back({Severity::warning, prefix.empty() ? "xml.warning" : "xml.undeclared-prefix", message, {}, at});
  }
};

Run& self(void* run) { return *static_cast<Run*>(run); }

xmlSAXHandler callbacks() {
  xmlSAXHandler out;
  std::memset(&out, 0, sizeof out);
  out.initialized = XML_SAX2_MAGIC;
  out.startElementNs = [](void* run, const xmlChar* name, const xmlChar*, const xmlChar*, int declared, const xmlChar**,
                          int count, int, const xmlChar** attributes) { self(run).open(name, declared, count, attributes); };
  out.endElementNs = [](void* run, const xmlChar*, const xmlChar*, const xmlChar*) { self(run).close(); };
  out.characters = [](void* run, const xmlChar* text, int length) { self(run).text(text, length); };
  out.ignorableWhitespace = out.characters;
  out.cdataBlock = out.characters;
  out.serror = [](void* run, xmlErrorPtr error) { self(run).report(*error); };
  return out;
}

struct FreeParser {
  void operator()(xmlParserCtxtPtr parser) const {
    if (parser->myDoc) xmlFreeDoc(parser->myDoc);
    xmlFreeParserCtxt(parser);
  }
};

}  // namespace

inline std::string_view XmlAttributes::value(const unsigned char* const* one) const {
  const std::string_view given = view(one[3], one[4]);
  return is_within(one[3], source_->input) ? given : keep_decoded(given);
}

[[gnu::cold, gnu::noinline]] std::string_view XmlAttributes::keep_decoded(std::string_view given) const {
  return given.find('&') == std::string_view::npos ? given : source_->scratch.emplace_back(decoded(given));
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
  Run run{handler, parser.get(), {input}, limits};
  *parser->sax = callbacks();
  parser->userData = &run;
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
