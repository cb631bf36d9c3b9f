// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <cstdint>
#include <string_view>

#include "base/zero_ended.hpp"
#include "formats/format.hpp"

namespace colophon::formats {

/// The protocol between colophon and colophon-extract, over a SOCK_SEQPACKET pair given to the worker as descriptor 3.
///
///   parent → zygote   Request, with two descriptors (SCM_RIGHTS): the document (read-only, size bytes) and a pipe's write end
///   child  → pipe     ReplyHeader, then `length` bytes: the Extraction as JSON (see draft.hpp)
///   zygote → parent   Ended: how the child ended (wait status), after it was reaped
///
/// The zygote forks one child a document, under rlimits; it never reads a document itself. Three clocks, each for when the one
/// before fails: the child's own alarm (Request::wall_ms), the zygote's (kZygoteGraceMs later), the parent's (kParentGraceMs
/// later), which kills the zygote and its group. The zygote leaves when the control socket closes. All integers are in host order: both ends run on one machine, from one build (kWireVersion).
inline constexpr std::uint32_t kWireVersion = 2;
inline constexpr int kControlDescriptor = 3;

/// What is wanted of a document: its drafts, or what the linter says of it (an Extraction of diagnostics only).
enum class Task : std::uint32_t { read, lint };

struct Request {
  std::uint32_t version = kWireVersion;
  std::uint32_t format = 0;  ///< a Format
  std::uint32_t task = 0;    ///< a Task
  std::uint32_t reserved = 0;
  std::uint64_t id = 0;
  std::uint64_t size = 0;  ///< bytes of the document
  std::uint32_t cpu_seconds = 10;
  std::uint32_t wall_ms = 20'000;
  std::uint64_t memory_bytes = std::uint64_t{1} << 30;
  std::uint64_t output_bytes = std::uint64_t{64} << 20;
};

struct ReplyHeader {
  std::uint32_t version = kWireVersion;
  std::uint32_t reserved = 0;
  std::uint64_t id = 0;
  std::uint64_t length = 0;
};

struct Ended {
  std::uint64_t id = 0;
  std::int32_t wait_status = 0;  ///< as from waitpid
  std::int32_t timed_out = 0;
};

/// Exit codes of a child that could not answer; anything else but 0 is a crash.
inline constexpr int kExitOutOfMemory = 70;
inline constexpr int kExitTooMuchOutput = 71;
/// Exit code of a zygote that was asked in another version of the protocol.
inline constexpr int kExitOtherVersion = 72;

inline constexpr std::uint32_t kZygoteGraceMs = 1'000;
inline constexpr std::uint32_t kParentGraceMs = 3'000;

/// Not a format: the document is the name of a misdeed (extract/misdeeds.hpp) that the child commits. For tests; answered only by a
/// zygote that was started with COLOPHON_EXTRACT_TEST=1.
inline constexpr auto kTestFormat = Format{255};

/// A document that each zygote reads before its first real one, and words that must come out: libraries under lock-down can turn
/// errors into empty successes.
struct Canary {
  Format format;
  ZeroEnded document;
  std::string_view expected;
};

/// A workbook of one cell: ZIP is binary, made by Python's zipfile, its parts deflated.
inline constexpr char kCanaryWorkbook[] =  // NOLINT(cppcoreguidelines-avoid-c-arrays): its size counts the zeros in it
    "PK\003\004\024\000\000\000\010\000\000\000!\000u\203'\251A\000\000\000\077\000\000\000\013\000\000\000_rels/"
    ".rels\263)\262\263\011J\315I,\311\314\317+\316\310,P\010\251,H\265U\322\317OK\313LNu\311O.\315M\315+QR\010I,"
    "JO-\261U\252\310\321O\324\253\310\315Q\322\267\263\321/\262\003\000PK\003\004\024\000\000\000\010\000\000"
    "\000!\000\036\241\204\0132\000\000\000C\000\000\000\010\000\000\000xl/a.xml\263)\317/\312N\312\317\317\266"
    "\263)\316HM-)\206\322\012y\211\271\251\266J\316\211y\211E\225J\012\231)\266J\211J\372v6\3720U\372p\215\000PK"
    "\003\004\024\000\000\000\010\000\000\000!\000\303\310KKB\000\000\000I\000\000\000\023\000\000\000xl/_rels/a."
    "xml.rels\263)\262\263\011J\315I,\311\314\317+\316\310,P\360L\261UJTR\010\251,H\265U\322/\317/\312.\316HM-"
    "\001\212$\026\245\247\226\330*\301\205\212\365\023\365*rs\224\364\355l\364\213\354\000PK\003\004\024\000\000"
    "\000\010\000\000\000!\0005\010\316\025L\000\000\000d\000\000\000\023\000\000\000xl/worksheets/a.xml\263)\317"
    "/\312.\316HM-\261\263\001S.\211%\211v6E\371\345v6\311\012%\266J\305%EJv6ev\216\012\311\211y\211E\225\012\305"
    "\231y\351\305@N\332\341\225z6\372ev6\372\311@\014\326\240\217d\202>\302`\000PK\001\002\024\003\024\000\000"
    "\000\010\000\000\000!\000u\203'\251A\000\000\000\077\000\000\000\013\000\000\000\000\000\000\000\000\000\000"
    "\000\200\001\000\000\000\000_rels/.relsPK\001\002\024\003\024\000\000\000\010\000\000\000!\000\036\241\204"
    "\0132\000\000\000C\000\000\000\010\000\000\000\000\000\000\000\000\000\000\000\200\001j\000\000\000xl/a.xmlP"
    "K\001\002\024\003\024\000\000\000\010\000\000\000!\000\303\310KKB\000\000\000I\000\000\000\023\000\000\000"
    "\000\000\000\000\000\000\000\000\200\001\302\000\000\000xl/_rels/a.xml.relsPK\001\002\024\003\024\000\000"
    "\000\010\000\000\000!\0005\010\316\025L\000\000\000d\000\000\000\023\000\000\000\000\000\000\000\000\000\000"
    "\000\200\0015\001\000\000xl/worksheets/a.xmlPK\005\006\000\000\000\000\004\000\004\000\361\000\000\000\262"
    "\001\000\000\000\000";

inline constexpr std::array kCanaries = {
    Canary{Format::pdf,
           "%PDF-1.4\n"
           "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
           "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
           "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 100]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
           "4 0 obj<</Length 51>>stream\n"
           "BT /F 12 Tf 20 50 Td (A canary sings caf\\351.) Tj ET \n"
           "endstream endobj\n"
           "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>endobj\n"
           "trailer<</Root 1 0 R/Size 6>>\n%%EOF\n",
           "A canary sings caf\u00e9."},
    Canary{Format::jats,
           "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n"
           "<article><front><article-meta><title-group><article-title>Canary</article-title></title-group></article-meta></front>"
           "<body><sec><title>Song</title><p>A canary sings caf\351.</p></sec></body></article>\n",
           "A canary sings caf\u00e9."},
    Canary{Format::xlsx, ZeroEnded::promised({kCanaryWorkbook, sizeof kCanaryWorkbook - 1}), "A canary sings caf\u00e9."},
};

}  // namespace colophon::formats
