// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>

#include "review/codec.hpp"
#include "review/policy.hpp"

namespace colophon::review {
namespace {

/// What of a version's metadata tells nothing about its authors.
constexpr std::array<std::string_view, 5> kNeutralMetadata = {"title", "abstract", "keywords", "language", "type"};

std::string extension(const std::string& file_name) {
  const auto dot = file_name.rfind('.');
  const bool plain = dot != std::string::npos && file_name.size() - dot <= 6;
  return plain ? file_name.substr(dot) : "";
}

/// Builds one view; every member asks may_see before it says anything.
struct Builder {
  const Viewer& viewer;
  const Submission& s;
  const Workflow& workflow;
  Instant now;

  bool sees(const FactRef& fact) const { return may_see(viewer, fact, s, workflow, now); }
  bool sees(Fact fact) const { return sees(FactRef{.fact = fact}); }
  std::string time(Instant at) const { return sees(Fact::history_time) ? to_string(at) : date_in_zone(at, "UTC"); }

  std::vector<FileView> files(const std::vector<VersionFile>& given, bool neutral) const {
    std::vector<FileView> views;
    std::map<std::string, int> count;
    for (const VersionFile& file : given) {
      const std::string name = file.role + "-" + std::to_string(++count[file.role]) + extension(file.name);
      views.push_back(neutral ? FileView{"", name, file.role, file.stage}
                              : FileView{file.sha256.hex(), file.name, file.role, file.stage});
    }
    return views;
  }
  Json metadata(const Json& given, bool neutral) const {
    if (!neutral) return given;
    Json kept = Json::object();
    for (const std::string_view key : kNeutralMetadata) kept.set_if(std::string(key), given[key]);
    return kept;
  }
  VersionView version(const Version& v) const {
    const bool neutral = !sees(Fact::author_identity);
    VersionView view{
        v.number, neutral ? "" : v.hash.hex(), files(v.files, neutral), metadata(v.metadata, neutral), v.note, time(v.at), {},
        {}};
    if (!neutral) view.by = v.by.value;
    if (sees(Fact::consent)) view.agreed_by = keys(v.agreed_by);
    return view;
  }
  template <class Key>
  std::vector<std::string> keys(const std::vector<Key>& given) const {
    std::vector<std::string> out;
    for (const Key& key : given) out.push_back(key.value);
    return out;
  }

  AssignmentView assignment(const Assignment& a) const {
    const bool waits = is_open(a);
    return {a.reviewer.value, std::string(name(a.status)),    time(a.invited_at), waits ? to_string(a.due.at) : "",
            a.reason,         waits && is_overdue(a.due, now)};
  }
  ReviewView review(const Round& round, const Review& r) const {
    const auto about = [&](Fact fact) { return sees({.fact = fact, .round = round.number, .about = r.reviewer}); };
    const bool named = about(Fact::reviewer_identity);
    ReviewView view{r.handle, std::string(name(r.recommendation)), r.to_authors, files(r.files, !named), {}, {}, {}, {}, {}};
    if (named) view.reviewer = r.reviewer.value;
    if (about(Fact::assignment)) view.at = time(r.at);
    if (!about(Fact::confidential_comment)) return view;
    view.to_editors = r.to_editors;
    view.competing_interests = r.competing_interests;
    if (!r.form.is_null()) view.form = r.form;
    return view;
  }
  std::optional<RoundView> round(const Round& r) const {
    RoundView view{r.number, r.version, {}, {}};
    for (const Assignment& a : r.assignments) {
      if (sees({.fact = Fact::assignment, .round = r.number, .about = a.reviewer})) view.assignments.push_back(assignment(a));
    }
    for (const Review& one : r.reviews) {
      if (sees({.fact = Fact::review, .round = r.number, .about = one.reviewer})) view.reviews.push_back(review(r, one));
    }
    std::ranges::sort(view.reviews, {}, &ReviewView::handle);
    const bool part = sees(Fact::phase) || !view.assignments.empty();
    return part ? std::optional(view) : std::nullopt;
  }

  DecisionView decision(const Decision& d) const {
    DecisionView view{d.round, d.version, std::string(name(d.outcome)), d.letter, time(d.at), {}, {}, false};
    if (!sees(Fact::decision_reason)) return view;
    view.reason = d.reason;
    view.by = d.by.value;
    view.overridden = d.overridden;
    return view;
  }
  ClearanceView clearance(const Clearance& c) const {
    ClearanceView view{std::string(name(c.gate)),
                       c.partner.value,
                       std::string(name(c.outcome)),
                       c.reason,
                       time(c.at),
                       c.version,
                       c.hash.hex(),
                       c.officer.value,
                       false};
    view.in_force = standing_clearance(s, c.gate, c.partner) == &c && is_cleared(s, c.gate, c.partner);
    return view;
  }

  /// The version whose title a viewer gets: the current one, or for reviewers that of their last round.
  const Version& titled() const {
    if (sees(Fact::phase)) return current_version(s);
    const Version* found = &current_version(s);
    for (const Round& r : s.rounds) {
      const bool part = viewer.person && assignment_of(r, *viewer.person);
      if (part) found = &s.versions[r.version - 1];
    }
    return *found;
  }

  void head(SubmissionView& view) const {
    const Version& shown = titled();
    view.number = s.number;
    view.workflow = s.workflow.key;
    view.title = shown.metadata["title"].as_string();
    if (sees(Fact::abstract)) view.abstract = shown.metadata["abstract"].as_string();
    if (sees(Fact::editor_identity) && s.editor) view.editor = s.editor->value;
    if (!sees(Fact::author_identity)) return;
    view.authors = keys(s.authors);
    view.corresponding = s.corresponding.value;
    view.partners = keys(s.partners);
  }
  void progress(SubmissionView& view) const {
    if (!sees(Fact::phase)) return;
    view.phase = name(s.phase);
    view.phase_label = sees(Fact::decision_reason) ? label(s.phase) : public_label(s.phase);
    if (s.phase_due) view.phase_due = to_string(s.phase_due->at);
    if (s.published_at) view.published_at = time(*s.published_at);
    if (s.scheduled_for && sees(Fact::schedule)) view.scheduled_for = to_string(*s.scheduled_for);
    view.withdrawal_asked = s.withdrawal_asked;
  }
  void lists(SubmissionView& view) const {
    for (const Version& v : s.versions) {
      if (sees({.fact = Fact::content, .version = v.number})) view.versions.push_back(version(v));
    }
    for (const Round& r : s.rounds) {
      if (auto one = round(r)) view.rounds.push_back(std::move(*one));
    }
    for (const EditorAdvice& a : s.advice) {
      if (sees(Fact::advice))
        view.advice.push_back({a.round, std::string(name(a.recommendation)), a.text, a.by.value, time(a.at)});
    }
    for (const Decision& d : s.decisions) {
      if (sees({.fact = Fact::decision, .round = d.round, .version = d.version})) view.decisions.push_back(decision(d));
    }
    for (const Clearance& c : s.clearances) {
      if (sees(Fact::clearance)) view.clearances.push_back(clearance(c));
    }
  }
};

}  // namespace

std::optional<SubmissionView> view_for(const Viewer& viewer,
                                       const Submission& submission,
                                       const Workflow& workflow,
                                       Instant now) {
  const Builder build{viewer, submission, workflow, now};
  if (!build.sees(Fact::existence)) return std::nullopt;
  SubmissionView view;
  build.head(view);
  build.progress(view);
  build.lists(view);
  for (const Verb verb : verbs_for(viewer, submission, workflow, now)) view.verbs.emplace_back(name(verb));
  return view;
}

namespace codec {
// clang-format off
template <> struct Members<FileView> { static constexpr auto kList = std::tuple{
  Member{"sha256", &FileView::sha256}, Member{"name", &FileView::name}, Member{"role", &FileView::role}, Member{"stage", &FileView::stage}}; };
template <> struct Members<VersionView> { static constexpr auto kList = std::tuple{
  Member{"number", &VersionView::number}, Member{"hash", &VersionView::hash}, Member{"files", &VersionView::files},
  Member{"metadata", &VersionView::metadata}, Member{"note", &VersionView::note}, Member{"at", &VersionView::at},
  Member{"by", &VersionView::by}, Member{"agreed_by", &VersionView::agreed_by}}; };
template <> struct Members<AssignmentView> { static constexpr auto kList = std::tuple{
  Member{"reviewer", &AssignmentView::reviewer}, Member{"status", &AssignmentView::status},
  Member{"invited_at", &AssignmentView::invited_at}, Member{"due", &AssignmentView::due}, Member{"reason", &AssignmentView::reason},
  Member{"overdue", &AssignmentView::overdue}}; };
template <> struct Members<ReviewView> { static constexpr auto kList = std::tuple{
  Member{"handle", &ReviewView::handle}, Member{"recommendation", &ReviewView::recommendation},
  Member{"to_authors", &ReviewView::to_authors}, Member{"files", &ReviewView::files}, Member{"reviewer", &ReviewView::reviewer},
  Member{"to_editors", &ReviewView::to_editors}, Member{"competing_interests", &ReviewView::competing_interests},
  Member{"at", &ReviewView::at}, Member{"form", &ReviewView::form}}; };
template <> struct Members<RoundView> { static constexpr auto kList = std::tuple{
  Member{"number", &RoundView::number}, Member{"version", &RoundView::version}, Member{"assignments", &RoundView::assignments},
  Member{"reviews", &RoundView::reviews}}; };
template <> struct Members<AdviceView> { static constexpr auto kList = std::tuple{
  Member{"round", &AdviceView::round}, Member{"recommendation", &AdviceView::recommendation}, Member{"text", &AdviceView::text},
  Member{"by", &AdviceView::by}, Member{"at", &AdviceView::at}}; };
template <> struct Members<DecisionView> { static constexpr auto kList = std::tuple{
  Member{"round", &DecisionView::round}, Member{"version", &DecisionView::version}, Member{"outcome", &DecisionView::outcome},
  Member{"letter", &DecisionView::letter}, Member{"at", &DecisionView::at}, Member{"reason", &DecisionView::reason},
  Member{"by", &DecisionView::by}, Member{"overridden", &DecisionView::overridden}}; };
template <> struct Members<ClearanceView> { static constexpr auto kList = std::tuple{
  Member{"gate", &ClearanceView::gate}, Member{"partner", &ClearanceView::partner}, Member{"outcome", &ClearanceView::outcome},
  Member{"reason", &ClearanceView::reason}, Member{"at", &ClearanceView::at}, Member{"version", &ClearanceView::version},
  Member{"hash", &ClearanceView::hash}, Member{"officer", &ClearanceView::officer}, Member{"in_force", &ClearanceView::in_force}}; };
template <> struct Members<SubmissionView> { static constexpr auto kList = std::tuple{
  Member{"number", &SubmissionView::number}, Member{"title", &SubmissionView::title}, Member{"workflow", &SubmissionView::workflow},
  Member{"abstract", &SubmissionView::abstract}, Member{"phase", &SubmissionView::phase},
  Member{"phase_label", &SubmissionView::phase_label}, Member{"phase_due", &SubmissionView::phase_due},
  Member{"partners", &SubmissionView::partners}, Member{"authors", &SubmissionView::authors},
  Member{"corresponding", &SubmissionView::corresponding}, Member{"editor", &SubmissionView::editor},
  Member{"versions", &SubmissionView::versions}, Member{"rounds", &SubmissionView::rounds}, Member{"advice", &SubmissionView::advice},
  Member{"decisions", &SubmissionView::decisions}, Member{"clearances", &SubmissionView::clearances},
  Member{"scheduled_for", &SubmissionView::scheduled_for}, Member{"published_at", &SubmissionView::published_at},
  Member{"withdrawal_asked", &SubmissionView::withdrawal_asked}, Member{"verbs", &SubmissionView::verbs}}; };
// clang-format on
}  // namespace codec

Json to_json(const SubmissionView& view) { return codec::encode(view); }

}  // namespace colophon::review
