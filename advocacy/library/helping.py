"""The desk's helpers: each answers with the page again, and stores nothing."""

from dataclasses import replace

from flask import request
from flask.typing import ResponseReturnValue

from advocacy.library.item_page import item_page
from advocacy.library.press import Press
from advocacy.shares import disclosure
from advocacy.web.language import language
from advocacy.web.runtime import runtime


def preview(press: Press) -> ResponseReturnValue:
    """The same page, with everything worked out anew."""
    return item_page(press.item, press.connection, press.form)


def start(press: Press) -> ResponseReturnValue:
    """Put a suggestion into the box; the old text is one step back."""
    chosen = request.form["start"]
    texts = {str(word.id): word.text for word in press.item.wordings}
    if chosen not in texts:
        return preview(press)
    return preview(replace(press, form=press.form.starting_from(texts[chosen])))


def show(press: Press) -> ResponseReturnValue:
    """The suggestions in another language."""
    return preview(
        replace(press, form=replace(press.form, suggestions=request.form["show"]))
    )


def speak(press: Press) -> ResponseReturnValue:
    """The page has just changed its language: the suggestions follow, the text stays."""
    return preview(replace(press, form=replace(press.form, suggestions=language())))


def take_back(press: Press) -> ResponseReturnValue:
    """The text that a suggestion replaced."""
    return preview(replace(press, form=press.form.taken_back()))


def disclose(press: Press) -> ResponseReturnValue:
    """Open the text with the line that says where one works."""
    organisation = runtime().settings.organisation
    text = disclosure.opened(press.form.text, press.item, organisation, language())
    return preview(replace(press, form=replace(press.form, text=text)))
