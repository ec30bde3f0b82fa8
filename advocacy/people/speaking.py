"""Changing the language, also in the middle of a form: then the answer is the form itself, in
the other language, with everything that was typed.
"""

from flask import g, request
from flask import session as cookie
from flask_babel import refresh

from advocacy.people import operations
from advocacy.people.access import person_or_none
from advocacy.people.models import Person
from advocacy.web.language import LANGUAGES
from integrations.database import transaction

# The name of the menu's button on pages whose form is being written.
BUTTON = "page_language"


def speak(chosen: str) -> bool:
    """Speak this language from now on, this very answer included; False if it is none of
    ours.
    """
    if chosen not in LANGUAGES:
        return False
    cookie["language"] = chosen
    if person := person_or_none():
        with transaction() as session:
            operations.choose_language(session.get_one(Person, person.id), chosen)
        g.person_language = chosen
    refresh()
    return True


def language_pressed() -> str:
    """The language that came in place of one of the form's own buttons, spoken already;
    empty if another button was pressed.
    """
    chosen = request.form.get(BUTTON, "")
    return chosen if chosen and speak(chosen) else ""
