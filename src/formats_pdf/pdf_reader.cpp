// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats_pdf/pdf_reader.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "formats_pdf/file.hpp"
#include "formats_pdf/front_matter.hpp"
#include "formats_pdf/layout.hpp"
#include "formats_pdf/lines.hpp"

namespace colophon::formats_pdf {
namespace {

using formats::Extraction;
using formats::Outcome;

constexpr std::uint32_t kMaxPages = 2'000;
constexpr std::size_t kMaxRemarks = 10;
constexpr std::size_t kLeastText = 8;  // letters and digits of a whole file: less is a stamp or a page number

Extraction refused(Outcome outcome, std::string code, std::string message, std::string hint) {
  Extraction out;
  out.outcome = outcome;
  out.diagnostics.push_back({Severity::error, std::move(code), std::move(message), std::move(hint), {}});
  return out;
}

Extraction cannot_open(OpenFailure failure) {
  if (failure == OpenFailure::encrypted) {
    return refused(Outcome::encrypted, "pdf.encrypted", "the file can only be read with its password",
                   "save a copy without password and add that");
  }
  return refused(Outcome::damaged, "pdf.damaged", "this is no readable PDF file: its table of pages is missing or broken",
                 "save the file anew from the program that made it, or fetch it again");
}

Extraction without_text(bool scanned, bool form) {
  if (scanned)
    return refused(Outcome::no_text, "pdf.scan", "the pages are pictures without text",
                   "run text recognition (OCR) on the file and add the result");
  if (form)
    return refused(Outcome::no_text, "pdf.form", "the file is a form whose pages hold no text",
                   "print it to a new PDF with its fields filled in");
  return refused(Outcome::no_text, "pdf.empty", "the pages hold no text", "check that this is the right file");
}

Extraction without_text_at(Extraction out, const std::vector<Remark>& remarks) {
  // Nothing came and Poppler complained: the file is broken rather than empty.
  if (remarks.empty()) return out;
  out.diagnostics.front().message += "; parts of the file are damaged";
  return out;
}

std::size_t letters_in(const PageLines& page) {
  std::size_t count = 0;
  for (const Line& line : page.lines) {
    for (std::size_t at = 0; at < line.text.size();) {
      const char32_t c = next_code_point(line.text, at);
      if (c >= 0x80 || is_ascii_digit(static_cast<char>(c)) || is_ascii_alpha(static_cast<char>(c))) ++count;
    }
  }
  return count;
}

void report(const std::vector<Remark>& remarks, Extraction& out) {
  if (!remarks.empty()) out.outcome = Outcome::partial;
  for (const Remark& remark : remarks) {
    if (out.diagnostics.size() == kMaxRemarks) {
      out.diagnostics.push_back({Severity::warning,
                                 "pdf.damaged-page",
                                 std::to_string(remarks.size() - kMaxRemarks) + " more pages are damaged",
                                 "",
                                 {}});
      return;
    }
    const std::string what = remark.page ? "parts of this page may be missing: the file is damaged here"
                                         : "the file's structure is damaged; what could be found was read";
    out.diagnostics.push_back({Severity::warning,
                               remark.page ? "pdf.damaged-page" : "pdf.damaged-structure",
                               what + " (" + remark.text + ")",
                               "compare with the original and save the file anew",
                               {{}, 0, 0, remark.page}});
  }
}

bool is_scan_among_text(const PageLines& page, bool image) { return image && letters_in(page) < kLeastText; }

void report_scans(const std::vector<std::uint32_t>& scans, Extraction& out) {
  if (scans.empty()) return;
  out.outcome = Outcome::partial;
  out.diagnostics.push_back({Severity::warning,
                             "pdf.scan",
                             std::to_string(scans.size()) + " of the pages are pictures without text, the first is this one",
                             "run text recognition (OCR) on the file and add the result",
                             {{}, 0, 0, scans.front()}});
}

}  // namespace

void init_pdf() { init_poppler(); }

Extraction read_pdf(std::string_view bytes) {
  std::expected<File, OpenFailure> file = File::open(bytes);
  if (!file) return cannot_open(file.error());
  const About about = file->about();
  const std::uint32_t count = std::min(file->page_count(), kMaxPages);
  std::vector<PageLines> pages;
  std::vector<std::uint32_t> scans;
  std::size_t letters = 0;
  for (std::uint32_t number = 1; number <= count; ++number) {
    const RawPage raw = file->page(number);
    pages.push_back({number, raw.width, raw.height, raw.label, lines_of(raw, file->fonts()), {}});
    letters += letters_in(pages.back());
    if (is_scan_among_text(pages.back(), raw.has_image)) scans.push_back(number);
  }
  if (letters < kLeastText) return without_text_at(without_text(!scans.empty(), about.has_form), file->remarks());
  mark_furniture(pages);
  Extraction out;
  formats::Draft draft;
  bib::Document body;
  body.pages = file->page_count();
  for (const PageLines& page : pages) body.sections.push_back(section_of(page));
  draft.work = front_matter({about, pages, file->links(1), file->page_count()});
  draft.body = std::move(body);
  out.drafts.push_back(std::move(draft));
  report(file->remarks(), out);
  report_scans(scans, out);
  if (file->page_count() > kMaxPages) {
    out.outcome = Outcome::partial;
    out.diagnostics.push_back({Severity::warning,
                               "pdf.too-many-pages",
                               "only the first " + std::to_string(kMaxPages) + " pages were read",
                               "split the file",
                               {{}, 0, 0, kMaxPages + 1}});
  }
  return out;
}

}  // namespace colophon::formats_pdf
