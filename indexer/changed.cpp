// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/changed.hpp"

#include <charconv>
#include <string>

#include "base/text.hpp"
#include "indexer/metadata.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <xapian.h>

namespace colophon::indexer {
namespace {

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(out) : std::nullopt;
}

}  // namespace

std::uint64_t commit_number(const Xapian::Database& index) {
  return number(index.get_metadata(std::string(metadata::kCommit))).value_or(0);
}

// "COMMIT DOCUMENT DOCUMENT …", decimal.
std::optional<Changed> Changed::since(std::uint64_t commit, const Xapian::Database& index) {
  if (commit == commit_number(index)) return Changed(commit);
  const std::string text = index.get_metadata(std::string(metadata::kChanged));
  const auto parts = split(text, ' ');
  if (number(parts.front()) != commit) return std::nullopt;
  Changed out(commit);
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const std::optional<std::uint64_t> document = number(parts[i]);
    if (!document || *document > index.get_lastdocid()) return std::nullopt;
    out.add(static_cast<std::uint32_t>(*document));
  }
  return out;
}

void Changed::note(Xapian::WritableDatabase& index) const {
  const std::string key(metadata::kChanged);
  if (documents_.size() > kMostChanged) index.set_metadata(key, {});
  else index.set_metadata(key, fmt::format("{} {}", since_, fmt::join(documents_, " ")));
}

void Changed::note_unknown(Xapian::WritableDatabase& index) {
  index.set_metadata(std::string(metadata::kChanged), {});
  index.set_metadata(std::string(metadata::kCommit), std::to_string(commit_number(index) + 1));
}

}  // namespace colophon::indexer
