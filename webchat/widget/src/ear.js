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
