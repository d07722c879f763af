// The phone: one call at a time. The state of the call is the server's, sealed; here it is only kept.

import { Keypad } from "./keypad.js";
import { addLine, numberChoice, parts, post, Refusal, showProblem } from "./page.js";
import { makeEar, Mouth } from "./voice.js";
import { addExchanges, showUnderstood } from "./wire.js";

const root = document.querySelector("[data-phone]");
const part = parts(root);
const caller = numberChoice(part);
const mouth = new Mouth();
let state = null;
let gather = null;
let busy = false;
let silence = null;
let hearing = false;
let leaving = false;
let waiting = null;
const WAITS = 2000;
// In a conference a single key, the star, leads out.
const ANY_KEY = { keys: true, num_digits: 1, finish_on_key: "", timeout: 5 };

const SAYS = {
  idle: "Not in a call",
  ringing: "Ringing",
  talking: "The line is speaking. You can speak or press keys at any time.",
  listening: "The line is listening",
  thinking: "One moment",
  waiting: "Waiting for a person. Press 1 to be called back, 2 to go on without.",
  person: "You are talking to a person",
};

const show = (name) => {
  part.state.dataset.state = name;
  if (part.state.textContent !== SAYS[name]) part.state.textContent = SAYS[name];
};

// Whoever acts interrupts the line, as on a real one.
const interrupt = () => {
  clearTimeout(silence);
  mouth.stop();
  if (state) show("listening");
};

// With real timing, nothing heard for as long as the line waits is silence.
const countSilence = () => {
  clearTimeout(silence);
  if (!part["real-time"].checked || !gather || hearing) return;
  silence = setTimeout(() => act({ silence: true }, "(silence)"), gather.timeout * 1000);
};

const listen = () => {
  if (!state || !gather) return;
  show("listening");
  countSilence();
};

const speak = (said) => {
  if (!part.aloud.checked) {
    listen();
    return;
  }
  show("talking");
  mouth.say(said, listen);
};

// What comes next comes by itself: an agent, or the line that takes the caller back.
const waitOn = () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    if (!state) return;
    if (busy) waitOn();
    else ask(root.dataset.input, { state, wait: true });
  }, WAITS);
};

const endCall = () => {
  clearTimeout(waiting);
  waiting = null;
  const inside = part.controls.contains(document.activeElement);
  clearTimeout(silence);
  state = gather = null;
  ear?.abort();
  keypad.await(null);
  part.controls.hidden = true;
  part.dial.hidden = false;
  if (inside) part.call.focus();
  addLine(part, "", "note", "The call has ended.");
  show("idle");
};

const take = (answer) => {
  clearTimeout(waiting);
  waiting = null;
  for (const text of answer.said) addLine(part, "The line", "line", text);
  if (answer.problem) addLine(part, "", "note", answer.problem);
  addExchanges(part, answer.wire);
  showUnderstood(part, answer.understood);
  state = answer.state;
  gather = answer.listening;
  keypad.await(answer.waiting ? ANY_KEY : gather?.keys ? gather : null);
  if (answer.over) {
    endCall();
    if (part.aloud.checked) mouth.say(answer.said, () => {});
  } else if (answer.waiting) {
    show(answer.talking ? "person" : "waiting");
    if (part.aloud.checked && answer.said.length) mouth.say(answer.said, () => {});
    waitOn();
  } else {
    speak(answer.said);
  }
};

const ask = async (url, body) => {
  busy = true;
  showProblem(part, "");
  try {
    take(await post(url, body));
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem;
    showProblem(part, problem, url === root.dataset.call && part.from.value === "own" ? part.own : null);
    if (state) show("listening");
    else show("idle");
  } finally {
    busy = false;
  }
  if (leaving) hangUp();
};

// Somebody may hang up while the line is still thinking.
const hangUp = () => {
  leaving = busy && state !== null;
  if (!leaving) act({ hang_up: true }, "(hung up)");
};

const act = (what, shown) => {
  if (busy && waiting && state) {
    // It is only asked after what has come.
    setTimeout(() => act(what, shown), 150);
    return;
  }
  if (busy || !state) return;
  clearTimeout(waiting);
  waiting = null;
  interrupt();
  show("thinking");
  addLine(part, "You", "me", shown);
  ask(root.dataset.input, { state, ...what });
};

const keypad = new Keypad(part, {
  sends: (keys) => act({ digits: keys }, `pressed ${keys}`),
  pressed: interrupt,
});

const ear = makeEar({
  hears: (words) => {
    part.words.value = words;
  },
  heard: (words) => {
    part.words.value = "";
    if (words) act({ speech: words }, words);
  },
  ends: (failed) => {
    hearing = false;
    part.mic.setAttribute("aria-pressed", "false");
    if (failed && failed !== "no-speech" && failed !== "aborted") {
      showProblem(part, "The microphone could not be used. Type what you would say instead.");
    }
    if (!busy) listen();
  },
});

part.dial.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (busy) return;
  mouth.stop();
  for (const old of [part.lines, part.exchanges]) old.replaceChildren();
  show("ringing");
  await ask(root.dataset.call, { from: caller() });
  if (!state) {
    if (part.problem.textContent && part.from.value === "own") part.own.focus();
    return;
  }
  part.dial.hidden = true;
  part.controls.hidden = false;
  part.words.focus();
});

part.say.addEventListener("submit", (event) => {
  event.preventDefault();
  const words = part.words.value.trim();
  if (!words || busy) return;
  part.words.value = "";
  act({ speech: words }, words);
});

// Beginning to write is beginning to speak.
part.words.addEventListener("input", interrupt);
part.silence.addEventListener("click", () => act({ silence: true }, "(silence)"));
part["hang-up"].addEventListener("click", hangUp);
part.aloud.addEventListener("change", () => {
  if (part.aloud.checked || !state) return;
  mouth.stop();
  listen();
});
part["real-time"].addEventListener("change", countSilence);
window.addEventListener("pagehide", () => mouth.stop());

if (ear) {
  part.mic.hidden = part["mic-hint"].hidden = false;
  part.mic.addEventListener("click", () => {
    if (hearing) {
      ear.stop();
      return;
    }
    interrupt();
    hearing = true;
    part.mic.setAttribute("aria-pressed", "true");
    ear.start();
  });
}

// Only now is there somebody to answer the button.
part.call.disabled = false;
