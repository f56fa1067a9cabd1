import { Trans } from "@lingui/react/macro";
import { type ReactNode, useEffect, useState } from "react";
import { Button } from "./button";
import classes from "./waiting.module.css";

const SOON = 4; // seconds after which it is told what is waited for
const LONG = 25;

interface WaitingForModelProps {
  /** What is being done, as long as it does not take long. */
  children: ReactNode;
  /** The place in the line, if the server told one. */
  place?: number | undefined;
  /** Whether it may be that a model has to be loaded first. */
  loads?: boolean;
  onStop?: (() => void) | undefined;
}

/** Tells, when it takes long, what is waited for. */
export function WaitingForModel({
  children,
  place = 0,
  loads = false,
  onStop,
}: WaitingForModelProps) {
  const seconds = useSeconds();
  return (
    <div className={classes.model}>
      <p role="status">
        {place > 0 ? (
          <Trans>Others are before you: you are number {place} in the line.</Trans>
        ) : seconds < SOON ? (
          children
        ) : (
          <Trans>Waiting for the model…</Trans>
        )}{" "}
        {place === 0 && seconds >= SOON && loads && (
          <Trans>
            The model of this server is loaded when it is first needed, which takes up to a minute.
          </Trans>
        )}{" "}
        {seconds >= LONG && <Trans>This takes longer than usual. You may wait on, or stop.</Trans>}
      </p>
      {seconds >= SOON && (
        <span aria-hidden="true" className={classes.seconds}>
          {seconds} s
        </span>
      )}
      {onStop && (
        <Button small onClick={onStop}>
          <Trans>Stop</Trans>
        </Button>
      )}
    </div>
  );
}

function useSeconds(): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const began = Date.now();
    const timer = setInterval(() => {
      setSeconds(Math.floor((Date.now() - began) / 1000));
    }, 1000);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return seconds;
}
