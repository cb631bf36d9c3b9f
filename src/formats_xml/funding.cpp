// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <span>

#include "formats_xml/builder.hpp"

// Who paid: funders, awards and their recipients.
namespace colophon::formats_xml {
namespace {

constexpr std::size_t kNearby = 200;  // statements among which a sponsor is looked for

}  // namespace

void JatsBuilder::open_award(const XmlAttributes&) {
  in_award_ = true;
  funders_.clear();
  award_ids_.clear();
  recipient_.clear();
  form_ = {};
}

void JatsBuilder::close_funder() {
  if (!in_award_) return state(FieldId::funding, bib::Funding{plain(), {}, {}, {}});
  if (funders_.empty() || !funders_.back().funder.empty()) funders_.emplace_back();
  funders_.back().funder = plain();
}

void JatsBuilder::close_award_id() {
  if (!in_award_) return state(FieldId::funding, bib::Funding{{}, {}, plain(), {}});
  if (std::string id = plain(); !id.empty()) award_ids_.push_back(std::move(id));
}

void JatsBuilder::close_recipient() {
  const std::string name = display_form(form_.name);
  const std::string text = name.empty() ? plain() : name;
  if (!text.empty()) recipient_ += (recipient_.empty() ? "" : "; ") + text;
  form_ = {};
}

// Each award is the first funder's; the further funders of a group fund it too.
void JatsBuilder::close_award() {
  if (funders_.empty()) funders_.emplace_back();
  for (std::size_t i = 0; i < funders_.size(); ++i) {
    bib::Funding one = funders_[i];
    one.recipient = recipient_;
    if (i > 0 || award_ids_.empty()) {
      if (!award_ids_.empty()) one.award = award_ids_.front();
      state(FieldId::funding, std::move(one));
      continue;
    }
    for (const std::string& award : award_ids_) {
      one.award = award;
      state(FieldId::funding, one);
    }
  }
  in_award_ = false;
}

// NLM 2.x: sponsors and numbers stand side by side, tied by id and rid.
void JatsBuilder::close_old_award() {
  const bool sponsor = top().el == El::contract_sponsor || top().el == El::grant_sponsor;
  if (sponsor) {
    if (!kind().empty()) old_sponsors_[std::string(kind())] = plain();
    return state(FieldId::funding, bib::Funding{plain(), {}, {}, {}});
  }
  const auto found = old_sponsors_.find(kind());
  const std::string funder = found == old_sponsors_.end() ? std::string() : found->second;
  std::vector<bib::Statement>& facts = article().facts;
  for (bib::Statement& s : std::span(facts).last(std::min(facts.size(), kNearby))) {
    auto* funding = std::get_if<bib::Funding>(&s.value);
    if (!funding || funder.empty() || funding->funder != funder || !funding->award.empty()) continue;
    funding->award = plain();
    return;
  }
  state(FieldId::funding, bib::Funding{funder, {}, plain(), {}});
}

}  // namespace colophon::formats_xml
