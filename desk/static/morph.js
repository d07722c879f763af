// Makes a part of the page like a newer one, and leaves alone what did not change: the focus stays,
// and so does what somebody is typing, or has opened.

const KEPT = new Set(["open", "aria-disabled"]);

const same = (old, fresh) => old.nodeName === fresh.nodeName && (old.id ?? "") === (fresh.id ?? "");

const takeAttributes = (old, fresh) => {
  for (const { name } of [...old.attributes]) {
    if (!KEPT.has(name) && !fresh.hasAttribute(name)) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (!KEPT.has(name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
};

// Whether somebody is choosing here: replacing options would choose for them.
const inUse = (node) =>
  node.nodeName === "SELECT"
  && (node === document.activeElement || [...node.options].some((one) => one.selected !== one.defaultSelected));

const takeChildren = (old, fresh) => {
  const wanted = new Set([...fresh.children].map((one) => one.id).filter(Boolean));
  // What is gone goes first, so that nothing that stays has to be moved: moving loses the focus.
  for (const child of [...old.children]) {
    if (child.id && !wanted.has(child.id)) child.remove();
  }
  let here = old.firstChild;
  for (const child of [...fresh.childNodes]) {
    if (here && same(here, child)) {
      morph(here, child);
      here = here.nextSibling;
      continue;
    }
    const known = child.id ? [...old.children].find((one) => one.id === child.id) : null;
    if (known) {
      while (here && here !== known && !here.id) {
        const gone = here;
        here = here.nextSibling;
        gone.remove();
      }
      if (here !== known) old.insertBefore(known, here);
      morph(known, child);
      here = known.nextSibling;
    } else {
      old.insertBefore(child, here);
    }
  }
  while (here) {
    const gone = here;
    here = here.nextSibling;
    gone.remove();
  }
};

export const morph = (old, fresh) => {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
    return;
  }
  // An id of a form stays until it has been used; what is typed is text of nobody but who types.
  if ("turn" in old.dataset || inUse(old)) return;
  takeAttributes(old, fresh);
  if (old.nodeName !== "TEXTAREA") takeChildren(old, fresh);
};
