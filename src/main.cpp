// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/run.hpp"
#include "web/serve.hpp"

int main(int argc, char** argv) {
  using namespace colophon;
  return cli::run({argv + (argc > 0 ? 1 : 0), argv + argc}, cli::Streams::standard(), cli::Services{.serve = web::serve});
}
