// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <cstring>
#include <string>
#include <vector>

#include "formats_xml/sax.hpp"

#include <libxml/SAX2.h>
#include <libxml/parser.h>

/// Internal: one parse by libxml2 and what it calls. A template, so that a final class of handlers is called as it stands and not by way of
/// its table of virtual functions: an article has tens of thousands of calls.
namespace colophon::formats_xml {

/// Names by the address that libxml2 keeps each at, so that an element costs neither its length nor a hash of it. The newest of those that
/// fall into one slot stays.
class Names {
 public:
  template <class Handler>
  const XmlName& find(const xmlChar* name, Handler& handler) {
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

/// The limits, and what went wrong first.
struct XmlRun {
  XmlAttributes::Source source{};  ///< all of the input: what libxml2 gives mostly stands there
  XmlLimits limits{};
  xmlParserCtxtPtr parser = nullptr;
  XmlEnd end{};
  std::size_t depth = 0;
  std::size_t elements = 0;
  /// Declarations of namespaces: how many are in force, and which open elements made them, the innermost last.
  struct Declared {
    std::size_t depth = 0, count = 0;
  };
  std::vector<Declared> declared_by{{}};
  std::size_t open_namespaces = 0;
  std::string told_prefix{};  ///< undeclared
  bool stopped = false;

  std::uint32_t line() const { return parser->input ? static_cast<std::uint32_t>(parser->input->line) : 0; }
  void report(const xmlError& error);

  // Apart, for they are the rare cases of hot functions.
  [[gnu::cold]] void stop();
  /// What an element brought is beyond a limit.
  [[gnu::cold]] void refuse();
  /// False when there are too many now.
  [[gnu::cold]] bool declare(std::size_t count);
  [[gnu::cold]] void undeclare();
  [[gnu::cold]] void forget_values();

 private:
  bool is_told(const xmlError& error);
  void limit(formats::Outcome outcome, std::string code, std::string message);
};

template <class Handler>
struct XmlRunOf : XmlRun {
  Handler& handler;
  Names names{};
  XmlAttributes given{};  ///< of the tag being opened

  explicit XmlRunOf(Handler& called) : handler(called) {}

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
    const std::size_t at = reinterpret_cast<std::uintptr_t>(text) - reinterpret_cast<std::uintptr_t>(source.input.data());
    const bool within = at < source.input.size();
    handler.text({reinterpret_cast<const char*>(text), size}, within ? source.input.size() - at : size);
  }

  static xmlSAXHandler callbacks() {
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

 private:
  static XmlRunOf& self(void* run) { return *static_cast<XmlRunOf*>(run); }
};

/// As parse_xml(); `callbacks` are called with `called`.
XmlEnd parse_xml(const Prepared& prepared, XmlRun& run, const xmlSAXHandler& callbacks, void* called);

/// The same as parse_xml() with a handler of a final class.
template <class Handler>
XmlEnd parse_xml_with(const Prepared& prepared, Handler& handler, const XmlLimits& limits = {}) {
  XmlRunOf<Handler> run(handler);
  run.limits = limits;
  return parse_xml(prepared, run, XmlRunOf<Handler>::callbacks(), &run);
}

}  // namespace colophon::formats_xml
