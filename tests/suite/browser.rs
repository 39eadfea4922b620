//! A browser without a window, driven over its DevTools protocol: keys are pressed, scripts asked, screens taken.
//!
//! `Browser::start()` is `None`, with "skipped: no Chromium", where there is none.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tungstenite::{Message, WebSocket};

/// How long something may take to happen on a page.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running browser with one open page; dropping it ends it.
pub(crate) struct Browser {
    child: Child,
    socket: WebSocket<TcpStream>,
    /// The page's session.
    session: Option<String>,
    last: u64,
    /// What the page complained of: exceptions, refused loads, console errors.
    complaints: Vec<String>,
    _profile: tempfile::TempDir,
}

/// The browser's program, where there is one.
fn chromium() -> Option<PathBuf> {
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let folders: Vec<PathBuf> = std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect()).unwrap_or_default();
    names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|path| path.is_file())
}

impl Browser {
    /// Starts it with an empty page.
    pub(crate) fn start() -> Option<Browser> {
        let Some(program) = chromium() else {
            println!("skipped: no Chromium");
            return None;
        };
        let profile = tempfile::tempdir().expect("a folder for temporary files");
        let mut child = Command::new(program)
            .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-port=0", "--hide-scrollbars"])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg("about:blank")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("a browser that starts");
        let mut lines = BufReader::new(child.stderr.take().expect("a pipe")).lines();
        let address =
            lines.find_map(|line| line.ok()?.strip_prefix("DevTools listening on ").map(str::to_owned)).expect("the browser's address");
        // What it says later must not fill the pipe.
        std::thread::spawn(move || lines.for_each(drop));
        let host = address.trim_start_matches("ws://").split('/').next().expect("a host").to_owned();
        let stream = TcpStream::connect(host).expect("a listening browser");
        stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
        let (socket, _) = tungstenite::client(address.as_str(), stream).expect("the browser's protocol");
        let mut browser = Browser { child, socket, session: None, last: 0, complaints: Vec::new(), _profile: profile };
        let target = browser.command("Target.createTarget", json!({ "url": "about:blank" }))["targetId"].take();
        let session = browser.command("Target.attachToTarget", json!({ "targetId": target, "flatten": true }))["sessionId"].take();
        browser.session = session.as_str().map(str::to_owned);
        for domain in ["Page", "Runtime", "Log", "Network"] {
            browser.command(&format!("{domain}.enable"), json!({}));
        }
        browser.window(1280, 900);
        Some(browser)
    }

    /// Sends a command; its result.
    #[track_caller]
    fn command(&mut self, method: &str, params: Value) -> Value {
        self.tried(method, params).unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    fn tried(&mut self, method: &str, params: Value) -> Result<Value, Value> {
        self.last += 1;
        let mut message = json!({ "id": self.last, "method": method, "params": params });
        if let Some(session) = &self.session {
            message["sessionId"] = json!(session);
        }
        self.socket.send(Message::text(message.to_string())).expect("a listening browser");
        loop {
            let Message::Text(text) = self.socket.read().expect("an answer of the browser") else { continue };
            let mut message: Value = serde_json::from_str(text.as_str()).expect("JSON");
            if message["id"] == self.last {
                return match message.get_mut("error") {
                    Some(error) => Err(error.take()),
                    None => Ok(message["result"].take()),
                };
            }
            self.heard(&message);
        }
    }

    fn heard(&mut self, event: &Value) {
        let params = &event["params"];
        match event["method"].as_str() {
            Some("Runtime.exceptionThrown") => self.complaints.push(params["exceptionDetails"].to_string()),
            Some("Log.entryAdded") if params["entry"]["level"] == "error" => self.complaints.push(params["entry"].to_string()),
            Some("Runtime.consoleAPICalled") if params["type"] == "error" => self.complaints.push(params["args"].to_string()),
            Some("Page.javascriptDialogOpening") => self.complaints.push(format!("a dialog: {}", params["message"])),
            _ => {}
        }
    }

    /// Opens an address and waits until the page and its script are there.
    #[track_caller]
    pub(crate) fn open(&mut self, url: &str) {
        // A mark of the page before, so that it is not taken for the new one.
        self.eval("window.old = true");
        let gone = self.command("Page.navigate", json!({ "url": url }));
        assert!(gone.get("errorText").is_none(), "{url}: {gone}");
        self.until("!window.old && document.readyState === 'complete'");
    }

    /// The value of an expression; `null` while one page gives way to the next.
    pub(crate) fn eval(&mut self, expression: &str) -> Value {
        let params = json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        match self.tried("Runtime.evaluate", params) {
            Ok(answer) if answer.get("exceptionDetails").is_some() => panic!("{expression}: {}", answer["exceptionDetails"]),
            Ok(mut answer) => answer["result"]["value"].take(),
            Err(_) => Value::Null,
        }
    }

    /// Waits until an expression is true.
    #[track_caller]
    pub(crate) fn until(&mut self, expression: &str) {
        let began = Instant::now();
        while self.eval(&format!("Boolean({expression})")) != true {
            let here = self.eval("location.href + ' ' + document.activeElement?.outerHTML?.slice(0, 200)");
            assert!(began.elapsed() < PATIENCE, "never true: {expression}, at {here}");
            std::thread::sleep(Duration::from_millis(30));
        }
    }

    /// Presses a key: a character, or `Enter`, `Tab`, `Escape`, `ArrowDown`, `ArrowUp`.
    pub(crate) fn key(&mut self, key: &str) {
        let (code, text) = match key {
            "Enter" => (13, "\r"),
            "Tab" => (9, ""),
            "Escape" => (27, ""),
            "ArrowUp" => (38, ""),
            "ArrowDown" => (40, ""),
            other => (u32::from(other.to_uppercase().as_bytes()[0]), other),
        };
        let mut down = json!({ "type": if text.is_empty() { "rawKeyDown" } else { "keyDown" }, "key": key, "windowsVirtualKeyCode": code });
        if !text.is_empty() {
            down["text"] = json!(text);
        }
        self.command("Input.dispatchKeyEvent", down);
        self.command("Input.dispatchKeyEvent", json!({ "type": "keyUp", "key": key, "windowsVirtualKeyCode": code }));
    }

    /// Types words where the caret is.
    pub(crate) fn write(&mut self, words: &str) {
        self.command("Input.insertText", json!({ "text": words }));
    }

    /// Presses Tab until what has the focus is matched by a selector.
    #[track_caller]
    pub(crate) fn tab_to(&mut self, selector: &str) {
        for _ in 0..400 {
            self.key("Tab");
            if self.eval(&format!("Boolean(document.activeElement?.matches({selector:?}))")) == true {
                return;
            }
        }
        panic!("Tab never comes to {selector} at {}", self.eval("location.href"));
    }

    /// Presses Enter and waits for the page that it leads to.
    #[track_caller]
    pub(crate) fn enter(&mut self, arrived: &str) {
        self.eval("window.old = true");
        self.key("Enter");
        self.until(&format!("!window.old && document.readyState === 'complete' && ({arrived})"));
    }

    /// The size of the window.
    pub(crate) fn window(&mut self, width: u32, height: u32) {
        self.command(
            "Emulation.setDeviceMetricsOverride",
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false }),
        );
    }

    /// The theme, and `print` or `screen`.
    pub(crate) fn media(&mut self, theme: &str, medium: &str) {
        let features = json!([{ "name": "prefers-color-scheme", "value": theme }]);
        self.command("Emulation.setEmulatedMedia", json!({ "media": medium, "features": features }));
    }

    /// What the page complained of since the last time.
    pub(crate) fn complaints(&mut self) -> Vec<String> {
        // A command more, so that what was on its way has come.
        self.eval("0");
        std::mem::take(&mut self.complaints)
    }

    /// Writes the whole page as a picture, where a folder for pictures is named by `VANBAN_SCREENS`.
    pub(crate) fn shot(&mut self, name: &str) {
        let Some(dir) = std::env::var_os("VANBAN_SCREENS") else { return };
        let picture = self.command("Page.captureScreenshot", json!({ "format": "png", "captureBeyondViewport": false }));
        let picture = picture["data"].as_str().expect("a picture");
        std::fs::write(Path::new(&dir).join(format!("{name}.png")), decoded(picture)).expect("a writable folder");
    }
}

/// Bytes of base64.
fn decoded(text: &str) -> Vec<u8> {
    let (mut out, mut bits, mut held) = (Vec::new(), 0_u32, 0);
    for byte in text.bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held) as u8);
        }
    }
    out
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Both fail only when it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
