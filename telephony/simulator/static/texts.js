// The text phone. What is on its screen is the server's, and asked for every two seconds.

import { addLine, get, make, numberChoice, parts, post, Refusal, showProblem } from "./page.js";
import { addExchanges, showUnderstood } from "./wire.js";

const EVERY = 2000;
const root = document.querySelector("[data-texts]");
const part = parts(root);
const chosen = numberChoice(part);
const ADDRESS = /(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)])/;
let number = null;
let seen = 0;
let busy = false;
let asking = Promise.resolve();

// Addresses in a text can be followed, as on a phone.
const withLinks = (text) =>
  text.split(ADDRESS).map((piece, place) => {
    if (place % 2 === 0) return piece;
    const link = make("a", "", piece, make("span", "aloud", " (opens in a new tab)"));
    link.href = piece;
    link.target = "_blank";
    link.rel = "noopener";
    return link;
  });

const add = (one) => {
  const own = one.by_itself ? "The council, by itself" : "The council";
  const who = { phone: "You", council: own, carrier: "The phone network" }[one.sender];
  addLine(part, who, one.sender === "phone" ? "me" : one.sender, withLinks(one.text));
};

const refresh = async () => {
  if (!number) return;
  const asked = number;
  try {
    const news = await get(`${root.dataset.inbox}?number=${encodeURIComponent(asked)}&after=${seen}`);
    if (asked !== number) return;
    for (const one of news.texts.filter((text) => text.number > seen)) {
      add(one);
      seen = one.number;
    }
    if (!busy) part.state.textContent = "";
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem;
    if (problem.code === "number") {
      number = null;
      showProblem(part, problem, part.own);
    } else {
      part.state.textContent = problem.message;
    }
  }
};

// One after the other, so that no text is shown twice.
const look = () => {
  asking = asking.then(refresh);
  return asking;
};

const use = () => {
  const wanted = chosen();
  if (!wanted || wanted === number) return;
  number = wanted;
  seen = 0;
  for (const old of [part.lines, part.exchanges]) old.replaceChildren();
  showUnderstood(part, null);
  showProblem(part, "");
  look();
};

const send = async () => {
  const text = part.words.value;
  use();
  if (!text.trim() || busy) return;
  if (!number) {
    showProblem(part, "Enter the number that you text from.", part.own);
    part.own.focus();
    return;
  }
  busy = true;
  showProblem(part, "");
  part.state.textContent = "Sending";
  try {
    const came = await post(root.dataset.send, { from: number, text });
    part.words.value = "";
    addExchanges(part, came.wire);
    showUnderstood(part, came.understood);
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem;
    showProblem(part, problem, part.from.value === "own" ? part.own : null);
  } finally {
    busy = false;
    part.state.textContent = "";
  }
  await look();
};

part.from.addEventListener("change", () => {
  if (part.from.value !== "own") use();
  else part.own.focus();
});
part.dial.addEventListener("submit", (event) => {
  event.preventDefault();
  use();
});
part.say.addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});
part.words.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  send();
});
use();
setInterval(() => {
  if (!document.hidden) look();
}, EVERY);
