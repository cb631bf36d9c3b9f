// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

#include "formats_xml/builder.hpp"

// What each element means in each region. An element without a row is transparent: its content is read as if it were not there.
namespace colophon::formats_xml {
namespace {

using B = JatsBuilder;
using bib::Mark;

struct Row {
  El el;
  Rule rule;
};

constexpr std::uint16_t mark(Mark m) { return static_cast<std::uint16_t>(m); }

// clang-format off
// Marks, links and formulas are the same wherever text is read.
constexpr Row kInline[] = {
    {El::italic,         {.mark = mark(Mark::italic)}},
    {El::bold,           {.mark = mark(Mark::bold)}},
    {El::sub,            {.mark = mark(Mark::subscript)}},
    {El::sup,            {.mark = mark(Mark::superscript)}},
    {El::sc,             {.mark = mark(Mark::small_caps)}},
    {El::monospace,      {.mark = mark(Mark::code)}},
    {El::inline_quote,   {.mark = mark(Mark::quote)}},
    {El::fixed_case,     {.mark = mark(Mark::nocase)}},
    {El::styled_content, {.mark = mark(Mark::quote), .kind = "style-type", .open = &B::open_styled}},
    {El::ext_link,       {.mark = mark(Mark::link), .open = &B::open_link}},
    {El::uri,            {.mark = mark(Mark::link), .open = &B::open_link}},
    {El::break_,         {.open = &B::open_break}},
    {El::inline_formula, {.open = &B::open_formula, .close = &B::close_formula}},
    {El::disp_formula,   {.open = &B::open_formula, .close = &B::close_formula}},
    {El::tex_math,       {.captures = true, .cuts = true, .close = &B::close_tex}},
    {El::math,           {.cuts = true, .open = &B::open_math}},
    {El::index_term,     {.enters = Region::skip}},
    {El::rt,             {.enters = Region::skip}},
    {El::rp,             {.enters = Region::skip}},
    {El::object_id,      {.enters = Region::skip}},
    {El::glyph_data,     {.enters = Region::skip}},
};

constexpr Row kOutside[] = {
    {El::article,           {.open = &B::open_article, .close = &B::close_article}},
    {El::book,              {.open = &B::open_article, .close = &B::close_article}},
    {El::book_part_wrapper, {.open = &B::open_article, .close = &B::close_article}},
    {El::book_part,         {.open = &B::open_companion, .close = &B::close_article}},
    {El::sub_article,       {.open = &B::open_companion, .close = &B::close_article}},
    {El::response,          {.open = &B::open_companion, .close = &B::close_article}},
    {El::journal_meta,      {.enters = Region::meta}},
    {El::article_meta,      {.enters = Region::meta}},
    {El::book_meta,         {.enters = Region::meta}},
    {El::book_part_meta,    {.enters = Region::meta}},
    {El::collection_meta,   {.enters = Region::meta}},
    {El::front_stub,        {.enters = Region::meta}},
    {El::notes,             {.captures = true, .kind = "notes-type", .enters = Region::plain, .close = &B::close_note}},
    {El::processing_meta,   {.enters = Region::skip}},
    {El::toc,               {.enters = Region::skip}},
    {El::index,             {.enters = Region::skip}},
    {El::body,              {.enters = Region::body}},
    {El::back,              {.enters = Region::body}},
    {El::book_back,         {.enters = Region::body}},
    {El::front_matter,      {.enters = Region::body}},
    {El::floats_group,      {.enters = Region::body}},
};

constexpr Row kMeta[] = {
    {El::journal_id,           {.captures = true, .close = &B::close_extra}},
    {El::journal_title,        {.captures = true, .close = &B::close_field}},
    {El::abbrev_journal_title, {.captures = true, .close = &B::close_field}},
    {El::issn,                 {.captures = true, .close = &B::close_field}},
    {El::issn_l,               {.captures = true, .close = &B::close_field}},
    {El::isbn,                 {.captures = true, .close = &B::close_field}},
    {El::publisher_name,       {.captures = true, .close = &B::close_field}},
    {El::publisher_loc,        {.captures = true, .close = &B::close_field}},
    {El::volume,               {.captures = true, .close = &B::close_field}},
    {El::issue,                {.captures = true, .close = &B::close_field}},
    {El::issue_title,          {.captures = true, .close = &B::close_field}},
    {El::elocation_id,         {.captures = true, .close = &B::close_field}},
    {El::edition,              {.captures = true, .close = &B::close_field}},
    {El::series_title,         {.captures = true, .close = &B::close_field}},
    {El::book_title,           {.captures = true, .close = &B::close_title}},
    {El::book_part_id,         {.captures = true, .kind = "book-part-id-type", .close = &B::close_article_id}},
    {El::book_id,              {.captures = true, .kind = "book-id-type", .close = &B::close_article_id}},
    {El::supplement,           {.captures = true, .close = &B::close_extra}},
    {El::volume_series,        {.captures = true, .close = &B::close_extra}},
    {El::article_version,      {.captures = true, .close = &B::close_field}},
    {El::conf_name,            {.captures = true, .close = &B::close_field}},
    {El::conf_loc,             {.captures = true, .close = &B::close_field}},
    {El::conf_date,            {.captures = true, .close = &B::close_event_date}},
    {El::conf_sponsor,         {.captures = true, .close = &B::close_extra}},
    {El::conf_acronym,         {.captures = true, .close = &B::close_extra}},
    {El::conf_num,             {.captures = true, .close = &B::close_extra}},
    {El::conf_theme,           {.captures = true, .close = &B::close_extra}},
    {El::string_conf,          {.captures = true, .close = &B::close_extra}},
    {El::series_text,          {.captures = true, .close = &B::close_extra}},
    {El::issue_subtitle,       {.captures = true, .close = &B::close_extra}},
    {El::award_name,           {.captures = true, .close = &B::close_extra}},
    {El::award_title,          {.captures = true, .close = &B::close_extra}},
    {El::award_desc,           {.captures = true, .close = &B::close_extra}},
    {El::support_description,  {.captures = true, .close = &B::close_extra}},
    {El::resource_name,        {.captures = true, .close = &B::close_extra}},
    {El::resource_id,          {.captures = true, .close = &B::close_extra}},
    {El::content_language,     {.captures = true, .close = &B::close_content_language}},
    {El::subject,              {.captures = true, .close = &B::close_field}},
    {El::copyright_statement,  {.captures = true, .close = &B::close_field}},
    {El::copyright_year,       {.captures = true, .close = &B::close_field}},
    {El::copyright_holder,     {.captures = true, .close = &B::close_extra}},
    {El::fpage,                {.captures = true, .close = &B::close_page}},
    {El::lpage,                {.captures = true, .close = &B::close_page}},
    {El::page_range,           {.captures = true, .close = &B::close_page}},
    {El::page_count,           {.open = &B::open_page_count}},
    {El::article_id,           {.captures = true, .kind = "pub-id-type", .close = &B::close_article_id}},
    {El::article_title,        {.captures = true, .close = &B::close_title}},
    {El::title,                {.captures = true, .close = &B::close_title}},
    {El::subtitle,             {.captures = true, .close = &B::close_subtitle}},
    {El::trans_title,          {.captures = true, .close = &B::close_translated}},
    {El::trans_subtitle,       {.captures = true, .close = &B::close_translated_subtitle}},
    {El::alt_title,            {.captures = true, .kind = "alt-title-type", .close = &B::close_alternative_title}},
    {El::fn,                   {.captures = true, .cuts = true, .kind = "fn-type", .open = &B::open_note, .close = &B::close_note}},
    {El::label,                {.captures = true, .cuts = true}},
    {El::xref,                 {.cuts = true, .kind = "ref-type", .open = &B::open_xref}},
    {El::sup,                  {.mark = mark(Mark::superscript), .close = &B::close_sup}},
    // people
    {El::contrib_group,        {.cuts = true, .kind = "content-type", .open = &B::open_group, .close = &B::close_group}},
    {El::contrib,              {.kind = "contrib-type", .open = &B::open_contrib, .close = &B::close_contrib}},
    {El::contrib_id,           {.captures = true, .cuts = true, .kind = "contrib-id-type", .close = &B::close_contrib_id}},
    {El::name,                 {.captures = true, .kind = "name-style", .open = &B::open_name, .close = &B::close_name}},
    {El::string_name,          {.captures = true, .kind = "name-style", .open = &B::open_name, .close = &B::close_name}},
    {El::surname,              {.captures = true, .close = &B::close_name_part}},
    {El::given_names,          {.captures = true, .close = &B::close_name_part}},
    {El::prefix,               {.captures = true, .close = &B::close_name_part}},
    {El::suffix,               {.captures = true, .close = &B::close_name_part}},
    {El::degrees,              {.captures = true, .close = &B::close_extra}},
    {El::bio,                  {.captures = true, .cuts = true, .enters = Region::plain, .close = &B::close_extra}},
    {El::collab,               {.captures = true, .open = &B::open_name, .close = &B::close_collab}},
    {El::collab_name,          {.captures = true, .open = &B::open_name, .close = &B::close_collab}},
    {El::ext_link,             {.captures = true, .mark = mark(Mark::link), .kind = "ext-link-type", .open = &B::open_link, .close = &B::close_person_link}},
    {El::anonymous,            {.close = &B::close_anonymous}},
    {El::on_behalf_of,         {.captures = true, .close = &B::close_behalf}},
    {El::role,                 {.captures = true, .cuts = true, .close = &B::close_role}},
    {El::email,                {.captures = true, .open = &B::open_email, .close = &B::close_email}},
    {El::etal,                 {.close = &B::close_etal}},
    {El::aff,                  {.captures = true, .cuts = true, .open = &B::open_aff, .close = &B::close_aff}},
    {El::aff_alternatives,     {.open = &B::open_aff_group, .close = &B::close_aff_group}},
    {El::institution,          {.captures = true, .kind = "content-type", .open = &B::open_aff_part, .close = &B::close_institution}},
    {El::institution_id,       {.captures = true, .cuts = true, .kind = "institution-id-type", .close = &B::close_institution_id}},
    {El::institution_wrap,     {.open = &B::open_aff_part}},
    {El::addr_line,            {.captures = true, .kind = "content-type", .open = &B::open_aff_part, .close = &B::close_aff_part}},
    {El::state,                {.captures = true, .open = &B::open_aff_part, .close = &B::end_aff_part}},
    {El::postal_code,          {.captures = true, .open = &B::open_aff_part, .close = &B::end_aff_part}},
    {El::city,                 {.captures = true, .open = &B::open_aff_part, .close = &B::close_aff_part}},
    {El::named_content,        {.captures = true, .kind = "content-type", .close = &B::close_aff_part}},
    {El::country,              {.captures = true, .open = &B::open_aff_part, .close = &B::close_aff_part}},
    {El::corresp,              {.captures = true, .close = &B::close_corresp}},
    {El::p,                    {.open = &B::open_break}},
    // dates
    {El::pub_date,             {.captures = true, .open = &B::open_date, .close = &B::close_pub_date}},
    {El::date,                 {.captures = true, .kind = "date-type", .open = &B::open_date, .close = &B::close_history_date}},
    {El::year,                 {.captures = true, .close = &B::close_date_part}},
    {El::month,                {.captures = true, .close = &B::close_date_part}},
    {El::day,                  {.captures = true, .close = &B::close_date_part}},
    {El::season,               {.captures = true, .close = &B::close_date_part}},
    {El::era,                  {.captures = true, .close = &B::close_extra}},
    {El::event_desc,           {.captures = true, .close = &B::close_extra}},
    // rights, links, money
    {El::license,              {.captures = true, .enters = Region::meta, .open = &B::open_license, .close = &B::close_license}},
    {El::license_ref,          {.captures = true, .cuts = true, .close = &B::close_license_ref}},
    {El::self_uri,             {.open = &B::open_self_uri}},
    {El::related_article,      {.captures = true, .kind = "related-article-type", .enters = Region::plain, .open = &B::open_related, .close = &B::close_related}},
    {El::related_object,       {.captures = true, .kind = "link-type", .enters = Region::plain, .open = &B::open_related, .close = &B::close_related}},
    {El::product,              {.captures = true, .enters = Region::plain, .close = &B::close_product}},
    {El::award_group,          {.open = &B::open_award, .close = &B::close_award}},
    {El::funding_source,       {.captures = true, .close = &B::close_funder}},
    {El::support_source,       {.captures = true, .close = &B::close_funder}},
    {El::award_id,             {.captures = true, .close = &B::close_award_id}},
    {El::principal_award_recipient, {.captures = true, .close = &B::close_recipient}},
    {El::principal_investigator, {.captures = true, .close = &B::close_recipient}},
    {El::funding_statement,    {.captures = true, .close = &B::close_extra}},
    {El::contract_num,         {.captures = true, .kind = "rid", .close = &B::close_old_award}},
    {El::grant_num,            {.captures = true, .kind = "rid", .close = &B::close_old_award}},
    {El::contract_sponsor,     {.captures = true, .kind = "id", .close = &B::close_old_award}},
    {El::grant_sponsor,        {.captures = true, .kind = "id", .close = &B::close_old_award}},
    // words
    {El::abstract,             {.captures = true, .kind = "abstract-type", .enters = Region::abstract, .close = &B::close_abstract}},
    {El::trans_abstract,       {.captures = true, .kind = "abstract-type", .enters = Region::abstract, .close = &B::close_abstract}},
    {El::kwd_group,            {.kind = "kwd-group-type"}},
    {El::kwd,                  {.captures = true, .close = &B::close_keyword}},
    {El::compound_kwd,         {.captures = true, .close = &B::close_keyword}},
    {El::compound_kwd_part,    {.captures = true, .cuts = true, .close = &B::close_keyword_part}},
    {El::unstructured_kwd_group, {.captures = true, .close = &B::close_keyword}},
    {El::meta_name,            {.captures = true, .close = &B::close_meta_name}},
    {El::meta_value,           {.captures = true, .close = &B::close_meta_value}},
    {El::notes,                {.captures = true, .kind = "notes-type", .enters = Region::plain, .close = &B::close_note}},
};

constexpr Row kAbstract[] = {
    {El::title,        {.open = &B::open_abstract_line, .close = &B::close_abstract_title}},
    {El::p,            {.open = &B::open_abstract_line}},
    {El::list_item,    {.open = &B::open_abstract_line}},
    {El::def_item,     {.open = &B::open_abstract_line}},
    {El::attrib,       {.open = &B::open_abstract_line}},
    {El::label,        {.captures = true, .cuts = true}},
    {El::fn,           {.enters = Region::skip}},
    {El::object_id,    {.enters = Region::skip}},
    {El::related_article, {.enters = Region::skip}},
};

constexpr Row kBody[] = {
    {El::sec,           {.kind = "sec-type", .open = &B::open_section, .close = &B::close_section}},
    {El::app,           {.open = &B::open_section, .close = &B::close_section}},
    {El::ack,           {.open = &B::open_section, .close = &B::close_section}},
    {El::glossary,      {.open = &B::open_section, .close = &B::close_section}},
    {El::notes,         {.kind = "notes-type", .open = &B::open_section, .close = &B::close_section}},
    {El::bio,           {.open = &B::open_section, .close = &B::close_section}},
    {El::fn_group,      {.open = &B::open_section, .close = &B::close_section}},
    {El::boxed_text,    {.open = &B::open_section, .close = &B::close_section}},
    {El::sec_meta,      {.enters = Region::skip}},
    {El::processing_meta, {.enters = Region::skip}},
    {El::title,         {.captures = true, .open = &B::open_line, .close = &B::close_heading}},
    {El::subtitle,      {.captures = true, .open = &B::open_line, .close = &B::close_heading}},
    {El::label,         {.captures = true, .cuts = true, .close = &B::close_label}},
    {El::p,             {.captures = true, .open = &B::open_paragraph, .close = &B::close_block}},
    {El::speech,        {.captures = true, .open = &B::open_lines, .close = &B::close_block}},
    {El::question,      {.captures = true, .open = &B::open_lines, .close = &B::close_block}},
    {El::answer,        {.captures = true, .open = &B::open_lines, .close = &B::close_block}},
    {El::sig_block,     {.captures = true, .open = &B::open_lines, .close = &B::close_block}},
    {El::attrib,        {.captures = true, .open = &B::open_lines, .close = &B::close_block}},
    {El::list_item,     {.captures = true, .open = &B::open_block, .close = &B::close_block}},
    {El::def_item,      {.captures = true, .open = &B::open_block, .close = &B::close_block}},
    {El::disp_quote,    {.captures = true, .open = &B::open_block, .close = &B::close_block}},
    {El::verse_group,   {.captures = true, .open = &B::open_block, .close = &B::close_block}},
    {El::code,          {.captures = true, .open = &B::open_block, .close = &B::close_block}},
    {El::preformat,     {.captures = true, .open = &B::open_block, .close = &B::close_block}},
    {El::fig,           {.captures = true, .open = &B::open_block, .close = &B::close_block}},
    {El::chem_struct_wrap, {.captures = true, .open = &B::open_block, .close = &B::close_block}},
    {El::supplementary_material, {.captures = true, .open = &B::open_block, .close = &B::close_block}},
    {El::media,         {.captures = true, .open = &B::open_block, .close = &B::close_block}},
    {El::table_wrap,    {.captures = true, .open = &B::open_block, .close = &B::close_block}},
    {El::table,         {.captures = true, .open = &B::open_block, .close = &B::close_block}},
    {El::array,         {.captures = true, .open = &B::open_block, .close = &B::close_block}},
    {El::fn,            {.captures = true, .open = &B::open_block, .close = &B::close_block}},
    {El::attrib,        {.open = &B::open_line}},
    {El::copyright_statement, {.open = &B::open_line}},
    {El::license_p,     {.open = &B::open_line}},
    {El::copyright_year,   {.enters = Region::skip}},
    {El::copyright_holder, {.enters = Region::skip}},
    {El::license_ref,      {.enters = Region::skip}},
    {El::verse_line,    {.open = &B::open_line}},
    {El::term,          {.open = &B::open_line}},
    {El::def,           {.open = &B::open_line}},
    {El::term_head,     {.captures = true, .mark = mark(Mark::bold), .open = &B::open_line, .close = &B::close_list_head}},
    {El::def_head,      {.captures = true, .mark = mark(Mark::bold), .open = &B::open_line, .close = &B::close_list_head}},
    {El::speaker,       {.open = &B::open_line}},
    {El::alt_text,      {.captures = true, .cuts = true, .close = &B::close_alt}},
    {El::long_desc,     {.captures = true, .cuts = true, .close = &B::close_alt}},
    {El::tr,            {.open = &B::open_row}},
    {El::th,            {.captures = true, .cuts = true, .open = &B::open_cell, .close = &B::close_cell}},
    {El::td,            {.captures = true, .cuts = true, .open = &B::open_cell, .close = &B::close_cell}},
    {El::graphic,       {.open = &B::open_graphic}},
    {El::list,          {.open = &B::open_list, .close = &B::close_list}},
    {El::def_list,      {.open = &B::open_list, .close = &B::close_list}},
    {El::xref,          {.mark = mark(Mark::link), .open = &B::open_inner_link}},
    {El::ref_list,      {.kind = "content-type"}},
    {El::ref,           {.captures = true, .cuts = true, .enters = Region::citation, .open = &B::open_reference, .close = &B::close_reference}},
    {El::sub_article,   {.enters = Region::outside, .open = &B::open_companion, .close = &B::close_article}},
    {El::response,      {.enters = Region::outside, .open = &B::open_companion, .close = &B::close_article}},
    {El::book_part,     {.enters = Region::outside, .open = &B::open_companion, .close = &B::close_article}},
};

// Text that is kept in one piece.
constexpr Row kPlain[] = {
    {El::title,         {.open = &B::open_break}},
    {El::p,             {.open = &B::open_break}},
    {El::list_item,     {.open = &B::open_break}},
};

constexpr Row kCitation[] = {
    {El::element_citation, {.captures = true, .cuts = true, .open = &B::open_citation, .close = &B::close_citation}},
    {El::mixed_citation,   {.captures = true, .cuts = true, .open = &B::open_citation, .close = &B::close_citation}},
    {El::nlm_citation,     {.captures = true, .cuts = true, .open = &B::open_citation, .close = &B::close_citation}},
    {El::citation,         {.captures = true, .cuts = true, .open = &B::open_citation, .close = &B::close_citation}},
    {El::label,            {.captures = true, .cuts = true, .close = &B::close_cited_label}},
    {El::person_group,     {.kind = "person-group-type", .open = &B::open_people, .close = &B::close_people}},
    {El::name,             {.open = &B::open_name, .close = &B::close_cited_name}},
    {El::string_name,      {.open = &B::open_name, .close = &B::close_cited_name}},
    {El::surname,          {.close = &B::close_name_part}},
    {El::given_names,      {.close = &B::close_name_part}},
    {El::prefix,           {.close = &B::close_name_part}},
    {El::suffix,           {.close = &B::close_name_part}},
    {El::collab,           {.close = &B::close_cited_collab}},
    {El::collab_name,      {.close = &B::close_cited_collab}},
    {El::institution,      {.close = &B::close_cited_part}},
    {El::etal,             {.close = &B::close_cited_etal}},
    {El::article_title,    {.close = &B::close_cited_part}},
    {El::chapter_title,    {.close = &B::close_cited_part}},
    {El::part_title,       {.close = &B::close_cited_part}},
    {El::data_title,       {.close = &B::close_cited_part}},
    {El::trans_title,      {.close = &B::close_cited_part}},
    {El::source,           {.close = &B::close_cited_part}},
    {El::trans_source,     {.close = &B::close_cited_part}},
    {El::year,             {.close = &B::close_cited_part}},
    {El::volume,           {.close = &B::close_cited_part}},
    {El::issue,            {.close = &B::close_cited_part}},
    {El::supplement,       {.close = &B::close_cited_part}},
    {El::fpage,            {.close = &B::close_cited_part}},
    {El::lpage,            {.close = &B::close_cited_part}},
    {El::page_range,       {.close = &B::close_cited_part}},
    {El::elocation_id,     {.close = &B::close_cited_part}},
    {El::edition,          {.close = &B::close_cited_part}},
    {El::series,           {.close = &B::close_cited_part}},
    {El::conf_name,        {.close = &B::close_cited_part}},
    {El::publisher_name,   {.close = &B::close_cited_part}},
    {El::publisher_loc,    {.close = &B::close_cited_part}},
    {El::comment,          {.close = &B::close_cited_part}},
    {El::date_in_citation, {.close = &B::close_cited_part}},
    {El::access_date,      {.close = &B::close_cited_part}},
    {El::time_stamp,       {.close = &B::close_cited_part}},
    {El::std,              {.close = &B::close_cited_part}},
    {El::gov,              {.close = &B::close_cited_part}},
    {El::patent,           {.close = &B::close_cited_part}},
    {El::version,          {.close = &B::close_cited_part}},
    {El::citation_alternatives, {.open = &B::open_alternatives}},
    {El::annotation,       {.captures = true, .cuts = true, .close = &B::close_extra}},
    {El::pub_id,           {.kind = "pub-id-type", .open = &B::open_cited_id, .close = &B::close_cited_id}},
    {El::isbn,             {.close = &B::close_cited_id}},
    {El::ext_link,         {.open = &B::open_cited_link, .close = &B::close_cited_link}},
    {El::uri,              {.open = &B::open_cited_link, .close = &B::close_cited_link}},
    {El::object_id,        {.kind = "pub-id-type", .close = &B::close_cited_id}},
};
// clang-format on

// All rules one behind the other, each in a cache line of its own, and where a region's rule of an element stands among them: few
// bytes are touched for an element. At 0 is what has no rule.
using Places = std::array<std::uint16_t, kElements>;
struct Rules {
  std::array<Rule,
             1 + std::size(kInline) + std::size(kOutside) + std::size(kMeta) + std::size(kAbstract) + std::size(kBody) +
                 std::size(kCitation) + std::size(kPlain)>
      all{};
  std::array<Places, static_cast<std::size_t>(Region::count)> places{};
};

// A region's own rows go before what is the same wherever text is read.
constexpr Rules kRules = [] {
  Rules out;
  std::uint16_t count = 1;
  const auto add = [&](std::span<const Row> rows, std::initializer_list<Region> regions) {
    for (const Row& row : rows) {
      for (const Region region : regions) out.places[static_cast<std::size_t>(region)][static_cast<std::size_t>(row.el)] = count;
      out.all[count++] = row.rule;
    }
  };
  add(kInline, {Region::meta, Region::abstract, Region::body, Region::citation, Region::plain});
  add(kOutside, {Region::outside});
  add(kMeta, {Region::meta});
  add(kAbstract, {Region::abstract});
  add(kBody, {Region::body});
  add(kCitation, {Region::citation});
  add(kPlain, {Region::plain});
  return out;
}();

}  // namespace

const Rule& rule_of(Region region, El element) {
  return kRules.all[kRules.places[static_cast<std::size_t>(region)][static_cast<std::size_t>(element)]];
}

}  // namespace colophon::formats_xml
