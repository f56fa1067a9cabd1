import { useLingui } from "@lingui/react/macro";
import { Problem } from "@/shared/api/problem";
import type { Fields } from "./use-editing";

/** What the service refused, by field: its pointers are `/title`, `/body`, `/tags/2`. */
export function useFieldProblems(
  error: unknown,
  fields: Fields,
): Partial<Record<keyof Fields, string | undefined>> {
  const { t } = useLingui();
  if (!(error instanceof Problem)) return {};

  const refused = (field: keyof Fields): string | undefined => {
    const found = [...error.fields].find(([pointer]) => pointer.split("/")[1] === field);
    return found && t`Not accepted: ${found[1]}`;
  };
  return {
    title: fields.title.trim() ? refused("title") : t`Give it a title.`,
    body: refused("body"),
    tags: refused("tags"),
  };
}
