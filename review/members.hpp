// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "review/codec.hpp"
#include "review/events.hpp"

/// The members of everything in the store's JSON (internal to this room): names here are stable for ever.
namespace colophon::review::codec {

// clang-format off
template <> struct Members<Due> { static constexpr auto kList = std::tuple{
  Member{"rule", &Due::rule}, Member{"zone", &Due::zone}, Member{"at", &Due::at}}; };
template <> struct Members<VersionFile> { static constexpr auto kList = std::tuple{
  Member{"sha256", &VersionFile::sha256}, Member{"name", &VersionFile::name}, Member{"role", &VersionFile::role},
  Member{"stage", &VersionFile::stage}}; };
template <> struct Members<Version> { static constexpr auto kList = std::tuple{
  Member{"number", &Version::number}, Member{"hash", &Version::hash}, Member{"files", &Version::files},
  Member{"metadata", &Version::metadata}, Member{"note", &Version::note}, Member{"at", &Version::at}, Member{"by", &Version::by},
  Member{"agreed_by", &Version::agreed_by}}; };
template <> struct Members<Assignment> { static constexpr auto kList = std::tuple{
  Member{"reviewer", &Assignment::reviewer}, Member{"handle", &Assignment::handle}, Member{"status", &Assignment::status},
  Member{"due", &Assignment::due}, Member{"invited_at", &Assignment::invited_at}, Member{"invited_by", &Assignment::invited_by},
  Member{"answered_at", &Assignment::answered_at}, Member{"reason", &Assignment::reason}}; };
template <> struct Members<Review> { static constexpr auto kList = std::tuple{
  Member{"reviewer", &Review::reviewer}, Member{"handle", &Review::handle}, Member{"recommendation", &Review::recommendation},
  Member{"to_authors", &Review::to_authors}, Member{"to_editors", &Review::to_editors},
  Member{"competing_interests", &Review::competing_interests}, Member{"form", &Review::form}, Member{"files", &Review::files},
  Member{"at", &Review::at}}; };
template <> struct Members<Round> { static constexpr auto kList = std::tuple{
  Member{"number", &Round::number}, Member{"version", &Round::version}, Member{"opened_at", &Round::opened_at},
  Member{"closed_at", &Round::closed_at}, Member{"assignments", &Round::assignments}, Member{"reviews", &Round::reviews}}; };
template <> struct Members<EditorAdvice> { static constexpr auto kList = std::tuple{
  Member{"round", &EditorAdvice::round}, Member{"recommendation", &EditorAdvice::recommendation}, Member{"text", &EditorAdvice::text},
  Member{"by", &EditorAdvice::by}, Member{"at", &EditorAdvice::at}}; };
template <> struct Members<Decision> { static constexpr auto kList = std::tuple{
  Member{"round", &Decision::round}, Member{"version", &Decision::version}, Member{"outcome", &Decision::outcome},
  Member{"letter", &Decision::letter}, Member{"reason", &Decision::reason}, Member{"overridden", &Decision::overridden},
  Member{"by", &Decision::by}, Member{"at", &Decision::at}}; };
template <> struct Members<Clearance> { static constexpr auto kList = std::tuple{
  Member{"gate", &Clearance::gate}, Member{"partner", &Clearance::partner}, Member{"version", &Clearance::version},
  Member{"hash", &Clearance::hash}, Member{"officer", &Clearance::officer}, Member{"outcome", &Clearance::outcome},
  Member{"reason", &Clearance::reason}, Member{"at", &Clearance::at}}; };
template <> struct Members<WorkflowRef> { static constexpr auto kList = std::tuple{
  Member{"key", &WorkflowRef::key}, Member{"revision", &WorkflowRef::revision}}; };
template <> struct Members<Submission> { static constexpr auto kList = std::tuple{
  Member{"number", &Submission::number}, Member{"workflow", &Submission::workflow}, Member{"secret", &Submission::secret},
  Member{"title", &Submission::title}, Member{"phase", &Submission::phase}, Member{"event_count", &Submission::event_count},
  Member{"partners", &Submission::partners}, Member{"authors", &Submission::authors}, Member{"corresponding", &Submission::corresponding},
  Member{"editor", &Submission::editor}, Member{"versions", &Submission::versions}, Member{"rounds", &Submission::rounds},
  Member{"advice", &Submission::advice}, Member{"decisions", &Submission::decisions}, Member{"clearances", &Submission::clearances},
  Member{"submitted_version", &Submission::submitted_version}, Member{"created_at", &Submission::created_at},
  Member{"phase_since", &Submission::phase_since}, Member{"phase_due", &Submission::phase_due},
  Member{"scheduled_for", &Submission::scheduled_for}, Member{"published_at", &Submission::published_at},
  Member{"withdrawal_asked", &Submission::withdrawal_asked}}; };
template <> struct Members<Workflow> { static constexpr auto kList = std::tuple{
  Member{"key", &Workflow::key}, Member{"revision", &Workflow::revision}, Member{"label", &Workflow::label},
  Member{"number_prefix", &Workflow::number_prefix}, Member{"gates", &Workflow::gates}, Member{"partners", &Workflow::partners},
  Member{"transparency", &Workflow::transparency}, Member{"shared_reviews", &Workflow::shared_reviews},
  Member{"least_reviews", &Workflow::least_reviews}, Member{"least_outside", &Workflow::least_outside}, Member{"zone", &Workflow::zone},
  Member{"draft_days", &Workflow::draft_days}, Member{"clearance_days", &Workflow::clearance_days},
  Member{"screening_days", &Workflow::screening_days}, Member{"answer_days", &Workflow::answer_days},
  Member{"review_days", &Workflow::review_days}, Member{"decision_days", &Workflow::decision_days},
  Member{"revision_days", &Workflow::revision_days}, Member{"revision_grace_days", &Workflow::revision_grace_days},
  Member{"production_days", &Workflow::production_days}, Member{"reclearance", &Workflow::reclearance},
  Member{"outcome", &Workflow::outcome}}; };

using namespace event;
template <> struct Members<Created> { static constexpr auto kList = std::tuple{
  Member{"number", &Created::number}, Member{"workflow", &Created::workflow}, Member{"secret", &Created::secret},
  Member{"partners", &Created::partners}, Member{"authors", &Created::authors}, Member{"corresponding", &Created::corresponding}}; };
template <> struct Members<VersionAdded> { static constexpr auto kList = std::tuple{
  Member{"number", &VersionAdded::number}, Member{"hash", &VersionAdded::hash}, Member{"files", &VersionAdded::files},
  Member{"metadata", &VersionAdded::metadata}, Member{"note", &VersionAdded::note}}; };
template <> struct Members<Agreed> { static constexpr auto kList = std::tuple{Member{"version", &Agreed::version}}; };
template <> struct Members<ClearanceRequested> { static constexpr auto kList = std::tuple{
  Member{"gate", &ClearanceRequested::gate}, Member{"version", &ClearanceRequested::version}, Member{"hash", &ClearanceRequested::hash}}; };
template <> struct Members<ClearanceWord> { static constexpr auto kList = std::tuple{
  Member{"gate", &ClearanceWord::gate}, Member{"partner", &ClearanceWord::partner}, Member{"version", &ClearanceWord::version},
  Member{"hash", &ClearanceWord::hash}, Member{"reason", &ClearanceWord::reason}}; };
template <> struct Members<Cleared> : Members<ClearanceWord> {};
template <> struct Members<ChangesAsked> : Members<ClearanceWord> {};
template <> struct Members<ClearanceWaived> : Members<ClearanceWord> {};
template <> struct Members<ClearanceRevoked> : Members<ClearanceWord> {};
template <> struct Members<Submitted> { static constexpr auto kList = std::tuple{
  Member{"version", &Submitted::version}, Member{"hash", &Submitted::hash}}; };
template <> struct Members<EditorAssigned> { static constexpr auto kList = std::tuple{Member{"editor", &EditorAssigned::editor}}; };
template <> struct Members<Screened> { static constexpr auto kList = std::tuple{
  Member{"outcome", &Screened::outcome}, Member{"version", &Screened::version}, Member{"reason", &Screened::reason},
  Member{"letter", &Screened::letter}}; };
template <> struct Members<Invited> { static constexpr auto kList = std::tuple{
  Member{"round", &Invited::round}, Member{"reviewer", &Invited::reviewer}, Member{"answer_due", &Invited::answer_due}}; };
template <> struct Members<InvitationAgreed> { static constexpr auto kList = std::tuple{
  Member{"round", &InvitationAgreed::round}, Member{"reviewer", &InvitationAgreed::reviewer},
  Member{"review_due", &InvitationAgreed::review_due}}; };
template <> struct Members<InvitationDeclined> { static constexpr auto kList = std::tuple{
  Member{"round", &InvitationDeclined::round}, Member{"reviewer", &InvitationDeclined::reviewer},
  Member{"reason", &InvitationDeclined::reason}}; };
template <> struct Members<InvitationCancelled> { static constexpr auto kList = std::tuple{
  Member{"round", &InvitationCancelled::round}, Member{"reviewer", &InvitationCancelled::reviewer},
  Member{"reason", &InvitationCancelled::reason}}; };
template <> struct Members<DueExtended> { static constexpr auto kList = std::tuple{
  Member{"round", &DueExtended::round}, Member{"reviewer", &DueExtended::reviewer}, Member{"due", &DueExtended::due}}; };
template <> struct Members<ReviewSent> { static constexpr auto kList = std::tuple{
  Member{"round", &ReviewSent::round}, Member{"reviewer", &ReviewSent::reviewer}, Member{"handle", &ReviewSent::handle},
  Member{"recommendation", &ReviewSent::recommendation}, Member{"to_authors", &ReviewSent::to_authors},
  Member{"to_editors", &ReviewSent::to_editors}, Member{"competing_interests", &ReviewSent::competing_interests},
  Member{"form", &ReviewSent::form}, Member{"files", &ReviewSent::files}}; };
template <> struct Members<Recommended> { static constexpr auto kList = std::tuple{
  Member{"round", &Recommended::round}, Member{"recommendation", &Recommended::recommendation}, Member{"text", &Recommended::text}}; };
template <> struct Members<Decided> { static constexpr auto kList = std::tuple{
  Member{"round", &Decided::round}, Member{"version", &Decided::version}, Member{"outcome", &Decided::outcome},
  Member{"letter", &Decided::letter}, Member{"reason", &Decided::reason}, Member{"overridden", &Decided::overridden}}; };
template <> struct Members<Scheduled> { static constexpr auto kList = std::tuple{Member{"publish_at", &Scheduled::publish_at}}; };
template <> struct Members<Published> { static constexpr auto kList = std::tuple{
  Member{"version", &Published::version}, Member{"hash", &Published::hash}}; };
template <> struct Members<WithdrawalAsked> { static constexpr auto kList = std::tuple{Member{"reason", &WithdrawalAsked::reason}}; };
template <> struct Members<Withdrawn> { static constexpr auto kList = std::tuple{Member{"reason", &Withdrawn::reason}}; };
template <> struct Members<Lapsed> { static constexpr std::tuple<> kList{}; };
template <> struct Members<Revived> { static constexpr std::tuple<> kList{}; };
// clang-format on

}  // namespace colophon::review::codec
