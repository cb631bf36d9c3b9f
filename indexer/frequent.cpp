// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/frequent.hpp"

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "base/io.hpp"
#include "indexer/metadata.hpp"
#include "indexer/reader.hpp"
#include "indexer/schema.hpp"
#include "indexer/weighting.hpp"

#include <xapian.h>

namespace colophon::indexer {
namespace {

namespace fs = std::filesystem;
using frequent_file::End;
using frequent_file::padded;
using frequent_file::Term;

std::array<char, 40> uuid_of(const Xapian::Database& index) {
  std::array<char, 40> out{};
  const std::string uuid = index.get_uuid();
  std::copy_n(uuid.begin(), std::min(uuid.size(), out.size()), out.begin());
  return out;
}

std::uint64_t beginning(std::string_view id) {
  std::uint64_t out = 0;
  for (std::size_t i = 0; i < sizeof out; ++i) out = out << 8 | (i < id.size() ? static_cast<unsigned char>(id[i]) : 0u);
  return out;
}

template <class T>
std::string_view bytes_of(std::span<const T> values) {
  return {reinterpret_cast<const char*>(values.data()), values.size_bytes()};  // NOLINT: bytes of numbers
}

class Maker {
 public:
  Maker(const Xapian::Database& index, FileReplacement& file)
      : index_(index),
        file_(file),
        blocks_(index.get_lastdocid() / PostingList::kBlock + 1),
        norms_(index.get_average_length()) {}

  Status run(std::size_t fewest) {
    read_lengths();
    for (auto term = index_.allterms_begin(); term != index_.allterms_end(); ++term) {
      const bool weighed = term.get_termfreq() >= fewest && index_.get_collection_freq(*term) > 0;
      if (weighed) TRY(write_list(*term));
    }
    return write_end();
  }

 private:
  void read_lengths() {
    lengths_.resize(blocks_ * PostingList::kBlock);
    for (auto it = index_.postlist_begin({}); it != index_.postlist_end({}); ++it)
      lengths_[*it] = static_cast<std::uint16_t>(std::min<Xapian::termcount>(it.get_doclength(), Frequent::kLong));
  }

  std::vector<std::uint64_t> beginnings_of_ids() const {
    std::vector<std::uint64_t> out(lengths_.size());
    constexpr auto kId = static_cast<Xapian::valueno>(Slot::id);
    for (auto it = index_.valuestream_begin(kId); it != index_.valuestream_end(kId); ++it) out[it.get_docid()] = beginning(*it);
    return out;
  }

  // At least: kLong stands for what is longer, too.
  double wdfn(std::uint32_t document, std::uint32_t count) {
    return count * norms_.of(std::max<std::uint32_t>(1, lengths_[document]));
  }

  Status write_list(const std::string& term) {
    list_.clear();
    for (auto it = index_.postlist_begin(term); it != index_.postlist_end(term); ++it)
      list_.add(*it, it.get_wdf(), wdfn(*it, it.get_wdf()));
    const PostingList made = list_.finish(blocks_);
    names_ += term;
    terms_.push_back({.at = at_,
                      .postings = static_cast<std::uint32_t>(made.size()),
                      .many = static_cast<std::uint32_t>(made.many.size()),
                      .name_end = static_cast<std::uint32_t>(names_.size()),
                      .top = made.top});
    TRY(write(bytes_of(made.starts)));
    TRY(write(bytes_of(made.many)));
    TRY(write(bytes_of(made.tops)));
    return write(bytes_of(made.postings));
  }

  Status write_end() {
    End end{.commit = commit_number(index_),
            .average_length = norms_.average_length(),
            .blocks = static_cast<std::uint32_t>(blocks_),
            .count = static_cast<std::uint32_t>(terms_.size()),
            .uuid = uuid_of(index_)};
    end.lengths = at_;
    TRY(write(bytes_of(std::span<const std::uint16_t>(lengths_))));
    end.ids = at_;
    TRY(write(bytes_of(std::span<const std::uint64_t>(beginnings_of_ids()))));
    end.terms = at_;
    TRY(write(bytes_of(std::span<const Term>(terms_))));
    end.names = at_;
    TRY(write(names_));
    return write(bytes_of(std::span<const End>(&end, 1)));
  }

  Status write(std::string_view bytes) {
    const std::size_t whole = padded(bytes.size());
    at_ += whole;
    TRY(file_.write(bytes));
    return file_.write(std::string(whole - bytes.size(), '\0'));
  }

  const Xapian::Database& index_;
  FileReplacement& file_;
  std::size_t blocks_;
  LengthNorms norms_;
  std::vector<std::uint16_t> lengths_;
  PostingListBuilder list_;
  std::vector<Term> terms_;
  std::string names_;
  std::size_t at_ = 0;
};

}  // namespace

Status Frequent::make(const fs::path& dir, const Xapian::Database& index, const Limits& limits) {
  const std::size_t documents = index.get_doccount();
  if (documents < limits.fewest_documents) return {};
  TRY_ASSIGN(FileReplacement file, FileReplacement::begin(dir / metadata::kFrequentFile));
  TRY(Maker(index, file).run(documents / limits.rarest));
  return file.commit();
}

bool Frequent::wanted(const fs::path& dir, const Xapian::Database& index) {
  if (index.get_doccount() < Limits{}.fewest_documents) return false;
  const std::optional<Frequent> known = of(dir, index);
  return !known || known->changed().size() > Changed::kMostChanged / 2;
}

std::optional<Frequent> Frequent::of(const fs::path& dir, const Xapian::Database& index) {
  Frequent out;
  out.file_ = Mapping::of(dir / metadata::kFrequentFile);
  if (!out.lay_out(index)) return std::nullopt;
  out.changed_ = Changed::since(out.commit_, index);
  return out.changed_ ? std::optional(std::move(out)) : std::nullopt;
}

std::vector<std::optional<Frequent>> lists_of(const Reader& reader) {
  std::vector<std::optional<Frequent>> out;
  for (std::size_t i = 0; i < reader.shards().size(); ++i) out.push_back(Frequent::of(reader.folders()[i], reader.shards()[i]));
  return out;
}

std::optional<Changed> Frequent::changes(const fs::path& dir, const Xapian::Database& index) {
  std::optional<Frequent> known = of(dir, index);
  return known ? known->changed_ : std::nullopt;
}

// False unless it is a file of this database and every part lies inside of it. Lists are looked at when they are asked for.
bool Frequent::lay_out(const Xapian::Database& index) {
  const std::size_t size = file_->bytes().size();
  if (size < sizeof(End) || size % 8 != 0) return false;
  const End end = file_->values<End>(size - sizeof(End), 1).front();
  if (end.magic != frequent_file::kMagic || end.uuid != uuid_of(index) || end.blocks == 0) return false;
  lengths_ = file_->values<std::uint16_t>(end.lengths, std::size_t{end.blocks} * PostingList::kBlock);
  terms_ = file_->values<Term>(end.terms, end.count);
  ids_ = file_->values<std::uint64_t>(end.ids, lengths_.size());
  if (lengths_.empty() || ids_.size() != lengths_.size() || terms_.size() != end.count || end.names > size) return false;
  names_ = file_->bytes().substr(end.names);
  average_length_ = end.average_length;
  commit_ = end.commit;
  return true;
}

// Empty where it does not lie among the names.
std::string_view Frequent::name(std::size_t i) const {
  const std::size_t begin = i == 0 ? 0 : terms_[i - 1].name_end, end = terms_[i].name_end;
  return begin <= end && end <= names_.size() ? names_.substr(begin, end - begin) : std::string_view();
}

std::optional<PostingList> Frequent::find(std::string_view term) const {
  std::size_t low = 0, high = terms_.size();
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (name(middle) < term) low = middle + 1;
    else high = middle;
  }
  if (low == terms_.size() || name(low) != term) return std::nullopt;
  const Term& found = terms_[low];
  const std::size_t starts = blocks() + 1, many = found.at + padded(starts * sizeof(std::uint32_t)),
                    tops = many + found.many * sizeof(PostingList::Many), postings = tops + padded(blocks());
  const PostingList out{file_->values<std::uint32_t>(found.at, starts), file_->values<std::uint8_t>(tops, blocks()),
                        file_->values<std::uint8_t>(postings, found.postings * PostingList::kBytes),
                        file_->values<PostingList::Many>(many, found.many), static_cast<std::uint8_t>(found.top)};
  return out.sound() && out.many.size() == found.many ? std::optional(out) : std::nullopt;
}

}  // namespace colophon::indexer
