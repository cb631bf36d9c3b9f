/* SPDX-License-Identifier: GPL-3.0-or-later
 * rival-btparse split|names FILE: reads a file with btparse (libbtparse), the fastest other reader that we know, at two depths. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <btparse.h>

static size_t seen;

static void read_names(AST* entry) {
  AST* field = NULL;
  char* name = NULL;
  while ((field = bt_next_field(entry, field, &name))) {
    char* text = bt_get_text(field);
    if (!text) continue;
    seen += strlen(text);
    if (strcmp(name, "author") == 0 || strcmp(name, "editor") == 0) {
      bt_stringlist* list = bt_split_list(text, "and", NULL, 0, "name");
      for (int i = 0; list && i < list->num_items; ++i) {
        if (!list->items[i]) continue;
        bt_name* one = bt_split_name(list->items[i], NULL, 0, i);
        if (one) bt_free_name(one);
        ++seen;
      }
      if (list) bt_free_list(list);
    }
    free(text);
  }
}

int main(int count, char** arguments) {
  if (count != 3) return 2;
  const int names = strcmp(arguments[1], "names") == 0;
  FILE* file = fopen(arguments[2], "r");
  if (!file) return 3;
  const btshort options = names ? BTO_CONVERT | BTO_EXPAND | BTO_PASTE | BTO_COLLAPSE : 0;
  bt_initialize();
  for (int type = BTE_REGULAR; type <= BTE_MACRODEF; ++type) bt_set_stringopts((bt_metatype)type, options);
  boolean ok = 1;
  AST* entry;
  while ((entry = bt_parse_entry(file, arguments[2], 0, &ok))) {
    ++seen;
    if (names && bt_entry_metatype(entry) == BTE_REGULAR) read_names(entry);
    bt_free_ast(entry);
  }
  bt_cleanup();
  fclose(file);
  printf("%zu\n", seen);
  return 0;
}
