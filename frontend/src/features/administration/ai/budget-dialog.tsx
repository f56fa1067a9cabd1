import { NativeSelect, NumberInput, TextInput } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { type ReactNode, useState } from "react";
import { Actions } from "@/shared/ui/actions";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { budgetRefusals } from "../refusals";
import classes from "./ai.module.css";
import type { Scope, Tokens } from "./api/list-budgets";
import { setBudget } from "./api/set-budget";
import { useBudgetMutation } from "./use-budget-mutation";

const MOST = 10 ** 12;

export interface BudgetDraft extends Tokens {
  scope: Scope;
  /** Whose it is; empty where a role has still to be chosen. */
  name: string;
}

interface BudgetDialogProps {
  draft: BudgetDraft;
  title: string;
  children: ReactNode;
  /** The roles to choose from, where one has to be chosen; null where nobody may know them. */
  roles?: string[] | null;
  onClose: () => void;
  onDone: (budget: BudgetDraft) => void;
}

/** Sets what may be used a day and a month. */
export function BudgetDialog({
  draft,
  title,
  children,
  roles,
  onClose,
  onDone,
}: BudgetDialogProps) {
  const { t } = useLingui();
  const [name, setName] = useState(draft.name || (roles?.[0] ?? ""));
  const [day, setDay] = useState<string | number>(draft.day);
  const [month, setMonth] = useState<string | number>(draft.month);
  const [checked, setChecked] = useState(false);
  const complete = name !== "" && isAmount(day) && isAmount(month);
  const { mutate, isPending, error } = useBudgetMutation(
    () => setBudget(draft.scope, name, { day: Number(day), month: Number(month) }),
    () => {
      onDone({ scope: draft.scope, name, day: Number(day), month: Number(month) });
    },
  );

  return (
    <Dialog open onClose={onClose} title={title}>
      <form
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setChecked(true);
          if (complete) mutate();
        }}
      >
        {children}
        {roles !== undefined && <RoleChoice roles={roles} name={name} onChoose={setName} />}
        <Amount
          label={t`Tokens a day`}
          value={day}
          wrong={checked && !isAmount(day)}
          onChange={setDay}
        />
        <Amount
          label={t`Tokens a month`}
          value={month}
          wrong={checked && !isAmount(month)}
          onChange={setMonth}
        />
        {error && <ProblemMessage error={error} words={budgetRefusals} />}
        <Actions>
          <Button type="submit" primary busy={isPending}>
            <Trans>Set the budget</Trans>
          </Button>
          <Button onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
        </Actions>
      </form>
    </Dialog>
  );
}

const isAmount = (value: string | number): boolean =>
  value !== "" &&
  Number.isSafeInteger(Number(value)) &&
  Number(value) >= 0 &&
  Number(value) <= MOST;

interface AmountProps {
  label: string;
  value: string | number;
  wrong: boolean;
  onChange: (value: string | number) => void;
}

function Amount({ label, value, wrong, onChange }: AmountProps) {
  const { i18n, t } = useLingui();
  const decimal = i18n.locale === "es" ? "," : ".";
  return (
    <NumberInput
      label={label}
      description={t`0: nothing may be used.`}
      value={value}
      error={wrong && t`A whole number is needed here.`}
      allowDecimal={false}
      allowNegative={false}
      hideControls
      max={MOST}
      decimalSeparator={decimal}
      thousandSeparator={decimal === "," ? "." : ","}
      onChange={onChange}
    />
  );
}

interface RoleChoiceProps {
  roles: string[] | null;
  name: string;
  onChoose: (name: string) => void;
}

function RoleChoice({ roles, name, onChoose }: RoleChoiceProps) {
  const { t } = useLingui();
  if (roles)
    return (
      <NativeSelect
        label={t`Role`}
        value={name}
        data={roles}
        onChange={(event) => {
          onChoose(event.currentTarget.value);
        }}
      />
    );
  return (
    <TextInput
      label={t`Role`}
      maxLength={64}
      autoCapitalize="none"
      value={name}
      onChange={(event) => {
        onChoose(event.currentTarget.value.trim());
      }}
    />
  );
}
