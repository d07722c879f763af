// A line on which the demo's stand-in for Twilio rings this browser. No microphone, no sound: what
// is said comes as text. It keeps to the same form as the real one (docs/adr/0023-calls-in-the-browser.md).

import { get, post } from "./page.js";

const LOOKS_EVERY = 1200;
const STATE = "/demo/handset/state";
const ACT = "/demo/handset/act";

export const open = async ({ pass, told }) => {
  const number = await pass();
  let timer = 0;
  let seen = null;
  let call = null;
  let lines = 0;
  let well = false;

  const act = (what, key = "") => post(ACT, { number, act: what, key }).then(take, look);

  const makeCall = () => {
    let answered = false;
    const made = {
      told: {},
      answer: () => act("answer"),
      refuse: () => act("busy"),
      key: (key) => act("key", key),
      mute: () => {},
      end: () => act("hang_up"),
      heard: (state, said) => {
        if (!answered && state !== "ringing") {
          answered = true;
          made.told.answered?.();
        }
        for (const line of said) made.told.hears?.(line);
      },
    };
    return made;
  };

  const take = (state) => {
    const begins = state.state === "ringing" && state.call !== seen;
    if (begins) {
      seen = state.call;
      lines = 0;
      call = makeCall();
      told.rings(call);
    }
    if (!call || state.call !== seen) return;
    if (state.state === "idle") {
      const { over } = call.told;
      call = null;
      over?.();
      return;
    }
    call.heard(state.state, state.lines.slice(lines));
    lines = state.lines.length;
  };

  const look = async () => {
    try {
      take(await get(`${STATE}?number=${encodeURIComponent(number)}`));
      if (!well) told.ready();
      well = true;
    } catch {
      if (well) told.lost();
      well = false;
    }
  };

  const rest = async () => {
    clearInterval(timer);
    timer = 0;
    well = false;
    if (call) timer = setInterval(look, LOOKS_EVERY);
    await post(ACT, { number, act: "unregister" }).catch(() => {});
  };
  const listen = async () => {
    clearInterval(timer);
    timer = setInterval(look, LOOKS_EVERY);
    await post(ACT, { number, act: "register" }).catch(() => {});
    await look();
  };
  const close = () => {
    clearInterval(timer);
    navigator.sendBeacon?.(ACT, new Blob([JSON.stringify({ number, act: "unregister" })], { type: "application/json" }));
  };
  return { listen, rest, close };
};
