// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <charconv>

#include "app/index_feed.hpp"
#include "app/manuscript.hpp"
#include "app/publication.hpp"
#include "app/version_text.hpp"
#include "base/text.hpp"
#include "formats/bibtex/names.hpp"
#include "review/events.hpp"

#include <fmt/format.h>

namespace colophon::app {
namespace {

using review::Submission;
using review::Version;

// The event that adds a version holds all that its document says and never changes: its place in the history is the change number.
constexpr std::string_view kVersionAdded = review::name(review::EventKind::version_added);

std::optional<Submission> submission_named(store::Store& store, const std::string& number) {
  const std::optional<store::SubmissionRow> row = store.submissions().get(number);
  Result<Submission> state = row ? review::submission_from_json(row->state) : fail(Errc::not_found, "no such submission");
  return state ? std::optional(std::move(*state)) : std::nullopt;
}

const Version* version_of(const Submission& submission, std::uint32_t number) {
  const auto found = std::ranges::find(submission.versions, number, &Version::number);
  return found == submission.versions.end() ? nullptr : &*found;
}

// "Silva, Ann", as manuscripts' metadata have it.
std::optional<bib::Contributor> author_of(const std::string& text) {
  const bib::NameList list = formats::bibtex::parse_names(text);
  return list.names.size() == 1 ? std::optional(list.names.front()) : std::nullopt;
}

bib::Work record_of(const Version& version, const std::string& workflow) {
  using bib::FieldId;
  bib::Work out = described(version.metadata);
  out.type = bib::work_type_named(workflow).value_or(bib::WorkType::report);
  bib::NameList authors;
  for (const Json& author : version.metadata["authors"].items()) {
    if (std::optional<bib::Contributor> one = author_of(author.as_string())) authors.names.push_back(std::move(*one));
  }
  if (!out.has(FieldId::author) && !authors.names.empty()) out.add(FieldId::author, std::move(authors));
  const Result<bib::Date> day = bib::parse_edtf(date_in_zone(version.at, "UTC"));
  if (!out.has(FieldId::issued) && day) out.add(FieldId::issued, *day);
  return out;
}

VersionDocument document_of(store::Store& store, const Submission& submission, const Version& version) {
  VersionDocument out{submission.workflow.key, record_of(version, submission.workflow.key), {}};
  const review::VersionFile* file = manuscript_of(version);
  if (!file) return out;
  if (Result<std::vector<bib::Passage>> kept = store.version_texts().get(file->sha256)) out.passages = std::move(*kept);
  return out;
}

// --- the feed ---------------------------------------------------------------------------------------------------------------

std::uint64_t last(store::Store& store) { return static_cast<std::uint64_t>(store.ledger().last_of_kind(kVersionAdded)); }

std::uint64_t waiting(store::Store& store, std::uint64_t after) {
  return static_cast<std::uint64_t>(store.ledger().count_of_kind(kVersionAdded, static_cast<std::int64_t>(after)));
}

std::vector<store::LedgerEvent> events(store::Store& store, const FeedRange& range) {
  return store.ledger().of_kind(kVersionAdded, static_cast<std::int64_t>(range.after), range.limit, range.part, range.parts);
}

// 0 when the event's content was erased.
std::uint32_t version_in(const store::LedgerEvent& kept) {
  const Result<review::Event> event = review::event_from_json(kept.payload);
  const auto* added = event ? std::get_if<review::event::VersionAdded>(&event->payload) : nullptr;
  return added ? added->number : 0;
}

std::optional<indexer::EntryData> entry_of(store::Store& store, const Changed& changed, const std::string& workflow) {
  std::optional<VersionDocument> document = version_document(store, changed.id);
  if (!document || document->workflow != workflow) return std::nullopt;
  return indexer::EntryData{changed.id,
                            changed.change,
                            std::move(document->record),
                            std::move(document->passages),
                            {{"family", changed.id.substr(0, changed.id.rfind('/'))}},
                            {}};
}

std::vector<Changed> read(store::Store& store, const IndexFolder& folder, Instant, const FeedRange& range) {
  std::vector<Changed> out;
  for (const store::LedgerEvent& event : events(store, range)) {
    const Changed bare{static_cast<std::uint64_t>(event.seq), version_document_id(event.stream, version_in(event)), {}};
    out.push_back(bare);
    out.back().entry = [&store, bare, workflow = folder.workflow] { return entry_of(store, bare, workflow); };
  }
  return out;
}

constexpr std::size_t kRead = 100;

// A manuscript is read once; one that cannot be read is a version without text. A missing file is for “verify” to tell.
Status keep_text(Library& library, const store::LedgerEvent& event) {
  const std::optional<Submission> submission = submission_named(library.store(), event.stream);
  const Version* version = submission ? version_of(*submission, version_in(event)) : nullptr;
  const review::VersionFile* file = version ? manuscript_of(*version) : nullptr;
  if (!file || library.store().version_texts().has(file->sha256)) return {};
  const Result<KeptText> text = read_kept(library, file->sha256);
  if (!text) return text.error().code == Errc::internal ? Status(std::unexpected(text.error())) : Status();
  return library.store().write([&]() -> Status {
    return library.store().version_texts().set(file->sha256, text->reader_version, text->passages), Status{};
  });
}

Status prepare(Library& library, std::uint64_t after) {
  while (true) {
    const std::vector<store::LedgerEvent> next = events(library.store(), {.after = after, .limit = kRead});
    if (next.empty()) return library.store().db().take_status();
    for (const store::LedgerEvent& event : next) TRY(keep_text(library, event));
    after = static_cast<std::uint64_t>(next.back().seq);
  }
}

}  // namespace

const Feed kVersionFeed{last, waiting, read, prepare};

std::string version_document_id(std::string_view number, std::uint32_t version) {
  return fmt::format("{}/{}", ascii_lower(number), version);
}

std::string shown_version_id(std::string_view id) {
  std::string out(id);
  std::ranges::transform(out, out.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return out;
}

std::optional<VersionDocument> version_document(store::Store& store, std::string_view id) {
  const std::size_t slash = id.rfind('/');
  std::uint32_t number = 0;
  if (slash == std::string_view::npos) return std::nullopt;
  std::from_chars(id.data() + slash + 1, id.data() + id.size(), number);
  const std::optional<Submission> submission = submission_named(store, shown_version_id(id.substr(0, slash)));
  const Version* version = submission ? version_of(*submission, number) : nullptr;
  return version ? std::optional(document_of(store, *submission, *version)) : std::nullopt;
}

}  // namespace colophon::app
