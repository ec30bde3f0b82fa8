import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from integrations.errors import Refused
from integrations.linkedin.little_text import LIMIT, to_little_text, wire_length
from integrations.linkedin_sandbox.little_text import shown
from integrations.network import Mention

MENTIONS = (
    Mention("Veenstroom", "101"),
    Mention("Veenstroom Noord", "102"),
    Mention("Net (oost) [NO]", "urn:li:organization:103"),
)


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
    found = wire_length(text)
    assert (found, type(found)) == (length, int)


def test_a_post_holds_three_thousand_units():
    """What is longer LinkedIn refuses, the escapes counted too."""
    assert LIMIT == 3000


@pytest.mark.parametrize(
    ("text", "wire"),
    [
        ("@Veenstroom", "@[Veenstroom](urn:li:organization:101)"),
        (
            "@Veenstroom Noord, @Veenstroom.",
            "@[Veenstroom Noord](urn:li:organization:102), @[Veenstroom](urn:li:organization:101).",
        ),
        (
            "(@Net (oost) [NO])",
            r"\(@[Net \(oost\) \[NO\]](urn:li:organization:103)\)",
        ),
        ("@Veenstroom's", "@[Veenstroom](urn:li:organization:101)'s"),
        # Names are told apart by their letters, and end where the name ends.
        ("@veenstroom @Veenstroomer", r"\@veenstroom \@Veenstroomer"),
        ("@Veenstroom Noordzee", "@[Veenstroom](urn:li:organization:101) Noordzee"),
        ("ivo@Veenstroom", r"ivo\@Veenstroom"),
        ("@Veenstroom@social.example", r"\@Veenstroom\@social.example"),
        ("https://x.example/@Veenstroom", r"https://x.example/\@Veenstroom"),
        ("Veenstroom @ Veenstroom", r"Veenstroom \@ Veenstroom"),
        ("@Someone", r"\@Someone"),
    ],
)
def test_an_organisations_name_becomes_a_mention_and_nothing_else_does(text, wire):
    assert to_little_text(text, MENTIONS) == wire


@given(st.text(alphabet=st.sampled_from("@Aa (]\\#1|é\n")))
@example("@A @Aa a@A @A@A #@A @A#a")
def test_the_network_shows_names_without_their_sign_and_the_rest_as_typed(text):
    mentions = (Mention("A", "1"), Mention("A a", "2"))
    seen, cut_at = shown(to_little_text(text, mentions))
    assert cut_at is None
    assert seen.replace("@", "") == text.replace("@", "")


def test_length_counts_the_whole_mention():
    assert wire_length("@Veenstroom") == len(r"\@Veenstroom")
    expected = len("@[Veenstroom](urn:li:organization:101)")
    assert wire_length("@Veenstroom", MENTIONS) == expected


@pytest.mark.parametrize("number", ["", "x", "1)(", "urn:li:person:1", "١"])
def test_an_organisation_has_a_number(number):
    with pytest.raises(Refused) as caught:
        to_little_text("@Veenstroom", [Mention("Veenstroom", number)])
    assert caught.value.code == "mention"
