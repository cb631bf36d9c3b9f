// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/request.hpp"

#include "config/settings.hpp"
#include "web/files.hpp"
#include "web/headers.hpp"
#include "web/router.hpp"

#include <gtest/gtest.h>

namespace colophon::web {
namespace {

TEST(PercentDecoded, ReadsEscapesOnce) {
  EXPECT_EQ(percent_decoded("a%20b%2525"), "a b%25");
  EXPECT_EQ(percent_decoded("%C3%BC"), "ü");
  for (const char* text : {"%", "%1", "%zz", "%00", "%ff", "a%C3"}) EXPECT_FALSE(percent_decoded(text)) << text;
}

TEST(Parameters, KeepOrderAndRepetition) {
  const auto p = Parameters::parse("q=heat+plan&f.type=report&f.type=thesis&empty=&flag&page=12");
  ASSERT_TRUE(p);
  EXPECT_EQ(p->get("q"), "heat plan");
  EXPECT_EQ(p->all("f.type"), (std::vector<std::string>{"report", "thesis"}));
  EXPECT_EQ(p->get("absent"), "");
  EXPECT_EQ(p->number("page", 1), 12U);
  EXPECT_EQ(p->number("q", 7), 7U);
  EXPECT_EQ(p->encoded(), "q=heat%20plan&f.type=report&f.type=thesis&empty=&flag=&page=12");
  EXPECT_FALSE(Parameters::parse("q=%zz"));
}

TEST(ParseTarget, SplitsAndRefuses) {
  const auto request = parse_target("/r/ab3k9/text?page=7&q=loss%20and");
  ASSERT_TRUE(request);
  EXPECT_EQ(request->segments, (std::vector<std::string>{"r", "ab3k9", "text"}));
  EXPECT_EQ(request->query.get("q"), "loss and");
  EXPECT_TRUE(parse_target("/")->segments.empty());
  for (const char* target : {"", "x", "*", "http://a/b", "//a", "/a//b", "/a/", "/a/../b", "/./a", "/%2e%2e/etc/passwd", "/a%2fb",
                             "/a b", "/a?q=%", "/\x01", "/ü"})
    EXPECT_FALSE(parse_target(target)) << target;
}

Response named(std::string name) { return {.body = std::move(name)}; }

TEST(Router, FindsByPatternAndMethod) {
  const auto route = [](Method method, std::string_view pattern) {
    return Route{method, pattern, [pattern](const Request&, const Captures& c) {
                   return named(std::string(pattern) + " " + (c.empty() ? "" : c[0]));
                 }};
  };
  const Router router({route(Method::get, "/"), route(Method::get, "/r/{}"), route(Method::get, "/r/{}.csl.json"),
                       route(Method::get, "/r/{}/file/{}"), route(Method::post, "/r/{}/edit")});
  const auto found = [&](const char* target, Method method = Method::get) -> std::string {
    Request request = *parse_target(target);
    request.method = method;
    const auto match = router.find(request);
    return match ? match->route->handler(request, match->captures).body : "none, allow " + router.allowed(request);
  };
  EXPECT_EQ(found("/"), "/ ");
  EXPECT_EQ(found("/r/ab3"), "/r/{} ab3");
  EXPECT_EQ(found("/r/ab3", Method::head), "/r/{} ab3");
  EXPECT_EQ(found("/r/ab3.csl.json"), "/r/{}.csl.json ab3");
  EXPECT_EQ(found("/r/ab3.json"), "none, allow ");
  EXPECT_EQ(found("/r/.csl.json"), "none, allow ");
  EXPECT_EQ(found("/r/ab3/file/7"), "/r/{}/file/{} ab3");
  EXPECT_EQ(found("/r/ab3", Method::post), "none, allow GET, HEAD");
  EXPECT_EQ(found("/r/ab3/edit", Method::post), "/r/{}/edit ab3");
  EXPECT_EQ(found("/r/ab3/edit"), "none, allow POST");
}

struct FramingRow {
  const char* what;
  RawHeaders headers;
  Method method;
  int status;  ///< 0: goes on
};

TEST(Framing, RefusesWhatTwoServersCouldReadDifferently) {
  const FramingRow rows[] = {
      {"nothing", {}, Method::get, 0},
      {"a body", {{"Content-Length", "10"}}, Method::post, 0},
      {"a chunked body", {{"Transfer-Encoding", "Chunked"}}, Method::post, 0},
      {"two lengths", {{"Content-Length", "1"}, {"content-length", "1"}}, Method::post, 400},
      {"length and coding", {{"Content-Length", "1"}, {"Transfer-Encoding", "chunked"}}, Method::post, 400},
      {"two codings", {{"Transfer-Encoding", "chunked"}, {"Transfer-Encoding", "chunked"}}, Method::post, 400},
      {"another coding", {{"Transfer-Encoding", "gzip, chunked"}}, Method::post, 400},
      {"identity", {{"Transfer-Encoding", "identity"}}, Method::post, 400},
      {"a signed length", {{"Content-Length", "+1"}}, Method::post, 400},
      {"a list of lengths", {{"Content-Length", "1, 1"}}, Method::post, 400},
      {"an empty length", {{"Content-Length", ""}}, Method::post, 400},
      {"a blank before the colon", {{"Content-Length ", "1"}}, Method::post, 400},
      {"a body to GET", {{"Content-Length", "1"}}, Method::get, 400},
      {"a chunked body to HEAD", {{"Transfer-Encoding", "chunked"}}, Method::head, 400},
      {"no body to GET, said", {{"Content-Length", "0"}}, Method::get, 0},
      {"too long", {{"Content-Length", "101"}}, Method::post, 413},
      {"far too long", {{"Content-Length", "99999999999999999999"}}, Method::post, 400},
  };
  for (const FramingRow& row : rows) {
    const auto refusal = check_framing(row.headers, row.method, 100);
    EXPECT_EQ(refusal ? refusal->status : 0, row.status) << row.what;
  }
}

TEST(Host, IsExactlyOneOfOurs) {
  const auto hosts = own_hosts({"127.0.0.1", 8417}, "https://library.example.org");
  const auto ok = [&](const RawHeaders& headers) { return !check_host(headers, hosts); };
  for (const char* host : {"127.0.0.1:8417", "localhost:8417", "library.example.org", "Library.Example.ORG",
                           "library.example.org:443", "10.0.0.5:8417", "[::1]:8417"})
    EXPECT_TRUE(ok({{"Host", host}})) << host;
  for (const char* host : {"", "evil.example", "library.example.org.evil.example", "library.example.org:80",
                           "localhost.evil.example:8417", "library.example.org, evil.example"})
    EXPECT_FALSE(ok({{"host", host}})) << host;
  EXPECT_FALSE(ok({}));
  EXPECT_FALSE(ok({{"Host", "localhost:8417"}, {"host", "localhost:8417"}}));
}

TEST(Range, ReadsOne) {
  const auto range = [](std::string_view header) -> std::string {
    const auto r = parse_range(header, 100);
    return r ? std::to_string(r->begin) + "," + std::to_string(r->end) : "whole";
  };
  EXPECT_EQ(range("bytes=0-9"), "0,10");
  EXPECT_EQ(range("bytes=90-"), "90,100");
  EXPECT_EQ(range("bytes=90-1000"), "90,100");
  EXPECT_EQ(range("bytes=-10"), "90,100");
  EXPECT_EQ(range("bytes=-1000"), "0,100");
  EXPECT_EQ(range("bytes=100-"), "100,100");
  EXPECT_EQ(range("bytes=-0"), "100,100");
  for (const char* header :
       {"", "bytes", "bytes=", "bytes=-", "bytes=9-0", "bytes=a-b", "bytes=0-1,5-6", "lines=0-1", "bytes=0-x"})
    EXPECT_EQ(range(header), "whole") << header;
}

}  // namespace
}  // namespace colophon::web
