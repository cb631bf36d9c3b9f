// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <compare>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace colophon::bib {

/// An identifier in its one canonical form: equal identifiers have equal text. Made only by Self::parse, which reads what people
/// and files write (resolver URLs, prefixes, blanks, hyphens, any case) and answers Errc::invalid with a reason otherwise.
template <class Self>
class CanonicalText {
 public:
  const std::string& str() const& { return value_; }
  std::string str() && { return std::move(value_); }
  friend auto operator<=>(const CanonicalText&, const CanonicalText&) = default;

 protected:
  explicit CanonicalText(std::string value) : value_(std::move(value)) {}

 private:
  std::string value_;
};

/// Digital Object Identifier (ISO 26324). Canonical: "10.1234/abc", ASCII letters lower-cased (DOIs compare case-insensitively,
/// DOI Handbook 2.4), without resolver, without trailing punctuation of a sentence.
class Doi : public CanonicalText<Doi> {
 public:
  static Result<Doi> parse(std::string_view text);
  std::string url() const;

 private:
  using CanonicalText::CanonicalText;
};

/// ORCID iD: sixteen digits, check digit by ISO 7064 MOD 11-2. Canonical: "0000-0002-1825-0097".
class Orcid : public CanonicalText<Orcid> {
 public:
  static Result<Orcid> parse(std::string_view text);
  std::string url() const;

 private:
  using CanonicalText::CanonicalText;
};

/// Research Organization Registry id: 0, six symbols of Crockford's base32, two check digits by ISO 7064 MOD 97-10.
/// Canonical: "05egrn753".
class Ror : public CanonicalText<Ror> {
 public:
  static Result<Ror> parse(std::string_view text);
  std::string url() const;

 private:
  using CanonicalText::CanonicalText;
};

/// International Standard Book Number (ISO 2108). Canonical: the thirteen digits; ISBN-10 is converted.
class Isbn : public CanonicalText<Isbn> {
 public:
  static Result<Isbn> parse(std::string_view text);

 private:
  using CanonicalText::CanonicalText;
};

/// International Standard Serial Number (ISO 3297). Canonical: "2049-3630".
class Issn : public CanonicalText<Issn> {
 public:
  static Result<Issn> parse(std::string_view text);

 private:
  using CanonicalText::CanonicalText;
};

/// arXiv identifier, new ("2101.00001") or old scheme ("math.gt/0309136" is written "math/0309136"), without version.
class ArxivId : public CanonicalText<ArxivId> {
 public:
  static Result<ArxivId> parse(std::string_view text);
  std::string url() const;

 private:
  using CanonicalText::CanonicalText;
};

/// Handle (RFC 3651), DOIs excepted: "prefix/suffix" with a numeric prefix. Canonical: upper case is kept, resolver removed.
class Handle : public CanonicalText<Handle> {
 public:
  static Result<Handle> parse(std::string_view text);
  std::string url() const;

 private:
  using CanonicalText::CanonicalText;
};

/// PubMed id: digits without leading zeros.
class Pmid : public CanonicalText<Pmid> {
 public:
  static Result<Pmid> parse(std::string_view text);

 private:
  using CanonicalText::CanonicalText;
};

/// PubMed Central id. Canonical: "PMC1234567".
class Pmcid : public CanonicalText<Pmcid> {
 public:
  static Result<Pmcid> parse(std::string_view text);

 private:
  using CanonicalText::CanonicalText;
};

/// A licence, canonical as SPDX id for Creative Commons ("CC-BY-4.0", "CC0-1.0"), from its URL or its usual spellings;
/// other texts are Errc::invalid and stay free text.
class Licence : public CanonicalText<Licence> {
 public:
  static Result<Licence> parse(std::string_view text);
  std::string url() const;

 private:
  using CanonicalText::CanonicalText;
};

}  // namespace colophon::bib
