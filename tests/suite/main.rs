//! The one integration binary. A module a line, with what it holds.

#![allow(clippy::unwrap_used)] // a test that cannot set itself up has failed
#![allow(clippy::print_stdout)] // what was measured, and what was left out

mod architecture; // rules of the house: floors, file length, no printing below the command line
mod browser; //      a browser without a window, its keys and its complaints
mod citations; //    what whole papers say of themselves and of others
mod cli; //          the program as a user runs it; cases are files under tests/cases/cli
mod corpus; //       the sample papers: what each says of itself, whom it cites, and five questions
mod damage; //       clean and damaged papers say the same, or nearly
mod docs; //         documentation in step with the program
mod full_disk; //    a disk that is full at different moments, on a small file system of its own
mod generated; //    the generator's papers: what is extracted is what was written
mod harness; //      a fresh folder with papers and an index, and the program run in it
mod hostile; //      files made to break readers, beside good papers
mod hostile_files; // how each of these is made
mod kill; //         kill -9 in the middle of an ingest, and the run after it
mod mcp; //          the assistants' questions over standard input and output
mod ocr; //          scans: recognised, or waiting for the program that does it
mod pipeline; //     ingest: what happens to files, incremental equals fresh, one thread equals many
mod query; //        answers of the reading side, on a catalogue held in memory
mod resolve; //      who means whom: pairs of papers and what each mention means
mod source; //       files in every format become the same text, bad ones an error each, and the reader processes survive
mod store; //        the store's two doors: round trip, snapshots, recovery, lock, foreign files, search
mod tables; //       the knowledge tables: order, spelling, references, dates
mod tasks; //        duties of whole papers: who, with whom, by when, reporting to whom
mod served; //       the server over a small index, and requests to it
mod watch; //        ingest --watch: what changes is in the answers soon
mod web; //          pages and API: shapes, limits, safety, both languages, hostile papers
mod web_access; //   whether everybody can use the pages
mod web_browser; //  the pages in a browser without a window, by keyboard, narrow and wide, over a hostile paper
mod web_pages; //    single pages: originals, folding, documents only cited, oddities in words
mod web_random; //   random requests made from the description of the API
mod web_users; //    who may look and who may change something: users, roles, sessions
mod text; //         normal text, and the way back to what was read
