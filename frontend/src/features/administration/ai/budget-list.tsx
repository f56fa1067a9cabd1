import { Trans, useLingui } from "@lingui/react/macro";
import { type ReactNode, useState } from "react";
import { Link } from "react-router";
import rows from "@/shared/signed-in/rows.module.css";
import { useNumbers } from "@/shared/signed-in/use-numbers";
import { Button } from "@/shared/ui/button";
import { called } from "../called";
import classes from "./ai.module.css";
import type { SetBudget, Tokens } from "./api/list-budgets";
import { useNames } from "./use-names";
import { useWhose } from "./use-whose";

const AT_ONCE = 50;

interface BudgetListProps {
  items: SetBudget[];
  /** What holds where nothing was set. */
  fallback: Tokens;
  /** The roles that there are; null where that is not known. */
  roles: string[] | null;
  onChange: (budget: SetBudget) => void;
  onRemove: (budget: SetBudget) => void;
}

/** From the most general to single people. */
export function BudgetList({ items, fallback, roles, onChange, onRemove }: BudgetListProps) {
  const [most, setMost] = useState(AT_ONCE);
  const { t } = useLingui();
  const whose = useWhose();
  const nameOfRole = (name: string) => t`Role “${name}”`;
  const of = (scope: SetBudget["scope"]) => items.filter((item) => item.scope === scope);
  const [everyone] = of("everyone");
  const people = of("person");
  const names = useNames(people.slice(0, most).map(({ name }) => name));
  const tools = (budget: SetBudget) => (
    <RowTools budget={budget} name={whose(budget)} onChange={onChange} onRemove={onRemove} />
  );
  return (
    <>
      <ul className={rows.rows}>
        {everyone ? (
          <Row budget={everyone} tools={tools(everyone)}>
            <Trans>Everyone</Trans>
          </Row>
        ) : (
          <Row budget={fallback} tools={<SetForAll fallback={fallback} onChange={onChange} />}>
            <Trans>Everyone</Trans>{" "}
            <span className={classes.quiet}>
              <Trans>(the server’s own setting)</Trans>
            </span>
          </Row>
        )}
        {of("role").map((budget) => (
          <Row key={`role ${budget.name}`} budget={budget} tools={tools(budget)}>
            {nameOfRole(budget.name)}{" "}
            {roles && !roles.includes(budget.name) && (
              <span className={classes.quiet}>
                <Trans>(there is no such role)</Trans>
              </span>
            )}
          </Row>
        ))}
        {people.slice(0, most).map((budget) => {
          const person = names.get(budget.name);
          return (
            <Row key={budget.name} budget={budget} tools={tools(budget)}>
              <Link to={`/app/admin/ai/people/${budget.name}`}>
                {person ? called(person) : budget.name}
              </Link>
            </Row>
          );
        })}
      </ul>
      {people.length > most && (
        <p className={classes.more}>
          <Button
            onClick={() => {
              setMost(most + AT_ONCE);
            }}
          >
            <Trans>Show more</Trans>
          </Button>
        </p>
      )}
    </>
  );
}

interface RowProps {
  budget: Tokens;
  tools: ReactNode;
  /** Whose it is. */
  children: ReactNode;
}

function Row({ budget, tools, children }: RowProps) {
  const inFigures = useNumbers();
  const [day, month] = [budget.day, budget.month].map(inFigures);
  return (
    <li className={rows.row}>
      <div>
        <h2>{children}</h2>
        <ul className={rows.facts}>
          <li>
            <Trans>{day} tokens a day</Trans>
          </li>
          <li>
            <Trans>{month} tokens a month</Trans>
          </li>
        </ul>
      </div>
      {tools}
    </li>
  );
}

function SetForAll({ fallback, onChange }: Pick<BudgetListProps, "fallback" | "onChange">) {
  const { t } = useLingui();
  return (
    <div className={classes.rowTools}>
      <Button
        small
        aria-label={t`Set a budget for everyone`}
        onClick={() => {
          onChange({ scope: "everyone", name: "all", ...fallback });
        }}
      >
        <Trans>Set a budget</Trans>
      </Button>
    </div>
  );
}

interface RowToolsProps {
  budget: SetBudget;
  /** Whose it is. */
  name: string;
  onChange: (budget: SetBudget) => void;
  onRemove: (budget: SetBudget) => void;
}

function RowTools({ budget, name, onChange, onRemove }: RowToolsProps) {
  const { t } = useLingui();
  return (
    <div className={classes.rowTools}>
      <Button
        small
        aria-label={t`Change the budget of ${name}`}
        onClick={() => {
          onChange(budget);
        }}
      >
        <Trans>Change</Trans>
      </Button>
      <Button
        small
        aria-label={t`Remove the budget of ${name}`}
        onClick={() => {
          onRemove(budget);
        }}
      >
        <Trans>Remove</Trans>
      </Button>
    </div>
  );
}
