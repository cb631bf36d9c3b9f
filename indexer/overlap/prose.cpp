// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/overlap/prose.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "indexer/terms.hpp"

namespace colophon::indexer {
namespace {

// As fold_key() has them.
constexpr std::array<std::string_view, 22> kHeadings = {"references",
                                                        "reference list",
                                                        "list of references",
                                                        "bibliography",
                                                        "works cited",
                                                        "literature cited",
                                                        "literature",
                                                        "literatur",
                                                        "literaturverzeichnis",
                                                        "quellen",
                                                        "referencias",
                                                        "referencias bibliograficas",
                                                        "bibliografia",
                                                        "obras citadas",
                                                        "literatura citada",
                                                        "bibliographie",
                                                        "references bibliographiques",
                                                        "riferimenti bibliografici",
                                                        "letteratura",
                                                        "literatuur",
                                                        "bronnen",
                                                        "notes and references"};
// What follows a list of references and is text again.
constexpr std::array<std::string_view, 8> kResume = {"appendix", "annex", "supplement", "anhang",
                                                     "apendice", "anexo", "annexe",     "appendice"};

constexpr std::size_t kLongestHeading = 60;
// A table of contents and a remark "References" on the first page are no lists.
constexpr double kEarliest = 0.35;

// "7. References" and "REFERENCES:" are the heading, too.
std::string heading_key(std::string_view line) {
  std::string key = fold_key(line);
  const std::size_t letter = key.find_first_not_of("0123456789 ");
  return letter == std::string::npos ? std::string() : key.substr(letter);
}

bool is_reference_heading(std::string_view line) {
  return line.size() <= kLongestHeading && std::ranges::find(kHeadings, heading_key(line)) != kHeadings.end();
}
bool resumes(std::string_view line) {
  if (line.size() > kLongestHeading) return false;
  const std::string key = heading_key(line);
  return std::ranges::any_of(kResume, [&](std::string_view word) { return key.starts_with(word); });
}

template <class Is>
std::size_t line_at(std::string_view text, Is is) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = trim(text.substr(at, end - at));
    if (!line.empty() && is(line)) return at;
    at = end + 1;
  }
  return std::string_view::npos;
}

// Pages hold their list of references as any other text: it is cut out from its heading to an appendix or the end.
class ReferenceCutter {
 public:
  explicit ReferenceCutter(std::span<const bib::Passage> passages) {
    for (const bib::Passage& passage : passages) total_ += passage.text.size();
  }

  std::string cut(std::string_view text) {
    const std::size_t before = seen_;
    seen_ += text.size();
    if (inside_) return after_list(text);
    const std::size_t at = reference_list_at(text);
    if (at == std::string_view::npos || static_cast<double>(before + at) < kEarliest * static_cast<double>(total_))
      return std::string(text);
    inside_ = true;
    return std::string(text.substr(0, at)) + after_list(text.substr(at));
  }

 private:
  std::string after_list(std::string_view text) {
    const std::size_t at = line_at(text, resumes);
    if (at == std::string_view::npos) return {};
    inside_ = false;
    return std::string(text.substr(at));
  }

  std::size_t total_ = 0, seen_ = 0;
  bool inside_ = false;
};

bool is_text(const bib::Passage& passage) { return passage.kind != "record" && passage.kind != "reference"; }

}  // namespace

std::size_t reference_list_at(std::string_view text) { return line_at(text, is_reference_heading); }

std::vector<bib::Passage> prose_of(const bib::Work& record, std::span<const bib::Passage> passages) {
  std::vector<bib::Passage> out;
  if (record.has(bib::FieldId::abstract))
    out.push_back({0, "Abstract", "record", "", clean(record.text(bib::FieldId::abstract))});
  ReferenceCutter cutter(passages);
  for (const bib::Passage& passage : passages) {
    if (!is_text(passage) || is_reference_heading(passage.section)) continue;
    bib::Passage kept = passage;
    kept.text = clean(passage.kind == "page" || passages.size() == 1 ? cutter.cut(passage.text) : passage.text);
    if (!kept.text.empty()) out.push_back(std::move(kept));
  }
  return out;
}

}  // namespace colophon::indexer
