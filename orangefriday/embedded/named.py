"""What the environment names, a key or a server, is looked at before anything is started."""

import os

import environ
import psycopg
from kombu import Connection

from orangefriday.embedded.keys import is_local
from orangefriday.embedded.problem import CannotStart

PATIENCE_S = 5
SCHEMES = ("postgresql", "postgres", "psql", "pgsql")


def check_named() -> None:
    """Raise `CannotStart` where a key is missing or a named server cannot be used."""
    if not (is_local() or os.environ.get("SECRET_KEY")):
        raise CannotStart("With ALLOWED_HOSTS the site needs a SECRET_KEY of its own: set it.")
    if database := os.environ.get("DATABASE_URL"):
        _check_database(database)
    name = "BROKER_URL" if os.environ.get("BROKER_URL") else "REDIS_URL"
    if broker := os.environ.get(name):
        _check_broker(name, broker)


def _check_database(url: str) -> None:
    if url.partition("://")[0] not in SCHEMES:
        raise CannotStart("DATABASE_URL is not like postgresql://user:password@host/name.")
    config = environ.Env.db_url_config(url)
    named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST"}
    asked = {key: config[part] for key, part in (named | {"port": "PORT"}).items() if config[part]}
    try:
        options = {"connect_timeout": PATIENCE_S} | config.get("OPTIONS", {})
        psycopg.connect(**asked | options).close()
    except psycopg.Error as error:
        said = str(error).strip().partition("\n")[0]
        raise CannotStart(f"The database of DATABASE_URL cannot be used: {said}") from error


def _check_broker(name: str, url: str) -> None:
    options = {"socket_timeout": PATIENCE_S, "socket_connect_timeout": PATIENCE_S}
    try:
        with Connection(
            url.replace("unix://", "redis+socket://"),
            connect_timeout=PATIENCE_S,
            transport_options=options,
        ) as broker:
            broker.ensure_connection(max_retries=1, timeout=PATIENCE_S)
    except Exception as error:  # each transport has its own
        raise CannotStart(f"The broker of {name} cannot be used: {error}") from error
