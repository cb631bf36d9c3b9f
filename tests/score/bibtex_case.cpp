// SPDX-License-Identifier: GPL-3.0-or-later
#include "bibtex_case.hpp"

#include <algorithm>

#include "base/io.hpp"
#include "formats/draft_reader.hpp"
#include "formats/format.hpp"
#include "formats_xml/endnote_reader.hpp"

namespace colophon::score {
namespace {

std::vector<std::filesystem::path> case_files(const std::filesystem::path& set) {
  std::vector<std::filesystem::path> out;
  if (const Result<Json> index = Json::parse(read_file(set / "index.json").value_or("")); index && index->is_array()) {
    for (const Json& row : index->items()) out.push_back(set / row["dir"].as_string() / row["file"].as_string());
  }
  std::error_code none;
  if (std::ranges::any_of(out, [&](const auto& path) { return std::filesystem::exists(path, none); })) return out;
  out.clear();
  for (const auto& entry : std::filesystem::recursive_directory_iterator(set, none)) {
    if (entry.path().string().ends_with(".case.json")) out.push_back(entry.path());
  }
  std::ranges::sort(out);
  return out;
}

Writing writing_of(std::string_view level) {
  if (level == "raw" || level == "tex-unicode" || level == "jabref-bib") return Writing::tex;
  return level == "csl-markdown" ? Writing::markdown : Writing::unicode;
}

}  // namespace

std::vector<Case> load_cases(const std::filesystem::path& set) {
  std::vector<Case> out;
  for (const std::filesystem::path& path : case_files(set)) {
    const Result<Json> json = Json::parse(read_file(path).value_or(""));
    if (!json) continue;
    Case one{.id = (*json)["id"].as_string(),
             .kind = (*json)["kind"].as_string(),
             .format = (*json)["input_format"].as_string(),
             .source = (*json)["source"].as_string(),
             .group = (*json)["group"].as_string(),
             .writing = writing_of((*json)["level"].as_string()),
             .input = {},
             .expect = (*json)["expect"]};
    if (const std::string& input = (*json)["input"].as_string(); !input.empty())
      one.input = read_file(path.parent_path() / input).value_or("");
    out.push_back(std::move(one));
  }
  return out;
}

std::optional<formats::Extraction> read_input(const Case& one) {
  const bool bibtex = one.format == "bibtex" || one.format == "biblatex";
  const formats::Format format = bibtex ? formats::Format::bibtex : formats::sniff(std::string_view(one.input).substr(0, 4096));
  if (format == formats::Format::endnote) return formats_xml::read_endnote(one.input);
  if (formats::row(format).read_in != formats::ReadIn::process) return std::nullopt;
  return formats::read_text(format, one.input);
}

}  // namespace colophon::score
