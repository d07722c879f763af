const FORGET_AFTER = 60 * 60 * 1000;
const STILL_HERE = 60000;
const COVERS = "(max-width: 40em), (max-height: 30em)";

/**
 * The chat on a council's own site. Everything it draws is in a shadow root with a stylesheet of
 * its own, so that neither the site nor the chat changes the other's looks and a strict content
 * security policy holds: nothing here is inline.
 */
class Panel {
  /** @param {HTMLScriptElement} script */
  constructor(script) {
    const at = new URL(script.src);
    this.host = at.origin;
    this.identity = script.getAttribute("data-civicline-identity");
    this.sheet = script.src.replace(/\.js(\?.*)?$/, ".css");
    this.links = [...document.querySelectorAll("a[data-civicline]")];
    // Kept while any tab of the site is open and an hour longer: a library's computer must not
    // show the last visitor's chat to the next.
    this.shelf = new Shelf("localStorage", `civicline ${this.host}`);
    this.wasOpen = new Shelf("sessionStorage", `civicline open ${this.host}`);
    this.unread = 0;
    this.opener = null;
    this.ready = null;
    this.client = null;
  }

  start() {
    for (const link of this.links) this.upgrade(/** @type {HTMLAnchorElement} */ (link));
    const kept = this.kept();
    if (kept || !this.links.length) {
      this.prepare().then(() => {
        this.launcher.hidden = false;
        if (!kept) return;
        this.connect();
        if (this.wasOpen.get() && !matchMedia(COVERS).matches) this.open(null);
      }, () => {});
    }
    setInterval(() => this.touch(), STILL_HERE);
    addEventListener("pagehide", () => this.touch());
  }

  /** @returns {Session|null} the chat of this browser, if it is not long left */
  kept() {
    const kept = this.shelf.get();
    if (!kept || !kept.conversation_id || !kept.token) return null;
    return Date.now() - kept.seen > FORGET_AFTER ? null : kept;
  }

  touch() {
    const kept = this.shelf.get();
    const { session } = this.client || {};
    if (kept && session && kept.conversation_id === session.conversation_id) this.shelf.put({ ...kept, seen: Date.now() });
  }

  /** @param {HTMLAnchorElement} link */
  upgrade(link) {
    link.setAttribute("aria-haspopup", "dialog");
    link.setAttribute("aria-expanded", "false");
    link.addEventListener("click", (event) => {
      if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      // Where the chat cannot be had in place, the link does what it did before.
      this.prepare().then(() => this.toggle(link), () => { location.href = link.href; });
    });
  }

  /** Words, stylesheet and elements, once. */
  prepare() {
    this.ready ||= this.build().catch((error) => {
      this.ready = null;
      throw error;
    });
    return this.ready;
  }

  async build() {
    const { words, language, timezone } = await request(`${this.host}/api/chat/words`, {});
    this.words = words;
    this.language = language;
    this.timezone = timezone;
    const root = make("div", { "data-civicline-chat": "", lang: language });
    const shadow = root.attachShadow({ mode: "open" });
    const styled = this.stylesheet();
    this.draw();
    shadow.append(styled.link, this.launcher, this.dialog);
    document.body.append(root);
    await styled.loaded.catch((error) => {
      root.remove();
      throw error;
    });
    matchMedia(COVERS).addEventListener("change", () => {
      if (!this.dialog.open) return;
      this.dialog.close();
      this.show();
    });
  }

  stylesheet() {
    const link = /** @type {HTMLLinkElement} */ (make("link", { rel: "stylesheet", href: this.sheet }));
    const loaded = new Promise((resolve, reject) => {
      link.onload = () => resolve(undefined);
      link.onerror = () => reject(new Error("stylesheet"));
    });
    return { link, loaded };
  }

  draw() {
    const { words } = this;
    this.badge = make("span", { class: "cl-badge", hidden: true, "aria-hidden": "true" });
    this.launcher = make("button", {
      type: "button", class: "cl-launcher", hidden: true, "aria-haspopup": "dialog", "aria-expanded": "false",
    }, [make("span", { text: words.launcher }), this.badge]);
    this.launcher.addEventListener("click", () => this.toggle(this.launcher));
    this.heading = make("h2", { class: "cl-title", id: "cl-title", tabindex: -1, text: words.panel_label });
    const close = make("button", { type: "button", class: "cl-close", "aria-label": words.close_panel });
    close.addEventListener("click", () => this.close());
    this.body = make("div", { class: "cl-chat" });
    this.dialog = /** @type {HTMLDialogElement} */ (make("dialog", { class: "cl-panel", "aria-labelledby": "cl-title" }, [
      make("div", { class: "cl-head" }, [this.heading, close]), this.body,
    ]));
    this.dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.close();
    });
    this.dialog.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing) return;
      event.preventDefault();
      this.close();
    });
    this.body.append(...skeleton(words));
  }

  /** Joins the kept conversation, or is ready to begin one. */
  connect() {
    if (this.client) return;
    const kept = this.kept();
    const view = new ChatView(this.body, this.words, this.timezone);
    this.view = view;
    this.client = new ChatClient({
      base: this.host,
      session: kept && { conversation_id: kept.conversation_id, token: kept.token },
      seen: 0,
      mode: "bot",
      outbox: new Shelf("sessionStorage", `civicline unsent ${this.host}`),
      begin: () => this.begin(),
      tell: (kind, ...data) => this.hear(kind, data),
    });
    view.onGone = () => this.gone();
    view.attach(this.client);
    view.parts.transcript.addEventListener("click", () => this.save());
    view.parts.again.addEventListener("submit", (event) => {
      event.preventDefault();
      this.afresh();
      this.view.parts.text.focus();
    });
    this.old = Boolean(kept);
    this.client.open().catch(() => this.client.tell("link", this.client.lost())).finally(() => { this.old = false; });
  }

  async begin() {
    // Signed by the council's website for whoever is signed in there; never part of an address.
    const body = JSON.stringify({
      page: location.href, language: this.language, identity: this.identity || undefined,
    });
    const begun = await request(`${this.host}/api/chat/sessions`, {
      method: "POST", headers: { "Content-Type": "application/json" }, body,
    });
    this.shelf.put({ conversation_id: begun.conversation_id, token: begun.token, seen: Date.now() });
    this.launcher.hidden = false;
    return begun;
  }

  /** @param {string} kind @param {any[]} data */
  hear(kind, data) {
    this.view.hear(kind, ...data);
    if (kind === "message" && !this.dialog.open && !this.old && data[0].from !== "resident") this.count(this.unread + 1);
    if (kind === "mode" && data[0] === "closed") this.shelf.put(null);
  }

  /** @param {number} unread */
  count(unread) {
    this.unread = unread;
    this.badge.hidden = !unread;
    this.badge.textContent = String(unread);
    if (unread) this.launcher.setAttribute("aria-label", say(this.words, "launcher_unread", { count: unread }));
    else this.launcher.removeAttribute("aria-label");
  }

  /** The kept chat is no more: begin again, keeping what is being written. */
  gone() {
    const { value } = this.view.parts.text;
    this.afresh();
    this.view.parts.text.value = value;
  }

  afresh() {
    this.client.ear.stop();
    this.client = null;
    this.shelf.put(null);
    this.body.replaceChildren(...skeleton(this.words));
    this.connect();
  }

  async save() {
    try {
      const url = URL.createObjectURL(new Blob([await this.client.transcript()], { type: "text/plain;charset=utf-8" }));
      const link = make("a", { href: url, download: "chat.txt" });
      link.click();
      setTimeout(() => URL.revokeObjectURL(url), 10000);
    } catch (error) {
      this.view.parts.status.textContent = error.message || this.words.trouble;
    }
  }

  /** @param {HTMLElement} opener */
  toggle(opener) {
    if (this.dialog.open) this.close();
    else this.open(opener);
  }

  /** @param {HTMLElement|null} opener where the keyboard returns to; null leaves it where it is */
  open(opener) {
    const before = document.activeElement;
    this.connect();
    this.opener = opener;
    this.count(0);
    this.show();
    this.expanded(true);
    this.wasOpen.put(true);
    this.view.scroll();
    if (!opener) {
      if (before instanceof HTMLElement && before !== document.body) before.focus();
      else this.heading.blur();
    } else if (matchMedia(COVERS).matches || this.view.parts.talk.hidden) {
      this.heading.focus();
    } else {
      this.view.parts.text.focus();
    }
  }

  /** A phone's screen is covered, so the rest of the page is out of reach; a desktop's is not. */
  show() {
    if (matchMedia(COVERS).matches) this.dialog.showModal();
    else this.dialog.show();
  }

  close() {
    this.dialog.close();
    this.expanded(false);
    this.wasOpen.put(null);
    if (this.client && this.client.session) this.launcher.hidden = false;
    (this.opener || this.launcher).focus();
  }

  /** @param {boolean} open */
  expanded(open) {
    for (const node of [...this.links, this.launcher]) node.setAttribute("aria-expanded", String(open));
    this.launcher.classList.toggle("cl-launcher--behind", open);
  }
}

{
  const script = /** @type {HTMLScriptElement|null} */ (document.currentScript);
  if (script && script.src && !window["civiclineChat"] && "showModal" in HTMLDialogElement.prototype) {
    window["civiclineChat"] = new Panel(script);
    if (document.readyState === "loading") {
      document.addEventListener("DOMContentLoaded", () => window["civiclineChat"].start());
    } else {
      window["civiclineChat"].start();
    }
  }
}
