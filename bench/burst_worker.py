"""A publishing worker as an operating system starts it, but for the blind wait.

    python -m bench.burst_worker worker [options of celery worker]

The wait between a picture and its post is LinkedIn's time and not ours.
"""

import sys

from advocacy.at_work import main
from integrations.linkedin.settings import LinkedInSettings

if __name__ == "__main__":
    patience = LinkedInSettings.__dataclass_fields__["patience"].default
    object.__setattr__(patience, "blind", 0)
    main(sys.argv[1:])
