"""python -m backend web | worker | streams | all | migrate | openapi"""

from backend.app import create_app, refuse_another_master_key
from backend.migrate import migrate
from backend.reference import document
from backend.settings import BackendSettings
from backend.worker import work
from servicekit.command import main, serve

SPARE = 16  # threads for who is refused, and for who watches the process
END = 1.0  # seconds in which streams are told that this process ends


def web() -> None:
    settings = BackendSettings.from_environment()
    app = create_app(settings)  # what is wrong with the settings is told here, once, before any worker starts
    refuse_another_master_key(app.extensions["backend"])
    serve("backend.app:from_environment", settings)


def streams() -> None:
    """Live updates hold a thread each: in a process of their own, so that nobody at the door waits behind them."""
    settings = BackendSettings.from_environment()
    create_app(settings)
    own = {"port": settings.streams_port, "threads": settings.streams + SPARE, "workers": 1}
    serve(
        "backend.app:streams_from_environment",
        settings.model_copy(update=own | {"drain": settings.drain or END}),
    )


main("backend", {"web": web, "worker": work, "streams": streams, "migrate": migrate, "openapi": document})
