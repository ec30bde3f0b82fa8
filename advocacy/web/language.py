"""Which language a page speaks: the person's choice, else the browser's, else the setting's; and
by which clock it shows and reads times: the person's choice, else the setting's.
"""

from functools import cache

from babel import Locale
from babel.support import Translations
from flask import Flask, g, request, session
from flask_babel import Babel, get_locale, get_timezone, get_translations
from werkzeug.datastructures import LanguageAccept

from advocacy.config import Settings

LANGUAGES = {"en": "English", "nl": "Nederlands"}


def install(app: Flask, settings: Settings) -> None:
    """Let Flask-Babel ask us."""

    def choose() -> Locale:
        chosen = g.get("person_language") or session.get("language")
        if chosen not in LANGUAGES:
            chosen = asked_for(request.accept_languages) or settings.default_language
        return _locale(chosen)

    def zone() -> str:
        return g.get("person_time_zone") or settings.time_zone

    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "translations"
    Babel(
        app,
        default_locale=settings.default_language,
        default_timezone=settings.time_zone,
        locale_selector=choose,
        timezone_selector=zone,
    )
    _translate_quickly(app)
    app.jinja_env.globals["city"] = city
    app.jinja_env.globals["language"] = language
    app.jinja_env.globals["languages"] = LANGUAGES


@cache  # to read what Babel knows of one takes a while
def _locale(spoken: str) -> Locale:
    return Locale.parse(spoken)


def _translate_quickly(app: Flask) -> None:
    """As Flask-Babel, which looks for the catalogue anew with every sentence of a page."""
    found: dict[str, Translations] = {}

    def catalogue() -> Translations:
        spoken = language()
        if spoken not in found:
            found[spoken] = get_translations()
        return found[spoken]

    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined] # an extension's
        gettext=lambda words: catalogue().ugettext(words),
        ngettext=lambda one, many, n: catalogue().ungettext(one, many, n),
        newstyle=True,
    )


def asked_for(accepted: LanguageAccept) -> str:
    """The language of ours a browser likes best; "" for none."""
    # A Belgian's "nl-BE" is Dutch, and comes before the "en" behind it.
    for tag, _quality in accepted:
        if (primary := tag.split("-")[0].lower()) in LANGUAGES:
            return primary
    return ""


def language() -> str:
    """The language of this page: "en" or "nl"."""
    locale = get_locale()
    return locale.language if locale else "en"


def time_zone() -> str:
    """The IANA name of the zone in which this page shows times, and reads them."""
    return str(get_timezone())


def city(zone: str = "") -> str:
    """ "Amsterdam" of Europe/Amsterdam, the page's zone if none is given: how people name one."""
    return (zone or time_zone()).rpartition("/")[2].replace("_", " ")
