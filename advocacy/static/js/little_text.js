// Counts a text as LinkedIn does, with its escapes; integrations/linkedin/little_text.py is the rule.
const TAG = "(?:[\\p{L}\\p{N}][\\u0300-\\u036f\\u0900-\\u0dff]*)";
// Python's idea of white space, which is not quite the browser's.
const SOLID = "[^\\s\\x1c-\\x1f\\x85]|\\ufeff";
const PARTS = new RegExp(
  `(?<address>https?://(?:${SOLID})+)` +
    `|(?<![\\p{L}\\p{N}_/&])#(?=\\p{Nd}*[\\p{L}\\p{Nl}\\p{No}])(?<tag>${TAG}+)(?![\\p{L}\\p{N}_#])` +
    "|(?<reserved>[\\\\|{}@\\[\\]()<>#*_~])",
  "gu",
);
const RESERVED = /[\\|{}@[\]()<>#*_~]/g;

function escaped(text) {
  return text.replace(RESERVED, "\\$&");
}

export function toLittleText(text) {
  return text.replace(/\r\n/g, "\n").replace(PARTS, (part, ...rest) => {
    const { tag } = rest.at(-1);
    return tag ? `{hashtag|\\#|${tag}}` : escaped(part);
  });
}

export function wireLength(text) {
  return toLittleText(text).length;
}
