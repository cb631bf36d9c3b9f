// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "review/state.hpp"

namespace colophon::review::event {

/// What happened, as facts: stable for ever, since old ledgers are folded by new programs. Who and when stand beside the event.

struct Created {
  std::string number;
  WorkflowRef workflow;
  std::string secret;
  std::vector<PartnerKey> partners;
  std::vector<PersonKey> authors;
  PersonKey corresponding;
  friend bool operator==(const Created&, const Created&) = default;
};
struct VersionAdded {
  std::uint32_t number = 0;
  Sha256 hash;
  std::vector<VersionFile> files;
  Json metadata;
  std::string note;
  friend bool operator==(const VersionAdded&, const VersionAdded&) = default;
};
struct Agreed {
  std::uint32_t version = 0;
  friend bool operator==(const Agreed&, const Agreed&) = default;
};
struct ClearanceRequested {
  Gate gate = Gate::submission;
  std::uint32_t version = 0;
  Sha256 hash;
  friend bool operator==(const ClearanceRequested&, const ClearanceRequested&) = default;
};
/// The four words of a partner's clearance share their members.
struct ClearanceWord {
  Gate gate = Gate::submission;
  PartnerKey partner;
  std::uint32_t version = 0;
  Sha256 hash;
  std::string reason;
  friend bool operator==(const ClearanceWord&, const ClearanceWord&) = default;
};
struct Cleared : ClearanceWord {
  friend bool operator==(const Cleared&, const Cleared&) = default;
};
struct ChangesAsked : ClearanceWord {
  friend bool operator==(const ChangesAsked&, const ChangesAsked&) = default;
};
struct ClearanceWaived : ClearanceWord {
  friend bool operator==(const ClearanceWaived&, const ClearanceWaived&) = default;
};
struct ClearanceRevoked : ClearanceWord {
  friend bool operator==(const ClearanceRevoked&, const ClearanceRevoked&) = default;
};
struct Submitted {
  std::uint32_t version = 0;
  Sha256 hash;
  friend bool operator==(const Submitted&, const Submitted&) = default;
};
struct EditorAssigned {
  PersonKey editor;
  friend bool operator==(const EditorAssigned&, const EditorAssigned&) = default;
};
/// With outcome accept a round opens on the submitted version.
struct Screened {
  Choice outcome = Choice::accept;
  std::uint32_t version = 0;
  std::string reason;
  std::string letter;
  friend bool operator==(const Screened&, const Screened&) = default;
};
struct Invited {
  std::uint32_t round = 0;
  PersonKey reviewer;
  Due answer_due;
  friend bool operator==(const Invited&, const Invited&) = default;
};
struct InvitationAgreed {
  std::uint32_t round = 0;
  PersonKey reviewer;
  Due review_due;
  friend bool operator==(const InvitationAgreed&, const InvitationAgreed&) = default;
};
struct InvitationDeclined {
  std::uint32_t round = 0;
  PersonKey reviewer;
  std::string reason;
  friend bool operator==(const InvitationDeclined&, const InvitationDeclined&) = default;
};
struct InvitationCancelled {
  std::uint32_t round = 0;
  PersonKey reviewer;
  std::string reason;
  friend bool operator==(const InvitationCancelled&, const InvitationCancelled&) = default;
};
struct DueExtended {
  std::uint32_t round = 0;
  PersonKey reviewer;
  Due due;
  friend bool operator==(const DueExtended&, const DueExtended&) = default;
};
struct ReviewSent {
  std::uint32_t round = 0;
  PersonKey reviewer;
  std::string handle;
  Recommendation recommendation = Recommendation::major_revision;
  std::string to_authors;
  std::string to_editors;
  std::string competing_interests;
  Json form;
  std::vector<VersionFile> files;
  friend bool operator==(const ReviewSent&, const ReviewSent&) = default;
};
struct Recommended {
  std::uint32_t round = 0;
  Recommendation recommendation = Recommendation::major_revision;
  std::string text;
  friend bool operator==(const Recommended&, const Recommended&) = default;
};
/// Closes the round and its open assignments and releases its reviews.
struct Decided {
  std::uint32_t round = 0;
  std::uint32_t version = 0;
  Choice outcome = Choice::none;
  std::string letter;
  std::string reason;
  bool overridden = false;
  friend bool operator==(const Decided&, const Decided&) = default;
};
struct Scheduled {
  Instant publish_at;
  friend bool operator==(const Scheduled&, const Scheduled&) = default;
};
struct Published {
  std::uint32_t version = 0;
  Sha256 hash;
  friend bool operator==(const Published&, const Published&) = default;
};
struct WithdrawalAsked {
  std::string reason;
  friend bool operator==(const WithdrawalAsked&, const WithdrawalAsked&) = default;
};
struct Withdrawn {
  std::string reason;
  friend bool operator==(const Withdrawn&, const Withdrawn&) = default;
};
struct Lapsed {
  friend bool operator==(const Lapsed&, const Lapsed&) = default;
};
struct Revived {
  friend bool operator==(const Revived&, const Revived&) = default;
};

}  // namespace colophon::review::event

namespace colophon::review {

/// In the order of EventPayload's alternatives.
enum class EventKind : unsigned char {
  created,
  version_added,
  agreed,
  clearance_requested,
  cleared,
  changes_asked,
  clearance_waived,
  clearance_revoked,
  submitted,
  editor_assigned,
  screened,
  invited,
  invitation_agreed,
  invitation_declined,
  invitation_cancelled,
  due_extended,
  review_sent,
  recommended,
  decided,
  scheduled,
  published,
  withdrawal_asked,
  withdrawn,
  lapsed,
  revived
};
template <>
struct Names<EventKind> {
  static constexpr std::string_view kWhat = "kind of event";
  static constexpr std::array<std::string_view, 25> kList = {"created",
                                                             "version_added",
                                                             "agreed",
                                                             "clearance_requested",
                                                             "cleared",
                                                             "changes_asked",
                                                             "clearance_waived",
                                                             "clearance_revoked",
                                                             "submitted",
                                                             "editor_assigned",
                                                             "screened",
                                                             "invited",
                                                             "invitation_agreed",
                                                             "invitation_declined",
                                                             "invitation_cancelled",
                                                             "due_extended",
                                                             "review_sent",
                                                             "recommended",
                                                             "decided",
                                                             "scheduled",
                                                             "published",
                                                             "withdrawal_asked",
                                                             "withdrawn",
                                                             "lapsed",
                                                             "revived"};
};

using EventPayload = std::variant<event::Created,
                                  event::VersionAdded,
                                  event::Agreed,
                                  event::ClearanceRequested,
                                  event::Cleared,
                                  event::ChangesAsked,
                                  event::ClearanceWaived,
                                  event::ClearanceRevoked,
                                  event::Submitted,
                                  event::EditorAssigned,
                                  event::Screened,
                                  event::Invited,
                                  event::InvitationAgreed,
                                  event::InvitationDeclined,
                                  event::InvitationCancelled,
                                  event::DueExtended,
                                  event::ReviewSent,
                                  event::Recommended,
                                  event::Decided,
                                  event::Scheduled,
                                  event::Published,
                                  event::WithdrawalAsked,
                                  event::Withdrawn,
                                  event::Lapsed,
                                  event::Revived>;
static_assert(std::variant_size_v<EventPayload> == Names<EventKind>::kList.size());

/// One immutable fact. `phase` is the phase after it (the table's word, taken once when it was decided); `phase_due` comes with a
/// change of phase that has a deadline.
struct Event {
  EventPayload payload;
  Phase phase = Phase::draft;
  std::optional<Due> phase_due;

  EventKind kind() const { return static_cast<EventKind>(payload.index()); }
  friend bool operator==(const Event&, const Event&) = default;
};

/// An event as the ledger gives it back.
struct RecordedEvent {
  Event event;
  Instant at;
  PersonKey by;
  friend bool operator==(const RecordedEvent&, const RecordedEvent&) = default;
};

/// {"kind": "cleared", "phase": "clearance_for_submission", "data": {...}, "phase_due": {...}}; `data` is the payload alone.
Json to_json(const Event& event);
/// Errc::invalid naming the member that is missing, wrong or unknown.
Result<Event> event_from_json(const Json& json);

}  // namespace colophon::review
