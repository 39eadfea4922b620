//! Whether everybody can use the pages: every page in both themes and at two widths by the rules of `access.js`, and the rules
//! themselves on a page that was spoilt.
//!
//! Needs Chromium; without it every case says "skipped: no Chromium".

use crate::browser::Browser;
use crate::harness::none;
use crate::served::Served;
use crate::web::{ID, corpus, pages};

/// The check; its value is a list of faults.
const CHECK: &str = include_str!("access.js");

#[test]
fn no_page_has_a_fault_of_accessibility_in_either_theme() {
    let Some(mut browser) = Browser::start() else { return };
    let server = Served::start(corpus(), ["--writable"]);
    let mut paths = pages(&server);
    paths.extend(
        ["/documents/khong-co", "/review?done=c1", "/documents/12-kh-tu-2024", "/documents/12-kh-tu-2024/cites"].map(str::to_owned),
    );
    paths.retain(|path| !path.ends_with("/card"));
    let mut problems = Vec::new();
    for (theme, width) in [("light", 1280), ("dark", 1280), ("light", 360)] {
        browser.media(theme, "screen");
        browser.window(width, 900);
        for path in &paths {
            browser.open(&server.url(path));
            // What is folded is part of the page, too; and keys were used last, so that the focus is shown.
            browser.eval("document.querySelectorAll('details').forEach((box) => (box.open = true))");
            browser.key("Tab");
            let faults = browser.eval(CHECK);
            let faults = faults.as_array().expect("a list").iter().filter_map(|fault| fault.as_str());
            problems.extend(faults.map(|fault| format!("{path} {theme} {width}: {fault}")));
        }
    }
    none(&problems);
}

#[test]
fn the_check_sees_what_is_wrong() {
    let Some(mut browser) = Browser::start() else { return };
    let server = Served::start(corpus(), []);
    for (spoil, want) in [
        ("main.append(document.createElement('button'))", "no name: <button>"),
        ("main.insertAdjacentHTML('beforeend', '<input name=\"x\">')", "no label: <input"),
        ("main.insertAdjacentHTML('beforeend', '<h5>x</h5>')", "a heading is passed over"),
        ("main.insertAdjacentHTML('beforeend', '<p id=\"main\">x</p>')", "an id stands twice"),
        ("main.insertAdjacentHTML('beforeend', '<table><tbody><tr><td>x</td></tr></tbody></table>')", "a table without headers"),
        ("main.insertAdjacentHTML('beforeend', '<img src=\"/static/icon.svg\">')", "no text for a picture"),
        ("main.insertAdjacentHTML('beforeend', '<ul><p>x</p></ul>')", "in a list, but no item"),
        ("main.insertAdjacentHTML('beforeend', '<a href=\"/\" tabindex=\"3\">x</a>')", "an order of its own"),
        ("main.insertAdjacentHTML('beforeend', '<a href=\"#nothing\">x</a>')", "leads nowhere"),
        ("document.documentElement.removeAttribute('lang')", "no language"),
        ("document.querySelector('nav').removeAttribute('aria-label')", "no name for a nav"),
        ("document.querySelector('.soft').style.color = '#999'", "contrast"),
        ("document.querySelector('main a').style.outline = 'none'", "its focus cannot be seen"),
        ("document.body.insertAdjacentHTML('beforeend', '<div>x</div>')", "outside of landmarks"),
    ] {
        browser.open(&server.url(&format!("/documents/{ID}/cited-by")));
        browser.key("Tab");
        let before = browser.eval(CHECK);
        assert_eq!(before.as_array().map(Vec::len), Some(0), "{before}");
        browser.eval(&format!("(() => {{ const main = document.querySelector('main'); {spoil}; }})()"));
        browser.key("Tab");
        let faults = browser.eval(CHECK);
        assert!(
            faults.as_array().is_some_and(|faults| faults.iter().any(|fault| fault.as_str().is_some_and(|fault| fault.contains(want)))),
            "{want}: {faults}"
        );
    }
}
