// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats_office/parts.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "base/text.hpp"
#include "formats_xml/prepass.hpp"

namespace colophon::formats_office {
namespace {

using formats_xml::XmlAttributes;

constexpr std::size_t kMaxElements = 12'000'000;  // a cell is two or three

std::uint32_t number(std::string_view text) {
  std::uint32_t out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

bool is_true(std::string_view text) { return text == "1" || text == "true"; }

class Relations : public PartHandler {
 public:
  explicit Relations(std::string_view folder) : folder_(folder) {}
  std::vector<Relation> all;

 private:
  Keeps begin(std::string_view name, const XmlAttributes& attributes) override {
    if (name != "Relationship") return Keeps::nothing;
    std::string target(attributes.get("Target"));
    if (target.starts_with('/')) target.erase(0, 1);
    else target.insert(0, folder_);
    all.push_back({std::string(attributes.get("Id")), std::string(attributes.get("Type")), std::move(target)});
    return Keeps::nothing;
  }
  void end(std::string_view, std::string_view) override {}
  std::string_view folder_;
};

class WorkbookPart : public PartHandler {
 public:
  Workbook workbook;

 private:
  Keeps begin(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "workbookPr" && is_true(attributes.get("date1904"))) workbook.epoch = formats::Epoch::y1904;
    if (name == "sheet")
      workbook.sheets.push_back({unescaped(attributes.get("name")), std::string(attributes.get("id")),
                                 !attributes.get("state").empty() && attributes.get("state") != "visible"});
    return Keeps::nothing;
  }
  void end(std::string_view, std::string_view) override {}
};

class SharedStrings : public PartHandler {
 public:
  std::vector<std::string> all;

 private:
  Keeps begin(std::string_view name, const XmlAttributes&) override {
    if (name == "si") all.emplace_back();
    return name == "t" && !inside("rPh") && !all.empty() ? Keeps::text : Keeps::nothing;
  }
  void end(std::string_view, std::string_view text) override { all.back() += unescaped(text); }
};

class Styles : public PartHandler {
 public:
  std::vector<Shows> all;

 private:
  Keeps begin(std::string_view name, const XmlAttributes& attributes) override {
    const std::uint32_t format = number(attributes.get("numFmtId"));
    if (name == "numFmt") own_[format] = shown_by(attributes.get("formatCode"));
    if (name == "xf" && inside("cellXfs")) {
      const auto own = own_.find(format);
      all.push_back(own == own_.end() ? shown_by(format) : own->second);
    }
    return Keeps::nothing;
  }
  void end(std::string_view, std::string_view) override {}
  std::map<std::uint32_t, Shows> own_;
};

}  // namespace

formats_xml::XmlEnd read_part(ZeroEnded bytes, formats_xml::XmlHandler& handler) {
  formats_xml::Prepared prepared = formats_xml::prepare_xml(bytes);
  if (prepared.outcome != formats::Outcome::ok) return {prepared.outcome, std::move(prepared.diagnostics)};
  return formats_xml::parse_xml(prepared, handler, {.elements = kMaxElements});
}

PartHandler::Next PartHandler::open(const formats_xml::XmlName& name, const XmlAttributes& attributes, std::uint32_t) {
  const Keeps keeps = begin(name.text(), attributes);
  open_.emplace_back(name.text());
  if (keeps == Keeps::text && kept_ == 0) kept_ = open_.size(), text_.clear();
  return stopped_ ? Next::stop : Next::go_on;
}

void PartHandler::close() {
  const std::string name = std::move(open_.back());
  const bool kept = kept_ == open_.size();
  open_.pop_back();
  if (!kept) return;
  kept_ = 0;
  end(name, text_);
}

void PartHandler::text(std::string_view text, std::size_t) {
  if (kept_ == open_.size()) text_ += text;
}

bool PartHandler::inside(std::string_view name) const { return std::ranges::find(open_, name) != open_.end(); }

Part<std::vector<Relation>> read_relations(ZeroEnded bytes, std::string_view folder) {
  Relations out(folder);
  formats_xml::XmlEnd end = read_part(bytes, out);
  return {std::move(out.all), std::move(end)};
}

Part<Workbook> read_workbook(ZeroEnded bytes) {
  WorkbookPart out;
  formats_xml::XmlEnd end = read_part(bytes, out);
  return {std::move(out.workbook), std::move(end)};
}

Part<std::vector<std::string>> read_shared_strings(ZeroEnded bytes) {
  SharedStrings out;
  formats_xml::XmlEnd end = read_part(bytes, out);
  return {std::move(out.all), std::move(end)};
}

Part<std::vector<Shows>> read_styles(ZeroEnded bytes) {
  Styles out;
  formats_xml::XmlEnd end = read_part(bytes, out);
  return {std::move(out.all), std::move(end)};
}

std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view code = text.substr(at, 7);
    unsigned value = 0;
    const bool escape = code.size() == 7 && code.starts_with("_x") && code.ends_with('_') &&
                        std::from_chars(code.data() + 2, code.data() + 6, value, 16).ptr == code.data() + 6;
    if (!escape) {
      out.push_back(text[at]);
      continue;
    }
    at += 6;
    if (value == '\r' || (value >= 0xD800 && value < 0xE000) || value == 0) continue;
    append_utf8(out, value);
  }
  return out;
}

}  // namespace colophon::formats_office
