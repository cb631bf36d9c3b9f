// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/fail_stop.hpp"

#include "formats/wire.hpp"

#include <unistd.h>

#ifdef COLOPHON_TCMALLOC
#include <new>

#include <gperftools/tcmalloc.h>
#endif

namespace colophon::extract {

#ifdef COLOPHON_TCMALLOC
bool memory_is_limited() { return true; }

void stop_when_out_of_memory() {
  std::set_new_handler([] { ::_exit(formats::kExitOutOfMemory); });
  tc_set_new_mode(1);  // a failing malloc calls the handler, too
}
#else
// A sanitizer's shadow does not fit into RLIMIT_AS.
bool memory_is_limited() { return false; }
void stop_when_out_of_memory() {}
#endif

}  // namespace colophon::extract
