// Twilio's Voice SDK as far as the desk uses it: Device and Call with their states and events, as
// https://www.twilio.com/docs/voice/sdks/javascript tells of them. `window.standIn` plays Twilio.

(() => {
  class Emitter {
    constructor() {
      this.ears = {};
    }
    on(name, ear) {
      (this.ears[name] ??= []).push(ear);
      return this;
    }
    emit(name, ...about) {
      for (const ear of this.ears[name] ?? []) ear(...about);
    }
  }

  class Call extends Emitter {
    constructor(device) {
      super();
      Object.assign(this, { device, keys: "", muted: false, state: "pending" });
    }
    status() {
      return this.state;
    }
    accept() {
      if (this.state !== "pending") return;
      this.state = "connecting";
      if (standIn.noMicrophone) {
        this.emit("error", { code: 31401 });
        return;
      }
      this.state = "open";
      this.emit("accept", this);
    }
    reject() {
      if (this.state !== "pending") return;
      this.state = "closed";
      standIn.rejected += 1;
      this.emit("reject");
    }
    sendDigits(digits) {
      if (this.state !== "open" || !/^[0-9*#w]+$/.test(digits)) throw new Error("cannot send");
      this.keys += digits;
    }
    mute(so = true) {
      this.muted = so;
    }
    disconnect() {
      if (this.state !== "open" && this.state !== "connecting") return;
      this.state = "closed";
      this.emit("disconnect", this);
    }
  }

  class Device extends Emitter {
    static isSupported = true;
    constructor(token, options = {}) {
      super();
      Object.assign(this, { tokens: [token], options, state: "unregistered" });
      standIn.device = this;
      standIn.made += 1;
    }
    async register() {
      if (this.state !== "unregistered") throw new Error(this.state);
      this.state = "registering";
      await Promise.resolve();
      if (standIn.down) {
        this.state = "unregistered";
        this.emit("unregistered");
        this.emit("error", { code: 31005 });
        throw new Error("down");
      }
      this.state = "registered";
      this.emit("registered");
    }
    async unregister() {
      if (this.state !== "registered") throw new Error(this.state);
      this.state = "unregistered";
      this.emit("unregistered");
    }
    updateToken(token) {
      if (this.state === "destroyed") throw new Error(this.state);
      this.tokens.push(token);
    }
    destroy() {
      standIn.call?.disconnect();
      this.state = "destroyed";
      this.emit("destroyed");
    }
  }

  const standIn = {
    device: null,
    call: null,
    made: 0,
    rejected: 0,
    down: false,
    noMicrophone: false,
    rings() {
      if (this.device?.state !== "registered") return false;
      this.call = new Call(this.device);
      this.device.emit("incoming", this.call);
      return true;
    },
    givesUp() {
      this.call.state = "closed";
      this.call.emit("cancel");
    },
    loses() {
      this.down = true;
      this.device.state = "unregistered";
      this.device.emit("unregistered");
    },
  };

  window.standIn = standIn;
  window.Twilio = { Device };
})();
