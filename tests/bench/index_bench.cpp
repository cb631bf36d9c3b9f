// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/index_bench.hpp"

#include "base/io.hpp"
#include "bench/library.hpp"
#include "bench/search_figures.hpp"

namespace colophon::bench {

Result<Figures> bench_index() {
  const std::string set = data_set("jats");
  if (set.empty()) return fail(Errc::not_found, "the open JATS set is not here", "COLOPHON_DATA names the folder of the sets");
  const TemporaryFolder folder;
  TRY_ASSIGN(app::Library library, new_library(folder.path() / "library"));
  TRY(fill(library, {std::filesystem::path(set) / "files"}));
  return index_build_figures(library);
}

}  // namespace colophon::bench
