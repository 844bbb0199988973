"""SQLite through sqlite-utils, or PostgreSQL: the only package that says SQL.

``open_store(path)`` lends transactions; every other module here is one noun and holds
plain functions that take such a transaction.  State tables are the truth for reads; each
act also appends one event, and replaying the events rebuilds every state table.
"""

from db.errors import Busy, DatabaseError, UnrecordedChange
from db.opened import close_all
from db.served import open_served as open_store
from db.store import Store, Transaction

__all__ = [
    "Busy",
    "DatabaseError",
    "Store",
    "Transaction",
    "UnrecordedChange",
    "close_all",
    "open_store",
]
