// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/topics.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <unordered_map>

#include "base/digest.hpp"
#include "base/io.hpp"
#include "indexer/mapping.hpp"
#include "indexer/metadata.hpp"
#include "indexer/schema.hpp"
#include "indexer/shards.hpp"
#include "indexer/subspace.hpp"
#include "indexer/xapian_error.hpp"

#include <xapian.h>

namespace colophon::indexer {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kDimensions = 200;
constexpr std::size_t kFewestDocuments = 200;
constexpr std::size_t kSample = 20'000;      // documents trained on; the others are folded in
constexpr std::size_t kVocabulary = 40'000;  // the most frequent stems
constexpr std::size_t kStemsADocument = 5;   // of few documents not much can be learnt about many stems
constexpr std::size_t kStemsOfOne = 200;     // of one document, the weightiest
constexpr Xapian::doccount kRarest = 2;
constexpr std::size_t kBlock = 1024;  // vectors written at a time
constexpr auto kId = static_cast<Xapian::valueno>(Slot::id);
constexpr double kCommonest = 0.25;  // share of the documents: what is in more says nothing
constexpr std::uint64_t kMagic = 0x3253434950'4F54ull;

struct Weighted {
  std::uint32_t stem = 0;
  float weight = 0;
};
using WeightedStems = std::vector<Weighted>;

double damped(double count) { return 1 + std::log(count); }

// Stems of the whole text: Z and then no prefix.
bool is_stem(std::string_view term) { return term.size() > 2 && term.size() < 40 && (term[1] < 'A' || term[1] > 'Z'); }

struct Vocabulary {
  std::vector<std::string> stems;  // sorted
  std::vector<float> idf;
  std::unordered_map<std::string, std::uint32_t> number;
};

Vocabulary vocabulary(const Xapian::Database& index) {
  const double documents = index.get_doccount();
  std::vector<std::pair<Xapian::doccount, std::string>> found;
  const std::string all(kStemPrefix);
  for (auto term = index.allterms_begin(all); term != index.allterms_end(all); ++term) {
    const Xapian::doccount count = term.get_termfreq();
    if (count >= kRarest && count <= kCommonest * documents && is_stem(*term)) found.emplace_back(count, (*term).substr(1));
  }
  std::ranges::sort(found,
                    [](const auto& a, const auto& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
  const std::size_t kept = std::min(kVocabulary, kStemsADocument * index.get_doccount());
  if (found.size() > kept) found.resize(kept);
  std::ranges::sort(found, {}, &std::pair<Xapian::doccount, std::string>::second);
  Vocabulary out;
  for (auto& [count, stem] : found) {
    out.number.emplace(stem, static_cast<std::uint32_t>(out.stems.size()));
    out.idf.push_back(static_cast<float>(std::log(documents / count)));
    out.stems.push_back(std::move(stem));
  }
  return out;
}

void keep_weightiest(WeightedStems& row) {
  if (row.size() > kStemsOfOne) {
    std::ranges::nth_element(row, row.begin() + kStemsOfOne, std::greater<>(), &Weighted::weight);
    row.resize(kStemsOfOne);
    std::ranges::sort(row, {}, &Weighted::stem);
  }
  float sum = 0;
  for (const Weighted& one : row) sum += one.weight * one.weight;
  for (Weighted& one : row) one.weight /= std::sqrt(sum);
}

// The stems of a document that `find` knows, weighed by tf-idf, of length 1.
template <class Find>
WeightedStems row_of_document(const Xapian::Database& index, Xapian::docid document, Find find) {
  WeightedStems out;
  auto term = index.termlist_begin(document);
  const auto end = index.termlist_end(document);
  if (term != end) term.skip_to(std::string(kStemPrefix));
  for (; term != end && (*term).starts_with(kStemPrefix); ++term) {
    if (!is_stem(*term)) continue;
    const Weighted one = find((*term).substr(1));
    if (one.weight > 0) out.push_back({one.stem, one.weight * static_cast<float>(damped(term.get_wdf()))});
  }
  keep_weightiest(out);
  return out;
}

struct Header {
  std::uint64_t magic = kMagic;
  std::uint64_t documents = 0;  // of the index when it was trained
  std::uint64_t training = 0;   // a digest of the stems and their vectors
  std::uint32_t dimensions = 0;
  std::uint32_t stems = 0;
  std::uint32_t last_document = 0;
  std::uint32_t name_bytes = 0;
};

// The largest component becomes 127.
float quantise(const float* from, std::size_t size, std::int8_t* to) {
  float largest = 0;
  for (std::size_t i = 0; i < size; ++i) largest = std::max(largest, std::abs(from[i]));
  if (largest == 0) return 0;
  for (std::size_t i = 0; i < size; ++i) to[i] = static_cast<std::int8_t>(std::lround(from[i] / largest * 127));
  return largest / 127;
}

template <class T>
std::string_view bytes_of(const std::vector<T>& values) {
  return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)};  // NOLINT: bytes of numbers
}

}  // namespace

class Trainer {
 public:
  explicit Trainer(const Xapian::Database& index)
      : documents_(index.get_doccount()),
        words_(vocabulary(index)),
        basis_(dominant_subspace(sample(index), kDimensions)),
        stems_(vectors_of_stems()) {}

  bool learnt() const { return basis_.rank > 0; }
  Status write(const Xapian::Database& shard, FileReplacement& to) const {
    TRY(write_stems(shard.get_lastdocid(), to));
    return write_documents(shard, to);
  }

 private:
  WeightedStems row(const Xapian::Database& index, Xapian::docid document) const {
    return row_of_document(index, document, [&](const std::string& stem) -> Weighted {
      const auto found = words_.number.find(stem);
      return found == words_.number.end() ? Weighted{} : Weighted{found->second, words_.idf[found->second]};
    });
  }

  // In order of their ids, for their numbers are different in each index of the same works.
  static std::vector<std::pair<std::string, Xapian::docid>> documents(const Xapian::Database& index) {
    std::vector<std::pair<std::string, Xapian::docid>> out;
    for (auto id = index.valuestream_begin(kId); id != index.valuestream_end(kId); ++id) out.emplace_back(*id, id.get_docid());
    std::ranges::sort(out);
    return out;
  }

  // Every n-th document. Their stems are kept: to read them takes most of the time.
  SparseRows sample(const Xapian::Database& index) {
    SparseRows out;
    out.columns = words_.stems.size();
    const auto all = documents(index);
    const std::size_t step = (all.size() + kSample - 1) / kSample;
    for (std::size_t i = 0; i < all.size(); i += step) {
      const auto& [id, document] = all[i];
      for (const Weighted& one : sampled_[id] = row(index, document)) out.add(one.stem, one.weight);
      out.end_row();
    }
    return out;
  }

  struct Stems {
    std::vector<std::uint32_t> ends;
    std::string names;
    std::vector<float> scales;
    std::vector<std::int8_t> vectors;
    std::uint64_t digest() const { return fnv1a(bytes_of(vectors), fnv1a(bytes_of(scales), fnv1a(names))); }
  };
  Stems vectors_of_stems() const {
    const std::size_t rank = basis_.rank, count = words_.stems.size();
    Stems out{{}, {}, std::vector<float>(count), std::vector<std::int8_t>(count * rank)};
    std::vector<float> vector(rank);
    for (std::size_t i = 0; i < count; ++i) {
      out.names += words_.stems[i];
      out.ends.push_back(static_cast<std::uint32_t>(out.names.size()));
      std::ranges::fill(vector, 0.0F);
      add_scaled(vector.data(), &basis_.rows[i * rank], words_.idf[i], rank);
      out.scales[i] = quantise(vector.data(), rank, &out.vectors[i * rank]);
    }
    return out;
  }

  // Layout: header, where each stem's bytes end, the bytes, scales and vectors of the stems; vectors of the documents by number.
  Status write_stems(Xapian::docid last, FileReplacement& to) const {
    const Header header{.documents = documents_,
                        .training = stems_.digest(),
                        .dimensions = static_cast<std::uint32_t>(basis_.rank),
                        .stems = static_cast<std::uint32_t>(words_.stems.size()),
                        .last_document = last,
                        .name_bytes = static_cast<std::uint32_t>(stems_.names.size())};
    TRY(to.write({reinterpret_cast<const char*>(&header), sizeof header}));  // NOLINT: bytes of numbers
    TRY(to.write(bytes_of(stems_.ends)));
    TRY(to.write(stems_.names));
    TRY(to.write(std::string((4 - stems_.names.size() % 4) % 4, '\0')));
    TRY(to.write(bytes_of(stems_.scales)));
    return to.write(bytes_of(stems_.vectors));
  }

  // A block at a time: of a million works they are 200 MB. A number without a document has a vector of zeros.
  Status write_documents(const Xapian::Database& shard, FileReplacement& to) const {
    const std::size_t rank = basis_.rank;
    std::vector<float> vector(rank);
    std::vector<std::int8_t> block(kBlock * rank);
    auto id = shard.valuestream_begin(kId);
    const auto end = shard.valuestream_end(kId);
    const std::size_t last = shard.get_lastdocid();
    for (std::size_t first = 0; first <= last; first += kBlock) {
      std::ranges::fill(block, std::int8_t{0});
      for (; id != end && id.get_docid() < first + kBlock; ++id) {
        std::ranges::fill(vector, 0.0F);
        const auto kept = sampled_.find(*id);
        for (const Weighted& one : kept == sampled_.end() ? row(shard, id.get_docid()) : kept->second)
          add_scaled(vector.data(), &basis_.rows[one.stem * rank], one.weight, rank);
        quantise(vector.data(), rank, &block[(id.get_docid() - first) * rank]);
      }
      TRY(to.write(bytes_of(block).substr(0, std::min(kBlock, last + 1 - first) * rank)));
    }
    return {};
  }

  std::uint64_t documents_ = 0;
  Vocabulary words_;
  std::unordered_map<std::string, WeightedStems> sampled_;  // by id
  Basis basis_;
  Stems stems_;
};

struct Topics::Impl {
  std::shared_ptr<const Mapping> file;
  Header header;
  const std::uint32_t* ends = nullptr;
  const char* names = nullptr;
  const float* scales = nullptr;
  const std::int8_t* stems = nullptr;
  const std::int8_t* documents = nullptr;

  bool map(const fs::path& path) {
    file = Mapping::of(path);
    if (file->bytes().size() < sizeof header) return false;
    std::memcpy(&header, file->bytes().data(), sizeof header);
    return lay_out();
  }

  // False unless every part lies inside the file.
  bool lay_out() {
    const std::size_t rank = header.dimensions, words = header.stems, names_size = (std::size_t{header.name_bytes} + 3) / 4 * 4;
    const std::size_t whole =
        sizeof header + words * 4 + names_size + words * 4 + words * rank + (std::size_t{header.last_document} + 1) * rank;
    if (header.magic != kMagic || rank == 0 || rank > kDimensions || whole != file->bytes().size()) return false;
    const char* at = file->bytes().data() + sizeof header;
    const auto take = [&](std::size_t bytes) { return std::exchange(at, at + bytes); };
    ends = reinterpret_cast<const std::uint32_t*>(take(words * 4));  // NOLINT: the file's layout
    names = take(names_size);
    scales = reinterpret_cast<const float*>(take(words * 4));          // NOLINT
    stems = reinterpret_cast<const std::int8_t*>(take(words * rank));  // NOLINT
    documents = reinterpret_cast<const std::int8_t*>(at);              // NOLINT
    for (std::size_t i = 0; i < words; ++i) {
      if (ends[i] > header.name_bytes || (i > 0 && ends[i] < ends[i - 1])) return false;
    }
    return true;
  }

  std::string_view stem(std::size_t i) const {
    const std::size_t begin = i == 0 ? 0 : ends[i - 1];
    return {names + begin, ends[i] - begin};
  }

  // header.stems when it is not known.
  std::size_t find(std::string_view wanted) const {
    std::size_t low = 0, high = header.stems;
    while (low < high) {
      const std::size_t middle = (low + high) / 2;
      if (stem(middle) < wanted) low = middle + 1;
      else high = middle;
    }
    return low < header.stems && stem(low) == wanted ? low : header.stems;
  }

  void add(Vector& to, std::size_t stem, double weight) const {
    const float factor = static_cast<float>(weight) * scales[stem];
    const std::int8_t* from = stems + stem * header.dimensions;
    for (std::size_t i = 0; i < header.dimensions; ++i) to[i] += factor * static_cast<float>(from[i]);
  }
};

Topics::Topics() = default;
Topics::Topics(Topics&&) noexcept = default;
Topics& Topics::operator=(Topics&&) noexcept = default;
Topics::~Topics() = default;

Result<Topics::Training> Topics::learn(const std::vector<fs::path>& databases) {
  return guarded("find the topics of the index", databases.empty() ? fs::path() : databases.front(), [&] {
    Xapian::Database index;
    for (const fs::path& one : databases) index.add_database(Xapian::Database(one.string(), Xapian::DB_OPEN));
    Training out;
    if (index.get_doccount() < kFewestDocuments) return out;
    const auto trainer = std::make_shared<const Trainer>(index);
    if (trainer->learnt()) out.trainer_ = trainer;
    return out;
  });
}

Result<void> Topics::Training::write(const fs::path& dir) const {
  if (!trainer_) return {};
  return guarded("write the topics of the index", dir, [&]() -> Status {
    for (const fs::path& folder : shards_in(dir)) {
      TRY_ASSIGN(FileReplacement file, FileReplacement::begin(folder / metadata::kTopicsFile));
      TRY(trainer_->write(Xapian::Database(folder.string(), Xapian::DB_OPEN), file));
      TRY(file.commit());
    }
    return {};
  });
}

Result<void> Topics::train(const fs::path& dir) {
  TRY_ASSIGN(const Training training, learn(shards_in(dir)));
  return training.write(dir);
}

Topics Topics::load(const fs::path& dir) {
  Topics out;
  auto impl = std::make_unique<Impl>();
  if (impl->map(dir / metadata::kTopicsFile)) out.impl_ = std::move(impl);
  return out;
}

std::uint64_t Topics::documents() const { return impl_ ? impl_->header.documents : 0; }
std::uint64_t Topics::training() const { return impl_ ? impl_->header.training : 0; }
std::uint32_t Topics::last_document() const { return impl_ ? impl_->header.last_document : 0; }

namespace {

Topics::Vector of_length_one(Topics::Vector vector) {
  float sum = 0;
  for (const float one : vector) sum += one * one;
  if (sum == 0) return {};
  for (float& one : vector) one /= std::sqrt(sum);
  return vector;
}

}  // namespace

Topics::Vector Topics::fold(std::span<const std::pair<std::string, double>> stems) const {
  if (!impl_) return {};
  Vector out(impl_->header.dimensions, 0.0F);
  for (const auto& [stem, count] : stems) {
    const std::size_t at = impl_->find(stem);
    if (at != impl_->header.stems) impl_->add(out, at, damped(count));
  }
  return of_length_one(std::move(out));
}

Topics::Vector Topics::fold(const Xapian::Database& index, std::uint32_t document) const {
  if (!impl_) return {};
  const WeightedStems stems = row_of_document(index, document, [&](const std::string& stem) -> Weighted {
    const std::size_t at = impl_->find(stem);
    return at == impl_->header.stems ? Weighted{} : Weighted{static_cast<std::uint32_t>(at), 1};
  });
  Vector out(impl_->header.dimensions, 0.0F);
  for (const Weighted& one : stems) impl_->add(out, one.stem, static_cast<double>(one.weight));
  return of_length_one(std::move(out));
}

Topics::Vector Topics::of(std::uint32_t document) const {
  if (!impl_ || document > last_document()) return {};
  const std::size_t rank = impl_->header.dimensions;
  const std::int8_t* const from = impl_->documents + document * rank;
  return of_length_one(Vector(from, from + rank));
}

double Topics::cosine(const Vector& text, std::uint32_t document) const {
  if (!impl_ || text.empty() || document > last_document()) return 0;
  const std::int8_t* vector = impl_->documents + std::size_t{document} * text.size();
  float product = 0, square = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const float one = vector[i];
    product += text[i] * one;
    square += one * one;
  }
  return square > 0 ? static_cast<double>(product / std::sqrt(square)) : 0;
}

double Topics::cosine(const Vector& one, const Vector& other) const {
  float out = 0;
  for (std::size_t i = 0; i < std::min(one.size(), other.size()); ++i) out += one[i] * other[i];
  return static_cast<double>(out);
}

}  // namespace colophon::indexer
