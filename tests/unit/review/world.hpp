// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "review/decide.hpp"
#include "review/notify.hpp"
#include "review/policy.hpp"
#include "review/tasks.hpp"

#include <gtest/gtest.h>

/// The people and one submission that all tests of this room share.
namespace colophon::review::world {

inline const Instant kNow = *parse_instant("2026-03-02T09:00:00.000Z");
inline const PartnerKey kIclei{"iclei"};
inline const PartnerKey kEhs{"unu-ehs"};
inline PersonKey key(const std::string& name) { return PersonKey(name); }

/// ann and ben wrote it; ben also holds every standing role, so that only guards keep him out. oli and uma clear; eve edits; max and mo
/// manage, mo (of a partner) may also review; pia produces; rita is from outside, rob works for a partner; rex is from outside too; ada administers.
inline const People& people() {
  static const People kPeople = [] {
    People all;
    const auto add = [&](const char* name, RoleSet roles, std::vector<PartnerKey> member, std::vector<PartnerKey> clears) {
      all.add({key(name), name, std::string(name) + "@example.org", roles, std::move(member), std::move(clears)});
    };
    add("ann", {}, {kIclei}, {});
    add("ben", {Role::clearance_officer, Role::managing_editor, Role::production_editor, Role::handling_editor}, {kEhs}, {kEhs});
    add("oli", Role::clearance_officer, {kIclei}, {kIclei});
    add("uma", Role::clearance_officer, {kEhs}, {kEhs});
    add("eve", Role::handling_editor, {}, {});
    add("max", Role::managing_editor, {}, {});
    add("mo", Role::managing_editor, {kEhs}, {});
    add("pia", Role::production_editor, {}, {});
    add("rita", {}, {}, {});
    add("rex", {}, {}, {});
    add("rob", {}, {kIclei}, {});
    add("ada", Role::admin, {}, {});
    add("sam", {}, {}, {});
    return all;
  }();
  return kPeople;
}
inline Viewer who(const std::string& name) { return name == "clock" ? the_clock() : people().viewer(key(name)); }

inline const Workflow& workflow() {
  static const Workflow kWorkflow = article_workflow();
  return kWorkflow;
}

inline std::vector<VersionFile> files(const std::string& content) {
  return {{sha256(content), "Silva final.pdf", "manuscript", "AO"}};
}
inline Json metadata(const std::string& title) {
  return Json::object(
      {{"title", title}, {"abstract", "Heat kills."}, {"authors", Json::array().push("Ann Silva").push("Ben Okafor")}});
}
inline command::Create create() {
  return {"ART-7KQ2", "5eC4e7", {kIclei, kEhs}, {key("ann"), key("ben")}, key("ann"), files("one"), metadata("Heat plans")};
}
inline command::Revise revise(const std::string& content) {
  return {files(content), metadata("Heat plans"), "we changed " + content};
}
inline command::ReviewSend review(const std::string& words, const std::string& secret = "between us") {
  return {Recommendation::minor_revision, words, secret, "none", Json::object({{"score", 4}}), {}};
}

/// A submission under test: do() must succeed, refused() must not.
struct Story {
  Submission s;
  std::vector<RecordedEvent> history;
  Instant now = kNow;
  Workflow flow = workflow();

  Context context() const { return {now, flow, people()}; }
  Story& does(const std::string& name, const Command& command) {
    auto applied = apply(s, command, who(name), context());
    EXPECT_TRUE(applied.has_value()) << name << ": " << (applied ? "" : applied.error().message);
    if (!applied) return *this;
    for (const Event& event : applied->events) history.push_back({event, now, acting_key(who(name))});
    s = std::move(applied->after);
    return *this;
  }
  Error refuses(const std::string& name, const Command& command) const {
    auto applied = apply(s, command, who(name), context());
    EXPECT_FALSE(applied.has_value()) << name << " could " << colophon::review::name(verb_of(command));
    return applied ? Error{} : applied.error();
  }

  Story& to_clearance() { return does("ann", create()).does("ben", command::Agree{}).does("ann", command::RequestClearance{}); }
  Story& cleared() {
    does("oli", command::ClearanceGive{kIclei, current_version(s).hash, ""});
    return does("uma", command::ClearanceGive{kEhs, current_version(s).hash, ""});
  }
  Story& to_screening() { return to_clearance().cleared().does("ann", command::Submit{}); }
  Story& to_review() {
    return to_screening().does("max", command::AssignEditor{key("eve")}).does("eve", command::Screen{Choice::accept, "", ""});
  }
  Story& reviewed_by(const std::string& name, const std::string& words, const std::string& secret = "between us") {
    does("eve", command::Invite{key(name)}).does(name, command::ReviewAgree{});
    return does(name, review(words, secret));
  }
  Story& to_decision() { return to_review().reviewed_by("rita", "Sound.").reviewed_by("rob", "Short."); }
  Story& to_accepted() { return to_decision().does("eve", command::Decide{Choice::accept, "We take it.", "", {}}); }
  Story& to_publication_clearance() {
    does("pia", revise("proof")).does("ann", command::Agree{}).does("ben", command::Agree{});
    return does("pia", command::RequestPublicationClearance{});
  }
  Story& to_scheduled() { return to_accepted().to_publication_clearance().cleared().does("max", command::Schedule{now}); }
  Story& to_published() { return to_scheduled().does("clock", command::Publish{}); }
};

/// A representative of every phase.
inline Story in_phase(Phase phase) {
  Story story;
  switch (phase) {
    case Phase::draft: return story.does("ann", create());
    case Phase::clearance_for_submission: return story.to_clearance();
    case Phase::screening: return story.to_screening();
    case Phase::review: return story.to_review();
    case Phase::revision: return story.to_decision().does("eve", command::Decide{Choice::revise, "Please revise.", "", {}});
    case Phase::accepted: return story.to_accepted();
    case Phase::clearance_for_publication: return story.to_accepted().to_publication_clearance();
    case Phase::scheduled: return story.to_scheduled();
    case Phase::published: return story.to_published();
    case Phase::rejected: return story.to_screening().does("max", command::Screen{Choice::reject, "scope", "Not for us."});
    case Phase::withdrawn: return story.to_clearance().does("ann", command::Withdraw{"changed plans"});
    case Phase::lapsed: break;
  }
  story = in_phase(Phase::revision);
  story.now = story.now.plus_days(100);
  return story.does("clock", command::Lapse{});
}

}  // namespace colophon::review::world
