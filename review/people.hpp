// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/strong.hpp"
#include "review/states.hpp"

namespace colophon::review {

/// A person's handle ("maria.silva"), the same in every event for ever; merging persons redirects, it never rewrites.
using PersonKey = Strong<struct PersonTag, std::string>;
/// A partner organisation's key ("iclei").
using PartnerKey = Strong<struct PartnerTag, std::string>;

/// What the machine needs to know about a person, at the time of the command.
struct Person {
  PersonKey key;
  std::string name;
  std::string email;
  RoleSet roles;                       ///< standing roles only
  std::vector<PartnerKey> member_of;   ///< partners they work for: such a reviewer is not "from outside"
  std::vector<PartnerKey> clears_for;  ///< partners whose clearance officer they are

  friend bool operator==(const Person&, const Person&) = default;
};

/// Who looks or acts: nobody (not signed in), a person with standing roles, or the clock. Roles on a submission (author, reviewer,
/// handling editor) are never carried here; they are read from the submission itself.
struct Viewer {
  std::optional<PersonKey> person;
  RoleSet roles;
  std::vector<PartnerKey> clears_for;
};
using Actor = Viewer;

/// The scheduler acts under this key.
inline const PersonKey kClockKey{"clock"};
Viewer nobody();
Viewer the_clock();
/// The key under which the viewer's events are recorded. REQUIRES: a person or the clock.
PersonKey acting_key(const Viewer& viewer);

/// The people known to the library; a plain value that the store fills.
class People {
 public:
  void add(Person person);
  /// Null when unknown. Valid until the next add().
  const Person* find(const PersonKey& key) const;
  /// nobody() when unknown.
  Viewer viewer(const PersonKey& key) const;
  /// Ordered by key.
  const std::map<PersonKey, Person>& all() const { return people_; }

 private:
  std::map<PersonKey, Person> people_;
};

}  // namespace colophon::review
