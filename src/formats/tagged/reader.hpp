// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>

#include "bib/work.hpp"
#include "formats/draft_reader.hpp"
#include "formats/tagged/records.hpp"

namespace colophon::formats::tagged {

/// What the readers of tagged formats share. Each draft: key is the SHA-256 of the entry's bytes; begin, end, line and the values'
/// origins are byte spans. Encodings: UTF-8 with or without byte order mark, values that are no UTF-8 as Windows-1252 (a remark
/// `encoding`), UTF-16 with byte order mark (no spans then). Linear. The bytes must outlive the reader.
class Reader : public DraftReader {
 public:
  bool next(Draft& out) final;
  std::vector<Diagnostic> take_diagnostics() final { return remarks_.take(); }

 protected:
  /// `prefix` begins the codes of remarks.
  Reader(std::string_view bytes, std::string_view prefix, Dialect dialect)
      : input_(bytes), remarks_(prefix), splitter_(input_, dialect, remarks_) {}
  /// Sets work and local_id.
  virtual void read(const Record& record, Draft& out) = 0;

  bib::Origin at(const Field& field) const;
  std::string text(const Field& field) { return input_.utf8(field.text); }

  TextInput input_;
  Remarks remarks_;

 private:
  Splitter splitter_;
  Record record_;
  std::uint32_t drafts_ = 0;
};

}  // namespace colophon::formats::tagged
