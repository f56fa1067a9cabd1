import type { ReactNode } from "react";
import classes from "./operations.module.css";

export interface Fact {
  name: string;
  value: ReactNode;
  /** Somebody should look at it. */
  bad?: boolean;
}

/** A few figures with their names. */
export function Facts({ facts }: { facts: Fact[] }) {
  return (
    <dl className={classes.facts}>
      {facts.map(({ name, value, bad = false }) => (
        <div key={name} data-bad={bad}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
