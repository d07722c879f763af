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
