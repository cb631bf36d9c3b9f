// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.hpp"

namespace colophon::bib {

/// What a run of text is, as a set of bits: nesting is their union, so that two ways of nesting the same marks are equal.
enum class Mark : std::uint16_t {
  nocase = 1,  ///< a word whose case may not be changed (BibTeX's inner braces)
  italic = 2,
  bold = 4,
  small_caps = 8,
  superscript = 16,
  subscript = 32,
  quote = 64,
  math = 128,  ///< the text is TeX
  code = 256,
  link = 512,  ///< href is set: an address, or "#id" of something in the same document
};

/// A stretch of text with the same marks: views into its RichText, valid until that is changed.
struct Run {
  std::string_view text;
  std::uint16_t marks = 0;
  std::string_view href = {};
  std::string_view mathml = {};  ///< a formula's MathML, where there is one; the text is its TeX (Mark::math) or its characters

  bool has(Mark mark) const { return (marks & static_cast<std::uint16_t>(mark)) != 0; }
  /// Whether it goes on in `next`: marks and link are equal, and neither is a formula.
  bool joins(const Run& next) const { return marks == next.marks && href == next.href && mathml.empty() && next.mathml.empty(); }
  friend bool operator==(const Run&, const Run&) = default;
};

/// Text with marks: one string and the stretches of it that are marked, never HTML. Neighbours with equal marks are joined, so equal
/// texts are equal values; text without marks takes no more than its string. UTF-8 in NFC is the callers' duty; `lang` is a BCP 47 tag or
/// empty. At most 4 GiB.
class RichText {
 public:
  class Runs;

  RichText() = default;
  explicit RichText(std::string plain, std::string language = {}) : lang(std::move(language)), text_(std::move(plain)) {}

  /// Joins with the last run when marks and link are equal and neither is a formula; empty text is ignored.
  void append(std::string_view text, std::uint16_t marks = 0, std::string_view href = {}, std::string_view mathml = {}) {
    if (!spans_ && marks == 0 && href.empty() && mathml.empty()) text_ += text;
    else if (!text.empty()) append_marked(text, {text, marks, href, mathml});
  }
  void append(const Run& run) { append(run.text, run.marks, run.href, run.mathml); }
  /// What appending each run makes of an empty text, at once: run(0) to run(count - 1), asked for in order, with `attached` bytes of
  /// links and formulas at most. REQUIRES: their texts stand one behind the other in `text`, up to its end.
  template <class At>
  static RichText of(std::string_view text, std::size_t count, std::size_t attached, const At& run);
  /// Cuts the last `bytes` off, at most all.
  void remove_suffix(std::size_t bytes);
  void reserve(std::size_t bytes) { text_.reserve(bytes); }
  /// In reading order.
  Runs runs() const;
  bool empty() const { return text_.empty(); }
  /// The runs' text one after the other.
  const std::string& plain() const { return text_; }
  /// Whether nothing in it is marked.
  bool is_plain() const { return !spans_; }
  std::string lang;

  friend bool operator==(const RichText&, const RichText&) = default;

 private:
  /// A run by where it ends, its link and formula by where they end in what is attached: they stand there one after the other.
  struct Span {
    std::uint32_t end = 0;
    std::uint32_t href_end = 0;
    std::uint32_t mathml_end = 0;
    std::uint16_t marks = 0;
    friend bool operator==(const Span&, const Span&) = default;
  };
  /// The runs and what is attached to them, in one block of memory in the room of a pointer.
  class Spans {
   public:
    Spans() = default;
    Spans(const Spans& other);
    Spans(Spans&&) noexcept = default;
    Spans& operator=(const Spans& other);
    Spans& operator=(Spans&&) noexcept = default;
    ~Spans() = default;

    explicit operator bool() const { return block_ != nullptr; }
    std::span<const Span> runs() const {
      return block_ ? std::span<const Span>(span_at(0), head().runs) : std::span<const Span>();
    }
    std::string_view attached() const { return block_ ? std::string_view(bytes(), head().attached) : std::string_view(); }
    /// Makes it present, with room for so many in all.
    void reserve(std::size_t runs, std::size_t attached);
    /// REQUIRES: present, as of the next two.
    void push(std::uint32_t end, const Run& run);
    /// REQUIRES: there is room for it, and it is no run of this text.
    void push_reserved(std::uint32_t end, const Run& run);
    void end_last_at(std::uint32_t end) { span_at(head().runs - 1)->end = end; }
    /// Leaves the first `runs`, at least one.
    void cut(std::size_t runs);
    void reset() { block_.reset(); }
    friend bool operator==(const Spans& a, const Spans& b) {
      return bool(a) == bool(b) && std::ranges::equal(a.runs(), b.runs()) && a.attached() == b.attached();
    }

   private:
    struct Head {
      std::uint32_t runs, runs_room, attached, attached_room;
    };
    // the head, room for runs, room for what is attached
    static_assert(alignof(Head) >= alignof(Span) && sizeof(Head) % alignof(Span) == 0);
    /// With so much room; what it was before, to which views may point.
    Spans grow(std::size_t runs, std::size_t attached);
    Head& head() const { return *reinterpret_cast<Head*>(block_.get()); }
    Span* span_at(std::size_t index) const { return reinterpret_cast<Span*>(block_.get() + sizeof(Head)) + index; }
    char* bytes() const { return reinterpret_cast<char*>(span_at(head().runs_room)); }
    std::unique_ptr<std::byte[]> block_;
  };
  void append_marked(std::string_view text, const Run& run);
  std::size_t count() const { return spans_ ? spans_.runs().size() : text_.empty() ? 0 : 1; }
  Run run(std::size_t index) const;

  std::string text_;
  Spans spans_;  ///< tile the text; absent where it has no marks
};

inline void RichText::Spans::push_reserved(std::uint32_t end, const Run& run) {
  Head& now = head();
  const auto href_end = now.attached + static_cast<std::uint32_t>(run.href.size());
  const auto mathml_end = href_end + static_cast<std::uint32_t>(run.mathml.size());
  if (mathml_end != now.attached) {
    char* const behind = std::ranges::copy(run.href, bytes() + now.attached).out;
    std::ranges::copy(run.mathml, behind);
  }
  *span_at(now.runs++) = {end, href_end, mathml_end, run.marks};
  now.attached = mathml_end;
}

template <class At>
RichText RichText::of(std::string_view text, std::size_t count, std::size_t attached, const At& run) {
  RichText out;
  out.text_ = text;
  Run last;
  for (std::size_t i = 0; i < count; ++i) {
    const Run now = run(i);
    if (now.text.empty()) continue;
    const auto begin = static_cast<std::uint32_t>(now.text.data() - text.data());
    const auto end = begin + static_cast<std::uint32_t>(now.text.size());
    const bool joins = last.joins(now);
    if (!out.spans_) {
      if (joins) continue;  // nothing is marked yet
      out.spans_.reserve(count, attached);
      if (begin > 0) out.spans_.push_reserved(begin, last);
      out.spans_.push_reserved(end, now);
    } else if (joins) {
      out.spans_.end_last_at(end);
    } else {
      out.spans_.push_reserved(end, now);
    }
    last = now;
  }
  return out;
}

/// The runs of a text, which must outlive them: a random-access range of Run by value.
class RichText::Runs : public std::ranges::view_interface<Runs> {
 public:
  class iterator {
   public:
    using difference_type = std::ptrdiff_t;
    using value_type = Run;
    using iterator_concept = std::random_access_iterator_tag;
    using iterator_category = std::input_iterator_tag;

    iterator() = default;
    iterator(const RichText* text, std::size_t index) : text_(text), index_(static_cast<difference_type>(index)) {}
    Run operator*() const { return text_->run(static_cast<std::size_t>(index_)); }
    Run operator[](difference_type n) const { return *(*this + n); }
    iterator& operator++() { return *this += 1; }
    iterator& operator--() { return *this -= 1; }
    iterator operator++(int) { return std::exchange(*this, *this + 1); }
    iterator operator--(int) { return std::exchange(*this, *this - 1); }
    iterator& operator+=(difference_type n) {
      index_ += n;
      return *this;
    }
    iterator& operator-=(difference_type n) { return *this += -n; }
    friend iterator operator+(iterator i, difference_type n) { return i += n; }
    friend iterator operator+(difference_type n, iterator i) { return i += n; }
    friend iterator operator-(iterator i, difference_type n) { return i -= n; }
    friend difference_type operator-(const iterator& a, const iterator& b) { return a.index_ - b.index_; }
    friend bool operator==(const iterator& a, const iterator& b) { return a.index_ == b.index_; }
    friend auto operator<=>(const iterator& a, const iterator& b) { return a.index_ <=> b.index_; }

   private:
    const RichText* text_ = nullptr;
    difference_type index_ = 0;
  };

  explicit Runs(const RichText& text) : text_(&text) {}
  iterator begin() const { return {text_, 0}; }
  iterator end() const { return {text_, text_->count()}; }
  std::vector<Run> list() const { return {begin(), end()}; }

 private:
  const RichText* text_;
};
inline RichText::Runs RichText::runs() const { return Runs(*this); }

/// A plain text without language is a JSON string; else {"runs": [string or {"text","marks":[…],"href","mathml"}], "lang"}.
Json to_json(const RichText& text);
Result<RichText> rich_text_from_json(const Json& json);

}  // namespace colophon::bib
