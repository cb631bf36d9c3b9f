// SPDX-License-Identifier: GPL-3.0-or-later
// Shards that xapian-tcpsrv serves from copies: the answers of one database while hosts are well, the other shards' when not.
#include "indexer/hosts.hpp"

#include <array>
#include <atomic>
#include <csignal>
#include <random>
#include <set>
#include <thread>

#include "base/io.hpp"
#include "indexer/inspect.hpp"
#include "indexer/shards.hpp"
#include "shard_support.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace colophon::indexer {
namespace {

namespace fs = std::filesystem;
using test::in_shards;
using test::requests;
using test::stream_of;

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in out{};
  out.sin_family = AF_INET;
  out.sin_port = htons(port);
  out.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return out;
}

// A listening socket on a free port of this machine.
class Listener {
 public:
  Listener() : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    ::bind(socket_, reinterpret_cast<sockaddr*>(&address), size);  // NOLINT: the interface of sockets
    ::listen(socket_, 16);
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);  // NOLINT
    port_ = ntohs(address.sin_port);
  }
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;
  ~Listener() { close(); }
  void close() {
    if (socket_ >= 0) ::close(std::exchange(socket_, -1));
  }
  std::uint16_t port() const { return port_; }
  int socket() const { return socket_; }

 private:
  int socket_;
  std::uint16_t port_ = 0;
};

std::uint16_t free_port() { return Listener().port(); }

int dialled(std::uint16_t port) {
  const int out = ::socket(AF_INET, SOCK_STREAM, 0);
  const sockaddr_in address = loopback(port);
  if (::connect(out, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return out;  // NOLINT
  ::close(out);
  return -1;
}

// xapian-tcpsrv with one database, in a group of processes of its own, for it ends all of its group.
class Server {
 public:
  explicit Server(const fs::path& database) : port_(free_port()) {
    const std::string port = std::to_string(port_), folder = database.string();
    child_ = ::fork();
    if (child_ == 0) {
      ::setpgid(0, 0);
      if (!std::freopen("/dev/null", "w", stderr)) ::_exit(126);  // it tells of every line that ends
      ::execlp("xapian-tcpsrv", "xapian-tcpsrv", "--quiet", "--interface", "127.0.0.1", "--port", port.c_str(), folder.c_str(),
               static_cast<char*>(nullptr));
      ::_exit(127);
    }
    for (int i = 0; i < 200; ++i) {
      if (const int line = dialled(port_); line >= 0) {
        ::close(line);
        return;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    ADD_FAILURE() << "xapian-tcpsrv does not answer";
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server() { end(); }
  void end() {
    if (child_ <= 0) return;
    ::kill(-child_, SIGKILL);
    ::waitpid(std::exchange(child_, -1), nullptr, 0);
  }
  Host host() const { return {"127.0.0.1", port_}; }

 private:
  std::uint16_t port_;
  pid_t child_ = -1;
};

// Hands on what is said between a client and a server, until the server has said so many bytes; then it ends rudely, or says no more.
class Proxy {
 public:
  enum class Then { reset, silence };
  Proxy(std::uint16_t to, std::size_t bytes, Then then) : left_(bytes), then_(then) {
    thread_ = std::thread([this, to] {
      while (const int client = accepted()) serve(client, dialled(to));
    });
  }
  Proxy(const Proxy&) = delete;
  Proxy& operator=(const Proxy&) = delete;
  ~Proxy() {
    stop_ = true;
    thread_.join();
  }
  Host host() const { return {"127.0.0.1", listener_.port()}; }
  bool used_up() const { return left_ == 0; }

 private:
  bool readable(int one, int other = -1) const {
    std::array<pollfd, 2> lines = {pollfd{one, POLLIN, 0}, pollfd{other, POLLIN, 0}};
    return ::poll(lines.data(), other < 0 ? 1 : 2, 10) > 0;
  }
  int accepted() const {
    while (!stop_) {
      if (readable(listener_.socket())) return ::accept(listener_.socket(), nullptr, nullptr);
    }
    return 0;
  }
  void serve(int client, int server) {
    std::array<char, 512> buffer{};
    while (!stop_) {
      if (left_ == 0 && then_ == Then::silence) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        continue;
      }
      if (left_ == 0) break;
      if (!readable(client, server)) continue;
      if (readable(client)) {
        const ssize_t got = ::read(client, buffer.data(), buffer.size());
        if (got <= 0 || ::write(server, buffer.data(), static_cast<std::size_t>(got)) != got) break;
      }
      if (readable(server)) {
        const ssize_t got = ::read(server, buffer.data(), std::min(buffer.size(), left_.load()));
        if (got <= 0 || ::write(client, buffer.data(), static_cast<std::size_t>(got)) != got) break;
        left_ -= static_cast<std::size_t>(got);
      }
    }
    const linger at_once{1, 0};  // a reset instead of an end
    ::setsockopt(client, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    ::close(client);
    ::close(server);
  }

  Listener listener_;
  std::atomic<std::size_t> left_;
  Then then_;
  std::atomic<bool> stop_ = false;
  std::thread thread_;
};

class Hosts : public testing::Test {
 protected:
  void SetUp() override {
    if (std::system("command -v xapian-tcpsrv >/dev/null") != 0) GTEST_SKIP() << "xapian-tcpsrv is not there";
    ASSERT_TRUE(build(one_, {.jobs = 1, .watermark = 9, .identity = in_shards(1)}, stream_of(works_)));
    ASSERT_TRUE(build(many_, {.jobs = 1, .watermark = 9, .identity = in_shards(3)}, stream_of(works_)));
    for (const std::size_t shard : {1u, 2u}) copy(shard);
  }
  fs::path copy_of(std::size_t shard) const { return folder_.path() / fmt::format("copy{}", shard); }
  void copy(std::size_t shard) const {
    fs::remove_all(copy_of(shard));
    fs::copy(shard_folder(many_, shard, 3), copy_of(shard));
  }
  HostsOfShards at(std::optional<Host> first, std::optional<Host> second, std::optional<Host> third) const {
    return {{many_, {std::move(first), std::move(second), std::move(third)}}};
  }
  std::string answer_of_one(const SearchRequest& request) const {
    auto searcher = Searcher::open(std::array{one_});
    return test::answer(*searcher, request, works_);
  }
  // Whether the answer has the works of the shards that are there, and only them, and tells what is missing.
  void expect_without(const ResultPage& page, const std::set<std::size_t>& missing, const SearchRequest& request) const {
    const auto all = Searcher::open(std::array{many_})->search(request);
    std::set<std::string> expected, found;
    for (const Hit& hit : all->hits) {
      if (!missing.contains(shard_of(hit.id, 3))) expected.insert(hit.id);
    }
    for (const Hit& hit : page.hits) found.insert(hit.id);
    EXPECT_EQ(found, expected);
    EXPECT_EQ(page.total, expected.size());
    EXPECT_EQ(page.partial, !missing.empty());
    const bool told = !page.notes.empty() && page.notes.front().code == "partial";
    EXPECT_EQ(told, !missing.empty());
    std::size_t counted = 0;
    for (const FacetValue& value : page.facets.at("type")) counted += value.count;
    EXPECT_EQ(counted, expected.size());
  }

  TemporaryFolder folder_;
  std::vector<EntryData> works_ = test::themed_works(320);
  fs::path one_ = folder_.path() / "one", many_ = folder_.path() / "many";
  const SearchRequest all_heat_ = {.text = "heat", .limit = 1000, .facets = {"type"}};
};

TEST_F(Hosts, AnswerAsOneDatabaseWould) {
  const Server second(copy_of(1)), third(copy_of(2));
  auto searcher = Searcher::open(std::array{many_}, at({}, second.host(), third.host()));
  ASSERT_TRUE(searcher) << searcher.error().message;
  for (const SearchRequest& request : requests())
    EXPECT_EQ(answer_of_one(request), test::answer(*searcher, request, works_)) << request.text;
  EXPECT_EQ(inspect_host(second.host(), shard_folder(many_, 1, 3))->state, HostState::answers);
}

TEST_F(Hosts, AreAskedForTheRanking) {
  const Server second(copy_of(1));
  Proxy counting(second.host().port, 100'000'000, Proxy::Then::reset);
  auto searcher = Searcher::open(std::array{many_}, at({}, counting.host(), {}));
  EXPECT_FALSE(searcher->search({.text = "heat"})->partial);
  Proxy short_of_the_hits(second.host().port, 600, Proxy::Then::reset);  // enough to greet and to compare, not for 200 works
  auto cut = Searcher::open(std::array{many_}, at({}, short_of_the_hits.host(), {}));
  EXPECT_TRUE(cut->search({.text = "heat"})->partial);
}

TEST_F(Hosts, ThatRefuseLeaveTheOtherShards) {
  const Server third(copy_of(2));
  const Host nobody{"127.0.0.1", free_port()};
  auto searcher = Searcher::open(std::array{many_}, at({}, nobody, third.host()));
  ASSERT_TRUE(searcher);
  const auto page = searcher->search(all_heat_);
  ASSERT_TRUE(page) << page.error().message;
  expect_without(*page, {1}, all_heat_);
  EXPECT_EQ(page->notes.front().text,
            "A part of the library cannot be searched at the moment: 1 of 3 shards does not answer. Its publications are missing "
            "here, and from the counts.");
  EXPECT_NE(to_json(*page).dump().find("\"partial\":true"), std::string::npos);
  for (const SearchRequest& request : requests()) {
    const auto one = searcher->search(request);
    ASSERT_TRUE(one) << request.text << ": " << one.error().message;
    EXPECT_TRUE(one->partial);
  }
  const auto report = inspect_host(nobody, shard_folder(many_, 1, 3));
  EXPECT_EQ(report->state, HostState::silent);
  EXPECT_EQ(report->why, "Couldn't connect (Connection refused)");
}

TEST_F(Hosts, AreNotAskedWhileTheIndexIsInAnotherNumberOfShards) {
  const Host nobody{"127.0.0.1", free_port()};
  auto searcher = Searcher::open(std::array{one_}, {{one_, {nobody, nobody}}});
  EXPECT_FALSE(searcher->search(all_heat_)->partial);
}

TEST_F(Hosts, ThatAreAllSilentLeaveAnEmptyPage) {
  const Host nobody{"127.0.0.1", free_port()};
  auto searcher = Searcher::open(std::array{many_}, at(nobody, nobody, nobody));
  ASSERT_TRUE(searcher);
  for (SearchRequest request : requests()) {
    request.facets = {"type"};
    request.advise = request.nearest = request.explain = true;
    const auto page = searcher->search(request);
    ASSERT_TRUE(page) << request.text << ": " << page.error().message;
    EXPECT_EQ(page->total, 0u);
    EXPECT_EQ(page->notes.front().code, "partial");
  }
}

TEST_F(Hosts, ThatFailInTheMiddleAreNoError) {
  const Server second(copy_of(1)), third(copy_of(2));
  int whole = 0, cut = 0;
  for (std::size_t bytes = 0; bytes < 6000; bytes += bytes < 300 ? 37 : 450) {
    Proxy failing(second.host().port, bytes, Proxy::Then::reset);  // each on a port of its own: silence is remembered
    auto searcher = Searcher::open(std::array{many_}, at({}, failing.host(), third.host()));
    ASSERT_TRUE(searcher);
    const auto page = searcher->search(all_heat_);
    ASSERT_TRUE(page) << bytes << ": " << page.error().message;
    expect_without(*page, page->partial ? std::set<std::size_t>{1} : std::set<std::size_t>{}, all_heat_);
    ++(page->partial ? cut : whole);
  }
  EXPECT_GT(whole, 0);
  EXPECT_GT(cut, 5);
}

TEST_F(Hosts, ThatFallSilentInTheMiddleAreNotWaitedForTwice) {
  const Server second(copy_of(1));
  Proxy silent(second.host().port, 600, Proxy::Then::silence);
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < 20; ++i) {
    auto searcher = Searcher::open(std::array{many_}, at({}, silent.host(), {}));
    const auto page = searcher->search(all_heat_);
    ASSERT_TRUE(page) << page.error().message;
    expect_without(*page, {1}, all_heat_);
  }
  EXPECT_TRUE(silent.used_up());
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::milliseconds(2 * kAnswerMilliseconds));
}

// Says its piece to whoever comes.
class Speaker {
 public:
  explicit Speaker(std::string text)
      : thread_([this, said = std::move(text)] {
          while (!stop_) {
            pollfd line{listener_.socket(), POLLIN, 0};
            if (::poll(&line, 1, 10) <= 0) continue;
            const int client = ::accept(listener_.socket(), nullptr, nullptr);
            if (::write(client, said.data(), said.size()) < 0) ADD_FAILURE();
            ::close(client);
          }
        }) {}
  Speaker(const Speaker&) = delete;
  Speaker& operator=(const Speaker&) = delete;
  ~Speaker() {
    stop_ = true;
    thread_.join();
  }
  Host host() const { return {"127.0.0.1", listener_.port()}; }

 private:
  Listener listener_;
  std::atomic<bool> stop_ = false;
  std::thread thread_;
};

TEST_F(Hosts, ThatSpeakOtherwiseAreSilent) {
  std::vector<std::string> said = {"HTTP/1.1 400 Bad Request\r\n\r\n", "SSH-2.0-OpenSSH_9.2\r\n", std::string(300, '\0'),
                                   std::string(300, '\xff')};
  std::mt19937 random(3);
  for (int i = 0; i < 60; ++i) {  // as a greeting begins, and then not
    std::string text = {'\0', static_cast<char>(random() % 60), '\x27', static_cast<char>(random() % 2)};
    for (std::size_t left = random() % 80; left > 0; --left) text.push_back(static_cast<char>(random()));
    said.push_back(std::move(text));
  }
  for (const std::string& text : said) {
    const Speaker other(text);
    auto searcher = Searcher::open(std::array{many_}, at({}, other.host(), {}));
    ASSERT_TRUE(searcher);
    const auto page = searcher->search(all_heat_);
    ASSERT_TRUE(page) << page.error().message;
    EXPECT_EQ(page->hits.size(), page->total);
    expect_without(*page, page->partial ? std::set<std::size_t>{1} : std::set<std::size_t>{}, all_heat_);
  }
}

TEST_F(Hosts, ThatEndBetweenTwoSearchesAreLeftOut) {
  Server second(copy_of(1));
  auto searcher = Searcher::open(std::array{many_}, at({}, second.host(), {}));
  expect_without(*searcher->search(all_heat_), {}, all_heat_);
  second.end();
  expect_without(*searcher->search(all_heat_), {1}, all_heat_);
}

TEST_F(Hosts, WithAnOlderCopyAreNotAskedUntilTheyHaveOurs) {
  const EntryData fresh = test::work("w0001", "Heat and quartz");
  works_[1] = fresh;
  for (const fs::path& dir : {one_, many_}) {
    Writer writer = std::move(*Writer::open(dir, in_shards(dir == one_ ? 1 : 3)));
    ASSERT_TRUE(writer.replace(fresh.entry()));
    ASSERT_TRUE(writer.commit(10));
  }
  const std::vector<SearchRequest> asked = {{.text = "quartz"}, {.text = "heat"}, {.text = "heat plans shade towns"}};
  for (const HostState expected : {HostState::other_copy, HostState::answers}) {
    const Server second(copy_of(1)), third(copy_of(2));
    EXPECT_EQ(inspect_host(second.host(), shard_folder(many_, 1, 3))->state, expected);
    auto searcher = Searcher::open(std::array{many_}, at({}, second.host(), third.host()));
    for (const SearchRequest& request : asked) EXPECT_EQ(answer_of_one(request), test::answer(*searcher, request, works_));
    for (const std::size_t shard : {1u, 2u}) copy(shard);
  }
  const Server wrong(copy_of(2));
  EXPECT_EQ(inspect_host(wrong.host(), shard_folder(many_, 1, 3))->state, HostState::other_copy);
}

TEST(Host, IsWrittenWithItsPort) {
  EXPECT_EQ(to_string(Host{"search1.example.org", 7700}), "search1.example.org:7700");
  EXPECT_EQ(to_string(Host{"::1", 7700}), "[::1]:7700");
}

}  // namespace
}  // namespace colophon::indexer
