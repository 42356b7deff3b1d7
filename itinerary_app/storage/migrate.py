"""`python -m itinerary_app.storage.migrate`: `alembic upgrade head` without a checkout.

DATABASE_URL says where; what is wrong is said on standard error, with exit status 1.
"""

from __future__ import annotations

import logging

from alembic import command
from alembic.config import Config

from itinerary_app.storage.schema import MIGRATIONS


def main() -> None:
    """Bring the database of the environment to the newest migration."""
    logging.basicConfig(format="%(levelname)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.INFO)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    command.upgrade(config, "head")


if __name__ == "__main__":
    main()
