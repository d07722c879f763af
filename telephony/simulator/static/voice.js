// The browser's own voice and ear, where it has them. Both speak British English.

const LANGUAGE = "en-GB";

// Reads aloud; `stop` is barge-in.
export class Mouth {
  constructor() {
    this.synthesis = window.speechSynthesis;
    this.turn = 0;
    // Browsers load their voices when first asked for them.
    this.synthesis?.getVoices();
  }

  // Calls `done` when all is said; at once when nothing can be heard.
  say(texts, done) {
    this.stop();
    const turn = this.turn;
    const voices = this.synthesis?.getVoices() ?? [];
    if (!voices.length || !texts.length) {
      done();
      return;
    }
    const british = voices.find((voice) => voice.lang.replace("_", "-") === LANGUAGE);
    const ended = () => {
      if (turn === this.turn) done();
    };
    // One by one: some browsers break off what takes long.
    texts.forEach((text, place) => {
      const part = new SpeechSynthesisUtterance(text);
      part.lang = LANGUAGE;
      if (british) part.voice = british;
      if (place === texts.length - 1) {
        part.addEventListener("end", ended);
        part.addEventListener("error", ended);
      }
      this.synthesis.speak(part);
    });
  }

  stop() {
    this.turn += 1;
    this.synthesis?.cancel();
  }
}

// Listens until something is said. Null where the browser cannot.
export const makeEar = ({ hears, heard, ends }) => {
  const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;
  if (!Recognition) return null;
  const ear = new Recognition();
  ear.lang = LANGUAGE;
  ear.interimResults = true;
  let failed = "";
  ear.addEventListener("result", (event) => {
    const result = event.results[event.results.length - 1];
    const words = [...event.results].map((one) => one[0].transcript).join("").trim();
    if (result.isFinal) heard(words);
    else hears(words);
  });
  ear.addEventListener("error", (event) => {
    failed = event.error;
  });
  ear.addEventListener("end", () => {
    ends(failed);
    failed = "";
  });
  return ear;
};
