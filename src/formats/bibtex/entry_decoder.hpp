// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <bitset>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bib/work.hpp"
#include "formats/bibtex/bib_file.hpp"
#include "formats/bibtex/entry_fields.hpp"
#include "formats/bibtex/field_names.hpp"
#include "formats/bibtex/mapping.hpp"
#include "formats/bibtex/names.hpp"
#include "formats/bibtex/tex.hpp"

namespace colophon::formats::bibtex {

/// Whether byte spans of values are places of the file that people have.
enum class Spans : std::uint8_t { keep, drop };

/// Makes works of entries: one function for each Form of the mapping table, and a few for what several fields say together. Values that
/// cannot be read, second values and fields without a place become bib::Extra{"bibtex:name", raw text}, in the order of the file.
///
/// Fields are read in the order of bib::FieldId, so that statements are only ever appended.
class EntryDecoder {
 public:
  EntryDecoder(BibFile& file, FieldNames& names, Reports& reports, Spans spans)
      : file_(file), reports_(reports), fields_(file, names, reports), spans_(spans) {
    decoding_.macros = &file.commands();
    decoding_.budget = file.most_expansion();
  }

  /// REQUIRES: `entry` is that chunk, parsed. `out` is replaced.
  void decode(const Entry& entry, const Chunk& chunk, std::uint32_t number, bib::Work& out);
  /// The file's own TeX commands that the last entry used.
  const std::vector<const TexMacro*>& used_commands() const { return decoding_.used; }

 private:
  using Decode = void (EntryDecoder::*)(const Given&);
  static const std::array<Decode, static_cast<std::size_t>(Form::extra) + 1> kDecode;

  // --- what is read when: jobs are (field of ours, index of the field given or one of these), sorted
  enum class Composed : std::uint32_t { date = UINT32_MAX - 4, number, eprint, main_title, genre };
  void begin(const Chunk& chunk, bib::Work& out);
  void plan(const std::vector<Given>& given);
  void plan_composed();
  bool put_aside(const Given& field);
  bool is_venue(const Given& field, const std::vector<Given>& given) const;
  bool is_organizer(const Given& field, const std::vector<Given>& given) const;
  void set_aside(std::optional<Given>& slot, const Given& field);
  void settle_type(const std::vector<Given>& given);
  void add_job(bib::FieldId field, std::uint32_t index) { jobs_.push_back(static_cast<std::uint64_t>(field) << 32 | index); }
  void add_job(bib::FieldId field, Composed what) { add_job(field, static_cast<std::uint32_t>(what)); }
  void run(std::uint64_t job, const std::vector<Given>& given);
  void run_field(const Given& field);
  void finish(const Entry& entry, const Chunk& chunk);
  void add_extras();

  // --- one function a form
  void decode_title(const Given& f);
  void decode_rich_text(const Given& f);
  void decode_text(const Given& f);
  void decode_list(const Given& f);
  void decode_names(const Given& f);
  void decode_date(const Given& f);
  void decode_pages(const Given& f);
  void decode_code(const Given& f);
  void decode_identifier(const Given& f);
  void decode_url(const Given& f);
  void decode_how(const Given& f);
  void decode_keywords(const Given& f);
  void decode_language(const Given& f);
  void decode_genre(const Given& f);
  void decode_funding(const Given& f);
  void decode_link(const Given& f);
  void decode_extra(const Given& f) { extras_.push_back({f.name, f.tex, f.begin, f.end}); }

  // --- what several fields say together
  void compose_date();
  void compose_number();
  void compose_eprint();
  void compose_main_title();
  void compose_genre();
  bool dated() const { return has(bib::FieldId::issued); }

  // --- what they stand on
  template <class V>
  void keep(bib::FieldId field, V&& value, const Given& from);
  void keep_url(std::string_view tex, const Given& from);
  bool keep_identifier(bib::FieldId field, std::string_view text, const Given& from);
  void keep_extra(const Given& field, std::string_view why);
  void keep_second(const Given& field);
  bool has(bib::FieldId field) const { return decoded_[static_cast<std::size_t>(field)]; }
  bib::RichText rich(std::string_view tex);
  std::string plain(std::string_view tex);

  struct Kept {
    std::string_view name, text;
    std::size_t begin, end;
  };

  BibFile& file_;
  Reports& reports_;
  EntryFields fields_;
  Spans spans_;

  bib::Work* work_ = nullptr;
  bib::FieldId target_{};  // of the field that is being read
  const TypeMapping* mapped_type_ = nullptr;
  bib::WorkType type_ = bib::WorkType::unknown;
  bool typed_ = false;  // by entrysubtype
  std::bitset<256> decoded_;
  std::vector<std::uint64_t> jobs_;
  std::vector<Kept> extras_;
  Decoding decoding_;
  std::vector<std::string> odd_;
  NameCuts cuts_;
  std::optional<Given> year_, month_, day_, number_, eprint_, eprint_type_, subcontainer_, main_title_;
  std::optional<bib::Code> archived_;  // the eprint, read
  bib::FieldId archive_{};
  const Given* container_ = nullptr;
  std::size_t type_begin_ = 0;
};

}  // namespace colophon::formats::bibtex
