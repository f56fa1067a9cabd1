import { Plural } from "@lingui/react/macro";
import type { Usage } from "@/shared/api/model-stream";
import classes from "./models.module.css";

interface CostProps {
  model: string | undefined;
  usage: Usage | undefined;
}

/** Who answered, and how many tokens it took. */
export function Cost({ model, usage }: CostProps) {
  const tokens = usage && usage.prompt_tokens + usage.completion_tokens;
  return (
    <span className={classes.quiet}>
      {model}
      {tokens !== undefined && (
        <>
          {" · "}
          <Plural value={tokens} one="# token" other="# tokens" />
        </>
      )}
    </span>
  );
}
