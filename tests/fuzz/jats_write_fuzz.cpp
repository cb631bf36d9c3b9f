// SPDX-License-Identifier: GPL-3.0-or-later
// uses: formats_xml
// The JATS writer on whatever the reader makes of any bytes: what is written is well-formed and, of some, valid; reading it gives the
// record back; and once written and read, text and record stay as they are.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "formats/jats/writer.hpp"
#include "formats_xml/jats_reader.hpp"
#include "formats_xml/lint/jats_lint.hpp"

namespace {

using namespace colophon;
using formats::jats::Style;
using formats::jats::TagSet;
using formats::jats::Version;

constexpr Style kStyles[] = {{Version::v1_3, TagSet::archiving},
                             {Version::v1_4, TagSet::archiving},
                             {Version::v1_3, TagSet::publishing},
                             {Version::v1_4, TagSet::publishing}};
constexpr std::size_t kValidated = 64;  // of so many inputs one is held against the DTD, which costs more than all else

[[noreturn]] void stop(const char* why, const std::string& xml) {
  std::fprintf(stderr, "%s\n%s\n", why, xml.c_str());
  std::abort();
}

std::string written(const formats::Draft& draft, Style style) {
  return formats::write_jats(draft.work, draft.body ? &*draft.body : nullptr, style).xml;
}

// The values of all fields; further fields in no order.
std::vector<std::string> values_of(const bib::Work& work) {
  std::vector<std::string> out, extras;
  for (const bib::Statement& s : work.statements())
    (s.field == bib::FieldId::extra ? extras : out).push_back(std::string(bib::name(s.field)) + bib::to_json(s.value).dump());
  std::ranges::sort(extras);
  out.insert(out.end(), extras.begin(), extras.end());
  return out;
}

void try_style(const formats::Draft& draft, Style style, bool validated) {
  const std::string xml = written(draft, style);
  const formats::Extraction read = formats_xml::read_jats(xml);
  if (read.outcome == formats::Outcome::too_large) return;
  if (read.outcome != formats::Outcome::ok || read.drafts.size() != 1) stop("is not read", xml);
  if (values_of(read.drafts[0].work) != values_of(draft.work) || read.drafts[0].work.type != draft.work.type)
    stop("the record does not come back", xml);
  const std::string again = written(read.drafts[0], style);
  const formats::Extraction reread = formats_xml::read_jats(again);
  if (reread.outcome == formats::Outcome::too_large) return;
  if (reread.drafts.size() != 1 || reread.drafts[0].body != read.drafts[0].body)
    stop("the text does not stay", xml + "\n===\n" + again);
  if (!validated) return;
  for (const Diagnostic& d : formats_xml::lint_jats(xml).diagnostics) {
    if (d.severity == Severity::error && !d.code.starts_with("xml.")) stop(d.message.c_str(), xml);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  for (const formats::Draft& draft : formats_xml::read_jats(bytes).drafts) {
    const bool validated = std::hash<std::string>{}(bytes) % kValidated == 0;
    try_style(draft, kStyles[size % std::size(kStyles)], validated);
  }
  return 0;
}
