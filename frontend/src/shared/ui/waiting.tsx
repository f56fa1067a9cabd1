import { Trans } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import classes from "./waiting.module.css";

const LONG = 5_000; // milliseconds

/** Shown while an answer is on its way, and not at all if it comes at once. */
export function Waiting() {
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      setLong(true);
    }, LONG);
    return () => {
      clearTimeout(timer);
    };
  }, []);
  return (
    <p role="status" className={classes.waiting}>
      <Trans>One moment…</Trans>
      {long && (
        <>
          {" "}
          <Trans>The server takes longer than usual to answer.</Trans>
        </>
      )}
    </p>
  );
}
