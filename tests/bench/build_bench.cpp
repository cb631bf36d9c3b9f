// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/build_bench.hpp"

#include <cstdlib>
#include <filesystem>

#include "base/io.hpp"

#include <fmt/format.h>

namespace colophon::bench {
namespace {

Result<double> timed(const std::string& command) {
  const double start = wall_seconds();
  if (std::system(command.c_str()) != 0) return fail(Errc::internal, "the build failed", "", command);
  return wall_seconds() - start;
}

}  // namespace

Result<Figures> bench_build() {
  const TemporaryFolder folder;
  const std::string source = COLOPHON_SOURCE_DIR;
  const std::string build = (folder.path() / "build").string();
  // No compiler cache: what a newcomer waits for.
  const std::string cmake =
      fmt::format("env CCACHE_DISABLE=1 cmake -S {} -B {} -G Ninja -DCMAKE_BUILD_TYPE=Debug >/dev/null", source, build);
  const std::string ninja = fmt::format("env CCACHE_DISABLE=1 ninja -C {} >/dev/null", build);
  TRY_ASSIGN(const double configure, timed(cmake));
  TRY_ASSIGN(const double cold, timed(ninja));
  TRY_ASSIGN(const double one_file, timed(fmt::format("touch {}/src/bib/fold.cpp && {}", source, ninja)));
  return Figures{{"configure_seconds", configure}, {"cold_seconds", cold}, {"one_file_seconds", one_file}};
}

}  // namespace colophon::bench
