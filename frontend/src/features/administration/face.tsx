import type { Person } from "./api/list-people";
import classes from "./face.module.css";

interface FaceProps {
  person: Pick<Person, "name" | "email" | "picture">;
  large?: boolean;
}

/** Decoration: the name stands beside it. */
export function Face({ person: { name, email, picture }, large = false }: FaceProps) {
  return (
    <span className={large ? `${classes.face} ${classes.large}` : classes.face} aria-hidden="true">
      {picture ? (
        <img src={picture} alt="" referrerPolicy="no-referrer" />
      ) : (
        (name ?? email ?? "?").slice(0, 1).toUpperCase()
      )}
    </span>
  );
}
