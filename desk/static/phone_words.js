// What the phone page says. Whatever went wrong comes with what to do.

export const WORDS = {
  off: "The phone is off. No call rings here.",
  opening: "One moment. If your browser asks for the microphone, allow it.",
  connecting: "Connecting. No call rings here yet.",
  ready: "Ready. Calls ring here. Keep this page open.",
  ringing: "A caller is waiting. Take the call, hear what it is about, or choose Not now.",
  brief: "Listen to what it is about. Then take the call, or choose Not now.",
  taking: "Putting you through. Stay on the line.",
  press: "You are not through yet. Press 1 on the keypad, or choose Not now.",
  talking: "You are talking with the caller.",
  on_hold: "The caller is on hold, and does not hear you.",
  rung_back: "The caller is being rung back. Stay on the line.",
  over: "The call is over.",
};

export const RESTS = {
  busy: "You are busy, so no call rings here. Set yourself to available in the queue.",
  away: "You are away, so no call rings here. Set yourself to available in the queue.",
  other_phone: "Calls ring on a telephone now. Reload this page to take them in the browser again.",
};

export const PROBLEMS = {
  microphone_refused:
    "The browser does not let this page use the microphone, so no call rings here. Allow it in the " +
    "settings beside the address of this page, then switch the phone on again.",
  microphone_missing:
    "No microphone could be used, so no call rings here. Plug one in, close other programs that use " +
    "it, then switch the phone on again.",
  unsupported:
    "This browser cannot take calls here. Use a current browser, and an address that begins with " +
    "https. Or save your phone number in the queue.",
  unreachable:
    "The phone could not be started. Check your connection, then switch it on again. If that does " +
    "not help, save your phone number in the queue.",
  lost:
    "The connection to the telephone carrier is lost, so no call rings here. It is tried again by " +
    "itself. If this lasts, check your network, or save your phone number in the queue.",
  desk: "The desk does not answer, so calls may not ring here. It is tried again by itself.",
  signed_out: "You are signed out, so no call rings here. Sign in, then open this page again.",
  elsewhere:
    "The phone is on in another tab or window of this browser. Use it there, or switch it off there " +
    "and on here.",
};
