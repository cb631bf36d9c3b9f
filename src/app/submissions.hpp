// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "app/library.hpp"
#include "review/commands.hpp"
#include "review/decide.hpp"
#include "review/policy.hpp"
#include "review/tasks.hpp"

namespace colophon::app {

/// People as the review room needs them, from the store.
review::People people_of(store::Store& store);
/// Errc::not_found with the nearest handle for an unknown person.
Result<review::Viewer> viewer_of(Library& library, std::string_view handle);

struct NewSubmission {
  std::filesystem::path manuscript;  ///< PDF, JATS or BibTeX is read for metadata in the worker; other files are kept as they are
  std::string workflow = "article";
  std::string title;                  ///< overrides what was read from the manuscript
  std::vector<std::string> authors;   ///< handles in the order of the byline; the acting person when empty
  std::vector<std::string> partners;  ///< the workflow's default when empty
};

/// What a command did.
struct Step {
  std::string number;
  std::vector<std::string> events;  ///< kinds
  std::string phase;                ///< after it
  std::string phase_label;
  std::vector<std::string> notices;  ///< recipients' handles who are told, as far as the actor may know
  std::string work_id;               ///< of the publication, after publish
};

/// Files are kept as blobs, then one transaction: decide, ledger, state, outbox, and for publish the publication source and the file's
/// attachment to it, with exactly the cleared bytes.
Result<Step> new_submission(Library& library, const Acting& acting, const NewSubmission& submission);
Result<Step> revise_submission(Library& library,
                               const Acting& acting,
                               std::string_view number,
                               const std::filesystem::path& manuscript,
                               std::string_view note);
/// Any other command of review/commands.hpp. Errors as of review::decide; an unknown number and one that the actor may not know of
/// are the same Errc::not_found.
Result<Step> run_command(Library& library, const Acting& acting, std::string_view number, const review::Command& command);

/// The state of a submission, not redacted, for use cases of those who decide on it (review/policy.hpp, Fact::assignment): their results
/// show nothing else of it. Errors: not_found as above, forbidden for its other readers.
Result<review::Submission> submission_for_deciders(Library& library, const Acting& acting, std::string_view number);
Result<review::SubmissionView> show_submission(Library& library, const Acting& acting, std::string_view number);
/// Those that the viewer may know of, by number.
Result<std::vector<review::SubmissionView>> list_submissions(Library& library, const Acting& acting);
struct QueueItem {
  std::string number, title;
  review::Task task;
  bool overdue = false;
};
/// What waits for the viewer, soonest first.
Result<std::vector<QueueItem>> queue(Library& library, const Acting& acting);

/// Every live submission's scheduled or lapsed step that is due by now, as the clock: publishes what is scheduled. The steps done.
Result<std::vector<Step>> run_clock(Library& library);

/// People: one event each; Errc::conflict for a handle in use, invalid for a bad handle, address, role or partner.
struct NewPerson {
  std::string handle, name, email, orcid, partner, office;
  std::vector<std::string> roles;
  std::vector<std::string> clears_for;  ///< partners, with the role clearance_officer
};
Status add_person(Library& library, const Acting& acting, const NewPerson& person);
std::vector<store::Person> list_people(Library& library);

/// The workflows that there are, in their newest revision.
const std::vector<review::Workflow>& workflows();
/// Each with whether the acting person may search all of its submissions.
struct OpenWorkflow {
  review::Workflow workflow;
  review::Door door{};
};
Result<std::vector<OpenWorkflow>> open_workflows(Library& library, const Acting& acting);

/// The state from the events alone, for verify.
Result<review::Submission> replay(Library& library, std::string_view number);

}  // namespace colophon::app
