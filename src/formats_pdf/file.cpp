// SPDX-License-Identifier: GPL-3.0-or-later
// The only file that includes Poppler's private headers: their interface changes with each release. Written against 22.12
// (libpoppler126, Debian 12); at another version compare OutputDev.h, GfxState.h, GfxFont.h and PDFDoc.h first.
#include "formats_pdf/file.hpp"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wall"
#pragma GCC diagnostic ignored "-Wextra"
#pragma GCC diagnostic ignored "-Wold-style-cast"
#include <poppler/Annot.h>
#include <poppler/Catalog.h>
#include <poppler/Error.h>
#include <poppler/ErrorCodes.h>
#include <poppler/GfxFont.h>
#include <poppler/GfxState.h>
#include <poppler/GlobalParams.h>
#include <poppler/Link.h>
#include <poppler/OutputDev.h>
#include <poppler/PDFDoc.h>
#include <poppler/Page.h>
#include <poppler/Stream.h>
#include <poppler/UTF.h>
#include <poppler/poppler-config.h>
#pragma GCC diagnostic pop

#include <algorithm>
#include <cmath>
#include <map>

#include "base/text.hpp"

static_assert(std::string_view(POPPLER_VERSION).starts_with("22.12"), "compare Poppler's headers, then raise this");

namespace colophon::formats_pdf {
namespace {

constexpr std::size_t kMaxGlyphsOfPage = 400'000;
constexpr std::size_t kMaxActualText = 8;  // glyphs: longer spans are whole lines, whose places we would lose
constexpr double kLargeImage = 400 * 400;  // pixels

// Poppler reports errors through one callback without context; each thread reads one file at a time.
struct Sink {
  std::vector<Remark>* remarks = nullptr;
  std::uint32_t page = 0;
};
thread_local Sink sink;

void take_error(ErrorCategory category, Goffset, const char* message) {
  if (sink.remarks == nullptr || category == errSyntaxWarning || category == errUnimplemented || category == errNotAllowed ||
      category == errConfig)
    return;
  if (!sink.remarks->empty() && sink.remarks->back().page == sink.page) return;
  sink.remarks->push_back({sink.page, to_valid_utf8(message)});
}

std::string text_string(const GooString* raw) {
  if (raw == nullptr) return {};
  Unicode* codes = nullptr;
  const int count = TextStringToUCS4(raw->toStr(), &codes);
  std::string out;
  for (int i = 0; i < count; ++i) {
    if (codes[i] >= 0x20) append_utf8(out, codes[i]);
    else if (codes[i] == '\n' || codes[i] == '\t' || codes[i] == '\r') out.push_back(' ');
  }
  gfree(codes);
  return squeeze(out);
}

bool contains_any(const std::string& name, std::initializer_list<std::string_view> parts) {
  return std::ranges::any_of(parts, [&](std::string_view part) { return name.find(part) != std::string::npos; });
}

Font describe(const GfxFont& font) {
  Font out;
  if (font.getName()) out.name = *font.getName();
  const std::string name = ascii_lower(out.name);
  // The flags of fonts lie; their names seldom do.
  out.bold = font.isBold() || contains_any(name, {"bold", "black", "heavy", "cmbx", "-bd", "medi"});
  out.italic = font.isItalic() || contains_any(name, {"ital", "obli", "cmti"});
  return out;
}

// Takes the glyphs of one page.
class GlyphDevice final : public OutputDev {
 public:
  std::vector<Glyph> glyphs;
  std::vector<Font> fonts;
  double width = 0, height = 0;  // of the page, points

  bool upsideDown() override { return true; }
  bool useDrawChar() override { return true; }
  bool interpretType3Chars() override { return false; }
  bool needNonText() override { return false; }
  bool needCharCount() override { return false; }

  void updateFont(GfxState* state) override {
    const auto& font = state->getFont();
    if (!font) return;
    const Ref* id = font->getID();
    const auto [at, added] = known_.try_emplace({id->num, id->gen}, fonts.size());
    if (added) fonts.push_back(describe(*font));
    font_ = static_cast<std::uint16_t>(std::min<std::size_t>(at->second, UINT16_MAX));
  }

  void drawChar(GfxState* state,
                double x,
                double y,
                double dx,
                double dy,
                double origin_x,
                double origin_y,
                CharCode,
                int,
                const Unicode* codes,
                int count) override {
    if (count <= 0 || codes == nullptr || glyphs.size() > kMaxGlyphsOfPage) return;
    double px = 0, py = 0, vx = 0, vy = 0;
    state->transform(x - origin_x, y - origin_y, &px, &py);
    state->transformDelta(dx, dy, &vx, &vy);
    if (!std::isfinite(px + py + vx + vy)) return;
    const double size = shown_size(*state);
    for (int i = 0; i < count; ++i) add(codes[i], px + vx * i / count, py + vy * i / count, vx / count, vy / count, size);
  }

  void beginActualText(GfxState*, const GooString* text) override {
    actual_ = text_string(text);
    replaced_from_ = glyphs.size();
  }

  void endActualText(GfxState*) override {
    const std::size_t count = glyphs.size() - std::min(replaced_from_, glyphs.size());
    if (count == 0 || count > kMaxActualText) return;
    Glyph whole = glyphs[replaced_from_];
    whole.x1 = glyphs.back().x1;
    glyphs.resize(replaced_from_);
    const float letters = static_cast<float>(std::max<std::size_t>(1, count_code_points(actual_)));
    const float step = (whole.x1 - whole.x0) / letters;
    for (std::size_t at = 0; at < actual_.size();) {
      Glyph one = whole;
      one.code = next_code_point(actual_, at);
      one.x1 = one.x0 + step;
      whole.x0 = one.x1;
      glyphs.push_back(one);
    }
  }

 private:
  // Type 3 fonts count in a space of their own: their box tells how large they come out.
  static double shown_size(const GfxState& state) {
    const double* text = state.getTextMat();
    const double* page = state.getCTM();
    const double up_x = text[2] * page[0] + text[3] * page[2], up_y = text[2] * page[1] + text[3] * page[3];
    double size = std::abs(state.getFontSize()) * std::hypot(up_x, up_y);
    const auto& font = state.getFont();
    if (font && font->getType() == fontType3) {
      const double* box = font->getFontBBox();
      const double em = std::abs(font->getFontMatrix()[3] * (box[3] - box[1]));
      if (em > 0) size *= em;
    }
    return size;
  }

  // The writing direction gives the quarter turn; turned text is turned back, so that lines are always read from left to right.
  void add(Unicode code, double x, double y, double vx, double vy, double size) {
    Glyph glyph;
    glyph.code = code;
    glyph.font = font_;
    glyph.size = static_cast<float>(size);
    const double length = std::hypot(vx, vy);
    double across = x, down = y;
    if (std::abs(vx) >= std::abs(vy)) {
      glyph.turn = vx >= 0 ? 0 : 2;
      if (glyph.turn == 2) across = width - x, down = height - y;
    } else {
      glyph.turn = vy > 0 ? 1 : 3;
      across = glyph.turn == 1 ? y : height - y;
      down = glyph.turn == 1 ? width - x : x;
    }
    if (x < -width * 0.02 || x > width * 1.02 || y < -height * 0.02 || y > height * 1.02) return;  // off the page: nobody sees it
    glyph.x0 = static_cast<float>(across);
    glyph.x1 = static_cast<float>(across + length);
    glyph.baseline = static_cast<float>(down);
    glyphs.push_back(glyph);
  }

  std::map<std::pair<int, int>, std::size_t> known_;
  std::uint16_t font_ = 0;
  std::string actual_;
  std::size_t replaced_from_ = 0;
};

bool has_large_image(Page& page) {
  Dict* resources = page.getResourceDict();
  if (resources == nullptr) return false;
  const Object objects = resources->lookup("XObject");
  if (!objects.isDict()) return false;
  for (int i = 0; i < objects.dictGetLength(); ++i) {
    const Object object = objects.dictGetVal(i);
    if (!object.isStream()) continue;
    const Object width = object.streamGetDict()->lookup("Width"), height = object.streamGetDict()->lookup("Height");
    if (width.isNum() && height.isNum() && width.getNum() * height.getNum() >= kLargeImage) return true;
  }
  return false;
}

}  // namespace

struct File::Impl {
  std::unique_ptr<PDFDoc> document;
  GlyphDevice device;
  std::vector<Remark> remarks;
  std::vector<Font> no_fonts;

  // Errors reported while this lives belong to `page`.
  struct Listening {
    Listening(Impl& impl, std::uint32_t page) { sink = {&impl.remarks, page}; }
    Listening(const Listening&) = delete;
    Listening& operator=(const Listening&) = delete;
    ~Listening() { sink = {}; }
  };
};

void init_poppler() {
  if (!globalParams) globalParams = std::make_unique<GlobalParams>();
  setErrorCallback(take_error);
}

File::File(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
File::File(File&&) noexcept = default;
File& File::operator=(File&&) noexcept = default;
File::~File() = default;

std::expected<File, OpenFailure> File::open(std::string_view bytes) {
  auto impl = std::make_unique<Impl>();
  const Impl::Listening listening(*impl, 0);
  auto* stream = new MemStream(bytes.data(), 0, static_cast<Goffset>(bytes.size()), Object(objNull));  // the document owns it
  Impl* const raw = impl.get();
  const auto rebuilt = [raw] {
    if (raw->remarks.empty()) raw->remarks.push_back({0, "its table of objects was lost and had to be rebuilt"});
  };
  impl->document = std::make_unique<PDFDoc>(stream, std::optional<GooString>{}, std::optional<GooString>{}, nullptr, rebuilt);
  if (impl->document->isOk() && impl->document->getNumPages() > 0) return File(std::move(impl));
  const bool locked = !impl->document->isOk() && impl->document->getErrorCode() == errEncrypted;
  return std::unexpected(locked ? OpenFailure::encrypted : OpenFailure::damaged);
}

std::uint32_t File::page_count() const { return static_cast<std::uint32_t>(std::max(0, impl_->document->getNumPages())); }
const std::vector<Font>& File::fonts() const { return impl_->device.fonts; }
const std::vector<Remark>& File::remarks() const { return impl_->remarks; }

About File::about() const {
  const Impl::Listening listening(*impl_, 0);
  PDFDoc& document = *impl_->document;
  const auto entry = [&](const char* key) { return text_string(document.getDocInfoStringEntry(key).get()); };
  About out{entry("Title"), entry("Author"), entry("Subject"), entry("Keywords"), entry("Producer"), {}, false};
  if (const auto xmp = document.readMetadata()) out.xmp = to_valid_utf8(xmp->toStr());
  out.has_form = document.getCatalog()->getFormType() != Catalog::NoForm;
  return out;
}

RawPage File::page(std::uint32_t number) {
  const Impl::Listening listening(*impl_, number);
  RawPage out;
  const int index = static_cast<int>(number);
  Page* page = impl_->document->getPage(index);
  if (page == nullptr) {
    impl_->remarks.push_back({number, "the page is missing"});
    return out;
  }
  const bool lying = page->getRotate() % 180 != 0;
  out.width = static_cast<float>(lying ? page->getCropHeight() : page->getCropWidth());
  out.height = static_cast<float>(lying ? page->getCropWidth() : page->getCropHeight());
  GooString label;
  if (impl_->document->getCatalog()->indexToLabel(index - 1, &label)) out.label = text_string(&label);
  impl_->device.glyphs.clear();
  impl_->device.width = static_cast<double>(out.width);
  impl_->device.height = static_cast<double>(out.height);
  impl_->document->displayPage(&impl_->device, index, 72, 72, 0, false, true, true);
  out.glyphs = impl_->device.glyphs;
  out.has_image = out.glyphs.size() < 40 && has_large_image(*page);
  return out;
}

std::vector<LinkTarget> File::links(std::uint32_t number) {
  const Impl::Listening listening(*impl_, number);
  std::vector<LinkTarget> out;
  Page* page = impl_->document->getPage(static_cast<int>(number));
  const std::unique_ptr<Links> links = page ? page->getLinks() : nullptr;
  if (!links) return out;
  const PDFRectangle* crop = page->getCropBox();
  for (AnnotLink* link : links->getLinks()) {
    if (link->getAction() == nullptr || link->getAction()->getKind() != actionURI) continue;
    double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
    link->getRect(&x0, &y0, &x1, &y1);
    const Box box = {static_cast<float>(x0 - crop->x1), static_cast<float>(crop->y2 - y1), static_cast<float>(x1 - crop->x1),
                     static_cast<float>(crop->y2 - y0)};
    out.push_back({to_valid_utf8(static_cast<LinkURI*>(link->getAction())->getURI()), box});
  }
  return out;
}

}  // namespace colophon::formats_pdf
