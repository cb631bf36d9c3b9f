// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/rekey.hpp"

#include "base/text.hpp"
#include "formats/format.hpp"

#include <fmt/format.h>

namespace colophon::app {

Result<formats::KeyPattern> key_pattern(std::string_view text) {
  Result<formats::KeyPattern> out = formats::KeyPattern::parse(text);
  if (!out) return fail(Errc::usage, out.error().message, out.error().hint, out.error().where);
  return out;
}

Result<formats::Rekeyed> rekey(std::string_view text,
                               const formats::KeyPattern& pattern,
                               formats::Keys which,
                               const std::string& name) {
  const std::string_view head = text.substr(0, 4096);
  if (formats::sniff(head) != formats::Format::bibtex && !name.ends_with(".bib"))
    return fail(Errc::invalid, "this is no BibTeX file", "keys are changed in BibTeX and BibLaTeX files", name);
  Result<formats::Rekeyed> out = formats::rekey_bibtex(text, pattern, which);
  if (!out) out.error().where = name;
  return out;
}

}  // namespace colophon::app
