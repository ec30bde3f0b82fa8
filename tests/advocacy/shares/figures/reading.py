"""An app that reads figures, who lets it, and what was read and counted."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import func, select

from advocacy.accounts.models import Account
from advocacy.accounts.to_revoke import about_token
from advocacy.consent.models import Purpose
from advocacy.consent.operations import give
from advocacy.outside import LINKEDIN, LINKEDIN_FIGURES
from advocacy.shares.figure_rows import ShareFigures
from advocacy.shares.service_rows import CallBudget
from integrations.clock import now
from integrations.linkedin.figures import LinkedInFigures
from integrations.linkedin.sign_on import LinkedInSignOn
from tests.advocacy.shares.making import VAULT

P2 = Purpose.READ_MY_FIGURES
A_DAY = timedelta(days=1)


def outside_with(station, sandbox, **changes):
    second = sandbox.settings_for_figures(**changes)
    mine = station.outside
    return replace(
        mine,
        sign_ons=mine.sign_ons | {LINKEDIN_FIGURES: LinkedInSignOn(second)},
        figure_readers={LINKEDIN: LinkedInFigures(second)},
    )


def let_read(session, sandbox, person) -> Account:
    """The purpose is on, and the second account connected."""
    give(session, person, P2, "en", "a test", now())
    access = sandbox.figures_access_for(f"{person.name} {person.id}")
    locked = VAULT.lock(access.token, about_token(person.id, LINKEDIN_FIGURES))
    account = Account(
        person_id=person.id,
        network=LINKEDIN_FIGURES,
        client_id="second",
        member_id=access.member_id,
        member_name=person.name,
        scopes=["r_member_postAnalytics"],
        token_locked=locked.data,
        token_key_id=locked.key_id,
        connected_at=now() - A_DAY,
        expires_at=now() + 50 * A_DAY,
    )
    session.add(account)
    session.commit()
    return account


def stored(session) -> list[ShareFigures]:
    session.expire_all()
    return list(session.scalars(select(ShareFigures)))


def calls(session) -> int:
    return (
        session.scalar(
            select(func.sum(CallBudget.calls)).where(
                CallBudget.network == LINKEDIN_FIGURES, CallBudget.who == "app"
            )
        )
        or 0
    )
