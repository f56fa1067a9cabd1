import { Trans } from "@lingui/react/macro";
import type { components } from "@/shared/api/backend.gen";
import { When } from "@/shared/ui/when";
import classes from "./programs.module.css";

/** What is known of a program that waits. */
export function ProgramFacts({ program }: { program: components["schemas"]["WaitingProgram"] }) {
  return (
    <dl className={classes.facts}>
      {program.user_agent && (
        <div>
          <dt>
            <Trans>It says of itself</Trans>
          </dt>
          <dd>{program.user_agent}</dd>
        </div>
      )}
      {program.address && (
        <div>
          <dt>
            <Trans>It asks from</Trans>
          </dt>
          <dd>{program.address}</dd>
        </div>
      )}
      <div>
        <dt>
          <Trans>It asked</Trans>
        </dt>
        <dd>
          <When time={program.asked_at} />
        </dd>
      </div>
      <div>
        <dt>
          <Trans>It waits until</Trans>
        </dt>
        <dd>
          <When time={program.expires_at} />
        </dd>
      </div>
    </dl>
  );
}
