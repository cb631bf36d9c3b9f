// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/people.hpp"

namespace colophon::review {

Viewer nobody() { return {}; }
Viewer the_clock() { return {.person = std::nullopt, .roles = Role::clock, .clears_for = {}}; }

PersonKey acting_key(const Viewer& viewer) {
  if (viewer.person) return *viewer.person;
  COLOPHON_ASSERT(viewer.roles.has(Role::clock));
  return kClockKey;
}

void People::add(Person person) {
  const PersonKey key = person.key;
  people_.insert_or_assign(key, std::move(person));
}
const Person* People::find(const PersonKey& key) const {
  const auto found = people_.find(key);
  return found == people_.end() ? nullptr : &found->second;
}
Viewer People::viewer(const PersonKey& key) const {
  const Person* person = find(key);
  if (!person) return nobody();
  return {.person = key, .roles = person->roles, .clears_for = person->clears_for};
}

}  // namespace colophon::review
