// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/convert.hpp"

#include <algorithm>
#include <unordered_set>

#include "base/digest.hpp"
#include "base/io.hpp"
#include "base/text.hpp"
#include "formats/bibtex/writer.hpp"
#include "formats/citation_key.hpp"
#include "formats/draft_reader.hpp"
#include "formats/writer.hpp"
#include "ingest/mapped.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace colophon::app {
namespace {

using bib::FieldId;
using formats::Draft;
using formats::Format;

constexpr std::size_t kHeadBytes = 4096;
constexpr std::uint64_t kLargest = UINT32_MAX - 1;

bool is_key(std::string_view text) {
  const auto fits = [](char c) {
    return is_ascii_alpha(c) || is_ascii_digit(c) || std::string_view("-_:.+").find(c) != std::string_view::npos;
  };
  return !text.empty() && text.size() <= 100 && std::ranges::all_of(text, fits) && std::ranges::any_of(text, is_ascii_alpha);
}

// An input as an open file of a known size: what comes through a pipe is put into a file without a name first.
struct Input {
  Fd fd;
  std::uint64_t size = 0;
};

Result<Input> spooled(int from, const std::filesystem::path& path) {
  const std::filesystem::path folder = std::filesystem::temp_directory_path();
  Input out;
  out.fd = Fd(::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
  if (!out.fd) return std::unexpected(io_error(errno, "no temporary file can be made in", folder));
  std::string buffer(std::size_t{1} << 20, '\0');
  while (true) {
    const ssize_t n = ::read(from, buffer.data(), buffer.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return std::unexpected(io_error(errno, "cannot read", path));
    if (n == 0) return out;
    TRY(write_all(out.fd.get(), std::string_view(buffer).substr(0, static_cast<std::size_t>(n))));
    out.size += static_cast<std::uint64_t>(n);
  }
}

Result<Input> opened(const std::filesystem::path& path, int standard_input) {
  if (path == "-") return spooled(standard_input, path);
  TRY_ASSIGN(Fd fd, open_read(path));
  struct stat status{};
  if (fstat(fd.get(), &status) != 0) return std::unexpected(io_error(errno, "cannot read", path));
  if (S_ISDIR(status.st_mode))
    return fail(Errc::invalid, "this is a folder", "name its files: " + (path / "*.bib").string(), path.string());
  if (!S_ISREG(status.st_mode)) return spooled(fd.get(), path);
  return Input{std::move(fd), static_cast<std::uint64_t>(status.st_size)};
}

class Converter {
 public:
  Converter(const ConvertRequest& request,
            const ConvertObserver& observer,
            const std::function<Status(std::string_view)>& write,
            const formats::WriterRow& writer)
      : request_(request), observer_(observer), write_(write), writer_(writer) {}

  Result<ConvertCounts> run() {
    TRY(write_(writer_.begin));
    for (const std::filesystem::path& path : request_.inputs) {
      ++counts_.inputs;
      path_ = path == "-" ? "standard input" : path.string();
      if (Status status = take(path); !status) {
        if (broken_) return std::unexpected(status.error());
        ++counts_.failed;
        Error error = status.error();
        if (error.where.empty()) error.where = path_;
        if (observer_.failed) observer_.failed(error);
      }
      if (stopped()) break;
    }
    TRY(write_(writer_.end));
    counts_.interrupted = stopped();
    return counts_;
  }

 private:
  bool stopped() const { return request_.stop && request_.stop->load(); }

  // Errors of the output end everything, those of an input only that input.
  Status put(std::string_view bytes) {
    Status status = write_(bytes);
    broken_ = broken_ || !status;
    return status;
  }

  void tell(std::vector<Diagnostic> diagnostics) {
    for (Diagnostic& d : diagnostics) {
      if (d.severity == Severity::error) ++counts_.lost;
      d.at.path = path_;
      if (observer_.diagnostic) observer_.diagnostic(d);
    }
  }

  Status take(const std::filesystem::path& path) {
    TRY_ASSIGN(const Input input, opened(path, request_.standard_input));
    if (input.size > kLargest) return fail(Errc::invalid, "the file is longer than 4 GiB", "split it", path_);
    const ingest::Mapped mapped(input.fd.get(), input.size);
    if (!mapped.ok()) return fail(Errc::io, "the file cannot be mapped into memory", "close other programs and try again", path_);
    format_ = request_.from.value_or(formats::sniff(mapped.bytes().substr(0, kHeadBytes)));
    if (format_ == Format::unknown)
      return fail(Errc::invalid,
                  fmt::format("not recognised: this is {}", formats::describe_unknown(mapped.bytes().substr(0, kHeadBytes))),
                  formats::readable_formats() + " can be converted; --from says which it is", path_);
    if (format_ == Format::csv || format_ == Format::xlsx)
      return fail(Errc::invalid, "a spreadsheet has columns that need names first",
                  "bring it into a library with “colophon import”, and export from there", path_);
    if (formats::row(format_).read_in == formats::ReadIn::worker) return take_document(input);
    return take_text(mapped.bytes());
  }

  // XML and PDF: read in colophon-extract.
  Status take_document(const Input& input) {
    if (!worker_) {
      Result<ingest::Worker> started = ingest::Worker::start(request_.limits, request_.extract_program);
      if (!started) return std::unexpected(started.error());
      worker_ = std::move(*started);
    }
    TRY_ASSIGN(formats::Extraction read, worker_->extract(format_, input.fd.get(), input.size));
    const bool good = read.outcome == formats::Outcome::ok || read.outcome == formats::Outcome::partial;
    if (!good || read.drafts.empty()) return nothing(std::move(read.diagnostics), formats::name(read.outcome));
    for (const Draft& draft : read.drafts) TRY(write_draft(draft));
    tell(std::move(read.diagnostics));
    return {};
  }

  Status nothing(std::vector<Diagnostic> diagnostics, std::string_view outcome) {
    const auto why = std::ranges::max_element(diagnostics, {}, &Diagnostic::severity);
    if (why == diagnostics.end()) return fail(Errc::invalid, "nothing can be read: " + std::string(outcome), "", path_);
    why->at.path = path_;
    return fail(Errc::invalid, why->message, why->hint, to_string(why->at));
  }

  bool stays_as_it_is(std::string_view bytes) const {
    const bool utf16 = bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
    return request_.source == Source::keep && format_ == Format::bibtex && writer_.name == "bibtex" &&
           (!utf16 || request_.inputs.size() == 1);
  }

  Status take_text(std::string_view bytes) {
    const bool as_it_is = stays_as_it_is(bytes);
    const std::unique_ptr<formats::DraftReader> reader = formats::open_reader(format_, bytes);
    std::size_t entries = 0;
    for (Draft draft; !stopped() && reader->next(draft); ++entries) {
      if (!as_it_is) TRY(write_draft(draft));
      tell(reader->take_diagnostics());
    }
    std::vector<Diagnostic> rest = reader->take_diagnostics();
    if (entries == 0 && !as_it_is) return nothing(std::move(rest), "no entry of " + std::string(formats::row(format_).label));
    tell(std::move(rest));
    return as_it_is ? copy(bytes, entries) : Status{};
  }

  // Files one behind the other, each on a line of its own.
  Status copy(std::string_view bytes, std::size_t entries) {
    if (written_ && bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    if (written_ && last_ != '\n') TRY(put("\n"));
    if (!bytes.empty()) last_ = bytes.back();
    written_ = written_ || !bytes.empty();
    counts_.entries += entries;
    return put(bytes);
  }

  Status write_draft(const Draft& draft) {
    if (written_) TRY(put(last_ == '\n' || writer_.name != "bibtex" ? writer_.between : "\n\n"));
    written_ = true;
    last_ = '\n';
    ++counts_.entries;
    for (const bib::Statement& s : draft.work.statements()) {
      if (s.field != FieldId::citation_key && !writer_.holds(draft.work.type, s.field, s.value)) ++counts_.left_out[s.field];
    }
    const std::string id = id_of(draft);
    if (writer_.works == formats::Holds::one && observer_.next) {
      if (Status status = observer_.next(id); !status) return broken_ = true, status;
    }
    formats::WrittenItem item = writer_.write({&draft.work, id, draft.body ? &*draft.body : nullptr});
    tell(std::move(item.diagnostics));
    return put(item.text);
  }

  // What the source calls the work, or a key of our own that no other has.
  std::string id_of(const Draft& draft) {
    std::string id = draft.work.text(FieldId::citation_key);
    const bool own_id = format_ == Format::csl_json && (writer_.name == "csl-json" || is_key(draft.local_id));
    if (id.empty() && own_id) id = draft.local_id;
    if (!id.empty()) {
      ids_.insert(fnv1a(id));
      return id;
    }
    const std::string made = formats::citation_key(draft.work);
    id = made;
    for (std::size_t n = 0; !ids_.insert(fnv1a(id)).second; ++n) id = made + formats::key_suffix(n + 1);
    return id;
  }

  const ConvertRequest& request_;
  const ConvertObserver& observer_;
  const std::function<Status(std::string_view)>& write_;
  const formats::WriterRow& writer_;
  ConvertCounts counts_;
  std::optional<ingest::Worker> worker_;
  std::string path_;
  Format format_ = Format::unknown;
  std::unordered_set<std::uint64_t> ids_;
  bool written_ = false, broken_ = false;
  char last_ = '\n';
};

}  // namespace

Result<ConvertCounts> convert(const ConvertRequest& request,
                              const ConvertObserver& observer,
                              const std::function<Status(std::string_view)>& write) {
  TRY_ASSIGN(const formats::WriterRow writer, formats::writer_of(request.to));
  return Converter(request, observer, write, writer).run();
}

}  // namespace colophon::app
