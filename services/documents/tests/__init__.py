"""Tests of the documents service, on SQLite and on MariaDB."""
