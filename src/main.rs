//! The `vanban` program: hands its arguments to [`vanban::cli`].

fn main() -> std::io::Result<()> {
    // Only the hidden subcommand `__reader`, until the command line is wired.
    vanban::source::serve(std::io::stdin().lock(), std::io::stdout().lock(), &vanban::source::Limits::default())
}
