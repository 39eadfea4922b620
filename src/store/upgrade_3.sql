-- From format 2 to format 3: a file may hold several papers, and how good a text is decides which copy is shown. Files that are in the store are cut by the next ingest, which
-- extracts all papers again because `made_by` is cleared.
DROP VIEW IF EXISTS edges;
ALTER TABLE papers ADD COLUMN host INTEGER;
ALTER TABLE papers ADD COLUMN at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE papers ADD COLUMN legible INTEGER NOT NULL DEFAULT 1000;
ALTER TABLE papers ADD COLUMN length INTEGER NOT NULL DEFAULT 0;
CREATE INDEX papers_host ON papers (host) WHERE host IS NOT NULL;
UPDATE meta SET value = '' WHERE name = 'made_by';
