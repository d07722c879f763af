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
 * The time of day as `transcript.clock` writes it, in the council's zone whatever the browser's.
 * @param {string} written RFC 3339 @param {string} timezone
 * @returns {string} 9:05am, or nothing for what is no time
 */
function clock(written, timezone) {
  const at = new Date(written);
  if (Number.isNaN(at.getTime())) return "";
  const [hour, minute] = new Intl.DateTimeFormat("en-GB", {
    hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: timezone || undefined,
  }).format(at).split(":");
  return `${Number(hour) % 12 || 12}:${minute}${Number(hour) < 12 ? "am" : "pm"}`;
}

/**
 * A link that leaves the chat where it is, and says so.
 * @param {{label: string, url: string}} link @param {Words} words
 */
function anchor(link, words) {
  const away = /^http/.test(link.url);
  return make("a", {
    href: link.url, text: away ? `${link.label} ${words.new_tab}` : link.label, target: away ? "_blank" : null, rel: "noopener",
  });
}

/**
 * A message as an item of the log.
 * @param {Message} one @param {Words} words @param {string} timezone the council's
 */
function line(one, words, timezone) {
  const links = one.links.filter((link) => safeLink(link.url));
  return make("li", { class: `cl-line cl-line--${one.from}`, "data-seq": one.seq }, [
    make("p", { class: "cl-who" }, [
      make("span", { text: words[`from_${one.from}`] }),
      make("time", { datetime: one.at, text: clock(one.at, timezone) }),
    ]),
    make("p", { class: "cl-text", dir: "auto", text: one.text }),
    ...one.case_refs.map((ref) => make("p", { class: "cl-ref" }, [
      make("span", { text: words.reference }),
      make("strong", { text: grouped(ref) }),
    ])),
    links.length ? make("ul", { class: "cl-links" }, links.map((link) => make("li", {}, [anchor(link, words)]))) : null,
    one.choices.length && one.mode !== "closed" ? make("div", { class: "cl-choices", role: "group", "aria-label": words.choices_label },
      one.choices.map((choice) => make("button", {
        type: "button", name: "choice", value: choice.value, class: "cl-button cl-button--choice", text: choice.label,
      }))) : null,
  ]);
}
