"""Why an account was not connected, in words for the person. Nothing is kept in any of
them.
"""

from advocacy.errors import N_
from integrations.errors import ExpectedError


class NotConnected(ExpectedError):
    """No account was connected; the sentence says why and what helps."""

    # Where the person set out from, once the round is known.
    come_back_to = ""


class RoundOver(NotConnected):
    """The answer belongs to no round of this sign-in that is still open."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "This connection was not started here, was used before, or took longer"
                " than ten minutes. Nothing was connected. You can start again."
            )
        )


class ScopeMissing(NotConnected):
    """The network granted other permissions than the purposes need."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "LinkedIn did not give the permissions we asked for. Nothing was"
                " connected, and nothing is kept. You can start again."
            )
        )


class TakenByColleague(NotConnected):
    """One member of a network belongs to one person here. Never says to whom."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "This LinkedIn account is already connected here by somebody else."
                " Nothing was changed."
            )
        )


class Declined(NotConnected):
    """The person said no on the network's own screen."""

    def __init__(self) -> None:
        super().__init__(N_("You said no at LinkedIn. Nothing was connected."))


class NetworkRefused(NotConnected):
    """The network did not accept our side of the round."""

    def __init__(self) -> None:
        super().__init__(
            N_("LinkedIn did not complete the connection. Nothing was connected.")
        )


class NetworkAway(NotConnected):
    """The network could not be reached."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "LinkedIn does not answer at the moment. Nothing was connected. Try"
                " again in a few minutes."
            )
        )
