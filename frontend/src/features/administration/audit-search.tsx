import { NativeSelect, TextInput } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { type ChangeEvent, useState } from "react";
import { Button } from "@/shared/ui/button";
import type { AuditForm } from "./audit-filter";
import classes from "./audit-page.module.css";
import { useActionGroups } from "./use-action-groups";

interface AuditSearchProps {
  /** What the address asks for. */
  asked: AuditForm;
  /** How the person of an id is called, where that is known. */
  personName: string | undefined;
  onSearch: (form: AuditForm) => void;
}

export function AuditSearch({ asked, personName, onSearch }: AuditSearchProps) {
  const { t } = useLingui();
  const { form, set } = useForm(asked);
  const groups = useActionGroups();
  const known = groups.some(({ value }) => value === form.action);

  return (
    <form
      role="search"
      aria-label={t`Search the audit`}
      className={classes.search}
      onSubmit={(event) => {
        event.preventDefault();
        onSearch(form);
      }}
    >
      <TextInput
        label={t`Person`}
        description={personName ?? t`E-mail address or id`}
        inputWrapperOrder={["label", "input", "description"]}
        maxLength={254}
        value={form.person}
        onChange={set("person")}
      />
      <NativeSelect
        label={t`What happened`}
        value={form.action}
        data={known ? groups : [...groups, form.action]}
        onChange={set("action")}
      />
      <TextInput
        label={t`Request id`}
        description={t`An error message tells it`}
        inputWrapperOrder={["label", "input", "description"]}
        maxLength={64}
        value={form.request_id}
        onChange={set("request_id")}
      />
      <TextInput type="date" label={t`From`} value={form.from} onChange={set("from")} />
      <TextInput type="date" label={t`To`} value={form.to} onChange={set("to")} />
      <div className={classes.submit}>
        <Button type="submit" primary>
          <Trans>Search</Trans>
        </Button>
      </div>
    </form>
  );
}

/** The fields as they are typed; a link that leads to another search fills them anew. */
function useForm(asked: AuditForm) {
  const [form, setForm] = useState(asked);
  const [seen, setSeen] = useState(asked);
  if (JSON.stringify(seen) !== JSON.stringify(asked)) {
    setSeen(asked);
    setForm(asked);
  }
  const set =
    (name: keyof AuditForm) => (event: ChangeEvent<HTMLInputElement | HTMLSelectElement>) => {
      setForm({ ...form, [name]: event.currentTarget.value });
    };
  return { form, set };
}
