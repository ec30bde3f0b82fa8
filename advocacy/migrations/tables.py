# ruff: noqa: F401  (imported for the tables they declare)
"""Every table of the service, for the migrations and for the check that they agree."""

import advocacy.access_log.models
import advocacy.accounts.models
import advocacy.consent.models
import advocacy.links.batches
import advocacy.links.models
import advocacy.people.models
import advocacy.reach.group_rows
import advocacy.reach.item_rows
import advocacy.reach.models
import advocacy.reach.notice_rows
import advocacy.reach.parameter_rows
import advocacy.shares.figure_rows
import advocacy.shares.last_token_rows
import advocacy.shares.models
import advocacy.shares.service_rows
import content.items
import content.mentions
from integrations.database import Base

metadata = Base.metadata
