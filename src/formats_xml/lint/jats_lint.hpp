// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/zero_ended.hpp"
#include "formats/draft.hpp"

namespace colophon::formats_xml {

/// Looks at a JATS file (or one of NLM's tag sets before it) as `colophon lint` does: whether it is sound XML, valid by its DTD, and follows the
/// recommendations that JATS4R gives. The extraction holds findings only, in the order of their places; their codes are rules of
/// formats/lint.hpp. Columns count the bytes of a line after named characters became characters.
///
/// The DTDs are part of the program, and nothing else is ever loaded: the loader that reading installs finds nothing but while one of
/// them is parsed. A file that names none, or one that is not held, is compared with the nearest one, with a note that says which.
/// Outcomes as of read_jats(); the same limits. Thread-compatible: one document at a time in a process that also reads.
formats::Extraction lint_jats(ZeroEnded bytes);

}  // namespace colophon::formats_xml
