-- Truth: vocabularies that were loaded, searches that people keep.

CREATE TABLE vocabulary (
  name      TEXT PRIMARY KEY,
  turtle    TEXT NOT NULL,
  concepts  INTEGER NOT NULL,
  loaded_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- `query` is {"grammar", "query"} (indexer/query/ast.hpp); `seen` the last change of works when it was run.
CREATE TABLE saved_search (
  person  TEXT NOT NULL,
  name    TEXT NOT NULL,
  query   TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  seen    INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (person, name)
) STRICT, WITHOUT ROWID;
