"""Administration from the command line: `python -m backend.admin users|roles|invitations|keys|secrets|audit …`

It works on the database itself, so it is for who runs the platform. The rules are those of the API, but for the fresh
sign-in; each change is in the audit. In containers the command is called `zaguan-admin`.
"""

from backend.admin.command import main

__all__ = ["main"]
