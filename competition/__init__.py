"""Acts and reads: one function for each thing that a person does or sees.

Every function takes the store and the person it is done for; acts also take the time.
Rights stand in one table (``competition.rights``), states in another
(``competition.states``); each act writes its rows and one event in one transaction.
"""

from db import Busy, DatabaseError, Store, close_all, open_store
from db.errors import Superseded

__all__ = [
    "Busy",
    "DatabaseError",
    "Store",
    "Superseded",
    "close_all",
    "open_store",
]
