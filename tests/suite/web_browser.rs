//! The pages in a browser without a window: the script runs, nothing is refused by the policy, nothing is wider than the window.
//!
//! Needs Chromium; without it every case says "skipped: no Chromium".

use crate::harness::TempCorpus;
use crate::served::Served;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// The browser, where there is one.
fn chromium() -> Option<PathBuf> {
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let folders: Vec<PathBuf> = std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect()).unwrap_or_default();
    let found = names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|path| path.is_file());
    if found.is_none() {
        println!("skipped: no Chromium");
    }
    found
}

/// The page after its script has run, and what the browser complained of.
fn seen(browser: &PathBuf, server: &Served, path: &str, width: u32) -> (String, String) {
    let profile = tempfile::tempdir().expect("a folder for temporary files");
    let ran = Command::new(browser)
        .args([
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--enable-logging=stderr",
            "--v=0",
            "--virtual-time-budget=2000",
            "--dump-dom",
        ])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(format!("--window-size={width},900"))
        .arg(format!("http://{}{path}", server.address))
        .stdin(Stdio::null())
        .output()
        .expect("a browser that starts");
    let complaints =
        String::from_utf8_lossy(&ran.stderr).lines().filter(|line| line.contains("CONSOLE")).map(|line| format!("{line}\n")).collect();
    (String::from_utf8_lossy(&ran.stdout).into_owned(), complaints)
}

#[test]
fn every_page_works_in_a_browser_and_nothing_is_refused() {
    let Some(browser) = chromium() else { return };
    let paper = "TỈNH ỦY SÔNG LAM\nSố 12-KH/TU\n\nĐẢNG CỘNG SẢN VIỆT NAM\nLam Giang, ngày 18 tháng 9 năm 2024\n\nKẾ HOẠCH\n\
        thực hiện Chỉ thị số 38-CT/TW, ngày 30/7/2024 của Ban Bí thư <script>document.title='hỏng'</script>\n\nI- MỤC ĐÍCH\n\
        Thực hiện Chỉ thị số 38-CT/TW, ngày 30/7/2024 của Ban Bí thư.\n\nII- NHIỆM VỤ\n1. Văn phòng Tỉnh ủy báo cáo trước ngày 30/6/2025.\n";
    let server = Served::start(TempCorpus::new().file("kh.txt", paper).ingest(), ["--writable"]);
    let document = "/documents/12-kh-tu-2024";
    for path in [
        "/",
        "/search?q=bao+cao",
        document,
        &format!("{document}/cites"),
        "/documents/38-ct-tw-2024/lineage",
        "/tasks",
        "/missing",
        "/review",
        "/status",
        "/api",
    ] {
        for width in [500, 1600] {
            let (page, complaints) = seen(&browser, &server, path, width);
            assert!(page.contains("<h1") && !page.contains("class=\"status\">404"), "{path}");
            assert!(page.contains("class=\"on\""), "{path} at {width}: the script did not run\n{complaints}\n{page}");
            assert!(complaints.is_empty(), "{path} at {width}:\n{complaints}");
            assert!(!page.contains("<title>hỏng"), "{path}");
        }
    }
}
