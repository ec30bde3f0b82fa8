// Sends chosen files at once, says how far they are, and goes on after an interruption.
// Without it the same files travel with the form; so do those that are not stored yet.
const STEP = 10; // per cent between two spoken reports
const MEGABYTE = 1024 * 1024;
const PAUSES = [1000, 3000, 8000]; // before what broke off is sent again unasked, in ms

const numbers = new Intl.NumberFormat(document.documentElement.lang, {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

function inMegabytes(sent, total) {
  return { sent: numbers.format(sent / MEGABYTE), total: numbers.format(total / MEGABYTE) };
}

function filled(words, values) {
  return words.replace(/\{(\w+)\}/g, (_whole, name) => values[name]);
}

// One request; the answer comes also when the line breaks, then with status 0.
function send(address, token, kind, file, report) {
  const call = new XMLHttpRequest();
  const body = new FormData();
  body.append("kind", kind);
  body.append("file", file);
  return new Promise((settle) => {
    call.upload.addEventListener("progress", (event) => report(event.loaded, event.total));
    call.addEventListener("loadend", () => settle({ status: call.status, body: call.response }));
    call.open("POST", address);
    call.responseType = "json";
    call.setRequestHeader("X-CSRFToken", token);
    call.send(body);
  });
}

function enhance(box) {
  const form = box.closest("form");
  const input = box.querySelector("input[type=file]");
  const list = box.querySelector("[data-files]");
  const empty = box.querySelector("template").content.firstElementChild;
  const words = box.dataset;
  let waiting = []; // chosen and not stored yet
  let reasons = []; // why others of the same choice were not taken, a sentence each
  let busy = false;
  let pressed = null; // a button of the form that waits for the files

  box.querySelector("[data-send]").hidden = true;

  // What is not stored yet stays in the field, so that the form carries it if sent now.
  function keep() {
    const left = new DataTransfer();
    waiting.forEach((each) => left.items.add(each.file));
    input.files = left.files;
  }

  // The form carries them too: a page that comes back says them again.
  function refuse(sentences) {
    const error = box.querySelector("[data-error]");
    reasons = sentences;
    error.querySelector("[data-words]").textContent = reasons.join("\n");
    error.hidden = reasons.length === 0;
    box.querySelector("[data-refused]").value = reasons.join("\n");
    if (reasons.length) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }

  function say(each, sentence) {
    each.row.querySelector("[data-said]").textContent = sentence;
  }

  function stop(each, stopped) {
    each.stopped = stopped;
    each.row.querySelector("[data-stopped]").hidden = !stopped;
  }

  function leave(each) {
    waiting = waiting.filter((other) => other !== each);
    keep();
  }

  function add(file) {
    const row = empty.cloneNode(true);
    const each = { file, row, sent: 0, stopped: false, broke: 0 };
    row.querySelector("[data-name]").textContent = file.name;
    row.querySelector("[data-go-on]").addEventListener("click", () => goOn([each]));
    row.querySelector("[data-leave]").addEventListener("click", () => {
      leave(each);
      row.remove();
      input.focus();
    });
    list.append(row);
    return each;
  }

  function reporter(each) {
    let spoken = -STEP;
    return (sent, total) => {
      const percent = Math.floor((100 * sent) / total);
      each.sent = Math.min(sent, each.file.size);
      each.row.querySelector("progress").value = percent;
      if (percent < spoken + STEP && sent < total) return;
      spoken = percent;
      say(each, sent < total ? filled(words.sent, inMegabytes(sent, total)) : words.checking);
    };
  }

  function stored(each, html) {
    if ("one" in words) [...list.children].forEach((row) => row !== each.row && row.remove());
    each.row.outerHTML = html;
    leave(each);
    form.dispatchEvent(new Event("input"));
  }

  function refused(each, status, body) {
    const pause = (status === 0 || status >= 500) && PAUSES[each.broke++];
    if (!pause) pressed = null;
    const large = status === 413 && filled(words.large, { name: each.file.name });
    const sentence = large || (status === 422 && body?.error);
    if (sentence) {
      refuse([...reasons, sentence]);
      leave(each);
      each.row.remove();
    } else {
      stop(each, true);
      say(each, filled(words.broken, inMegabytes(each.sent, each.file.size)));
      if (pause) setTimeout(() => tryAgain(each), pause);
    }
  }

  async function next() {
    const each = waiting.find((other) => !other.stopped);
    if (busy || !each) return;
    busy = true;
    const token = form.elements.csrf_token.value;
    const { status, body } = await send(words.upload, token, words.kind, each.file, reporter(each));
    busy = false;
    if (status === 200 && body?.row) stored(each, body.row);
    else refused(each, status, body);
    if (pressed && waiting.length === 0) form.requestSubmit(pressed);
    else next();
  }

  function goOn(some) {
    some.forEach((each) => stop(each, false));
    next();
  }

  // A short break of the line or of the server mends itself; the buttons stand there meanwhile.
  function tryAgain(each) {
    if (each.stopped && waiting.includes(each)) goOn([each]);
  }

  function take() {
    const chosen = [...input.files];
    const large = chosen.filter((file) => file.size > Number(words.max));
    const fitting = chosen.filter((file) => file.size <= Number(words.max));
    const room = "most" in words ? Math.max(Number(words.most) - list.children.length, 0) : Infinity;
    refuse([
      ...large.map((file) => filled(words.large, file)),
      ...fitting.slice(room).map((file) => filled(words.full, file)),
    ]);
    waiting = waiting.concat(fitting.slice(0, room).map(add));
    keep();
    next();
  }
  input.addEventListener("change", take);

  // Whoever presses a button meanwhile gets what they asked for once the files are there.
  form.addEventListener("submit", (event) => {
    if (!busy) return;
    event.preventDefault();
    pressed = event.submitter;
    waiting.filter((each) => !each.stopped).forEach((each) => say(each, words.soon));
  });
  window.addEventListener("online", () => goOn(waiting.filter((each) => each.stopped)));
  if (input.files.length) take(); // chosen before this ran, or kept by the browser
}

document.querySelectorAll("[data-upload]").forEach(enhance);
