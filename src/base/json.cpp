// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.hpp"

#include <algorithm>
#include <cmath>

#include "base/diagnostic.hpp"
#include "base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace colophon {
namespace {

constexpr std::size_t kMaxDepth = 256;

template <class T, class V>
const T& get_or(const V& variant, const T& fallback) {
  const T* held = std::get_if<T>(&variant);
  return held ? *held : fallback;
}

void put_string(std::string& out, std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string repaired;
  if (!is_utf8(text)) {
    repaired = to_valid_utf8(text);
    text = repaired;
  }
  out.push_back('"');
  std::size_t from = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text, from, i - from);
    from = i + 1;
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default:
        out += "\\u00";
        out.push_back(kHex[(c >> 4) & 15]);
        out.push_back(kHex[c & 15]);
    }
  }
  out.append(text, from, text.size() - from);
  out.push_back('"');
}

struct Style {
  int indent = -1;
  bool canonical = false;
};

void put(std::string& out, const Json& json, const Style& style, int level);

void new_line(std::string& out, const Style& style, int level) {
  if (style.indent < 0) return;
  out.push_back('\n');
  out.append(static_cast<std::size_t>(style.indent * level), ' ');
}

template <class Range, class Each>
void put_list(std::string& out, const Range& range, char open, char close, const Style& style, int level, Each each) {
  out.push_back(open);
  bool first = true;
  for (const auto& item : range) {
    if (!first) out.push_back(',');
    first = false;
    new_line(out, style, level + 1);
    each(item);
  }
  if (!first) new_line(out, style, level);
  out.push_back(close);
}

// By the bytes of the composed names; of names that compose to the same, the last one stays, as in set().
Json::Object canonical_order(Json::Object members) {
  for (Json::Member& member : members) member.first = nfc(to_valid_utf8(member.first));
  std::ranges::stable_sort(members, {}, &Json::Member::first);
  Json::Object out;
  for (Json::Member& member : members) {
    if (!out.empty() && out.back().first == member.first) out.pop_back();
    out.push_back(std::move(member));
  }
  return out;
}

void put_object(std::string& out, const Json::Object& object, const Style& style, int level) {
  auto each = [&](const Json::Member& member) {
    put_string(out, member.first);
    out += style.indent < 0 ? ":" : ": ";
    put(out, member.second, style, level + 1);
  };
  if (!style.canonical) return put_list(out, object, '{', '}', style, level, each);
  put_list(out, canonical_order(object), '{', '}', style, level, each);
}

void put(std::string& out, const Json& json, const Style& style, int level) {
  if (json.is_null()) {
    out += "null";
  } else if (json.is_bool()) {
    out += json.as_bool() ? "true" : "false";
  } else if (json.is_int()) {
    out += fmt::format_int(json.as_int()).c_str();
  } else if (json.is_number()) {
    out += std::isfinite(json.as_double()) ? fmt::format("{}", json.as_double() + 0.0)
                                           : "null";  // + 0.0: minus zero would read back as an integer
  } else if (json.is_string()) {
    if (style.canonical) put_string(out, nfc(json.as_string()));
    else put_string(out, json.as_string());
  } else if (json.is_array()) {
    put_list(out, json.items(), '[', ']', style, level, [&](const Json& item) { put(out, item, style, level + 1); });
  } else {
    put_object(out, json.members(), style, level);
  }
}

// Builds our value from nlohmann's event interface, so that its own tree is never made.
class Builder {
 public:
  using number_integer_t = std::int64_t;
  using number_unsigned_t = std::uint64_t;
  using number_float_t = double;
  using string_t = std::string;
  using binary_t = nlohmann::json::binary_t;

  bool null() { return add({}); }
  bool boolean(bool value) { return add(value); }
  bool number_integer(std::int64_t value) { return add(value); }
  bool number_unsigned(std::uint64_t value) {
    if (value > static_cast<std::uint64_t>(INT64_MAX)) return add(static_cast<double>(value));
    return add(static_cast<std::int64_t>(value));
  }
  bool number_float(double value, const std::string&) { return add(value); }
  bool string(std::string& value) { return add(std::move(value)); }
  bool binary(binary_t&) { return false; }
  bool start_object(std::size_t) { return open(Json::object()); }
  bool start_array(std::size_t) { return open(Json::array()); }
  bool key(std::string& value) { return keys_.back() = std::move(value), true; }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception&) {
    error_at_ = position;
    return false;
  }

  Json take() { return std::move(root_); }
  std::size_t error_at() const { return error_at_; }
  bool too_deep() const { return too_deep_; }

 private:
  bool add(Json value) {
    if (stack_.empty()) root_ = std::move(value);
    else if (stack_.back().is_array()) stack_.back().push(std::move(value));
    else append_member(stack_.back(), std::move(keys_.back()), std::move(value));
    return true;
  }
  // Duplicate names are rare and the last one wins (RFC 8259 section 4 leaves it open).
  static void append_member(Json& object, std::string key, Json value) { object.set(std::move(key), std::move(value)); }
  bool open(Json value) {
    if (stack_.size() >= kMaxDepth) return too_deep_ = true, false;
    stack_.push_back(std::move(value));
    keys_.emplace_back();
    return true;
  }
  bool close() {
    Json done = std::move(stack_.back());
    stack_.pop_back();
    keys_.pop_back();
    return add(std::move(done));
  }

  Json root_;
  std::vector<Json> stack_;
  std::vector<std::string> keys_;
  std::size_t error_at_ = 0;
  bool too_deep_ = false;
};

}  // namespace

bool Json::as_bool(bool fallback) const { return get_or<bool>(value_, fallback); }
std::int64_t Json::as_int(std::int64_t fallback) const { return get_or<std::int64_t>(value_, fallback); }

double Json::as_double(double fallback) const {
  if (is_int()) return static_cast<double>(as_int());
  return get_or<double>(value_, fallback);
}

const std::string& Json::as_string() const {
  static const std::string kEmpty;
  return get_or<std::string>(value_, kEmpty);
}

const Json::Array& Json::items() const {
  static const Array kEmpty;
  return get_or<Array>(value_, kEmpty);
}

const Json::Object& Json::members() const {
  static const Object kEmpty;
  return get_or<Object>(value_, kEmpty);
}

const Json& Json::operator[](std::string_view key) const {
  static const Json kNull;
  for (const Member& member : members()) {
    if (member.first == key) return member.second;
  }
  return kNull;
}

Json& Json::set(std::string key, Json value) {
  if (is_null()) value_ = Object{};
  COLOPHON_ASSERT(is_object());
  Object& object = std::get<Object>(value_);
  for (Member& member : object) {
    if (member.first == key) return member.second = std::move(value), *this;
  }
  object.emplace_back(std::move(key), std::move(value));
  return *this;
}

Json& Json::set_if(std::string key, Json value) {
  const bool empty = value.is_null() || (value.is_bool() && !value.as_bool()) ||
                     (value.is_string() && value.as_string().empty()) || (value.is_array() && value.items().empty());
  if (!empty) set(std::move(key), std::move(value));
  return *this;
}

Json& Json::push(Json value) {
  if (is_null()) value_ = Array{};
  COLOPHON_ASSERT(is_array());
  std::get<Array>(value_).push_back(std::move(value));
  return *this;
}

std::string Json::dump(int indent) const {
  std::string out;
  put(out, *this, {.indent = indent}, 0);
  return out;
}

std::string Json::canonical() const {
  std::string out;
  put(out, *this, {.canonical = true}, 0);
  return out;
}

Result<Json> Json::parse(std::string_view text) {
  Builder builder;
  if (nlohmann::json::sax_parse(text.begin(), text.end(), &builder)) return builder.take();
  if (builder.too_deep()) return fail(Errc::invalid, fmt::format("the JSON is nested deeper than {} levels", kMaxDepth));
  // nlohmann counts the bytes read, the wrong one among them
  const std::size_t at = std::min(builder.error_at() - std::min<std::size_t>(builder.error_at(), 1), text.size());
  const std::string_view before = text.substr(0, at);
  const auto line = std::ranges::count(before, '\n') + 1;
  const std::size_t line_start = before.rfind('\n') + 1;
  return fail(Errc::invalid, "this is not valid JSON", "check the text near the place given",
              fmt::format("{}:{}", line, at - line_start + 1));
}

std::string to_string(const Location& at) {
  if (at.page) return fmt::format("{}, page {}", at.path, at.page);
  if (at.column) return fmt::format("{}:{}:{}", at.path, at.line, at.column);
  if (at.line) return fmt::format("{}:{}", at.path, at.line);
  return at.path;
}

Json to_json(const Diagnostic& diagnostic) {
  static constexpr std::string_view kNames[] = {"note", "warning", "error"};
  Json out = Json::object(
      {{"severity", kNames[static_cast<int>(diagnostic.severity)]}, {"code", diagnostic.code}, {"message", diagnostic.message}});
  out.set_if("hint", diagnostic.hint).set_if("path", diagnostic.at.path);
  if (diagnostic.at.line) out.set("line", diagnostic.at.line);
  if (diagnostic.at.column) out.set("column", diagnostic.at.column);
  if (diagnostic.at.page) out.set("page", diagnostic.at.page);
  return out;
}

Result<Diagnostic> diagnostic_from_json(const Json& json) {
  if (!json.is_object()) return fail(Errc::invalid, "a diagnostic must be a JSON object");
  const std::string& severity = json["severity"].as_string();
  auto number = [&](std::string_view key) { return static_cast<std::uint32_t>(json[key].as_int()); };
  return Diagnostic{severity == "error"  ? Severity::error
                    : severity == "note" ? Severity::note
                                         : Severity::warning,
                    json["code"].as_string(),
                    json["message"].as_string(),
                    json["hint"].as_string(),
                    {json["path"].as_string(), number("line"), number("column"), number("page")}};
}

}  // namespace colophon
