// An agent's telephone: it is looked at every second or so, because it rings by itself.

import { addLine, get, parts, post, Refusal } from "./page.js";

const LOOKS_EVERY = 1200;
const SAYS = {
  idle: "Not in a call",
  ringing: "The telephone rings",
  listening: "The line is speaking. Press 1 or 2.",
  talking: "You are talking to the caller",
};

const root = document.querySelector("[data-handset]");

const start = () => {
  const part = parts(root);
  let shown = { call: -1, lines: 0 };
  let looking = false;

  const show = ({ state, lines, call }) => {
    if (call !== shown.call) {
      part.lines.replaceChildren();
      shown = { call, lines: 0 };
    }
    for (const line of lines.slice(shown.lines)) addLine(part, "The line", "line", line);
    shown.lines = lines.length;
    part.state.dataset.state = state;
    if (part.state.textContent !== SAYS[state]) part.state.textContent = SAYS[state];
    part.ringing.hidden = state !== "ringing";
    part.call.hidden = state !== "listening" && state !== "talking";
  };

  const attempt = async (asking) => {
    const { value } = part.number;
    try {
      const answer = await asking(value);
      // Another telephone may have been chosen meanwhile.
      if (value === part.number.value) show(answer);
      part.problem.textContent = "";
    } catch (problem) {
      if (!(problem instanceof Refusal)) throw problem;
      part.problem.textContent = problem.message;
    }
  };

  const look = async () => {
    if (looking) return;
    looking = true;
    const url = (number) => `${root.dataset.stateUrl}?number=${encodeURIComponent(number)}`;
    await attempt((number) => get(url(number)));
    looking = false;
  };

  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-act]");
    if (!button) return;
    const { act, key = "" } = button.dataset;
    attempt((number) => post(root.dataset.actUrl, { number, act, key }));
  });
  part.number.addEventListener("change", () => {
    shown = { call: -1, lines: 0 };
    look();
  });
  look();
  setInterval(look, LOOKS_EVERY);
};

if (root) start();
