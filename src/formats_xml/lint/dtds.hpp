// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace colophon::formats_xml {

enum class TagSet : std::uint8_t { archiving, publishing };

/// A DTD that is part of the program.
struct Dtd {
  std::string_view public_id;
  std::string_view path;  ///< of dtd_file()
  std::string_view name;  ///< "JATS 1.3 archiving with MathML 3"
  std::string_view version;
  TagSet tags;
  bool mathml3, oasis;
};
std::span<const Dtd> dtds();

/// What a file says of its DTD.
struct Doctype {
  std::string root, public_id, system_id;
  std::string version;  ///< dtd-version of the root
  std::uint32_t line = 0;
  bool named() const { return !public_id.empty() || !system_id.empty(); }
};
/// Of a whole file in any encoding that prepare_xml() reads; only its head is looked at.
Doctype doctype_of(std::string_view bytes);

/// The DTD of a file, or the nearest one: of its tag set, table model, MathML and version, as far as the identifiers and dtd-version say;
/// else archiving, the newest. `exact`: it is the one that the file names, or the one that its address or dtd-version stands for.
struct Choice {
  const Dtd* dtd = nullptr;
  bool exact = false;
};
Choice choose_dtd(const Doctype& doctype);

}  // namespace colophon::formats_xml
