"""Organisations in a text: what the browser finds and counts is what the server does."""

import json
import subprocess
from pathlib import Path

import pytest
from playwright._impl._driver import compute_driver_executable

from advocacy.shares.named import pieces
from integrations.linkedin.little_text import wire_length
from integrations.network import Mention

MODULES = Path(__file__).resolve().parents[4] / "advocacy" / "static" / "js"
RUN = """
import { readFileSync } from "node:fs";
import { wireLength } from "MODULES/little_text.js";
import { added, pieces } from "MODULES/pieces.js";
const { texts, mentions } = JSON.parse(readFileSync(0, "utf8"));
for (const one of mentions) one.adds = one.units - wireLength(`@${one.name}`);
const answers = texts.map((text) => ({
  length: wireLength(text) + added(text, mentions),
  pieces: pieces(text, mentions).map(({ words, mention }) => [words, mention?.name ?? null]),
}));
process.stdout.write(JSON.stringify(answers));
"""
NAMES = ["Veenstroom", "Veenstroom Noord", "Bakker & Zn. B.V.", "A(b)_c*-d/e"]
MENTIONS = [Mention(name, str(at + 10)) for at, name in enumerate(NAMES)]
TEXTS = [
    "",
    "Nobody here, not even @all",
    "With @Veenstroom Noord, @Veenstroom and (@Bakker & Zn. B.V.)!",
    "@Veenstroom@Veenstroom @Veenstroomers me@Veenstroom @veenstroom",
    "https://x.example/@Veenstroom and @Veenstroom 👷🏽‍♀️ #tag",
    "@A(b)_c*-d/e, @A(b)_c*-d/ex",
    "@Veenstroom\u0301 @Veenstroom\n@Veenstroom",
]


@pytest.fixture(scope="module")
def in_browser():
    node, _driver = compute_driver_executable()
    given = [
        {"name": one.name, "units": wire_length(f"@{one.name}", MENTIONS)}
        for one in MENTIONS
    ]
    answer = subprocess.run(
        [node, "--input-type=module", "-e", RUN.replace("MODULES", MODULES.as_uri())],
        input=json.dumps({"texts": TEXTS, "mentions": given}),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(answer.stdout)


@pytest.mark.parametrize("at", range(len(TEXTS)))
def test_names_are_found_and_counted_the_same(in_browser, at):
    shown = [
        [one.words, one.mention.name if one.mention else None]
        for one in pieces(TEXTS[at], MENTIONS)
        if one.words
    ]
    assert [one for one in in_browser[at]["pieces"] if one[0]] == shown
    assert in_browser[at]["length"] == wire_length(TEXTS[at], MENTIONS)
