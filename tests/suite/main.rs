//! The one integration binary. A module a line, with what it holds.

mod pipeline; //     ingest: what happens to files, incremental equals fresh, one thread equals many
mod store; //        the store's two doors: round trip, snapshots, recovery, lock, foreign files, search
mod tables; //       the knowledge tables: order, spelling, references, dates
