// Puts a shown text on the clipboard at one press; without it, one selects and copies by hand.
const source = document.querySelector("[data-copy-from]");
const told = document.querySelector("[data-copied]");

async function copy() {
  source.focus({ preventScroll: true });
  source.select();
  try {
    await navigator.clipboard.writeText(source.value);
    told.textContent = told.dataset.words;
  } catch {
    // Not allowed here: the text stays selected, ready for the keyboard.
  }
}

if (source && navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    const label = button.querySelector("[data-copy-label]");
    if (label) label.textContent = button.dataset.words;
    // A link goes on to open its page; the text is on the clipboard by then.
    button.addEventListener("click", copy);
  }
}
if (source?.readOnly) source.select();
