// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/events.hpp"

#include "review/members.hpp"

namespace colophon::review {
namespace {

template <std::size_t I = 0>
Result<EventPayload> payload_from_json(EventKind kind, const Json& data) {
  if constexpr (I < std::variant_size_v<EventPayload>) {
    if (static_cast<std::size_t>(kind) != I) return payload_from_json<I + 1>(kind, data);
    std::variant_alternative_t<I, EventPayload> payload;
    TRY(codec::decode(data, payload, "data"));
    return payload;
  } else {
    return fail(Errc::invalid, "the event is of no kind");
  }
}

}  // namespace

Json to_json(const Event& event) {
  Json json = Json::object({{"kind", name(event.kind())}, {"phase", name(event.phase)}});
  json.set("data", std::visit([](const auto& payload) { return codec::encode(payload); }, event.payload));
  if (event.phase_due) json.set("phase_due", codec::encode(*event.phase_due));
  return json;
}

Result<Event> event_from_json(const Json& json) {
  for (const auto& [key, value] : json.members()) {
    if (key != "kind" && key != "phase" && key != "data" && key != "phase_due") {
      return fail(Errc::invalid, key + " is no known member of an event", "remove it", key);
    }
  }
  Event event;
  EventKind kind{};
  TRY(codec::decode(json["kind"], kind, "kind"));
  TRY(codec::decode(json["phase"], event.phase, "phase"));
  if (json.contains("phase_due")) TRY(codec::decode(json["phase_due"], event.phase_due, "phase_due"));
  TRY_ASSIGN(event.payload, payload_from_json(kind, json["data"]));
  return event;
}

}  // namespace colophon::review
