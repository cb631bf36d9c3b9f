-- Which sources of a work stand is asked for every hit of a search: without an index of its own each answer went through the source's draft,
-- for the status stands behind it in the row. The queries name this index: SQLite would look up the row.
CREATE INDEX source_current ON source (id, kind) WHERE status = 'current';
