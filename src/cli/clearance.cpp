// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "cli/rows.hpp"
#include "cli/steps.hpp"

#include <fmt/format.h>

namespace colophon::cli {
namespace {

namespace command = review::command;
using review::Command;
using review::PartnerKey;
using review::SubmissionView;

// The partner that was named, else the only one that the officer clears for here.
Result<PartnerKey> partner_of(Invocation& call, const SubmissionView& view) {
  if (call.values.has("partner")) return PartnerKey(call.values.text("partner"));
  TRY_ASSIGN(app::Library* const library, call.library());
  TRY_ASSIGN(const review::Viewer viewer, app::viewer_of(*library, call.globals().person));
  std::vector<PartnerKey> own;
  for (const PartnerKey& partner : viewer.clears_for) {
    if (std::ranges::find(view.partners, partner.value) != view.partners.end()) own.push_back(partner);
  }
  if (own.size() == 1) return own.front();
  return fail(Errc::usage, "which partner is meant is not clear",
              fmt::format("name one with --partner: {}", fmt::join(view.partners, ", ")));
}

Result<Command> make_give(Invocation& call, const SubmissionView& view) {
  TRY_ASSIGN(const PartnerKey partner, partner_of(call, view));
  TRY_ASSIGN(const std::string note, call.words("note"));
  const Sha256 seen = view.versions.empty() ? Sha256{} : Sha256::parse(view.versions.back().hash).value_or(Sha256{});
  return command::ClearanceGive{partner, seen, note};
}

template <class C>
Result<Command> make_with_reason(Invocation& call, const SubmissionView& view) {
  TRY_ASSIGN(const PartnerKey partner, partner_of(call, view));
  TRY_ASSIGN(const std::string reason, call.words("reason"));
  return C{partner, reason};
}

constexpr std::string_view kGroup = "Clearance";

}  // namespace

Rows clearance_rows() {
  const OptionRow partner{"--partner", Takes::text, "KEY", "the partner (the only one that the officer clears for)"};
  const OptionRow reason{"--reason", Takes::text, "TEXT", "why; @FILE reads it from a file"};
  return {
      {.name = "clearance list",
       .group = kGroup,
       .summary = "List what waits for the officer's word",
       .examples = {"colophon clearance list --as souselas"},
       .run = [](Invocation& call) { return show_queue(call, review::TaskKind::clear); }},
      {.name = "clearance give",
       .group = kGroup,
       .summary = "Say for a partner that exactly the current version may go out under its name",
       .arguments = {kNumber},
       .options = {partner, {"--note", Takes::text, "TEXT", "a remark"}},
       .examples = {"colophon clearance give ART-7KQ2 --as souselas"},
       .run = [](Invocation& call) { return run_step(call, make_give); }},
      {.name = "clearance ask-changes",
       .group = kGroup,
       .summary = "Ask for changes before it may go out",
       .arguments = {kNumber},
       .options = {partner, reason},
       .examples = {"colophon clearance ask-changes ART-7KQ2 --reason 'Name the funder.' --as souselas"},
       .run = [](Invocation& call) { return run_step(call, make_with_reason<command::ClearanceAskChanges>); }},
      {.name = "clearance waive",
       .group = kGroup,
       .summary = "Go on without a partner's clearance, with a reason; the managing editor's",
       .arguments = {kNumber},
       .options = {partner, reason},
       .examples = {"colophon clearance waive ART-7KQ2 --partner iclei --reason 'Agreed by phone.' --as obrannagh"},
       .run = [](Invocation& call) { return run_step(call, make_with_reason<command::ClearanceWaive>); }},
      {.name = "clearance revoke",
       .group = kGroup,
       .summary = "Take a clearance back before it is published",
       .arguments = {kNumber},
       .options = {partner, reason},
       .examples = {"colophon clearance revoke ART-7KQ2 --reason 'The figures are not final.' --as souselas"},
       .run = [](Invocation& call) { return run_step(call, make_with_reason<command::ClearanceRevoke>); }},
  };
}

}  // namespace colophon::cli
