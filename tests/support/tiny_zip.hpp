// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace colophon::test {

/// Makes small ZIP files (APPNOTE 6.3) for tests: entries are stored, or given with their deflated bytes.
class TinyZip {
 public:
  TinyZip& add(std::string_view name, std::string_view bytes) { return add(name, bytes, crc(bytes), bytes.size(), 0); }
  TinyZip& add_deflated(std::string_view name, std::string_view deflated, std::size_t size, std::uint32_t sum) {
    return add(name, deflated, sum, size, 8);
  }
  std::string bytes() const {
    std::string out = body_ + directory_ + "PK\x05\x06" + std::string(4, '\0');
    number(out, count_, 2);
    number(out, count_, 2);
    number(out, directory_.size(), 4);
    number(out, body_.size(), 4);
    return out + std::string(2, '\0');
  }

  /// `count` times 258 letters "a" and one more, deflated to 13 bits each (RFC 1951, fixed codes).
  static std::string deflated_run(std::size_t count) {
    std::string out;
    unsigned pending = 0, filled = 0;
    const auto bit = [&](unsigned one) {
      pending |= one << filled;
      if (++filled == 8) out.push_back(static_cast<char>(pending)), pending = filled = 0;
    };
    const auto code = [&](unsigned value, int bits) {
      while (bits-- > 0) bit(value >> bits & 1);
    };
    bit(1), bit(1), bit(0);  // the last block, fixed codes
    code(0x30 + 'a', 8);
    for (std::size_t i = 0; i < count; ++i) code(0xC5, 8), code(0, 5);  // 258 bytes, from one byte back
    code(0, 7);
    while (filled > 0) bit(0);
    return out;
  }

 private:
  static void number(std::string& out, std::size_t value, int bytes) {
    for (; bytes-- > 0; value >>= 8) out.push_back(static_cast<char>(value & 0xFF));
  }
  static std::uint32_t crc(std::string_view bytes) {
    std::uint32_t out = 0xFFFFFFFF;
    for (const char c : bytes) {
      out ^= static_cast<std::uint8_t>(c);
      for (int i = 0; i < 8; ++i) out = out >> 1 ^ (out & 1 ? 0xEDB88320U : 0U);
    }
    return ~out;
  }
  TinyZip& add(std::string_view name, std::string_view bytes, std::uint32_t sum, std::size_t size, std::size_t method) {
    std::string common;
    number(common, 20, 2), number(common, 0, 2), number(common, method, 2), number(common, 0, 4);
    number(common, sum, 4), number(common, bytes.size(), 4), number(common, size, 4);
    number(common, name.size(), 2), number(common, 0, 2);
    directory_ += "PK\x01\x02" + std::string("\x14\0", 2) + common + std::string(10, '\0');
    number(directory_, body_.size(), 4);
    directory_ += name;
    body_ += "PK\x03\x04" + common + std::string(name) + std::string(bytes);
    ++count_;
    return *this;
  }
  std::string body_, directory_;
  std::size_t count_ = 0;
};

/// A workbook of tests: its sheets' XML by name, shared strings and styles where given.
struct TinyXlsx {
  std::vector<std::pair<std::string, std::string>> sheets;  ///< name, and what stands in <worksheet>
  std::string shared = {};                                  ///< what stands in <sst>
  std::string styles = {};                                  ///< what stands in <styleSheet>
  std::string properties = {};                              ///< attributes of <workbookPr>
  std::map<std::string, std::string> more = {};             ///< further parts, or others in their place

  std::string bytes() const {
    static constexpr std::string_view kMain = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    static constexpr std::string_view kOffice = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const auto element = [](std::string_view name, const std::string& inside) {
      return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<" + std::string(name) + " xmlns=\"" + std::string(kMain) +
             "\" xmlns:r=\"" + std::string(kOffice) + "\">" + inside + "</" + std::string(name) + ">";
    };
    const auto relation = [](const std::string& id, const std::string& type, const std::string& target) {
      return "<Relationship Id=\"" + id + "\" Type=\"" + std::string(kOffice) + "/" + type + "\" Target=\"" + target + "\"/>";
    };
    std::map<std::string, std::string> parts;
    parts["_rels/.rels"] = "<Relationships>" + relation("r", "officeDocument", "xl/workbook.xml") + "</Relationships>";
    std::string book, relations;
    for (std::size_t i = 0; i < sheets.size(); ++i) {
      const std::string n = std::to_string(i + 1);
      book += "<sheet name=\"" + sheets[i].first + "\" sheetId=\"" + n + "\" r:id=\"s" + n + "\"/>";
      relations += relation("s" + n, "worksheet", "worksheets/sheet" + n + ".xml");
      parts["xl/worksheets/sheet" + n + ".xml"] = element("worksheet", sheets[i].second);
    }
    relations += relation("t", "sharedStrings", "sharedStrings.xml") + relation("u", "styles", "/xl/styles.xml");
    parts["xl/workbook.xml"] = element("workbook", "<workbookPr " + properties + "/><sheets>" + book + "</sheets>");
    parts["xl/_rels/workbook.xml.rels"] = "<Relationships>" + relations + "</Relationships>";
    if (!shared.empty()) parts["xl/sharedStrings.xml"] = element("sst", shared);
    if (!styles.empty()) parts["xl/styles.xml"] = element("styleSheet", styles);
    for (const auto& [name, text] : more) parts[name] = text;
    TinyZip out;
    for (const auto& [name, text] : parts) out.add(name, text);
    return out.bytes();
  }
};

}  // namespace colophon::test
