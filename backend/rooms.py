"""The rooms of the backend, and who may come into each."""

from backend.account.routes import blueprint as account
from backend.audit.routes import blueprint as history
from backend.audit.routes import everything
from backend.deletion.routes import blueprint as deletion
from backend.door.routes import blueprint as door
from backend.exchange.routes import blueprint as exchange
from backend.export.routes import blueprint as export
from backend.google.connecting import blueprint as connecting
from backend.google.internal import blueprint as google_tokens
from backend.google.routes import blueprint as google
from backend.invitations.routes import acceptance
from backend.invitations.routes import blueprint as invitations
from backend.keys.routes import blueprint as keys
from backend.live.routes import blueprint as live
from backend.operations.routes import blueprint as operations
from backend.people.for_services import blueprint as people_for_services
from backend.people.routes import blueprint as people
from backend.programs.oauth import blueprint as oauth
from backend.programs.routes import blueprint as programs
from backend.revocations.routes import blueprint as revocations
from backend.roles.routes import blueprint as roles
from backend.sessions.routes import blueprint as sessions
from backend.sign_in.routes import blueprint as sign_in
from backend.tokens.routes import blueprint as tokens
from servicekit.guards import Room, open_to_all, services_only, signed_in

ROOMS = (
    Room(door, "/internal", open_to_all),  # reachable for the gateway only
    Room(exchange, "/internal", open_to_all),  # for services only, which prove who they are
    Room(google_tokens, "/internal", open_to_all),  # for services only, which prove who they are
    Room(revocations, "/internal", open_to_all),  # for who holds streams; ids only
    Room(people_for_services, "/internal/people", services_only),
    Room(keys, "/.well-known", open_to_all),
    Room(sign_in, "/auth", open_to_all),
    Room(oauth, "/oauth", open_to_all),
    Room(connecting, "/auth", open_to_all),
    Room(account, "/api/account", signed_in),
    Room(deletion, "/api/account", signed_in),
    Room(export, "/api/account/export", signed_in),
    Room(sessions, "/api/account/sessions", signed_in),
    Room(programs, "/api/account/programs", signed_in),
    Room(tokens, "/api/account/tokens", signed_in),
    Room(history, "/api/account/audit", signed_in),
    Room(live, "/api/account/events", signed_in),
    Room(google, "/api/account/google", signed_in),
    Room(acceptance, "/api/invitations", signed_in),
    Room(people, "/api/admin/users", signed_in),
    Room(roles, "/api/admin/roles", signed_in),
    Room(invitations, "/api/admin/invitations", signed_in),
    Room(everything, "/api/admin/audit", signed_in),
    Room(operations, "/api/admin/operations", signed_in),
)
