// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "formats/wire.hpp"

namespace colophon::extract {

/// The life of one child: gives up what it does not need, takes the limits of the request, maps the document, reads it, answers on
/// `reply` (ReplyHeader and JSON) and exits. Dies with `zygote`, its parent. Exit codes as in formats/wire.hpp.
[[noreturn]] void read_one(const formats::Request& request, int document, int reply, int zygote);

}  // namespace colophon::extract
