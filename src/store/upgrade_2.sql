-- From format 1 to format 2: the part of the paper in which a mention stands, and decisions as a journal.
-- Places are filled by the next ingest, which extracts all papers again because `made_by` is cleared.
DROP VIEW edges;
ALTER TABLE citations ADD COLUMN place TEXT NOT NULL DEFAULT 'body';
ALTER TABLE decisions RENAME TO decisions_1;
CREATE TABLE decisions (
  id         INTEGER PRIMARY KEY,
  at         TEXT NOT NULL,
  citation   TEXT NOT NULL,
  target     TEXT,
  sha256     TEXT NOT NULL,
  span_start INTEGER NOT NULL,
  span_end   INTEGER NOT NULL,
  text       TEXT NOT NULL
);
INSERT INTO decisions (at, citation, target, sha256, span_start, span_end, text)
  SELECT '', d.citation, d.target, coalesce(p.sha256, ''), coalesce(c.span_start, 0), coalesce(c.span_end, 0), coalesce(c.text, '')
    FROM decisions_1 d LEFT JOIN citations c ON c.id = d.citation LEFT JOIN papers p ON p.id = c.paper
   ORDER BY d.citation;
DROP TABLE decisions_1;
UPDATE meta SET value = '' WHERE name = 'made_by';
