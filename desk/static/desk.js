// Makes a page of the desk live: it hears that something changed, and fetches what.

import { morph } from "./morph.js";

const GATHERS = 120;
const ALIVE = 10000;
const POLLS = 15000;
const TICKS = 30000;

const live = document.getElementById("live");
const aloud = document.getElementById("aloud");
const offline = document.getElementById("offline");
const { events, alive, form: token } = document.body.dataset;

const SIGNED_OUT = "You are signed out. Sign in again in another tab; what you have written here stays.";
const LOST = "The desk does not answer. What you see may be old.";
const UNSENT = "The desk did not answer. What you wrote is still in its box: send it again.";

const say = (words) => {
  aloud.textContent = words;
};

const trouble = (words) => {
  if (offline.textContent !== words) offline.textContent = words;
  offline.hidden = !words;
};

const root = () => live.firstElementChild;
const newest = () => Number(root().dataset.newest ?? 0);

// What a listener is told of: who has come into the queue, and what the resident has said.
const news = (rowsBefore, lineBefore) => {
  const rows = [...live.querySelectorAll("[data-news]")].filter((row) => !rowsBefore.has(row.id));
  const said = [...live.querySelectorAll("#turn-list > .line--resident")]
    .filter((line) => Number(line.id.split("-").pop()) > lineBefore)
    .map((line) => line.querySelector(".words").textContent);
  if (said.length) say(`New message: ${said.join(" ")}`);
  else if (rows.length) say(`New in the queue: ${rows.map((row) => row.dataset.news).join("; ")}`);
};

const showTitle = () => {
  const plain = document.title.replace(/^(Problem: )?(\(\d+\) )?/, "");
  const waiting = Number(root().dataset.waiting);
  document.title = waiting ? `(${waiting}) ${plain}` : plain;
};

const take = (fresh) => {
  const rows = new Set([...live.querySelectorAll("[data-news]")].map((row) => row.id));
  const line = newest();
  morph(live, fresh);
  showTitle();
  if (newest() > line) showLast();
  news(rows, line);
};

const showLast = () => {
  const list = document.getElementById("turn-list");
  if (list) list.scrollTop = list.scrollHeight;
};

let again = false;
let busy = false;

const refresh = async () => {
  if (busy) {
    again = true;
    return;
  }
  busy = true;
  try {
    const answer = await fetch(live.dataset.fragment);
    if (answer.ok) {
      const fresh = live.cloneNode(false);
      fresh.innerHTML = new DOMParser().parseFromString(await answer.text(), "text/html").body.innerHTML;
      take(fresh);
    }
    trouble(answer.status === 401 ? SIGNED_OUT : answer.ok ? "" : LOST);
  } catch {
    trouble(LOST);
  }
  busy = false;
  if (again) {
    again = false;
    soon();
  }
};

let timer = 0;
const soon = () => {
  clearTimeout(timer);
  timer = setTimeout(refresh, GATHERS);
};

// A hidden page's own clock may be slowed down to once a minute; what comes from outside is not.
let beaten = 0;
const beat = () => {
  if (Date.now() - beaten < ALIVE * 0.9) return;
  beaten = Date.now();
  fetch(alive, { method: "POST", headers: { "X-Form-Token": token } }).catch(() => {});
};

const listen = () => {
  const source = new EventSource(events);
  source.addEventListener("changed", () => {
    beat();
    soon();
  });
  source.addEventListener("still", beat);
  source.addEventListener("error", () => {
    // A browser gives up on anything but a lost connection.
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, POLLS);
    soon();
  });
};

const notice = document.getElementById("notice");

// Stays until the next form is sent, whatever is heard meanwhile.
const refuse = (words) => {
  const problem = document.createElement("p");
  problem.className = "problem";
  problem.setAttribute("role", "alert");
  problem.textContent = words;
  notice.replaceChildren(problem);
  notice.scrollIntoView({ block: "nearest" });
};

// Sends a form without leaving the page; what was written stays unless it was taken.
const send = async (form) => {
  const button = form.querySelector("button");
  if (button.getAttribute("aria-disabled") === "true") return;
  button.setAttribute("aria-disabled", "true");
  const field = form.querySelector("textarea, select, input:not([type=hidden])");
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("live");
    if (fresh || !answer.ok) notice.replaceChildren(...page.getElementById("notice").childNodes);
    else refuse(SIGNED_OUT);
    if (!answer.ok) notice.scrollIntoView({ block: "nearest" });
    if (fresh && answer.ok) taken(form, field);
    if (fresh) take(fresh);
  } catch {
    refuse(UNSENT);
  }
  button.removeAttribute("aria-disabled");
};

const taken = (form, field) => {
  const details = form.closest("details");
  if (details) {
    details.open = false;
    details.querySelector("summary").focus();
  } else {
    form.reset();
    if (field.nodeName === "TEXTAREA") field.value = "";
    field.focus();
  }
  const turn = form.querySelector("[data-turn]");
  if (turn) turn.value = [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");
};

live.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-send]")) return;
  event.preventDefault();
  send(event.target);
});

live.addEventListener("keydown", (event) => {
  const asked = event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing;
  if (!asked || !event.target.matches("[data-keys]")) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});

// What only the script can do is promised only now.
document.documentElement.classList.add("live");
showLast();
listen();
setInterval(beat, ALIVE);
setInterval(soon, TICKS);
