"""python -m backend web | worker | all | migrate | openapi"""

from backend.app import create_app, refuse_another_master_key
from backend.migrate import migrate
from backend.reference import document
from backend.settings import BackendSettings
from backend.worker import work
from servicekit.command import main, serve


def web() -> None:
    settings = BackendSettings.from_environment()
    app = create_app(settings)  # what is wrong with the settings is told here, once, before any worker starts
    refuse_another_master_key(app.extensions["backend"])
    serve("backend.app:from_environment", settings)


main("backend", {"web": web, "worker": work, "migrate": migrate, "openapi": document})
