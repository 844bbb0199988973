"""PostgreSQL behind the same functions: how it is reached, spoken to and prepared.

The SQL of the rooms is one text for both databases. Here alone a parameter is
called ``$1`` and a lock is an advisory one; see docs/decisions/0041-one-text-for-two-databases.md.
"""
