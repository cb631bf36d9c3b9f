// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats_xml/lint/jats_lint.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "formats_xml/lint/tree.hpp"
#include "formats_xml/prepass.hpp"
#include "formats_xml/sax.hpp"

#include <fmt/format.h>

namespace colophon::formats_xml {
namespace {

using formats::Outcome;

/// The limits are those of reading; nothing is kept but the root.
class Root final : public XmlHandler {
 public:
  Next open(const XmlName& name, const XmlAttributes&, std::uint32_t) override {
    if (root.empty()) root = name.text();
    return Next::go_on;
  }
  void close() override {}
  void text(std::string_view, std::size_t) override {}
  std::string root;
};

void tell_choice(const Doctype& doctype, const Choice& choice, Findings& findings) {
  const Location at{{}, std::max(1U, doctype.line), 1, 0};
  if (choice.exact) return;
  if (!doctype.named())
    return findings.add("jats.no-dtd", fmt::format("the file names no DTD; it is compared with {}", choice.dtd->name),
                        fmt::format("add <!DOCTYPE article PUBLIC \"{}\" …>", choice.dtd->public_id), at);
  const std::string named = doctype.public_id.empty() ? doctype.system_id : doctype.public_id;
  findings.add("jats.other-dtd",
               fmt::format("the DTD “{}” is not held here; the file is compared with the nearest one, {}",
                           printable(ellipsis(named, 100)), choice.dtd->name),
               "findings of validity may differ from those by its own DTD", at);
}

}  // namespace

formats::Extraction lint_jats(ZeroEnded bytes) {
  formats::Extraction out;
  Findings findings;
  const auto ended = [&](Outcome outcome) {
    out.outcome = outcome;
    out.diagnostics = findings.finish();
    return std::move(out);
  };
  Prepared prepared = prepare_xml(bytes);
  findings.take(prepared.diagnostics);
  if (prepared.outcome != Outcome::ok) return ended(prepared.outcome);
  Root root;
  XmlEnd end = parse_xml(prepared, root);
  findings.take(std::move(end.diagnostics));
  if (end.outcome != Outcome::ok) return ended(end.outcome);
  const std::unique_ptr<XmlTree> tree = XmlTree::parse(prepared.text(), prepared.line);
  if (!tree) return ended(Outcome::damaged);
  if (root.root == "article") {
    const Doctype doctype = doctype_of(bytes);
    const Choice choice = choose_dtd(doctype);
    tell_choice(doctype, choice, findings);
    check_validity(*tree, choice, findings);
  } else {
    findings.add("jats.no-dtd-held",
                 fmt::format("no DTD is held for <{}>; validity is not looked at", printable(ellipsis(root.root, 60))),
                 "articles are compared with the DTDs of JATS", {{}, 1, 1, 0});
  }
  check_recommendations(*tree, findings);
  return ended(Outcome::ok);
}

}  // namespace colophon::formats_xml
