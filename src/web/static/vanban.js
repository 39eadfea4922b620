// What the pages can do beyond links and forms: keys, previews, copying, zoom, dropping files. Everything works without it.
"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("on");
  const all = (what, from = document) => Array.from(from.querySelectorAll(what));
  const one = (what, from = document) => from.querySelector(what);
  const typing = (target) => target.closest && target.closest("input, textarea, select, [contenteditable]");

  // Copying: the text of a button, or a selected passage with the paper's reference.
  const toast = (words) => {
    const box = document.createElement("div");
    box.className = "toast";
    box.setAttribute("role", "status");
    box.textContent = words;
    document.body.append(box);
    setTimeout(() => box.remove(), 1600);
  };
  const put = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // A page without TLS has no clipboard: the old way, by a selection.
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    toast(document.body.dataset.copied);
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.copy");
    if (button) put(button.dataset.text);
  });
  const paper = one("article.paper");
  if (paper) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "popup";
    button.textContent = document.body.dataset.copy;
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => {
      put("“" + String(getSelection()).replace(/\s+/g, " ").trim() + "” (" + paper.dataset.reference + ")");
      button.remove();
    });
    document.addEventListener("selectionchange", () => {
      const chosen = getSelection();
      if (chosen.isCollapsed || !one(".sheet", paper).contains(chosen.anchorNode) || String(chosen).trim().length < 8) return button.remove();
      const place = chosen.getRangeAt(0).getBoundingClientRect();
      button.style.setProperty("left", place.left + scrollX + "px");
      button.style.setProperty("top", place.bottom + scrollY + 6 + "px");
      document.body.append(button);
    });
  }

  // Previews of documents, on hover and on focus.
  const known = new Map();
  let shown = null;
  let wait = 0;
  const hide = () => {
    clearTimeout(wait);
    if (shown) shown.remove();
    shown = null;
  };
  const card = async (path) => {
    if (!known.has(path)) {
      const answer = await fetch(path + "/card", { headers: { accept: "text/html" } });
      const page = new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html");
      known.set(path, page.getElementById("card"));
    }
    return known.get(path);
  };
  const preview = (link) => {
    hide();
    wait = setTimeout(async () => {
      const path = new URL(link.href).pathname.replace(/\/(cited-by|tasks)$/, "");
      const found = await card(path).catch(() => null);
      if (!found || !link.isConnected) return;
      hide();
      shown = document.createElement("div");
      shown.className = "popup";
      shown.setAttribute("role", "tooltip");
      shown.append(...Array.from(found.childNodes, (node) => node.cloneNode(true)));
      document.body.append(shown);
      const place = link.getBoundingClientRect();
      const left = Math.min(place.left, innerWidth - shown.offsetWidth - 12);
      const below = place.bottom + shown.offsetHeight + 12 < innerHeight;
      shown.style.setProperty("left", Math.max(8, left) + scrollX + "px");
      shown.style.setProperty("top", (below ? place.bottom + 6 : place.top - shown.offsetHeight - 6) + scrollY + "px");
    }, 260);
  };
  for (const [begin, end] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
    document.addEventListener(begin, (event) => {
      const link = event.target.closest && event.target.closest("a[data-card]");
      if (link) preview(link);
    });
    document.addEventListener(end, (event) => {
      if (event.target.closest && event.target.closest("a[data-card]")) hide();
    });
  }

  // Keys: the search box, the rows of a list, a candidate of the question at hand.
  const rows = all("[data-row]");
  let at = -1;
  const step = (by) => {
    if (!rows.length) return false;
    if (at >= 0) rows[at].classList.remove("here");
    at = Math.max(0, Math.min(rows.length - 1, at + by));
    rows[at].classList.add("here");
    rows[at].scrollIntoView({ block: "nearest" });
    const link = one("a", rows[at]);
    if (link) link.focus({ preventScroll: true });
    return true;
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") return hide();
    const inBox = typing(event.target);
    if (event.key === "ArrowDown" && (!inBox || inBox.type === "search") && step(1)) return event.preventDefault();
    if (inBox) return;
    if (event.key === "/") {
      one("#big, #q").focus();
      one("#big, #q").select();
      event.preventDefault();
    } else if ((event.key === "ArrowUp" || event.key === "k") && at >= 0) {
      step(-1);
      event.preventDefault();
    } else if (event.key === "j") {
      step(1);
    } else if (/^[1-9u]$/.test(event.key)) {
      const place = event.key === "u" ? document : rows[Math.max(0, at)];
      const button = place && one("button[data-key='" + event.key + "']", place);
      if (button) button.click();
    }
  });

  // The picture of a lineage: fitted, larger, smaller.
  const picture = one(".picture");
  if (picture) {
    const svg = one("svg", picture);
    const width = svg.viewBox.baseVal.width;
    let scale = 1;
    const size = () => {
      picture.classList.remove("fit");
      svg.setAttribute("width", width * scale);
      svg.setAttribute("height", svg.viewBox.baseVal.height * scale);
    };
    all("[data-zoom]").forEach((button) =>
      button.addEventListener("click", () => {
        const way = button.dataset.zoom;
        if (way === "fit") return picture.classList.toggle("fit");
        if (picture.classList.contains("fit")) scale = picture.clientWidth / width;
        scale = Math.max(0.1, Math.min(4, scale * (way === "in" ? 1.25 : 0.8)));
        size();
      }),
    );
    const home = one(".root", svg);
    if (home) picture.scrollTo(home.getBBox().x - picture.clientWidth / 3, home.getBBox().y - picture.clientHeight / 3);
  }

  // Papers dropped into the frame.
  const drop = one("form[data-drop]");
  if (drop) {
    const input = one("input[type=file]", drop);
    const tell = () => (one("[data-status]", drop).textContent = input.files.length + " " + drop.dataset.drop);
    drop.addEventListener("dragover", (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
    drop.addEventListener("dragleave", () => drop.classList.remove("over"));
    drop.addEventListener("drop", (event) => {
      event.preventDefault();
      drop.classList.remove("over");
      input.files = event.dataTransfer.files;
      tell();
    });
    input.addEventListener("change", tell);
  }

  // The open tab stays in sight where tabs are scrolled.
  all("nav [aria-current=page]").forEach((tab) => {
    const bar = tab.parentElement;
    if (bar.scrollWidth > bar.clientWidth) bar.scrollLeft = tab.offsetLeft - bar.offsetLeft - 40;
  });

  // On a narrow page filters and outline begin folded.
  if (innerWidth < 800) all(".filters, .outline details").forEach((box) => box.removeAttribute("open"));
})();
