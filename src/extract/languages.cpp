// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/languages.hpp"

#include <map>
#include <string>

#include "bib/document.hpp"
#include "lang/language.hpp"

namespace colophon::extract {
namespace {

constexpr std::size_t kSample = 20'000;  // bytes: more do not change the answer

void append_text(const bib::Section& section, std::string& out) {
  for (const bib::Block& block : section.blocks) {
    if (out.size() > kSample) return;
    if (block.kind != bib::BlockKind::reference) out += block.text.plain() + "\n";
  }
  for (const bib::Section& child : section.sections) append_text(child, out);
}

// Pages speak for themselves (summaries in other languages are common); the body's language is that of most of its text.
void fill_body(bib::Document& body) {
  std::map<std::string, std::size_t> weight;
  std::string sample;
  for (bib::Section& section : body.sections) {
    std::string text;
    append_text(section, text);
    if (section.kind == "page" && section.lang.empty()) section.lang = lang::identify(text);
    if (!section.lang.empty()) weight[section.lang] += text.size();
    if (sample.size() < kSample) sample += text;
  }
  if (!body.lang.empty()) return;
  if (weight.empty()) body.lang = lang::identify(sample);
  for (const auto& [tag, bytes] : weight) {
    if (body.lang.empty() || bytes > weight[body.lang]) body.lang = tag;
  }
}

void fill_abstracts(bib::Work& work) {
  std::vector<bib::Statement> abstracts;
  for (const bib::Statement& one : work.all(bib::FieldId::abstract)) abstracts.push_back(one);
  bool changed = false;
  for (bib::Statement& one : abstracts) {
    auto* text = std::get_if<bib::RichText>(&one.value);
    if (text == nullptr || !text->lang.empty()) continue;
    text->lang = lang::identify(text->plain());
    changed = changed || !text->lang.empty();
  }
  if (!changed) return;
  work.remove(bib::FieldId::abstract);
  for (bib::Statement& one : abstracts) work.add(one.field, std::move(one.value), std::move(one.origin), std::move(one.source));
}

}  // namespace

void fill_languages(formats::Extraction& extraction) {
  for (formats::Draft& draft : extraction.drafts) {
    if (draft.body) fill_body(*draft.body);
    fill_abstracts(draft.work);
    if (!draft.work.has(bib::FieldId::language) && draft.body && !draft.body->lang.empty()) {
      draft.work.add(bib::FieldId::language, bib::Code{draft.body->lang});
    }
  }
}

}  // namespace colophon::extract
