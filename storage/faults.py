"""Which failures of the database pass by themselves, and which have to be mended by somebody."""

import sqlite3

from sqlalchemy.exc import DBAPIError

BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
PRIMARY = 0xFF  # of a result code of SQLite: the rest says more of the same
CONNECTION = "08"  # the class of PostgreSQL's codes for connections that broke
OF_THE_MOMENT = (
    "40001",  # serialization_failure
    "40P01",  # deadlock_detected
    "57P01",  # admin_shutdown
    "57P02",  # crash_shutdown
    "57P03",  # cannot_connect_now: it is starting
)


def passes(error: BaseException | None) -> bool:
    """Whether the same may go well a little later: the database is locked, starting, or the
    connection broke. What was being committed then may be there or not.

    A full disk and a file that cannot be written to do not pass: somebody has to mend them.
    """
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        return (getattr(cause, "sqlite_errorcode", 0) & PRIMARY) in BUSY
    state = getattr(cause, "sqlstate", "")
    if state is None:  # psycopg had no answer of the server: it could not connect, or was cut off
        return type(cause).__name__ == "OperationalError"
    return state.startswith(CONNECTION) or state in OF_THE_MOMENT
