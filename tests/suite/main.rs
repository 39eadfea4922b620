//! One binary for all integration tests; each module says in one line what it holds.

mod pipeline; // ingest: what happens to files, incremental equals fresh, one thread equals many
mod resolve; // who means whom: cases as data files
mod store; // the store's two doors: round trip, snapshots, recovery, lock, foreign files, search
mod tables; // the knowledge tables: order, spelling, references, dates
