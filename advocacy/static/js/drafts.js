// Keeps what is being written on this device, and nowhere else, until it is sent or one signs out.
const PREFIX = "draft:";
const SENT = "draft-sent";
const KEPT_DAYS = 14;
// The buttons after which a draft is one no more, unless the form comes back.
const SENDING = ["share", "confirm", "copy", "posted", "change"];

function store() {
  try {
    return localStorage;
  } catch {
    return null; // switched off: then nothing is kept, and nothing breaks
  }
}

function read(key) {
  try {
    return JSON.parse(store()?.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

function write(key, text) {
  try {
    if (text.trim()) store()?.setItem(key, JSON.stringify({ text, at: Date.now() }));
    else store()?.removeItem(key);
    return true;
  } catch {
    return false; // full
  }
}

function forget(drops) {
  const kept = store();
  if (!kept) return;
  for (const key of Object.keys(kept)) {
    if (key.startsWith(PREFIX) && drops(key)) kept.removeItem(key);
  }
}

// A page that only comes after sending: what was sent is a draft no more.
export function forgetSent() {
  const sent = store()?.getItem(SENT);
  if (!sent) return;
  store().removeItem(SENT);
  forget((key) => key === sent);
}

export function forgetOld() {
  const oldest = Date.now() - KEPT_DAYS * 86_400_000;
  forget((key) => !(read(key)?.at > oldest));
}

function stepBack(form, button, text) {
  form.elements.before.value = text;
  button.hidden = false;
}

export function keepDraft(form, box, note) {
  const key = PREFIX + form.dataset.draft;
  if (store() === null) return;
  const kept = read(key)?.text ?? "";
  const back = form.querySelector("[data-step-back][hidden]");
  if (box.value === "") box.value = kept;
  // Words of an earlier share, opened again: what was being written is one step back.
  else if (back && kept && kept !== box.value) stepBack(form, back, kept);
  // What the server sent back is newer than what lies here.
  else write(key, box.value);
  store().removeItem(SENT);
  note.textContent = note.dataset.words;
  box.addEventListener("input", () => write(key, box.value));
  form.addEventListener("submit", (event) => {
    const sends = SENDING.includes(event.submitter?.value);
    if (sends) store().setItem(SENT, key);
  });
}

if (document.querySelector("[data-after-sending]")) forgetSent();
forgetOld();
