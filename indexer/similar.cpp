// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/similar.hpp"

#include "indexer/classes.hpp"
#include "indexer/profile.hpp"
#include "indexer/reader.hpp"
#include "indexer/schema.hpp"

#include <xapian.h>

namespace colophon::indexer {

struct SimilarWorks::Impl {
  explicit Impl(Reader opened) : reader(std::move(opened)) {}
  Reader reader;
  Analyser analyser;

  std::vector<std::string> languages(std::string_view tag) const {
    if (const std::string_view known = stemmer_of(tag); !known.empty()) return {std::string(known)};
    return languages_in(reader.database());
  }

  std::vector<SimilarWork> like(std::string_view text, std::string_view language, std::size_t limit) {
    const Xapian::Database& database = reader.database();
    const Profile profile = profile_of(text, languages(language), analyser);
    const double self = self_score(profile, database);
    std::vector<SimilarWork> out;
    if (self <= 0) return out;
    Xapian::Enquire enquire(database);
    enquire.set_query(without_twins(query_of(profile, database), reader.classes()));
    enquire.set_weighting_scheme(profile_weight());
    constexpr auto kId = static_cast<Xapian::valueno>(Slot::id);
    enquire.set_sort_by_relevance_then_value(kId, false);
    const Xapian::MSet matches = enquire.get_mset(0, static_cast<Xapian::doccount>(limit));
    for (auto it = matches.begin(); it != matches.end(); ++it)
      out.push_back({it.get_document().get_value(kId), it.get_weight() / self});
    return out;
  }
};

SimilarWorks::SimilarWorks(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SimilarWorks::SimilarWorks(SimilarWorks&&) noexcept = default;
SimilarWorks& SimilarWorks::operator=(SimilarWorks&&) noexcept = default;
SimilarWorks::~SimilarWorks() = default;

Result<SimilarWorks> SimilarWorks::open(std::span<const std::filesystem::path> dirs) {
  TRY_ASSIGN(Reader reader, Reader::open(dirs, Content::works));
  return SimilarWorks(std::make_unique<Impl>(std::move(reader)));
}

Result<std::vector<SimilarWork>> SimilarWorks::like(std::string_view text, std::string_view language, std::size_t limit) {
  return impl_->reader.read("rank works for a text", [&] { return impl_->like(text, language, limit); });
}

}  // namespace colophon::indexer
