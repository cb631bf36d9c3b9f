// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/layout.hpp"

#include <algorithm>
#include <array>

#include "web/assets.hpp"

namespace colophon::web {
namespace {

Html header(const Frame& frame, const PageHead& head) {
  Html out;
  out.put("<header class=\"top\"><a class=\"mark\" href=\"/\">{}</a>", frame.site);
  if (head.search == SearchBox::shown) out.put(search_form("find", head.query, "Search the library", head.completions));
  return out.put("</header>\n");
}

Html footer(const Frame& frame) {
  Html out;
  return out.put(
      "<footer><span>{}</span><a href=\"/search\">All publications</a><a href=\"/search#help\">How to search</a></footer>\n",
      frame.site);
}

struct StatusRow {
  int status;
  std::string_view title;
};
constexpr std::array kTitles = {
    StatusRow{400, "The server did not understand"},
    StatusRow{404, "Nothing here"},
    StatusRow{405, "Not possible here"},
    StatusRow{410, "Withdrawn"},
    StatusRow{413, "Too long"},
    StatusRow{414, "Too long"},
    StatusRow{422, "Not valid"},
    StatusRow{503, "Busy, try again soon"},
};

std::string_view title_of(int status) {
  const auto row = std::ranges::find(kTitles, status, &StatusRow::status);
  return row == kTitles.end() ? "Something went wrong" : row->title;
}

Json error_json(const Error& error) {
  Json inner = Json::object({{"code", name(error.code)}, {"message", error.message}});
  inner.set_if("hint", error.hint);
  return Json::object({{"error", std::move(inner)}});
}

/// The first letter in upper case, and a full stop.
std::string sentence(std::string text) {
  if (text.empty()) return text;
  if (text.front() >= 'a' && text.front() <= 'z') text.front() = static_cast<char>(text.front() - 'a' + 'A');
  if (text.back() != '.' && text.back() != '?') text.push_back('.');
  return text;
}

}  // namespace

Html search_form(std::string_view id,
                 std::string_view query,
                 std::string_view label,
                 const std::vector<std::string>& completions) {
  Html list;
  for (const std::string& one : completions) list.put("<option value=\"{}\"></option>", one);
  const std::string list_id = std::string(id) + "-list";
  const Attribute listed = completions.empty() ? Attribute::none() : Attribute::named("list").is(list_id);
  if (!completions.empty()) list = Html().put("<datalist id=\"{}\">{}</datalist>", list_id, list);
  Html out;
  return out.put(
      "<form class=\"find\" role=\"search\" action=\"/search\"><label class=\"unseen\" for=\"{}\">{}</label><input "
      "type=\"search\" id=\"{}\" name=\"q\"{} "
      "value=\"{}\" placeholder=\"Title, author, DOI, words in the text\" autocomplete=\"off\" "
      "spellcheck=\"false\">{}<button>Search</button></form>",
      id, label, id, listed, query, list);
}

Html page(const Frame& frame, const PageHead& head, const Html& content) {
  const std::string title = head.title.empty() ? frame.site : head.title + " – " + frame.site;
  Html out;
  out.put(
      "<!doctype html>\n<html{}>\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, "
      "initial-scale=1\">\n<title>{}</title>\n",
      Attribute::lang(head.lang), title);
  out.put(
      "<link rel=\"stylesheet\" href=\"{}\">\n<link rel=\"icon\" href=\"data:,\">\n{}</head>\n<body>\n<a class=\"skip\" "
      "href=\"#main\">Skip to content</a>\n",
      Href::to(asset_path("colophon.css")), head.meta);
  out.put(header(frame, head));
  if (frame.demo)
    out.put(
        "<aside class=\"demo\" aria-label=\"Demonstration\"><strong>Demonstration.</strong> People, projects and submissions of "
        "this "
        "library are invented.</aside>\n");
  return out.put("<main id=\"main\">\n{}</main>\n{}</body>\n</html>\n", content, footer(frame));
}

Response error_response(const Frame& frame, const Request& request, int status, const Error& error) {
  if (request.wants_json()) return json_response(error_json(error), status);
  Html content;
  content.put("<h1>{}</h1>\n<p>{}</p>\n", title_of(status), sentence(error.message));
  if (!error.hint.empty()) content.put("<p class=\"soft\">{}</p>\n", sentence(error.hint));
  content.put("<p><a href=\"/\">To the beginning</a></p>\n");
  return html_response(page(frame, {.title = std::string(title_of(status))}, content), status);
}

}  // namespace colophon::web
