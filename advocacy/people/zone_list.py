"""The time zones as a list to choose from: by region, then by city."""

from flask_babel import gettext as _

from integrations.clock import zones

UTC = "UTC"


def by_region() -> dict[str, list[tuple[str, str]]]:
    """(zone, place) in the order of the places, by region; old names without one are left out."""
    regions = _regions()
    found: dict[str, list[tuple[str, str]]] = {words: [] for words in regions.values()}
    for zone in zones():
        region, _slash, place = zone.partition("/")
        if region in regions and place:
            found[regions[region]].append((zone, _words(place)))
    for listed in found.values():
        listed.sort(key=lambda one: one[1].casefold())
    found[_("Everywhere")] = [(UTC, UTC)]
    return found


def _words(place: str) -> str:
    """ "Knox (Indiana)" of Indiana/Knox: the city is what people look for."""
    area, _slash, city = place.replace("_", " ").rpartition("/")
    return f"{city} ({area})" if area else city


def _regions() -> dict[str, str]:
    """In words, by the first part of a zone's name, in alphabetical order."""
    regions = {
        "Africa": _("Africa"),
        "America": _("America"),
        "Antarctica": _("Antarctica"),
        "Arctic": _("Arctic"),
        "Asia": _("Asia"),
        "Atlantic": _("Atlantic Ocean"),
        "Australia": _("Australia"),
        "Europe": _("Europe"),
        "Indian": _("Indian Ocean"),
        "Pacific": _("Pacific Ocean"),
    }
    return dict(sorted(regions.items(), key=lambda one: one[1]))
