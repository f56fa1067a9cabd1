import { useLingui } from "@lingui/react/macro";
import type { Job } from "@/shared/signed-in/jobs/job";

/** What a job is called, after what it makes. */
export function useJobName(): (job: Job) => string {
  const { t } = useLingui();
  return ({ kind, params }) => {
    const title = typeof params.title === "string" ? params.title : "…";
    switch (kind) {
      case "summarise":
        return t`Summary of “${title}”`;
      case "translate":
        return params.into === "es" ? t`“${title}” in Spanish` : t`“${title}” in English`;
      case "tag":
        return t`Tags for all documents`;
      case "index":
        return t`New index of all documents`;
      default:
        return kind;
    }
  };
}
