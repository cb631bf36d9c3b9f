// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/command.hpp"

#include <algorithm>
#include <charconv>

#include "base/io.hpp"
#include "base/text.hpp"

namespace colophon::cli {
namespace {

constexpr std::uint64_t kLongestText = 16u << 20;

}  // namespace

std::string Values::text(const std::string& name) const {
  const auto found = values_.find(name);
  return found == values_.end() || found->second.empty() ? "" : found->second.back();
}

std::vector<std::string> Values::texts(const std::string& name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::vector<std::string>{} : found->second;
}

std::int64_t Values::number(const std::string& name, std::int64_t fallback) const {
  const std::string given = text(name);
  std::int64_t out = fallback;
  if (!given.empty()) std::from_chars(given.data(), given.data() + given.size(), out);
  return out;
}

std::string_view OptionRow::long_name() const { return names.substr(names.find("--") + 2); }

std::vector<std::string_view> OptionRow::choices() const {
  return value.find('|') == std::string_view::npos ? std::vector<std::string_view>{} : split(value, '|');
}

Result<std::filesystem::path> Invocation::folder() const { return app::find_library(globals_.library); }

Result<app::Library*> Invocation::library() {
  if (library_) return &*library_;
  app::Library::Options options;
  TRY_ASSIGN(options.folder, folder());
  options.flags = globals_.settings;
  TRY_ASSIGN(app::Library opened, app::Library::open(options));
  library_.emplace(std::move(opened));
  return &*library_;
}

Result<std::string> Invocation::words(const std::string& option) const {
  const std::string given = values.text(option);
  if (!given.starts_with('@')) return given;
  TRY_ASSIGN(const std::string bytes, read_file(given.substr(1), kLongestText));
  if (is_utf8(bytes)) return bytes;
  return fail(Errc::invalid, "the text is no UTF-8", "save it as UTF-8", given.substr(1));
}

}  // namespace colophon::cli
