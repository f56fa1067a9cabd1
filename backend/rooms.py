"""The rooms of the backend, and who may come into each."""

from backend.account.routes import blueprint as account
from backend.door.routes import blueprint as door
from backend.keys.routes import blueprint as keys
from backend.sign_in.routes import blueprint as sign_in
from servicekit.guards import Room, open_to_all, signed_in

ROOMS = (
    Room(door, "/internal", open_to_all),  # reachable for the gateway only
    Room(keys, "/.well-known", open_to_all),
    Room(sign_in, "/auth", open_to_all),
    Room(account, "/api/account", signed_in),
)
