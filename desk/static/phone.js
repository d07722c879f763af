// The browser as a telephone. What rings it is the carrier's own script, told apart by nothing but
// its address; what state a call is in, the desk knows.

import { PROBLEMS, RESTS, WORDS } from "./phone_words.js";
import { allowSound, startRinging, stopRinging } from "./ring.js";

const LOOKS = 10000;
const PRESSES = 1500;
const MOST_PRESSES = 8;
const THROUGH = new Set(["talking", "on_hold", "rung_back"]);
const LOCK = "civicline-phone";

const part = Object.fromEntries([...document.querySelectorAll("#phone, #phone [id]")].map((one) => [one.id, one]));
const { events, alive, form: token } = document.body.dataset;
const title = document.title;

// `phase` is of the phone: off, opening, connecting, ready, resting or problem. `stage` is of a
// call: ringing, brief (answered, and not yet through) or talking; empty without one.
const now = { phase: "off", problem: "", rests: null, stage: "", call: null, said: "", taking: false, late: false };
let line = null;
let letGo = null;
let desk = null;
let pressing = 0;

const words = () => {
  if (now.stage === "ringing") return WORDS.ringing;
  if (now.stage === "brief") return now.late ? WORDS.press : now.taking ? WORDS.taking : WORDS.brief;
  if (now.stage === "talking") return WORDS[desk?.state] ?? WORDS.talking;
  const standing = now.phase === "problem" ? PROBLEMS[now.problem] : now.phase === "resting" ? RESTS[now.rests] : WORDS[now.phase];
  return now.said ? `${now.said} ${standing}` : standing;
};

const show = () => {
  const { stage, phase } = now;
  const had = document.activeElement;
  const text = words();
  if (part.state.textContent !== text) part.state.textContent = text;
  part.state.dataset.state = stage || phase;
  const about = stage && desk;
  part.about.hidden = !about;
  part.danger.hidden = !about?.danger;
  part.open.textContent = about?.title ? `${about.title} (opens the conversation in a new tab)` : "";
  if (about) part.open.href = about.address;
  part.on.hidden = phase !== "off" && phase !== "problem";
  if (now.problem === "lost" || now.problem === "desk") part.on.hidden = true;
  part.off.hidden = !part.on.hidden || !line || Boolean(stage);
  part.deciding.hidden = stage !== "ringing" && stage !== "brief";
  part.brief.hidden = stage !== "ringing";
  part.take.setAttribute("aria-disabled", String(now.taking && !now.late));
  part.talking.hidden = stage !== "talking" && stage !== "brief";
  part.keypad.hidden = part.talking.hidden;
  part.heard.hidden = !part.heard.childElementCount;
  document.title = stage === "ringing" ? `Ringing: ${title}` : title;
  if (had && had !== document.body && !had.getClientRects().length) part.state.focus();
};

const say = (changes) => {
  Object.assign(now, changes);
  show();
};

const pass = async () => {
  const answer = await fetch(part.phone.dataset.pass, { method: "POST", headers: { "X-Form-Token": token } });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()).token;
};

// Calls ring for as long as the desk says that they may.
const obey = (rests) => {
  if (!line || now.phase === "opening") return;
  const before = now.rests;
  now.rests = rests;
  if (rests && (before !== rests || now.phase !== "resting")) {
    line.rest();
    say({ phase: "resting", problem: "" });
  } else if (!rests && now.phase === "resting") {
    say({ phase: "connecting" });
    line.listen().catch(() => {});
  }
};

const close = (changes) => {
  stopRinging();
  line?.close();
  letGo?.();
  line = letGo = null;
  over();
  say({ phase: "off", problem: "", said: "", ...changes });
};

let looking = false;
let again = false;
const look = async () => {
  if (looking) {
    again = true;
    return;
  }
  looking = true;
  try {
    const answer = await fetch(part.phone.dataset.call);
    if (answer.ok) {
      const told = await answer.json();
      desk = told.call;
      if (now.stage === "brief" && THROUGH.has(desk?.state)) now.stage = "talking";
      // The carrier may have been there all the time, and does not say so again unasked.
      const back = now.problem === "desk";
      if (back) say({ phase: "connecting", problem: "" });
      obey(told.rests);
      if (back && !now.rests) line?.listen().catch(() => {});
      show();
    } else if (line && !now.stage && (answer.status === 401 || answer.status === 403)) {
      close({ phase: "problem", problem: "signed_out" });
    }
  } catch {
    if (line && !now.stage && now.phase === "ready") say({ phase: "problem", problem: "desk" });
  }
  looking = false;
  if (again) {
    again = false;
    setTimeout(look, 100);
  }
};

const over = (why = "") => {
  clearInterval(pressing);
  stopRinging();
  const { call } = now;
  if (!call) return;
  call.told = {};
  Object.assign(now, { call: null, stage: "", taking: false, late: false, said: WORDS.over });
  part.weak.hidden = true;
  part.keypad.open = false;
  mute(false);
  if (why) {
    call.end();
    close({ phase: "problem", problem: why });
  } else show();
  look();
};

// The carrier may not listen yet in the moment in which a call is answered: pressed until the desk
// says that the call is taken. Pressing it twice does no more than once.
const pressTake = () => {
  clearInterval(pressing);
  let presses = 0;
  const once = () => {
    if (now.stage !== "brief" || presses === MOST_PRESSES) {
      clearInterval(pressing);
      if (now.stage === "brief") say({ late: true });
      return;
    }
    presses += 1;
    now.call.key("1");
    setTimeout(look, PRESSES / 3);
  };
  once();
  pressing = setInterval(once, PRESSES);
};

const hears = (text) => {
  const item = document.createElement("li");
  item.className = "said";
  item.textContent = text;
  part.heard.append(item);
  show();
};

const rings = (call) => {
  if (now.stage) {
    call.refuse();
    return;
  }
  part.heard.replaceChildren();
  call.told = {
    answered: () => {
      stopRinging();
      say({ stage: "brief" });
      if (now.taking) pressTake();
    },
    hears,
    shaky: (so) => {
      part.weak.hidden = !so;
    },
    over,
  };
  say({ call, stage: "ringing", said: "" });
  startRinging();
  look();
};

const told = {
  ready: () => say(now.rests ? { phase: "resting" } : { phase: "ready", problem: "" }),
  lost: () => say({ phase: "problem", problem: "lost" }),
  rings,
};

// One tab of a browser rings: whoever has the lock.
const onlyHere = () =>
  new Promise((done) => {
    if (!navigator.locks) {
      done(true);
      return;
    }
    const held = (lock) => {
      done(Boolean(lock));
      return lock && new Promise((free) => {
        letGo = free;
      });
    };
    navigator.locks.request(LOCK, { ifAvailable: true }, held);
  });

const switchOn = async () => {
  allowSound();
  if (!(await onlyHere())) {
    say({ phase: "problem", problem: "elsewhere", said: "" });
    return;
  }
  say({ phase: "opening", problem: "", said: "" });
  try {
    const { open } = await import(part.phone.dataset.line);
    line = await open({ pass, told });
  } catch (problem) {
    close({ phase: "problem", problem: PROBLEMS[problem.reason] ? problem.reason : "unreachable" });
    return;
  }
  say({ phase: "connecting" });
  await look();
  if (line && !now.rests && now.phase === "connecting") line.listen().catch(() => {});
};

const mute = (so) => {
  now.call?.mute(so);
  part.mute.setAttribute("aria-pressed", String(so));
};

const take = () => {
  if (now.taking && !now.late) return;
  const ringing = now.stage === "ringing";
  say({ taking: true, late: false });
  if (ringing) now.call.answer();
  else pressTake();
};

const decline = () => {
  clearInterval(pressing);
  if (now.stage === "ringing") now.call.refuse();
  else now.call.key("2");
  now.taking = false;
};

part.on.addEventListener("click", switchOn);
part.off.addEventListener("click", () => close());
part.take.addEventListener("click", take);
part.brief.addEventListener("click", () => now.call.answer());
part.decline.addEventListener("click", decline);
part.end.addEventListener("click", () => now.call.end());
part.mute.addEventListener("click", () => mute(part.mute.getAttribute("aria-pressed") !== "true"));
part.keypad.addEventListener("click", (event) => {
  const key = event.target.closest("[data-key]")?.dataset.key;
  if (key) now.call?.key(key);
});

const beat = () => {
  fetch(alive, { method: "POST", headers: { "X-Form-Token": token } }).catch(() => {});
};
const listen = () => {
  const source = new EventSource(events);
  source.addEventListener("changed", look);
  source.addEventListener("still", () => {
    beat();
    look();
  });
  source.addEventListener("error", () => {
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, LOOKS);
  });
};

// Whoever leaves the page by mistake is not rung any more, or hangs up on a caller.
addEventListener("beforeunload", (event) => {
  if (line) event.preventDefault();
});
addEventListener("pagehide", () => line?.close());
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
listen();
setInterval(look, LOOKS);
show();
