// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/refer/types.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace colophon::formats {
namespace {

struct Row {
  std::string_view name, ris;
  int number = -1;  ///< as far as seen in files
};
// clang-format off
constexpr std::array kTypes = {
    Row{"Journal Article", "JOUR", 17},       Row{"Book", "BOOK", 6},                 Row{"Book Section", "CHAP", 5},
    Row{"Edited Book", "EDBOOK", 28},         Row{"Conference Proceedings", "CONF", 10}, Row{"Conference Paper", "CPAPER", 47},
    Row{"Report", "RPRT", 27},                Row{"Thesis", "THES", 32},              Row{"Web Page", "ELEC", 12},
    Row{"Electronic Source", "ELEC", 12},     Row{"Electronic Article", "EJOUR", 43}, Row{"Electronic Book", "EBOOK", 44},
    Row{"Electronic Book Section", "ECHAP", 60}, Row{"Generic", "GEN", 13},           Row{"Government Document", "GOVDOC", 46},
    Row{"Magazine Article", "MGZN", 19},      Row{"Newspaper Article", "NEWS", 23},   Row{"Manuscript", "MANSCPT", 36},
    Row{"Unpublished Work", "UNPB", 34},      Row{"Personal Communication", "PCOMM", 26}, Row{"Patent", "PAT", 25},
    Row{"Map", "MAP", 20},                    Row{"Dataset", "DATA", 59},             Row{"Computer Program", "COMP", 9},
    Row{"Audiovisual Material", "ADVS", 3},   Row{"Film or Broadcast", "MPCT", 21},   Row{"Artwork", "ART", 2},
    Row{"Bill", "BILL", 4},                   Row{"Case", "CASE", 7},                 Row{"Hearing", "HEAR", 14},
    Row{"Statute", "STAT", 31},               Row{"Legal Rule or Regulation", "LEGAL", 50}, Row{"Chart or Table", "CHART", 38},
    Row{"Equation", "EQUA", 39},              Row{"Figure", "FIGURE", 37},            Row{"Online Database", "DBASE", 45},
    Row{"Online Multimedia", "MULTI", 48},    Row{"Multimedia Application", "MULTI", 48}, Row{"Pamphlet", "PAMP", 24},
    Row{"Standard", "STAND", 58},             Row{"Serial", "SER", 57},               Row{"Encyclopedia", "ENCYC", 53},
    Row{"Dictionary", "DICT", 52},            Row{"Ancient Text", "ANCIENT", 51},     Row{"Aggregated Database", "AGGR", 55},
    Row{"Blog", "BLOG", 56},                  Row{"Grant", "GRNT", 54},               Row{"Catalog", "CTLG", 8},
    Row{"Classical Work", "CLSWK", 49},       Row{"Interview", "INTV", 64},           Row{"Music", "MUSIC", 61},
    Row{"Podcast", "POD", 62},                Row{"Press Release", "PRESS", 63},      Row{"Journal", "JFULL"},
    Row{"In Press Article", "INPR"},          Row{"Data Set", "DATA"},                Row{"Website", "ELEC"},
};
// clang-format on

}  // namespace

const ris::TypeRow* refer_type(std::string_view name) {
  const auto found = std::ranges::find_if(kTypes, [&](const Row& r) { return iequals(r.name, name); });
  return found == kTypes.end() ? nullptr : ris::type_named(found->ris);
}

const ris::TypeRow* refer_type(int number) {
  const auto found = std::ranges::find_if(kTypes, [&](const Row& r) { return r.number == number && number >= 0; });
  return found == kTypes.end() ? nullptr : ris::type_named(found->ris);
}

}  // namespace colophon::formats
