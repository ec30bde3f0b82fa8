// Keeps count, checks and preview equal to the text while someone types; without it, one press later.
import { isClear } from "./disclosure.js";
import { keepDraft } from "./drafts.js";
import { fold } from "./fold.js";
import { wireLength } from "./little_text.js";
import { ownWords } from "./own_words.js";
import { added, pieces } from "./pieces.js";

const desk = document.querySelector("form[data-desk]");
const number = new Intl.NumberFormat(document.documentElement.lang);

function part(name) {
  return desk.querySelector(`[data-${name}]`);
}

function filled(words, values) {
  return words.replace(/\{(\w+)\}/g, (_whole, name) => values[name]);
}

function withLink(text, link) {
  return !link || text.includes(link) ? text : `${text}\n\n${link}`;
}

function showCount(text, { limit, nearly, countedLink, mentions }) {
  const place = part("count");
  const { words, near, over, signs } = place.dataset;
  const whole = text ? withLink(text, countedLink).replace(/\r\n/g, "\n") : "";
  const count = wireLength(whole) + added(text, mentions);
  const left = limit - count;
  const parts = [filled(words, { count: number.format(count), limit: number.format(limit) })];
  if (left < 0) parts.push(filled(over, { over: number.format(-left) }));
  else if (left <= nearly) parts.push(filled(near, { left: number.format(left) }));
  place.textContent = parts.join(", ");
  const unseen = count - whole.length;
  if (unseen) place.append(`. ${filled(signs, { signs: number.format(unseen) })}`);
  place.classList.toggle("count--over", left < 0);
  place.classList.toggle("count--near", left >= 0 && left <= nearly);
}

function linked(text, mentions) {
  return pieces(text, mentions).map(({ words, mention }) => {
    if (!mention) return words;
    const link = document.createElement("a");
    Object.assign(link, { href: mention.address, target: "_blank", rel: "noopener noreferrer" });
    link.textContent = words;
    return link;
  });
}

function showFold(text, { shownLink, mentions }) {
  const above = part("preview");
  const { above: first, below } = fold(text ? withLink(text, shownLink) : "");
  above.replaceChildren(...linked(first || above.dataset.empty, mentions));
  part("preview-rest").replaceChildren(...linked(below, mentions));
  part("preview-rest").hidden = part("fold").hidden = below === "";
}

function marked(passages) {
  return passages.flatMap((passage, at) => {
    const mark = document.createElement("mark");
    mark.textContent = passage;
    return at === 0 ? [mark] : [", ", mark];
  });
}

function showOwnWords(text, { suggestions }) {
  const own = ownWords(text, suggestions.map((suggestion) => suggestion.text));
  part("own").hidden = own === null;
  if (own === null) return;
  const label = part("own-label");
  label.textContent = label.dataset[own.closeness];
  part("own-meter").value = own.percent;
  const same = part("own-same");
  same.hidden = own.passages.length === 0;
  part("own-none").hidden = own.passages.length > 0;
  if (same.hidden) return;
  part("own-name").textContent = filled(same.dataset.words, { name: suggestions[own.closest].name });
  part("own-passages").replaceChildren(...marked(own.passages));
}

function showDisclosure(text, { disclosure }) {
  const clear = text !== "" && isClear(text, disclosure);
  part("clear").hidden = !clear;
  part("unclear").hidden = clear;
}

// Share confirms what is on the screen, so the picture on it has to be the chosen one.
function showPicture() {
  const place = part("preview-picture");
  const chosen = desk.querySelector("input[name=picture]:checked");
  if (!place || !chosen) return;
  const picture = chosen.parentElement.querySelector("img");
  const together = part("preview-all");
  if (together) together.hidden = chosen.value !== "all";
  place.hidden = picture === null;
  if (picture) place.replaceChildren(picture.cloneNode());
}

// With a time set, the button plans; one that is half typed counts as set.
function showWhen() {
  const { at } = desk.elements;
  const when = at.value !== "" || at.validity.badInput ? "planned" : "now";
  const label = desk.querySelector("[data-share] [data-planned]");
  if (label) label.textContent = label.dataset[when];
  for (const help of desk.querySelectorAll("[data-when]")) help.hidden = help.dataset.when !== when;
}

// A frame that is not kept equal to the text must not look as if it were.
function showAge(text) {
  const heading = desk.parentElement.querySelector("[data-shown]");
  if (!heading) return;
  heading.dataset.as ??= heading.textContent;
  const same = text === desk.elements.text.defaultValue.trim();
  heading.textContent = same ? heading.dataset.as : heading.dataset.shown;
}

// One writes at once, and the page stays at its head. Not where a touch keyboard would come up
// over it, and not into a box out of sight, where the space bar is to turn the page.
function beReadyToWrite(box) {
  const keys = matchMedia("(hover: hover) and (pointer: fine)").matches;
  const nothingChosen = document.activeElement === document.body && !location.hash;
  const inSight = box.getBoundingClientRect().top < innerHeight;
  if (keys && nothingChosen && inSight) box.focus({ preventScroll: true });
}

function start() {
  const box = desk.elements.text;
  const live = part("live");
  const words = JSON.parse(desk.dataset.desk);
  // Beyond the plain @name, which is counted with the rest.
  for (const one of words.mentions) one.adds = one.units - wireLength(`@${one.name}`);
  const shows = [showCount, showOwnWords, showDisclosure];
  // A plan being changed has no live preview: it is shown once more before it is kept.
  shows.push(live ? showFold : showAge);
  const show = () => {
    const text = box.value.trim();
    // Share confirms this text at once only when all of it was shown.
    if (live) live.value = "no";
    for (const one of shows) one(text, words);
    if (live) live.value = "yes";
  };
  for (const button of desk.querySelectorAll("[data-without-script]")) button.hidden = true;
  if (desk.dataset.draft) {
    keepDraft(desk, box, part("kept"));
    if (live) beReadyToWrite(box);
  }
  box.addEventListener("input", show);
  desk.addEventListener("change", showPicture);
  desk.elements.at.addEventListener("input", showWhen);
  // Going back to this page must not ask whether to send it again.
  history.replaceState(null, "", desk.dataset.page);
  // The browser may put back what was typed before, without saying so.
  addEventListener("pageshow", () => {
    show();
    showPicture();
    showWhen();
  });
  show();
  showWhen();
}

if (desk) start();
