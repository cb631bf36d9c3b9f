// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/zero_ended.hpp"
#include "formats/sheet/dates.hpp"
#include "formats/sheet/table.hpp"
#include "formats_office/number_format.hpp"
#include "formats_xml/sax.hpp"

namespace colophon::formats_office {

/// A part's XML through the same pre-pass and parser as every other XML of ours; tables hold more elements than articles do.
formats_xml::XmlEnd read_part(ZeroEnded bytes, formats_xml::XmlHandler& handler);

/// What all parts share: which elements are open, and the text of those that a part asks for.
class PartHandler : public formats_xml::XmlHandler {
 public:
  Next open(const formats_xml::XmlName& name, const formats_xml::XmlAttributes& attributes, std::uint32_t line) final;
  void close() final;
  void text(std::string_view text, std::size_t readable) final;

 protected:
  enum class Keeps : std::uint8_t { nothing, text };
  virtual Keeps begin(std::string_view name, const formats_xml::XmlAttributes& attributes) = 0;
  virtual void end(std::string_view name, std::string_view text) = 0;
  bool inside(std::string_view name) const;
  void stop() { stopped_ = true; }

 private:
  std::vector<std::string> open_;
  std::string text_;
  std::size_t kept_ = 0;  ///< depth of the element whose text is kept; 0: none
  bool stopped_ = false;
};

/// What a part says, and how reading it ended.
template <class T>
struct Part {
  T value;
  formats_xml::XmlEnd end;
};

/// "Id" and what it leads to, of a .rels part.
struct Relation {
  std::string id, type, target;
};
/// Relations of a part in `folder` ("xl/"), targets as names of parts.
Part<std::vector<Relation>> read_relations(ZeroEnded bytes, std::string_view folder);

struct Workbook {
  struct Sheet {
    std::string name, relation;
    bool hidden = false;
  };
  std::vector<Sheet> sheets;
  formats::Epoch epoch = formats::Epoch::y1900;
};
Part<Workbook> read_workbook(ZeroEnded bytes);

Part<std::vector<std::string>> read_shared_strings(ZeroEnded bytes);
/// What each cell style shows of a number.
Part<std::vector<Shows>> read_styles(ZeroEnded bytes);

/// "_x000D_" and the like are characters that XML cannot hold.
std::string unescaped(std::string_view text);

}  // namespace colophon::formats_office
