// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "app/init.hpp"

namespace colophon::test {

/// A library named "Test" whose texts are of that class unless a work says otherwise; throws where it cannot be made.
inline app::Library new_library(const std::filesystem::path& folder,
                                std::string default_access,
                                std::shared_ptr<const Clock> clock) {
  app::InitAnswers answers;
  answers.name = "Test";
  answers.default_access = std::move(default_access);
  Result<app::Library> made = app::init_library(folder, answers, std::move(clock));
  if (!made) throw std::runtime_error(made.error().message);
  return std::move(*made);
}

}  // namespace colophon::test
