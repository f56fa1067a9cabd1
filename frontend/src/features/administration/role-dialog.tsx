import { Checkbox, TextInput } from "@mantine/core";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { components } from "@/shared/api/backend.gen";
import { may } from "@/shared/session/account";
import { useAccount } from "@/shared/session/account-context";
import { asksToSignInAgain, SignInAgain } from "@/shared/signed-in/sign-in-again";
import { usePermissionNames } from "@/shared/signed-in/use-permission-names";
import { Actions } from "@/shared/ui/actions";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { changeRole } from "./api/change-role";
import { createRole } from "./api/create-role";
import { roleRefusals } from "./refusals";
import classes from "./roles-page.module.css";
import { useRoleMutation } from "./use-role-mutation";

export interface RoleDraft {
  name: string;
  permissions: string[];
  /** Whether it is a role that there is already. */
  existing: boolean;
}

interface RoleDialogProps {
  draft: RoleDraft;
  roles: components["schemas"]["Roles"];
  onClose: () => void;
  onDone: (name: string) => void;
  /** The person leaves to sign in again. */
  onLeave: (draft: RoleDraft) => void;
}

const NAME = /^[a-z][a-z0-9-]{0,63}$/;

/** Makes a role, or changes what one allows. */
export function RoleDialog({ draft, roles, onClose, onDone, onLeave }: RoleDialogProps) {
  const { t } = useLingui();
  const account = useAccount();
  const nameOf = usePermissionNames();
  const [name, setName] = useState(draft.name);
  const [permissions, setPermissions] = useState(draft.permissions);
  const [checked, setChecked] = useState(false);
  const send = draft.existing ? changeRole : createRole;
  const { mutate, isPending, error } = useRoleMutation(
    () => send(name, permissions),
    () => {
      onDone(name);
    },
  );
  const wrongName = checked && !NAME.test(name);
  const again = asksToSignInAgain(error);
  const before = roles.items.find((role) => role.name === draft.name);

  return (
    <Dialog
      open
      onClose={onClose}
      title={draft.existing ? t`Change the role “${name}”` : t`Make a role`}
    >
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          setChecked(true);
          if (NAME.test(name)) mutate();
        }}
      >
        {!draft.existing && (
          <TextInput
            label={t`Name`}
            description={t`Small letters, digits and hyphens, such as “editor”.`}
            error={wrongName && t`Begin with a small letter; then letters, digits and hyphens.`}
            maxLength={64}
            autoCapitalize="none"
            value={name}
            onChange={(event) => {
              setName(event.currentTarget.value);
            }}
          />
        )}
        <Checkbox.Group label={t`It allows`} value={permissions} onChange={setPermissions}>
          <div className={classes.choices}>
            {roles.permissions.map((permission) => {
              const beyond = !may(account, permission.name);
              return (
                <Checkbox
                  key={permission.name}
                  value={permission.name}
                  label={nameOf(permission.name)}
                  disabled={beyond}
                  description={beyond && t`You may not do this yourself.`}
                />
              );
            })}
          </div>
        </Checkbox.Group>
        {draft.existing && (
          <p>
            <Plural
              value={before?.people ?? 0}
              _0="Nobody has this role at the moment."
              one="It counts for the # person who has it, at every service within two seconds."
              other="It counts for the # people who have it, at every service within two seconds."
            />
          </p>
        )}
        {again && (
          <SignInAgain
            onLeave={() => {
              onLeave({ name, permissions, existing: draft.existing });
            }}
          />
        )}
        {error && !again && <ProblemMessage error={error} words={roleRefusals} />}
        <Actions>
          {!again && (
            <Button type="submit" primary busy={isPending}>
              {draft.existing ? <Trans>Change the role</Trans> : <Trans>Make the role</Trans>}
            </Button>
          )}
          <Button onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
        </Actions>
      </form>
    </Dialog>
  );
}
