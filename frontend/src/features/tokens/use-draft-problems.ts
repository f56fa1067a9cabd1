import { useLingui } from "@lingui/react/macro";
import { Problem } from "@/shared/api/problem";
import { type Draft, lacksDate } from "./draft";

interface DraftProblems {
  name: string | undefined;
  permissions: string | undefined;
  expiry: string | undefined;
  /** There is something that the server need not be asked about. */
  blocking: boolean;
}

/** What is missing, and what the server refused: its pointers are `/name`, `/permissions/2`, `/expires_at`. */
export function useDraftProblems(draft: Draft, error: unknown): DraftProblems {
  const { t } = useLingui();
  const refused = (field: string): string | undefined => {
    if (!(error instanceof Problem)) return undefined;
    const found = [...error.fields].find(([pointer]) => pointer.split("/")[1] === field);
    return found && t`Not accepted: ${found[1]}`;
  };
  const none = draft.permissions.length === 0 ? t`Choose at least one.` : undefined;
  const noDate = lacksDate(draft) ? t`Choose a day.` : undefined;

  return {
    name: refused("name"),
    permissions: none ?? refused("permissions"),
    expiry: noDate ?? refused("expires_at"),
    blocking: none !== undefined || noDate !== undefined,
  };
}
