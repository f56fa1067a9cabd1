import { Trans } from "@lingui/react/macro";
import { Fragment } from "react";
import classes from "./chat.module.css";
import { useFollowing } from "./use-following";
import { type Conversation, halfWay, lastQuestion } from "./conversation";
import { AnswerTurn, QuestionTurn } from "./turn-view";

interface TurnsProps {
  talk: Conversation;
  /** Whether the model may have to be loaded first. */
  loads: boolean;
  onAgain: () => void;
  onForget: () => void;
  onEdit: (text: string) => void;
}

/** What is written is told to a screen reader when it is whole, by the turn itself. */
export function Turns({ talk, loads, onAgain, onForget, onEdit }: TurnsProps) {
  const { turns, from } = talk;
  const writing = turns.at(-1)?.state === "writing";
  useFollowing(talk);
  return (
    <ol className={classes.turns}>
      {turns.map((turn, place) => (
        <Fragment key={turn.id}>
          {place === from && from > 0 && (
            <li className={classes.letGo}>
              <Trans>The model is no longer told what stands above.</Trans>
            </li>
          )}
          {turn.role === "user" ? (
            <QuestionTurn
              turn={turn}
              onEdit={
                place === lastQuestion(turns) && !writing
                  ? () => {
                      onEdit(turn.text);
                    }
                  : undefined
              }
            />
          ) : (
            <AnswerTurn
              turn={turn}
              loads={loads}
              onAgain={place === turns.length - 1 && !writing ? onAgain : undefined}
              onForget={halfWay(talk) === undefined ? undefined : onForget}
            />
          )}
        </Fragment>
      ))}
    </ol>
  );
}
