// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/passage_frames.hpp"

#include <utility>

#include "base/json.hpp"
#include "base/json_cursor.hpp"
#include "store/compress.hpp"

namespace colophon::store {
namespace {

constexpr std::size_t kBlock = 8 << 10;  // half of it is read in two thirds of the time, and takes a fifteenth more room

using Passages = std::vector<bib::Passage>;

std::vector<std::size_t> lengths_of(std::string_view json) {
  std::vector<std::size_t> out;
  JsonCursor at(json);
  for (at.enter_array(); at.more();) out.push_back(static_cast<std::size_t>(at.integer()));
  return out;
}

Result<std::string> take_frame(std::string_view& frames) {
  TRY_ASSIGN(const std::string_view frame, first_frame(frames));
  frames.remove_prefix(frame.size());
  return decompress(frame);
}

// Reads the texts' blocks from the first to the last, and of them only those that are wanted.
class Texts {
 public:
  explicit Texts(std::string_view frames) : frames_(frames) {}

  /// The next text, if it is wanted; each must be asked for.
  Result<std::string_view> next(std::size_t length, bool wanted) {
    if (at_ == size_ && length > 0) TRY(next_block());
    if (length > size_ - at_) return damaged_text();
    const std::size_t begin = std::exchange(at_, at_ + length);
    if (!wanted || length == 0) return std::string_view();
    if (!block_) {
      TRY_ASSIGN(block_, decompress(frame_));
    }
    return std::string_view(*block_).substr(begin, length);
  }

 private:
  Status next_block() {
    TRY_ASSIGN(frame_, first_frame(frames_));
    TRY_ASSIGN(size_, content_size(frame_));
    frames_.remove_prefix(frame_.size());
    block_.reset();
    at_ = 0;
    return {};
  }

  std::string_view frames_;  // that follow
  std::string_view frame_;
  std::optional<std::string> block_;  // what is in it, when that was wanted
  std::size_t size_ = 0, at_ = 0;
};

}  // namespace

std::string passage_frames(const Passages& passages) {
  Passages list = passages;
  Json lengths = Json::array();
  std::string blocks, block;
  for (bib::Passage& passage : list) {
    lengths.push(passage.text.size());
    block += passage.text;
    passage.text.clear();
    if (block.size() < kBlock) continue;
    blocks += compress(block);
    block.clear();
  }
  if (!block.empty()) blocks += compress(block);
  std::string out = compress(lengths.dump());
  out += compress(bib::to_json(list).dump());
  out += blocks;
  return out;
}

Result<Passages> passages_of_frames(std::string_view frames, std::optional<std::size_t> text_of) {
  TRY_ASSIGN(const std::string first, take_frame(frames));
  if (frames.empty()) return bib::passages_from_json(first, text_of);
  TRY_ASSIGN(const std::string list, take_frame(frames));
  TRY_ASSIGN(Passages out, bib::passages_from_json(list));
  const std::vector<std::size_t> lengths = lengths_of(first);
  if (lengths.size() != out.size()) return damaged_text();
  Texts texts(frames);
  const std::size_t end = !text_of ? out.size() : *text_of < out.size() ? *text_of + 1 : 0;
  for (std::size_t i = 0; i < end; ++i) {
    TRY_ASSIGN(out[i].text, texts.next(lengths[i], !text_of || *text_of == i));
  }
  return out;
}

}  // namespace colophon::store
