import { Menu } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import type { Wish } from "@/shared/signed-in/ai-jobs/api/begin-job";
import { refusalWords } from "@/shared/signed-in/ai-jobs/refusals";
import { useBeginning } from "@/shared/signed-in/ai-jobs/use-beginning";
import { Button } from "@/shared/ui/button";
import { ProblemMessage } from "@/shared/ui/problem-message";
import classes from "./document.module.css";

/** What can be made of a document; each choice begins the job and leads to it. */
export function AiMenu({ documentId }: { documentId: string }) {
  const { t } = useLingui();
  const beginning = useBeginning();
  const choices: { name: string; wish: Wish }[] = [
    { name: t`Summarise`, wish: { kind: "summarise" } },
    { name: t`Translate into Spanish`, wish: { kind: "translate", into: "es" } },
    { name: t`Translate into English`, wish: { kind: "translate", into: "en" } },
  ];
  return (
    <>
      {/* Inside the page, and not at its end: there it would be outside of the main part. */}
      <Menu
        position="bottom-start"
        withinPortal={false}
        withInitialFocusPlaceholder={false}
        returnFocus
      >
        <Menu.Target>
          <Button busy={beginning.isPending}>
            <Trans>Use AI</Trans>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {choices.map(({ name, wish }) => (
            <Menu.Item
              key={name}
              onClick={() => {
                beginning.mutate({ ...wish, document: documentId });
              }}
            >
              {name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {beginning.isError && (
        <div className={classes.wide}>
          <ProblemMessage error={beginning.error} words={refusalWords(beginning.error)} />
        </div>
      )}
    </>
  );
}
