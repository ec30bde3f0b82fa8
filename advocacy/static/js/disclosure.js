// Whether the opening of a text says that its writer works here; advocacy/shares/disclosure.py is the rule.
const OPENING = 140;

function folded(text) {
  return text.replaceAll("’", "'").replace(/\s+/g, " ").trim().toLowerCase();
}

export function isClear(text, { organisation, lines, phrases, endings }) {
  const whole = folded(text);
  const opening = whole.slice(0, OPENING);
  const own = lines.filter(Boolean).map((line) => folded(line));
  if (own.some((line) => whole.slice(0, Math.max(OPENING, line.length)).includes(line))) return true;
  const name = folded(organisation);
  const tag = `#${name.replaceAll(" ", "")}`;
  if (endings.some((ending) => opening.includes(tag + ending))) return true;
  return opening.includes(name) && phrases.some((phrase) => opening.includes(phrase));
}
