// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/add_files.hpp"

#include "base/digest.hpp"

#include <fmt/format.h>

namespace colophon::app {
namespace {

Result<bib::Access> access_of(const Library& library, const AddRequest& request) {
  if (request.access) return bib::parse_access(*request.access);
  const std::string standing = library.settings().text("library.default_access");
  if (standing.empty())
    return fail(Errc::usage, "this library does not say who may read added files",
                "set library.default_access in colophon.toml, or give --access public, signed-in or closed");
  return bib::parse_access(standing);
}

// A store of its own in a temporary folder, with all rows and none of the files.
Result<store::Store> copy_for_dry_run(Library& library, const std::filesystem::path& folder) {
  for (const std::string_view name : {"blobs", "tmp", "index"}) TRY(make_directory(folder / name));
  library.store().db().run("VACUUM INTO ?", (folder / "store.sqlite").string());
  TRY(library.store().db().take_status());
  return store::Store::open(folder);
}

}  // namespace

ingest::Limits worker_limits(const config::Settings& settings) {
  ingest::Limits out;
  out.cpu_seconds = static_cast<std::uint32_t>(settings.integer("worker.cpu_seconds"));
  out.wall_ms = static_cast<std::uint32_t>(settings.integer("worker.wall_seconds") * 1000);
  out.memory_bytes = static_cast<std::uint64_t>(settings.integer("worker.memory_mib")) << 20;
  out.output_bytes = static_cast<std::uint64_t>(settings.integer("worker.output_mib")) << 20;
  return out;
}

Result<ingest::AddCounts> add_files(Library& library, const AddRequest& request, const ingest::AddObserver& observer) {
  ingest::AddOptions options;
  TRY_ASSIGN(options.access, access_of(library, request));
  options.limits = worker_limits(library.settings());
  options.extract_program = ingest::extract_program();
  options.jobs = jobs_of(library.settings(), "worker.jobs");
  options.actor = request.acting.person;
  options.operator_name = request.acting.operator_name;
  options.stop = request.stop;
  if (request.dry_run == DryRun::no) return ingest::add_paths(library.store(), library.clock(), request.paths, options, observer);
  const TemporaryFolder folder;
  TRY_ASSIGN(store::Store copy, copy_for_dry_run(library, folder.path()));
  return ingest::add_paths(copy, library.clock(), request.paths, options, observer);
}

}  // namespace colophon::app
