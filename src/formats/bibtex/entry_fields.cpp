// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/bibtex/entry_fields.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "formats/bibtex/names.hpp"
#include "formats/bibtex/tex.hpp"
#include "formats/bibtex/values.hpp"

#include <fmt/format.h>

namespace colophon::formats::bibtex {
namespace {

using bib::WorkType;

bool stands_in_a_whole(WorkType type) {
  static constexpr std::array kParts = {WorkType::article, WorkType::chapter, WorkType::conference_paper,
                                        WorkType::reference_entry, WorkType::abstract};
  return std::ranges::find(kParts, type) != kParts.end();
}

// "mvbook", "mvcollection" …: a work in several volumes.
bool is_in_volumes(std::string_view type) { return type.size() > 2 && iequals(type.substr(0, 2), "mv"); }

}  // namespace

const std::vector<Given>& EntryFields::gather(const Entry& entry, std::uint32_t chunk, WorkType type) {
  given_.clear();
  parents_.clear();
  resolved_.clear();
  file_.forget_values();
  names_.forget_rare();
  taken_.reset();
  type_ = type;
  if (add_own(entry, chunk) == Parents::some) inherit(entry, chunk, 0);
  return given_;
}

EntryFields::Parents EntryFields::add_own(const Entry& entry, std::uint32_t chunk) {
  Parents out = Parents::none;
  for (const RawField& field : entry.fields) {
    if (field.count == 0) continue;
    FieldName& name = names_.find(field.name);
    if (name.mapping) taken_.set(static_cast<std::size_t>(name.mapping->field));
    if (name.parent != Parent::none) out = Parents::some;
    given_.push_back(
        {name.lower, name.mapping, resolved(file_.value(entry, field, chunk), 0), field.begin, field.end, true, &name});
  }
  return out;
}

bool EntryFields::has_main_title() const {
  return std::ranges::any_of(given_, [](const Given& g) { return g.mapping && g.mapping->form == Form::main_title; });
}

// The value with its references replaced; those that lead nowhere stay as they are.
std::string_view EntryFields::resolved(std::string_view tex, int generation) {
  if (!file_.may_refer(tex) || resolved_.size() > kMostParents) return tex;
  const std::vector<std::string_view> items = split_list(tex);
  if (items.size() == 1) return referred(items[0], generation);
  std::string out;
  for (const std::string_view item : items) {
    if (!out.empty()) out += " and ";
    out += referred(item, generation);
  }
  return resolved_.emplace_back(std::move(out));
}

std::string_view EntryFields::referred(std::string_view item, int generation) {
  const std::optional<BibFile::Reference> to = file_.reference(item);
  const bool readable = to && generation < kMostAncestors && parents_.size() < kMostParents &&
                        file_.length(to->chunk) <= kLongestParent && file_.spend(file_.length(to->chunk));
  if (!readable) return item;
  const Entry& entry = parents_.emplace_back();
  parse_entry(file_.text(), file_.chunk(to->chunk), parents_.back());
  const auto field =
      std::ranges::find_if(entry.fields, [&](const RawField& f) { return f.count > 0 && iequals(f.name, to->field); });
  if (field == entry.fields.end()) return item;
  const std::string_view text = resolved(file_.value(entry, *field, to->chunk), generation + 1);
  if (to->item == 0) return text;
  const std::vector<std::string_view> items = split_list(text);
  return to->item <= items.size() ? items[to->item - 1] : item;
}

// Of a parent, the fields that the child and its nearer parents lack, under the child's names.
void EntryFields::add_inherited(const Entry& entry, std::uint32_t chunk, Via via) {
  const std::bitset<256> before = taken_;
  for (const RawField& field : entry.fields) {
    if (field.count == 0) continue;
    FieldName& name = names_.find(field.name);
    if (via != Via::xdata && !name.inherited) continue;
    const FieldMapping* mapping = via == Via::crossref_to_whole  ? name.in_whole
                                  : via == Via::crossref_to_main ? name.in_main
                                                                 : name.mapping;
    const bool wanted = mapping && mapping->form != Form::extra && mapping->form != Form::parent;
    const bool main = wanted && mapping->form == Form::main_title;  // stands beside the title of the volume
    if (!wanted || (main ? has_main_title() : before[static_cast<std::size_t>(mapping->field)])) continue;
    const std::string_view tex = resolved(file_.value(entry, field, chunk), 0);
    if (!file_.spend(tex.size())) continue;
    taken_.set(static_cast<std::size_t>(mapping->field));
    given_.push_back({mapping == name.mapping ? std::string_view(name.lower) : mapping->name, mapping, tex, field.begin,
                      field.end, false, &name});
  }
}

void EntryFields::inherit(const Entry& entry, std::uint32_t chunk, int generation) {
  for (const RawField& field : entry.fields) {
    const Parent kind = parent_kind(field.name);
    if (field.count == 0 || kind == Parent::none) continue;
    const std::string_view keys = file_.value(entry, field, chunk);
    const bool part = generation == 0 && stands_in_a_whole(type_);
    const Via via = kind == Parent::xdata ? Via::xdata : part ? Via::crossref_to_whole : Via::crossref;
    std::size_t most = kMostParents;
    for (const std::string_view key : cut(keys, kind == Parent::xdata ? "," : "")) {
      if (most-- == 0 || parents_.size() > kMostParents) break;
      inherit_from(key, chunk, via, generation);
    }
  }
}

void EntryFields::inherit_from(std::string_view key, std::uint32_t child, Via via, int generation) {
  const std::optional<std::uint32_t> parent = file_.entry_of(key);
  const bool found = parent && *parent != child;
  const bool small = found && file_.length(*parent) <= kLongestParent;
  if (!small && reports_.first("parent " + std::string(key))) {
    const std::string name = printable(ellipsis(to_utf8(key), 60));
    reports_.add(
        file_.chunk(child).begin, Severity::warning, "bibtex.no-parent",
        found ? fmt::format("“{}” is too long to inherit from", name) : fmt::format("no entry “{}” to inherit from", name),
        found ? "its fields stay away; is a brace missing in it?" : "its fields stay away; is the entry in another file?");
  }
  if (!small || generation >= kMostAncestors) return;
  if (via != Via::xdata && is_in_volumes(file_.chunk(*parent).word) && !is_in_volumes(file_.chunk(child).word))
    via = Via::crossref_to_main;
  Entry& entry = parents_.emplace_back();
  parse_entry(file_.text(), file_.chunk(*parent), entry);
  add_inherited(entry, *parent, via);
  inherit(entry, *parent, generation + 1);
}

}  // namespace colophon::formats::bibtex
