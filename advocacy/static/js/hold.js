// Counts the hold down on screen and looks again while something leaves; the server decides both.
const SPOKEN = [30, 10];
const EVERY = 2000;
const said = document.querySelector("[data-said]");
const list = () => document.querySelector("[data-shares]");
const filled = (words, seconds) => words.replace("{seconds}", seconds);

function countDown(left) {
  const { words, one, say, over, hold } = left.dataset;
  const ends = Date.now() + Number(hold) * 1000;
  const timer = setInterval(() => {
    const seconds = Math.max(0, Math.ceil((ends - Date.now()) / 1000));
    if (!left.isConnected || seconds === 0) clearInterval(timer);
    if (!left.isConnected) return;
    left.textContent = seconds === 0 ? over : filled(seconds === 1 ? one : words, seconds);
    if (SPOKEN.includes(seconds)) said.textContent = filled(say, seconds);
    if (seconds > 0) return;
    left.dataset.hold = "0";
    forgetNotice();
    // From now on it is looked at again and again, until the server says otherwise.
    left.closest(".share").dataset.leaving = "";
    look().catch(() => {});
  }, 1000);
}

// "Leaves in a moment, you can still undo it" is said while something still waits.
function forgetNotice() {
  if (list().querySelector('[data-hold]:not([data-hold="0"])')) return;
  document.querySelector("[data-notice=hold]")?.remove();
}

// What each share says, leaving out the seconds that pass by themselves.
function states(place) {
  return new Map(
    [...place.querySelectorAll(".share")].map((share) => {
      const held = share.querySelector("[data-hold]");
      return [share.id, held ? "" : share.querySelector(".state").textContent.trim()];
    }),
  );
}

function replace(newer) {
  const before = states(list());
  const now = states(newer);
  const changed = [...now].filter(([id, words]) => before.get(id) !== words);
  if (changed.length === 0 && before.size === now.size) return;
  const focused = document.activeElement.closest(".share")?.id;
  list().replaceWith(document.adoptNode(newer));
  said.textContent = changed.map(([, words]) => words).join(". ");
  const again = focused && document.getElementById(focused);
  if (again) {
    again.tabIndex = -1;
    again.focus({ preventScroll: true });
  }
  begin();
}

async function look() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const newer = page.querySelector("[data-shares]");
  if (newer) replace(newer);
}

// Only what is on its way changes by itself.
function soon() {
  if (!document.hidden && list().querySelector("[data-leaving]")) look().catch(() => {});
}

function begin() {
  forgetNotice();
  for (const left of document.querySelectorAll("[data-hold]")) countDown(left);
  for (const way of document.querySelectorAll("[data-without-script]")) way.hidden = true;
}

if (list()) {
  begin();
  setInterval(soon, EVERY);
}
