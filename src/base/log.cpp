// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/log.hpp"

#include <atomic>
#include <cstdio>

#include "base/clock.hpp"
#include "base/json.hpp"

namespace colophon {
namespace {
std::atomic<LogLevel> current_level{LogLevel::quiet};
}

void set_log_level(LogLevel level) { current_level = level; }

void log(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
  if (level > current_level.load()) return;
  std::string line = "at=" + to_string(SystemClock().now()) + " event=" + std::string(event);
  for (const auto& [key, value] : fields) {
    const bool plain = value.find_first_of(" \"=\n\t\\") == std::string::npos && !value.empty();
    line += " " + std::string(key) + "=" + (plain ? value : Json(value).dump());
  }
  line.push_back('\n');
  std::fputs(line.c_str(), stderr);
}

}  // namespace colophon
