"""The two apps registered here: one that posts, and one that reads figures.

LinkedIn wants these products apart, so a member says yes twice (linkedin.md 1.7).
"""

from dataclasses import dataclass, field

from integrations.linkedin_sandbox.settings import SandboxSettings


@dataclass(frozen=True)
class App:
    """What an app may ask for, and how often. None counts nothing."""

    client_id: str
    client_secret: str = field(repr=False)
    scopes: frozenset[str]
    # Gets refresh tokens.
    partner: bool
    member_calls_a_day: int | None
    app_calls_a_day: int | None
    # Members have ids here that no other app knows them by.
    own_ids: bool = False

    def id_of(self, sub: str) -> str:
        """The member's id, as this app is told it."""
        return f"{sub}-figures" if self.own_ids else sub


def apps(settings: SandboxSettings) -> tuple[App, App]:
    """The one that posts comes first."""
    posting = App(
        client_id=settings.client_id,
        client_secret=settings.client_secret,
        scopes=settings.scopes,
        partner=settings.partner,
        member_calls_a_day=settings.member_calls_a_day,
        app_calls_a_day=settings.app_calls_a_day,
    )
    figures = App(
        client_id=settings.figures_client_id,
        client_secret=settings.figures_client_secret,
        scopes=settings.figures_scopes,
        partner=settings.figures_partner,
        member_calls_a_day=settings.figures_member_calls_a_day,
        app_calls_a_day=settings.figures_app_calls_a_day,
        own_ids=settings.figures_own_ids,
    )
    return posting, figures


def app_named(settings: SandboxSettings, client_id: str | None) -> App | None:
    """The app with that client id. Tokens of older runs have none: the first app's."""
    found = apps(settings)
    if client_id == "":
        return found[0]
    return next((app for app in found if app.client_id == client_id), None)
