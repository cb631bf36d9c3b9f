// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "review/state.hpp"

namespace colophon::review::command {

/// What somebody asks for: one plain struct a verb, who asks is not in it. Review of an argument is a guard's work; these only carry.

/// Number and secret are drawn by the caller (a keyed function; 32 random bytes in hex).
struct Create {
  std::string number;
  std::string secret;
  std::vector<PartnerKey> partners;
  std::vector<PersonKey> authors;
  PersonKey corresponding;
  std::vector<VersionFile> files;
  Json metadata;
};
/// A new version; voids consent and clearances because they are bound to the version before.
struct Revise {
  std::vector<VersionFile> files;
  Json metadata;
  std::string note;
};
struct Agree {};
struct RequestClearance {};
/// `hash` is the version that the officer looked at.
struct ClearanceGive {
  PartnerKey partner;
  Sha256 hash;
  std::string note;
};
struct ClearanceAskChanges {
  PartnerKey partner;
  std::string reason;
};
struct ClearanceWaive {
  PartnerKey partner;
  std::string reason;
};
struct ClearanceRevoke {
  PartnerKey partner;
  std::string reason;
};
struct Submit {};
struct AssignEditor {
  PersonKey editor;
};
/// outcome: accept (send to review), give_back, reject. The reason is for the house, the letter for the authors; reject and give_back
/// need the reason.
struct Screen {
  Choice outcome = Choice::accept;
  std::string reason;
  std::string letter;
};
/// The answer is due after the workflow's answer_days, the review itself review_days after agreeing.
struct Invite {
  PersonKey reviewer;
};
struct ReviewAgree {};
struct ReviewDecline {
  std::string reason;
};
struct CancelInvitation {
  PersonKey reviewer;
  std::string reason;
};
/// The new deadline's day, counted from now.
struct Extend {
  PersonKey reviewer;
  std::uint32_t days = 0;
};
/// "none" answers the question of competing interests; nothing does not.
struct ReviewSend {
  Recommendation recommendation = Recommendation::major_revision;
  std::string to_authors;
  std::string to_editors;
  std::string competing_interests;
  Json form;
  std::vector<VersionFile> files;
};
struct Recommend {
  Recommendation recommendation = Recommendation::major_revision;
  std::string reason;
};
enum class Override { no, yes };
/// outcome: accept, revise, reject. Reject and an override need the reason.
struct Decide {
  Choice outcome = Choice::none;
  std::string letter;
  std::string reason;
  Override override_minimum = Override::no;
};
struct RequestPublicationClearance {};
struct Schedule {
  std::optional<Instant> at;
};
struct Publish {};
struct Withdraw {
  std::string reason;
};
struct AskWithdrawal {
  std::string reason;
};
struct ConfirmWithdrawal {};
struct Lapse {};
struct Revive {};

}  // namespace colophon::review::command

namespace colophon::review {

/// In the order of Verb.
using Command = std::variant<command::Create,
                             command::Revise,
                             command::Agree,
                             command::RequestClearance,
                             command::ClearanceGive,
                             command::ClearanceAskChanges,
                             command::ClearanceWaive,
                             command::ClearanceRevoke,
                             command::Submit,
                             command::AssignEditor,
                             command::Screen,
                             command::Invite,
                             command::ReviewAgree,
                             command::ReviewDecline,
                             command::CancelInvitation,
                             command::Extend,
                             command::ReviewSend,
                             command::Recommend,
                             command::Decide,
                             command::RequestPublicationClearance,
                             command::Schedule,
                             command::Publish,
                             command::Withdraw,
                             command::AskWithdrawal,
                             command::ConfirmWithdrawal,
                             command::Lapse,
                             command::Revive>;
static_assert(std::variant_size_v<Command> == Names<Verb>::kList.size());

inline Verb verb_of(const Command& command) { return static_cast<Verb>(command.index()); }

}  // namespace colophon::review
