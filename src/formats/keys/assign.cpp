// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include "base/text.hpp"
#include "formats/citation_key.hpp"

namespace colophon::formats {
namespace {

constexpr std::size_t kLongestSuffix = 4;

// The key itself, or with a suffix.
bool is_made(std::string_view key, std::string_view made) {
  if (made.empty() || !key.starts_with(made) || key.size() > made.size() + kLongestSuffix) return false;
  return std::ranges::all_of(key.substr(made.size()), [](char c) { return c >= 'a' && c <= 'z'; });
}

class Assignment {
 public:
  Assignment(const std::vector<KeyWish>& wishes, Keys which) : wishes_(wishes), which_(which), out_(wishes.size()) {}

  std::vector<std::string> run() {
    std::vector<std::size_t> order(wishes_.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    // among equals the one without a suffix first, so that it keeps the plain key
    std::ranges::sort(order, {}, [&](std::size_t i) { return std::tie(wanted(i), wishes_[i].identity, wishes_[i].given); });
    for (const std::size_t i : order) {
      if (keeps(i) && used_.insert(ascii_lower(wishes_[i].given)).second) out_[i] = wishes_[i].given;
    }
    for (const std::size_t i : order) {
      if (out_[i].empty()) out_[i] = free_key(wanted(i));
    }
    return std::move(out_);
  }

 private:
  const std::string& wanted(std::size_t i) const {
    static const std::string kNobody = "anon";
    const KeyWish& wish = wishes_[i];
    if (which_ == Keys::keep && !wish.given.empty()) return wish.given;
    return !wish.made.empty() ? wish.made : !wish.given.empty() ? wish.given : kNobody;
  }
  bool keeps(std::size_t i) const {
    const KeyWish& wish = wishes_[i];
    return !wish.given.empty() && (which_ == Keys::keep || wish.made.empty() || is_made(wish.given, wish.made));
  }
  // Numbers are tried from where the last one of that key was free: many works may share one.
  std::string free_key(const std::string& key) {
    std::size_t& number = next_[ascii_lower(key)];
    while (true) {
      std::string tried = key + key_suffix(number++);
      if (used_.insert(ascii_lower(tried)).second) return tried;
    }
  }

  const std::vector<KeyWish>& wishes_;
  Keys which_;
  std::vector<std::string> out_;
  std::unordered_set<std::string> used_;
  std::unordered_map<std::string, std::size_t> next_;
};

}  // namespace

std::string key_suffix(std::size_t number) {
  std::string out;
  for (; number > 0; number = (number - 1) / 26) out.insert(out.begin(), static_cast<char>('a' + (number - 1) % 26));
  return out;
}

std::vector<std::string> assign_keys(const std::vector<KeyWish>& wishes, Keys which) { return Assignment(wishes, which).run(); }

}  // namespace colophon::formats
