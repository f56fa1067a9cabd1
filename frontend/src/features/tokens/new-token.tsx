import { TextInput } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef } from "react";
import { Link } from "react-router";
import type { components } from "@/shared/api/backend.gen";
import { CopyButton } from "@/shared/signed-in/copy-button";
import { Actions } from "@/shared/ui/actions";
import buttons from "@/shared/ui/button.module.css";
import { PageHeading } from "@/shared/ui/page-heading";
import classes from "./tokens.module.css";

/** The only moment at which the text of a token is seen. */
export function NewToken({ made }: { made: components["schemas"]["NewToken"] }) {
  const { t } = useLingui();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    window.scrollTo(0, 0);
    field.current?.focus({ preventScroll: true });
  }, []);

  return (
    <div className={classes.form}>
      <PageHeading title={t`Copy your token now`} />
      <p role="status" className={classes.once}>
        <Trans>
          “{made.name}” is made. Its text is shown this once: Zaguán keeps only a fingerprint of it.
          Whoever has the text can act for you, so keep it like a password.
        </Trans>
      </p>
      <TextInput
        ref={field}
        label={t`Access token`}
        size="md"
        readOnly
        spellCheck={false}
        autoComplete="off"
        classNames={{ input: classes.text }}
        value={made.token}
        onFocus={(event) => {
          event.currentTarget.select();
        }}
      />
      <Actions>
        <CopyButton primary text={made.token}>
          <Trans>Copy</Trans>
        </CopyButton>
        <Link to="/app/account/tokens" className={buttons.button}>
          <Trans>I have it</Trans>
        </Link>
      </Actions>
      <section aria-labelledby="use">
        <h2 id="use">
          <Trans>How a program shows it</Trans>
        </h2>
        <pre className={classes.example}>
          {`curl -H "Authorization: Bearer $TOKEN" ${window.location.origin}/api/account`}
        </pre>
      </section>
    </div>
  );
}
