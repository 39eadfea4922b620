//! One binary for all integration tests; each module says in one line what it holds.

mod query; // answers of the reading side, on a catalogue held in memory
mod resolve; // who means whom: case files and properties
mod tables; // the knowledge tables: order, spelling, references, dates
