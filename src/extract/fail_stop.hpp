// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace colophon::extract {

/// From here on an allocation that fails, by malloc or by new, ends the process with kExitOutOfMemory: libraries that run into a memory limit
/// otherwise report success with text missing. For a child that has forked, before it reads its document.
void stop_when_out_of_memory();
/// False under sanitizers, which bring their own allocator and more address space than any limit.
bool memory_is_limited();

}  // namespace colophon::extract
