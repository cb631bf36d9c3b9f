// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/dtd.hpp"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/valid.h>

namespace colophon::testing {
namespace {

xmlParserInputPtr from_disk(const char* url, const char*, xmlParserCtxtPtr context) {
  return std::filesystem::exists(url) ? xmlNewInputFromFile(context, url) : nullptr;
}
void note(void* faults, xmlErrorPtr error) {
  *static_cast<std::string*>(faults) += std::to_string(error->line) + ": " + (error->message ? error->message : "?");
}

}  // namespace

struct Dtd::Impl {
  std::unique_ptr<xmlDtd, decltype(&xmlFreeDtd)> dtd{nullptr, xmlFreeDtd};
};

Dtd::Dtd(const std::filesystem::path& file) : impl_(std::make_unique<Impl>()) {
  // the product refuses every external entity; a DTD is made of them
  const xmlExternalEntityLoader refusing = xmlGetExternalEntityLoader();
  xmlSetExternalEntityLoader(from_disk);
  if (std::filesystem::exists(file))
    impl_->dtd.reset(xmlParseDTD(nullptr, reinterpret_cast<const xmlChar*>(file.c_str())));  // NOLINT
  xmlSetExternalEntityLoader(refusing);
}
Dtd::~Dtd() = default;
Dtd::Dtd(Dtd&&) noexcept = default;
Dtd& Dtd::operator=(Dtd&&) noexcept = default;

bool Dtd::ok() const { return impl_->dtd != nullptr; }

std::string Dtd::faults_of(std::string_view xml) const {
  std::string faults;
  std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> document(
      xmlReadMemory(xml.data(), static_cast<int>(xml.size()), nullptr, nullptr, XML_PARSE_NONET | XML_PARSE_NOERROR), xmlFreeDoc);
  if (!document) return "not well-formed\n";
  std::unique_ptr<xmlValidCtxt, decltype(&xmlFreeValidCtxt)> context(xmlNewValidCtxt(), xmlFreeValidCtxt);
  const xmlStructuredErrorFunc before = xmlStructuredError;  // the product's, which says nothing
  void* const before_context = xmlStructuredErrorContext;
  xmlSetStructuredErrorFunc(&faults, note);
  if (xmlValidateDtd(context.get(), document.get(), impl_->dtd.get()) != 1 && faults.empty()) faults = "invalid\n";
  xmlSetStructuredErrorFunc(before_context, before);
  return faults;
}

}  // namespace colophon::testing
