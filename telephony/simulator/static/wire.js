// What went over the wire, and what was understood of it.

import { make } from "./page.js";

const facts = (pairs) => {
  const list = make("dl", "facts");
  for (const [name, value] of pairs) list.append(make("dt", "", name), make("dd", "", value));
  return list;
};

// TwiML with a line for each verb.
const pretty = (xml) => {
  const parsed = new DOMParser().parseFromString(xml, "text/xml");
  if (parsed.querySelector("parsererror")) return xml;
  const write = (element, depth) => {
    const indent = "  ".repeat(depth);
    const attributes = [...element.attributes].map((one) => ` ${one.name}="${one.value}"`).join("");
    const children = [...element.children];
    const open = `${indent}<${element.tagName}${attributes}`;
    if (!element.childNodes.length) return `${open}/>`;
    if (!children.length) return `${open}>${element.textContent}</${element.tagName}>`;
    const inside = children.map((child) => write(child, depth + 1)).join("\n");
    return `${open}>\n${inside}\n${indent}</${element.tagName}>`;
  };
  return write(parsed.documentElement, 0);
};

const exchangeShown = (exchange) => {
  const url = new URL(exchange.url);
  const came = exchange.status ?? "no answer";
  const item = make("li");
  const details = make("details");
  details.append(
    make("summary", "", `${exchange.method} ${url.pathname}${url.search}: ${came}, ${exchange.seconds} s`),
    make("h4", "", "Sent to"),
    make("p", "", make("code", "", exchange.url)),
    make("h4", "", "Parameters"),
    facts(Object.entries(exchange.params).filter(([, value]) => value !== "")),
    make("h4", "", "Came back"),
    make("pre", "", exchange.body ? pretty(exchange.body) : "(nothing)"),
  );
  item.append(details);
  return item;
};

const messageShown = (message) => {
  const about = [
    message.choice && `choice: ${message.choice}`,
    message.service && `service: ${message.service}`,
    message.asks && `asks: ${message.asks}`,
    message.kind && message.kind !== message.asks && `kind: ${message.kind}`,
  ].filter(Boolean);
  const item = make("li", "", make("strong", "", `${message.from}: `), message.text);
  if (about.length) item.append(make("span", "hint", about.join(", ")));
  return item;
};

const draftShown = (draft) => {
  const asking = draft.asking ? `, asking ${draft.asking}` : "";
  const box = make("div", "", make("h4", "", `${draft.service} (${draft.state}${asking})`));
  const value = (one) => (typeof one === "string" ? one : JSON.stringify(one));
  if (draft.fields.length) {
    box.append(facts(draft.fields.map((one) => [one.field, `${value(one.value)} (${one.source})`])));
  } else {
    box.append(make("p", "hint", "No field filled yet."));
  }
  return box;
};

export const addExchanges = (part, exchanges) => {
  part.exchanges.append(...exchanges.map(exchangeShown));
};

export const showUnderstood = (part, understood) => {
  if (!understood) {
    part.understood.replaceChildren(make("p", "hint", "No conversation yet."));
    return;
  }
  const transcript = make("ol", "transcript", ...understood.messages.map(messageShown));
  const about = [["Mode", understood.mode]];
  if (understood.service) about.push(["Service", understood.service]);
  if (understood.flags.length) about.push(["Flags", understood.flags.join(", ")]);
  if (understood.cases.length) about.push(["Cases", understood.cases.join(", ")]);
  about.push(["Conversation", understood.conversation]);
  part.understood.replaceChildren(facts(about), ...understood.drafts.map(draftShown), transcript);
};
