// Where the network folds a text behind "…more"; advocacy/shares/preview.py is the rule.
const FOLD = 210;
const BREAKS = 3;

function afterCharacters(points) {
  if (points.length <= FOLD) return points.length;
  const start = points.slice(0, FOLD + 1);
  const space = Math.max(start.lastIndexOf(" "), start.lastIndexOf("\n"));
  return space > 0 ? space : FOLD;
}

function afterBreaks(points) {
  let at = -1;
  for (let found = 0; found < BREAKS; found += 1) {
    at = points.indexOf("\n", at + 1);
    if (at < 0) return points.length;
  }
  return at;
}

export function fold(text) {
  // Characters as people count them, not halves of an emoji.
  const points = [...text.trim()];
  const cut = Math.min(afterCharacters(points), afterBreaks(points));
  return {
    above: points.slice(0, cut).join("").trimEnd(),
    below: points.slice(cut).join("").trim(),
  };
}
