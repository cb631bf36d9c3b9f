// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "formats/draft_reader.hpp"
#include "formats/text_input.hpp"

namespace colophon::formats {

/// Reads CSL-JSON: an array of items, an object with such an array under "items" (or deeper, as in answers of Crossref's API), or one
/// item. Items are cut out by their braces and read one by one with from_csl(), so that a broken one is told with line and column
/// ("csl-json.bad-item") and the others are read. local_id is the item's id; key is the SHA-256 of its bytes; begin, end and line are
/// its place. Linear; memory for one item. The bytes must outlive the reader.
class CslReader : public DraftReader {
 public:
  explicit CslReader(std::string_view bytes);
  bool next(Draft& out) override;
  std::vector<Diagnostic> take_diagnostics() override { return remarks_.take(); }

 private:
  struct Item {
    std::size_t begin, end;
  };
  bool cut(Item& out);
  Location place(std::size_t at);

  TextInput input_;
  std::string_view text_;
  Remarks remarks_;
  std::size_t at_ = 0;                        // where the next item may begin
  std::size_t counted_ = 0, line_start_ = 0;  // lines were counted up to here
  std::uint32_t line_ = 1, drafts_ = 0;
};

}  // namespace colophon::formats
