// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/run.hpp"
#include "web/serve.hpp"

#include <sys/stat.h>

int main(int argc, char** argv) {
  using namespace colophon;
  umask(077);  // what a library holds is its owner's
  return cli::run({argv + (argc > 0 ? 1 : 0), argv + argc}, cli::Streams::standard(), cli::Services{.serve = web::serve});
}
