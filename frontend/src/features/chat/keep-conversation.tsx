import { Trans, useLingui } from "@lingui/react/macro";
import { Keep } from "@/shared/signed-in/documents/keep";
import { titleOf } from "@/shared/signed-in/documents/keep-document";
import classes from "./chat.module.css";
import type { Conversation } from "./conversation";
import { bodyOf, firstQuestion } from "./kept-conversation";

interface KeepConversationProps {
  talk: Conversation;
  writing: boolean;
}

export function KeepConversation({ talk, writing }: KeepConversationProps) {
  const { t } = useLingui();
  const body = bodyOf(talk, { you: t`You`, unfinished: t`unfinished` });
  const draft = { title: titleOf(firstQuestion(talk)), body, tags: [t`chat`] };
  return (
    <div className={classes.keep}>
      {/* Another conversation is another document. */}
      <Keep name={`conversation ${talk.id}`} draft={draft} disabled={writing}>
        <Trans>Keep this conversation</Trans>
      </Keep>
    </div>
  );
}
