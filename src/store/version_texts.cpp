// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/version_texts.hpp"

#include "store/passage_frames.hpp"

namespace colophon::store {

void VersionTexts::set(const Sha256& blob, int reader_version, const std::vector<bib::Passage>& passages) {
  db_.run(
      "INSERT INTO version_text (blob, reader_version, data) VALUES (?, ?, ?) ON CONFLICT (blob) DO UPDATE SET reader_version = "
      "excluded.reader_version, data = excluded.data",
      Bytes{blob.view()}, reader_version, Bytes{passage_frames(passages)});
}

bool VersionTexts::has(const Sha256& blob) {
  Query q = db_.query("SELECT 1 FROM version_text WHERE blob = ?", Bytes{blob.view()});
  return q.next();
}

Result<std::vector<bib::Passage>> VersionTexts::get(const Sha256& blob) {
  Query q = db_.query("SELECT data FROM version_text WHERE blob = ?", Bytes{blob.view()});
  return q.next() ? passages_of_frames(q.text(0)) : std::vector<bib::Passage>{};
}

}  // namespace colophon::store
