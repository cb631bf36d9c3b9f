-- The body of a structured text (JATS), by source: what the reading view shows. Derived, as passages are.
CREATE TABLE body (
  source         INTEGER PRIMARY KEY REFERENCES source (id),
  reader_version INTEGER NOT NULL,
  data           BLOB NOT NULL
) STRICT;
