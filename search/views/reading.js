// What a page does in the reader's own browser: links without a reload, the cited page, copying, and keys.
// No markup may be in here: Streamlit would leave the whole script out.
if (!window.boardPapers) {
  window.boardPapers = true;
  const find = (what, within = document) => within.querySelector(what);
  const all = (what) => [...document.querySelectorAll(what)].filter((one) => one.getClientRects().length);
  const make = (kind, attributes, ...inside) => {
    const made = Object.assign(document.createElement(kind), attributes);
    made.append(...inside);
    return made;
  };
  const RECENT = "board-papers-recent", KEYS = "board-papers-keys", MOST = 8;
  const kept = (name, otherwise) => {
    try { return JSON.parse(localStorage.getItem(name)) ?? otherwise; } catch { return otherwise; }
  };
  const keep = (name, value) => { try { localStorage.setItem(name, JSON.stringify(value)); } catch { /* forbidden */ } };
  const root = find(".stApp") ?? document.body;  // which has the colours, light or dark
  const voice = make("div", { className: "heard" });
  voice.setAttribute("role", "status");
  root.append(voice);
  const say = (words) => { voice.textContent = ""; setTimeout(() => { voice.textContent = words; }, 50); };

  // Streamlit takes an address that comes from the history without loading its whole program again.
  let arriving = "", left = "";
  const go = (href) => {
    history.pushState({}, "", href);
    dispatchEvent(new PopStateEvent("popstate"));
    find(".stMain")?.scrollTo(0, 0);
    find("#site-pages")?.classList.remove("open");
    arriving = "asked";
    left = find("h1")?.textContent;
  };
  // Who goes on, or has moved the focus without a key or a pointer as a screen reader may, is not called back.
  for (const act of ["keydown", "pointerdown", "click", "focusin"]) {
    addEventListener(act, (event) => { if (event.type !== "focusin" || !event.target.matches("h1")) arriving = ""; }, true);
  }
  const ours = (link) => link && link.origin === location.origin && !link.hash && !link.hasAttribute("download")
    && (!link.target || link.closest(".stMarkdown"))
    && [...document.querySelectorAll("nav.site a")].some((page) => page.pathname === link.pathname);

  // The cited page is beside what cites it, and on a narrow screen in a sheet over it.
  let opener = null;
  const slot = make("div", {});
  const shut = make("button", { type: "button", textContent: "Back to the answer" });
  const sheet = make("dialog", { className: "sheet" }, shut, slot);
  sheet.setAttribute("aria-label", "The cited page");
  root.append(sheet);
  const page = () => find(".page", slot) || find(".leaf .page");
  const place = (frame) => {
    const picture = find("img[data-top]", frame);
    if (!picture || !frame.clientHeight) return;
    const tall = picture.clientHeight, top = picture.offsetTop + tall * picture.dataset.top;
    const bottom = picture.offsetTop + tall * picture.dataset.bottom;
    const spare = (frame.clientHeight - (bottom - top)) / 2;
    frame.scrollTop = top - Math.max(spare, 16);
    frame.dataset.placed = "yes";
  };
  const raise = (from) => {
    opener = from;
    slot.replaceChildren(page());
    sheet.showModal();
    history.pushState(history.state, "", "#page");
    place(find(".frame", slot) ?? slot);
  };
  shut.addEventListener("click", () => sheet.close());
  sheet.addEventListener("close", () => {
    const held = slot.firstChild, home = find(".leaf");
    if (held && home && !find(".page", home)) home.append(held);
    slot.replaceChildren();
    leaving = location.hash === "#page";
    if (leaving) history.back();
    opener?.focus();
  });
  // Back closes the sheet; Streamlit is not to know: it would draw the page anew.
  let leaving = false;
  addEventListener("popstate", (event) => {
    if (!leaving && !sheet.open) return;
    event.stopImmediatePropagation();
    leaving = false;
    sheet.close();
  }, true);
  const note = (at) => {
    const query = new URLSearchParams(location.search);
    if (at.startsWith("passage")) query.delete("sheet");
    new URLSearchParams(at).forEach((value, name) => query.set(name, value));
    history.replaceState(history.state, "", `?${query}${location.hash}`);
  };
  const show = async (from) => {
    if (!page()) return;
    const got = await fetch(from.dataset.leaf).catch(() => null);
    if (got && got.status < 500) page().outerHTML = await got.text();
    else page().replaceChildren(make("p", { textContent: "This page cannot be had just now. Ask again." }));
    if (from.dataset.at) note(from.dataset.at);
    const stop = from.closest(".stop");
    if (stop) {
      document.querySelectorAll(".stop.chosen").forEach((one) => one.classList.remove("chosen"));
      stop.classList.add("chosen");
    }
    if (!sheet.open && !page().getClientRects().length) raise(from);
    settle();
    say(find(".turn span", page())?.textContent ?? "The page is shown.");
  };
  const size = (by) => {
    const frame = find(".frame", page()), sizes = ["", "150", "200", "300"];
    const next = sizes[Math.min(Math.max(sizes.indexOf(frame.dataset.zoom ?? "") + by, 0), sizes.length - 1)];
    frame.dataset.zoom = next;
    place(frame);
  };
  // A picture that does not come leaves its text.
  document.addEventListener("error", (event) => {
    if (!event.target.matches?.(".frame img")) return;
    const text = find("details", event.target.closest(".page"));
    event.target.replaceWith(make("p", { textContent: "This page cannot be shown as a picture. Its text follows." }));
    if (text) text.open = true;
  }, true);

  const copy = async (button) => {
    const text = button.dataset.copy;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Without https there is no clipboard but this.
      const box = make("textarea", { value: text });
      root.append(box);
      box.select();
      document.execCommand("copy");
      box.remove();
    }
    button.classList.add("done");
    setTimeout(() => button.classList.remove("done"), 2000);
    say("Copied.");
  };

  const WAYS = [["/", "Go to the box"], ["j", "Next quotation or passage"], ["k", "The one before"],
    ["o", "Show its page"], ["c", "Copy it with its reference"], ["?", "Show these keys"]];
  const help = () => {
    const rows = WAYS.map(([key, what]) => make("li", {}, make("kbd", { textContent: key }), ` ${what}`));
    const on = kept(KEYS, true);
    const turn = make("button", { type: "button", textContent: on ? "Turn these keys off" : "Turn these keys on" });
    const close = make("button", { type: "button", textContent: "Close" });
    const box = make("dialog", { className: "keys" }, make("h2", { textContent: "Keys" }), make("ul", {}, ...rows), turn, close);
    box.setAttribute("aria-label", "Keys");
    turn.addEventListener("click", () => { keep(KEYS, !on); box.close(); say(on ? "Keys are off." : "Keys are on."); });
    close.addEventListener("click", () => box.close());
    box.addEventListener("close", () => box.remove());
    root.append(box);
    box.showModal();
  };
  const step = (by) => {
    const stops = all(".stop, main .passage");
    const next = stops[Math.min(Math.max(stops.indexOf(document.activeElement.closest(".stop, .passage")) + by, 0), stops.length - 1)];
    if (!next) return;
    next.tabIndex = -1;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  };
  const here = (what) => {
    const stop = document.activeElement.closest(".stop, .passage") ?? find(".stop, main .passage");
    return stop ? find(what, stop) : null;
  };
  const ACTS = {
    "/": () => find(".st-key-asking input, main textarea, main input[type=text]")?.focus(),
    j: () => step(1), k: () => step(-1), "?": help,
    o: () => here("[data-leaf], a[href]")?.click(), c: () => here("[data-copy]")?.click(),
  };
  const TYPED = "input, textarea, select, [contenteditable=true], dialog, [role=listbox], [role=dialog]";
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.(TYPED)) return;
    // Streamlit would draw the page anew at R; nobody asked for that (WCAG 2.1.4).
    if (event.key === "r" || event.key in ACTS) event.stopImmediatePropagation();
    if (!(event.key in ACTS) || (event.key !== "?" && !kept(KEYS, true))) return;
    event.preventDefault();
    ACTS[event.key]();
  }, true);

  document.addEventListener("click", (event) => {
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const target = event.target.closest?.("button, a[href]");
    if (!target) return;
    const { leaf, copy: text, size: by, keys, menu, forget } = target.dataset;
    if (leaf !== undefined && page()) { event.preventDefault(); show(target); }
    else if (text !== undefined) copy(target);
    else if (by !== undefined) size(Number(by));
    else if (keys !== undefined) help();
    else if (menu !== undefined) target.setAttribute("aria-expanded", find("#site-pages").classList.toggle("open"));
    else if (forget !== undefined) { keep(RECENT, []); target.closest(".recent").hidden = true; }
    else if (ours(target)) { event.preventDefault(); go(target.href); }
  });

  // What the reader asked before stays in this browser alone.
  const remember = () => {
    const asked = find(".answered")?.dataset.question;
    const before = kept(RECENT, []);
    if (asked && before[0] !== asked) keep(RECENT, [asked, ...before.filter((one) => one !== asked)].slice(0, MOST));
    const list = find(".recent[hidden]");
    if (!list || !before.length) return;
    find("ul", list).replaceChildren(...before.map((one) => make("li", {},
      make("a", { href: `./?${new URLSearchParams({ q: one })}`, textContent: one }))));
    list.hidden = false;
  };
  // Roles that Streamlit gives its own parts wrongly, or not at all.
  const correct = () => {
    // A place for a file has a name and is called decoration at once, which says neither.
    document.querySelectorAll("section[role=presentation][aria-label]").forEach((one) => one.removeAttribute("role"));
    // A list of choices hangs outside every landmark, so whoever goes from one to the next misses it.
    document.querySelectorAll("[data-trigger=ComboBox]:not([role])").forEach((one) => {
      one.setAttribute("aria-label", find("[role=listbox]", one)?.getAttribute("aria-label") ?? "Choices");
      one.setAttribute("role", "region");
    });
    // The head of a calendar passes for that of the page.
    document.querySelectorAll("[data-testid=stDateInputCalendar] header:not([role])").forEach((one) => {
      one.setAttribute("role", "presentation");
    });
  };
  const state = () => find("[data-testid=stApp]")?.dataset.testScriptState;
  let focused = false;
  const settle = () => {
    all(".frame:not([data-placed])").forEach(place);
    correct();
    remember();
    const box = find(".home") && find(".st-key-asking input");
    if (box && !focused && !arriving && document.activeElement === document.body) box.focus({ preventScroll: true });
    focused = Boolean(box);
    const heading = find("h1");
    // The heading may be hidden yet, or lose the focus where it is drawn once more: until a reader acts it gets it back.
    if (arriving === "drawn" && state() === "notRunning" && heading && document.activeElement !== heading) {
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
      if (document.activeElement !== heading) setTimeout(settle, 200);
    }
  };
  let waiting = 0;
  new MutationObserver((changes) => {
    // A page may be drawn between two frames, a script may have run between two calls of this, and Streamlit may say
    // only that it has: then another heading tells.
    const ran = state() === "running" || changes.some((one) => one.oldValue === "running");
    if (arriving === "asked" && (ran || find("h1")?.textContent !== left)) arriving = "drawn";
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(settle);
  }).observe(document.body, {
    childList: true,
    subtree: true,
    attributeFilter: ["data-test-script-state"],
    attributeOldValue: true,
  });
  settle();
}
