import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Link } from "react-router";
import { useNumbers } from "@/shared/signed-in/use-numbers";
import { called } from "../called";
import { Face } from "../face";
import classes from "./ai.module.css";
import { type User, VISITORS } from "./use-users";

interface UserRowProps {
  user: User;
  /** What the largest user used. */
  most: number;
  days: number;
}

const NOBODY = { name: null, email: null, picture: null };

export function UserRow({ user, most, days }: UserRowProps) {
  const { t } = useLingui();
  const inFigures = useNumbers();
  const { id, person, tokens, requests } = user;
  const amount = inFigures(tokens);
  const visitors = id === VISITORS;
  return (
    <li className={classes.user}>
      <Face person={visitors ? { ...NOBODY, name: t`Visitors` } : (person ?? NOBODY)} />
      <div>
        <h3>
          {visitors ? (
            <Trans>Visitors, all together</Trans>
          ) : (
            <Link to={`/app/admin/ai/people/${id}?days=${days}`}>
              {person ? called(person) : id}
            </Link>
          )}
        </h3>
        {person?.name && <p className={classes.quiet}>{person.email}</p>}
      </div>
      <div>
        <div className={classes.share} aria-hidden="true">
          <span style={{ width: `${(100 * tokens) / most}%` }} />
        </div>
        <p className={classes.amount}>
          <Trans>{amount} tokens</Trans>{" "}
          <span className={classes.quiet}>
            (<Plural value={requests} one="# request" other="# requests" />)
          </span>
        </p>
      </div>
    </li>
  );
}
