import { Progress } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { useId } from "react";
import { useNumbers } from "@/shared/signed-in/use-numbers";
import { When } from "@/shared/ui/when";
import type { Period } from "@/shared/signed-in/ai-usage";
import classes from "./usage.module.css";

const NEAR = 0.8;

/** How much of a budget is used, and when there is more. */
export function Budget({ title, period }: { title: string; period: Period }) {
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
      <p className={classes.quiet}>
        <Trans>
          Begins anew <When time={ends_at} />
        </Trans>
      </p>
    </section>
  );
}
