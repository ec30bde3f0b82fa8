import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from integrations.linkedin.little_text import to_little_text, wire_length
from integrations.linkedin_sandbox.little_text import shown


@pytest.mark.parametrize(
    ("text", "wire"),
    [
        ("", ""),
        ("Gewoon een zin, met 100% komma's & punten.", None),
        (r"\|{}@[]()<>#*_~", r"\\\|\{\}\@\[\]\(\)\<\>\#\*\_\~"),
        ("I work here (since 2019)", r"I work here \(since 2019\)"),
        (r"\(", r"\\\("),
        ("mail me@veenstroom.example", r"mail me\@veenstroom.example"),
        ("#energygrid", r"{hashtag|\#|energygrid}"),
        ("(#net)", r"\({hashtag|\#|net}\)"),
        ("#één, #2026plan!", r"{hashtag|\#|één}, {hashtag|\#|2026plan}!"),
        ("#e\u0301e\u0301n", "{hashtag|\\#|e\u0301e\u0301n}"),
        ("nummer #1", r"nummer \#1"),
        ("C# and F#", r"C\# and F\#"),
        ("#with_line", r"\#with\_line"),
        ("# no tag", r"\# no tag"),
        ("##tag", r"\#{hashtag|\#|tag}"),
        ("&#39;", r"&\#39;"),
        (
            "https://veenstroom.example/a_(b)?x=*#top end",
            r"https://veenstroom.example/a\_\(b\)?x=\*\#top end",
        ),
        ("veenstroom.example/#map", r"veenstroom.example/\#map"),
        ("😀 #️⃣ 👩‍🔧", "😀 \\#️⃣ 👩‍🔧"),
        ("one\r\ntwo", "one\ntwo"),
        ("{hashtag|\\#|x}", r"\{hashtag\|\\\#\|x\}"),
        ("@[Ivo](urn:li:person:1)", r"\@\[Ivo\]\(urn:li:person:1\)"),
    ],
)
def test_every_reserved_character_is_escaped_once(text, wire):
    assert to_little_text(text) == (text if wire is None else wire)


@given(st.text())
@example("#a#b #c_d {hashtag|\\#|x} \\\\ @[x](urn:li:person:1)")
def test_the_network_shows_what_was_typed_whatever_it_was(text):
    seen, cut_at = shown(to_little_text(text))
    assert (seen, cut_at) == (text.replace("\r\n", "\n"), None)


@given(st.text(alphabet=st.sampled_from("#ab1_ (@{|}\\é😀\u0301/&:.h\n")))
def test_the_network_shows_crowded_tags_and_signs_as_typed(text):
    assert shown(to_little_text(text)) == (text, None)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("abc", 3),
        ("é", 1),
        ("😀", 2),
        ("👩‍🔧", 5),
        ("(", 2),
        ("#tag", 16),
        ("a\r\nb", 3),
        ("\ud83d", 1),
    ],
)
def test_length_counts_units_of_the_escaped_text(text, length):
    assert wire_length(text) == length
