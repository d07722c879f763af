// What both phones need: parts of the page, posting, the number chosen, lines on the screen.

export const parts = (root) => {
  const found = {};
  for (const one of root.querySelectorAll("[data-part]")) found[one.dataset.part] = one;
  return found;
};

// An element with a class and either text or children.
export const make = (name, className, ...inside) => {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...inside);
  return made;
};

export class Refusal extends Error {
  constructor(message, code = "") {
    super(message);
    this.code = code;
  }
}

const NO_ANSWER = "The demo does not answer. Is it still running?";

const read = async (asking) => {
  let answer;
  try {
    answer = await asking;
  } catch {
    throw new Refusal(NO_ANSWER);
  }
  const said = await answer.json().catch(() => ({}));
  if (answer.ok) return said;
  throw new Refusal(said.error?.message ?? `Something went wrong (${answer.status}).`, said.error?.code);
};

export const get = (url) => read(fetch(url));

export const post = (url, body) =>
  read(fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  }));

// Shows the field for another number when that is chosen; gives a function for the number chosen,
// null when it is withheld.
export const numberChoice = (part) => {
  const show = () => {
    part["own-box"].hidden = part.from.value !== "own";
  };
  part.from.addEventListener("change", show);
  // A browser may keep the choice over a reload.
  show();
  return () => {
    if (part.from.value === "withheld") return null;
    return part.from.value === "own" ? part.own.value : part.from.value;
  };
};

// The log shows its newest line, unless somebody has scrolled away from the end.
export const addLine = (part, who, kind, words) => {
  const { log, lines } = part;
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
  const shown = make("span", "words");
  shown.append(...(Array.isArray(words) ? words : [words]));
  lines.append(make("li", `line line--${kind}`, ...(who ? [make("span", "who", who)] : []), shown));
  if (atEnd || kind === "me") log.scrollTop = log.scrollHeight;
};

export const showProblem = (part, problem, field) => {
  part.problem.textContent = problem instanceof Refusal ? problem.message : String(problem ?? "");
  if (field) field.setAttribute("aria-invalid", "true");
  else part.own.removeAttribute("aria-invalid");
};
