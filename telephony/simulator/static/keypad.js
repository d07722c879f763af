// The keypad. It collects keys as Twilio's Gather does, and hands them over when they are complete:
// enough of them, the finishing key, or nothing more for as long as the Gather waits.

const KEYS = "0123456789*#";

export class Keypad {
  constructor(part, { sends, pressed }) {
    this.part = part;
    this.sends = sends;
    this.pressed = pressed;
    this.keys = "";
    this.gather = null;
    this.timer = null;
    part.keypad.addEventListener("click", (event) => {
      const key = event.target.closest("[data-key]");
      if (key) this.press(key.dataset.key);
    });
    part.keypad.addEventListener("keydown", (event) => this.typed(event));
    part["send-keys"].addEventListener("click", () => this.send());
  }

  typed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.length === 1 && KEYS.includes(event.key)) {
      event.preventDefault();
      const button = this.part.keypad.querySelector(`[data-key="${event.key}"]`);
      button.classList.add("is-down");
      setTimeout(() => button.classList.remove("is-down"), 150);
      if (!event.repeat) this.press(event.key);
    } else if (event.key === "Backspace" && this.keys) {
      this.keys = this.keys.slice(0, -1);
      this.show();
    }
  }

  // Ready for the keys of another Gather; null when none is awaited.
  await(gather) {
    this.gather = gather;
    this.clear();
  }

  clear() {
    clearInterval(this.timer);
    this.keys = "";
    this.show();
  }

  press(key) {
    const { gather } = this;
    this.pressed();
    if (!gather) return;
    // As on a line: the finishing key with nothing before it counts for nothing.
    if (key === gather.finish_on_key && !this.keys) return;
    this.keys += key;
    this.show();
    const finished = key === gather.finish_on_key;
    if (finished || this.keys.length === gather.num_digits) this.send();
    else this.count();
  }

  count() {
    clearInterval(this.timer);
    let left = this.gather.timeout;
    const say = () => {
      this.part.countdown.textContent = `sent in ${left} s`;
    };
    say();
    this.timer = setInterval(() => {
      left -= 1;
      if (left > 0) say();
      else this.send();
    }, 1000);
  }

  show() {
    this.part.entry.textContent = this.keys;
    if (!this.keys) clearInterval(this.timer);
    if (!this.keys) this.part.countdown.textContent = "";
    const send = this.part["send-keys"];
    if (!this.keys && document.activeElement === send) this.part.keypad.querySelector("[data-key]").focus();
    send.hidden = !this.keys;
  }

  send() {
    const { keys } = this;
    this.clear();
    if (keys) this.sends(keys);
  }
}
