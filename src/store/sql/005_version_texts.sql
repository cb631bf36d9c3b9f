-- What a reader made of the manuscripts of submissions' versions, by file: for the search of the workflow's staff. Derived, as passages are,
-- and never among those of works.
CREATE TABLE version_text (
  blob           BLOB PRIMARY KEY REFERENCES blob (sha256),
  reader_version INTEGER NOT NULL,
  data           BLOB NOT NULL
) STRICT;

-- The index of submissions follows the events that add versions.
CREATE INDEX event_kind ON event (kind, seq);
