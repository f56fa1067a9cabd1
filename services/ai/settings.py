"""Settings of the AI service; nothing else here reads the environment."""

from servicekit.settings import Settings as CommonSettings


class Settings(CommonSettings):
    """See servicekit.settings; the database is this service's own."""

    database_url: str = "sqlite:///var/ai.db"
