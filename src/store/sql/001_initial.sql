-- Truth: blob, source (drafts can be read anew), origin, file, decision, authority, person, event, payload.
-- Derived: match_key, work, member, passage, submission; rebuilt by `colophon verify --rebuild`.

CREATE TABLE setting (
  name  TEXT PRIMARY KEY,
  value ANY
) STRICT, WITHOUT ROWID;

CREATE TABLE blob (
  sha256   BLOB PRIMARY KEY CHECK (length(sha256) = 32),
  size     INTEGER NOT NULL,
  added_at INTEGER NOT NULL,
  read_by  INTEGER NOT NULL DEFAULT 0 -- the reader version by which all of its entries are stored; 0: not all yet
) STRICT, WITHOUT ROWID;

CREATE TABLE source (
  id             INTEGER PRIMARY KEY,
  key            BLOB NOT NULL UNIQUE CHECK (length(key) = 32),
  short_id       TEXT NOT NULL UNIQUE,
  kind           TEXT NOT NULL CHECK (kind IN ('person', 'publication', 'jats', 'bibliographic', 'pdf')),
  format         TEXT NOT NULL,
  blob           BLOB REFERENCES blob (sha256),
  child          INTEGER NOT NULL,
  begin_byte     INTEGER NOT NULL,
  end_byte       INTEGER NOT NULL,
  line           INTEGER NOT NULL,
  local_id       TEXT NOT NULL,
  reader_version INTEGER NOT NULL,
  draft          TEXT NOT NULL,
  asserts_none   TEXT NOT NULL DEFAULT '',
  anchor         INTEGER REFERENCES source (id),
  status         TEXT NOT NULL CHECK (status IN ('current', 'superseded', 'removed')),
  successor      INTEGER REFERENCES source (id),
  added_at       INTEGER NOT NULL
) STRICT;
CREATE INDEX source_blob ON source (blob, child);
CREATE INDEX source_anchor ON source (anchor) WHERE anchor IS NOT NULL;
CREATE INDEX source_successor ON source (successor) WHERE successor IS NOT NULL;

-- Which source an origin (path and citation key, a person's edit of a field) gives now.
CREATE TABLE origin (
  path     TEXT NOT NULL,
  local_id TEXT NOT NULL,
  source   INTEGER NOT NULL REFERENCES source (id),
  PRIMARY KEY (path, local_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX origin_source ON origin (source);

CREATE TABLE match_key (
  hash   INTEGER NOT NULL,
  source INTEGER NOT NULL REFERENCES source (id),
  PRIMARY KEY (hash, source)
) STRICT, WITHOUT ROWID;

-- What people said about two sources: the same work or not.
CREATE TABLE decision (
  a       INTEGER NOT NULL REFERENCES source (id),
  b       INTEGER NOT NULL REFERENCES source (id),
  verdict TEXT NOT NULL CHECK (verdict IN ('same', 'apart')),
  PRIMARY KEY (a, b),
  CHECK (a < b)
) STRICT, WITHOUT ROWID;
CREATE INDEX decision_b ON decision (b);

-- A work's id is that of its oldest source. `change` grows with every change of what the index shows.
CREATE TABLE work (
  id         INTEGER PRIMARY KEY REFERENCES source (id),
  change     INTEGER NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('live', 'withdrawn', 'merged', 'empty')),
  reason     TEXT NOT NULL DEFAULT '',
  reclass_at INTEGER,
  record     TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX work_change ON work (change);
CREATE INDEX work_reclass ON work (reclass_at) WHERE reclass_at IS NOT NULL;

CREATE TABLE member (
  source INTEGER PRIMARY KEY REFERENCES source (id),
  work   INTEGER NOT NULL REFERENCES work (id)
) STRICT;
CREATE INDEX member_work ON member (work);

CREATE TABLE passage (
  source         INTEGER PRIMARY KEY REFERENCES source (id),
  reader_version INTEGER NOT NULL,
  data           BLOB NOT NULL
) STRICT;

CREATE TABLE file (
  id      INTEGER PRIMARY KEY,
  source  INTEGER NOT NULL REFERENCES source (id),
  blob    BLOB NOT NULL REFERENCES blob (sha256),
  name    TEXT NOT NULL,
  media   TEXT NOT NULL,
  role    TEXT NOT NULL,
  stage   TEXT NOT NULL,
  licence TEXT NOT NULL,
  access  TEXT NOT NULL,
  UNIQUE (source, blob, role)
) STRICT;

CREATE TABLE authority (
  kind TEXT NOT NULL,
  key  TEXT NOT NULL,
  data TEXT NOT NULL,
  PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
  handle TEXT PRIMARY KEY,
  data   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE submission (
  number  TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  phase   TEXT NOT NULL,
  state   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX submission_phase ON submission (phase);

CREATE TABLE event (
  seq      INTEGER PRIMARY KEY CHECK (seq > 0),
  stream   TEXT NOT NULL,
  version  INTEGER NOT NULL,
  kind     TEXT NOT NULL,
  at       INTEGER NOT NULL,
  actor    TEXT NOT NULL,
  operator TEXT NOT NULL,
  payload  BLOB NOT NULL CHECK (length(payload) = 32),
  previous BLOB NOT NULL CHECK (length(previous) = 32),
  hash     BLOB NOT NULL CHECK (length(hash) = 32),
  UNIQUE (stream, version)
) STRICT;
CREATE TRIGGER event_is_never_updated BEFORE UPDATE ON event BEGIN SELECT raise(ABORT, 'events are never updated'); END;
CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event BEGIN SELECT raise(ABORT, 'events are never deleted'); END;
-- INSERT OR REPLACE deletes without asking the trigger above.
CREATE TRIGGER event_is_never_replaced BEFORE INSERT ON event
WHEN EXISTS (SELECT 1 FROM event WHERE seq = new.seq) OR EXISTS (SELECT 1 FROM event WHERE stream = new.stream AND version = new.version)
BEGIN SELECT raise(ABORT, 'events are never replaced'); END;

-- The only table from which erasure deletes; the chain covers the salted digests.
CREATE TABLE payload (
  seq  INTEGER PRIMARY KEY REFERENCES event (seq),
  salt BLOB NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE TRIGGER payload_is_never_updated BEFORE UPDATE ON payload BEGIN SELECT raise(ABORT, 'payloads are never updated'); END;
CREATE TRIGGER payload_is_never_replaced BEFORE INSERT ON payload WHEN EXISTS (SELECT 1 FROM payload WHERE seq = new.seq)
BEGIN SELECT raise(ABORT, 'payloads are never replaced'); END;

CREATE TABLE outbox (
  id        INTEGER PRIMARY KEY,
  seq       INTEGER NOT NULL REFERENCES event (seq),
  recipient TEXT NOT NULL,
  kind      TEXT NOT NULL,
  body      TEXT NOT NULL,
  sent_at   INTEGER,
  UNIQUE (seq, recipient, kind)
) STRICT;
