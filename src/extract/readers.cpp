// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/readers.hpp"

#include <algorithm>
#include <array>

#include "extract/languages.hpp"
#include "formats/wire.hpp"
#include "formats_office/xlsx_reader.hpp"
#include "formats_pdf/pdf_reader.hpp"
#include "formats_xml/endnote_reader.hpp"
#include "formats_xml/jats_reader.hpp"
#include "formats_xml/lint/jats_lint.hpp"

namespace colophon::extract {
namespace {

struct Reader {
  formats::Format format;
  void (*init)();
  formats::Extraction (*read)(ZeroEnded bytes);
};

// A second reading for the few articles that bring their reviews with them.
formats::Extraction read_jats(ZeroEnded bytes) {
  formats::Extraction out = formats_xml::read_jats(bytes);
  const bool left_out = std::ranges::find(out.diagnostics, "jats.review-left-out", &Diagnostic::code) != out.diagnostics.end();
  if (left_out && !out.drafts.empty()) out.drafts[0].reviews = formats_xml::read_peer_reviews(bytes).reviews;
  return out;
}

constexpr std::array kReaders = {
    Reader{formats::Format::jats, formats_xml::init_xml, read_jats},
    Reader{formats::Format::endnote, formats_xml::init_xml, formats_xml::read_endnote},
    Reader{formats::Format::pdf, formats_pdf::init_pdf, [](ZeroEnded bytes) { return formats_pdf::read_pdf(bytes); }},
    Reader{formats::Format::xlsx, formats_office::init_office, [](ZeroEnded bytes) { return formats_office::read_xlsx(bytes); }},
};

}  // namespace

void init_readers() {
  for (const Reader& reader : kReaders) reader.init();
  for (const formats::Canary& canary : formats::kCanaries) (void)read(canary.format, canary.document);
}

namespace {

formats::Extraction unsupported(std::string message) {
  formats::Extraction out;
  out.outcome = formats::Outcome::unsupported;
  out.diagnostics.push_back({Severity::error, "extract.unsupported", std::move(message), "", {}});
  return out;
}

}  // namespace

formats::Extraction lint(formats::Format format, ZeroEnded bytes) {
  return format == formats::Format::jats ? formats_xml::lint_jats(bytes) : unsupported("there is no linter for this format");
}

formats::Extraction read(formats::Format format, ZeroEnded bytes) {
  for (const Reader& reader : kReaders) {
    if (reader.format != format) continue;
    formats::Extraction out = reader.read(bytes);
    fill_languages(out);
    return out;
  }
  return unsupported("there is no reader for this format");
}

}  // namespace colophon::extract
