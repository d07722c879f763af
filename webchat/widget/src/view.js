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
