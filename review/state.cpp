// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/state.hpp"

#include <algorithm>

#include "review/members.hpp"

namespace colophon::review {
namespace {

bool took_part(const Assignment& a) {
  const bool ended = a.status == AssignmentStatus::declined || a.status == AssignmentStatus::cancelled;
  return !ended && (a.status == AssignmentStatus::invited || a.answered_at.has_value());
}

}  // namespace

Due due_after(Instant from, std::uint32_t days, const std::string& zone) {
  Due due{.rule = std::to_string(days) + (days == 1 ? " day" : " days"), .zone = zone, .at = {}};
  auto end = end_of_day(from, days, zone);
  if (!end) {
    due.zone = "UTC";
    end = end_of_day(from, days, due.zone);
  }
  COLOPHON_ASSERT(end.has_value());
  due.at = *end;
  return due;
}

Sha256 version_hash(const std::vector<VersionFile>& files, const Json& metadata) {
  return sha256(Json::object({{"files", codec::encode(files)}, {"metadata", metadata}}).canonical());
}

bool exists(const Submission& s) { return !s.number.empty(); }

bool is_author(const Submission& s, const PersonKey& person) { return std::ranges::find(s.authors, person) != s.authors.end(); }

const Version& current_version(const Submission& s) {
  COLOPHON_ASSERT(!s.versions.empty());
  return s.versions.back();
}

const Round* last_round(const Submission& s) { return s.rounds.empty() ? nullptr : &s.rounds.back(); }

const Round* open_round(const Submission& s) {
  const Round* round = last_round(s);
  return round && !round->closed_at ? round : nullptr;
}

const Assignment* assignment_of(const Round& round, const PersonKey& person) {
  for (auto it = round.assignments.rbegin(); it != round.assignments.rend(); ++it) {
    if (it->reviewer == person) return &*it;
  }
  return nullptr;
}

bool is_reviewer(const Submission& s, const PersonKey& person) {
  return std::ranges::any_of(s.rounds, [&](const Round& round) {
    return std::ranges::any_of(round.assignments, [&](const Assignment& a) { return a.reviewer == person && took_part(a); });
  });
}

bool all_authors_agreed(const Submission& s) {
  const auto& agreed = current_version(s).agreed_by;
  return std::ranges::all_of(s.authors, [&](const PersonKey& a) { return std::ranges::find(agreed, a) != agreed.end(); });
}

const Clearance* standing_clearance(const Submission& s, Gate gate, const PartnerKey& partner) {
  for (auto it = s.clearances.rbegin(); it != s.clearances.rend(); ++it) {
    if (it->gate == gate && it->partner == partner && it->version == current_version(s).number) return &*it;
  }
  return nullptr;
}

bool is_cleared(const Submission& s, Gate gate, const PartnerKey& partner) {
  const Clearance* word = standing_clearance(s, gate, partner);
  if (!word || word->hash != current_version(s).hash) return false;
  return word->outcome == ClearanceOutcome::cleared || word->outcome == ClearanceOutcome::waived;
}

bool all_cleared(const Submission& s, const Workflow& workflow, Gate gate) {
  if (!has_gate(workflow, gate)) return true;
  return std::ranges::all_of(s.partners, [&](const PartnerKey& partner) { return is_cleared(s, gate, partner); });
}

std::optional<Gate> gate_of(Phase phase) {
  if (phase == Phase::clearance_for_submission) return Gate::submission;
  if (phase == Phase::clearance_for_publication || phase == Phase::scheduled) return Gate::publication;
  return std::nullopt;
}

Json to_json(const Submission& submission) { return codec::encode(submission); }

Result<Submission> submission_from_json(const Json& json) { return codec::read<Submission>(json); }

}  // namespace colophon::review
