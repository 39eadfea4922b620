-- What follows from the tables of schema.sql; made anew when a store of an older format is brought up to date.

-- The graph: what a resolved mention proves. stated_by null: the acting document says so itself.
CREATE VIEW edges AS
  SELECT np.node AS from_node, k.node AS to_node, c.relation, NULL AS stated_by, c.key AS citation, c.sentence, c.place
    FROM node_papers np
    -- The same twice: the range leads from a paper to its mentions, the equation from a mention to its paper.
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

-- The files that hold a paper, also as a further one.
CREATE VIEW paper_files AS
  SELECT f.paper, f.path, f.shown FROM files f WHERE f.paper IS NOT NULL
  UNION ALL
  SELECT p.id, f.path, f.shown FROM papers p JOIN files f ON f.paper = p.host WHERE p.host IS NOT NULL;
