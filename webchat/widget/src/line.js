/** @param {string} ref @returns {string} as it is spoken: 4829 1573 */
const grouped = (ref) => ref.replace(/(.{4})(?=.)/g, "$1 ");

/** Whether an address may be shown as a link: nothing that could run. @param {string} url */
function safeLink(url) {
  try {
    return ["http:", "https:", "tel:", "mailto:"].includes(new URL(url).protocol);
  } catch {
    return false;
  }
}

/**
 * A message as an item of the log.
 * @param {Message} one @param {Words} words @param {string} language
 */
function line(one, words, language) {
  const at = new Date(one.at);
  const clock = Number.isNaN(at.getTime()) ? "" : at.toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const links = one.links.filter((link) => safeLink(link.url));
  return make("li", { class: `cl-line cl-line--${one.from}`, "data-seq": one.seq }, [
    make("p", { class: "cl-who" }, [
      make("span", { text: words[`from_${one.from}`] }),
      make("time", { datetime: one.at, text: clock }),
    ]),
    make("p", { class: "cl-text", dir: "auto", text: one.text }),
    ...one.case_refs.map((ref) => make("p", { class: "cl-ref" }, [
      make("span", { text: words.reference }),
      make("strong", { text: grouped(ref) }),
    ])),
    links.length ? make("ul", { class: "cl-links" }, links.map((link) => make("li", {}, [
      make("a", { href: link.url, text: link.label, target: /^http/.test(link.url) ? "_blank" : null, rel: "noopener" }),
    ]))) : null,
    one.choices.length && one.mode !== "closed" ? make("div", { class: "cl-choices", role: "group", "aria-label": words.choices_label },
      one.choices.map((choice) => make("button", {
        type: "button", name: "choice", value: choice.value, class: "cl-button cl-button--choice", text: choice.label,
      }))) : null,
  ]);
}
