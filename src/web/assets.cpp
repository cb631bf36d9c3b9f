// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/assets.hpp"

#include <algorithm>
#include <array>

#include "base/error.hpp"

namespace colophon::web {
namespace {

constexpr Asset kAssets[] = {
#include "web_assets.inc"
};

}  // namespace

std::span<const Asset> assets() { return kAssets; }

std::string asset_path(std::string_view name) {
  const auto* asset = std::ranges::find(kAssets, name, &Asset::name);
  COLOPHON_ASSERT(asset != std::end(kAssets));
  return "/a/" + std::string(asset->digest) + "/" + std::string(name);
}

std::optional<Response> asset_response(std::string_view digest, std::string_view name) {
  const auto* asset = std::ranges::find(kAssets, name, &Asset::name);
  if (asset == std::end(kAssets) || asset->digest != digest) return std::nullopt;
  return Response{.type = "text/css; charset=utf-8",
                  .body = std::string(asset->text),
                  .headers = {{"Cache-Control", "public, max-age=31536000, immutable"}}};
}

}  // namespace colophon::web
