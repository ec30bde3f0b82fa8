"""What an administrator types to ask for a higher floor or more noise, read and answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel import gettext as _

from advocacy.reach.tables import Table
from advocacy.reach.wishes import Bounds, Wish
from advocacy.web.formats import number

LONGEST = 9  # digits; more is no number of colleagues


@dataclass(frozen=True)
class WishForm:
    """As it was typed; `errors` are sentences by field."""

    figure: str = ""  # "table:metric"
    floor: str = ""
    sigma: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, sent: Mapping[str, str]) -> "WishForm":
        """Nothing is changed but the spaces around it."""
        typed = {name: sent.get(name, "").strip() for name in ("floor", "sigma")}
        form = cls(sent.get("figure", ""), typed["floor"], typed["sigma"])
        for name, value in typed.items():
            if value and _whole(value) is None:
                form.errors[name] = _("Write a whole number, such as 150.")
        return form

    def wish(self) -> Wish:
        """What is asked for; what is empty stays."""
        table, _colon, metric = self.figure.partition(":")
        return Wish(table, metric, _whole(self.floor), _whole(self.sigma))

    def refused(
        self,
        problems: Mapping[str, str],
        bounds: Bounds | None,
        in_force: Mapping[str, Table],
    ) -> "WishForm":
        """The same with a sentence beside each field; `in_force` next year, by name."""
        wish = self.wish()
        errors = {}
        for name, code in problems.items():
            if name == "table":
                errors["figure"] = _about_figure(code)
            elif code == "too_high" and bounds:
                errors[name] = _too_high(name, bounds)
            else:
                errors[name] = _about_number(name, code, wish, in_force[wish.table])
        return WishForm(self.figure, self.floor, self.sigma, errors)


def _whole(typed: str) -> int | None:
    readable = typed.isascii() and typed.isdecimal() and len(typed) <= LONGEST
    return int(typed) if readable else None


def _about_figure(code: str) -> str:
    if code == "waiting":
        return _(
            "A request for this figure is waiting below. It has to be decided or taken"
            " back first."
        )
    return _("Choose one of the figures.")


def _about_number(name: str, code: str, wish: Wish, table: Table) -> str:
    if code == "missing":
        return _("Write how many colleagues at least, how much noise, or both.")
    standing = table.floor if name == "floor" else table.measure(wish.metric).sigma
    return _(
        "Write more than %(number)s: so much holds next year anyway, and it can only be"
        " raised.",
        number=number(standing),
    )


def _too_high(name: str, bounds: Bounds) -> str:
    if name == "floor":
        return _(
            "No group could have so many colleagues: the whole organisation has"
            " %(most)s at most.",
            most=number(bounds.floor),
        )
    if bounds.margin_fits:
        return _(
            "%(most)s at most: that is ten times the noise of the product.",
            most=number(bounds.sigma),
        )
    return _(
        "%(most)s at most. With more the margin is larger than this figure can ever"
        " be here, so it would say nothing.",
        most=number(bounds.sigma),
    )
