import { Trans } from "@lingui/react/macro";
import { Link } from "react-router";
import type { Job } from "@/shared/signed-in/jobs/job";
import { isOfOne } from "./kinds";

/** Of which document it is made, and who makes it. */
export function JobFacts({ job: { kind, params } }: { job: Job }) {
  const { document, model } = params;
  if (!isOfOne(kind)) return null;
  return (
    <>
      {typeof document === "string" && (
        <li>
          <Link to={`/app/documents/${document}`}>
            <Trans>The document itself</Trans>
          </Link>
        </li>
      )}
      <li>
        {typeof model === "string" ? (
          <Trans>With the model {model}</Trans>
        ) : (
          <Trans>With the dictionaries of Apertium</Trans>
        )}
      </li>
    </>
  );
}
