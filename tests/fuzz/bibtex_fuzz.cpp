// SPDX-License-Identifier: GPL-3.0-or-later
// uses: formats
// Any bytes: the chunks tile the file, the reader survives, its drafts travel as JSON, what is written can be read again, and the
// time stays linear: 10 s of CPU a MB under sanitizers, which is more than 1 MB/s without them.
#include <cstdint>
#include <ctime>
#include <string>

#include "base/error.hpp"
#include "formats/bibtex/reader.hpp"
#include "formats/bibtex/splitter.hpp"
#include "formats/bibtex/writer.hpp"
#include "formats/csl_json.hpp"

namespace {

using namespace colophon;

void check_tiling(std::string_view bytes) {
  std::size_t at = 0;
  for (const formats::bibtex::Chunk& chunk : formats::bibtex::split(bytes)) {
    COLOPHON_ASSERT(chunk.begin == at && chunk.end > at);
    at = chunk.end;
  }
  COLOPHON_ASSERT(at == bytes.size());
}

void check_writers(const formats::Draft& draft) {
  const std::string entry = formats::write_bibtex(draft.work, "key");
  const formats::Extraction again = formats::read_bibtex(entry);
  COLOPHON_ASSERT(again.drafts.size() == 1 && again.drafts[0].local_id == "key");
  COLOPHON_ASSERT(formats::from_csl(formats::to_csl(draft.work, draft.local_id)).has_value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  check_tiling(bytes);
  const std::clock_t start = std::clock();
  const formats::Extraction read = formats::read_bibtex(bytes);
  const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  COLOPHON_ASSERT(seconds < 0.2 + static_cast<double>(size) * 10e-6);
  for (const formats::Draft& draft : read.drafts) {
    COLOPHON_ASSERT(draft.end <= size && draft.begin <= draft.end);
    check_writers(draft);
  }
  return 0;
}
