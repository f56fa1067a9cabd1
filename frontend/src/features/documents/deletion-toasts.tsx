import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import { beforeSignOut } from "@/shared/session/before-sign-out";
import classes from "@/shared/signed-in/toasts.module.css";
import { useStore } from "@/shared/store";
import { deleteDocument } from "./api/delete-document";
import { DeletionToast } from "./deletion-toast";
import { type Deletion, deletions, takeBack } from "./deletions";

/** The deletions that can still be taken back, on every page of the app. */
export function DeletionToasts() {
  const waiting = useStore(deletions);
  const queryClient = useQueryClient();

  const carryOut = async ({ id, etag }: Deletion) => {
    await deleteDocument(id, etag);
    queryClient.removeQueries({ queryKey: ["documents", "one", id] });
    await queryClient.invalidateQueries({ queryKey: ["documents"] });
    takeBack(id);
  };

  const finishAll = useEffectEvent(async () => {
    await Promise.all(deletions.get().map(carryOut));
  });
  useEffect(() => {
    const finish = () => finishAll();
    beforeSignOut.add(finish);
    return () => void beforeSignOut.delete(finish);
  }, []);

  return (
    <div role="status" className={classes.group}>
      {waiting.map((deletion) => (
        <DeletionToast key={deletion.id} deletion={deletion} carryOut={carryOut} />
      ))}
    </div>
  );
}
