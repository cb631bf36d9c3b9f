// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "formats/draft.hpp"
#include "formats_xml/prepass.hpp"

namespace colophon::formats_xml {

/// The attributes of the tag being opened; what it gives is valid during XmlHandler::open only. Names are looked up without their
/// prefix, as files with undeclared prefixes are common ("href" finds xlink:href).
class XmlAttributes {
 public:
  struct Item {
    std::string_view name;
    std::string_view prefix;
    std::string_view value;
  };
  /// What is parsed: values that stand in `input` itself hold no reference; `scratch` is for those that have to be rewritten.
  struct Source {
    std::span<const unsigned char> input;
    std::deque<std::string> scratch = {};
  };
  XmlAttributes(const unsigned char* const* raw, std::size_t count, Source& source)
      : raw_(raw), count_(count), source_(&source) {}
  /// None.
  XmlAttributes() = default;
  /// xml:lang, empty when absent: cheaper than get("lang").
  std::string_view lang() const;
  /// Empty when absent.
  std::string_view get(std::string_view name) const;
  std::size_t size() const { return count_; }
  Item at(std::size_t index) const;

 private:
  std::string_view value(const unsigned char* const* one) const;
  std::string_view keep_decoded(std::string_view given) const;

  const unsigned char* const* raw_ = nullptr;  ///< five pointers an attribute, as libxml2 gives them
  std::size_t count_ = 0;
  Source* source_ = nullptr;
};

/// An element's local name and what the handler calls it. The name stays where it is until the end of the parse.
struct XmlName {
  const char* name = nullptr;
  std::uint16_t id = 0;
  std::string_view text() const { return name; }
};

/// What a document is read into.
class XmlHandler {
 public:
  enum class Next : std::uint8_t { go_on, stop };
  virtual ~XmlHandler() = default;
  /// Asked about once a name, not once an element.
  virtual std::uint16_t id_of(std::string_view) { return 0; }
  virtual Next open(const XmlName& name, const XmlAttributes& attributes, std::uint32_t line) = 0;
  virtual void close() = 0;
  /// Comes in pieces of any length. From its first byte on, `readable` may be looked at: at least the text itself.
  virtual void text(std::string_view text, std::size_t readable) = 0;
};

/// How parsing ended: ok (or stopped by the handler), damaged with line and column of the first error, or too_large.
struct XmlEnd {
  formats::Outcome outcome = formats::Outcome::ok;
  std::vector<Diagnostic> diagnostics;
};

inline constexpr std::size_t kMaxDepth = 256;
inline constexpr std::size_t kMaxElements = 200'000;
/// What a document may hold at most.
struct XmlLimits {
  std::size_t elements = kMaxElements;
};
inline constexpr std::size_t kMaxOpenNamespaces = 512;  ///< declarations in force at one place: each look-up is linear in them

/// One pass over prepared text with libxml2's SAX2 interface: no tree, no DTD, no network, no entities but the five of XML.
/// Undeclared prefixes are warnings, one a prefix. REQUIRES: prepared.outcome is ok. Thread-safe after init_xml().
XmlEnd parse_xml(const Prepared& prepared, XmlHandler& handler, const XmlLimits& limits = {});

/// Once a process: makes libxml2 ready, silences it, and installs an entity loader that finds nothing, so that no option and no
/// mistake of ours can make it open a file or a connection. Called by parse_xml too. Idempotent, thread-safe.
void init_xml();
/// That the loader is (still) the one that finds nothing.
bool finds_no_entities();

}  // namespace colophon::formats_xml
