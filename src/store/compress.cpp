// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/compress.hpp"

#include <memory>

#include <zstd.h>

namespace colophon::store {
namespace {

constexpr unsigned long long kMaxContent = 256ull << 20;

struct ContextCloser {
  void operator()(ZSTD_CCtx* c) const { ZSTD_freeCCtx(c); }
  void operator()(ZSTD_DCtx* c) const { ZSTD_freeDCtx(c); }
};

}  // namespace

std::string compress(std::string_view bytes) {
  thread_local const std::unique_ptr<ZSTD_CCtx, ContextCloser> context = [] {
    std::unique_ptr<ZSTD_CCtx, ContextCloser> made(ZSTD_createCCtx());
    ZSTD_CCtx_setParameter(made.get(), ZSTD_c_compressionLevel, 3);
    ZSTD_CCtx_setParameter(made.get(), ZSTD_c_checksumFlag, 1);
    return made;
  }();
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  const std::size_t size = ZSTD_compress2(context.get(), out.data(), out.size(), bytes.data(), bytes.size());
  COLOPHON_ASSERT(!ZSTD_isError(size));
  out.resize(size);
  return out;
}

std::unexpected<Error> damaged_text() { return fail(Errc::io, "a stored text is damaged", "run “colophon verify --rebuild”"); }

Result<std::string_view> first_frame(std::string_view frames) {
  const std::size_t size = ZSTD_findFrameCompressedSize(frames.data(), frames.size());
  if (ZSTD_isError(size)) return damaged_text();
  return frames.substr(0, size);
}

Result<std::size_t> content_size(std::string_view frame) {
  const unsigned long long size = ZSTD_getFrameContentSize(frame.data(), frame.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > kMaxContent) return damaged_text();
  return static_cast<std::size_t>(size);
}

Result<std::string> decompress(std::string_view bytes) {
  TRY_ASSIGN(const std::size_t size, content_size(bytes));
  std::string out(size, '\0');
  thread_local const std::unique_ptr<ZSTD_DCtx, ContextCloser> context(ZSTD_createDCtx());
  const std::size_t got = ZSTD_decompressDCtx(context.get(), out.data(), out.size(), bytes.data(), bytes.size());
  if (ZSTD_isError(got) || got != out.size()) return damaged_text();
  return out;
}

}  // namespace colophon::store
