// SPDX-License-Identifier: GPL-3.0-or-later
// Lucene with its English analyser and BM25, in one process with one thread: indexes TEXTS (a document a line) in FOLDER, answers QUERIES
// (an OR of the words of each line) once to warm up and once measured, ten best. Prints the seconds of indexing, then the thread's milliseconds of CPU a query.
// java -cp JARS rival_lucene.java TEXTS QUERIES FOLDER
import java.io.BufferedReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.FSDirectory;

class RivalLucene {
  static BooleanQuery any(EnglishAnalyzer analyser, String line) throws Exception {
    BooleanQuery.Builder out = new BooleanQuery.Builder();
    try (TokenStream words = analyser.tokenStream("text", line)) {
      CharTermAttribute word = words.addAttribute(CharTermAttribute.class);
      words.reset();
      while (words.incrementToken()) out.add(new TermQuery(new Term("text", word.toString())), BooleanClause.Occur.SHOULD);
      words.end();
    }
    return out.build();
  }

  public static void main(String[] arguments) throws Exception {
    EnglishAnalyzer analyser = new EnglishAnalyzer();
    FSDirectory folder = FSDirectory.open(Path.of(arguments[2]));
    long begin = System.nanoTime();
    try (IndexWriter writer = new IndexWriter(folder, new IndexWriterConfig(analyser).setRAMBufferSizeMB(256));
         BufferedReader texts = Files.newBufferedReader(Path.of(arguments[0]))) {
      for (String line; (line = texts.readLine()) != null;) {
        Document document = new Document();
        document.add(new TextField("text", line, Field.Store.NO));
        writer.addDocument(document);
      }
      writer.forceMerge(1);
    }
    System.out.println((System.nanoTime() - begin) / 1e9);
    IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(folder));
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    List<String> queries = Files.readAllLines(Path.of(arguments[1]));
    for (String line : queries) searcher.search(any(analyser, line), 10);
    for (String line : queries) {
      long start = threads.getCurrentThreadCpuTime();
      searcher.search(any(analyser, line), 10);
      System.out.println((threads.getCurrentThreadCpuTime() - start) / 1e6);
    }
  }
}
