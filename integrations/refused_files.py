"""A file that a network does not take, told apart from a post that it does not take."""

from collections.abc import Iterator
from contextlib import contextmanager

from integrations.errors import MediaRefused, Refused

# Statuses that speak of what is sent; others of the address or of who sends.
ABOUT_THE_FILE = ("400", "413", "415", "422")


@contextmanager
def sending_a_file(network: str) -> Iterator[None]:
    """Around a call that sends the bytes of a file, and no more than that.

    `network` is its name, for the log. Raises MediaRefused where the call was Refused
    for what it sent.
    """
    try:
        yield
    except Refused as error:
        if not error.code.startswith(ABOUT_THE_FILE):
            raise
        raise MediaRefused(
            f"{network} does not take the file", code=error.code
        ) from error
