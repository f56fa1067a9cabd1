import { Trans, useLingui } from "@lingui/react/macro";
import { Keep } from "@/shared/signed-in/documents/keep";
import { titleOf } from "@/shared/signed-in/documents/keep-document";
import type { Asked } from "./asked";
import { bodyOf } from "./kept-answer";

export function KeepAnswer({ asked }: { asked: Asked }) {
  const { t } = useLingui();
  const body = bodyOf(asked, { sources: t`Sources`, unfinished: t`unfinished` });
  return (
    <Keep
      name={`answer ${asked.id}`}
      draft={{ title: titleOf(asked.question), body, tags: [t`answer`] }}
    >
      <Trans>Keep this answer</Trans>
    </Keep>
  );
}
