import { msg } from "@lingui/core/macro";
import type { MessageDescriptor } from "@lingui/core";
import { useLingui } from "@lingui/react/macro";

const names: Record<string, MessageDescriptor> = {
  "documents:read": msg`Read one’s own documents`,
  "documents:write": msg`Write one’s own documents`,
  "ai:use": msg`Use the AI services`,
  "ai:manage": msg`Set the budgets of the AI services`,
  "models:read": msg`See the models`,
  "models:manage": msg`Manage the models`,
  "users:manage": msg`Manage people`,
  "audit:read": msg`Read the audit log`,
  "operations:manage": msg`Look after what waits between services`,
  "account:tokens": msg`See and revoke your access tokens`,
};

/** A permission in words; one that is new since this build shows its own name. */
export function usePermissionNames(): (permission: string) => string {
  const { i18n } = useLingui();
  return (permission) => {
    const name = names[permission];
    return name ? i18n._(name) : permission;
  };
}
