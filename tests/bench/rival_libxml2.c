/* SPDX-License-Identifier: GPL-3.0-or-later
 * rival-libxml2 LIST: keeps the files that LIST names, a path a line, in memory and parses them with libxml2 alone. What to do comes as
 * lines on standard input, "sax FIRST COUNT" (SAX2, with handlers that do nothing) or "tree FIRST COUNT", files counted from 0; each is
 * answered by the seconds of CPU time that it took and how many of them were well-formed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

struct text {
  char* bytes;
  int size;
};

static void say_nothing(void* context, const char* message, ...) { (void)context, (void)message; }
static void say_nothing_structured(void* context, xmlErrorPtr error) { (void)context, (void)error; }
static void open_element(void* context, const xmlChar* name, const xmlChar* prefix, const xmlChar* uri, int namespaces,
                         const xmlChar** declared, int attributes, int defaulted, const xmlChar** values) {
  (void)context, (void)name, (void)prefix, (void)uri, (void)namespaces, (void)declared, (void)attributes, (void)defaulted, (void)values;
}
static void close_element(void* context, const xmlChar* name, const xmlChar* prefix, const xmlChar* uri) {
  (void)context, (void)name, (void)prefix, (void)uri;
}
static void take_text(void* context, const xmlChar* text, int size) { (void)context, (void)text, (void)size; }

static int parse_sax(const struct text* file) {
  xmlSAXHandler handler;
  memset(&handler, 0, sizeof handler);
  handler.initialized = XML_SAX2_MAGIC;
  handler.startElementNs = open_element;
  handler.endElementNs = close_element;
  handler.characters = handler.ignorableWhitespace = handler.cdataBlock = take_text;
  handler.serror = say_nothing_structured;
  xmlParserCtxtPtr parser = xmlCreateMemoryParserCtxt(file->bytes, file->size);
  *parser->sax = handler;
  xmlCtxtUseOptions(parser, XML_PARSE_NONET);
  const int read = xmlParseDocument(parser) == 0;
  if (parser->myDoc) xmlFreeDoc(parser->myDoc);
  xmlFreeParserCtxt(parser);
  return read;
}

static int parse_tree(const struct text* file) {
  xmlDocPtr document = xmlReadMemory(file->bytes, file->size, NULL, NULL, XML_PARSE_NONET);
  if (document) xmlFreeDoc(document);
  return document != NULL;
}

static int keep(const char* path, struct text* out) {
  FILE* file = fopen(path, "rb");
  if (!file || fseek(file, 0, SEEK_END) != 0) return 0;
  out->size = (int)ftell(file);
  rewind(file);
  out->bytes = malloc((size_t)out->size + 1);
  const int kept = out->bytes && fread(out->bytes, 1, (size_t)out->size, file) == (size_t)out->size;
  fclose(file);
  return kept;
}

static double thread_seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int main(int count, char** arguments) {
  if (count != 2) return 2;
  FILE* list = fopen(arguments[1], "r");
  if (!list) return 3;
  struct text* files = NULL;
  int kept = 0;
  char line[4096];
  while (fgets(line, sizeof line, list)) {
    line[strcspn(line, "\n")] = 0;
    files = realloc(files, (size_t)(kept + 1) * sizeof *files);
    if (!files || !keep(line, &files[kept++])) return 3;
  }
  fclose(list);
  xmlInitParser();
  xmlSetGenericErrorFunc(NULL, say_nothing);
  xmlSetStructuredErrorFunc(NULL, say_nothing_structured);
  char way[5];
  int first, turn;
  while (scanf("%4s %d %d", way, &first, &turn) == 3) {
    if (first < 0 || turn < 0 || first + turn > kept) return 4;
    int (*const parse)(const struct text*) = strcmp(way, "sax") == 0 ? parse_sax : parse_tree;
    int read = 0;
    const double before = thread_seconds();
    for (int i = first; i < first + turn; ++i) read += parse(&files[i]);
    printf("%.9f %d\n", thread_seconds() - before, read);
    fflush(stdout);
  }
  return 0;
}
