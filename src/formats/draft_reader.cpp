// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/draft_reader.hpp"

#include <algorithm>
#include <array>

#include "formats/bibtex/reader.hpp"
#include "formats/csl/reader.hpp"
#include "formats/nbib/reader.hpp"
#include "formats/refer/reader.hpp"
#include "formats/ris/reader.hpp"

#include <fmt/format.h>

namespace colophon::formats {
namespace {

class Bibtex : public DraftReader {
 public:
  explicit Bibtex(std::string_view bytes) : reader_(bytes) {}
  bool next(Draft& out) override { return reader_.next(out); }
  std::vector<Diagnostic> take_diagnostics() override { return reader_.take_diagnostics(); }

 private:
  BibtexReader reader_;
};

template <class Reader>
std::unique_ptr<DraftReader> open(std::string_view bytes) {
  return std::make_unique<Reader>(bytes);
}

struct Row {
  Format format;
  std::unique_ptr<DraftReader> (*open)(std::string_view bytes);
  std::string_view beginning;  ///< how an entry of the format begins, for the message
};
constexpr std::array kReaders = {
    Row{Format::bibtex, open<Bibtex>, "an entry begins with @article{key,"},
    Row{Format::ris, open<RisReader>, "an entry begins with a line “TY  - JOUR”"},
    Row{Format::nbib, open<NbibReader>, "an entry begins with a line “PMID- 12345678”"},
    Row{Format::csl_json, open<CslReader>, "a file is a list of items: [{\"id\": …, \"type\": …}]"},
    Row{Format::refer, open<ReferReader>, "an entry begins with a line “%0 Journal Article”"},
};

const Row& reader_of(Format format) {
  const auto found = std::ranges::find(kReaders, format, &Row::format);
  COLOPHON_ASSERT(found != kReaders.end());
  return *found;
}

}  // namespace

std::unique_ptr<DraftReader> open_reader(Format format, std::string_view bytes) { return reader_of(format).open(bytes); }

Extraction read_text(Format format, std::string_view bytes) {
  const std::string prefix(row(format).name);
  Extraction out;
  if (bytes.size() >= UINT32_MAX) {
    out.outcome = Outcome::too_large;
    out.diagnostics.push_back({Severity::error, prefix + ".too-large", "the file is longer than 4 GiB", "split it", {}});
    return out;
  }
  const std::unique_ptr<DraftReader> reader = open_reader(format, bytes);
  for (Draft draft; reader->next(draft);) out.drafts.push_back(std::move(draft));
  out.diagnostics = reader->take_diagnostics();
  const bool lost = std::ranges::any_of(out.diagnostics, [](const Diagnostic& d) { return d.severity == Severity::error; });
  if (lost) out.outcome = Outcome::partial;
  if (out.drafts.empty()) {
    out.outcome = Outcome::damaged;
    out.diagnostics.push_back({Severity::error,
                               prefix + ".no-entry",
                               fmt::format("no entry of {} was found", row(format).label),
                               std::string(reader_of(format).beginning),
                               {}});
  }
  return out;
}

}  // namespace colophon::formats
