import { Trans } from "@lingui/react/macro";
import { useSyncExternalStore } from "react";
import classes from "./offline-notice.module.css";

function subscribe(listener: () => void) {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}

/** Says that the network is gone, and that nothing typed is lost by it. */
export function OfflineNotice() {
  const online = useSyncExternalStore(subscribe, () => navigator.onLine);
  return (
    <div role="status" className={classes.notice}>
      {!online && (
        <Trans>You are offline. What you type is kept until the connection is back.</Trans>
      )}
    </div>
  );
}
