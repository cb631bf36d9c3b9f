// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/draft.hpp"
#include "formats/draft_builder.hpp"
#include "formats/ris/mapping.hpp"
#include "formats/text_input.hpp"

namespace colophon::formats::ris {

/// One field of a reference, under its RIS tag whatever format it comes from.
struct Item {
  std::string_view tag;
  std::string text;
  bib::Origin at;
  Location place;
  std::string_view name;  ///< in its own format: what it is called when it is kept as a further field
};

/// A reference as RIS and EndNote know it, from its fields: EndNote XML and EndNote's tagged format say the same under other names, so
/// that all three are composed here. Tags that say something together (dates, pages, titles of journals) are gathered first.
class Reference {
 public:
  /// `prefix` begins the names of further fields: "ris". The remarks outlive the reference.
  Reference(std::string_view prefix, Remarks& remarks) : remarks_(remarks), out_(prefix) {}

  /// The type of reference; `row` is null when its name is not known.
  void set_type(const TypeRow* row, Item given);
  void add(Item item) { items_.push_back(std::move(item)); }
  /// The work, and its id as local_id where it has one.
  void read(Draft& draft);

 private:
  using Items = std::vector<const Item*>;

  void read_type();
  void read_item(const Item& item);
  void read_form(const Item& item, const Row& row);
  void read_value(const Item& item, bib::FieldId id);
  void read_name(const Item& item, const Row& row);
  void read_links(const Item& item);
  void read_serial(const Item& item);
  void read_genre(const Item& item);
  void read_id(const Item& item);
  void compose_date();
  void compose_containers();
  void compose_pages();
  void compose_abstracts();
  void compose_keywords();
  void compose_addresses();
  bool says_less(const Item& item, const bib::Date& best) const;
  bool has(std::string_view tag) const;
  void defer(const Item*& slot, const Item& item);
  void keep(const Item& item) { out_.keep(item.name, item.text, item.at); }
  void remark(Severity severity, std::string_view code, std::string message, std::string hint, const Item& item);

  Remarks& remarks_;
  DraftBuilder out_;
  std::vector<Item> items_;
  std::optional<Item> type_item_;
  const TypeRow* type_ = nullptr;
  Family family_ = kOther;
  const Item *first_page_ = nullptr, *last_page_ = nullptr;
  Items dates_, containers_, abbreviations_, abstracts_, keywords_, addresses_;
  std::string id_;
  bool old_ = false;          ///< written by Reference Manager
  bool place_apart_ = false;  ///< the place of publication stands beside that of the conference
};

}  // namespace colophon::formats::ris
