// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/digest.hpp"
#include "base/json.hpp"
#include "review/people.hpp"
#include "review/workflow.hpp"

namespace colophon::review {

/// The state of one submission: values only, equal to the fold of its events (review/evolve.hpp). Nothing here is redacted: pages,
/// mail and exports take SubmissionView (review/policy.hpp), never this.

/// A deadline keeps the rule it came from ("28 days"), the zone and the computed instant. It is missed once now > at.
struct Due {
  std::string rule;
  std::string zone;
  Instant at;
  friend bool operator==(const Due&, const Due&) = default;
};
/// The end of the day `days` after `from` in `zone`; UTC when the zone is unknown.
Due due_after(Instant from, std::uint32_t days, const std::string& zone);
/// True from the first millisecond after the deadline; not on its day.
inline bool is_overdue(const Due& due, Instant now) { return now > due.at; }

/// A file of a version: the blob, the name the author gave, role ("manuscript", "supplement", "response", ...), NISO JAV stage
/// ("AO", "SMUR", "AM", "P", "VoR").
struct VersionFile {
  Sha256 sha256;
  std::string name;
  std::string role;
  std::string stage;
  friend bool operator==(const VersionFile&, const VersionFile&) = default;
};

/// Immutable content. `metadata` is an object with at least "title"; "abstract", "keywords", "language" and "type" are what an
/// anonymized reader gets of it. Numbers count from 1.
struct Version {
  std::uint32_t number = 0;
  Sha256 hash;
  std::vector<VersionFile> files;
  Json metadata;
  std::string note;  ///< response to the reviewers, or what changed
  Instant at;
  PersonKey by;
  std::vector<PersonKey> agreed_by;  ///< authors, in the order of agreeing
  friend bool operator==(const Version&, const Version&) = default;
};
/// SHA-256 of the canonical JSON {"files": [...], "metadata": ...}; what the partners clear.
Sha256 version_hash(const std::vector<VersionFile>& files, const Json& metadata);

enum class AssignmentStatus : unsigned char { invited, agreed, declined, cancelled, sent, closed };
template <>
struct Names<AssignmentStatus> {
  static constexpr std::string_view kWhat = "status of an assignment";
  static constexpr std::array<std::string_view, 6> kList = {"invited", "agreed", "declined", "cancelled", "sent", "closed"};
};

/// One reviewer in one round. `due` is the day to answer while invited, the day of the review once agreed. `handle` ("K") is given when
/// the review is sent: letters of a keyed permutation, so that neither invitations nor their order show.
struct Assignment {
  PersonKey reviewer;
  std::string handle;
  AssignmentStatus status = AssignmentStatus::invited;
  Due due;
  Instant invited_at;
  PersonKey invited_by;
  std::optional<Instant> answered_at;
  std::string reason;  ///< of declining or cancelling
  friend bool operator==(const Assignment&, const Assignment&) = default;
};
inline bool is_open(const Assignment& a) { return a.status == AssignmentStatus::invited || a.status == AssignmentStatus::agreed; }

/// Crossref's six values.
enum class Recommendation : unsigned char {
  accept,
  accept_with_reservation,
  minor_revision,
  major_revision,
  reject,
  reject_with_resubmit
};
template <>
struct Names<Recommendation> {
  static constexpr std::string_view kWhat = "recommendation";
  static constexpr std::array<std::string_view, 6> kList = {
      "accept", "accept_with_reservation", "minor_revision", "major_revision", "reject", "reject_with_resubmit"};
};

/// What a reviewer wrote; immutable. `to_editors` is confidential for ever.
struct Review {
  PersonKey reviewer;
  std::string handle;
  Recommendation recommendation = Recommendation::major_revision;
  std::string to_authors;
  std::string to_editors;
  std::string competing_interests;
  Json form;  ///< answers to the workflow's questions, for the editors
  std::vector<VersionFile> files;
  Instant at;
  friend bool operator==(const Review&, const Review&) = default;
};

/// A round of review, on exactly one version. Open until `closed_at`; its reviews are released to the authors by its decision.
struct Round {
  std::uint32_t number = 0;
  std::uint32_t version = 0;
  Instant opened_at;
  std::optional<Instant> closed_at;
  std::vector<Assignment> assignments;
  std::vector<Review> reviews;
  friend bool operator==(const Round&, const Round&) = default;
};

/// The handling editor's advice to who decides; editors only.
struct EditorAdvice {
  std::uint32_t round = 0;
  Recommendation recommendation = Recommendation::major_revision;
  std::string text;
  PersonKey by;
  Instant at;
  friend bool operator==(const EditorAdvice&, const EditorAdvice&) = default;
};

/// At screening (`round` 0: "desk") or on a round. `outcome` is accept, give_back (screening only), revise or reject.
/// `letter` goes to the authors; `reason` is a code or words for the house; `overridden` when the least number of reviews was waived.
struct Decision {
  std::uint32_t round = 0;
  std::uint32_t version = 0;
  Choice outcome = Choice::none;
  std::string letter;
  std::string reason;
  bool overridden = false;
  PersonKey by;
  Instant at;
  friend bool operator==(const Decision&, const Decision&) = default;
};

enum class ClearanceOutcome : unsigned char { cleared, changes_asked, waived, revoked };
template <>
struct Names<ClearanceOutcome> {
  static constexpr std::string_view kWhat = "outcome of a clearance";
  static constexpr std::array<std::string_view, 4> kList = {"cleared", "changes_asked", "waived", "revoked"};
};

/// One partner's word on one version at one gate; rows are only ever added, the last one for (gate, partner, version) counts.
struct Clearance {
  Gate gate = Gate::submission;
  PartnerKey partner;
  std::uint32_t version = 0;
  Sha256 hash;
  PersonKey officer;
  ClearanceOutcome outcome = ClearanceOutcome::cleared;
  std::string reason;
  Instant at;
  friend bool operator==(const Clearance&, const Clearance&) = default;
};

struct Submission {
  std::string number;  ///< "ART-7KQ2"; empty: does not exist
  WorkflowRef workflow;
  std::string secret;  ///< keys handles and what outsiders see instead of counters; never shown
  std::string title;   ///< of the current version
  Phase phase = Phase::draft;
  std::uint64_t event_count = 0;  ///< events applied; the expected-version check compares it
  std::vector<PartnerKey> partners;
  std::vector<PersonKey> authors;  ///< in the order of the byline
  PersonKey corresponding;
  std::optional<PersonKey> editor;  ///< handling editor
  std::vector<Version> versions;
  std::vector<Round> rounds;
  std::vector<EditorAdvice> advice;
  std::vector<Decision> decisions;
  std::vector<Clearance> clearances;
  std::uint32_t submitted_version = 0;  ///< the version in screening or review, or the last that was; 0 before
  Instant created_at;
  Instant phase_since;
  std::optional<Due> phase_due;  ///< when the phase should be over
  std::optional<Instant> scheduled_for;
  std::optional<Instant> published_at;
  bool withdrawal_asked = false;

  friend bool operator==(const Submission&, const Submission&) = default;
};

bool exists(const Submission& submission);
bool is_author(const Submission& submission, const PersonKey& person);
/// REQUIRES: the submission exists.
const Version& current_version(const Submission& submission);
/// Null when there was none; open_round also when the last one is closed.
const Round* last_round(const Submission& submission);
const Round* open_round(const Submission& submission);
/// The person's assignment in the round, the latest if declined and invited anew; null when none.
const Assignment* assignment_of(const Round& round, const PersonKey& person);
/// Has an assignment, in any round, that was not declined or cancelled.
bool is_reviewer(const Submission& submission, const PersonKey& person);
bool all_authors_agreed(const Submission& submission);
/// The last word of that partner on the current version at that gate; null when there is none.
const Clearance* standing_clearance(const Submission& submission, Gate gate, const PartnerKey& partner);
/// Cleared or waived, for exactly the current version's number and hash.
bool is_cleared(const Submission& submission, Gate gate, const PartnerKey& partner);
/// Every partner on the submission; true at a gate that the workflow does not have.
bool all_cleared(const Submission& submission, const Workflow& workflow, Gate gate);
/// The gate of the two clearance phases and of scheduled; absent elsewhere.
std::optional<Gate> gate_of(Phase phase);

/// The store's snapshot: total, canonical() gives equal bytes for equal states.
Json to_json(const Submission& submission);
/// Errc::invalid naming the member that is missing, wrong or unknown.
Result<Submission> submission_from_json(const Json& json);

}  // namespace colophon::review
