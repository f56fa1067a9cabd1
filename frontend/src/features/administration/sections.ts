import { msg } from "@lingui/core/macro";
import type { MessageDescriptor } from "@lingui/core";
import { type Account, may } from "@/shared/session/account";

export interface Section {
  path: string;
  permission: string;
  name: MessageDescriptor;
}

/** The rooms of the administration, each with the permission that opens it. */
const sections: Section[] = [
  { path: "overview", permission: "audit:read", name: msg`Overview` },
  { path: "people", permission: "users:manage", name: msg`People` },
  { path: "roles", permission: "users:manage", name: msg`Roles` },
  { path: "invitations", permission: "users:manage", name: msg`Invitations` },
  { path: "audit", permission: "audit:read", name: msg`Audit` },
  { path: "ai", permission: "ai:manage", name: msg`AI` },
  { path: "operations", permission: "operations:manage", name: msg`Operations` },
];

/** Those that this person may enter; none: there is no administration for them. */
export const sectionsFor = (account: Account): Section[] =>
  sections.filter(({ permission }) => may(account, permission));

/** The one that an address belongs to. */
export const sectionAt = (pathname: string): Section | undefined =>
  sections.find(({ path }) => pathname.split("/")[3] === path);
