"""What confirming a proposal does, in sentences for whoever holds the keys."""

from flask_babel import gettext as _
from flask_babel import ngettext

from advocacy.reach.effects import Effect
from advocacy.reach.models import Metric
from advocacy.reach.tables import Level
from advocacy.web.formats import number


def effect_words(effect: Effect, metric: Metric) -> list[str]:
    """One sentence after the other, the floor first."""
    if not effect.applies:
        return [
            _(
                "An organisation of today’s size has no such figures, so at first"
                " nothing changes."
            )
        ]
    found = []
    if effect.floor:
        found += [_floor(effect, effect.floor)]
    if effect.margin:
        found += _margin(effect, metric, *effect.margin)
    return found


def _floor(effect: Effect, floor: int) -> str:
    if effect.table.level in {Level.ORGANISATION, Level.ITEM}:
        return _of_all(effect, floor)
    if not effect.parts:
        return _("No such figure came out yet, so nobody can say how many would stay.")
    if effect.large_enough == effect.parts:
        return ngettext(
            "One group has such figures now, and it is large enough to keep them.",
            "%(num)s groups have such figures now, and all are large enough to keep"
            " them.",
            effect.parts,
        )
    now = ngettext(
        "One group has such figures now.",
        "%(num)s groups have such figures now.",
        effect.parts,
    )
    stay = ngettext(
        "Of these, one has %(floor)s colleagues or more and can stay as it is.",
        "Of these, %(num)s have %(floor)s colleagues or more and can stay as they are.",
        effect.large_enough,
        floor=number(floor),
    )
    if not effect.large_enough:
        stay = _("None of these has %(floor)s colleagues.", floor=number(floor))
    rest = _(
        "Smaller ones are put together with others until they are large enough;"
        " where that is not possible there are no such figures any more."
    )
    return f"{now} {stay} {rest}"


def _of_all(effect: Effect, floor: int) -> str:
    if effect.people >= floor:
        return _(
            "The organisation has about %(people)s colleagues, enough to keep these"
            " figures.",
            people=number(effect.people),
        )
    return _(
        "The organisation has about %(people)s colleagues, fewer than %(floor)s: none"
        " of these figures would come out any more.",
        people=number(effect.people),
        floor=number(floor),
    )


def _margin(effect: Effect, metric: Metric, before: int, after: int) -> list[str]:
    found = [
        _(
            "Each figure is then give or take %(after)s instead of %(before)s.",
            after=number(after),
            before=number(before),
        )
    ]
    if metric is not Metric.SHARERS:
        found.append(
            _(
                "What is below %(margin)s is shown as too few to show.",
                margin=number(after),
            )
        )
    elif effect.smallest:
        found.append(
            _(
                "The smallest group with such a figure has about %(heads)s colleagues"
                " now.",
                heads=number(effect.smallest),
            )
        )
    return found
