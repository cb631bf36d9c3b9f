// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats_xml/endnote_reader.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <list>
#include <optional>
#include <vector>

#include "base/text.hpp"
#include "formats/markup.hpp"
#include "formats/refer/types.hpp"
#include "formats/ris/reference.hpp"
#include "formats/text_input.hpp"
#include "formats_xml/prepass.hpp"
#include "formats_xml/sax.hpp"

namespace colophon::formats_xml {
namespace {

using formats::Draft;
using formats::Outcome;
namespace ris = formats::ris;

enum class Text : std::uint8_t { plain, marked };

// Elements below a record, by their path without wrappers of style.
struct Row {
  std::string_view path, tag;
  Text text = Text::plain;
};
// clang-format off
constexpr std::array kRows = {
    Row{"rec-number", "ID"},
    Row{"contributors/authors/author", "AU"},            Row{"contributors/secondary-authors/author", "A2"},
    Row{"contributors/tertiary-authors/author", "A3"},   Row{"contributors/subsidiary-authors/author", "A4"},
    Row{"contributors/translated-authors/author", "TA"}, Row{"auth-address", "AD"},
    Row{"titles/title", "TI", Text::marked},             Row{"titles/secondary-title", "T2", Text::marked},
    Row{"titles/tertiary-title", "T3", Text::marked},    Row{"titles/alt-title", "J2"},
    Row{"titles/short-title", "ST", Text::marked},       Row{"titles/translated-title", "TT", Text::marked},
    Row{"periodical/full-title", "JF", Text::marked},    Row{"periodical/abbr-1", "J2"},
    Row{"periodical/abbr-2", "J2"},                      Row{"alt-periodical/full-title", "JO"},
    Row{"alt-periodical/abbr-1", "JO"},                  Row{"pages", "SP"},
    Row{"volume", "VL"},                                 Row{"number", "IS"},
    Row{"num-vols", "NV"},                               Row{"edition", "ET"},
    Row{"section", "SE"},                                Row{"keywords/keyword", "KW"},
    Row{"dates/year", "PY"},                             Row{"dates/pub-dates/date", "DA"},
    Row{"publisher", "PB"},                              Row{"pub-location", "CY"},
    Row{"isbn", "SN"},                                   Row{"accession-num", "AN"},
    Row{"call-num", "CN"},                               Row{"report-id", "M1"},
    Row{"abstract", "AB", Text::marked},                 Row{"notes", "N1", Text::marked},
    Row{"research-notes", "RN", Text::marked},           Row{"urls/related-urls/url", "UR"},
    Row{"urls/web-urls/url", "UR"},                      Row{"urls/pdf-urls/url", "L1"},
    Row{"urls/text-urls/url", "L2"},                     Row{"urls/image-urls/url", "L4"},
    Row{"electronic-resource-num", "DO"},                Row{"remote-database-name", "DB"},
    Row{"remote-database-provider", "DP"},               Row{"language", "LA"},
    Row{"access-date", "Y2"},                            Row{"work-type", "M3"},
    Row{"custom1", "C1"},                                Row{"custom2", "C2"},
    Row{"custom3", "C3"},                                Row{"custom4", "C4"},
    Row{"custom5", "C5"},                                Row{"custom6", "C6"},
    Row{"custom7", "C7"},                                Row{"custom8", "C8"},
    Row{"label", "LB"},                                  Row{"orig-pub", "OP"},
    Row{"reviewed-item", "RI"},                          Row{"reprint-edition", "RP"},
    Row{"reprint-status", "RP"},                         Row{"caption", "CA"},
    Row{"misc1", "M2"},                                  Row{"misc2", "M2"},
    Row{"misc3", "M2"},                                  Row{"meeting-place", "CY"},
};
// About the library and the program, not the work.
constexpr std::array<std::string_view, 4> kIgnored = {"database", "source-app", "foreign-keys/key", "modified-date"};

struct Face { std::string_view word, open, close; };
constexpr std::array kFaces = {Face{"italic", "<i>", "</i>"}, Face{"bold", "<b>", "</b>"}, Face{"superscript", "<sup>", "</sup>"},
                               Face{"subscript", "<sub>", "</sub>"}};
// clang-format on

// Text that stands between tags of markup.hpp. It comes in pieces, so that every "&" is escaped.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '<') out += "&lt;";
    else if (c == '&') out += "&amp;";
    else out.push_back(c);
  }
  return out;
}

// The element of a record that is open, from the record down.
class EndnoteBuilder : public XmlHandler {
 public:
  EndnoteBuilder() : remarks_("endnote-xml") {}

  Next open(const XmlName& element, const XmlAttributes& attributes, std::uint32_t line) override {
    const std::string_view name = element.text();
    if (!in_record_) {
      if (name == "record") begin_record(line);
      else if (depth_ == 0 && name != "xml" && name != "records") return Next::stop;
      ++depth_;
      return Next::go_on;
    }
    hasher_.update("<").update(name);
    for (std::size_t i = 0; i < attributes.size(); ++i)
      hasher_.update(" ").update(attributes.at(i).name).update("=").update(attributes.at(i).value);
    const bool inside = name == "style" || std::ranges::find(kRows, path_, &Row::path) != kRows.end();  // other marks are text
    if (inside) {
      open_style(attributes.get("face"));
    } else {
      sizes_.push_back(path_.size());
      path_.append(path_.empty() ? "" : "/").append(name);
      if (path_ == "ref-type") type_name_ = attributes.get("name");
      text_.clear(), marked_.clear();
      if (path_ == "pages") range_ = range_of(attributes);
      line_ = line;
      leaf_ = true;
    }
    styled_.push_back(inside);
    return Next::go_on;
  }

  void close() override {
    if (!in_record_) {
      --depth_;
      return;
    }
    if (styled_.empty()) return end_record();
    hasher_.update(">");
    if (styled_.back()) {
      close_style();
    } else {
      if (leaf_) take_leaf();
      leaf_ = false;
      path_.resize(sizes_.back());
      sizes_.pop_back();
    }
    styled_.pop_back();
  }

  void text(std::string_view text, std::size_t) override {
    if (!in_record_) return;
    if (trim(text).size() > 0) hasher_.update("|").update(text);
    text_ += text;
    marked_ += escaped(text);
  }

  std::vector<Draft> drafts;
  std::vector<Diagnostic> take_diagnostics() { return remarks_.take(); }

 private:
  void begin_record(std::uint32_t line) {
    in_record_ = true;
    record_line_ = line;
    hasher_ = Hasher();
    reference_.emplace("endnote-xml", remarks_);
    path_.clear(), type_name_.clear();
  }

  void end_record() {
    in_record_ = false;
    leaf_ = false;
    Draft& draft = drafts.emplace_back();
    draft.child = static_cast<std::uint32_t>(drafts.size() - 1);
    draft.line = record_line_;
    draft.key = hasher_.finish();
    reference_->read(draft);
  }

  // "bold italic" is both, "normal" none.
  void open_style(std::string_view face) {
    std::string closing;
    for (const Face& f : kFaces) {
      if (face.find(f.word) == std::string_view::npos) continue;
      marked_ += f.open;
      closing.insert(0, f.close);
    }
    closings_.push_back(std::move(closing));
  }
  void close_style() {
    marked_ += closings_.back();
    closings_.pop_back();
  }

  bib::Origin origin() const { return {.begin = 0, .end = 0, .line = line_, .path = path_, .page = 0, .box = {}}; }
  Location place() const { return {.path = {}, .line = line_, .column = 0, .page = 0}; }

  // <pages start="101" end="115"/>
  static std::string range_of(const XmlAttributes& attributes) {
    const std::string_view start = attributes.get("start"), end = attributes.get("end");
    return std::string(start) + (start.empty() || end.empty() ? "" : "-") + std::string(end);
  }

  void take_leaf() {
    if (path_ == "ref-type") return take_type();
    if (path_ == "pages" && trim(text_).empty()) text_ = marked_ = std::exchange(range_, {});
    if (trim(text_).empty() || std::ranges::find(kIgnored, path_) != kIgnored.end()) return;
    const auto row = std::ranges::find(kRows, path_, &Row::path);
    const bool known = row != kRows.end();
    // the names of what is kept live in the table, or, when unknown, in names_ for as long as the reader
    const std::string_view name = known ? row->path.substr(row->path.rfind('/') + 1) : remember(path_);
    std::string_view tag = known ? row->tag : std::string_view();
    std::string text = known && row->text == Text::marked ? marked_ : formats::with_entities(text_);
    if (tag == "IS" && !ris_journal_) tag = "M1";
    if (tag == "LB" && text.find_first_of(" \t\r\n") == std::string::npos) tag = "ID";
    reference_->add({tag, std::move(text), origin(), place(), name});
  }

  void take_type() {
    int number = -1;
    const std::string digits(trim(text_));
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    const ris::TypeRow* row = formats::refer_type(squeeze(type_name_));
    if (!row && type_name_.empty()) row = formats::refer_type(number);
    ris_journal_ = !row || ris::family_of(row->type) == ris::kJournal;
    reference_->set_type(row, {"TY", type_name_.empty() ? digits : squeeze(type_name_), origin(), place(), "ref-type"});
  }

  std::string_view remember(const std::string& name) {
    static constexpr std::size_t kMostNames = 100;
    const auto found = std::ranges::find(names_, name);
    if (found != names_.end()) return *found;
    if (names_.size() >= kMostNames) return "other";
    return *names_.insert(names_.end(), name);
  }

  formats::Remarks remarks_;
  std::optional<ris::Reference> reference_;
  Hasher hasher_;
  std::list<std::string> names_;
  std::string path_, text_, marked_, type_name_;
  std::string range_;                  // that the attributes of pages say
  std::vector<std::size_t> sizes_;     // of path_ before each open element
  std::vector<bool> styled_;           // of each open element: whether it is <style>
  std::vector<std::string> closings_;  // of each open <style>
  std::size_t depth_ = 0;
  std::uint32_t line_ = 0, record_line_ = 0;
  bool in_record_ = false, leaf_ = false, ris_journal_ = true;
};

// Files that went through mails and chats have marks of those before their first tag; BOMs are the pre-pass's.
ZeroEnded from_declaration(ZeroEnded bytes, std::vector<Diagnostic>& out) {
  constexpr std::string_view kBlanks = " \t\r\n\xEF\xBB\xBF";
  const std::size_t begin = bytes.view().substr(0, 64).find("<?xml");
  const std::size_t first = bytes.view().find_first_not_of(kBlanks);
  if (begin == std::string_view::npos || first == begin) return bytes;
  out.push_back({Severity::warning, "endnote-xml.stray-text", "text before the first tag is left out", "", {{}, 1, 1, 0}});
  return bytes.from(begin);
}

}  // namespace

formats::Extraction read_endnote(ZeroEnded bytes) {
  formats::Extraction out;
  Prepared prepared = prepare_xml(from_declaration(bytes, out.diagnostics));
  std::ranges::move(prepared.diagnostics, std::back_inserter(out.diagnostics));
  out.outcome = prepared.outcome;
  if (out.outcome != Outcome::ok) return out;
  EndnoteBuilder builder;
  XmlEnd end = parse_xml(prepared, builder);
  std::ranges::move(builder.take_diagnostics(), std::back_inserter(out.diagnostics));
  std::ranges::move(end.diagnostics, std::back_inserter(out.diagnostics));
  out.outcome = end.outcome;
  if (out.outcome == Outcome::damaged && !builder.drafts.empty()) out.outcome = Outcome::partial;
  if (out.outcome == Outcome::ok && builder.drafts.empty()) {
    out.outcome = Outcome::unsupported;
    out.diagnostics.push_back({Severity::error,
                               "endnote-xml.no-record",
                               "the XML holds no record of EndNote",
                               "export the library as XML from EndNote",
                               {{}, 1, 0, 0}});
  }
  if (out.outcome == Outcome::ok || out.outcome == Outcome::partial) out.drafts = std::move(builder.drafts);
  return out;
}

}  // namespace colophon::formats_xml
