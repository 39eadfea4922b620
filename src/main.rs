//! The `vanban` program: hands over to [`vanban::cli`].

fn main() -> std::process::ExitCode {
    vanban::cli::main()
}
