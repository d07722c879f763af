"""Runs the migrations on the connection that `casework.adapters.migrate` passes in."""

from __future__ import annotations

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from casework.adapters.sql_columns import UtcDateTime
from casework.adapters.sql_tables import metadata


def _rendered(kind: str, item: object, _context: AutogenContext) -> str | Literal[False]:
    """Keeps our own type out of migrations: they must still run when it has changed."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    render_item=_rendered,
    transactional_ddl=True,
)
context.run_migrations()
