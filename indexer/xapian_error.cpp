// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/xapian_error.hpp"

#include <cerrno>
#include <cstring>
#include <exception>
#include <new>

#include <fmt/format.h>
#include <xapian.h>

namespace colophon::indexer {
namespace {

constexpr std::string_view kFreeSpace = "free some space on this disk, then run “colophon index update”: nothing is lost";
constexpr std::string_view kRebuild = "rebuild the index: nothing is lost, it is made from the library";

Error make(Errc code, std::string_view doing, std::string_view why, std::string_view hint, const std::filesystem::path& dir) {
  return {code, fmt::format("cannot {}: {}", doing, why), std::string(hint), dir.string()};
}

}  // namespace

Error current_error(std::string_view doing, const std::filesystem::path& dir) {
  try {
    throw;
  } catch (const Xapian::DatabaseLockError&) {
    return make(Errc::busy, doing, "another process is writing to it", "try again in a moment", dir);
  } catch (const Xapian::DatabaseModifiedError&) {
    return make(Errc::busy, doing, "it is being rewritten faster than it can be read", "try again in a moment", dir);
  } catch (const Xapian::DatabaseNotFoundError&) {
    return make(Errc::not_found, doing, "there is no index in this folder", kRebuild, dir);
  } catch (const Xapian::DatabaseVersionError&) {
    return make(Errc::io, doing, "its files are of another version", kRebuild, dir);
  } catch (const Xapian::DatabaseError& error) {
    const char* system = error.get_error_string();
    if (system && std::string_view(system) == std::strerror(ENOSPC))
      return make(Errc::io, doing, "no space is left", kFreeSpace, dir);
    return make(Errc::io, doing, fmt::format("its files are damaged or unreadable ({})", error.get_msg()), kRebuild, dir);
  } catch (const Xapian::Error& error) {
    return make(Errc::internal, doing, error.get_description(), kRebuild, dir);
  } catch (const std::bad_alloc&) {
    return make(Errc::io, doing, "not enough memory, or its files are damaged", kRebuild, dir);
  } catch (const std::exception& error) {
    return make(Errc::internal, doing, error.what(), kRebuild, dir);
  }
}

}  // namespace colophon::indexer
