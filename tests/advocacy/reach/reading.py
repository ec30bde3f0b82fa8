"""Reading pages of figures as somebody signed in."""

import re
from contextlib import contextmanager
from html import unescape

from sqlalchemy import event

from tests.advocacy.signing_in import signed_in

CONTROL = ("SAVEPOINT", "RELEASE", "ROLLBACK", "RESET ROLE", "SET LOCAL ROLE")
# Who is signed in, and the mark that they were here.
SIGN_IN = re.compile(r"\b(FROM|UPDATE) sign_in\b")


def text_of(page):
    flat = re.sub(r"<(script|style|svg).*?</\1>", " ", page.text, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", flat)).split())


def main_of(page):
    """What the page says, without whose name stands in the corner."""
    return "".join(re.findall(r"<main.*</main>", page.text, re.DOTALL)) or page.text


def cells(page):
    rows = re.findall(r"<tr><th scope=\"row\">.*?</tr>", page.text, re.DOTALL)
    return [
        [
            unescape(re.sub(r"<[^>]+>", "", cell)).strip()
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        ]
        for row in rows
    ]


@contextmanager
def statements(connection):
    """What is asked of the database for the page itself."""
    asked = []

    def note(_connection, _cursor, statement, *_others):
        if not statement.startswith(CONTROL) and not SIGN_IN.search(statement):
            asked.append(statement)

    event.listen(connection, "before_cursor_execute", note)
    yield asked
    event.remove(connection, "before_cursor_execute", note)


def read_as(client, session, world, *roles):
    """The browser, with somebody new signed in who has these roles."""
    person = world.person(on=None)
    person.role_names = [role.value for role in roles]
    return signed_in(client, session, person)
