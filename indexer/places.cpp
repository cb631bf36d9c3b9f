// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/places.hpp"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "base/digest.hpp"
#include "base/text.hpp"
#include "indexer/analyser.hpp"

#include <xapian.h>

namespace colophon::indexer {
namespace {

constexpr unsigned kNarrow = 2, kWide = 4;      // bytes of a code
constexpr std::size_t kMostForNarrow = 32'768;  // different words
constexpr std::uint32_t kNoWord = 0;            // the code of what has no form

// The finaliser of MurmurHash3.
constexpr std::uint64_t mix(std::uint64_t x) {
  x = (x ^ (x >> 33)) * 0xFF51AFD7ED558CCDull;
  x = (x ^ (x >> 33)) * 0xC4CEB9FE1A85EC53ull;
  return x ^ (x >> 33);
}
std::uint64_t salted(std::uint64_t digest, std::uint64_t salt) { return mix(digest + salt * 0x9E3779B97F4A7C15ull); }
std::uint32_t name_of(std::uint64_t mixed) { return static_cast<std::uint32_t>(mixed >> 32); }
// The code that a word gets unless another word has it.
std::uint32_t first_code(std::uint64_t mixed, unsigned width) {
  const auto code = width == kNarrow ? static_cast<std::uint32_t>(mixed & 0xFFFF) : name_of(mixed);
  return code == kNoWord ? 1 : code;
}
std::uint32_t next_code(std::uint32_t code, unsigned width) {
  const std::uint32_t next = width == kNarrow ? (code + 1) & 0xFFFF : code + 1;
  return next == kNoWord ? 1 : next;
}

void put_number(std::string& out, std::uint64_t number) {
  for (; number >= 0x80; number >>= 7) out.push_back(static_cast<char>(0x80 | (number & 0x7F)));
  out.push_back(static_cast<char>(number));
}
void put_code(std::string& out, std::uint32_t code, unsigned width) {
  for (unsigned i = 0; i < width; ++i) out.push_back(static_cast<char>(code >> (8 * i)));
}

// Reads what the writer put; after an end too early everything is 0 and good() is false.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}
  std::uint64_t number() {
    std::uint64_t out = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const std::uint32_t byte = fixed(1);
      out |= std::uint64_t{byte & 0x7F} << shift;
      if (byte < 0x80) return out;
    }
    good_ = false;
    return 0;
  }
  std::uint32_t fixed(unsigned width) {
    if (rest_.size() < width) return good_ = false, 0;
    std::uint32_t out = 0;
    for (unsigned i = 0; i < width; ++i) out |= std::uint32_t{static_cast<unsigned char>(rest_[i])} << (8 * i);
    rest_.remove_prefix(width);
    return out;
  }
  bool good() const { return good_; }
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
  bool good_ = true;
};

// The different words of a document, by first occurrence, and their codes.
struct Coding {
  unsigned width = kNarrow;
  std::uint64_t salt = 0;
  std::unordered_map<Lexicon::Number, std::uint32_t> codes;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> moved;
};

// Nothing when two words have the same name: then another salt is needed.
std::optional<Coding> coding(const std::vector<Lexicon::Number>& different, const Lexicon& lexicon, std::uint64_t salt) {
  Coding out{different.size() > kMostForNarrow ? kWide : kNarrow, salt, {}, {}};
  out.codes.reserve(different.size());
  std::unordered_set<std::uint32_t> names, taken;
  names.reserve(different.size());
  taken.reserve(different.size());
  for (const Lexicon::Number word : different) {
    const std::uint64_t mixed = salted(lexicon.digest(word), salt);
    if (!names.insert(name_of(mixed)).second) return std::nullopt;
    std::uint32_t code = first_code(mixed, out.width);
    const bool free = taken.insert(code).second;
    while (!free && !taken.insert(code).second) code = next_code(code, out.width);
    if (!free) out.moved.emplace_back(name_of(mixed), code);
    out.codes.emplace(word, code);
  }
  return out;
}

std::vector<Lexicon::Number> without_repeats(const std::vector<Lexicon::Number>& words) {
  std::vector<Lexicon::Number> out;
  std::unordered_set<Lexicon::Number> seen;
  for (const Lexicon::Number word : words) {
    if (word != Lexicon::kNone && seen.insert(word).second) out.push_back(word);
  }
  return out;
}

template <class Code>
void find_code(std::string_view codes, std::uint32_t wanted, std::uint32_t position, Places::Positions& out) {
  const auto code = static_cast<Code>(wanted);
  for (std::size_t i = 0; i < codes.size() / sizeof(Code); ++i) {
    Code here = 0;
    for (std::size_t b = 0; b < sizeof(Code); ++b)
      here = static_cast<Code>(here | Code{static_cast<unsigned char>(codes[i * sizeof(Code) + b])} << (8 * b));
    if (here == code) out.push_back(position + static_cast<std::uint32_t>(i));
  }
}

}  // namespace

FieldMask field_of(const Row& row) { return FieldMask{1} << (&row - rows().data()); }

FieldMask text_fields() {
  static const FieldMask kMask = [] {
    FieldMask out = FieldMask{1} << kBodyField;
    for (const Row& row : rows()) {
      if (row.weight > 0) out |= field_of(row);
    }
    return out;
  }();
  return kMask;
}

void PlacesWriter::begin(std::uint32_t position, unsigned field) {
  stretches_.push_back({position, static_cast<std::uint32_t>(words_.size()), field});
}

std::string PlacesWriter::bytes(const Lexicon& lexicon) const {
  const std::vector<Lexicon::Number> different = without_repeats(words_);
  if (different.empty()) return {};
  std::optional<Coding> made;
  for (std::uint64_t salt = 0; !made; ++salt) made = coding(different, lexicon, salt);
  std::string out;
  out.reserve(words_.size() * made->width + 256);
  put_number(out, made->width);
  put_number(out, made->salt);
  put_number(out, made->moved.size());
  for (const auto& [name, code] : made->moved) put_code(out, name, kWide), put_code(out, code, made->width);
  put_number(out, stretches_.size());
  std::uint32_t last = 0;
  for (std::size_t i = 0; i < stretches_.size(); ++i) {
    const Stretch& stretch = stretches_[i];
    const std::uint32_t end = i + 1 < stretches_.size() ? stretches_[i + 1].first : static_cast<std::uint32_t>(words_.size());
    put_number(out, stretch.position - last);
    put_number(out, end - stretch.first);
    put_number(out, stretch.field);
    last = stretch.position;
  }
  std::size_t at = out.size();
  out.resize(at + words_.size() * made->width);
  for (const Lexicon::Number word : words_) {
    const std::uint32_t code = word == Lexicon::kNone ? kNoWord : made->codes.at(word);
    for (unsigned i = 0; i < made->width; ++i) out[at++] = static_cast<char>(code >> (8 * i));
  }
  return out;
}

Places::Places(std::string_view bytes) {
  if (!bytes.empty() && !read(bytes)) *this = Places();
}

bool Places::read(std::string_view bytes) {
  Reader reader(bytes);
  const std::uint64_t width = reader.number();
  if (width != kNarrow && width != kWide) return false;
  width_ = static_cast<unsigned>(width);
  salt_ = reader.number();
  for (std::uint64_t left = reader.number(); left > 0 && reader.good(); --left) {
    const std::uint32_t name = reader.fixed(kWide);
    moved_.emplace_back(name, reader.fixed(width_));
  }
  std::uint64_t words = 0, position = 0;
  for (std::uint64_t left = reader.number(); left > 0 && reader.good(); --left) {
    position += reader.number();
    const std::uint64_t count = reader.number(), field = reader.number();
    if (field > kBodyField || count > bytes.size()) return false;
    stretches_.push_back({static_cast<std::uint32_t>(position), static_cast<std::uint32_t>(count), static_cast<unsigned>(field)});
    words += count;
  }
  codes_ = reader.rest();
  return reader.good() && codes_.size() == words * width_;
}

void Places::find(std::string_view word, FieldMask fields, Positions& out) const {
  if (width_ == 0) return;
  const std::uint64_t mixed = salted(is_cjk(word) ? fnv1a(word) : fnv1a(fold(word)), salt_);  // CJK has one form

  const auto moved = std::ranges::find(moved_, name_of(mixed), &std::pair<std::uint32_t, std::uint32_t>::first);
  const std::uint32_t code = moved == moved_.end() ? first_code(mixed, width_) : moved->second;
  std::size_t at = 0;
  for (const Stretch& stretch : stretches_) {
    const std::string_view codes = codes_.substr(at, std::size_t{stretch.count} * width_);
    at += codes.size();
    if ((fields >> stretch.field & 1) == 0) continue;
    if (width_ == kNarrow) find_code<std::uint16_t>(codes, code, stretch.position, out);
    else find_code<std::uint32_t>(codes, code, stretch.position, out);
  }
}

Places::Positions positions_of(const std::set<std::string, std::less<>>& words,
                               const Xapian::Database& database,
                               std::uint32_t document) {
  Places::Positions out;
  if (words.empty()) return out;
  const std::string bytes =
      database.get_document(document, Xapian::DOC_ASSUME_VALID).get_value(static_cast<Xapian::valueno>(Slot::places));
  const Places places(bytes);
  for (const std::string& word : words) places.find(word, text_fields(), out);
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace colophon::indexer
