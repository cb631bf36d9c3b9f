// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <map>

#include "app/add_files.hpp"
#include "app/index_consumer.hpp"
#include "app/init.hpp"
#include "app/submissions.hpp"
#include "base/text.hpp"
#include "config/toml.hpp"
#include "ingest/worker.hpp"

#include <fmt/format.h>

namespace colophon::app {
namespace fs = std::filesystem;
namespace {

namespace command = review::command;
using review::Command;
using review::PersonKey;
using Say = std::function<void(const std::string&)>;

constexpr std::string_view kEditorVerb = "assign_editor";
constexpr std::int64_t kMinute = 60'000;

const InitAnswers kAnswers = {.name = "Colophon demonstration library",
                              .base_url = "http://127.0.0.1:8417",
                              .time_zone = "Europe/Berlin",
                              .languages = "en,de,es,pt,fr",
                              .sender = "",
                              .default_access = "public"};

Result<Json> read_toml(const fs::path& file) {
  TRY_ASSIGN(const std::string text, read_file(file, 16u << 20));
  return config::parse_toml(text, file.string());
}

std::vector<std::string> texts(const Json& json) {
  std::vector<std::string> out;
  for (const Json& item : json.items()) out.push_back(item.as_string());
  return out;
}

// --- people -----------------------------------------------------------------------------------------------------------------------

NewPerson person_of(const Json& row) {
  const auto text = [&](std::string_view key) { return row[key].as_string(); };
  return {text("handle"),  text("name"),   text("email"),       text("orcid"),
          text("partner"), text("office"), texts(row["roles"]), texts(row["clears_for"])};
}

Result<std::size_t> load_people(Library& library, const Acting& acting, const fs::path& file) {
  TRY_ASSIGN(const Json json, read_toml(file));
  for (const Json& row : json["person"].items()) TRY(add_person(library, acting, person_of(row)));
  return json["person"].size();
}

// --- steps of submissions -----------------------------------------------------------------------------------------------------------

// What a step of submissions.toml says, and the version that its actor looks at.
struct StepArguments {
  const Json& row;
  Sha256 hash;
  Instant now;

  std::string text(std::string_view key) const { return row[key].as_string(); }
  review::PartnerKey partner() const { return review::PartnerKey(text("partner")); }
  PersonKey person(std::string_view key) const { return PersonKey(text(key)); }
  review::Choice outcome() const { return review::parse_name<review::Choice>(text("outcome")).value_or(review::Choice::none); }
  review::Recommendation recommendation() const {
    std::string name = text("recommendation");
    std::ranges::replace(name, '-', '_');
    return review::parse_name<review::Recommendation>(name).value_or(review::Recommendation::major_revision);
  }
};
using Args = const StepArguments&;

struct StepRow {
  std::string_view verb;
  Command (*make)(Args);
};

Command review_send(Args a) {
  const std::string interests = a.text("competing_interests");
  return command::ReviewSend{
      a.recommendation(), a.text("text"), a.text("confidential"), interests.empty() ? "none" : interests, Json(), {}};
}
// a decision's words are for the authors; what must have a reason for the house has the same one
Command decide(Args a) {
  return command::Decide{a.outcome(), a.text("reason"), a.outcome() == review::Choice::reject ? a.text("reason") : "",
                         command::Override::no};
}
Command screen(Args a) {
  return command::Screen{a.outcome(), a.outcome() == review::Choice::accept ? "" : a.text("reason"), a.text("reason")};
}

// clang-format off
constexpr std::array kSteps = {
    StepRow{"agree",                         [](Args) -> Command { return command::Agree{}; }},
    StepRow{"request_clearance",             [](Args) -> Command { return command::RequestClearance{}; }},
    StepRow{"clearance_give",                [](Args a) -> Command { return command::ClearanceGive{a.partner(), a.hash, a.text("note")}; }},
    StepRow{"clearance_ask_changes",         [](Args a) -> Command { return command::ClearanceAskChanges{a.partner(), a.text("reason")}; }},
    StepRow{"clearance_waive",               [](Args a) -> Command { return command::ClearanceWaive{a.partner(), a.text("reason")}; }},
    StepRow{"submit",                        [](Args) -> Command { return command::Submit{}; }},
    StepRow{kEditorVerb,                     [](Args a) -> Command { return command::AssignEditor{a.person("editor")}; }},
    StepRow{"screen",                        screen},
    StepRow{"invite",                        [](Args a) -> Command { return command::Invite{a.person("reviewer")}; }},
    StepRow{"review_agree",                  [](Args) -> Command { return command::ReviewAgree{}; }},
    StepRow{"review_decline",                [](Args a) -> Command { return command::ReviewDecline{a.text("reason")}; }},
    StepRow{"review_send",                   review_send},
    StepRow{"decide",                        decide},
    StepRow{"request_publication_clearance", [](Args) -> Command { return command::RequestPublicationClearance{}; }},
    StepRow{"schedule",                      [](Args a) -> Command { return command::Schedule{a.now}; }},
    StepRow{"publish",                       [](Args) -> Command { return command::Publish{}; }},
    StepRow{"withdraw",                      [](Args a) -> Command { return command::Withdraw{a.text("reason")}; }},
};
// clang-format on

// Something that happens on a day: a submission begins, or one of its steps.
struct Happening {
  Instant at;
  std::string key;  // of the submission
  const Json* submission = nullptr;
  Json step;  // null: it begins
};

// The submissions as one history. The first step of each happens days_ago, each further one a day later; the handling editor is assigned
// a minute after the submission is submitted.
std::vector<Happening> history_of(const Json& submissions, const std::string& managing_editor, Instant now) {
  std::vector<Happening> out;
  for (const Json& s : submissions.items()) {
    const std::string& key = s["key"].as_string();
    Instant at = now.plus_days(-s["days_ago"].as_int());
    out.push_back({{at.ms - kMinute}, key, &s, {}});
    for (const Json& step : s["step"].items()) {
      out.push_back({at, key, &s, step});
      if (step["verb"].as_string() == "submit" && s.contains("editor")) {
        Json assign = Json::object({{"as", managing_editor}, {"verb", kEditorVerb}, {"editor", s["editor"].as_string()}});
        out.push_back({{at.ms + kMinute}, key, &s, std::move(assign)});
      }
      at = at.plus_days(1);
    }
  }
  std::ranges::stable_sort(out, {}, &Happening::at);
  return out;
}

std::string managing_editor(Library& library) {
  for (const store::Person& person : list_people(library)) {
    const std::vector<std::string> roles = texts(person.data["roles"]);
    if (std::ranges::find(roles, "managing_editor") != roles.end()) return person.handle;
  }
  return "";
}

// Replays the corpus's submissions through the ordinary commands.
class Replay {
 public:
  Replay(Library& library, ManualClock& clock, fs::path corpus) : library_(library), clock_(clock), corpus_(std::move(corpus)) {}

  Status run(const Happening& happening) {
    clock_.set(std::max(happening.at, clock_.now()));
    Status status = happening.step.is_null() ? begin(happening) : go_on(happening);
    if (!status) status.error().message = fmt::format("submission “{}”: {}", happening.key, status.error().message);
    return status;
  }
  const std::string& number(const std::string& key) const { return numbers_.at(key); }

 private:
  Status begin(const Happening& happening) {
    const Json& s = *happening.submission;
    NewSubmission wish;
    wish.manuscript = corpus_ / s["manuscript"].as_string();
    wish.workflow = s["workflow"].as_string();
    wish.title = s["title"].as_string();
    wish.authors = texts(s["authors"]);
    wish.partners = texts(s["partners"]);
    if (wish.authors.empty()) return fail(Errc::invalid, "it has no authors", "name their handles in submissions.toml");
    TRY_ASSIGN(const Step step, new_submission(library_, {wish.authors.front(), system_user()}, wish));
    numbers_[happening.key] = step.number;
    return {};
  }

  Status go_on(const Happening& happening) {
    const std::string& verb = happening.step["verb"].as_string();
    const auto row = std::ranges::find(kSteps, verb, &StepRow::verb);
    if (row == kSteps.end())
      return fail(Errc::invalid, fmt::format("there is no step “{}”", verb), "see the steps of the other submissions");
    const Acting acting{happening.step["as"].as_string(), system_user()};
    const std::string& number = numbers_[happening.key];
    TRY_ASSIGN(const review::SubmissionView view, show_submission(library_, acting, number));
    // an author has agreed to a version by adding it
    if (verb == "agree" && std::ranges::find(view.verbs, verb) == view.verbs.end()) return {};
    StepArguments arguments{happening.step, {}, clock_.now()};
    if (!view.versions.empty()) arguments.hash = Sha256::parse(view.versions.back().hash).value_or(Sha256{});
    TRY(run_command(library_, acting, number, row->make(arguments)));
    return {};
  }

  Library& library_;
  ManualClock& clock_;
  fs::path corpus_;
  std::map<std::string, std::string> numbers_;  // by key
};

// --- the library ---------------------------------------------------------------------------------------------------------------------

Status add_corpus_files(Library& library, const Acting& acting, const fs::path& corpus, const Say& say) {
  AddRequest request;
  request.paths = {corpus / "works", corpus / "papers"};
  request.access = "public";
  request.acting = acting;
  std::optional<ingest::Item> failed;
  ingest::AddObserver observer;
  observer.item = [&](const ingest::Item& item) {
    if (item.status == "failed") failed = item;
  };
  TRY_ASSIGN(const ingest::AddCounts counts, add_files(library, request, observer));
  say(fmt::format("{} files: {} works added, {} times one was known already", counts.files, counts.added,
                  counts.updated + counts.unchanged));
  if (counts.failed == 0) return {};
  return fail(Errc::invalid,
              fmt::format("{} items of the corpus could not be read, the last because {}", counts.failed, failed->reason),
              failed->hint, failed->path);
}

Result<review::Phase> phase_of(Library& library, const std::string& number) {
  const std::optional<store::SubmissionRow> row = library.store().submissions().get(number);
  return review::parse_name<review::Phase>(row ? row->phase : "");
}

Status replay_submissions(Library& library, ManualClock& clock, const fs::path& corpus, Instant now, const Say& say) {
  TRY_ASSIGN(const Json json, read_toml(corpus / "submissions.toml"));
  Replay replay(library, clock, corpus);
  for (const Happening& happening : history_of(json["submission"], managing_editor(library), now)) TRY(replay.run(happening));
  say(fmt::format("{} submissions, each in another phase:", json["submission"].size()));
  for (const Json& s : json["submission"].items()) {
    const std::string& number = replay.number(s["key"].as_string());
    TRY_ASSIGN(const review::Phase phase, phase_of(library, number));
    say(fmt::format("  {}  {}: {}", number, review::label(phase), ellipsis(s["title"].as_string(), 60)));
  }
  return {};
}

// The day before everything happens, so that the history runs forward.
Result<Instant> first_day(const fs::path& corpus, Instant now) {
  TRY_ASSIGN(const Json json, read_toml(corpus / "submissions.toml"));
  std::int64_t days = 0;
  for (const Json& s : json["submission"].items()) days = std::max(days, s["days_ago"].as_int());
  return now.plus_days(-days - 1);
}

Status fill(Library& library, ManualClock& clock, const fs::path& corpus, Instant now, const Say& say) {
  const Acting acting{"", system_user()};
  TRY(library.store().write([&]() -> Status {
    library.store().settings().set("library.demo", "yes");
    return {};
  }));
  TRY_ASSIGN(const std::size_t authorities, load_authorities(library, acting, corpus / "authorities.toml"));
  TRY_ASSIGN(const std::size_t people, load_people(library, acting, corpus / "people.toml"));
  say(fmt::format("{} partners, offices, projects, places and series; {} people", authorities, people));
  TRY(add_corpus_files(library, acting, corpus, say));
  TRY(replay_submissions(library, clock, corpus, now, say));
  clock.set(now);
  TRY(update_index(library));
  say(fmt::format("all {} works are searchable", library.store().works().count_live()));
  return {};
}

bool is_corpus(const fs::path& folder) {
  std::error_code ignored;
  return fs::exists(folder / "submissions.toml", ignored) && fs::exists(folder / "authorities.toml", ignored);
}

}  // namespace

Result<fs::path> find_corpus() {
  const fs::path program = ingest::extract_program().parent_path();
  std::vector<fs::path> tried = {program.parent_path() / "share/colophon/corpus"};
  for (fs::path above = program; above.has_relative_path(); above = above.parent_path()) tried.push_back(above / "corpus");
  for (const fs::path& folder : tried) {
    if (is_corpus(folder)) return folder;
  }
  std::string list;
  for (const fs::path& folder : tried) list += (list.empty() ? "" : ", ") + folder.string();
  return fail(Errc::not_found, "the demonstration corpus is not here",
              "install it, or run the program from its source tree; tried: " + list);
}

Result<Library> init_demo(const fs::path& folder, const fs::path& corpus, const Say& say) {
  const Instant now = SystemClock().now();
  TRY_ASSIGN(const Instant first, first_day(corpus, now));
  const auto clock = std::make_shared<ManualClock>(first);
  {
    TRY_ASSIGN(Library library, init_library(folder, kAnswers, clock));
    say("a new library in " + library.folder().string());
    if (Status filled = fill(library, *clock, corpus, now, say); !filled) {
      std::error_code ignored;  // no half demonstration; what failed is the news
      fs::remove_all(folder, ignored);
      return std::unexpected(filled.error());
    }
  }
  Library::Options options;
  options.folder = folder;
  return Library::open(options);
}

}  // namespace colophon::app
