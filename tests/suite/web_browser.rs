//! The pages in a browser without a window: by keyboard alone, in both languages, narrow and wide, in both themes, over a
//! hostile paper.
//!
//! Needs Chromium; without it every case says "skipped: no Chromium".

use crate::browser::Browser;
use crate::harness::{TempCorpus, none, root};
use crate::served::Served;
use crate::web::{ID, corpus, pages};
use std::fmt::Write;

#[test]
fn one_goes_from_search_to_task_by_keyboard_alone() {
    let Some(mut browser) = Browser::start() else { return };
    let server = Served::start(corpus(), []);
    browser.open(&server.url("/"));
    browser.eval("document.activeElement.blur()");
    browser.key("/");
    browser.write("chi thi 38");
    browser.enter("location.pathname === '/search'");
    // "Which one?" stands first: two documents bear the number.
    browser.until("document.querySelectorAll('.which [data-row]').length === 2");
    browser.key("ArrowDown");
    browser.until("document.activeElement.closest('[data-row]')");
    while browser.eval(&format!("document.activeElement.getAttribute('href') === '/documents/{ID}'")) != true {
        browser.key("ArrowDown");
    }
    browser.enter(&format!("location.pathname === '/documents/{ID}'"));

    browser.tab_to("nav.tabs a[href$='/cited-by']");
    browser.enter("location.pathname.endsWith('/cited-by')");
    browser.tab_to("main a.doc[href='/documents/12-kh-tu-2024']");
    browser.enter("location.pathname === '/documents/12-kh-tu-2024'");
    // The preview of a citation comes with the focus, and goes with Escape.
    browser.tab_to("article a.cite");
    browser.until("document.querySelector('.popup[role=tooltip]')");
    browser.key("Escape");
    browser.until("!document.querySelector('.popup[role=tooltip]')");
    browser.enter(&format!("location.pathname === '/documents/{ID}'"));

    browser.tab_to("nav.tabs a[href$='/lineage']");
    browser.enter("document.querySelector('.picture svg')");
    browser.tab_to(".edges a.doc[href='/documents/12-kh-tu-2024']");
    browser.enter("location.pathname === '/documents/12-kh-tu-2024'");
    browser.tab_to("nav.tabs a[href$='/tasks']");
    browser.enter("location.pathname.endsWith('/tasks') && document.body.textContent.includes('Ủy ban Kiểm tra Tỉnh ủy')");
    none(&browser.complaints());
}

#[test]
fn a_citation_is_decided_with_one_key_and_taken_back_with_another() {
    let Some(mut browser) = Browser::start() else { return };
    let server = Served::start(corpus(), ["--writable"]);
    let open = |server: &Served| server.get("/api/v1/unresolved").ok().json()["total"].as_u64();
    browser.open(&server.url("/review"));
    assert_eq!(open(&server), Some(1));
    browser.key("ArrowDown");
    browser.until("document.querySelector('[data-row].here')");
    browser.key("1");
    browser.until("location.search.startsWith('?done=') && document.readyState === 'complete' && document.querySelector('.done')");
    assert_eq!(open(&server), Some(0));
    browser.until("document.documentElement.classList.contains('on')");
    browser.key("u");
    browser.until("document.querySelector('.question') && document.readyState === 'complete'");
    assert_eq!(open(&server), Some(1));
    none(&browser.complaints());
}

#[test]
fn nothing_is_wider_than_the_window_in_either_language_and_theme() {
    let Some(mut browser) = Browser::start() else { return };
    let server = Served::start(corpus(), ["--writable"]);
    let mut problems = Vec::new();
    for (width, lang, theme) in [(360, "vi", "light"), (360, "en", "dark"), (1600, "vi", "dark"), (1600, "en", "light")] {
        browser.window(width, 900);
        browser.media(theme, "screen");
        browser.open(&server.url(&format!("/?lang={lang}")));
        for path in pages(&server) {
            browser.open(&server.url(&path));
            let seen = browser.eval(
                "[document.documentElement.lang, document.documentElement.classList.contains('on'), \
                 document.documentElement.scrollWidth - innerWidth, getComputedStyle(document.body).backgroundColor]",
            );
            let dark = seen[3].as_str().is_some_and(|colour| colour == "rgb(19, 22, 26)");
            let fine = [
                (seen[0] == lang, "language"),
                (seen[1] == true, "the script did not run"),
                (seen[2].as_i64().is_some_and(|more| more <= 0), "wider than the window"),
                (dark == (theme == "dark"), "theme"),
            ];
            problems.extend(fine.iter().filter(|(fine, _)| !fine).map(|(_, what)| format!("{path} {width} {lang} {theme}: {what} {seen}")));
            browser.shot(&format!("{}-{width}-{theme}", path.trim_matches('/').replace(['/', '?', '&', '='], "_")));
        }
    }
    problems.extend(browser.complaints());
    none(&problems);
}

#[test]
fn a_hostile_paper_runs_nothing_and_ten_thousand_citations_can_be_read() {
    let Some(mut browser) = Browser::start() else { return };
    let mut paper = String::from(
        "TỈNH ỦY SÔNG LAM\nSố 66-BC/TU\n\nĐẢNG CỘNG SẢN VIỆT NAM\nLam Giang, ngày 18 tháng 9 năm 2024\n\nBÁO CÁO\n\
         về <script>window.ran = 1</script> \"'><img src=x onerror=\"window.ran = 2\"> \u{202e}ngược\u{202c}\n\nI- <SVG ONLOAD=\"window.ran = 3\">\n",
    );
    paper += "Theo Chỉ thị số 1-CT/TW, ngày 01/02/2020 của <script>window.ran = 4</script> & Ban Bí thư.\n\n";
    for nth in 0..10_000 {
        let _ = write!(paper, "thực hiện Kết luận số {}-KL/TW; ", nth % 300 + 1);
    }
    let server = Served::start(TempCorpus::new().file("a\"><script>window.ran = 5<script>.txt", &paper).ingest(), []);
    let found = server.get("/api/v1/documents?ref=66-BC%2FTU").ok().json();
    let document = format!("/documents/{}", found["groups"][0]["document"]["id"].as_str().expect("an id"));
    let mut problems = Vec::new();
    for path in ["", "/card", "/cites", "/tasks", "/lineage", "/copies", "?part=1"].map(|tab| format!("{document}{tab}")).iter().chain(&[
        "/".to_owned(),
        "/search?q=script".to_owned(),
        "/search?q=%3Cimg+src%3Dx+onerror%3Dwindow.ran%3D6%3E".to_owned(),
        "/missing".to_owned(),
        "/status".to_owned(),
    ]) {
        browser.open(&server.url(path));
        let seen = browser.eval(
            "[window.ran ?? null, document.scripts.length, document.querySelectorAll('main img, main [onload], main [onerror], main [style]').length, \
             Math.max(0, document.documentElement.scrollWidth - innerWidth), document.querySelector('main').textContent.includes('\\u202e')]",
        );
        if seen != serde_json::json!([null, 1, 0, 0, false]) {
            problems.push(format!("{path}: {seen}"));
        }
    }
    browser.open(&server.url(&document));
    browser.tab_to("article a.cite");
    problems.extend(browser.complaints());
    none(&problems);
}

#[test]
fn an_original_is_shown_beside_its_text_the_first_time_and_again() {
    let Some(mut browser) = Browser::start() else { return };
    let pdf = std::fs::read(root().join("tests/fixtures/formats/paper.pdf")).expect("a fixture");
    let server = Served::start(TempCorpus::new().file("chi-thi.pdf", &pdf).ingest(), []);
    let found = server.get("/api/v1/documents?ref=15-CT%2FTU").ok().json();
    let id = found["groups"][0]["document"]["id"].as_str().expect("an id").to_owned();
    for _ in 0..2 {
        browser.open(&server.url(&format!("/documents/{id}")));
        browser.tab_to("a[href$='?beside=1']");
        browser.enter("document.querySelector('.beside iframe')");
        // A frame that is refused has a document of nobody.
        browser.until("document.querySelector('.beside iframe').contentDocument?.contentType === 'application/pdf'");
    }
    none(&browser.complaints());
}
