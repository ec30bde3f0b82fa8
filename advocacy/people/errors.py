"""What people are told when signing in or choosing a password does not go through."""

from advocacy.errors import N_
from integrations.errors import ExpectedError


class WeakPassword(ExpectedError):
    """The password is too easy to guess; the sentence says what to do."""

    status = 422

    @classmethod
    def too_short(cls, shortest: int) -> "WeakPassword":
        """Below the shortest length."""
        return cls(
            N_("Use %(shortest)s characters or more. A few words in a row do well."),
            shortest=shortest,
        )

    @classmethod
    def too_long(cls, longest: int) -> "WeakPassword":
        """Above the longest length."""
        return cls(N_("Use %(longest)s characters or fewer."), longest=longest)

    @classmethod
    def guessable(cls) -> "WeakPassword":
        """Made of words everybody tries first."""
        return cls(
            N_(
                "This is easy to guess: it is mostly a name, a well-known word or a row"
                " of keys. Take a few words of your own."
            )
        )
