"""Every endpoint of the backend, and who may come in."""

from apiflask import APIFlask

from servicekit.guards import guard_table

EXPECTED = {
    "GET /healthz": "open_to_all",
    "GET /readyz": "open_to_all",
    "GET /metrics": "open_to_all",
    "GET /api/backend/openapi.json": "open_to_all",
    "GET /.well-known/jwks.json": "open_to_all",
    "GET /internal/authorize": "open_to_all",
    "GET /internal/revocations": "open_to_all",
    "POST /internal/token": "open_to_all",
    "POST /internal/google-token": "open_to_all",
    "GET /auth/google": "open_to_all",
    "GET /auth/login": "open_to_all",
    "GET /auth/callback": "open_to_all",
    "POST /auth/logout": "open_to_all",
    "POST /oauth/device_authorization": "open_to_all",
    "POST /oauth/token": "open_to_all",
    "POST /oauth/revoke": "open_to_all",
    "GET /api/account": "signed_in",
    "DELETE /api/account": "signed_in",
    "GET /api/account/export": "signed_in",
    "GET /api/account/sessions": "signed_in",
    "DELETE /api/account/sessions": "signed_in",
    "DELETE /api/account/sessions/{session_id}": "signed_in",
    "GET /api/account/programs": "signed_in",
    "DELETE /api/account/programs/{program_id}": "signed_in",
    "POST /api/account/programs/lookup": "signed_in",
    "POST /api/account/programs/approve": "signed_in",
    "POST /api/account/programs/deny": "signed_in",
    "GET /api/account/tokens": "signed_in",
    "POST /api/account/tokens": "signed_in",
    "DELETE /api/account/tokens/{token_id}": "signed_in",
    "GET /api/account/audit": "signed_in",
    "GET /api/account/google": "signed_in",
    "POST /api/account/google": "signed_in",
    "DELETE /api/account/google": "signed_in",
    "POST /api/invitations/{code}": "signed_in",
    "GET /api/admin/users": "signed_in users:manage",
    "GET /api/admin/users/{user_id}": "signed_in users:manage",
    "PATCH /api/admin/users/{user_id}": "signed_in users:manage",
    "GET /api/admin/roles": "signed_in users:manage",
    "POST /api/admin/roles": "signed_in users:manage",
    "PUT /api/admin/roles/{name}": "signed_in users:manage",
    "DELETE /api/admin/roles/{name}": "signed_in users:manage",
    "GET /api/admin/invitations": "signed_in users:manage",
    "POST /api/admin/invitations": "signed_in users:manage",
    "DELETE /api/admin/invitations/{invitation_id}": "signed_in users:manage",
    "GET /api/admin/operations": "signed_in operations:manage",
    "GET /api/admin/operations/{service}/dead-letters": "signed_in operations:manage",
    "POST /api/admin/operations/{service}/dead-letters/{letter_id}/again": "signed_in operations:manage",
    "DELETE /api/admin/operations/{service}/dead-letters/{letter_id}": "signed_in operations:manage",
    "GET /api/admin/audit": "signed_in audit:read",
    "GET /api/admin/audit/export": "signed_in audit:read",
    "GET /api/admin/audit/overview": "signed_in audit:read",
}


def test_every_endpoint_has_the_guard_that_it_should(app: APIFlask) -> None:
    assert guard_table(app) == EXPECTED
