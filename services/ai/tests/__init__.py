"""Tests of the AI service, on SQLite and on MariaDB."""
