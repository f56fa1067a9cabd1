import type { Status } from "./api/list-people";
import classes from "./badges.module.css";
import { useStatusNames } from "./use-status-names";

export function StatusBadge({ status }: { status: Status }) {
  const names = useStatusNames();
  return <span className={`${classes.badge} ${classes[status]}`}>{names[status]}</span>;
}
