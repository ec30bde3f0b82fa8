// Shows the item as colleagues will see it while someone types; the server draws it.
const WAIT = 600; // milliseconds of quiet before it asks

const proof = document.querySelector("[data-proof]");
if (proof) {
  const form = proof.closest("form");
  let timer = 0;
  let asked = 0;

  async function draw() {
    const mine = (asked += 1);
    const typed = new FormData(form);
    // Files are heavy and change nothing before they are stored.
    [...typed.entries()].forEach(([name, value]) => value instanceof File && typed.delete(name));
    const answer = await fetch(proof.dataset.proof, { method: "POST", body: typed }).catch(() => null);
    if (!answer?.ok || answer.redirected || mine !== asked) return;
    proof.innerHTML = await answer.text();
  }

  form.querySelectorAll("[data-plain-only]").forEach((part) => {
    part.hidden = true;
  });
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(draw, WAIT);
  });
}
