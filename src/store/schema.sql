-- The catalogue of vanban, format 3. A plain SQLite file: any SQLite tool can read it.
-- PRAGMA application_id = 0x564E4231 ("VNB1"), PRAGMA user_version = 3 (the format; set by catalogue.rs).
-- Three kinds of tables: what was read (files, papers, texts, citations, stated, tasks), what follows from it
-- (nodes, node_papers, links, candidates: written by `resolve`, may be made again at any time), and what a person
-- said (decisions, overlay), which nothing else overwrites.
-- A "key" of citations, stated and tasks is paper * 16777216 + place in the paper, so the rows of a paper lie together.

-- Single values: store (random name of this store), generation (number of the last commit that changed papers),
-- resolved (generation that nodes and links were made for; less than `generation` after an interrupted run),
-- made_by (fingerprint of program version and tables: other text means that papers are extracted again).
CREATE TABLE meta (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

-- Every file that was met, taken or not.
CREATE TABLE files (
  path     TEXT PRIMARY KEY,  -- absolute; bytes that are not UTF-8 written as \xNN
  bytes    BLOB,              -- the path's own bytes, where they are not UTF-8
  shown    TEXT NOT NULL,     -- as given at the last ingest
  size     INTEGER NOT NULL,  -- bytes
  mtime_ns INTEGER NOT NULL,  -- last change, nanoseconds since 1970
  sha256   TEXT,              -- of the bytes, hexadecimal; null when it could not be read
  paper    INTEGER,           -- papers.id; null when the file was rejected
  stage    TEXT,              -- rejected: the step that failed
  reason   TEXT,              -- rejected: why, and what to do
  again    INTEGER NOT NULL,  -- rejected: 1 when another try may succeed though the file is unchanged
  CHECK ((paper IS NULL) = (stage IS NOT NULL))
) WITHOUT ROWID;
CREATE INDEX files_paper ON files (paper) WHERE paper IS NOT NULL;
CREATE INDEX files_shown ON files (shown);

-- Every distinct content. A file that holds several papers is cut: its first paper is the host of the others.
CREATE TABLE papers (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used twice: the full-text index knows a paper by it
  sha256     TEXT NOT NULL UNIQUE,  -- of the file's bytes, hexadecimal; of a further paper in it, of that text, a # and `at`
  bytes      INTEGER NOT NULL,      -- size of the file
  media_type TEXT NOT NULL,         -- from the bytes
  encoding   TEXT,                  -- where the format leaves it open
  pages      INTEGER,               -- where the format has pages
  method     TEXT NOT NULL,         -- how the text was got: text, html, office, pdf-layout, pdf-text-layer, ocr
  document   TEXT NOT NULL,         -- what it says of itself, JSON (model::DocumentFacts)
  outline    TEXT NOT NULL,         -- headings, JSON (model::OutlineEntry)
  warnings   TEXT NOT NULL,         -- oddities met while extracting, JSON (model::Warning)
  reading    TEXT NOT NULL,         -- oddities met while reading, JSON (model::Warning)
  generation INTEGER NOT NULL,      -- meta.generation when it was written
  host       INTEGER,               -- papers.id of the first paper in the same file; null for that one
  at         INTEGER NOT NULL DEFAULT 0, -- where its text begins in the text of the file, bytes
  legible    INTEGER NOT NULL DEFAULT 1000, -- syllables among a thousand words of a PDF or a recognised page; 1000 for typed text
  length     INTEGER NOT NULL DEFAULT 0 -- of its text, bytes
);
CREATE INDEX papers_generation ON papers (generation);
CREATE INDEX papers_host ON papers (host) WHERE host IS NOT NULL;

-- The text of a paper as it was read, its part of the file only; spans everywhere count in its UTF-8 bytes. Apart, so that `papers` stays small.
CREATE TABLE texts (
  paper INTEGER PRIMARY KEY,  -- papers.id
  text  TEXT NOT NULL
);

-- Mentions of other documents, as written (model::Citation). Resolution never changes them.
CREATE TABLE citations (
  key           INTEGER PRIMARY KEY,                                -- see the head of this file
  paper         INTEGER GENERATED ALWAYS AS (key >> 24) VIRTUAL,    -- papers.id
  ord           INTEGER GENERATED ALWAYS AS (key & 16777215) VIRTUAL, -- place in the paper, from 0
  id            TEXT NOT NULL,     -- stable over re-ingestion: c and 12 hexadecimal digits
  span_start    INTEGER NOT NULL,  -- in texts.text
  span_end      INTEGER NOT NULL,
  text          TEXT NOT NULL,     -- the words, in normal text
  form          TEXT NOT NULL,     -- full, short, alias, plenum, named, self
  kind          TEXT,              -- type code as written
  number        TEXT,              -- canonical number
  serial        TEXT,              -- parts of the number: serial as printed
  number_year   INTEGER,           -- year inside the symbol
  number_kind   TEXT,              -- type code inside the symbol
  issuers       TEXT,              -- issuer codes inside the symbol, joined by a hyphen
  system        TEXT,              -- rule of the symbol: party, state, assembly, letter, historic
  date          TEXT,              -- ISO date told
  year          INTEGER,           -- year told without a date
  issuer        TEXT,              -- as written
  term          TEXT,              -- committee term
  province      TEXT,              -- that the words around point to
  locator       TEXT,              -- point, clause, article
  title         TEXT,              -- subject that follows
  relation      TEXT NOT NULL,     -- from this paper to the cited document
  sentence      TEXT NOT NULL,     -- the sentence around
  sentence_at   INTEGER NOT NULL,  -- where the words begin in it, in bytes
  place         TEXT NOT NULL,     -- part of the paper: title, preamble, body
  section       TEXT,              -- label of the section
  footnote      TEXT,              -- label of the footnote
  antecedent    INTEGER            -- ord of the mention that this one stands for
);
CREATE INDEX citations_id ON citations (id);

-- Relations between two other documents that a paper states (model::StatedRelation).
CREATE TABLE stated (
  key           INTEGER PRIMARY KEY,  -- see the head of this file
  from_citation INTEGER NOT NULL,     -- citations.key of the acting document
  to_citation   INTEGER NOT NULL,     -- citations.key of the document acted on
  from_number   TEXT NOT NULL,
  to_number     TEXT NOT NULL,
  relation      TEXT NOT NULL,
  span_start    INTEGER NOT NULL,     -- in texts.text
  span_end      INTEGER NOT NULL
);
CREATE INDEX stated_from ON stated (from_citation);
CREATE INDEX stated_to ON stated (to_citation);

-- Duties (model::Task).
CREATE TABLE tasks (
  key          INTEGER PRIMARY KEY,  -- see the head of this file
  span_start   INTEGER NOT NULL,     -- in texts.text
  span_end     INTEGER NOT NULL,
  label        TEXT,                 -- path of labels
  text         TEXT NOT NULL,
  kind         TEXT NOT NULL,        -- policy, assignment
  assignees    TEXT NOT NULL,        -- bodies that lead, JSON list
  coordinators TEXT NOT NULL,        -- bodies that take part, JSON list
  due_text     TEXT,                 -- words of the deadline
  due_date     TEXT,                 -- ISO date of the deadline
  recurrence   TEXT,                 -- words of the repetition
  months       TEXT,                 -- its periods in months, JSON list
  report_to    TEXT,                 -- body to be reported to
  citations    TEXT NOT NULL         -- ords of the citations inside, JSON list
);

-- Documents in the world, held or only cited (resolve::Node).
CREATE TABLE nodes (
  key         INTEGER PRIMARY KEY,
  id          TEXT NOT NULL UNIQUE,  -- readable: 38-ct-tw-2014
  kind        TEXT,                  -- type code
  number      TEXT,                  -- canonical number
  serial      TEXT,                  -- parts of the number, as in citations
  number_year INTEGER,
  number_kind TEXT,
  issuers     TEXT,
  system      TEXT,
  serial_key  TEXT,                  -- serial without padding, lower case
  date        TEXT,                  -- ISO date of issue
  term        TEXT,                  -- committee term
  issuer      TEXT,                  -- issuing body
  province    TEXT,                  -- of a paper below the centre
  level       TEXT,                  -- central, province, district, commune
  title       TEXT,                  -- subject
  title_bare  TEXT,                  -- subject without marks, lower case, words parted and framed by single blanks
  held        INTEGER NOT NULL,      -- 1 when a paper in the catalogue is this document
  conflicts   TEXT NOT NULL,         -- fields on which copies disagree, JSON (resolve::Conflict)
  digest      INTEGER NOT NULL       -- of all that is above and of its papers, to see what a new resolution changed
);
CREATE INDEX nodes_serial ON nodes (serial_key);
CREATE INDEX nodes_kind ON nodes (kind, date);

-- Which papers a node is.
CREATE TABLE node_papers (
  node  INTEGER NOT NULL,  -- nodes.key
  rank  INTEGER NOT NULL,  -- 0: the one whose text is shown and whose facts count; others are copies
  paper INTEGER NOT NULL,  -- papers.id
  PRIMARY KEY (node, rank)
) WITHOUT ROWID;
CREATE INDEX node_papers_paper ON node_papers (paper);

-- What a mention means (resolve::Link).
CREATE TABLE links (
  citation  INTEGER PRIMARY KEY,  -- citations.key
  certainty TEXT NOT NULL,        -- certain, likely, ambiguous, decided
  why       TEXT NOT NULL,        -- one clause for a person
  digest    INTEGER NOT NULL      -- as in nodes
);

CREATE INDEX links_ambiguous ON links (citation) WHERE certainty = 'ambiguous';

-- The documents that a mention means (one) or could mean (several).
CREATE TABLE candidates (
  citation INTEGER NOT NULL,  -- citations.key
  rank     INTEGER NOT NULL,  -- 0 is the best
  node     INTEGER NOT NULL,  -- nodes.key
  clue     TEXT NOT NULL,     -- words that would single it out
  PRIMARY KEY (citation, rank)
) WITHOUT ROWID;
CREATE INDEX candidates_node ON candidates (node, citation);

-- The views of edges, what a resolved mention proves, and of the files that hold a paper stand in views.sql.

-- Finished ingests; columns as in store::Run.
CREATE TABLE runs (
  id         INTEGER PRIMARY KEY,
  started    TEXT NOT NULL,  -- UTC, ISO 8601
  seconds    REAL NOT NULL,
  found      INTEGER NOT NULL,
  added      INTEGER NOT NULL,
  updated    INTEGER NOT NULL,
  unchanged  INTEGER NOT NULL,
  duplicates INTEGER NOT NULL,
  removed    INTEGER NOT NULL,
  rejected   INTEGER NOT NULL,
  bytes      INTEGER NOT NULL
);

-- What a person decided, as a journal: nothing is taken out of it. A row without target takes the last decision on that
-- citation back. Kept over re-ingestion, and when citation or target are gone for a while.
CREATE TABLE decisions (
  id         INTEGER PRIMARY KEY,  -- in the order of time
  at         TEXT NOT NULL,        -- when, UTC, ISO 8601
  citation   TEXT NOT NULL,        -- citations.id on that day
  target     TEXT,                 -- nodes.id; null: the last decision is taken back
  sha256     TEXT NOT NULL,        -- papers.sha256 of the citing paper
  span_start INTEGER NOT NULL,     -- of the mention, in texts.text: finds it again when another version reads it otherwise
  span_end   INTEGER NOT NULL,
  text       TEXT NOT NULL         -- its words
);

-- The user's own table rows (--tables), so that readers use the same tables as the ingest did.
CREATE TABLE overlay (
  place INTEGER PRIMARY KEY,  -- later rows win
  name  TEXT NOT NULL,        -- file name of the table: issuers.tsv
  text  TEXT NOT NULL         -- the file as it was
);
