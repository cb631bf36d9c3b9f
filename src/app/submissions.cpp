// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/submissions.hpp"

#include <algorithm>
#include <array>

#include "app/manuscript.hpp"
#include "app/publication.hpp"
#include "base/crockford.hpp"
#include "base/text.hpp"
#include "review/evolve.hpp"
#include "review/notify.hpp"

#include <fmt/format.h>

namespace colophon::app {
namespace {

using review::Fact;
using review::PersonKey;
using review::Phase;
using review::Submission;
using review::Verb;
using review::Workflow;

// --- loading ------------------------------------------------------------------------------------------------------------------

std::optional<Workflow> workflow_named(std::string_view key, std::uint32_t revision) {
  for (const Workflow& one : workflows()) {
    if (one.key == key && one.revision == revision) return one;
  }
  return std::nullopt;
}

std::string normal_number(std::string_view typed) {
  std::string out(trim(typed));
  std::ranges::transform(out, out.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return out;
}

// The words of review::decide for what one may not know of.
std::unexpected<Error> unknown(const std::string& number) {
  return fail(Errc::not_found, "there is no submission " + number, "check the number; you see only what you take part in",
              number);
}

struct Loaded {
  Submission state;
  Workflow workflow;
};

Result<Loaded> decoded(const store::SubmissionRow& row) {
  Result<Submission> state = review::submission_from_json(row.state);
  if (!state)
    return fail(Errc::internal, row.number + ": its kept state cannot be read", "run “colophon verify --rebuild”", row.number);
  std::optional<Workflow> workflow = workflow_named(state->workflow.key, state->workflow.revision);
  if (!workflow)
    return fail(Errc::internal, row.number + ": its workflow is not known to this program",
                "use the program that it was made with, or a newer one", row.number);
  return Loaded{std::move(*state), std::move(*workflow)};
}

Result<Loaded> load(Library& library, const std::string& number) {
  const std::optional<store::SubmissionRow> row = library.store().submissions().get(number);
  if (!row) return unknown(number);
  return decoded(*row);
}

Result<std::vector<Loaded>> load_all(Library& library) {
  std::vector<Loaded> out;
  for (const store::SubmissionRow& row : library.store().submissions().all()) {
    TRY_ASSIGN(Loaded one, decoded(row));
    out.push_back(std::move(one));
  }
  TRY(library.store().db().take_status());
  return out;
}

Result<review::Viewer> acting_viewer(Library& library, const Acting& acting) {
  if (!acting.person.empty()) return viewer_of(library, acting.person);
  return fail(Errc::usage, "this is done by a person, and nobody is named",
              "say who acts with --as PERSON; “colophon user list” names the people");
}

// --- one command --------------------------------------------------------------------------------------------------------------

// Who asks, and for whom the answer is.
struct Asker {
  review::Viewer viewer;
  std::string operator_name;
};

// What the asker may know of who is told.
class Recipients {
 public:
  Recipients(const review::Viewer& viewer, const Submission& s, const Workflow& workflow, Instant now)
      : viewer_(viewer), s_(s), workflow_(workflow), now_(now) {}

  std::vector<std::string> visible(const std::vector<review::Notice>& notices) const {
    std::vector<std::string> out;
    for (const review::Notice& notice : notices) {
      const std::string& handle = notice.recipient.value;
      if (may_know(notice.recipient) && std::ranges::find(out, handle) == out.end()) out.push_back(handle);
    }
    return out;
  }

 private:
  bool sees(const review::FactRef& fact) const { return review::may_see(viewer_, fact, s_, workflow_, now_); }
  bool may_know(const PersonKey& person) const {
    if (viewer_.person == person) return true;
    if (review::is_author(s_, person)) return sees({.fact = Fact::author_identity});
    for (const review::Round& round : s_.rounds) {
      if (review::assignment_of(round, person)) return sees({.fact = Fact::assignment, .round = round.number, .about = person});
    }
    return sees({.fact = Fact::editor_identity});
  }

  const review::Viewer& viewer_;
  const Submission& s_;
  const Workflow& workflow_;
  Instant now_;
};

Step step_of(const std::vector<review::Event>& events,
             const Submission& after,
             const Workflow& workflow,
             const Asker& asker,
             const std::vector<review::Notice>& notices,
             Instant now) {
  Step out;
  out.number = after.number;
  for (const review::Event& event : events) out.events.emplace_back(review::name(event.kind()));
  if (const auto view = review::view_for(asker.viewer, after, workflow, now)) {
    out.phase = view->phase.value_or("");
    out.phase_label = view->phase_label.value_or("");
  }
  out.notices = Recipients(asker.viewer, after, workflow, now).visible(notices);
  return out;
}

// Appends the events to the submission's stream, each behind the one before. The position of the last one in the library's history.
Result<std::int64_t> record(Library& library,
                            const Submission& before,
                            const std::vector<review::Event>& events,
                            const std::string& number,
                            const Asker& asker,
                            Instant now) {
  std::int64_t version = static_cast<std::int64_t>(before.event_count);
  std::int64_t seq = 0;
  for (const review::Event& event : events) {
    store::NewEvent fresh{number, std::string(review::name(event.kind())), review::acting_key(asker.viewer).value,
                          asker.operator_name, to_json(event)};
    TRY_ASSIGN(const store::LedgerEvent kept, library.store().ledger().append(fresh, now, version++));
    seq = kept.seq;
  }
  return seq;
}

bool has_published(const std::vector<review::Event>& events) {
  return std::ranges::any_of(events, [](const review::Event& e) { return e.kind() == review::EventKind::published; });
}

// Within the caller's transaction: decide, ledger, state, outbox, and for publish the work. The clock is read once.
Result<Step> perform(
    Library& library, const Loaded& before, const review::Command& command, const Asker& asker, const Publication* publication) {
  store::Store& store = library.store();
  const Instant now = library.clock().now();
  const review::People people = people_of(store);
  const review::Context context{.now = now, .workflow = before.workflow, .people = people};
  TRY_ASSIGN(const review::Applied applied, review::apply(before.state, command, asker.viewer, context));
  const Submission& after = applied.after;
  TRY_ASSIGN(const std::int64_t seq, record(library, before.state, applied.events, after.number, asker, now));
  store.submissions().put(
      {after.number, static_cast<std::int64_t>(after.event_count), std::string(review::name(after.phase)), to_json(after)});
  const std::vector<review::Notice> notices =
      review::notices(before.state, applied.events, after, review::acting_key(asker.viewer), before.workflow, people, now);
  for (const review::Notice& notice : notices) store.outbox().put({0, seq, notice.recipient.value, notice.kind, notice.facts});
  Step step = step_of(applied.events, after, before.workflow, asker, notices, now);
  if (!has_published(applied.events) || before.workflow.outcome == review::WorkflowOutcome::none) return step;
  COLOPHON_ASSERT(publication != nullptr);
  TRY_ASSIGN(step.work_id, publish_work(library, after, before.workflow, *publication, now));
  return step;
}

// Whether the command would go through now; what is read for publishing is read only then.
Result<std::optional<Publication>> prepared(Library& library,
                                            const std::string& number,
                                            const review::Command& command,
                                            const Asker& asker) {
  if (!std::holds_alternative<review::command::Publish>(command)) return std::nullopt;
  TRY_ASSIGN(const Loaded before, load(library, number));
  const review::People people = people_of(library.store());
  TRY(review::decide(before.state, command, asker.viewer,
                     {.now = library.clock().now(), .workflow = before.workflow, .people = people}));
  if (before.workflow.outcome == review::WorkflowOutcome::none) return std::nullopt;
  TRY_ASSIGN(Publication publication, prepare_publication(library, before.state));
  return publication;
}

Result<Step> run(Library& library, const std::string& number, const review::Command& command, const Asker& asker) {
  TRY_ASSIGN(const std::optional<Publication> publication, prepared(library, number, command, asker));
  return library.store().write([&]() -> Result<Step> {
    TRY_ASSIGN(const Loaded before, load(library, number));
    return perform(library, before, command, asker, publication ? &*publication : nullptr);
  });
}

// --- new and revised versions ---------------------------------------------------------------------------------------------------

constexpr std::size_t kNumberSymbols = 4;
constexpr int kDraws = 16;

// Drawn, not counted, so that a number tells nothing of how many there are; the last symbol checks the others.
Result<std::string> draw_number(Library& library, const Workflow& workflow) {
  for (std::size_t length = kNumberSymbols; length < kNumberSymbols + 4; ++length) {
    for (int draw = 0; draw < kDraws; ++draw) {
      const Sha256 digest = hmac_sha256(library.secret(), "submission number " + random_bytes(16));
      const std::string number = normal_number(workflow.number_prefix + "-" + crockford_id(digest.view(), length));
      if (!library.store().submissions().get(number) && library.store().ledger().version_of(number) == 0) return number;
      TRY(library.store().db().status());
    }
  }
  return fail(Errc::internal, "no free number was found for the submission", "please report this");
}

std::vector<PersonKey> person_keys(const std::vector<std::string>& handles) {
  std::vector<PersonKey> out;
  for (const std::string& handle : handles) out.emplace_back(handle);
  return out;
}

Status known_people(Library& library, const std::vector<std::string>& handles) {
  for (const std::string& handle : handles) {
    const Result<review::Viewer> viewer = viewer_of(library, handle);
    if (!viewer) return fail(Errc::invalid, viewer.error().message, viewer.error().hint);
  }
  return {};
}

Status known_partners(Library& library, const Workflow& workflow, const std::vector<review::PartnerKey>& partners) {
  std::vector<std::string> known;
  for (const review::PartnerKey& partner : workflow.partners) known.push_back(partner.value);
  for (const bib::Authority& partner : library.store().authorities().all(bib::AuthorityKind::partner))
    known.push_back(partner.key);
  for (const review::PartnerKey& partner : partners) {
    if (std::ranges::find(known, partner.value) != known.end()) continue;
    const std::string_view near = nearest(partner.value, known);
    return fail(Errc::invalid, fmt::format("there is no partner “{}”", partner.value),
                near.empty() ? fmt::format("use one of: {}", fmt::join(known, ", ")) : fmt::format("did you mean “{}”?", near));
  }
  return {};
}

Result<Workflow> workflow_for(const std::string& key) {
  if (std::optional<Workflow> workflow = workflow_named(key, 1)) return *workflow;
  return fail(Errc::invalid, fmt::format("there is no workflow “{}”", key), "use article");
}

Result<review::command::Create> create_command(Library& library,
                                               const Acting& acting,
                                               const NewSubmission& wish,
                                               const Workflow& workflow) {
  review::command::Create out;
  out.authors = person_keys(wish.authors);
  if (out.authors.empty()) out.authors = {PersonKey(acting.person)};
  // the first of the byline, unless an author who acts is among them
  const PersonKey me(acting.person);
  out.corresponding = std::ranges::find(out.authors, me) != out.authors.end() ? me : out.authors.front();
  for (const std::string& partner : wish.partners) out.partners.emplace_back(partner);
  if (out.partners.empty()) out.partners = workflow.partners;
  TRY(known_people(library, wish.authors));
  TRY(known_partners(library, workflow, out.partners));
  out.secret = to_hex(random_bytes(32));
  return out;
}

Status titled(Manuscript& manuscript, const std::string& title, const std::string& fallback, const std::filesystem::path& path) {
  if (!trim(title).empty()) manuscript.metadata.set("title", nfc(squeeze(to_valid_utf8(title))));
  if (!manuscript.metadata.contains("title") && !fallback.empty()) manuscript.metadata.set("title", fallback);
  if (manuscript.metadata.contains("title")) return {};
  return fail(Errc::invalid, "no title could be read from the manuscript", "give it with --title", path.string());
}

struct StageRow {
  Phase phase;
  std::string_view stage;
};
constexpr std::array kStages = {StageRow{Phase::draft, "AO"}, StageRow{Phase::revision, "SMUR"}, StageRow{Phase::accepted, "P"}};
std::string_view stage_in(Phase phase) {
  const auto found = std::ranges::find(kStages, phase, &StageRow::phase);
  return found == kStages.end() ? "AO" : found->stage;
}

// Keeps the manuscript's bytes, then runs `body` in one transaction that names them. A refused command leaves a file that nothing names; sweep() removes it.
template <class Body>
Result<Step> with_file(Library& library, Manuscript& manuscript, Body body) {
  const Sha256 digest = manuscript.incoming.digest;
  const std::uint64_t size = manuscript.incoming.size;
  TRY(library.store().blobs().keep(manuscript.incoming));
  return library.store().write([&]() -> Result<Step> {
    store::Blobs::record(library.store().db(), digest, size, library.clock().now());
    return body();
  });
}

}  // namespace

const std::vector<Workflow>& workflows() {
  static const std::vector<Workflow> kWorkflows = {review::article_workflow()};
  return kWorkflows;
}

Result<std::vector<OpenWorkflow>> open_workflows(Library& library, const Acting& acting) {
  TRY_ASSIGN(const review::Viewer viewer, acting_viewer(library, acting));
  TRY_ASSIGN(std::vector<Loaded> all, load_all(library));
  std::vector<OpenWorkflow> out;
  for (const Workflow& workflow : workflows()) {
    std::vector<Submission> its;
    for (Loaded& one : all) {
      if (one.workflow.key == workflow.key) its.push_back(std::move(one.state));
    }
    out.push_back({workflow, review::door_to(viewer, its, workflow, library.clock().now())});
  }
  return out;
}

Result<Step> new_submission(Library& library, const Acting& acting, const NewSubmission& wish) {
  TRY_ASSIGN(review::Viewer viewer, acting_viewer(library, acting));
  TRY_ASSIGN(const Workflow workflow, workflow_for(wish.workflow));
  TRY_ASSIGN(review::command::Create create, create_command(library, acting, wish, workflow));
  TRY_ASSIGN(Manuscript manuscript, read_manuscript(library, wish.manuscript, stage_in(Phase::draft)));
  if (Status status = titled(manuscript, wish.title, "", wish.manuscript); !status) {
    library.store().blobs().discard(manuscript.incoming);
    return std::unexpected(status.error());
  }
  manuscript.metadata.set("type", workflow.key);
  create.files = {manuscript.file};
  create.metadata = manuscript.metadata;
  const Asker asker{std::move(viewer), acting.operator_name};
  return with_file(library, manuscript, [&]() -> Result<Step> {
    TRY_ASSIGN(create.number, draw_number(library, workflow));
    return perform(library, {Submission{}, workflow}, create, asker, nullptr);
  });
}

Result<Step> revise_submission(
    Library& library, const Acting& acting, std::string_view typed, const std::filesystem::path& path, std::string_view note) {
  const std::string number = normal_number(typed);
  TRY_ASSIGN(review::Viewer viewer, acting_viewer(library, acting));
  TRY_ASSIGN(const Loaded seen, load(library, number));
  if (!review::may_see(viewer, {}, seen.state, seen.workflow, library.clock().now())) return unknown(number);
  TRY_ASSIGN(Manuscript manuscript, read_manuscript(library, path, stage_in(seen.state.phase)));
  // a title that cannot be read is the one it had
  TRY(titled(manuscript, "", seen.state.title, path));
  manuscript.metadata.set("type", seen.workflow.key);
  const review::command::Revise revise{{manuscript.file}, manuscript.metadata, std::string(note)};
  const Asker asker{std::move(viewer), acting.operator_name};
  return with_file(library, manuscript, [&]() -> Result<Step> {
    TRY_ASSIGN(const Loaded before, load(library, number));
    return perform(library, before, revise, asker, nullptr);
  });
}

Result<Step> run_command(Library& library, const Acting& acting, std::string_view typed, const review::Command& command) {
  TRY_ASSIGN(review::Viewer viewer, acting_viewer(library, acting));
  return run(library, normal_number(typed), command, {std::move(viewer), acting.operator_name});
}

Result<review::Submission> submission_for_deciders(Library& library, const Acting& acting, std::string_view typed) {
  const std::string number = normal_number(typed);
  TRY_ASSIGN(const review::Viewer viewer, acting_viewer(library, acting));
  TRY_ASSIGN(Loaded one, load(library, number));
  const auto sees = [&](Fact fact) {
    return review::may_see(viewer, {.fact = fact}, one.state, one.workflow, library.clock().now());
  };
  if (!sees(Fact::existence)) return unknown(number);
  if (!sees(Fact::assignment))
    return fail(Errc::forbidden, "this is for the editors who decide on " + number, "ask its editor", number);
  return std::move(one.state);
}

Result<review::SubmissionView> show_submission(Library& library, const Acting& acting, std::string_view typed) {
  const std::string number = normal_number(typed);
  TRY_ASSIGN(const review::Viewer viewer, acting_viewer(library, acting));
  TRY_ASSIGN(const Loaded one, load(library, number));
  std::optional<review::SubmissionView> view = review::view_for(viewer, one.state, one.workflow, library.clock().now());
  if (!view) return unknown(number);
  return std::move(*view);
}

Result<std::vector<review::SubmissionView>> list_submissions(Library& library, const Acting& acting) {
  TRY_ASSIGN(const review::Viewer viewer, acting_viewer(library, acting));
  TRY_ASSIGN(const std::vector<Loaded> all, load_all(library));
  std::vector<review::SubmissionView> out;
  for (const Loaded& one : all) {
    if (auto view = review::view_for(viewer, one.state, one.workflow, library.clock().now())) out.push_back(std::move(*view));
  }
  return out;
}

Result<std::vector<QueueItem>> queue(Library& library, const Acting& acting) {
  TRY_ASSIGN(const review::Viewer viewer, acting_viewer(library, acting));
  TRY_ASSIGN(const std::vector<Loaded> all, load_all(library));
  const Instant now = library.clock().now();
  std::vector<QueueItem> out;
  for (const Loaded& one : all) {
    const auto view = review::view_for(viewer, one.state, one.workflow, now);
    if (!view) continue;
    for (review::Task& task : review::tasks_for(viewer, one.state, one.workflow, now)) {
      const bool overdue = review::is_overdue(task, now);
      out.push_back({view->number, view->title, std::move(task), overdue});
    }
  }
  std::ranges::stable_sort(out, {}, [](const QueueItem& item) { return item.task.due.at; });
  return out;
}

Result<std::vector<Step>> run_clock(Library& library) {
  struct Due {
    Verb verb;
    review::Command command;
  };
  const std::array<Due, 2> due = {Due{Verb::publish, review::command::Publish{}}, Due{Verb::lapse, review::command::Lapse{}}};
  TRY_ASSIGN(const std::vector<Loaded> all, load_all(library));
  std::vector<Step> out;
  for (const Loaded& one : all) {
    const std::vector<Verb> verbs = review::verbs_for(review::the_clock(), one.state, one.workflow, library.clock().now());
    for (const Due& row : due) {
      if (std::ranges::find(verbs, row.verb) == verbs.end()) continue;
      TRY_ASSIGN(Step step, run(library, one.state.number, row.command, {review::the_clock(), system_user()}));
      out.push_back(std::move(step));
    }
  }
  return out;
}

Result<Submission> replay(Library& library, std::string_view typed) {
  const std::string number = normal_number(typed);
  std::vector<review::RecordedEvent> history;
  for (const store::LedgerEvent& kept : library.store().ledger().stream(number)) {
    if (kept.payload.is_null())
      return fail(Errc::not_found, number + ": an event's content was erased", "its state cannot be replayed", number);
    TRY_ASSIGN(review::Event event, review::event_from_json(kept.payload));
    history.push_back({std::move(event), kept.at, PersonKey(kept.actor)});
  }
  TRY(library.store().db().take_status());
  if (history.empty()) return unknown(number);
  return review::fold(history);
}

}  // namespace colophon::app
