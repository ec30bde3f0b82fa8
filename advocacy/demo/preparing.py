"""Before the demonstration opens: the tables, and once the sample organisation."""

import os
import sys

from advocacy.config import read_settings
from advocacy.migrations.running import upgrade


def main() -> int:
    """Safe to run at every start: what is there stays as it is."""
    settings = read_settings(os.environ)
    upgrade(settings.database_url)
    return 0


if __name__ == "__main__":
    sys.exit(main())
