-- Reports, letters and answers that stand in an article's file, by source: shown by rule, never indexed. Derived, as bodies are.
CREATE TABLE source_review (
  source         INTEGER PRIMARY KEY REFERENCES source (id),
  reader_version INTEGER NOT NULL,
  data           BLOB NOT NULL
) STRICT;

-- What stands in an article's file beside it (a translation, a reply) is read with the right of that file.
INSERT OR IGNORE INTO file (source, blob, name, media, role, stage, licence, access)
SELECT c.id, f.blob, f.name, f.media, f.role, f.stage, f.licence, f.access
FROM source c
JOIN source a ON a.blob = c.blob AND a.child = 0 AND a.format = c.format
JOIN file f ON f.source = a.id AND f.blob = a.blob
WHERE c.format = 'jats' AND c.child > 0;
