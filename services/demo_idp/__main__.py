"""python -m demo_idp web"""

from demo_idp.app import create_app
from demo_idp.settings import DemoSettings
from servicekit.command import main, serve


def web() -> None:
    """Serve the provider; what is wrong with its secrets is told before the server starts."""
    settings = DemoSettings.from_environment()
    create_app(settings)
    serve("demo_idp.app:from_environment", settings)


if __name__ == "__main__":
    main("demo_idp", {"web": web})
