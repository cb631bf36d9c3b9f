// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/regex.hpp"

#include <fmt/format.h>
#include <unicode/regex.h>

namespace colophon {
namespace {

constexpr std::size_t kLongestPattern = 1'000;
constexpr std::int32_t kMostSteps = 50;       // of ICU's clock: about 10,000 steps of the machine each
constexpr std::int32_t kMostStack = 1 << 20;  // bytes

icu::UnicodeString wide(std::string_view text) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

}  // namespace

struct Regex::Impl {
  std::unique_ptr<icu::RegexPattern> pattern;
};

Result<Regex> Regex::parse(std::string_view pattern) {
  if (pattern.size() > kLongestPattern)
    return fail(Errc::invalid, "the regular expression is too long", fmt::format("write at most {} bytes", kLongestPattern));
  UErrorCode status = U_ZERO_ERROR;
  UParseError where{};
  std::unique_ptr<icu::RegexPattern> compiled(icu::RegexPattern::compile(wide(pattern), 0, where, status));
  if (U_FAILURE(status))
    return fail(Errc::invalid, fmt::format("the regular expression “{}” cannot be read at character {}", pattern, where.offset),
                "look for brackets that do not close; “\\” takes the next character as it is");
  return Regex(std::make_shared<const Impl>(Impl{std::move(compiled)}));
}

std::string Regex::replace(std::string_view text, std::string_view replacement) const {
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString input = wide(text);
  const std::unique_ptr<icu::RegexMatcher> matcher(impl_->pattern->matcher(input, status));
  if (U_FAILURE(status)) return std::string(text);
  matcher->setTimeLimit(kMostSteps, status);
  matcher->setStackLimit(kMostStack, status);
  const icu::UnicodeString replaced = matcher->replaceAll(wide(replacement), status);
  if (U_FAILURE(status)) return std::string(text);
  std::string out;
  replaced.toUTF8String(out);
  return out;
}

}  // namespace colophon
