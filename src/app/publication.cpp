// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/publication.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "formats/bibtex/names.hpp"
#include "ingest/assimilate.hpp"

#include <fmt/format.h>

namespace colophon::app {
namespace {

using bib::FieldId;

constexpr std::string_view kFormat = "publication";
constexpr int kReaderVersion = 1;

// Which of a version's files a reader of the published work gets, and as what.
struct FileRule {
  std::string_view role;
  bib::FileRole as{};
};
constexpr std::array kPublishedFiles = {
    FileRule{"manuscript", bib::FileRole::full_text},
    FileRule{"supplement", bib::FileRole::supplement},
    FileRule{"figure", bib::FileRole::figure},
    FileRule{"cover", bib::FileRole::cover},
};

// The manuscript's own parts of a name where it is the same name, else the person's name taken apart.
bib::Contributor author_of(const store::Person& person, const bib::NameList& printed) {
  const std::string& display = person.data["name"].as_string();
  bib::Contributor out;
  out.name = name_of_person(display);
  for (const bib::Contributor& c : printed.names) {
    if (fold_key(bib::display_form(c.name)) == fold_key(display)) out = c;
  }
  if (person.data.contains("orcid")) out.orcid = person.data["orcid"].as_string();
  out.email.clear();
  return out;
}

bib::NameList authors_of(Library& library, const review::Submission& submission, const bib::Work& work) {
  const bib::NameList none;
  const bib::NameList& printed = work.names(FieldId::author) ? *work.names(FieldId::author) : none;
  bib::NameList out;
  out.affiliations = printed.affiliations;
  for (const review::PersonKey& key : submission.authors) {
    const std::optional<store::Person> person = library.store().people().get(key.value);
    out.names.push_back(author_of(person.value_or(store::Person{key.value, Json::object({{"name", key.value}})}), printed));
  }
  return out;
}

std::string partner_name(Library& library, const review::PartnerKey& key) {
  const std::optional<bib::Authority> partner = library.store().authorities().get(bib::AuthorityKind::partner, key.value);
  return partner ? partner->name : key.value;
}

const review::Decision* acceptance(const review::Submission& s) {
  const auto found = std::find_if(s.decisions.rbegin(), s.decisions.rend(),
                                  [](const review::Decision& d) { return d.round > 0 && d.outcome == review::Choice::accept; });
  return found == s.decisions.rend() ? nullptr : &*found;
}

// Peer reviewed is a claim with evidence: how identities were hidden (NISO Z39.106), how many rounds, by which submission. Never how
// many reviewers there were.
void add_peer_review(bib::Work& work, const review::Submission& s, const review::Workflow& workflow) {
  const bool reviewed = acceptance(s) && std::ranges::any_of(s.rounds, [](const review::Round& r) { return !r.reviews.empty(); });
  work.add(FieldId::peer_reviewed, bib::Code{reviewed ? "yes" : "no"});
  if (!reviewed) return;
  std::string transparency(review::name(workflow.transparency));
  std::ranges::replace(transparency, '_', ' ');
  work.add(FieldId::extra, bib::Extra{"colophon:peer_review",
                                      fmt::format("{}; rounds: {}; submission: {}", transparency, s.rounds.size(), s.number)});
}

bib::Date day_of(Instant at, const std::string& zone) {
  return bib::parse_edtf(date_in_zone(at, zone)).value_or(bib::year_date(year_of(at)));
}

bib::Work draft_of(Library& library, const review::Submission& s, const review::Workflow& workflow, Instant now) {
  const std::string zone = library.settings().text("library.time_zone");
  bib::Work work = described(review::current_version(s).metadata);
  work.type = bib::work_type_named(workflow.key).value_or(bib::WorkType::report);
  bib::NameList authors = authors_of(library, s, work);
  work.add(FieldId::author, std::move(authors));
  work.add(FieldId::issued, day_of(now, zone));
  if (const review::Decision* accepted = acceptance(s)) work.add(FieldId::accepted, day_of(accepted->at, zone));
  work.remove(FieldId::publisher);
  for (const review::PartnerKey& partner : s.partners)
    work.add(FieldId::publisher, bib::Text{partner_name(library, partner), {}});
  add_peer_review(work, s, workflow);
  return work;
}

bib::Access access_of(Library& library, const review::Workflow& workflow) {
  if (workflow.outcome == review::WorkflowOutcome::public_work)
    return {.kind = bib::AccessKind::public_, .groups = {}, .embargo_until = {}};
  return bib::parse_access(library.settings().text("library.default_access")).value_or(bib::Access{});
}

std::vector<store::FileRow> files_of(Library& library,
                                     const review::Version& version,
                                     const review::Workflow& workflow,
                                     const Publication& publication) {
  std::vector<store::FileRow> out;
  for (const review::VersionFile& file : version.files) {
    const auto rule = std::ranges::find(kPublishedFiles, file.role, &FileRule::role);
    if (rule == kPublishedFiles.end()) continue;
    store::FileRow row;
    row.blob = file.sha256;
    row.name = file.name;
    row.media = publication.media_of(file.sha256);
    row.role = rule->as;
    row.stage = bib::VersionStage::vor;
    row.licence = version.metadata["licence"].as_string();
    row.access = access_of(library, workflow);
    out.push_back(std::move(row));
  }
  return out;
}

}  // namespace

const review::VersionFile* manuscript_of(const review::Version& version) {
  const auto found = std::ranges::find(version.files, "manuscript", &review::VersionFile::role);
  return found == version.files.end() ? nullptr : &*found;
}

bib::Work described(const Json& metadata) {
  bib::Work work;
  if (Result<bib::Work> record = bib::work_from_json(metadata["record"])) work = std::move(*record);
  const std::string& title = metadata["title"].as_string();
  if (work.full_title() != title) {
    work.remove(FieldId::subtitle);
    work.add(FieldId::title, bib::RichText(title));
  }
  const auto fill = [&](FieldId field, auto value) {
    if (!work.has(field)) work.add(field, std::move(value));
  };
  fill(FieldId::abstract, bib::RichText(metadata["abstract"].as_string()));
  fill(FieldId::language, bib::Code{metadata["language"].as_string()});
  if (work.has(FieldId::keyword)) return work;
  for (const Json& keyword : metadata["keywords"].items()) work.add(FieldId::keyword, bib::Text{keyword.as_string(), {}});
  return work;
}

bib::Name name_of_person(const std::string& display) {
  static constexpr std::array<std::string_view, 7> kSuffixes = {"Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV"};
  std::string plain;
  for (const char c : squeeze(display)) {
    if (c != '{' && c != '}' && c != '\\') plain += c;
  }
  std::string suffix;
  if (const std::size_t comma = plain.rfind(','); comma != std::string::npos) {
    const std::string_view last = trim(std::string_view(plain).substr(comma + 1));
    if (std::ranges::find(kSuffixes, last) != kSuffixes.end()) {
      suffix = last;
      plain.resize(comma);
    }
  }
  const bib::NameList list = formats::bibtex::parse_names(plain);
  bib::Name name = list.names.size() == 1 ? list.names.front().name : bib::Name{.literal = plain};
  if (!suffix.empty()) name.suffix = suffix;
  return name;
}

Result<Publication> prepare_publication(Library& library, const review::Submission& submission) {
  const review::Version& version = review::current_version(submission);
  const review::VersionFile* manuscript = manuscript_of(version);
  if (!manuscript)
    return fail(Errc::conflict, submission.number + ": the version has no manuscript to publish", "add a version with one",
                submission.number);
  Publication out;
  out.version_hash = version.hash;
  out.main = manuscript->sha256;
  TRY_ASSIGN(out.text, read_kept(library, manuscript->sha256));
  return out;
}

Result<std::string> publish_work(Library& library,
                                 const review::Submission& s,
                                 const review::Workflow& workflow,
                                 const Publication& publication,
                                 Instant now) {
  const review::Version& version = review::current_version(s);
  if (version.hash != publication.version_hash) {
    return fail(Errc::conflict, s.number + ": it has changed since you looked", "look again, then decide anew", s.number);
  }
  ingest::NewSource incoming;
  incoming.path = "publication:" + s.number;
  incoming.source.key = Hasher().update("publication ").update(version.hash.view()).finish();
  incoming.source.kind = bib::SourceKind::publication;
  incoming.source.format = kFormat;
  incoming.source.blob = publication.main;
  incoming.source.reader_version = kReaderVersion;
  incoming.source.work = draft_of(library, s, workflow, now);
  incoming.passages = publication.text.passages;
  incoming.files = files_of(library, version, workflow, publication);
  ingest::Assimilation assimilation(library.store(), now);
  assimilation.take(std::move(incoming));
  const std::vector<ingest::Outcome> outcomes = assimilation.finish();
  TRY(library.store().db().status());
  return outcomes.front().work_id;
}

}  // namespace colophon::app
