// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/library.hpp"

#include "app/add_files.hpp"
#include "app/index_consumer.hpp"
#include "app/init.hpp"

namespace colophon::bench {

Result<app::Library> new_library(const std::filesystem::path& folder) {
  app::InitAnswers answers;
  answers.name = "Bench";
  answers.default_access = "public";
  return app::init_library(folder, answers, std::make_shared<SystemClock>());
}

Result<Filled> fill(app::Library& library, const std::vector<std::filesystem::path>& paths) {
  Filled out;
  const double start = wall_seconds();
  app::AddRequest request;
  request.paths = paths;
  request.acting = {"", "bench"};
  TRY_ASSIGN(out.counts, app::add_files(library, request, {}));
  out.add_seconds = wall_seconds() - start;
  const double indexing = wall_seconds();
  TRY(app::update_index(library));
  out.index_seconds = wall_seconds() - indexing;
  return out;
}

}  // namespace colophon::bench
