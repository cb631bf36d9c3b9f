// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "web/request.hpp"

namespace colophon::web {

/// A file of static/, built in. Its address holds its digest, so that it may be kept for ever.
struct Asset {
  std::string_view name;    ///< "colophon.css"
  std::string_view digest;  ///< the beginning of its SHA-256
  std::string_view text;
};
std::span<const Asset> assets();
/// "/a/<digest>/colophon.css". REQUIRES: the name of an asset.
std::string asset_path(std::string_view name);
/// The asset at /a/DIGEST/NAME; nothing when there is none.
std::optional<Response> asset_response(std::string_view digest, std::string_view name);

}  // namespace colophon::web
