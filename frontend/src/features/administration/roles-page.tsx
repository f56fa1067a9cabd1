import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { DoneNotice } from "@/shared/signed-in/done-notice";
import { useKept } from "@/shared/signed-in/use-kept";
import { Button } from "@/shared/ui/button";
import { PageHeading } from "@/shared/ui/page-heading";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { Waiting } from "@/shared/ui/waiting";
import { rolesQuery } from "./api/list-roles";
import { RemoveRoleDialog } from "./remove-role-dialog";
import { type RoleDraft, RoleDialog } from "./role-dialog";
import { RoleMatrix } from "./role-matrix";
import classes from "./roles-page.module.css";

export function RolesPage() {
  const { t } = useLingui();
  const roles = useQuery(rolesQuery);
  const { kept, keep } = useKept<RoleDraft>("role");
  const [draft, setDraft] = useState(kept);
  const [removing, setRemoving] = useState<string>();
  const [done, setDone] = useState<string>();
  const role = roles.data?.items.find(({ name }) => name === removing);

  return (
    <>
      <div className={classes.top}>
        <PageHeading title={t`Roles`} />
        <Button
          primary
          onClick={() => {
            setDraft({ name: "", permissions: [], existing: false });
          }}
        >
          <Trans>Make a role</Trans>
        </Button>
      </div>
      <p>
        <Trans>
          A role is a set of permissions; whoever has several may do what any of them allows. The
          built-in ones belong to the platform and stay as they are.
        </Trans>
      </p>
      {done && <DoneNotice>{done}</DoneNotice>}
      {roles.isPending && <Waiting />}
      {roles.isError && <ProblemMessage error={roles.error} retry={() => void roles.refetch()} />}
      {roles.data && (
        <RoleMatrix
          roles={roles.data.items}
          permissions={roles.data.permissions}
          onChange={({ name, permissions }) => {
            setDraft({ name, permissions, existing: true });
          }}
          onRemove={({ name }) => {
            setRemoving(name);
          }}
        />
      )}
      {draft && roles.data && (
        <RoleDialog
          draft={draft}
          roles={roles.data}
          onClose={() => {
            setDraft(null);
          }}
          onDone={(name) => {
            setDraft(null);
            setDone(
              draft.existing ? t`The role “${name}” is changed.` : t`The role “${name}” is made.`,
            );
          }}
          onLeave={keep}
        />
      )}
      {role && (
        <RemoveRoleDialog
          role={role}
          onClose={() => {
            setRemoving(undefined);
          }}
          onDone={() => {
            setRemoving(undefined);
            setDone(t`The role “${role.name}” is removed.`);
          }}
        />
      )}
    </>
  );
}
