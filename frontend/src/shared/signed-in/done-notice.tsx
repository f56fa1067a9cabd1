import { type ReactNode, useEffect, useRef } from "react";
import classes from "./rows.module.css";

/** Says what was done. The button that did it is often gone then, so the focus comes here. */
export function DoneNotice({ children }: { children: ReactNode }) {
  const notice = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    notice.current?.focus();
  }, [children]);

  return (
    <p ref={notice} role="status" tabIndex={-1} className={classes.done}>
      {children}
    </p>
  );
}
