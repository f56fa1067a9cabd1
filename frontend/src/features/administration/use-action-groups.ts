import { useLingui } from "@lingui/react/macro";

/** What one may look for in the audit: an action, or how several begin. */
export function useActionGroups(): { value: string; label: string }[] {
  const { t } = useLingui();
  return [
    { value: "", label: t`Everything` },
    { value: "sign_in.succeeded", label: t`Sign-ins` },
    { value: "sign_in.refused", label: t`Refused sign-ins` },
    { value: "sign_out", label: t`Sign-outs` },
    { value: "session.", label: t`Devices signed out` },
    { value: "token.", label: t`Access tokens` },
    { value: "program.", label: t`Programs` },
    { value: "account.", label: t`Own data and deletions` },
    { value: "user.", label: t`Status and roles of people` },
    { value: "role.", label: t`Roles made, changed, removed` },
    { value: "invitation.", label: t`Invitations` },
    { value: "google.", label: t`Connections to Google` },
    { value: "ai.", label: t`AI budgets` },
    { value: "operations.", label: t`Dead letters` },
    { value: "audit.", label: t`The audit itself` },
    { value: "keys.", label: t`Signing keys` },
    { value: "secrets.", label: t`Secrets` },
  ];
}
