// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace colophon {

enum class LogLevel { quiet, info, debug };
using LogField = std::pair<std::string_view, std::string>;

/// One line "at=… event=… key=value" on standard error when the level is on. Values are escaped; never titles, names or tokens.
void log(LogLevel level, std::string_view event, std::initializer_list<LogField> fields = {});
void set_log_level(LogLevel level);

}  // namespace colophon
