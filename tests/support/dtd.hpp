// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/valid.h>

/// Validity against a DTD on this disk, for tests: the DTD is read once, nothing is fetched.
///
///   const Dtd dtd(folder / "1.3" / "JATS-archivearticle1-3-mathml3.dtd");
///   if (dtd.ok()) EXPECT_EQ(dtd.faults_of(xml), "");
namespace colophon::testing {

class Dtd {
 public:
  explicit Dtd(const std::filesystem::path& file) {
    // the product refuses every external entity; a DTD is made of them
    const xmlExternalEntityLoader refusing = xmlGetExternalEntityLoader();
    xmlSetExternalEntityLoader(from_disk);
    if (std::filesystem::exists(file))
      dtd_.reset(xmlParseDTD(nullptr, reinterpret_cast<const xmlChar*>(file.c_str())));  // NOLINT
    xmlSetExternalEntityLoader(refusing);
  }
  bool ok() const { return dtd_ != nullptr; }

  /// What is wrong, a line each; empty when the document is valid.
  std::string faults_of(std::string_view xml) const {
    std::string faults;
    std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> document(
        xmlReadMemory(xml.data(), static_cast<int>(xml.size()), nullptr, nullptr, XML_PARSE_NONET | XML_PARSE_NOERROR),
        xmlFreeDoc);
    if (!document) return "not well-formed\n";
    std::unique_ptr<xmlValidCtxt, decltype(&xmlFreeValidCtxt)> context(xmlNewValidCtxt(), xmlFreeValidCtxt);
    const xmlStructuredErrorFunc before = xmlStructuredError;  // the product's, which says nothing
    void* const before_context = xmlStructuredErrorContext;
    xmlSetStructuredErrorFunc(&faults, note);
    if (xmlValidateDtd(context.get(), document.get(), dtd_.get()) != 1 && faults.empty()) faults = "invalid\n";
    xmlSetStructuredErrorFunc(before_context, before);
    return faults;
  }

 private:
  static xmlParserInputPtr from_disk(const char* url, const char*, xmlParserCtxtPtr context) {
    return std::filesystem::exists(url) ? xmlNewInputFromFile(context, url) : nullptr;
  }
  static void note(void* faults, xmlErrorPtr error) {
    *static_cast<std::string*>(faults) += std::to_string(error->line) + ": " + (error->message ? error->message : "?");
  }

  std::unique_ptr<xmlDtd, decltype(&xmlFreeDtd)> dtd_{nullptr, xmlFreeDtd};
};

}  // namespace colophon::testing
