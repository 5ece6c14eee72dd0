"use strict";
// What the page does beyond HTML: filter, sort, copy, move by keyboard. Everything it shows is there without it.
(() => {
  const byId = (id) => document.getElementById(id);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const cards = all(".card");
  const search = byId("q");
  const severity = byId("severity");
  const namespace = byId("namespace");
  const RANK = ["critical", "error", "warning", "info"];

  all(".filter, .tools, [data-markdown]").forEach((element) => { element.hidden = false; });

  // --- Filter, mirrored in the address so that a colleague opens the same view ---

  const textOf = new Map(cards.map((card) => [card, card.textContent.toLowerCase()]));

  function matches(card) {
    const wanted = search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const worst = severity.value === "" || RANK.indexOf(card.dataset.severity) <= RANK.indexOf(severity.value);
    const there = namespace.value === "" || card.dataset.namespaces.split(" ").includes(namespace.value);
    return worst && there && wanted.every((word) => textOf.get(card).includes(word));
  }

  function filter() {
    let shown = 0;
    for (const card of cards) {
      card.hidden = !matches(card);
      shown += card.hidden ? 0 : 1;
    }
    for (const row of all("tr[data-namespace]")) {
      row.hidden = namespace.value !== "" && row.dataset.namespace !== namespace.value;
    }
    const none = byId("none-left");
    if (none) none.hidden = shown > 0;
    document.querySelector(".shown").textContent =
      shown === cards.length ? `${cards.length} cards` : `${shown} of ${cards.length} cards`;
  }

  function writeHash() {
    const state = new URLSearchParams();
    for (const field of [search, severity, namespace]) {
      if (field.value.trim() !== "") state.set(field.id, field.value.trim());
    }
    const text = state.toString();
    history.replaceState(null, "", text === "" ? location.pathname + location.search : `#${text}`);
  }

  function readHash() {
    const hash = location.hash.slice(1);
    if (hash === "" || !hash.includes("=")) {
      reveal(hash);
      return;
    }
    const state = new URLSearchParams(hash);
    for (const field of [search, severity, namespace]) field.value = state.get(field.id) ?? "";
    if (severity.selectedIndex < 0) severity.value = "";
    if (namespace.selectedIndex < 0) namespace.value = "";
    filter();
  }

  function reveal(id) {
    const target = id === "" ? null : byId(decodeURIComponent(id));
    if (!target || !target.matches(".card")) return;
    if (target.hidden) clear();
    target.open = true;
    target.scrollIntoView();
  }

  function clear() {
    search.value = severity.value = namespace.value = "";
    filter();
  }

  let waiting = 0;
  function changed() {
    clearTimeout(waiting);
    waiting = setTimeout(() => { filter(); writeHash(); }, 60);
  }

  search.addEventListener("input", changed);
  severity.addEventListener("change", changed);
  namespace.addEventListener("change", changed);
  document.querySelector(".filter").addEventListener("submit", (event) => event.preventDefault());
  all("a[data-filter]").forEach((link) => link.addEventListener("click", () => {
    severity.value = link.dataset.filter;
    filter();
  }));
  window.addEventListener("hashchange", readHash);

  byId("fold").addEventListener("click", (event) => {
    const fold = cards.some((card) => card.open && !card.hidden);
    for (const card of cards) if (!card.hidden) card.open = !fold;
    event.target.textContent = fold ? "Unfold all" : "Fold all";
  });

  // --- Keyboard ---

  function move(step) {
    const shown = cards.filter((card) => !card.hidden);
    if (shown.length === 0) return;
    const at = shown.findIndex((card) => card.contains(document.activeElement));
    const next = at < 0 ? (step > 0 ? 0 : shown.length - 1) : Math.min(Math.max(at + step, 0), shown.length - 1);
    shown[next].querySelector("summary").focus({ preventScroll: true });
    shown[next].scrollIntoView({ block: "start" });
  }

  const help = byId("help");
  byId("keys").addEventListener("click", () => help.showModal());
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input, select, textarea");
    if (event.key === "Escape" && !help.open) {
      clear();
      writeHash();
      event.target.blur();
    }
    if (typing || event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    const action = { "/": () => search.focus(), j: () => move(1), k: () => move(-1), "?": () => help.showModal() }[event.key];
    if (action) {
      event.preventDefault();
      action();
    }
  });

  // --- Tables ---

  const keyOf = (row, column) => row.cells[column].dataset.sort ?? row.cells[column].textContent.trim();
  const collator = new Intl.Collator("en", { numeric: true });

  function sort(table, column, head) {
    const down = head.getAttribute("aria-sort") === "ascending";
    all("th", table).forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const body = table.tBodies[0];
    const sorted = [...body.rows].sort((a, b) => collator.compare(keyOf(a, column), keyOf(b, column)));
    body.append(...(down ? sorted.reverse() : sorted));
  }

  for (const table of all("table")) {
    all("th", table).forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      button.addEventListener("click", () => sort(table, column, head));
      head.replaceChildren(button);
    });
    if (table.tBodies[0].rows.length > 12 && !table.closest(".card")) addSearch(table);
  }

  function addSearch(table) {
    const field = document.createElement("input");
    field.type = "search";
    field.placeholder = "Filter these rows";
    field.setAttribute("aria-label", `Filter: ${table.caption.textContent}`);
    field.className = "row-filter";
    const texts = new Map([...table.tBodies[0].rows].map((row) => [row, row.textContent.toLowerCase()]));
    field.addEventListener("input", () => {
      const wanted = field.value.trim().toLowerCase();
      for (const [row, text] of texts) row.classList.toggle("filtered", !text.includes(wanted));
    });
    table.caption.append(field);
  }

  // --- Copy ---

  async function copy(button, text) {
    const label = button.textContent;
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Not allowed";
    }
    setTimeout(() => { button.textContent = label; }, 1500);
  }

  for (const block of all(".prose pre")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.addEventListener("click", () => copy(button, block.textContent));
    const frame = document.createElement("div");
    frame.className = "block";
    block.replaceWith(frame);
    frame.append(block, button);
  }

  const fence = (text) => "```\n" + text.replace(/\n$/, "").replaceAll("```", "'''") + "\n```";

  function markdown(card) {
    const text = (selector) => card.querySelector(selector)?.textContent.trim() ?? "";
    const parts = [`### ${text(".severity")} ${text(".finding-code")} ${text("h3")}`, `\`${text(".subject")}\``];
    if (text(".what p")) parts.push(text(".what p"));
    for (const row of all(".objects tbody tr", card)) {
      parts.push(`- \`${row.cells[0].textContent}\` ${row.cells[1].textContent}`);
    }
    for (const figure of all("figure", card)) {
      parts.push(`\`${figure.querySelector(".place").textContent}\``);
      const excerpt = figure.querySelector("pre");
      if (excerpt) parts.push(fence(excerpt.textContent));
    }
    const fix = card.querySelector(".fix .prose");
    if (fix) {
      parts.push("**Fix**");
      for (const child of fix.children) {
        const code = child.querySelector("pre") ?? (child.matches("pre") ? child : null);
        parts.push(code ? fence(code.textContent) : child.textContent.trim());
      }
    }
    return parts.join("\n\n") + "\n";
  }

  all("[data-markdown]").forEach((button) =>
    button.addEventListener("click", () => copy(button, markdown(button.closest(".card")))));

  // --- Theme, where the browser lets a page remember it ---

  const THEMES = ["system", "light", "dark"];
  const remembered = { get() { try { return localStorage.getItem("theme"); } catch { return null; } },
    set(theme) { try { localStorage.setItem("theme", theme); } catch { /* a private window forgets it */ } } };

  function wear(theme) {
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    byId("theme").textContent = `Theme: ${theme}`;
  }

  byId("theme").addEventListener("click", () => {
    const worn = document.documentElement.dataset.theme ?? "system";
    const next = THEMES[(THEMES.indexOf(worn) + 1) % THEMES.length];
    wear(next);
    remembered.set(next);
  });
  wear(THEMES.includes(remembered.get()) ? remembered.get() : "system");

  // --- Paper shows everything ---

  const opened = [];
  window.addEventListener("beforeprint", () => {
    for (const card of cards) {
      if (card.open) continue;
      card.open = true;
      opened.push(card);
    }
  });
  window.addEventListener("afterprint", () => {
    for (const card of opened.splice(0)) card.open = false;
  });

  // --- Where one is, in the rail ---

  const links = new Map(all("nav a").map((link) => [link.hash.slice(1), link]));
  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      links.forEach((link) => link.removeAttribute("aria-current"));
      links.get(entry.target.id)?.setAttribute("aria-current", "true");
    }
  }, { rootMargin: "-10% 0px -80% 0px" });
  all("main > [id]").forEach((section) => watcher.observe(section));

  filter();
  readHash();
})();
