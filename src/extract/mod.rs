//! (to come)

pub mod deadlines;
mod task_bodies;
mod task_draft;
mod task_frames;
mod task_tables;
mod task_words;
mod task_zones;
pub mod tasks;
