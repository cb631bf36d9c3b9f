// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdio>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace colophon::test {

/// Writes small PDF files for tests: text at places, in Helvetica (F) or Helvetica-Bold (B), bytes in WinAnsi.
///
///   TinyPdf pdf;
///   pdf.page().text(72, 90, 18, "A Title").text(72, 120, 10, "and a line");
///   pdf.info("Title", "A Title");
///   std::string bytes = pdf.bytes();
///
/// Places are points from the top left corner of a page of 595 by 842 points, at the baseline.
class TinyPdf {
 public:
  static constexpr double kWidth = 595, kHeight = 842;

  TinyPdf& page() {
    pages_.emplace_back();
    return *this;
  }
  TinyPdf& text(double x, double y, double size, std::string_view text, char font = 'F') {
    return raw("BT /" + std::string(1, font) + " " + number(size) + " Tf 1 0 0 1 " + number(x) + " " + number(kHeight - y) +
               " Tm (" + escaped(text) + ") Tj ET\n");
  }
  /// Text that runs upwards, as in the margin of a preprint.
  TinyPdf& upwards(double x, double y, double size, std::string_view text) {
    return raw("BT /F " + number(size) + " Tf 0 1 -1 0 " + number(x) + " " + number(kHeight - y) + " Tm (" + escaped(text) +
               ") Tj ET\n");
  }
  TinyPdf& raw(std::string operators) {
    pages_.back().content += operators;
    return *this;
  }
  TinyPdf& link(double x, double y, std::string_view uri) {
    pages_.back().annotations += "<</Type/Annot/Subtype/Link/Rect[" + number(x) + " " + number(kHeight - y) + " " +
                                 number(x + 100) + " " + number(kHeight - y + 10) + "]/A<</S/URI/URI(" + escaped(uri) + ")>>>>";
    return *this;
  }
  TinyPdf& image(int width, int height) {
    pages_.back().image = "<</Type/XObject/Subtype/Image/Width " + std::to_string(width) + "/Height " + std::to_string(height) +
                          "/BitsPerComponent 1/ColorSpace/DeviceGray/Length 0>>stream\n\nendstream";
    return *this;
  }
  TinyPdf& info(std::string_view key, std::string_view value) {
    info_ += "/" + std::string(key) + "(" + escaped(value) + ")";
    return *this;
  }
  /// More entries of the catalog: "/AcroForm<<…>>", "/PageLabels<<…>>".
  TinyPdf& catalog(std::string_view entries) {
    catalog_ += entries;
    return *this;
  }
  TinyPdf& xmp(std::string packet) {
    xmp_ = std::move(packet);
    return *this;
  }
  /// More entries of the trailer: "/Encrypt<<…>>/ID[<00><00>]".
  TinyPdf& trailer(std::string_view entries) {
    trailer_ += entries;
    return *this;
  }

  std::string bytes() const {
    std::vector<std::string> objects = {"", "", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
                                        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>",
                                        "<<" + info_ + ">>"};
    std::string kids;
    for (const Page& page : pages_) {
      objects.push_back("<</Length " + std::to_string(page.content.size()) + ">>stream\n" + page.content + "endstream");
      const std::size_t content = objects.size();
      std::string images;
      if (!page.image.empty()) {
        objects.push_back(page.image);
        images = "/XObject<</I " + reference(objects.size()) + ">>";
      }
      objects.push_back("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents " + reference(content) +
                        "/Resources<</Font<</F 3 0 R/B 4 0 R>>" + images + ">>/Annots[" + page.annotations + "]>>");
      kids += reference(objects.size()) + " ";
    }
    std::string metadata;
    if (!xmp_.empty()) {
      objects.push_back("<</Type/Metadata/Subtype/XML/Length " + std::to_string(xmp_.size()) + ">>stream\n" + xmp_ +
                        "\nendstream");
      metadata = "/Metadata " + reference(objects.size());
    }
    objects[0] = "<</Type/Catalog/Pages 2 0 R" + metadata + catalog_ + ">>";
    objects[1] = "<</Type/Pages/Kids[" + kids + "]/Count " + std::to_string(pages_.size()) + ">>";
    return assembled(objects);
  }

 private:
  struct Page {
    std::string content, annotations, image;
  };

  static std::string number(double value) {
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%.2f", value);
    return buffer;
  }
  static std::string reference(std::size_t object) { return std::to_string(object) + " 0 R"; }
  static std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
      if (c == '(' || c == ')' || c == '\\') out.push_back('\\');
      out.push_back(c);
    }
    return out;
  }
  std::string assembled(const std::vector<std::string>& objects) const {
    std::string out = "%PDF-1.4\n";
    std::string table = "xref\n0 " + std::to_string(objects.size() + 1) + "\n0000000000 65535 f \n";
    for (std::size_t i = 0; i < objects.size(); ++i) {
      char entry[32];
      std::snprintf(entry, sizeof entry, "%010zu 00000 n \n", out.size());
      table += entry;
      out += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
    }
    const std::size_t start = out.size();
    return out + table + "trailer<</Root 1 0 R/Info 5 0 R/Size " + std::to_string(objects.size() + 1) + trailer_ +
           ">>\nstartxref\n" + std::to_string(start) + "\n%%EOF\n";
  }

  std::vector<Page> pages_;
  std::string info_, catalog_, xmp_, trailer_;
};

}  // namespace colophon::test
