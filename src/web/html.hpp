// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>

namespace colophon::web {

/// Percent-encodes everything but letters, digits and -._~ (RFC 3986, section 2.3).
std::string percent_encoded(std::string_view text);
/// For text and quoted attributes: & < > " ' become references, control characters and invalid bytes U+FFFD.
void append_escaped(std::string& out, std::string_view text);

/// An address that may stand alone in href, src or action. Only our own paths and http, https and mailto addresses exist;
/// anything else (javascript:, data:, //host) becomes "#".
class Href {
 public:
  static Href to(std::string_view address);
  const std::string& str() const { return address_; }

 private:
  std::string address_;
};

/// What may stand between the attributes of a tag: nothing, or whole attributes.
class Attribute {
 public:
  /// " checked" when it holds.
  template <std::size_t N>
  static consteval auto named(const char (&name)[N]) {
    return Name{name};
  }
  struct Name {
    const char* name;
    Attribute when(bool holds) const { return holds ? Attribute(std::string(" ") + name) : Attribute(""); }
    Attribute is(std::string_view value) const;
  };
  static Attribute none() { return Attribute(""); }
  /// lang="…", and dir="rtl" for what is written to the left; nothing for an empty or impossible tag.
  static Attribute lang(std::string_view tag);
  Attribute& add(const Attribute& other) { return text_ += other.text_, *this; }
  const std::string& str() const { return text_; }

 private:
  explicit Attribute(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

class Html;

namespace detail {

/// Where a placeholder stands decides how its value is written.
enum class Place : unsigned char { text, attribute, tag, link, link_part };

consteval bool is_link_attribute(std::string_view name) {
  return name == "href" || name == "src" || name == "action" || name == "formaction";
}

/// Walks over the markup and notes each placeholder's place; the number of placeholders.
consteval std::size_t scan(std::string_view markup, Place* places, std::size_t room) {
  enum class In { text, tag, quotes };
  In in = In::text;
  std::size_t count = 0;
  std::size_t name_begin = 0;
  std::size_t name_end = 0;
  std::size_t value_begin = 0;
  for (std::size_t i = 0; i < markup.size(); ++i) {
    const char c = markup[i];
    if (c == '{' || c == '}') {
      if (c != '{' || i + 1 >= markup.size() || markup[i + 1] != '}') throw "a brace that is no {}";
      if (count == room) throw "more placeholders than values";
      const bool link = in == In::quotes && is_link_attribute(markup.substr(name_begin, name_end - name_begin));
      const Place linked = i == value_begin ? Place::link : Place::link_part;
      places[count++] = in == In::text ? Place::text : in == In::tag ? Place::tag : link ? linked : Place::attribute;
      ++i;
    } else if (in == In::text) {
      if (c == '<') in = In::tag;
    } else if (in == In::tag) {
      if (c == '>') in = In::text;
      if (c == ' ') name_begin = i + 1;
      if (c == '=') name_end = i;
      if (c == '"') {
        in = In::quotes;
        value_begin = i + 1;
      }
      if (c == '\'') throw "attributes stand in double quotes";
    } else if (c == '"') {
      in = In::tag;
    }
  }
  if (in != In::text) throw "an open tag";
  return count;
}

template <class T>
concept Number = std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char>;
template <class T>
concept Words = std::convertible_to<T, std::string_view>;

template <class T>
consteval bool fits(Place place) {
  if (place == Place::tag) return std::same_as<T, Attribute>;
  if (place == Place::link) return std::same_as<T, Href>;
  return Number<T> || Words<T> || (place == Place::text && std::same_as<T, Html>);
}

/// Markup with a placeholder {} for each value. It must be a constant and is checked when it is compiled.
template <class... Values>
class Markup {
 public:
  template <std::size_t N>
  consteval Markup(const char (&literal)[N]) : text(literal, N - 1) {  // NOLINT(google-explicit-constructor): a literal
    if (scan(text, places.data(), sizeof...(Values)) != sizeof...(Values)) throw "fewer placeholders than values";
    std::size_t i = 0;
    if (!(fits<std::remove_cvref_t<Values>>(places[i++]) && ...)) throw "a value that may not stand there";
  }
  std::string_view text;
  std::array<Place, sizeof...(Values) + 1> places{};
};

}  // namespace detail

/// HTML as it grows. Only constants become markup; every value is escaped for the place where it stands:
///
///   Html page;
///   page.put("<a href=\"/r/{}\"{}>{}</a>", id, Attribute::lang(language), title);
///
/// {} takes text and numbers between tags and within quoted attributes; within href and its kind, a value behind a constant beginning
/// is percent-encoded, and one that is the whole address must be an Href; between attributes it takes an Attribute; between tags also
/// an Html. Anything else does not compile: values in place of markup, unquoted attributes, tags left open, too few values.
class Html {
 public:
  template <class... Values>
  Html& put(detail::Markup<std::type_identity_t<Values>...> markup, const Values&... values) {
    std::size_t at = 0;
    [[maybe_unused]] std::size_t i = 0;
    (put_one(markup.text, at, markup.places[i++], values), ...);
    text_ += markup.text.substr(at);
    return *this;
  }
  Html& put(const Html& other) {
    text_ += other.text_;
    return *this;
  }
  /// A value between tags.
  Html& text(std::string_view value) {
    append_escaped(text_, value);
    return *this;
  }
  bool empty() const { return text_.empty(); }
  const std::string& str() const { return text_; }

 private:
  template <class Value>
  void put_one(std::string_view markup, std::size_t& at, detail::Place place, const Value& value) {
    const std::size_t slot = markup.find("{}", at);
    text_ += markup.substr(at, slot - at);
    at = slot + 2;
    if constexpr (std::same_as<Value, Html> || std::same_as<Value, Attribute>) {
      text_ += value.str();
    } else if constexpr (std::same_as<Value, Href>) {
      append_escaped(text_, value.str());
    } else if constexpr (detail::Number<Value>) {
      text_ += std::to_string(value);
    } else if (place == detail::Place::link_part) {
      text_ += percent_encoded(value);
    } else {
      append_escaped(text_, value);
    }
  }

  std::string text_;
};

}  // namespace colophon::web
