//! (to come)

pub mod deadlines;
pub mod tasks;
mod task_bodies;
mod task_frames;
mod task_tables;
mod task_words;
mod task_zones;
