// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/digest.hpp"
#include "base/json.hpp"
#include "store/database.hpp"

namespace colophon::store {

/// One immutable fact: who did what to which thing, when. `stream` is the thing ("corpus", "people", a submission's number).
struct LedgerEvent {
  std::int64_t seq = 0;  ///< position in the library's history, from 1, without gaps
  std::string stream;
  std::int64_t version = 0;  ///< position in its stream, from 1, without gaps
  std::string kind;          ///< "added", "edited", "submitted" …
  Instant at;
  std::string actor;          ///< the person's handle, empty for the system user acting for the library
  std::string operator_name;  ///< the system user at the command line
  Json payload;               ///< null when it was erased
  Sha256 hash;
};

/// What is about to be recorded.
struct NewEvent {
  std::string stream;
  std::string kind;
  std::string actor;
  std::string operator_name;
  Json payload = Json::object();
};

/// The history of the library: append-only, hash-chained.
/// hash = SHA-256(previous hash ‖ canonical JSON of {seq, stream, version, kind, at, actor, operator, payload digest});
/// the payload digest is SHA-256(salt ‖ canonical payload) with 16 random bytes of salt, so that an erased payload cannot be guessed.
class Ledger {
 public:
  explicit Ledger(Database& db) : db_(db) {}

  /// Appends one event to its stream. `expected` is the stream's version that the writer saw: Errc::conflict when somebody was faster.
  Result<LedgerEvent> append(const NewEvent& event, Instant at, std::optional<std::int64_t> expected = {});
  std::int64_t version_of(std::string_view stream);
  std::vector<LedgerEvent> stream(std::string_view stream);
  /// The last events of all streams, newest first.
  std::vector<LedgerEvent> latest(std::size_t limit);
  /// Events of one kind above `after` in order, at most `limit`; of `parts` parts only one.
  std::vector<LedgerEvent> of_kind(
      std::string_view kind, std::int64_t after, std::size_t limit, std::size_t part = 0, std::size_t parts = 1);
  std::int64_t count_of_kind(std::string_view kind, std::int64_t after);
  /// 0 when there is none.
  std::int64_t last_of_kind(std::string_view kind);
  struct Head {
    std::int64_t seq = 0;
    Sha256 hash;
  };
  Head head();

  /// Recomputes the chain; says for each broken link which event it is and what does not fit. Empty when it is whole.
  std::vector<std::string> verify();

 private:
  Database& db_;
};

}  // namespace colophon::store
