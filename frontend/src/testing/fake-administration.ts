import type { components } from "@/shared/api/backend.gen";
import { json, member } from "./fake-platform";

type Schemas = components["schemas"];

const permissions = [
  "documents:read",
  "documents:write",
  "models:read",
  "users:manage",
  "audit:read",
];

export const admin: Schemas["Account"] = {
  ...member,
  id: "0192-ada",
  name: "Ada",
  email: "ada@demo.example",
  roles: ["admin"],
  permissions,
};

export const pau: Schemas["Person"] = {
  id: "0192-pau",
  name: "Pau",
  email: "pau@elsewhere.example",
  email_verified: false,
  picture: null,
  status: "pending",
  roles: [],
  created_at: "2026-11-01T10:00:00Z",
  last_seen_at: null,
  deletion: null,
};

export const roles: Schemas["Roles"] = {
  permissions: permissions.map((name) => ({ name, description: name })),
  items: [
    { name: "admin", built_in: true, people: 1, permissions },
    {
      name: "member",
      built_in: true,
      people: 4,
      permissions: ["documents:read", "documents:write"],
    },
    { name: "reader", built_in: false, people: 2, permissions: ["documents:read"] },
  ],
};

export const entry: Schemas["AuditEntry"] = {
  id: "0192-entry",
  at: "2026-11-25T10:00:00Z",
  action: "user.role_given",
  actor: { id: admin.id, name: "Ada", email: "ada@demo.example" },
  target: { id: pau.id, name: "Pau", email: "pau@elsewhere.example" },
  address: "192.0.2.7",
  request_id: "req-7",
  detail: { role: "reader" },
};

/** Everything that an administrator's pages ask for at first: one person who waits, three roles. */
export const administration = {
  "GET /api/account": () => json(admin),
  "GET /api/admin/users": () => json({ items: [pau], next: null }),
  [`GET /api/admin/users/${pau.id}`]: () => json(pau),
  [`GET /api/admin/users/${admin.id}`]: () =>
    json({ ...pau, ...admin, last_seen_at: null, created_at: pau.created_at }),
  "GET /api/admin/roles": () => json(roles),
  "GET /api/admin/invitations": () => json({ items: [], next: null }),
  "GET /api/admin/audit": () => json({ items: [entry], next: null }),
};
