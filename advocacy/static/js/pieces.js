// Where a text names organisations as @name; advocacy/shares/named.py is the rule.
const WORD = "\\p{L}\\p{N}_";
const ACCENTS = "\\u0300-\\u036f\\u0900-\\u0dff";

function pattern(mentions) {
  const names = mentions.map(({ name }) => name).sort((a, b) => b.length - a.length);
  const any = names.map((name) => name.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("|");
  return new RegExp(`https?://\\S+|(?<![${WORD}])@(?<name>${any})(?![${WORD}@${ACCENTS}])`, "gu");
}

export function pieces(text, mentions) {
  if (mentions.length === 0) return [{ words: text }];
  const found = [];
  let at = 0;
  for (const match of text.matchAll(pattern(mentions))) {
    const { name } = match.groups;
    if (!name) continue;
    found.push({ words: text.slice(at, match.index) });
    found.push({ words: name, mention: mentions.find((one) => one.name === name) });
    at = match.index + match[0].length;
  }
  return [...found, { words: text.slice(at) }].filter(({ words }) => words);
}

// What the mentions add to a text's length on the wire, which the network's markup decides.
export function added(text, mentions) {
  return pieces(text, mentions).reduce((sum, { mention }) => sum + (mention?.adds ?? 0), 0);
}
