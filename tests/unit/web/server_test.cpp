// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/server.hpp"

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>

#include "base/io.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

namespace colophon::web {
namespace {

using std::chrono::milliseconds;

/// Answers /hello, /echo (POST), /slow, /fail, /big.
class TestService final : public Service {
 public:
  std::optional<Response> refuse(const Request& request) const override {
    const bool post = request.path == "/echo";
    if ((request.method == Method::post) == post) return std::nullopt;
    return error_page(request, 405, {Errc::usage, "no such request", {}, {}});
  }
  Response answer(const Request& request) const override {
    ++answered;
    if (request.path == "/fail") throw std::runtime_error("secret detail");
    if (request.path == "/slow") std::this_thread::sleep_for(milliseconds(400));
    if (request.path == "/big") return {.type = "text/plain", .body = std::string(100'000, 'x')};
    return {.type = "text/plain", .body = "you sent " + std::to_string(request.body.size()) + " bytes\n"};
  }
  Response error_page(const Request&, int status, const Error& error) const override {
    return {.status = status, .type = "text/plain", .body = error.message + "\n"};
  }

  mutable std::atomic<int> answered = 0;
};

class Client {
 public:
  explicit Client(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    EXPECT_EQ(::connect(fd_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  }
  bool send(std::string_view bytes) const {
    return ::send(fd_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size());
  }
  /// What comes until the server closes or is silent for so long.
  std::string receive(milliseconds silence = milliseconds(500)) {
    std::string out;
    char buffer[4096];
    pollfd poll{fd_.get(), POLLIN, 0};
    while (::poll(&poll, 1, static_cast<int>(silence.count())) > 0) {
      const ssize_t n = ::recv(fd_.get(), buffer, sizeof buffer, 0);
      if (n <= 0) {
        closed = true;
        break;
      }
      out.append(buffer, static_cast<std::size_t>(n));
    }
    return out;
  }
  bool closed = false;

 private:
  Fd fd_;
};

class ServerTest : public testing::Test {
 protected:
  void SetUp() override {
    ServerOptions options{.listen = {"127.0.0.1", 0}};
    options.header_deadline = milliseconds(600);
    options.body_limit = 1000;
    Result<Server> server = Server::start(options, service_);
    ASSERT_TRUE(server) << server.error().message;
    server_.emplace(std::move(*server));
    host_ = "Host: " + config::to_string(server_->address()) + "\r\n";
  }
  std::uint16_t port() const { return server_->address().port; }
  std::string ask(std::string_view request, milliseconds silence = milliseconds(500)) const {
    Client client(port());
    client.send(request);
    return client.receive(silence);
  }
  std::string get(std::string_view target, std::string_view headers = "") const {
    return ask("GET " + std::string(target) + " HTTP/1.1\r\n" + host_ + std::string(headers) + "Connection: close\r\n\r\n");
  }
  /// The status codes of all answers in a stream.
  static std::string statuses(std::string_view stream) {
    std::string out;
    for (std::size_t at = stream.find("HTTP/1.1 "); at != std::string_view::npos; at = stream.find("HTTP/1.1 ", at + 1))
      out += (out.empty() ? "" : "+") + std::string(stream.substr(at + 9, 3));
    return out;
  }

  TestService service_;
  std::optional<Server> server_;
  std::string host_;
};

TEST_F(ServerTest, AnswersWithSecurityHeaders) {
  const std::string answer = get("/hello");
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 ")) << answer;
  for (const char* header : {"Content-Security-Policy: default-src 'none'", "frame-ancestors 'none'",
                             "X-Content-Type-Options: nosniff", "Referrer-Policy: ", "Cache-Control: private, no-cache"})
    EXPECT_NE(answer.find(header), std::string::npos) << header;
  EXPECT_TRUE(answer.ends_with("you sent 0 bytes\n"));
}

TEST_F(ServerTest, HeadHasNoBody) {
  const std::string answer = ask("HEAD /hello HTTP/1.1\r\n" + host_ + "Connection: close\r\n\r\n");
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 "));
  EXPECT_NE(answer.find("Content-Length: 17"), std::string::npos) << answer;
  EXPECT_TRUE(answer.ends_with("\r\n\r\n"));
}

TEST_F(ServerTest, KeepsAConnectionForSeveralRequests) {
  const std::string one = "GET /hello HTTP/1.1\r\n" + host_ + "\r\n";
  EXPECT_EQ(statuses(ask(one + one + one)), "200+200+200");
  EXPECT_EQ(statuses(ask("POST /echo HTTP/1.1\r\n" + host_ + "Content-Length: 5\r\n\r\nhello" + one)), "200+200");
  EXPECT_NE(
      ask("POST /echo HTTP/1.1\r\n" + host_ + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n").find("you sent 3 bytes"),
      std::string::npos);
}

/// The shapes by which a second request is smuggled past a proxy: 400, nothing is served, and the connection ends.
TEST_F(ServerTest, RefusesSmuggledRequests) {
  const std::string second = "GET /hello HTTP/1.1\r\n" + host_ + "\r\n";
  const std::string post = "POST /echo HTTP/1.1\r\n";
  const std::pair<const char*, std::string> shapes[] = {
      {"two lengths",
       post + host_ + "Content-Length: 0\r\nContent-Length: " + std::to_string(second.size()) + "\r\n\r\n" + second},
      {"two equal lengths", post + host_ + "Content-Length: 0\r\nContent-Length: 0\r\n\r\n" + second},
      {"length and coding", post + host_ + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + second},
      {"coding and length", post + host_ + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n" + second},
      {"unknown coding", post + host_ + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + second},
      {"negative chunk", post + host_ + "Transfer-Encoding: chunked\r\n\r\n-2\r\nabc\r\n0\r\n\r\n" + second},
      {"no host", post + "Content-Length: 0\r\n\r\n" + second},
      {"two hosts", post + host_ + host_ + "Content-Length: 0\r\n\r\n" + second},
      {"another host", post + "Host: evil.example\r\nContent-Length: 0\r\n\r\n" + second},
      {"blank before the colon", post + host_ + "Content-Length : 0\r\n\r\n" + second},
      {"a body to GET",
       "GET /hello HTTP/1.1\r\n" + host_ + "Content-Length: " + std::to_string(second.size()) + "\r\n\r\n" + second},
      {"an absolute target", "GET http://evil.example/hello HTTP/1.1\r\n" + host_ + "\r\n" + second},
  };
  for (const auto& [what, bytes] : shapes) {
    const int before = service_.answered;
    Client client(port());
    client.send(bytes);
    const std::string answer = client.receive();
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 400 ")) << what << "\n" << answer;
    EXPECT_EQ(answer.find("HTTP/1.1 200"), std::string::npos) << what;
    EXPECT_TRUE(client.closed) << what;
    EXPECT_EQ(service_.answered, before) << what;
  }
}

TEST_F(ServerTest, RefusesWhatIsTooLongOrUnknown) {
  EXPECT_EQ(statuses(get("/" + std::string(8200, 'a'))), "414");
  EXPECT_EQ(statuses(get("/" + std::string(8000, 'a'))), "200");
  EXPECT_EQ(statuses(ask("POST /echo HTTP/1.1\r\n" + host_ + "Content-Length: 1001\r\nExpect: 100-continue\r\n\r\n")), "413");
  for (const char* method : {"PUT", "DELETE", "OPTIONS", "TRACE", "get"})
    EXPECT_EQ(statuses(ask(std::string(method) + " /hello HTTP/1.1\r\n" + host_ + "\r\n")), "405") << method;
  EXPECT_EQ(statuses(ask("POST /hello HTTP/1.1\r\n" + host_ + "Content-Length: 5\r\n\r\nhello")), "405");
  EXPECT_EQ(statuses(get("/%zz")), "400");
  EXPECT_EQ(statuses(get("/../x")), "400");
}

TEST_F(ServerTest, AChunkedBodyThatGrowsTooLongIsCut) {
  Client client(port());
  client.send("POST /echo HTTP/1.1\r\n" + host_ + "Transfer-Encoding: chunked\r\n\r\n");
  for (int i = 0; i < 30; ++i) client.send("64\r\n" + std::string(100, 'x') + "\r\n");
  const std::string answer = client.receive();
  EXPECT_TRUE(client.closed);
  EXPECT_EQ(answer.find("200 OK"), std::string::npos);
  EXPECT_EQ(service_.answered, 0);
}

TEST_F(ServerTest, AFailureShowsNothingOfItself) {
  const std::string answer = get("/fail");
  EXPECT_EQ(statuses(answer), "500");
  EXPECT_EQ(answer.find("secret"), std::string::npos);
}

TEST_F(ServerTest, SlowSendersAreCut) {
  const auto begin = std::chrono::steady_clock::now();
  Client head(port());
  Client body(port());
  head.send("GET /hello HTTP/1.1\r\n" + host_);
  body.send("POST /echo HTTP/1.1\r\n" + host_ + "Content-Length: 900\r\n\r\n");
  while (!head.closed || !body.closed) {  // a byte each 100 ms would keep an idle timeout away for ever
    head.send("x");
    body.send("x");
    if (!head.closed) head.receive(milliseconds(50));
    if (!body.closed) body.receive(milliseconds(50));
    ASSERT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
  }
  EXPECT_GE(std::chrono::steady_clock::now() - begin, milliseconds(500));
  EXPECT_EQ(statuses(get("/hello")), "200");
  EXPECT_EQ(service_.answered, 1);
}

TEST_F(ServerTest, SlowSendersDoNotHoldUpOthers) {
  std::vector<std::unique_ptr<Client>> slow;
  for (int i = 0; i < 100; ++i) {
    slow.push_back(std::make_unique<Client>(port()));
    slow.back()->send("GET /hello HTTP/1.1\r\nHo");
  }
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(statuses(get("/hello")), "200");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, milliseconds(2000));
}

TEST_F(ServerTest, StopLetsRequestsFinish) {
  std::string answer;
  std::thread client([&] { answer = ask("GET /slow HTTP/1.1\r\n" + host_ + "\r\n", milliseconds(2000)); });
  while (service_.answered == 0) std::this_thread::sleep_for(milliseconds(5));
  server_->stop(std::chrono::seconds(5));
  client.join();
  EXPECT_EQ(statuses(answer), "200");
}

TEST_F(ServerTest, APortInUseIsAConflictWithAHint) {
  const Result<Server> again = Server::start({.listen = server_->address()}, service_);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, Errc::conflict);
  EXPECT_NE(again.error().hint.find("--listen"), std::string::npos);
}

TEST_F(ServerTest, AnswersGoOutInOnePiece) {
  Client client(port());
  std::vector<double> times;
  for (int i = 0; i < 21; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    client.send("GET /hello HTTP/1.1\r\n" + host_ + "\r\n");
    std::string answer;
    while (answer.find("bytes\n") == std::string::npos && !client.closed) answer += client.receive(milliseconds(1));
    times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
  }
  std::ranges::sort(times);
  EXPECT_LT(times[10], 30) << "a plateau at 40 ms is a delayed acknowledgement";
}

}  // namespace
}  // namespace colophon::web
