"use strict";
// What the page does beyond HTML: filter, sort, copy, move by keyboard. Everything it shows is there without it.
(() => {
  const byId = (id) => document.getElementById(id);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const cards = all(".card");
  const search = byId("q");
  const severity = byId("severity");
  const namespace = byId("namespace");
  const area = byId("area");
  const FIELDS = [search, severity, namespace, area];
  const RANK = ["critical", "error", "warning", "info"];

  all(".filter, .tools, [data-markdown]").forEach((element) => { element.hidden = false; });

  // --- Filter, mirrored in the address so that a colleague opens the same view ---

  const textOf = new Map(cards.map((card) => [card, card.textContent.toLowerCase()]));

  function matches(card) {
    const wanted = search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const worst = severity.value === "" || RANK.indexOf(card.dataset.severity) <= RANK.indexOf(severity.value);
    const there = namespace.value === "" || card.dataset.namespaces.split(" ").includes(namespace.value);
    const about = area.value === "" || card.dataset.area === area.value;
    return worst && there && about && wanted.every((word) => textOf.get(card).includes(word));
  }

  let narrowed = "";
  function filter() {
    let shown = 0;
    for (const card of cards) {
      card.hidden = !matches(card);
      shown += card.hidden ? 0 : 1;
    }
    if (namespace.value !== narrowed) {
      narrowed = namespace.value;
      for (const row of all("tr[data-namespace]")) {
        row.hidden = narrowed !== "" && row.dataset.namespace !== narrowed;
      }
      for (const { rows } of tables.values()) if (rows instanceof LongTable && (rows.rows !== null || narrowed !== "")) rows.show();
    }
    const none = byId("none-left");
    if (none) none.hidden = shown > 0;
    document.querySelector(".shown").textContent =
      shown === cards.length ? `${cards.length} cards` : `${shown} of ${cards.length} cards`;
  }

  function writeHash() {
    const state = new URLSearchParams();
    for (const field of FIELDS) {
      if (field.value.trim() !== "") state.set(field.id, field.value.trim());
    }
    for (const [id, { field }] of tables) {
      if (field && field.value.trim() !== "") state.set(`rows.${id}`, field.value.trim());
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
    for (const field of FIELDS) field.value = state.get(field.id) ?? "";
    for (const field of [severity, namespace, area]) if (field.selectedIndex < 0) field.value = "";
    for (const [id, { rows, field }] of tables) {
      const wanted = state.get(`rows.${id}`) ?? "";
      if (!field || field.value === wanted) continue;
      field.value = wanted;
      rows.filter(wanted.trim().toLowerCase());
    }
    filter();
  }

  function reveal(id) {
    const target = id === "" ? null : byId(decodeURIComponent(id));
    const card = target?.closest(".card");
    if (!card) return;
    if (card.hidden) clear();
    card.open = target.open = true;
  }

  // Goes where a link leads: what lies above the target is laid out only as it comes near, and moves it. Whoever
  // scrolls meanwhile is left alone.
  let mayScroll = false;
  for (const event of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    window.addEventListener(event, () => { mayScroll = false; }, { passive: true });
  }
  function approach() {
    const target = location.hash.includes("=") ? null : byId(decodeURIComponent(location.hash.slice(1)));
    let last, looks = 30;
    const look = () => {
      const top = target.getBoundingClientRect().top + scrollY;
      if (top !== last) target.scrollIntoView({ behavior: "instant" });
      last = top;
      if (mayScroll && --looks > 0) requestAnimationFrame(look);
    };
    mayScroll = target !== null;
    if (mayScroll) look();
  }

  function clear() {
    for (const field of FIELDS) field.value = "";
    filter();
  }

  let waiting = 0;
  function changed() {
    clearTimeout(waiting);
    waiting = setTimeout(() => { filter(); writeHash(); }, 40);
  }

  search.addEventListener("input", changed);
  for (const field of [severity, namespace, area]) field.addEventListener("change", () => { filter(); writeHash(); });
  document.querySelector(".filter").addEventListener("submit", (event) => event.preventDefault());
  all("a[data-filter]").forEach((link) => link.addEventListener("click", () => {
    severity.value = link.dataset.filter;
    filter();
  }));
  window.addEventListener("hashchange", () => { readHash(); approach(); });

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

  // --- Tables: sorted by their heads and narrowed by a field. The rows of long ones lie compressed in the page;
  // --- they are unpacked when somebody asks for more than what is there, and drawn in windows.

  const WINDOW = 200;
  const collator = new Intl.Collator("en", { numeric: true });
  const number = new Intl.NumberFormat("en");
  const tables = new Map();

  const element = (name, content = "", className = "") => {
    const made = document.createElement(name);
    made.textContent = content;
    if (className !== "") made.className = className;
    return made;
  };

  const button = (label, action, className = "quiet") => {
    const made = element("button", label, className);
    made.type = "button";
    made.addEventListener("click", action);
    return made;
  };

  function icon(tone) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("class", `icon ${tone}`);
    svg.setAttribute("viewBox", "0 0 16 16");
    svg.setAttribute("aria-hidden", "true");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `#icon-${tone}`);
    svg.append(use);
    return svg;
  }

  async function unpack(id) {
    const packed = atob(byId(id).textContent);
    const bytes = new Uint8Array(packed.length);
    for (let i = 0; i < packed.length; i++) bytes[i] = packed.charCodeAt(i);
    const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return JSON.parse(await new Response(plain).text());
  }

  const textIn = (cell) => (typeof cell === "string" ? cell : cell.t);
  const refsIn = (cell) => (typeof cell === "string" ? [] : cell.r ?? []);
  const keyIn = (cell) => (typeof cell === "string" ? cell : cell.s ?? cell.t);

  class LongTable {
    constructor(table, heads) {
      this.table = table;
      this.heads = heads;
      this.styles = [...table.tBodies[0].rows[0].cells].map((cell) => ["number", "code"].filter((name) => cell.classList.contains(name)));
      this.rows = null;
      this.at = 0;
      this.wanted = "";
      this.status = element("span");
      this.status.setAttribute("role", "status");
      this.back = button("Previous", () => this.turn(-WINDOW));
      this.next = button("Next", () => this.turn(WINDOW));
      this.more = button(`Show all ${number.format(Number(table.dataset.rows))} rows`, () => this.show());
      this.pager = element("p", "", "pager");
      this.pager.append(this.more);
      table.closest(".scroll").after(this.pager);
    }

    async load() {
      this.loading ??= unpack(this.table.dataset.pack).then((rows) => {
        this.rows = rows;
        this.texts = new Map(rows.map((row) =>
          [row, row.map((cell) => [textIn(cell), ...refsIn(cell).map((ref) => ref[0])].join(" ")).join("\n").toLowerCase()]));
        this.pager.replaceChildren(this.back, this.status, this.next);
      });
      await this.loading;
    }

    async show() {
      await this.load();
      const words = this.wanted.split(/\s+/).filter(Boolean);
      this.view = this.rows.filter((row) => (namespace.value === "" || row[0] === namespace.value)
        && words.every((word) => this.texts.get(row).includes(word)));
      this.at = 0;
      this.draw();
    }

    filter(wanted) {
      this.wanted = wanted;
      return this.rows === null && wanted === "" ? undefined : this.show();
    }

    async sort(column, down) {
      await this.load();
      const keys = new Map(this.rows.map((row) => [row, keyIn(row[column + 1])]));
      const numeric = this.heads[column].classList.contains("number");
      const order = numeric ? (a, b) => Number(keys.get(a)) - Number(keys.get(b)) : (a, b) => collator.compare(keys.get(a), keys.get(b));
      this.rows.sort(down ? (a, b) => order(b, a) : order);
      await this.show();
    }

    turn(step) {
      this.at = Math.max(0, Math.min(this.at + step, Math.max(0, this.view.length - 1)));
      this.draw();
      this.table.scrollIntoView({ block: "start" });
    }

    draw() {
      const shown = this.view.slice(this.at, this.at + WINDOW);
      this.table.tBodies[0].replaceChildren(...shown.map((row) => this.line(row)));
      this.back.disabled = this.at === 0;
      this.next.disabled = this.at + WINDOW >= this.view.length;
      this.status.textContent = shown.length === 0 ? "No row matches."
        : `${number.format(this.at + 1)}–${number.format(this.at + shown.length)} of ${number.format(this.view.length)} rows`;
    }

    line(row) {
      const line = document.createElement("tr");
      row.slice(1).forEach((cell, column) => {
        const tone = typeof cell === "string" ? "" : cell.m ?? "";
        const made = element("td", "", [...this.styles[column], tone].join(" ").trim());
        if (tone !== "") made.append(icon(tone), " ");
        made.append(textIn(cell));
        for (const [text, href] of refsIn(cell)) {
          if (!href.startsWith("#")) continue;
          const link = element("a", text);
          link.href = href;
          made.append(" ", link);
        }
        line.append(made);
      });
      return line;
    }
  }

  class ShortTable {
    constructor(table) {
      this.body = table.tBodies[0];
      this.texts = new Map([...this.body.rows].map((row) => [row, row.textContent.toLowerCase()]));
    }

    filter(wanted) {
      const words = wanted.split(/\s+/).filter(Boolean);
      for (const [row, text] of this.texts) row.classList.toggle("filtered", !words.every((word) => text.includes(word)));
    }

    sort(column, down) {
      const key = (row) => row.cells[column].dataset.sort ?? row.cells[column].textContent.trim();
      const sorted = [...this.body.rows].sort((a, b) => collator.compare(key(a), key(b)));
      this.body.append(...(down ? sorted.reverse() : sorted));
    }
  }

  for (const table of all("table")) {
    const heads = all("th", table);
    const rows = table.dataset.pack ? new LongTable(table, heads) : new ShortTable(table);
    heads.forEach((head, column) => {
      head.replaceChildren(button(head.textContent, () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        rows.sort(column, down);
      }, ""));
    });
    const field = table.tBodies[0].rows.length > 12 ? addSearch(table, rows) : null;
    tables.set(table.id, { rows, field });
  }

  function addSearch(table, rows) {
    const field = element("input", "", "row-filter");
    field.type = "search";
    field.placeholder = "Filter these rows";
    field.setAttribute("aria-label", `Filter: ${table.caption.textContent}`);
    field.addEventListener("input", () => {
      rows.filter(field.value.trim().toLowerCase());
      writeHash();
    });
    table.caption.append(field);
    return field;
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
    const frame = element("div", "", "block");
    block.replaceWith(frame);
    frame.append(block, button("Copy", (event) => copy(event.target, block.textContent), "copy"));
  }

  const fence = (text) => "```\n" + text.replace(/\n$/, "").replaceAll("```", "'''") + "\n```";

  function markdown(card) {
    const text = (selector) => card.querySelector(selector)?.textContent.trim() ?? "";
    const parts = [`### ${text(".severity")} ${text(".finding-code")} ${text("h3")}`, `\`${text(".subject")}\``];
    if (text(".what p")) parts.push(text(".what p"));
    for (const row of all(".objects tbody tr", card)) {
      parts.push(`- \`${row.cells[0].textContent}\` ${row.cells[1].textContent}`);
    }
    for (const follower of all(".follower", card)) {
      parts.push(`- may follow: ${follower.querySelector("summary").textContent.trim()}`);
    }
    for (const figure of all(".evidence > figure", card)) {
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
    for (const folded of all("main details:not([open])")) {
      folded.open = true;
      opened.push(folded);
    }
  });
  window.addEventListener("afterprint", () => {
    for (const folded of opened.splice(0)) folded.open = false;
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
  approach();
})();
