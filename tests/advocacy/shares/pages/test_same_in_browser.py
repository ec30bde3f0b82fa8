"""What the browser computes while someone types equals what the server says afterwards."""

import json
import subprocess
from pathlib import Path

import pytest
from playwright._impl._driver import compute_driver_executable

from advocacy.shares.disclosure import PHRASES, TAG_ENDINGS, is_clear
from advocacy.shares.own_words import own_words
from advocacy.shares.preview import fold
from integrations.linkedin.little_text import to_little_text, wire_length

MODULES = Path(__file__).resolve().parents[4] / "advocacy" / "static" / "js"
RUN = """
import { readFileSync } from "node:fs";
import { toLittleText, wireLength } from "MODULES/little_text.js";
import { ownWords } from "MODULES/own_words.js";
import { fold } from "MODULES/fold.js";
import { isClear } from "MODULES/disclosure.js";
const { texts, suggestions, words } = JSON.parse(readFileSync(0, "utf8"));
const answers = texts.map((text) => ({
  little: toLittleText(text),
  length: wireLength(text),
  own: ownWords(text, suggestions),
  fold: fold(text),
  clear: isClear(text, words),
}));
process.stdout.write(JSON.stringify(answers));
"""
SUGGESTIONS = [
    "Six years of congestion came down to one number: 380 amps. Here is what we did.",
    "Forty-one towers, fourteen crews. 2,300 homes can now get off the waiting list.",
    "It’s done.",
    "",
]
LINE = "I’m a cable engineer at Veen Stroom"
TEXTS = [
    "",
    "   \n ",
    "Plain words.",
    "Emoji count double: 👷🏽‍♀️ ⚡ 🇳🇱 and family 👨‍👩‍👧",
    "all reserved \\ | { } @ [ ] ( ) < > # * _ ~ here",
    "#Room for #energygrid, #2026plans, #2026, #a_b, a#b, ##x, #één #naïve #日本語 #ह",
    "(#tag) &#39; /#x https://a.example/p_(1)#part_2 and http://b.example\u00a0#after",
    "snake_case_name, *bold*, ~strike~, [link](address), <b>",
    "combining e\u0301te\u0301 #e\u0301te\u0301 and #Ⅷ #½ #٣٤",
    "a\x85b https://x.example/\ufeffy_z and https://x.example/\x85y_z",
    "https://x.example/a\x85#tag https://x.example/b\ufeff#tag https://x.example/c\x1f#t",
    "Here is what we did. Now the rest of it is in words of my own",
    "Here is what we did. Now mine.",
    "three\nbreaks\nmake\na fold",
    "one\r\ntwo\r\nthree\r\nfour",
    "\n\nleading breaks\n\n\nmany after",
    "word " * 60,
    "x" * 230,
    "👩‍🚒" * 120,
    "line " * 41 + "\nbreak near the fold " + "more " * 20,
    SUGGESTIONS[1],
    SUGGESTIONS[1].upper(),
    "I add: forty-one towers, fourteen crews, and 2,300 homes can now get off the list.",
    "it's done. It’s done!",
    "380 amps. Here is what we did. " * 20 + SUGGESTIONS[0],
    "Six years of congestion https://a.example/six-years-of-congestion came down to one.",
    "I work at Veen Stroom and I like it",
    "Ik werk bij  VEEN\nSTROOM, al tien jaar",
    "Veen Stroom built this",
    "Look #veenstroomteam",
    LINE + ". Hello",
    "x" * 150 + " I work at Veen Stroom",
    "x" * 2990 + "(" * 20,
    "ǅ İstanbul ΣΑΣ ß ﬁ",
]


@pytest.fixture(scope="module")
def in_browser():
    """Each text's answers from the modules themselves, run by Playwright's own Node."""
    node, _driver = compute_driver_executable()
    words = {
        "organisation": "Veen Stroom",
        "lines": [LINE, ""],
        "phrases": PHRASES,
        "endings": TAG_ENDINGS,
    }
    asked = {"texts": TEXTS, "suggestions": SUGGESTIONS, "words": words}
    answer = subprocess.run(
        [node, "--input-type=module", "-e", RUN.replace("MODULES", MODULES.as_uri())],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(answer.stdout)


@pytest.mark.parametrize("at", range(len(TEXTS)))
def test_a_text_is_counted_as_linkedin_counts(in_browser, at):
    assert in_browser[at]["little"] == to_little_text(TEXTS[at])
    assert in_browser[at]["length"] == wire_length(TEXTS[at])


@pytest.mark.parametrize("at", range(len(TEXTS)))
def test_the_own_words_meter_says_the_same(in_browser, at):
    here = own_words(TEXTS[at], SUGGESTIONS)
    there = in_browser[at]["own"]
    if here is None:
        assert there is None
        return
    assert there == {
        "percent": here.percent,
        "closeness": here.closeness,
        "closest": here.closest,
        "passages": list(here.passages),
    }


# A browser's text box never holds this line end.
IN_A_BOX = [at for at, text in enumerate(TEXTS) if "\r" not in text]


@pytest.mark.parametrize("at", IN_A_BOX)
def test_the_fold_lies_at_the_same_place(in_browser, at):
    text = TEXTS[at]
    assert in_browser[at]["fold"] == {
        "above": fold(text).above,
        "below": fold(text).below,
    }


@pytest.mark.parametrize("at", range(len(TEXTS)))
def test_it_is_clear_or_not_that_one_works_here(in_browser, at):
    assert in_browser[at]["clear"] == is_clear(TEXTS[at], "Veen Stroom", (LINE, ""))
