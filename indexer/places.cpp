// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/places.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <optional>

#include "base/digest.hpp"
#include "base/text.hpp"
#include "indexer/analyser.hpp"
#include "indexer/ordinals.hpp"

namespace colophon::indexer {
namespace {

// Bits of a code, and how many different words a document may have for it: with more, too many would meet.
struct Width {
  unsigned bits = 0;
  std::size_t words = 0;
};
constexpr std::array kWidths = {Width{12, 2'500}, Width{16, 32'768}, Width{32, SIZE_MAX}};
constexpr unsigned kNameBytes = 4;
constexpr std::uint32_t kNoWord = 0;  // the code of what has no form

// The finaliser of MurmurHash3.
constexpr std::uint64_t mix(std::uint64_t x) {
  x = (x ^ (x >> 33)) * 0xFF51AFD7ED558CCDull;
  x = (x ^ (x >> 33)) * 0xC4CEB9FE1A85EC53ull;
  return x ^ (x >> 33);
}
std::uint64_t salted(std::uint64_t digest, std::uint64_t salt) { return mix(digest + salt * 0x9E3779B97F4A7C15ull); }
std::uint32_t name_of(std::uint64_t mixed) { return static_cast<std::uint32_t>(mixed >> 32); }
std::uint32_t within(std::uint64_t code, unsigned bits) {
  const auto out = static_cast<std::uint32_t>(code & ((std::uint64_t{1} << bits) - 1));
  return out == kNoWord ? 1 : out;
}
// The code that a word gets unless another word has it.
std::uint32_t first_code(std::uint64_t mixed, unsigned bits) { return within(bits < 32 ? mixed : name_of(mixed), bits); }
std::uint32_t next_code(std::uint32_t code, unsigned bits) { return within(std::uint64_t{code} + 1, bits); }

void put_number(std::string& out, std::uint64_t number) {
  for (; number >= 0x80; number >>= 7) out.push_back(static_cast<char>(0x80 | (number & 0x7F)));
  out.push_back(static_cast<char>(number));
}
void put_fixed(std::string& out, std::uint32_t number, unsigned bytes) {
  for (unsigned i = 0; i < bytes; ++i) out.push_back(static_cast<char>(number >> (8 * i)));
}

std::size_t bytes_of(std::size_t codes, unsigned bits) { return (codes * bits + 7) / 8; }

// Codes one behind the other, the lower bits first.
template <unsigned kBits>
std::uint32_t code_at(std::string_view codes, std::size_t i) {
  const auto byte = [&](std::size_t at) { return std::uint32_t{static_cast<unsigned char>(codes[at])}; };
  if constexpr (kBits == 12) {
    const std::size_t at = i / 2 * 3;
    return i % 2 == 0 ? byte(at) | (byte(at + 1) & 0x0F) << 8 : byte(at + 1) >> 4 | byte(at + 2) << 4;
  } else {
    std::uint32_t out = 0;
    for (unsigned b = 0; b < kBits / 8; ++b) out |= byte(i * (kBits / 8) + b) << (8 * b);
    return out;
  }
}

// REQUIRES: no code was set there, and none behind.
template <unsigned kBits>
void set_code(std::string& codes, std::size_t i, std::uint32_t code) {
  const auto byte = [&](std::size_t at, std::uint32_t value) { codes[at] = static_cast<char>(value); };
  if constexpr (kBits == 12) {
    const std::size_t at = i / 2 * 3;
    if (i % 2 == 0) return byte(at, code), byte(at + 1, code >> 8);
    byte(at + 1, static_cast<unsigned char>(codes[at + 1]) | code << 4);
    byte(at + 2, code >> 4);
  } else {
    for (unsigned b = 0; b < kBits / 8; ++b) byte(i * (kBits / 8) + b, code >> (8 * b));
  }
}

// Calls what takes the bits of a code as its template's parameter.
template <class Call>
void with_width(unsigned bits, Call call) {
  if (bits == 12) call.template operator()<12>();
  else if (bits == 16) call.template operator()<16>();
  else call.template operator()<32>();
}

// Reads what the writer put; after an end too early everything is 0 and good() is false.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : at_(bytes.data()), end_(bytes.data() + bytes.size()) {}
  std::uint64_t number() {
    std::uint64_t out = 0;
    for (unsigned shift = 0; shift < 64 && at_ < end_; shift += 7) {
      const std::uint32_t byte = static_cast<unsigned char>(*at_++);
      out |= std::uint64_t{byte & 0x7F} << shift;
      if (byte < 0x80) return out;
    }
    good_ = false;
    return 0;
  }
  std::uint32_t name() {
    static_assert(kNameBytes == sizeof(std::uint32_t));
    std::uint32_t out = 0;
    if (end_ - at_ < std::ptrdiff_t{kNameBytes}) return good_ = false, 0;
    std::memcpy(&out, at_, kNameBytes);
    at_ += kNameBytes;
    if constexpr (std::endian::native == std::endian::big) out = __builtin_bswap32(out);
    return out;
  }
  bool good() const { return good_; }
  std::string_view rest() const { return {at_, static_cast<std::size_t>(end_ - at_)}; }

 private:
  const char* at_;
  const char* end_;
  bool good_ = true;
};

// Codes of a document's different words, by first occurrence from 1 on; what has no form comes first.
struct Coding {
  unsigned bits = 0;
  std::uint64_t salt = 0;
  std::vector<std::uint32_t> codes;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> moved;
};

// Nothing when two words have the same name: then another salt is needed.
std::optional<Coding> coding(const std::vector<Lexicon::Number>& different, const Lexicon& lexicon, std::uint64_t salt) {
  const auto width = std::ranges::find_if(kWidths, [&](const Width& one) { return different.size() <= one.words; });
  Coding out{width->bits, salt, {kNoWord}, {}};
  out.codes.reserve(different.size() + 1);
  Ordinals names(different.size()), taken(different.size());
  for (const Lexicon::Number word : different) {
    const std::uint64_t mixed = salted(lexicon.digest(word), salt);
    if (!names.insert(name_of(mixed))) return std::nullopt;
    std::uint32_t code = first_code(mixed, out.bits);
    const bool free = taken.insert(code);
    while (!free && !taken.insert(code)) code = next_code(code, out.bits);
    if (!free) out.moved.emplace_back(name_of(mixed), code);
    out.codes.push_back(code);
  }
  return out;
}

// Several codes in one number, from its lowest bits on: whether one of them is zero (and sometimes where none is).
template <unsigned kBits>
struct Lanes {
  static constexpr std::size_t kCount = 64 / kBits / 2 * 2;  // even, so that the next ones begin with a byte
  static constexpr std::size_t kBytes = kCount * kBits / 8;
  static constexpr std::uint64_t kOnes = [] {
    std::uint64_t out = 0;
    for (std::size_t i = 0; i < kCount; ++i) out |= std::uint64_t{1} << (i * kBits);
    return out;
  }();
  static constexpr std::uint64_t kHighest = kOnes << (kBits - 1);
  static std::uint64_t may_be_zero(std::uint64_t lanes) { return (lanes - kOnes) & ~lanes; }  // in the highest bits
};

std::uint64_t eight_bytes(std::string_view from, std::size_t at) {
  std::uint64_t out = 0;
  std::memcpy(&out, from.data() + at, sizeof out);
  if constexpr (std::endian::native == std::endian::big) out = __builtin_bswap64(out);
  return out;
}

// found(i) for each of the codes that is `code`, in order. Most texts have a word nowhere: many codes are looked at in one go.
template <unsigned kBits, class Found>
void find_code(std::string_view codes, std::size_t count, std::uint32_t code, Found found) {
  using Group = Lanes<kBits>;
  constexpr std::size_t kGroups = 4;
  const auto apart = [&](std::size_t group, std::size_t byte) {
    return Group::may_be_zero(eight_bytes(codes, byte + group * Group::kBytes) ^ Group::kOnes * code);
  };
  std::size_t i = 0;
  const auto look_at = [&](std::size_t end) {
    for (; i < end; ++i) {
      if (code_at<kBits>(codes, i) == code) found(i);
    }
  };
  for (std::size_t byte = 0; byte + kGroups * Group::kBytes + 8 <= codes.size(); byte += kGroups * Group::kBytes) {
    const std::uint64_t any = apart(0, byte) | apart(1, byte) | apart(2, byte) | apart(3, byte);
    if ((any & Group::kHighest) != 0) look_at(i + kGroups * Group::kCount);
    else i += kGroups * Group::kCount;
  }
  look_at(count);
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
  constexpr std::size_t kUsualRepeats = 4;
  Ordinals ordinals(words_.size() / kUsualRepeats);
  std::vector<Lexicon::Number> different;
  std::vector<std::uint32_t> which;  // of Coding::codes
  which.reserve(words_.size());
  for (const Lexicon::Number word : words_) {
    const std::uint32_t place = word == Lexicon::kNone ? 0 : ordinals.of(word) + 1;
    if (place > different.size()) different.push_back(word);
    which.push_back(place);
  }
  if (different.empty()) return {};
  std::optional<Coding> made;
  for (std::uint64_t salt = 0; !made; ++salt) made = coding(different, lexicon, salt);
  std::string out;
  out.reserve(bytes_of(words_.size(), made->bits) + 8 * made->moved.size() + 256);
  put_number(out, made->bits);
  put_number(out, made->salt);
  put_number(out, made->moved.size());
  for (const auto& [name, code] : made->moved) put_fixed(out, name, kNameBytes), put_number(out, code);
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
  std::string codes(bytes_of(words_.size(), made->bits), '\0');
  with_width(made->bits, [&]<unsigned kBits>() {
    for (std::size_t i = 0; i < which.size(); ++i) set_code<kBits>(codes, i, made->codes[which[i]]);
  });
  return out + codes;
}

PlacedWord::PlacedWord(std::string_view word) : digest_(is_cjk(word) ? fnv1a(word) : fnv1a(fold(word))) {}  // CJK has one form

void Places::read(std::string_view bytes) {
  bits_ = 0;
  moved_.clear();
  stretches_.clear();
  if (!bytes.empty() && !take(bytes)) bits_ = 0;
}

bool Places::take(std::string_view bytes) {
  Reader reader(bytes);
  const std::uint64_t bits = reader.number();
  if (std::ranges::find(kWidths, bits, &Width::bits) == kWidths.end()) return false;
  salt_ = reader.number();
  for (std::uint64_t left = reader.number(); left > 0 && reader.good(); --left) {
    const std::uint32_t name = reader.name();
    moved_.emplace_back(name, static_cast<std::uint32_t>(reader.number()));
  }
  std::uint64_t words = 0, position = 0;
  for (std::uint64_t left = reader.number(); left > 0 && reader.good(); --left) {
    position += reader.number();
    const std::uint64_t count = reader.number(), field = reader.number();
    if (field > kBodyField || count > bytes.size()) return false;  // no code is shorter than a byte
    stretches_.push_back({static_cast<std::uint32_t>(position), static_cast<std::uint32_t>(count), static_cast<unsigned>(field)});
    words += count;
  }
  bits_ = static_cast<unsigned>(bits);
  words_ = words;
  codes_ = reader.rest();
  return reader.good() && words <= 8 * bytes.size() && codes_.size() == bytes_of(words, bits_);
}

void Places::find(const PlacedWord& word, FieldMask fields, Positions& out) const {
  if (bits_ == 0) return;
  const std::uint64_t mixed = salted(word.digest(), salt_);
  const auto moved = std::ranges::find(moved_, name_of(mixed), &std::pair<std::uint32_t, std::uint32_t>::first);
  const std::uint32_t code = moved == moved_.end() ? first_code(mixed, bits_) : moved->second;
  auto stretch = stretches_.begin();
  std::size_t first = 0;  // code of the stretch
  const auto found = [&](std::size_t i) {
    for (; i - first >= stretch->count; ++stretch) first += stretch->count;
    if ((fields >> stretch->field & 1) != 0) out.push_back(stretch->position + static_cast<std::uint32_t>(i - first));
  };
  with_width(bits_, [&]<unsigned kBits>() { find_code<kBits>(codes_, words_, code, found); });
}

}  // namespace colophon::indexer
