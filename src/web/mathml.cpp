// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/mathml.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/text.hpp"

namespace colophon::web {
namespace {

constexpr std::size_t kMaxDepth = 64;

struct ElementRow {
  std::string_view name;
  void (*open)(Html& out, const Attribute& attributes);
  void (*close)(Html& out);
};
#define MATH(name)                                                                                                        \
  ElementRow {                                                                                                            \
    #name, [](Html& out, const Attribute& a) { out.put("<" #name "{}>", a); }, [](Html& out) { out.put("</" #name ">"); } \
  }
constexpr std::array kElements = {
    MATH(mi),          MATH(mn),          MATH(mo),         MATH(mtext),  MATH(mspace),     MATH(ms),         MATH(mrow),
    MATH(mfrac),       MATH(msqrt),       MATH(mroot),      MATH(mstyle), MATH(merror),     MATH(mpadded),    MATH(mphantom),
    MATH(msub),        MATH(msup),        MATH(msubsup),    MATH(munder), MATH(mover),      MATH(munderover), MATH(mmultiscripts),
    MATH(mprescripts), MATH(none),        MATH(mtable),     MATH(mtr),    MATH(mlabeledtr), MATH(mtd),        MATH(menclose),
    MATH(semantics),   MATH(maligngroup), MATH(malignmark),
};
#undef MATH

constexpr std::array kAttributes = {
    Attribute::named("mathvariant"),   Attribute::named("mathsize"),      Attribute::named("displaystyle"),
    Attribute::named("scriptlevel"),   Attribute::named("dir"),           Attribute::named("form"),
    Attribute::named("fence"),         Attribute::named("separator"),     Attribute::named("stretchy"),
    Attribute::named("symmetric"),     Attribute::named("maxsize"),       Attribute::named("minsize"),
    Attribute::named("largeop"),       Attribute::named("movablelimits"), Attribute::named("accent"),
    Attribute::named("accentunder"),   Attribute::named("lspace"),        Attribute::named("rspace"),
    Attribute::named("linethickness"), Attribute::named("width"),         Attribute::named("height"),
    Attribute::named("depth"),         Attribute::named("voffset"),       Attribute::named("columnalign"),
    Attribute::named("rowalign"),      Attribute::named("columnspan"),    Attribute::named("rowspan"),
    Attribute::named("columnlines"),   Attribute::named("rowlines"),      Attribute::named("frame"),
    Attribute::named("rowspacing"),    Attribute::named("columnspacing"), Attribute::named("notation"),
    Attribute::named("numalign"),      Attribute::named("denomalign"),    Attribute::named("bevelled"),
};
/// Their content is no formula.
constexpr std::array<std::string_view, 3> kDropped = {"annotation", "annotation-xml", "mglyph"};

const ElementRow* element(std::string_view name) {
  const auto row = std::ranges::find(kElements, name, &ElementRow::name);
  return row == kElements.end() ? nullptr : &*row;
}

struct Pair {
  std::string_view name;
  std::string value;
};

Attribute taken(const std::vector<Pair>& given) {
  Attribute out = Attribute::none();
  for (const Attribute::Name& known : kAttributes) {
    const auto pair = std::ranges::find(given, std::string_view(known.name), &Pair::name);
    if (pair != given.end()) out.add(known.is(pair->value));
  }
  return out;
}

std::string value_of(const std::vector<Pair>& given, std::string_view name, std::string_view fallback) {
  const auto pair = std::ranges::find(given, name, &Pair::name);
  return pair == given.end() ? std::string(fallback) : pair->value;
}

/// The characters of a text but for its blanks.
std::vector<std::string> characters(std::string_view text) {
  std::vector<std::string> out;
  for (const char c : text) {
    const bool goes_on = (static_cast<unsigned char>(c) & 0xC0) == 0x80 && !out.empty();
    if (goes_on) out.back().push_back(c);
    else if (c != ' ') out.emplace_back(1, c);
  }
  return out;
}

std::string without_references(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, char>, 5> kNames = {
      {{"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}, {"&apos;", '\''}}};
  std::string out;
  while (!text.empty()) {
    const auto found = std::ranges::find_if(kNames, [&](const auto& pair) { return text.starts_with(pair.first); });
    out.push_back(found == kNames.end() ? text.front() : found->second);
    text.remove_prefix(found == kNames.end() ? 1 : found->first.size());
  }
  return out;
}

/// Reads tag by tag and writes anew.
class Rewriter {
 public:
  Rewriter(std::string_view source, bool display) : rest_(source), display_(display) {}

  Html run() {
    while (!rest_.empty()) {
      const bool good = rest_.front() == '<' ? tag() : text();
      if (!good) return {};
    }
    return open_.empty() && began_ ? out_ : Html();
  }

 private:
  struct Open {
    std::string_view name;
    const ElementRow* row = nullptr;
    bool dropped = false;
    bool fence = false;
    std::vector<std::string> separators;  ///< of a fence, one a character
    std::string close;
    std::size_t children = 0;
  };

  bool dropping() const { return !open_.empty() && open_.back().dropped; }

  bool text() {
    const std::size_t end = std::min(rest_.find('<'), rest_.size());
    if (!dropping() && !open_.empty()) out_.text(without_references(rest_.substr(0, end)));
    const bool outside = open_.empty() && !trim(rest_.substr(0, end)).empty();
    rest_.remove_prefix(end);
    return !outside;
  }

  bool tag() {
    const std::size_t end = rest_.find('>');  // attributes hold no bare ">" that matters: a cut tag is malformed
    if (end == std::string_view::npos) return false;
    if (rest_.starts_with("</")) {
      const std::string_view name = rest_.substr(2, end - 2);
      rest_.remove_prefix(end + 1);
      return close(name);
    }
    rest_.remove_prefix(1);
    return open();
  }

  std::string_view name() {
    std::size_t end = 0;
    while (end < rest_.size() && (is_ascii_alpha(rest_[end]) || is_ascii_digit(rest_[end]) || rest_[end] == '-')) ++end;
    const std::string_view out = rest_.substr(0, end);
    rest_.remove_prefix(end);
    return out;
  }

  /// name="value" … and the end of the tag.
  bool attributes(std::vector<Pair>& out) {
    while (rest_.starts_with(' ')) {
      rest_.remove_prefix(1);
      const std::size_t equals = rest_.find("=\"");
      if (equals == std::string_view::npos) return false;
      const std::size_t end = rest_.find('"', equals + 2);
      if (end == std::string_view::npos) return false;
      out.push_back({rest_.substr(0, equals), without_references(rest_.substr(equals + 2, end - equals - 2))});
      rest_.remove_prefix(end + 1);
    }
    return true;
  }

  bool open() {
    Open frame{.name = name()};
    std::vector<Pair> given;
    if (frame.name.empty() || !attributes(given) || open_.size() >= kMaxDepth) return false;
    const bool empty = rest_.starts_with('/');
    if (empty) rest_.remove_prefix(1);
    if (!rest_.starts_with('>') || (open_.empty() && (began_ || frame.name != "math"))) return false;
    rest_.remove_prefix(1);
    if (!open_.empty()) separate(open_.back());
    frame.dropped = dropping() || std::ranges::find(kDropped, frame.name) != kDropped.end();
    if (!frame.dropped) begin(frame, given);
    open_.push_back(std::move(frame));
    return !empty || close(open_.back().name);
  }

  void begin(Open& frame, const std::vector<Pair>& given) {
    if (open_.empty()) {
      began_ = true;
      const std::string said = value_of(given, "display", display_ ? "block" : "inline");
      out_.put("<math{}>", taken(given).add(Attribute::named("display").is(said == "block" ? "block" : "inline")));
    } else if (frame.name == "mfenced") {
      frame.fence = true;
      frame.separators = characters(value_of(given, "separators", ","));
      frame.close = value_of(given, "close", ")");
      out_.put("<mrow><mo>{}</mo>", value_of(given, "open", "("));
    } else if ((frame.row = element(frame.name))) {
      frame.row->open(out_, taken(given));
    }
  }

  /// Between the children of a fence; the last separator goes on.
  void separate(Open& fence) {
    const std::size_t before = fence.children++;
    if (before == 0 || fence.separators.empty()) return;
    out_.put("<mo>{}</mo>", fence.separators[std::min(before, fence.separators.size()) - 1]);
  }

  bool close(std::string_view name) {
    if (open_.empty() || open_.back().name != name) return false;
    const Open frame = std::move(open_.back());
    open_.pop_back();
    if (frame.dropped) return true;
    if (open_.empty()) out_.put("</math>");
    else if (frame.fence) out_.put("<mo>{}</mo></mrow>", frame.close);
    else if (frame.row) frame.row->close(out_);
    return true;
  }

  std::string_view rest_;
  bool display_;
  bool began_ = false;
  std::vector<Open> open_;
  Html out_;
};

}  // namespace

Html mathml(std::string_view source, bool display) { return Rewriter(source, display).run(); }

}  // namespace colophon::web
