// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/zero_ended.hpp"
#include "formats/draft.hpp"
#include "formats/format.hpp"

namespace colophon::extract {

/// Loads and warms up the libraries of all readers, so that a locked-down child opens nothing for the first time.
void init_readers();
/// Reads a document with the reader of its format and fills in languages that the source does not name. Outcome unsupported for a
/// format without a reader here.
formats::Extraction read(formats::Format format, ZeroEnded bytes);
/// What the linter of its format says of a document. Outcome unsupported for a format without a linter here.
formats::Extraction lint(formats::Format format, ZeroEnded bytes);

}  // namespace colophon::extract
