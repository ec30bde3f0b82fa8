// How far a text is one's own, computed here and told nobody; advocacy/shares/own_words.py is the rule.
const RUN = 4;
const SHOWN = 3;
const LONGEST_SHOWN = 140;
const WORD = /[\p{L}\p{N}]+(?:['’][\p{L}\p{N}]+)*/gu;
const ADDRESS = /https?:\/\/\S+/g;

function wordsOf(text) {
  const plain = text.replace(ADDRESS, (found) => " ".repeat(found.length));
  return [...plain.matchAll(WORD)].map((found) => ({
    folded: found[0].toLowerCase().replaceAll("’", "'"),
    start: found.index,
    end: found.index + found[0].length,
  }));
}

function runsOf(words, length) {
  const folded = words.map((word) => word.folded);
  return folded.slice(0, folded.length - length + 1).map((_word, at) => folded.slice(at, at + length).join(" "));
}

function equalWords(words, suggestion) {
  const marks = words.map(() => false);
  const run = Math.min(RUN, suggestion.length);
  if (run === 0 || words.length < run) return marks;
  const known = new Set(runsOf(suggestion, run));
  runsOf(words, run).forEach((found, at) => {
    if (known.has(found)) marks.fill(true, at, at + run);
  });
  return marks;
}

function cut(passage) {
  const points = [...passage];
  if (points.length <= LONGEST_SHOWN) return passage;
  const start = points.slice(0, LONGEST_SHOWN).join("");
  const space = start.lastIndexOf(" ");
  return `${space < 0 ? start : start.slice(0, space)} …`;
}

function passagesOf(text, words, marks) {
  const spans = [];
  words.forEach((word, at) => {
    if (!marks[at]) return;
    if (marks[at - 1]) spans.at(-1).end = word.end;
    else spans.push({ start: word.start, end: word.end });
  });
  return spans
    .sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start)
    .slice(0, SHOWN)
    .sort((a, b) => a.start - b.start)
    .map((span) => cut(text.slice(span.start, span.end)));
}

export function ownWords(text, suggestions) {
  const words = wordsOf(text);
  if (words.length === 0) return null;
  const marks = suggestions.map((suggestion) => equalWords(words, wordsOf(suggestion)));
  const counts = marks.map((mark) => mark.filter(Boolean).length);
  const equal = words.filter((_word, at) => marks.some((mark) => mark[at])).length;
  const percent = 100 - Math.floor((100 * equal) / words.length);
  const closest = equal ? counts.indexOf(Math.max(...counts)) : null;
  return {
    percent,
    closeness: percent >= 60 ? "mostly" : percent >= 25 ? "partly" : "nearly",
    closest,
    passages: closest === null ? [] : passagesOf(text, words, marks[closest]),
  };
}
