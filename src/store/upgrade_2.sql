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
CREATE VIEW edges AS
  SELECT np.node AS from_node, k.node AS to_node, c.relation, NULL AS stated_by, c.key AS citation, c.sentence, c.place
    FROM node_papers np
    JOIN citations c ON c.key BETWEEN np.paper << 24 AND (np.paper << 24) + 16777215 AND np.paper = c.key >> 24
    JOIN links l ON l.citation = c.key AND l.certainty <> 'ambiguous'
    JOIN candidates k ON k.citation = c.key
   WHERE np.rank = 0 AND c.relation <> 'mentions' AND np.node <> k.node
  UNION ALL
  SELECT kf.node, kt.node, s.relation, np.node, s.from_citation, c.sentence, c.place
    FROM stated s
    JOIN node_papers np ON np.paper = s.key >> 24 AND np.rank = 0
    JOIN links lf ON lf.citation = s.from_citation AND lf.certainty <> 'ambiguous'
    JOIN candidates kf ON kf.citation = s.from_citation
    JOIN links lt ON lt.citation = s.to_citation AND lt.certainty <> 'ambiguous'
    JOIN candidates kt ON kt.citation = s.to_citation
    JOIN citations c ON c.key = s.from_citation
   WHERE kf.node <> kt.node;
UPDATE meta SET value = '' WHERE name = 'made_by';
