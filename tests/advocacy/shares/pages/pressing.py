"""A press on My shares, as the page has it now, and the address of some post."""

from tests.advocacy.library.reading import form_on

POST = "https://www.linkedin.com/feed/update/urn:li:share:7141138937766391808/"
# Where each button is whose form says what was on the screen.
ON = {
    "again": "again",
    "leave": "again",
    "delete": "delete",
    "there": "",
    "take-back": "",
    "stop": "",
}


def seen(reader, share, way):
    """What the form of this press sends along when its page is opened now."""
    if way not in ON:
        return {}
    of_share = f"/shares/{share.public_id}"
    page = reader.get(f"{of_share}/{ON[way]}" if ON[way] else "/shares")
    return form_on(page, f"{of_share}/{way}")


def press(reader, share, way, **typed):
    return press_on(reader, share, way, seen(reader, share, way) | typed)


def press_on(reader, share, way, sent):
    """The same, on a page that may be old by now."""
    return reader.post(
        f"/shares/{share.public_id}/{way}", data=sent, follow_redirects=True
    )
