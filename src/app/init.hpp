// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <filesystem>
#include <functional>
#include <string>

#include "app/library.hpp"

namespace colophon::app {

/// What a new library must be told; see config's table for each.
struct InitAnswers {
  std::string name;
  std::string base_url = "http://127.0.0.1:8417";
  std::string time_zone = "UTC";
  std::string languages = "en";  ///< parted by commas
  std::string sender;            ///< mail address, may be empty
  std::string default_access;    ///< of added files; required: never public by silence
};

/// Makes a library in a new or empty folder (0700). Errc::conflict when the folder holds anything, invalid for a bad answer.
/// A crash leaves either no library or a whole one.
Result<Library> init_library(const std::filesystem::path& folder, const InitAnswers& answers, std::shared_ptr<const Clock> clock);

/// The demonstration library: init_library() with demo answers, then authorities, people, works, papers and submissions of a corpus
/// folder (corpus/ of the source tree, or installed beside the program). `say` is told each step in a sentence.
Result<Library> init_demo(const std::filesystem::path& folder,
                          const std::filesystem::path& corpus,
                          const std::function<void(const std::string&)>& say);
/// The corpus folder that belongs to this program, for `init --demo`. Errc::not_found names what was tried.
Result<std::filesystem::path> find_corpus();

/// Reads an authorities.toml ([[partner]] [[office]] [[project]] [[place]] [[series]]) into the library: one event. The number read.
Result<std::size_t> load_authorities(Library& library, const Acting& acting, const std::filesystem::path& file);

}  // namespace colophon::app
