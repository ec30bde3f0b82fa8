"""A press on My shares, and the address of some post."""

POST = "https://www.linkedin.com/feed/update/urn:li:share:7141138937766391808/"


def press(reader, share, way, **typed):
    return reader.post(
        f"/shares/{share.public_id}/{way}", data=typed, follow_redirects=True
    )
