// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

/// Validity against a DTD on this disk, for tests: the DTD is read once, nothing is fetched.
///
///   const Dtd dtd(folder / "1.3" / "JATS-archivearticle1-3-mathml3.dtd");
///   if (dtd.ok()) EXPECT_EQ(dtd.faults_of(xml), "");
namespace colophon::testing {

class Dtd {
 public:
  explicit Dtd(const std::filesystem::path& file);
  ~Dtd();
  Dtd(Dtd&&) noexcept;
  Dtd& operator=(Dtd&&) noexcept;
  /// False when there is no such file, or it is no DTD.
  bool ok() const;

  /// What is wrong, a line each ("12: message"); empty when the document is valid. REQUIRES: ok().
  std::string faults_of(std::string_view xml) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace colophon::testing
