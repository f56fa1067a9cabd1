import rows from "@/shared/signed-in/rows.module.css";
import type { Job } from "./jobs";
import { useStateWords } from "./use-state-words";

export function StateBadge({ state }: { state: Job["state"] }) {
  const words = useStateWords();
  const wrong = state === "failed" ? rows.warning : "";
  return <span className={`${rows.badge} ${wrong}`}>{words(state)}</span>;
}
