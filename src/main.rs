//! The `vanban` program: hands its arguments to [`vanban::cli`].

fn main() {}
