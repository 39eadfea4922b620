//! The one integration binary. A module a line, with what it holds.

mod pipeline; // ingest: what happens to files, incremental equals fresh, one thread equals many
mod resolve; //  who means whom: pairs of papers and what each mention means
mod source; //   files in every format become the same text, bad ones an error each, and the reader processes survive
mod store; //    the store's two doors: round trip, snapshots, recovery, lock, foreign files, search
mod tables; //   the knowledge tables: order, spelling, references, dates
mod text; //     normal text, and the way back to what was read
