// What a page must have so that everybody can use it; the value is a list of faults. After the rules of WCAG 2.2 A and AA that a
// program can judge: names, labels, landmarks, headings, language, tables, ids, lists, focus, contrast.
(() => {
  const faults = [];
  const told = (rule, node) => faults.push(rule + ": " + (node ? (node.outerHTML || node.textContent).replace(/\s+/g, " ").slice(0, 160) : ""));
  const all = (what, from = document) => Array.from(from.querySelectorAll(what));
  const shown = (node) => node.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && node.getClientRects().length > 0;

  // The name that is read out: of the control itself, its label, or what stands in it.
  const words = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.nodeType !== Node.ELEMENT_NODE || node.getAttribute("aria-hidden") === "true") return "";
    return node.getAttribute("aria-label") || Array.from(node.childNodes, words).join(" ");
  };
  const name = (node) => {
    const by = (node.getAttribute("aria-labelledby") || "").split(" ").filter(Boolean).map((id) => document.getElementById(id));
    const label = node.labels ? Array.from(node.labels, words).join(" ") : "";
    return (by.map((one) => (one ? words(one) : "")).join(" ") || node.getAttribute("aria-label") || label || words(node) || node.title || "").trim();
  };
  const controls = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  for (const node of all(controls)) if (!name(node)) told("no name", node);
  for (const node of all("input:not([type=hidden]), select, textarea")) if (!node.labels.length && !node.getAttribute("aria-label")) told("no label", node);
  for (const node of all("a, button, summary, label")) if (node.parentElement.closest("a, button")) told("a control in a control", node);
  for (const node of all("fieldset")) if (!node.querySelector("legend")) told("no legend", node);
  for (const node of all("img")) if (!node.hasAttribute("alt")) told("no text for a picture", node);
  for (const node of all("svg")) if (node.getAttribute("aria-hidden") !== "true" && !(node.getAttribute("role") && name(node))) told("no name for a picture", node);
  for (const node of all("iframe, object, embed")) if (!node.title) told("no name for a frame", node);

  // Language, title, landmarks, headings.
  if (!/^(vi|en)$/.test(document.documentElement.lang)) told("no language", document.documentElement);
  for (const node of all("[lang]")) if (!/^(vi|en)$/.test(node.lang)) told("an unknown language", node);
  if (document.title.length < 4) told("no title", document.head);
  for (const [what, most] of [["main", 1], ["body > header", 1], ["body > footer", 1], ["h1", 1]]) {
    if (all(what).filter(shown).length !== most) told(what + " is there " + all(what).filter(shown).length + " times", document.body);
  }
  const navs = all("nav").filter(shown).map((node) => node.getAttribute("aria-label"));
  for (const node of all("nav")) if (!node.getAttribute("aria-label")) told("no name for a nav", node);
  const twice = navs.filter((label, at) => navs.indexOf(label) !== at && !all("nav.pager").some((pager) => pager.getAttribute("aria-label") === label));
  if (twice.length) told("two navs of one name, " + twice, document.body);
  for (const node of all("body > *")) if (shown(node) && node.textContent.trim() && !node.matches("header, main, footer, .skip, .popup, .toast, script")) told("outside of landmarks", node);
  let level = 0;
  for (const node of all("h1, h2, h3, h4, h5, h6").filter(shown)) {
    const own = Number(node.tagName[1]);
    if (own > level + 1 && level) told("a heading is passed over before", node);
    if (!node.textContent.trim()) told("an empty heading", node);
    level = own;
  }

  // Ids, references to them, attributes with a fixed list of values.
  const ids = all("[id]").map((node) => node.id);
  for (const id of new Set(ids.filter((id, at) => ids.indexOf(id) !== at))) told("an id stands twice", document.getElementById(id));
  for (const node of all("[aria-labelledby], [aria-describedby], label[for]")) {
    const named = [node.getAttribute("aria-labelledby"), node.getAttribute("aria-describedby"), node.getAttribute("for")].filter(Boolean).join(" ");
    for (const id of named.split(" ")) if (!document.getElementById(id)) told("nothing has the id " + id, node);
  }
  for (const node of all("a[href^='#']")) if (!document.getElementById(decodeURIComponent(node.getAttribute('href').slice(1)))) told("leads nowhere", node);
  for (const node of all("[aria-current]")) if (!["page", "true", "false"].includes(node.getAttribute("aria-current"))) told("aria-current", node);
  const roles = ["search", "status", "alert", "tooltip", "region", "img", "presentation", "none", "group"];
  for (const node of all("[role]")) if (!roles.includes(node.getAttribute("role"))) told("an unknown role", node);
  for (const node of all("[role=region], section[aria-labelledby]")) if (!name(node)) told("no name for a region", node);

  // Tables and lists.
  for (const node of all("table:not(.cells)")) {
    if (!node.querySelector("th")) told("a table without headers", node);
    for (const head of all("th", node)) if (!head.hasAttribute("scope") || !words(head).trim()) told("a header without scope or words", head);
    const columns = all("thead th", node).length;
    for (const row of all("tbody tr", node)) if (columns && Array.from(row.cells).reduce((sum, cell) => sum + cell.colSpan, 0) !== columns) told("a row of another width", row);
  }
  for (const node of all("ul, ol")) for (const child of node.children) if (child.tagName !== "LI") told("in a list, but no item", child);
  for (const node of all("li")) if (!node.parentElement.matches("ul, ol")) told("an item in no list", node);
  for (const node of all("dt, dd")) if (!node.closest("dl")) told("a term in no list", node);

  // Focus: in the order of the page, never hidden, and to be seen.
  for (const node of all("[tabindex]")) if (node.tabIndex > 0) told("an order of its own", node);
  for (const node of all("[aria-hidden=true] a[href], [aria-hidden=true] button, [aria-hidden=true] input")) told("hidden, but takes the focus", node);
  const skip = all(controls)[0];
  if (!skip || !skip.matches("a[href^='#main']")) told("the first control does not lead past the head", skip);
  for (const node of all(controls + ", [tabindex='0']").filter(shown)) {
    node.focus({ focusVisible: true, preventScroll: true });
    const style = getComputedStyle(node);
    const seen = document.activeElement === node && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    if (!seen) told("its focus cannot be seen", node);
  }
  document.activeElement.blur();
  for (const node of all("*")) if (shown(node) && /auto|scroll/.test(getComputedStyle(node).overflowX) && node.scrollWidth > node.clientWidth + 1) {
    if (!node.matches("[tabindex='0'], input") && !node.querySelector("a[href], button, input")) told("scrolled, but not by keys", node);
  }

  // Contrast of every piece of text on what lies behind it.
  const colour = (text) => {
    const parts = text.match(/[\d.]+/g).map(Number);
    return { rgb: parts.slice(0, 3), alpha: parts.length > 3 ? parts[3] : 1 };
  };
  const over = (top, ground) => top.rgb.map((part, at) => part * top.alpha + ground[at] * (1 - top.alpha));
  const light = (rgb) => {
    const [r, g, b] = rgb.map((part) => (part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (node) => {
    const layers = [];
    for (let one = node; one; one = one.parentElement) {
      const box = one.closest("svg") && one.tagName === "g" ? one.querySelector(":scope > rect, :scope > path") : null;
      const style = box ? getComputedStyle(box).fill : getComputedStyle(one).backgroundColor;
      if (!/^rgb/.test(style)) continue;
      const layer = colour(style);
      if (layer.alpha > 0) layers.unshift(layer);
      if (layer.alpha === 1) break;
    }
    return layers.reduce((below, layer) => over(layer, below), getComputedStyle(document.documentElement).colorScheme.includes("dark") && matchMedia("(prefers-color-scheme: dark)").matches ? [0, 0, 0] : [255, 255, 255]);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const judged = new Set();
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || judged.has(node) || !shown(node) || node.closest("script, title, desc, .hidden, .skip, option")) continue;
    judged.add(node);
    const style = getComputedStyle(node);
    const ink = colour(node.closest("svg") ? style.fill : style.color);
    const below = ground(node);
    const [a, b] = [light(over(ink, below)), light(below)].sort((x, y) => y - x);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const contrast = (a + 0.05) / (b + 0.05);
    if (contrast < (large ? 3 : 4.5)) told("contrast " + contrast.toFixed(2), node);
  }
  return faults;
})()
