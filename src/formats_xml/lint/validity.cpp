// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cstring>

#include "base/text.hpp"
#include "formats_xml/lint/dtd_files.hpp"
#include "formats_xml/lint/tree.hpp"

#include <fmt/format.h>
#include <libxml/parser.h>
#include <libxml/valid.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlregexp.h>

// Validity against one of our DTDs, in our own words.
namespace colophon::formats_xml {
namespace {

constexpr std::string_view kScheme = "jats:/";
constexpr int kMostExpected = 12;

std::string_view view(const xmlChar* text) { return text ? reinterpret_cast<const char*>(text) : std::string_view(); }
std::string shown(const char* text) { return printable(ellipsis(text ? text : "", 60)); }

std::string qualified(const xmlNode* node) {
  const std::string prefix = node->ns && node->ns->prefix ? std::string(view(node->ns->prefix)) + ":" : std::string();
  return prefix + std::string(view(node->name));
}

/// The one loader that gives anything: the files of our DTDs, by addresses that no other loader knows.
xmlParserInputPtr give_dtd(const char* url, const char*, xmlParserCtxtPtr parser) {
  std::string_view path = url ? url : "";
  if (!path.starts_with(kScheme)) return nullptr;
  path.remove_prefix(kScheme.size());
  const std::optional<std::string_view> text = dtd_file(path);
  if (!text) return nullptr;
  const std::string_view bytes = text->empty() ? " " : *text;
  xmlParserInputBufferPtr buffer =
      xmlParserInputBufferCreateMem(bytes.data(), static_cast<int>(bytes.size()), XML_CHAR_ENCODING_NONE);
  xmlParserInputPtr input = buffer ? xmlNewIOInputStream(parser, buffer, XML_CHAR_ENCODING_NONE) : nullptr;
  if (input) input->filename = reinterpret_cast<char*>(xmlStrdup(reinterpret_cast<const xmlChar*>(url)));
  return input;
}

/// The loader is ours while a DTD is read, and the one that finds nothing again behind it.
class LoaderScope {
 public:
  LoaderScope() : before_(xmlGetExternalEntityLoader()) { xmlSetExternalEntityLoader(give_dtd); }
  ~LoaderScope() { xmlSetExternalEntityLoader(before_); }
  LoaderScope(const LoaderScope&) = delete;
  LoaderScope& operator=(const LoaderScope&) = delete;

 private:
  xmlExternalEntityLoader before_;
};

struct FreeDtd {
  void operator()(xmlDtdPtr dtd) const { xmlFreeDtd(dtd); }
};
using DtdPtr = std::unique_ptr<xmlDtd, FreeDtd>;

DtdPtr load(const Dtd& dtd) {
  const LoaderScope scope;
  const std::string address = std::string(kScheme) + std::string(dtd.path);
  return DtdPtr(xmlParseDTD(reinterpret_cast<const xmlChar*>(std::string(dtd.public_id).c_str()),
                            reinterpret_cast<const xmlChar*>(address.c_str())));
}

struct FreeExec {
  void operator()(xmlRegExecCtxtPtr exec) const { xmlRegFreeExecCtxt(exec); }
};

/// What a validator's errors become.
class Check {
 public:
  Check(const XmlTree& tree, const Choice& choice, xmlDtdPtr dtd, Findings& findings)
      : tree_(tree), choice_(choice), dtd_(dtd), findings_(findings) {}

  void take(const xmlError& error) {
    const auto* node = static_cast<const xmlNode*>(error.node);
    const Location at = tree_.place(node);
    switch (error.code) {
      case XML_DTD_UNKNOWN_ELEM: return unknown_element(node, at);
      case XML_DTD_INVALID_CHILD: return invalid_child(node, error, at);
      case XML_DTD_CONTENT_MODEL:
      case XML_DTD_CONTENT_ERROR:
      case XML_DTD_CONTENT_NOT_DETERMINIST: return content(node, at);
      case XML_DTD_NOT_EMPTY:
        return tell("jats.invalid-content", fmt::format("<{}> may hold nothing", name(node)), "take its content out", at);
      case XML_DTD_NOT_PCDATA:
        return tell("jats.invalid-content", fmt::format("<{}> may hold text only", name(node)), "take the elements out", at);
      case XML_DTD_MISSING_ATTRIBUTE:
        return tell("jats.missing-attribute", fmt::format("<{}> needs the attribute {}", name(node), shown(error.str2)), "add it",
                    at);
      case XML_DTD_UNKNOWN_ATTRIBUTE:
        return tell("jats.unknown-attribute", fmt::format("<{}> has no attribute {}", name(node), shown(error.str1)),
                    "take it out, or correct its name", at);
      case XML_DTD_ELEM_NAMESPACE:
      case XML_DTD_ELEM_DEFAULT_NAMESPACE:
      case XML_DTD_ATTRIBUTE_DEFAULT:
      case XML_DTD_ATTRIBUTE_VALUE: return value(node, error, at);
      case XML_DTD_ID_REDEFINED:
        return tell("jats.duplicate-id", fmt::format("the id “{}” was given before", shown(error.str1)),
                    "give each element an id of its own", at);
      case XML_DTD_UNKNOWN_ID:
        return tell("jats.unknown-id",
                    fmt::format("{} refers to the id “{}”, which nothing has", shown(error.str1), shown(error.str2)),
                    "correct the reference, or give its target the id", at);
      default:
        return tell("jats.invalid",
                    "the DTD is not followed: " + squeeze(to_valid_utf8(ellipsis(error.message ? error.message : "", 200))),
                    hint(), at);
    }
  }

 private:
  static std::string name(const xmlNode* node) { return node ? printable(ellipsis(qualified(node), 60)) : "?"; }
  std::string hint() const { return fmt::format("see {}", choice_.dtd->name); }
  void tell(std::string_view code, std::string message, std::string hint, const Location& at) {
    findings_.add(code, std::move(message), std::move(hint), at);
  }

  void unknown_element(const xmlNode* node, const Location& at) {
    const bool bare = node && !node->ns;
    tell("jats.unknown-element", fmt::format("<{}> is no element of {}", name(node), choice_.dtd->name),
         bare ? "correct its name, or declare its prefix" : "correct its name, or the prefix of its namespace", at);
  }

  /// A child of an element with mixed content: the error names it, but its node is the parent.
  void invalid_child(const xmlNode* parent, const xmlError& error, const Location& at) {
    const std::string_view child = error.str1 ? error.str1 : "";
    Location where = at;
    for (const xmlNode* one = parent ? parent->children : nullptr; one; one = one->next) {
      if (one->type == XML_ELEMENT_NODE && view(one->name) == child && std::ranges::find(placed_, one) == placed_.end()) {
        where = tree_.place(one);
        placed_.push_back(one);
        break;
      }
    }
    tell("jats.invalid-content", fmt::format("<{}> may not stand in <{}>", printable(ellipsis(child, 60)), name(parent)), hint(),
         where);
  }

  /// Children that do not follow the model: the first one that may not stand where it stands, and what may.
  void content(const xmlNode* node, const Location& at) {
    xmlElementPtr declared = node ? declaration(node) : nullptr;
    if (declared && !declared->contModel) xmlValidBuildContentModel(nullptr, declared);
    if (!declared || !declared->contModel || xmlRegexpIsDeterminist(declared->contModel) != 1)
      return tell("jats.invalid-content", fmt::format("what stands in <{}> does not follow the DTD", name(node)), hint(), at);
    const std::unique_ptr<xmlRegExecCtxt, FreeExec> exec(xmlRegNewExecCtxt(declared->contModel, nullptr, nullptr));
    const xmlNode* before = nullptr;
    for (const xmlNode* child = node->children; child; child = child->next) {
      if (child->type == XML_TEXT_NODE && !trim(view(child->content)).empty())
        return tell("jats.invalid-content",
                    fmt::format("<{}> may hold elements only, not the text “{}”", name(node),
                                printable(ellipsis(trim(view(child->content)), 40))),
                    "put the text into an element", at);
      if (child->type != XML_ELEMENT_NODE) continue;
      const std::string wanted = expected(exec.get());
      if (xmlRegExecPushString(exec.get(), reinterpret_cast<const xmlChar*>(qualified(child).c_str()), nullptr) < 0) {
        const std::string place = before ? fmt::format(" behind <{}>", name(before)) : std::string(" first");
        return tell("jats.invalid-content", fmt::format("<{}> may not stand in <{}>{}", name(child), name(node), place),
                    wanted.empty() ? "nothing may follow" : "what may: " + wanted, tree_.place(child));
      }
      before = child;
    }
    const std::string wanted = expected(exec.get());
    tell("jats.missing-element", fmt::format("<{}> ends too early", name(node)),
         wanted.empty() ? hint() : "what is missing: " + wanted, at);
  }

  static std::string expected(xmlRegExecCtxtPtr exec) {
    std::array<xmlChar*, kMostExpected> values{};
    int count = kMostExpected, negative = 0, terminal = 0;
    if (xmlRegExecNextValues(exec, &count, &negative, values.data(), &terminal) < 0) return {};
    std::string out;
    for (int i = 0; i < std::min(count, kMostExpected); ++i) {
      const std::string one(view(values[static_cast<std::size_t>(i)]));
      if (!one.empty()) out += (out.empty() ? "" : ", ") + one;
    }
    return count >= kMostExpected ? out + " …" : out;
  }

  xmlElementPtr declaration(const xmlNode* node) const {
    const xmlChar* prefix = node->ns ? node->ns->prefix : nullptr;
    if (xmlElementPtr found = xmlGetDtdQElementDesc(dtd_, node->name, prefix)) return found;
    return xmlGetDtdElementDesc(dtd_, node->name);
  }

  /// Fixed values (dtd-version, namespaces) count only for the file's own DTD.
  void value(const xmlNode* node, const xmlError& error, const Location& at) {
    const std::string said = squeeze(to_valid_utf8(ellipsis(error.message ? error.message : "", 300)));
    if (!choice_.exact && said.find("dtd-version") != std::string::npos) return;
    if (error.code == XML_DTD_ELEM_NAMESPACE || error.code == XML_DTD_ELEM_DEFAULT_NAMESPACE ||
        said.find("xmlns") != std::string::npos)
      return tell("jats.invalid-value", fmt::format("<{}> binds a prefix to another namespace than the DTD", name(node)),
                  "the DTD’s words: " + said, at);
    static constexpr std::string_view kBefore = "attribute ";
    const std::size_t at_name = said.find(kBefore);
    const std::string attribute = at_name == std::string::npos ? std::string() : said.substr(at_name + kBefore.size());
    tell("jats.invalid-value",
         fmt::format("<{}> has a value that the DTD does not allow for the attribute {}", name(node),
                     printable(attribute.substr(0, attribute.find(' ')))),
         "the DTD’s words: " + said, at);
  }

  const XmlTree& tree_;
  const Choice& choice_;
  xmlDtdPtr dtd_;
  Findings& findings_;
  std::vector<const xmlNode*> placed_;
};

struct FreeValid {
  void operator()(xmlValidCtxtPtr valid) const { xmlFreeValidCtxt(valid); }
};

}  // namespace

void check_validity(const XmlTree& tree, const Choice& choice, Findings& findings) {
  const DtdPtr dtd = load(*choice.dtd);
  COLOPHON_ASSERT(dtd != nullptr);  // a part of the program
  Check check(tree, choice, dtd.get(), findings);
  const std::unique_ptr<xmlValidCtxt, FreeValid> valid(xmlNewValidCtxt());
  const xmlStructuredErrorFunc before = xmlStructuredError;
  void* const context = xmlStructuredErrorContext;
  xmlSetStructuredErrorFunc(&check, [](void* self, xmlErrorPtr error) { static_cast<Check*>(self)->take(*error); });
  xmlValidateDtd(valid.get(), static_cast<xmlDocPtr>(tree.document()), dtd.get());
  xmlSetStructuredErrorFunc(context, before);
}

}  // namespace colophon::formats_xml
