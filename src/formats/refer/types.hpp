// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string_view>

#include "formats/ris/mapping.hpp"

namespace colophon::formats {

/// EndNote's type of reference of a name ("Journal Article", in any case) as that of RIS; null when unknown.
const ris::TypeRow* refer_type(std::string_view name);
/// By the number that EndNote XML has beside the name: 17.
const ris::TypeRow* refer_type(int number);

}  // namespace colophon::formats
