// The sound of a British telephone: two short rings and a pause, from two tones.

const TONES = [400, 450];
const RINGS = [0, 0.6];
const RING = 0.4;
const EVERY = 3000;
const LOUD = 0.08;

let sound = null;
let timer = 0;
let playing = [];

const round = () => {
  for (const at of RINGS) {
    for (const tone of TONES) {
      const part = new OscillatorNode(sound, { frequency: tone });
      const loud = new GainNode(sound, { gain: LOUD });
      part.connect(loud).connect(sound.destination);
      part.start(sound.currentTime + at);
      part.stop(sound.currentTime + at + RING);
      playing.push(part);
    }
  }
};

// A browser lets a page make sounds only once somebody has pressed something on it.
export const allowSound = () => {
  sound ??= typeof AudioContext === "undefined" ? null : new AudioContext();
  sound?.resume().catch(() => {});
};

export const startRinging = () => {
  if (!sound || timer) return;
  round();
  timer = setInterval(() => {
    playing = [];
    round();
  }, EVERY);
};

export const stopRinging = () => {
  clearInterval(timer);
  timer = 0;
  for (const part of playing) part.stop();
  playing = [];
};
