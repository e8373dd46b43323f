"""The database behind an address: whether it can be used, and made where it is ours to make."""

import re
import warnings

import environ
import psycopg

from .binaries import OLDEST
from .faults import Fault

EXAMPLE = "postgres://user:password@localhost:5432/fibro"
TIMEOUT = 10


def require(url: str) -> None:
    """Refuse a DATABASE_URL that will not do, with a line on what is wrong with it."""
    wanted = _parsed(url)
    place = f"{wanted['HOST'] or 'the local socket'}:{wanted['PORT'] or 5432}"
    try:
        with _connect(wanted) as connection:
            version = connection.info.server_version // 10000
    except psycopg.Error as error:
        raise Fault(f"DATABASE_URL: {_reason(str(error), wanted['NAME'], place)}") from None
    if version < OLDEST:
        raise Fault(
            f"DATABASE_URL: {place} is PostgreSQL {version}; fibro needs {OLDEST} or newer."
        )


def make(url: str) -> None:
    """Make the database in a server of our own, if it is not there yet."""
    wanted = _parsed(url)
    with _connect(wanted | {"NAME": "postgres"}) as connection:
        name = wanted["NAME"]
        known = "SELECT 1 FROM pg_database WHERE datname = %s"
        if not connection.execute(known, [name]).fetchone():
            identifier = psycopg.sql.Identifier(name)
            connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(identifier))


def _parsed(url: str) -> dict:
    """The parts of the address, read as the settings read them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            parts = environ.Env.db_url_config(url)
        except ValueError:
            parts = {}
    if not parts.get("ENGINE", "").endswith("postgresql") or not parts.get("NAME"):
        raise Fault(f"DATABASE_URL is not the address of a PostgreSQL database: {EXAMPLE}")
    return parts


def _connect(parts: dict) -> psycopg.Connection:
    options = {"connect_timeout": TIMEOUT} | parts.get("OPTIONS", {})
    return psycopg.connect(
        host=parts["HOST"] or None,
        port=parts["PORT"] or None,
        user=parts["USER"] or None,
        password=parts["PASSWORD"] or None,
        dbname=parts["NAME"],
        autocommit=True,
        **options,
    )


def _reason(text: str, name: str, place: str) -> str:
    if re.search(r'database ".*" does not exist', text):
        return f"the server has no database {name}. Make it: createdb {name}"
    if re.search(r"password|authentication|role .* does not exist|no pg_hba.conf entry", text):
        return f"{place} refuses this user or password. Correct them in DATABASE_URL."
    if re.search(r"resolve|translate|Name or service", text):
        return f"{place} is not a known host. Correct it in DATABASE_URL."
    if re.search(r"refused|timeout|timed out|No such file|unreachable", text):
        return f"nothing answers at {place}. Start that server, or unset DATABASE_URL."
    return text.strip().splitlines()[-1]
