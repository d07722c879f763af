// A line on which this browser is rung, by Twilio's Voice SDK. What `open` gives and tells is the
// same for every carrier: docs/adr/0023-calls-in-the-browser.md. No word of Twilio's leaves this file.

// Milliseconds before the end of a pass at which the SDK has another fetched: a request that fails
// is then made again some times before the line is lost.
const RENEWS = 60000;
// Milliseconds until what failed is tried again: nobody can be rung meanwhile, and a desk that has
// just been restarted is not to be met by all its pages at once, again and again.
const AGAIN = 5000;
const SOUNDS = [..."0123456789sh"].map((key) => `dtmf${key}`).concat("incoming", "outgoing", "disconnect");
const NO_MICROPHONE = { 31401: "microphone_refused", 31402: "microphone_missing" };

const near = (name) => new URL(name, import.meta.url).href;

const because = (reason) => Object.assign(new Error(reason), { reason });

const loadSdk = () =>
  new Promise((done, failed) => {
    if (window.Twilio?.Device) return done();
    const script = document.createElement("script");
    script.src = near("sdk.js");
    script.onload = done;
    script.onerror = () => failed(because("unreachable"));
    document.head.append(script);
  });

// Asks for the microphone and lets it go again: it is only on in a call.
const askMicrophone = async () => {
  if (!navigator.mediaDevices?.getUserMedia) throw because("unsupported");
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    for (const track of stream.getTracks()) track.stop();
  } catch (problem) {
    const refused = problem.name === "NotAllowedError" || problem.name === "SecurityError";
    throw because(refused ? "microphone_refused" : "microphone_missing");
  }
};

const asCall = (given) => {
  const call = {
    told: {},
    answer: () => given.accept(),
    refuse: () => given.reject(),
    key: (key) => given.sendDigits(key),
    mute: (on) => given.mute(on),
    end: () => given.disconnect(),
  };
  const tell = (what, ...about) => call.told[what]?.(...about);
  given.on("accept", () => tell("answered"));
  given.on("reconnecting", () => tell("shaky", true));
  given.on("reconnected", () => tell("shaky", false));
  given.on("error", (problem) => {
    const why = NO_MICROPHONE[problem.code];
    if (why) tell("over", why);
  });
  for (const end of ["cancel", "disconnect", "reject"]) given.on(end, () => tell("over"));
  return call;
};

export const open = async ({ pass, told }) => {
  await askMicrophone();
  await loadSdk();
  const { Device } = window.Twilio;
  if (!Device.isSupported) throw because("unsupported");
  let device = null;
  let wanted = false;
  let timer = 0;

  const later = () => {
    clearTimeout(timer);
    if (wanted) timer = setTimeout(() => listen().catch(() => {}), AGAIN);
  };
  const lost = () => {
    if (!wanted) return;
    told.lost();
    later();
  };
  const renew = async () => {
    try {
      const token = await pass();
      device?.updateToken(token);
    } catch {
      lost();
    }
  };
  const make = (token) => {
    const sounds = Object.fromEntries(SOUNDS.map((name) => [name, near("silence.wav")]));
    device = new Device(token, { sounds, tokenRefreshMs: RENEWS, logLevel: "silent" });
    device.on("registered", () => {
      clearTimeout(timer);
      if (wanted) told.ready();
      else rest();
    });
    device.on("unregistered", lost);
    device.on("error", (problem, call) => {
      if (!call && device?.state !== "registered") lost();
    });
    device.on("tokenWillExpire", renew);
    device.on("incoming", (call) => told.rings(asCall(call)));
  };

  // Tried again by itself for as long as it is wanted.
  const listen = async () => {
    wanted = true;
    try {
      const token = await pass();
      // Switched off, or away, while the pass was on its way.
      if (!wanted) return;
      if (!device) make(token);
      else device.updateToken(token);
      if (device.state === "registered") told.ready();
      else if (device.state === "unregistered") await device.register();
    } catch (problem) {
      lost();
      throw problem;
    }
  };
  // A call that goes on is left alone.
  const rest = async () => {
    wanted = false;
    clearTimeout(timer);
    if (device?.state === "registered") await device.unregister().catch(() => {});
  };
  const close = () => {
    wanted = false;
    clearTimeout(timer);
    device?.destroy();
    device = null;
  };
  return { listen, rest, close };
};
