import { Tabs, Textarea } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Markdown } from "@/shared/ui/markdown";
import classes from "./document.module.css";

interface BodyFieldProps {
  body: string;
  error: string | undefined;
  onChange: (body: string) => void;
}

/** Markdown to write, and how it will read. */
export function BodyField({ body, error, onChange }: BodyFieldProps) {
  const { t } = useLingui();
  const [tab, setTab] = useState<string | null>("write");
  return (
    <Tabs value={tab} onChange={setTab} keepMounted={false}>
      <Tabs.List>
        <Tabs.Tab value="write">
          <Trans>Write</Trans>
        </Tabs.Tab>
        <Tabs.Tab value="preview">
          <Trans>Preview</Trans>
        </Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="write" pt="md">
        <Textarea
          label={t`Text`}
          description={t`In Markdown: **bold**, *italic*, # heading, - list.`}
          size="md"
          autosize
          minRows={12}
          maxRows={30}
          spellCheck
          value={body}
          error={error}
          className={classes.body}
          onChange={(event) => {
            onChange(event.currentTarget.value);
          }}
        />
      </Tabs.Panel>
      <Tabs.Panel value="preview" pt="md">
        <div className={classes.sheet}>
          {body.trim() ? <Markdown text={body} below /> : <Trans>Nothing written yet.</Trans>}
        </div>
      </Tabs.Panel>
    </Tabs>
  );
}
