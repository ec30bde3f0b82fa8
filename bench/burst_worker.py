"""A publishing worker as an operating system starts it, but for the blind wait.

    python -m bench.burst_worker worker [options of celery worker]

The wait between a picture and its post is LinkedIn's time and not ours. Nor does it read
what only a database of our own and the tests bring along.
"""

import sys

# Celery, SQLAlchemy and structlog read these where they find them.
for tool in ("greenlet", "rich"):
    sys.modules[tool] = None  # type: ignore[assignment]

from advocacy.at_work import main  # noqa: E402 – or they would be found
from integrations.linkedin.settings import LinkedInSettings  # noqa: E402 – as above

if __name__ == "__main__":
    patience = LinkedInSettings.__dataclass_fields__["patience"].default
    object.__setattr__(patience, "blind", 0)
    main(sys.argv[1:])
