"""The database of the application that answers this request."""

from flask import current_app

from servicekit.database import Database


def database() -> Database:
    found: Database = current_app.extensions["database"]
    return found
