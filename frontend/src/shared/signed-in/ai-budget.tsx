import { Progress } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { useId } from "react";
import { When } from "@/shared/ui/when";
import classes from "./ai-use.module.css";
import { NEAR, type Period } from "./ai-usage";
import { useNumbers } from "./use-numbers";
import { usePercent } from "./use-percent";

/** How much of a budget is used, and when there is more. */
export function AiBudget({ title, period }: { title: string; period: Period }) {
  const { t } = useLingui();
  const inFigures = useNumbers();
  const titleId = useId();
  const { limit, used, reserved, left, ends_at } = period;
  const share = limit > 0 ? Math.min(1, (limit - left) / limit) : 1;
  const [usedText, limitText, leftText] = [used, limit, left].map(inFigures);
  return (
    <section className={classes.budget} aria-labelledby={titleId}>
      <h2 id={titleId}>{title}</h2>
      <Progress.Root size="lg" radius="xl">
        <Progress.Section
          value={share * 100}
          color={share >= NEAR ? "var(--clay)" : "var(--door)"}
          aria-label={t`${usedText} of ${limitText} tokens used`}
        />
      </Progress.Root>
      <p>
        <Trans>
          {usedText} of {limitText} tokens used; {leftText} left.
        </Trans>
        {reserved > 0 && (
          <>
            {" "}
            <Trans>{inFigures(reserved)} are set aside for what runs now.</Trans>
          </>
        )}
      </p>
      <HowFull period={period} />
      <p className={classes.quiet}>
        <Trans>
          Begins anew <When time={ends_at} />
        </Trans>
      </p>
    </section>
  );
}

/** In words what the colour says, too. */
function HowFull({ period: { limit, used } }: { period: Period }) {
  const percent = usePercent()(used, limit);
  if (limit === 0 || used < limit * NEAR) return null;
  return (
    <p className={classes.near}>
      {used < limit ? <Trans>{percent} of it is used.</Trans> : <Trans>All of it is used.</Trans>}
    </p>
  );
}
