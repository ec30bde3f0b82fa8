"""Where links lead, and the tags that are the same for everybody."""

import pytest

from advocacy.links.targets import target_with_tags

TAGS = "utm_source=linkedin&utm_medium=employee&utm_campaign=7"


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("https://a.example", f"https://a.example?{TAGS}"),
        ("https://a.example/x", f"https://a.example/x?{TAGS}"),
        ("https://a.example/x?q=1&e=", f"https://a.example/x?q=1&e=&{TAGS}"),
        (
            "https://a.example/x?a=%20b+c#part",
            f"https://a.example/x?a=%20b+c&{TAGS}#part",
        ),
        ("https://a.example/#/one", f"https://a.example/?{TAGS}#/one"),
        (
            "https://a.example/?utm_campaign=x",
            "https://a.example/?utm_campaign=x&utm_source=linkedin&utm_medium=employee",
        ),
        (
            "https://een-stad.example/straße/één?q=ü",
            f"https://een-stad.example/stra%C3%9Fe/%C3%A9%C3%A9n?q=%C3%BC&{TAGS}",
        ),
        ("https://café.example/", f"https://xn--caf-dma.example/?{TAGS}"),
    ],
)
def test_tags_join_what_the_address_has(target, address):
    assert target_with_tags(target, 7) == address
    address.encode("ascii")
