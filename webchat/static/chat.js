/* CivicLine chat 1.0.0. Made from client.js, ear.js, line.js, upload.js, view.js, page.js. */
(() => {
"use strict";
/**
 * @typedef {{label: string, value: string}} Choice
 * @typedef {{seq: number, from: "resident"|"bot"|"agent"|"system", text: string, at: string,
 *   choices: Choice[], case_refs: string[], links: {label: string, url: string}[],
 *   upload: {case_ref: string|null, needed: {kind: string, label: string, optional: boolean}[]}|null,
 *   mode: string}} Message
 * @typedef {{conversation_id: string, token: string}} Session
 * @typedef {{id: string, text?: string, choice?: string, label: string,
 *   state: "waiting"|"sending"|"failed"}} Pending   a message not yet taken by the server
 */

const SEND_TIMEOUT = 40000;

/** A refusal by the server, in the council's own sentence. */
class Refusal extends Error {
  /** @param {number} status @param {string} message */
  constructor(status, message) {
    super(message);
    this.status = status;
  }

  /** Whether the same request may succeed later. */
  get passing() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** An id that no other message has; randomUUID exists on secure pages only. */
function freshId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** sessionStorage or localStorage, or nothing when a browser forbids it. */
class Shelf {
  /** @param {"sessionStorage"|"localStorage"} kind @param {string} key */
  constructor(kind, key) {
    this.kind = kind;
    this.key = key;
  }

  /** @returns {any} what was put, null when there is nothing */
  get() {
    try {
      return JSON.parse(window[this.kind].getItem(this.key) || "null");
    } catch {
      return null;
    }
  }

  /** @param {any} value null takes it away */
  put(value) {
    try {
      if (value === null) window[this.kind].removeItem(this.key);
      else window[this.kind].setItem(this.key, JSON.stringify(value));
    } catch {
      // Without storage the chat still works until the page is left.
    }
  }
}

/**
 * One conversation with the chat API: sends in order and each message once, takes messages in
 * order, and says what happens through `tell(kind, data)`:
 * message (Message), mode (string), queue ({place: number, minutes: number}|null), pending (Pending[]), link ("ok"|"offline"|"trouble"), refused (Pending, Refusal), gone ().
 */
class ChatClient {
  /**
   * @param {{base: string, begin: () => Promise<Session & {messages: Message[]}>,
   *   session: Session|null, seen: number, mode: string, outbox: Shelf,
   *   tell: (kind: string, ...data: any[]) => void}} given
   *   `base` is the host of the API without a trailing slash; `seen` the last seq already shown
   */
  constructor(given) {
    Object.assign(this, given);
    /** @type {Pending[]} */
    this.pending = [];
    this.sending = false;
    this.beginning = null;
    this.unreached = false;
    this.tries = 0;
    this.ear = new Ear(this);
    addEventListener("online", () => this.wake());
    addEventListener("offline", () => this.tell("link", "offline"));
    document.addEventListener("visibilitychange", () => this.ear.visibility());
  }

  /** Begins or resumes: what was left unsent by a reload is offered again. */
  async open() {
    if (this.session) {
      await this.sync().catch(() => this.tell("link", this.lost()));
    } else {
      await this.ensure();
    }
    const left = this.outbox.get();
    if (Array.isArray(left) && left.length && this.session && left[0].of === this.session.conversation_id) {
      this.pending = left.map(({ of, ...one }) => ({ ...one, state: "waiting" }));
      this.changed();
      this.flush();
    }
    this.ear.listen();
  }

  /** The session, begun when there is none yet. @returns {Promise<Session>} */
  ensure() {
    if (this.session) return Promise.resolve(this.session);
    this.beginning ||= this.begin()
      .then((begun) => {
        this.session = { conversation_id: begun.conversation_id, token: begun.token };
        this.take(begun.messages, true);
        this.ear.listen();
        return this.session;
      })
      .finally(() => { this.beginning = null; });
    return this.beginning;
  }

  /** @param {{text?: string, choice?: string, label: string}} said */
  send(said) {
    this.pending.push({ ...said, id: freshId(), state: "waiting" });
    this.changed();
    return this.flush();
  }

  /** Sends what failed again, under the same ids, so that nothing is done twice. */
  retry() {
    for (const one of this.pending) one.state = "waiting";
    this.changed();
    return this.flush();
  }

  async flush() {
    if (this.sending) return;
    this.sending = true;
    try {
      while (this.pending.length && this.pending[0].state === "waiting") {
        if (!(await this.deliver(this.pending[0]))) break;
      }
    } finally {
      this.sending = false;
    }
  }

  /** @param {Pending} one @returns {Promise<boolean>} whether the next may follow */
  async deliver(one) {
    one.state = "sending";
    this.changed();
    try {
      await this.ensure();
      const body = one.choice === undefined ? { id: one.id, text: one.text } : { id: one.id, choice: one.choice };
      const answer = await this.call("messages", { body, timeout: SEND_TIMEOUT });
      // Our own line and what else was missed come before the replies.
      if (this.gap(answer.messages)) await this.sync().catch(() => this.take(answer.messages, true));
      this.pending.shift();
      this.tries = 0;
      this.changed();
      this.take(answer.messages, true);
      this.tell("link", "ok");
      return true;
    } catch (error) {
      return this.undelivered(one, error);
    }
  }

  /** @param {Pending} one @param {unknown} error @returns {boolean} */
  undelivered(one, error) {
    const refusal = error instanceof Refusal ? error : new Refusal(0, "");
    if (refusal.passing) {
      for (const later of this.pending) later.state = "failed";
      this.unreached = refusal.status === 0 || refusal.status === 503;
      this.changed();
      this.tell("link", this.lost());
      if (refusal.status === 503 && (this.tries += 1) <= 3) setTimeout(() => this.retry(), 2000);
      return false;
    }
    this.pending.shift();
    this.changed();
    this.tell("refused", one, refusal);
    if (refusal.status === 404) this.tell("gone");
    if (refusal.status === 409) this.sync().catch(() => {});
    return true;
  }

  changed() {
    const of = this.session && this.session.conversation_id;
    this.outbox.put(this.pending.length ? this.pending.map((one) => ({ ...one, of })) : null);
    this.tell("pending", this.pending);
  }

  /** @returns {"offline"|"trouble"} */
  lost() {
    return navigator.onLine ? "trouble" : "offline";
  }

  /** The server was reached: what failed only for want of it is sent again. */
  recovered() {
    this.tell("link", "ok");
    if (this.unreached && this.pending.some((one) => one.state === "failed")) this.retry();
  }

  /** Back on line, or told to try: listen again, read what was missed, send what waits. */
  wake() {
    this.ear.listen(true);
    if (this.session) this.sync().then(() => this.tell("link", "ok")).catch(() => {});
    if (this.pending.length) this.retry();
    else if (!this.session) this.ensure().then(() => this.tell("link", "ok")).catch(() => {});
  }

  /** @param {Message[]} messages */
  gap(messages) {
    return !messages.length || messages[0].seq > this.seen + 1;
  }

  /**
   * Shows messages in order, each once.
   * @param {Message[]} messages @param {boolean} [whole] false when lines before may be missing
   */
  take(messages, whole = false) {
    if (!whole && messages.some((one) => one.seq > this.seen) && this.gap(messages.filter((one) => one.seq > this.seen))) {
      this.sync().catch(() => {});
      return;
    }
    for (const one of messages) {
      if (one.seq <= this.seen) continue;
      this.seen = one.seq;
      this.tell("message", one);
      this.setMode(one.mode);
    }
  }

  /** @param {string} mode */
  setMode(mode) {
    if (mode === this.mode || this.mode === "closed") return;
    this.mode = mode;
    if (mode === "closed") this.ear.stop();
    this.tell("mode", mode);
    if (mode !== "queued") this.tell("queue", null);
  }

  /** Reads everything since the last line shown. */
  async sync() {
    const news = await this.call(`messages?after=${this.seen}`, {});
    this.take(news.messages, true);
    this.setMode(news.mode);
    this.tell("queue", news.queue);
  }

  async end() {
    const answer = await this.call("end", { body: {} });
    if (this.gap(answer.messages)) await this.sync().catch(() => {});
    this.take(answer.messages, true);
    this.setMode("closed");
  }

  /**
   * Sends a photo or a document. @param {File} file @param {string} ref the case it is for, or ""
   * @param {(percent: number) => void} tell
   */
  async upload(file, ref, tell) {
    const { conversation_id, token } = await this.ensure();
    const body = new FormData();
    if (ref) body.append("case_ref", ref);
    body.append("file", file);
    const answer = await posted(`${this.base}/api/chat/sessions/${conversation_id}/evidence`, token, body, tell);
    this.take(answer.messages);
    return answer;
  }

  /** @param {number} rating @param {string} comment */
  rate(rating, comment) {
    return this.call("feedback", { body: { rating, comment } });
  }

  /** @returns {Promise<string>} the chat as plain text */
  transcript() {
    return this.call("transcript?format=text", { text: true });
  }

  /**
   * @param {string} path below the session @param {{body?: object, timeout?: number, text?: boolean}} how
   * @returns {Promise<any>} rejects with a Refusal; status 0 when there was no answer at all
   */
  async call(path, { body, timeout = 15000, text = false }) {
    const { conversation_id, token } = /** @type {Session} */ (this.session);
    const headers = { Authorization: `Bearer ${token}` };
    if (body) headers["Content-Type"] = "application/json";
    return request(`${this.base}/api/chat/sessions/${conversation_id}/${path}`, {
      method: body ? "POST" : "GET", headers, body: body && JSON.stringify(body), timeout, text,
    });
  }
}

/**
 * @param {string} url @param {{method?: string, headers?: object, body?: any, timeout?: number, text?: boolean}} how
 * @returns {Promise<any>} JSON or text; rejects with a Refusal
 */
async function request(url, { timeout = 15000, text = false, ...how }) {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), timeout);
  try {
    const answer = await fetch(url, { ...how, signal: control.signal, cache: how.method === "POST" ? "no-store" : "default" });
    if (answer.ok) return text ? await answer.text() : await answer.json();
    const said = await answer.json().catch(() => null);
    throw new Refusal(answer.status, (said && said.error && said.error.message) || "");
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal(0, "");
  } finally {
    clearTimeout(timer);
  }
}

const POLL = { bot: 10000, queued: 3000, agent: 3000 };
const STREAM_AGAIN = 60000;
const HIDDEN = 60000;
const POLL_HIDDEN = 20000;

/**
 * Hears of new messages: by an event stream while it holds; by asking after it failed twice, or
 * while the tab has long been hidden, because a browser allows six connections to a host over
 * HTTP/1.1 and each open tab would hold one.
 */
class Ear {
  /** @param {ChatClient} client */
  constructor(client) {
    this.client = client;
    this.failures = 0;
    this.source = null;
    this.timer = 0;
    this.again = 0;
    this.sleep = 0;
    this.stopped = false;
  }

  /** @param {boolean} [afresh] forget earlier failures */
  listen(afresh = false) {
    if (afresh) {
      this.failures = 0;
      this.close();
    }
    const { client } = this;
    if (this.stopped || this.source || !client.session || client.mode === "closed") return;
    clearInterval(this.timer);
    clearTimeout(this.again);
    const { conversation_id, token } = client.session;
    const query = new URLSearchParams({ token, after: String(client.seen) });
    this.source = new EventSource(`${client.base}/api/chat/sessions/${conversation_id}/events?${query}`);
    this.source.onopen = () => {
      this.failures = 0;
      client.recovered();
    };
    this.source.onerror = () => this.failed();
    this.source.addEventListener("message", (event) => client.take([JSON.parse(event.data)]));
    this.source.addEventListener("mode", (event) => client.setMode(JSON.parse(event.data).mode));
    this.source.addEventListener("queue", (event) => client.tell("queue", JSON.parse(event.data)));
  }

  failed() {
    this.failures += 1;
    if (this.failures === 1 && this.source && this.source.readyState === EventSource.CONNECTING) return;
    this.close();
    if (!navigator.onLine) this.client.tell("link", "offline");
    this.poll();
    this.again = setTimeout(() => this.listen(), STREAM_AGAIN);
  }

  /** @param {number} [every] milliseconds */
  poll(every) {
    clearInterval(this.timer);
    const ask = () => {
      if (this.client.mode === "closed") return this.stop();
      return this.client.sync().then(
        () => this.client.recovered(),
        (error) => {
          if (error.status === 404) {
            this.stop();
            this.client.tell("gone");
          } else {
            this.client.tell("link", this.client.lost());
          }
        },
      );
    };
    this.timer = setInterval(ask, every || POLL[this.client.mode] || POLL.bot);
    if (!every) ask();
  }

  visibility() {
    clearTimeout(this.sleep);
    if (this.stopped || !this.client.session) return;
    if (document.hidden) {
      this.sleep = setTimeout(() => {
        this.close();
        this.poll(POLL_HIDDEN);
      }, HIDDEN);
    } else if (!this.source) {
      this.client.sync().catch(() => {});
      this.listen(true);
    }
  }

  close() {
    if (this.source) this.source.close();
    this.source = null;
    clearInterval(this.timer);
    clearTimeout(this.again);
  }

  stop() {
    this.stopped = true;
    this.close();
  }
}

/** @param {string} ref @returns {string} as it is spoken: 4829 1573 */
const grouped = (ref) => ref.replace(/(.{4})(?=.)/g, "$1 ");

/** Whether an address may be shown as a link: nothing that could run. @param {string} url */
function safeLink(url) {
  try {
    return ["http:", "https:", "tel:", "mailto:"].includes(new URL(url).protocol);
  } catch {
    return false;
  }
}

/**
 * The time of day as `transcript.clock` writes it, in the council's zone whatever the browser's.
 * @param {string} written RFC 3339 @param {string} timezone
 * @returns {string} 9:05am, or nothing for what is no time
 */
function clock(written, timezone) {
  const at = new Date(written);
  if (Number.isNaN(at.getTime())) return "";
  const [hour, minute] = new Intl.DateTimeFormat("en-GB", {
    hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: timezone || undefined,
  }).format(at).split(":");
  return `${Number(hour) % 12 || 12}:${minute}${Number(hour) < 12 ? "am" : "pm"}`;
}

/**
 * A link that leaves the chat where it is, and says so.
 * @param {{label: string, url: string}} link @param {Words} words
 */
function anchor(link, words) {
  const away = /^http/.test(link.url);
  return make("a", {
    href: link.url, text: away ? `${link.label} ${words.new_tab}` : link.label, target: away ? "_blank" : null, rel: "noopener",
  });
}

/**
 * A message as an item of the log.
 * @param {Message} one @param {Words} words @param {string} timezone the council's
 */
function line(one, words, timezone) {
  const links = one.links.filter((link) => safeLink(link.url));
  return make("li", { class: `cl-line cl-line--${one.from}`, "data-seq": one.seq }, [
    make("p", { class: "cl-who" }, [
      make("span", { text: words[`from_${one.from}`] }),
      make("time", { datetime: one.at, text: clock(one.at, timezone) }),
    ]),
    make("p", { class: "cl-text", dir: "auto", text: one.text }),
    ...one.case_refs.map((ref) => make("p", { class: "cl-ref" }, [
      make("span", { text: words.reference }),
      make("strong", { text: grouped(ref) }),
    ])),
    links.length ? make("ul", { class: "cl-links" }, links.map((link) => make("li", {}, [anchor(link, words)]))) : null,
    one.choices.length && one.mode !== "closed" ? make("div", { class: "cl-choices", role: "group", "aria-label": words.choices_label },
      one.choices.map((choice) => make("button", {
        type: "button", name: "choice", value: choice.value, class: "cl-button cl-button--choice", text: choice.label,
      }))) : null,
  ]);
}

const UPLOAD_TIMEOUT = 120000;
const ACCEPTED = "image/jpeg,image/png,image/heic,image/heif,.heic,.heif,application/pdf";

/**
 * The form for photos and documents, drawn by the server on our page and by `skeleton` in the
 * widget. It shows once a message says that something can be sent.
 */
class UploadForm {
  /** @param {ChatView} view */
  constructor(view) {
    this.view = view;
    this.words = view.words;
    const { upload, needed, file, uploadProblem, progress, uploadSend } = view.parts;
    Object.assign(this, { form: upload, needed, file, problem: uploadProblem, progress, button: uploadSend });
    this.ref = upload.dataset.ref || "";
    upload.addEventListener("submit", (event) => this.submit(event));
    file.addEventListener("change", () => this.refuse(""));
  }

  /** @param {{case_ref: string|null, needed: {label: string, optional: boolean}[]}} offered */
  show(offered) {
    this.ref = offered.case_ref || "";
    this.needed.replaceChildren(...offered.needed.map((one) => make("li", {
      text: one.optional ? `${one.label} ${this.words.upload_optional}` : one.label,
    })));
    this.form.hidden = false;
  }

  /** @param {string} sentence */
  refuse(sentence) {
    this.problem.textContent = sentence;
    if (sentence) this.file.setAttribute("aria-invalid", "true");
    else this.file.removeAttribute("aria-invalid");
  }

  /** @param {Event} event */
  async submit(event) {
    event.preventDefault();
    const chosen = [...this.file.files];
    this.refuse("");
    this.progress.textContent = "";
    if (!chosen.length) {
      this.refuse(this.words.error_no_file);
      this.file.focus();
      return;
    }
    this.button.disabled = true;
    const left = new DataTransfer();
    try {
      for (const [place, one] of chosen.entries()) {
        if (await this.send(one)) continue;
        // What was not sent stays chosen, so that it can be tried again.
        for (const later of chosen.slice(place)) left.items.add(later);
        break;
      }
    } finally {
      this.file.files = left.files;
      this.button.disabled = false;
      if (left.files.length) this.file.focus();
    }
  }

  /** @param {File} file @returns {Promise<boolean>} whether it is with us */
  async send(file) {
    const { name } = file;
    if (file.size > Number(this.words.megabytes) * 1e6) {
      this.refuse(say(this.words, "upload_too_big", { name }));
      return false;
    }
    try {
      const answer = await this.view.client.upload(file, this.ref, (percent) => {
        // Each tenth: a listener would otherwise hear nothing but numbers.
        this.say(percent < 100
          ? say(this.words, "upload_sending", { name, percent: Math.floor(percent / 10) * 10 })
          : say(this.words, "upload_checking", { name }));
      });
      this.say(say(this.words, answer.evidence.again ? "upload_again" : "upload_sent", { name }));
      return true;
    } catch (error) {
      this.say("");
      this.refuse(`${say(this.words, "upload_failed", { name })} ${error.message || this.words.trouble}`);
      return false;
    }
  }

  /** @param {string} sentence */
  say(sentence) {
    // The same words once more would be read out once more.
    if (this.progress.textContent !== sentence) this.progress.textContent = sentence;
  }
}

/**
 * Posts a form and tells how far it got, which fetch does not.
 * @param {string} url @param {string} token @param {FormData} body
 * @param {(percent: number) => void} tell
 * @returns {Promise<any>} JSON; rejects with a Refusal
 */
function posted(url, token, body, tell) {
  return new Promise((resolve, reject) => {
    const asked = new XMLHttpRequest();
    asked.open("POST", url);
    asked.timeout = UPLOAD_TIMEOUT;
    asked.responseType = "json";
    asked.setRequestHeader("Authorization", `Bearer ${token}`);
    asked.upload.onprogress = (event) => event.lengthComputable && tell((100 * event.loaded) / event.total);
    asked.onload = () => {
      const said = asked.response;
      if (asked.status === 201 && said) resolve(said);
      else reject(new Refusal(asked.status, (said && said.error && said.error.message) || ""));
    };
    asked.onerror = () => reject(new Refusal(0, ""));
    asked.ontimeout = asked.onerror;
    asked.send(body);
  });
}

const MAX_TEXT = 2000;
const COUNT_FROM = 1800;
/** Milliseconds of a turn until it shows, until it is said aloud, and until it is given up. */
const TYPING = { shown: 400, said: 2000, over: 40000 };

/** @typedef {Record<string, string>} Words   the council's sentences by key */

/** @param {Words} words @param {string} key @param {Record<string, string|number>} [values] */
function say(words, key, values = {}) {
  return Object.entries(values).reduce(
    (text, [name, value]) => text.replace(`{${name}}`, String(value)), words[key] || "");
}

/**
 * @param {string} tag @param {Record<string, any>} [attributes] `text` becomes the content
 * @param {(Node|null)[]} [children]
 */
function make(tag, attributes = {}, children = []) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "text") node.textContent = value;
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

/** Python counts characters as code points; so do we. @param {string} text */
const length = (text) => [...text].length;

/** The choice that can be made at any time, whatever was offered. */
const PERSON = "speak_to_agent";

/**
 * Shows one conversation in elements marked `data-part`, on our page (drawn by the server) and in
 * the widget (drawn by `skeleton`) alike. Text is only ever set as text.
 */
class ChatView {
  /** @param {HTMLElement} root @param {Words} words @param {string} timezone the council's */
  constructor(root, words, timezone) {
    this.root = root;
    this.words = words;
    this.timezone = timezone;
    /** @type {ChatClient} */
    this.client = /** @type {any} */ (null);
    /** @type {Record<string, any>} */
    this.parts = {};
    for (const node of root.querySelectorAll("[data-part]")) {
      this.parts[/** @type {HTMLElement} */ (node).dataset.part] = node;
    }
    // A listener hears nothing of the line that shows: it comes and goes too often.
    this.aloud = make("p", { class: "cl-aloud", role: "status" });
    root.append(this.aloud);
    /** @type {number[]} */
    this.typingTimers = [];
    this.slow = 0;
    this.link = "ok";
    /** @type {() => void} */
    this.onGone = () => {};
  }

  /** @param {ChatClient} client */
  attach(client) {
    this.client = client;
    const { composer, text, person, end, rating } = this.parts;
    composer.addEventListener("submit", (event) => this.submit(event));
    text.required = false;
    text.addEventListener("input", () => this.count());
    text.addEventListener("keydown", (event) => {
      // While a word is being composed, Enter belongs to the keyboard's own list of words.
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.submit(event);
    });
    person.addEventListener("submit", (event) => {
      event.preventDefault();
      if (client.pending.some((one) => one.choice === PERSON)) return;
      client.send({ choice: PERSON, label: this.words.person });
    });
    end.addEventListener("submit", (event) => this.finish(event));
    rating.addEventListener("submit", (event) => this.rate(event));
    this.parts.lines.addEventListener("click", (event) => this.choose(event));
    this.parts.retry.addEventListener("click", () => client.retry());
    this.upload = new UploadForm(this);
    this.showMode(client.mode, false);
  }

  /** Receives what the client tells. @param {string} kind @param {any[]} data */
  hear(kind, ...data) {
    const takes = {
      message: (one) => this.message(one),
      mode: (mode) => this.showMode(mode),
      queue: (stands) => this.showQueue(stands),
      pending: (list) => this.pending(list),
      link: (state) => this.linkState(state),
      refused: (one, refusal) => this.refused(one, refusal),
      gone: () => this.onGone(),
    };
    takes[kind](...data);
  }

  /** @param {Event} event */
  submit(event) {
    event.preventDefault();
    const { text } = this.parts;
    const written = text.value.trim();
    if (!written) return this.problem(this.words.error_empty, text);
    if (length(text.value) > MAX_TEXT) return this.problem(this.words.error_too_long, text);
    this.problem("");
    text.value = "";
    this.count();
    this.client.send({ text: written, label: written });
    if (event.type === "submit" && matchMedia("(pointer: fine)").matches) text.focus();
    return undefined;
  }

  /** @param {MouseEvent} event */
  choose(event) {
    const button = /** @type {HTMLElement} */ (event.target).closest("button[name=choice]");
    if (!button) return;
    event.preventDefault();
    const { value, textContent } = /** @type {HTMLButtonElement} */ (button);
    this.dropChoices();
    // The button is gone: leave the keyboard where the resident goes on.
    (matchMedia("(pointer: fine)").matches ? this.parts.text : this.parts.log).focus();
    this.client.send({ choice: value, label: (textContent || value).trim() });
  }

  dropChoices() {
    for (const node of this.parts.lines.querySelectorAll(".cl-choices")) node.remove();
  }

  /** @param {Event} event */
  async finish(event) {
    event.preventDefault();
    try {
      await this.client.end();
      this.parts.endedHeading.focus();
    } catch (error) {
      this.problem(error.message || this.words.trouble);
    }
  }

  /** @param {Event} event */
  async rate(event) {
    event.preventDefault();
    const { rating, comment, rated, ratingProblem } = this.parts;
    const chosen = rating.querySelector("input:checked");
    ratingProblem.textContent = chosen ? "" : this.words.error_rating;
    if (!chosen) return rating.querySelector("input").focus();
    try {
      await this.client.rate(Number(chosen.value), comment.value);
      rating.hidden = true;
      rated.hidden = false;
      rated.focus();
    } catch (error) {
      ratingProblem.textContent = error.message || this.words.trouble;
    }
    return undefined;
  }

  count() {
    const over = length(this.parts.text.value) - MAX_TEXT;
    let text = "";
    if (over > 0) text = say(this.words, "count_over", { count: over });
    else if (over > COUNT_FROM - MAX_TEXT) text = say(this.words, "count_left", { count: -over });
    this.parts.count.textContent = text;
    this.parts.count.classList.toggle("cl-count--over", over > 0);
    if (over <= 0 && this.parts.problem.textContent) this.problem("");
  }

  /** @param {string} sentence @param {HTMLElement} [field] */
  problem(sentence, field) {
    this.parts.problem.textContent = sentence;
    if (field) {
      field.setAttribute("aria-invalid", "true");
      field.focus();
    } else {
      this.parts.text.removeAttribute("aria-invalid");
    }
  }

  /** @param {Message} one */
  message(one) {
    this.dropChoices();
    this.problem("");
    this.typing(false);
    const follows = this.atEnd() || one.from === "resident";
    this.parts.lines.append(line(one, this.words, this.timezone));
    if (one.upload) this.upload.show(one.upload);
    this.pending(this.client.pending);
    if (follows) this.scroll();
  }

  /** @param {Pending[]} list */
  pending(list) {
    const { waiting, unsent, retry } = this.parts;
    const waited = waiting.childElementCount > 0;
    waiting.replaceChildren(...list.map((one) => make("li", { class: "cl-line cl-line--resident cl-line--pending" }, [
      make("p", { class: "cl-who" }, [
        make("span", { text: this.words.from_resident }),
        make("span", { text: one.state === "failed" ? this.words.not_sent : this.words.sending }),
      ]),
      make("p", { class: "cl-text", dir: "auto", text: one.label }),
    ])));
    const failed = list.some((one) => one.state === "failed");
    unsent.hidden = !failed;
    retry.disabled = !failed;
    clearTimeout(this.slow);
    if (list.some((one) => one.state === "sending")) {
      this.slow = setTimeout(() => this.client.mode === "bot" && this.typing(true), TYPING.shown);
    } else if (this.client.mode === "bot") {
      this.typing(false);
    }
    if (list.length || waited) this.scroll();
  }

  /** Shows, and after a while says, that an answer is being written. @param {boolean} on */
  typing(on) {
    const { typing } = this.parts;
    if (typing.hidden !== on) return;
    for (const timer of this.typingTimers.splice(0)) clearTimeout(timer);
    typing.hidden = !on;
    this.aloud.textContent = "";
    if (!on) return;
    this.typingTimers.push(
      setTimeout(() => { this.aloud.textContent = this.words.typing; }, TYPING.said - TYPING.shown),
      setTimeout(() => this.typing(false), TYPING.over),
    );
    this.scroll();
  }

  /** @param {string} state */
  linkState(state) {
    if (state === this.link) return;
    const before = this.link;
    this.link = state;
    this.parts.status.textContent = state === "ok" ? (before === "ok" ? "" : this.words.back_online) : this.words[state];
    this.parts.status.dataset.state = state;
  }

  /** @param {Pending} one @param {Refusal} refusal */
  refused(one, refusal) {
    const { text } = this.parts;
    if (one.text !== undefined && !text.value) text.value = one.text;
    this.count();
    this.problem(refusal.message || this.words.error_failed);
  }

  /** @param {string} mode @param {boolean} [scroll] */
  showMode(mode, scroll = true) {
    const { mode: notice, talk, ended } = this.parts;
    const words = this.words[`mode_${mode}`];
    if (notice.textContent !== words) notice.textContent = words;
    notice.dataset.mode = mode;
    const closed = mode === "closed";
    talk.hidden = closed;
    ended.hidden = !closed;
    if (closed) {
      this.dropChoices();
      this.typing(false);
      this.parts.status.textContent = "";
    }
    if (scroll) this.scroll();
  }

  /** Where the resident stands in the queue for a person. @param {{place: number, minutes: number}|null} stands */
  showQueue(stands) {
    const { queue } = this.parts;
    const words = stands ? say(this.words, "queue_place", stands) : "";
    // The same words once more would be read out once more.
    if (queue.textContent.trim() !== words) queue.textContent = words;
  }

  /** What scrolls: the log itself in the widget, the whole page on ours. */
  box() {
    const { log } = this.parts;
    return log.scrollHeight > log.clientHeight + 1 ? log : document.scrollingElement;
  }

  /** Whether the newest is in sight; a resident who scrolled up to read is left to read. */
  atEnd() {
    const box = this.box();
    return box.scrollHeight - box.scrollTop - box.clientHeight < 160;
  }

  /** Brings the newest into sight, from its start if it is longer than there is room. */
  scroll() {
    const { log } = this.parts;
    const box = this.box();
    requestAnimationFrame(() => {
      const last = [...log.querySelectorAll("li, [data-part=typing]:not([hidden])")].pop();
      if (!last) return;
      const start = last.getBoundingClientRect().top - log.getBoundingClientRect().top - 8;
      if (box === log) log.scrollTop = Math.min(log.scrollTop + start, log.scrollHeight);
      else last.scrollIntoView({ block: "nearest" });
    });
  }
}

/** Takes over the chat that the server drew at /chat. */
(() => {
  const root = /** @type {HTMLElement|null} */ (document.querySelector("[data-chat-page]"));
  if (!root) return;
  const { words, conversation, token, seen, mode, form, timezone } = root.dataset;
  const sentences = JSON.parse(words);
  const view = new ChatView(root, sentences, timezone);
  const client = new ChatClient({
    base: "",
    session: conversation ? { conversation_id: conversation, token } : null,
    seen: Number(seen),
    mode,
    outbox: new Shelf("sessionStorage", "civicline-unsent"),
    // The cookie that keeps the chat for the page without script is set by the server alone.
    begin: () => request("/chat/start", { method: "POST", headers: { "X-Form-Token": form } }),
    tell: (kind, ...data) => view.hear(kind, ...data),
  });
  view.onGone = () => view.problem(sentences.error_not_found);
  view.attach(client);
  root.classList.add("cl-live");
  for (const node of root.querySelectorAll("[data-static]")) {
    if (!conversation || node.getAttribute("data-static") === "always") node.remove();
  }
  client.open().catch(() => client.tell("link", client.lost()));
  if (conversation) view.scroll();
})();
})();
