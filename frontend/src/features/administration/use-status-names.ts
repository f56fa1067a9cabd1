import { useLingui } from "@lingui/react/macro";
import type { Status } from "./api/list-people";

export function useStatusNames(): Record<Status, string> {
  const { t } = useLingui();
  return {
    pending: t`Waiting`,
    active: t`Active`,
    suspended: t`Suspended`,
    deleting: t`Being deleted`,
  };
}
