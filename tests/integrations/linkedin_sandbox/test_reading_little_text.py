import pytest

from integrations.linkedin_sandbox.little_text import mentioned, shown, units


@pytest.mark.parametrize(
    ("wire", "text", "cut_at"),
    [
        ("plain", "plain", None),
        (r"\(\)\\\#", r"()\#", None),
        ("before (after)", "before ", 7),
        ("a # b", "a ", 2),
        ("under_score", "under", 5),
        ("ends in \\", "ends in ", 8),
        (r"\n is no escape", "", 0),
        ("#tag and #één", "#tag and #één", None),
        (r"{hashtag|\#|tag} {hashtag|＃|x\_y}", "#tag ＃x_y", None),
        ("{hashtag|#|tag}", "#tag", None),
        ("{other|x}", "", 0),
        ("@[Ivo](urn:li:person:p1)!", "Ivo!", None),
        (r"@[I\(v\)o](urn:li:organization:1)", "I(v)o", None),
        ("@[Ivo](mailto:x)", "", 0),
        ("me@veenstroom", "me", 2),
    ],
)
def test_text_ends_where_a_reserved_character_means_nothing(wire, text, cut_at):
    assert shown(wire) == (text, cut_at)


def test_length_is_in_units():
    assert units("é😀") == 3


@pytest.mark.parametrize(
    ("wire", "names"),
    [
        ("nobody", []),
        (r"@[I\(v\)o](urn:li:organization:1), @[Bo](urn:li:person:2)", ["I(v)o", "Bo"]),
        (r"\@\[Ivo\]\(urn:li:organization:1\)", []),
        (r"\@[Ivo](urn:li:organization:1)", []),
        (r"\\@[Ivo](urn:li:organization:1)", ["Ivo"]),
        ("cut (here) @[Ivo](urn:li:organization:1)", []),
    ],
)
def test_names_are_those_that_are_shown_as_mentions(wire, names):
    assert mentioned(wire) == names
