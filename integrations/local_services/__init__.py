"""PostgreSQL and Valkey from their wheels, as children of this process.

On sockets only. Used by the one-machine default and by the tests.
"""

from integrations.local_services.children import ServiceFailed, tied
from integrations.local_services.postgres import LocalPostgres
from integrations.local_services.valkey import LocalValkey

__all__ = ["LocalPostgres", "LocalValkey", "ServiceFailed", "tied"]
